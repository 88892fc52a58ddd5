package bottest

import (
	"encoding/json"
	"slices"
	"time"
	"unicode/utf8"
)

// What messages may hold. Sources: https://docs.slack.dev/reference/methods/chat.postMessage
// and chat.update beside it, whose 4,000 are bytes according to authors of
// clients. They report the size of all blocks together too, which is on no page.
const (
	slackText       = 40_000 // characters
	slackUpdateText = 4_000  // bytes, in chat.update
	slackAllBlocks  = 13_200 // characters
)

// slackPace is the time between two messages in a channel.
// Source: https://docs.slack.dev/apis/web-api/rate-limits.
const slackPace = time.Second

// slackPost is a stored message.
type slackPost struct {
	SlackMessage
}

// slackContents is what a message holds, checked.
type slackContents struct {
	text   string
	blocks []json.RawMessage // with IDs
	drawn  bool              // whether blocks were sent at all, if only an empty list
}

// contents reads and checks text and blocks.
func (s *Slack) contents(c slackCall) (slackContents, error) {
	told := slackContents{text: c.text("text"), drawn: c.has("blocks")}
	if c.has("attachments") && string(c.raw("attachments")) != "[]" {
		return told, slackRefuse("not_supported_by_the_fake", "attachments")
	}
	if told.drawn {
		blocks, err := s.draw(c.raw("blocks"))
		if err != nil {
			return told, err
		}
		told.blocks = blocks
	}
	switch {
	case told.text == "" && len(told.blocks) == 0:
		return told, slackRefuse("no_text")
	case utf8.RuneCountInString(told.text) > slackText:
		return told, slackRefuse("msg_too_long", "text")
	}
	return told, nil
}

// place finds the channel that a message goes to: a channel, a DM, or a person.
func (s *Slack) place(id string) (SlackChannel, error) {
	if u, ok := s.users[id]; ok {
		switch {
		case u.Bot:
			return SlackChannel{}, slackRefuse("cannot_dm_bot", id)
		case u.Stranger, u.Deleted:
			return SlackChannel{}, slackRefuse("channel_not_found", id)
		}
		id = s.dm(id)
	}
	c, ok := s.channels[id]
	switch {
	case !ok, c.Private && !c.BotIn:
		return c, slackRefuse("channel_not_found", id)
	case c.Archived:
		return c, slackRefuse("is_archived", id)
	case !c.BotIn:
		return c, slackRefuse("not_in_channel", id)
	}
	return c, nil
}

// thread checks where a reply goes. Slack threads replies below a reply's
// parent, and refuses what is no message.
func (s *Slack) thread(channel, ts string) (string, error) {
	if ts == "" {
		return "", nil
	}
	parent := s.post(channel, ts)
	switch {
	case parent == nil || parent.Ephemeral:
		return "", slackRefuse("thread_not_found", ts)
	case parent.Thread != "" && parent.Thread != parent.TS:
		return "", slackRefuse("cannot_reply_to_message", ts+" is itself a reply")
	}
	return ts, nil
}

// post finds a message.
func (s *Slack) post(channel, ts string) *slackPost {
	for _, p := range s.posts[channel] {
		if p.TS == ts {
			return p
		}
	}
	return nil
}

// keep stores a message with a timestamp of its own.
func (s *Slack) keep(m SlackMessage) *slackPost {
	m.TS = s.ts()
	p := &slackPost{SlackMessage: m}
	s.posts[m.Channel] = append(s.posts[m.Channel], p)
	return p
}

// erase forgets a message.
func (s *Slack) erase(p *slackPost) {
	s.posts[p.Channel] = slices.DeleteFunc(s.posts[p.Channel], func(q *slackPost) bool { return p == q })
}

// told is a message as Slack tells it.
func (p *slackPost) told() map[string]any {
	told := map[string]any{
		"type": "message", "ts": p.TS, "user": p.Author, "text": p.Text, "team": SlackTeam,
	}
	if p.Author == SlackBotUser {
		told["bot_id"], told["app_id"] = SlackBotID, SlackApp
	}
	if len(p.Blocks) > 0 {
		told["blocks"] = p.Blocks
	}
	if p.Thread != "" {
		told["thread_ts"] = p.Thread
	}
	if p.Edits > 0 {
		told["edited"] = map[string]any{"user": p.Author, "ts": p.TS}
	}
	return told
}
