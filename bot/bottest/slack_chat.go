package bottest

import (
	"net/http"
	"slices"
)

func (s *Slack) chatPostMessage(c slackCall) (slackAnswer, error) {
	channel, err := s.place(c.text("channel"))
	if err != nil {
		return nil, err
	}
	told, err := s.contents(c)
	if err != nil {
		return nil, err
	}
	thread, err := s.thread(channel.ID, c.text("thread_ts"))
	if err != nil {
		return nil, err
	}
	now := s.config.Clock()
	if last, ok := s.posted[channel.ID]; s.config.Rate && ok && now.Sub(last) < slackPace {
		return nil, &slackError{
			code: "ratelimited", messages: []string{channel.ID}, status: http.StatusTooManyRequests,
		}
	}
	s.posted[channel.ID] = now
	p := s.keep(SlackMessage{
		Channel: channel.ID, Thread: thread, Author: SlackBotUser, Text: told.text, Blocks: told.blocks,
	})
	return slackAnswer{"channel": channel.ID, "ts": p.TS, "message": p.told()}, nil
}

func (s *Slack) chatPostEphemeral(c slackCall) (slackAnswer, error) {
	channel, err := s.place(c.text("channel"))
	if err != nil {
		return nil, err
	}
	user := c.text("user")
	if !slices.Contains(channel.Members, user) {
		return nil, slackRefuse("user_not_in_channel", user, channel.ID)
	}
	told, err := s.contents(c)
	if err != nil {
		return nil, err
	}
	thread, err := s.thread(channel.ID, c.text("thread_ts"))
	if err != nil {
		return nil, err
	}
	p := s.keep(SlackMessage{
		Channel: channel.ID, Thread: thread, Author: SlackBotUser, Text: told.text, Blocks: told.blocks,
		User: user, Ephemeral: true,
	})
	return slackAnswer{"message_ts": p.TS}, nil
}

// own finds a message of the bot's that can be changed, or refuses with code.
func (s *Slack) own(c slackCall, code string) (*slackPost, error) {
	id := c.text("channel")
	channel, ok := s.channels[id]
	if !ok || channel.Private && !channel.BotIn {
		return nil, slackRefuse("channel_not_found", id) // nor is a person a channel here
	}
	p := s.post(id, c.text("ts"))
	switch {
	case p == nil || p.Ephemeral:
		return nil, slackRefuse("message_not_found", c.text("ts"))
	case p.Author != SlackBotUser:
		return nil, slackRefuse(code, c.text("ts")+" is of "+p.Author)
	case channel.Archived:
		return nil, slackRefuse("is_archived", id)
	}
	return p, nil
}

// chatUpdate leaves the blocks as they are when none were sent; an empty list
// removes them. Source: https://docs.slack.dev/reference/methods/chat.update.
func (s *Slack) chatUpdate(c slackCall) (slackAnswer, error) {
	p, err := s.own(c, "cant_update_message")
	if err != nil {
		return nil, err
	}
	told, err := s.contents(c)
	if err != nil {
		return nil, err
	}
	if len(told.text) > slackUpdateText {
		return nil, slackRefuse("msg_too_long", "text of chat.update, in bytes")
	}
	p.Text = told.text
	if told.drawn {
		p.Blocks = told.blocks
	}
	p.Edits++
	return slackAnswer{"channel": p.Channel, "ts": p.TS, "text": p.Text, "message": p.told()}, nil
}

func (s *Slack) chatDelete(c slackCall) (slackAnswer, error) {
	p, err := s.own(c, "cant_delete_message")
	if err != nil {
		return nil, err
	}
	s.erase(p)
	return slackAnswer{"channel": p.Channel, "ts": p.TS}, nil
}
