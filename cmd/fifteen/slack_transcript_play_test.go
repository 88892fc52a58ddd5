package main_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/slackbot"
	"fifteen/storage"
)

// take plays one line of a script and returns what people saw. looks says that
// a form that is offered is opened at once, because the next line fills it in.
func (s *slackStage) take(line string, looks bool) []slackShown {
	s.t.Helper()
	directive, ok := strings.CutPrefix(line, ":")
	if !ok {
		return s.says(line, looks)
	}
	name, rest, _ := strings.Cut(directive, " ")
	switch name {
	case "as":
		s.enter(rest)
		return slackNote("as " + rest)
	case "role":
		role, ok := bot.ParseRole(rest)
		if !ok {
			s.t.Fatalf("%s: there is no such role", line)
		}
		s.role = role
		return slackNote("role " + rest)
	case "in":
		s.channel = ""
		if rest != "dm" {
			s.found(rest)
			s.channel = slackChannel(rest[1:])
		}
		return slackNote("in " + rest)
	case "at":
		return s.at(rest)
	case "press":
		return s.presses(rest, looks)
	case "fill":
		return s.fills(rest)
	case "again":
		s.again(0)
		return nil
	}
	s.t.Fatalf("there is no directive %s", line)
	return nil
}

// enter makes somebody the one who types, who becomes a member as the terminal
// makes one: with the role and without a change in the audit trail.
func (s *slackStage) enter(name string) {
	s.t.Helper()
	s.user = slackID(name)
	if slices.Contains(s.people, s.user) {
		return
	}
	s.people = append(s.people, s.user)
	s.slack.AddUser(bottest.SlackUser{ID: s.user, Name: name})
	s.join()
	err := s.app.Store.Write(s.t.Context(), s.home, func(tx *storage.Tx) error {
		_, err := tx.AddMember(s.t.Context(), storage.Member{
			Name: name, Key: name, Role: s.role.String(), Locale: "en", CreatedAt: s.clock(),
		}, slackbot.Platform, s.user)
		return err
	})
	if err != nil {
		s.t.Fatalf("enter %s: %v", name, err)
	}
}

// found makes the channels that a line names, as they are there in Slack.
func (s *slackStage) found(line string) {
	for _, name := range slackNamed.FindAllStringSubmatch(line, -1) {
		s.channels[slackChannel(name[1])] = name[1]
	}
	s.join()
}

// join has everybody in every channel.
func (s *slackStage) join() {
	for id, name := range s.channels {
		s.slack.AddChannel(bottest.SlackChannel{ID: id, Name: name, Members: s.people, BotIn: true})
	}
}

// place is the channel where the user types.
func (s *slackStage) place() string {
	if s.channel != "" {
		return s.channel
	}
	return s.slack.DM(s.user)
}

// says types a line, which Slack delivers twice.
func (s *slackStage) says(line string, looks bool) []slackShown {
	s.t.Helper()
	s.found(line)
	text := slackTyped(line, func(name string) bool { return slices.Contains(s.people, slackID(name)) })
	if s.channel != "" {
		text = mentioned(text)
	}
	ack, news := s.deed(line, func() (bottest.SlackAck, error) { return s.slack.Type(s.t.Context(), s.user, s.place(), text) })
	s.again(ack.Delivery)
	answers := 0
	for _, m := range news {
		if m.Channel == s.place() && !isPicture(m) {
			answers++
		}
		if m.Edits > 0 {
			s.t.Errorf("%s: got the message of %s edited, want a new one", line, m.TS)
		}
	}
	if answers != 1 {
		s.t.Errorf("%s: got %d messages where it was typed, want 1", line, answers)
	}
	return s.shown(news, looks)
}

// presses clicks a button, or chooses an option, of the last message that the
// user saw.
func (s *slackStage) presses(number string, looks bool) []slackShown {
	s.t.Helper()
	m, line := s.button(number)
	before := s.view()
	_, news := s.deed(":press "+number, func() (bottest.SlackAck, error) {
		return s.slack.Press(s.t.Context(), s.user, m, line)
	})
	if v := s.slack.View(s.user); s.view() != before {
		return append([]slackShown{slackModal(*v)}, s.shown(news, looks)...)
	}
	return s.shown(news, looks)
}

