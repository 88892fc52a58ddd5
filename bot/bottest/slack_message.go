package bottest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// SlackMessage is a message as people see it.
type SlackMessage struct {
	TS string
	// Thread is the TS of the message that it is a reply to, or "".
	Thread  string
	Channel string
	// Author is the ID of whoever wrote it: SlackBotUser for the bot.
	Author string
	// User is the only one who sees it, for an ephemeral message, or "".
	User      string
	Text      string
	Blocks    []json.RawMessage
	Edits     int
	Ephemeral bool
	Files     []SlackFile
}

// String is the message for people who read failed tests.
func (m SlackMessage) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "{%s %s in %s", m.TS, m.Author, m.Channel)
	if m.Thread != "" {
		fmt.Fprintf(&b, " below %s", m.Thread)
	}
	if m.Ephemeral {
		fmt.Fprintf(&b, " for %s", m.User)
	}
	fmt.Fprintf(&b, ": %q", m.Plain())
	for _, button := range m.Buttons() {
		fmt.Fprintf(&b, " [%s: %q]", button.Label, button.Value)
	}
	for _, f := range m.Files {
		fmt.Fprintf(&b, " (%s, %d bytes)", f.Name, len(f.Bytes))
	}
	fmt.Fprintf(&b, ", %d edits}", m.Edits)
	return b.String()
}

// Messages returns the public history of a channel with its threads, oldest
// first, as it is now. What people typed is part of it.
func (s *Slack) Messages(channel string) []SlackMessage {
	return s.history(channel, func(m SlackMessage) bool { return !m.Ephemeral })
}

// Seen returns what a user sees in a channel: the public history and what only
// that user can see, oldest first; nothing where the user is no member.
func (s *Slack) Seen(channel, user string) []SlackMessage {
	return s.history(channel, func(m SlackMessage) bool { return s.sees(user, m) })
}

func (s *Slack) history(channel string, match func(SlackMessage) bool) []SlackMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	var history []SlackMessage
	for _, p := range s.posts[channel] {
		if match(p.SlackMessage) {
			history = append(history, p.copy())
		}
	}
	return history
}

// sees tells whether a user sees a message.
func (s *Slack) sees(user string, m SlackMessage) bool {
	return slices.Contains(s.channels[m.Channel].Members, user) && (!m.Ephemeral || m.User == user)
}

// copy returns the message so that it stays as it is now.
func (p *slackPost) copy() SlackMessage {
	m := p.SlackMessage
	m.Blocks, m.Files = slices.Clone(m.Blocks), slices.Clone(m.Files)
	return m
}

// SlackButton is a button, or an option of a select.
type SlackButton struct {
	Label, Value, ActionID string
}

// Buttons returns every button, then every option of every select, in the order
// in which they are drawn.
func (m SlackMessage) Buttons() []SlackButton {
	var buttons, options []SlackButton
	for _, p := range slackPresses(m.Blocks) {
		if p.option != nil {
			options = append(options, p.button())
		} else {
			buttons = append(buttons, p.button())
		}
	}
	return append(buttons, options...)
}

// slackPress is something that can be clicked: a button, or an option of a
// select.
type slackPress struct {
	block, element, option slackJSON
}

func (p slackPress) button() SlackButton {
	from := p.element
	if p.option != nil {
		from = p.option
	}
	return SlackButton{Label: from.plain("text"), Value: from.text("value"), ActionID: p.element.text("action_id")}
}

// slackPresses returns what can be clicked in blocks.
func slackPresses(blocks []json.RawMessage) []slackPress {
	var found []slackPress
	for _, block := range slackDecoded(blocks) {
		for _, element := range block.inside() {
			switch element.text("type") {
			case "button":
				found = append(found, slackPress{block: block, element: element})
			case "static_select":
				for _, option := range slackOptions(element) {
					found = append(found, slackPress{block, element, option})
				}
			}
		}
	}
	return found
}

// slackOptions returns the options of a select, those of its groups too.
func slackOptions(element slackJSON) []slackJSON {
	all := element.list("options")
	for _, group := range element.list("option_groups") {
		all = append(all, group.list("options")...)
	}
	return all
}