// button finds a button of the last message, and the line that it sends: those of
// details are counted after the message's, the one that opens a form is not.
func (s *slackStage) button(number string) (bottest.SlackMessage, string) {
	s.t.Helper()
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 {
		s.t.Fatalf(":press %s: this is no number", number)
	}
	last := s.last[s.place()+s.user]
	for _, m := range last {
		buttons := slices.DeleteFunc(m.Buttons(), func(b bottest.SlackButton) bool { return b.Label == s.openLabel() })
		if n <= len(buttons) {
			return m, buttons[n-1].Value
		}
		n -= len(buttons)
	}
	s.t.Fatalf(":press %s: the last message has no such button:\n%v", number, last)
	return bottest.SlackMessage{}, ""
}

// view is the ID of the user's open modal, or "".
func (s *slackStage) view() string {
	if v := s.slack.View(s.user); v != nil {
		return v.ID
	}
	return ""
}

// openLabel is what the button is called that opens a form.
func (s *slackStage) openLabel() string { return s.app.Words.Say("en", "slack.open") }

// slackValue matches one value of :fill.
var slackValue = regexp.MustCompile(`(\w+)=("[^"]*"|\S*)`)

// fills submits the modal that is open. From a list people choose the value that
// the script types.
func (s *slackStage) fills(rest string) []slackShown {
	s.t.Helper()
	v := s.slack.View(s.user)
	if v == nil {
		s.t.Fatalf(":fill %s: no form is open", rest)
	}
	values := map[string]string{}
	for _, match := range slackValue.FindAllStringSubmatch(rest, -1) {
		values[match[1]] = strings.Trim(match[2], `"`)
	}
	for _, field := range v.Fields {
		for _, option := range field.Options {
			if strings.TrimPrefix(option.Value, "@") == values[field.BlockID] {
				values[field.BlockID] = option.Value
			}
		}
	}
	_, news := s.deed(":fill "+rest, func() (bottest.SlackAck, error) { return s.slack.Submit(s.t.Context(), s.user, values) })
	return s.shown(news, false)
}

// again delivers an event once more; 0 is the last one. Nothing may come of it.
func (s *slackStage) again(delivery int) {
	s.t.Helper()
	if _, err := s.slack.Redeliver(s.t.Context(), delivery); err != nil {
		s.t.Errorf("deliver again: %v", err)
	}
	for _, m := range s.changes() {
		s.t.Errorf("delivered again: got %q, want nothing new", m.Plain())
	}
}

// deed does something that the bot answers, and returns what people see of it
// when everything has been sent.
func (s *slackStage) deed(what string, do func() (bottest.SlackAck, error)) (bottest.SlackAck, []bottest.SlackMessage) {
	s.t.Helper()
	before := s.view()
	ack, err := do()
	if err != nil || ack.Late {
		s.t.Fatalf("%s: got %+v, %v, want it acknowledged", what, ack, err)
	}
	if v := s.slack.View(s.user); v != nil && len(v.Errors) > 0 {
		s.t.Fatalf("%s: the form was refused: %v", what, v.Errors)
	}
	s.until(what, func() bool {
		mine := func(m bottest.SlackMessage) bool { return m.Channel == s.place() }
		return (s.view() != before && s.view() != "" || slices.ContainsFunc(s.changes(), mine)) && s.unsent() == 0 && s.pictured()
	})
	news := s.changes()
	s.know(news)
	return ack, news
}

// changes returns the bot's messages that were posted or edited since they were
// known, oldest first in each channel, where the user types first.
func (s *slackStage) changes() []bottest.SlackMessage {
	var news []bottest.SlackMessage
	look := func(channel, user string) {
		for _, m := range s.slack.Seen(channel, user) {
			same := func(n bottest.SlackMessage) bool { return n.TS == m.TS && n.Channel == m.Channel }
			if m.Author == bottest.SlackBotUser && s.known[m.Channel+m.TS] != m.Edits+1 && !slices.ContainsFunc(news, same) {
				news = append(news, m)
			}
		}
	}
	look(s.place(), s.user)
	for _, user := range s.people {
		look(s.slack.DM(user), user)
		for channel := range s.channels {
			look(channel, user)
		}
	}
	return news
}

// know notes that messages were seen.
func (s *slackStage) know(news []bottest.SlackMessage) {
	for _, m := range news {
		s.known[m.Channel+m.TS] = m.Edits + 1
		for _, user := range s.people {
			if (!m.Ephemeral || m.User == user) && !isPicture(m) {
				s.last[m.Channel+user] = []bottest.SlackMessage{m}
			}
		}
	}
}
