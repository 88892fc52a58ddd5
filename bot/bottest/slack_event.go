package bottest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// slackVerification is the token that old apps compared instead of signatures.
const slackVerification = "fake verification token"

// Deliver sends any event of the Events API, wrapped; event is what becomes the
// inner event as JSON.
func (s *Slack) Deliver(ctx context.Context, event any) (SlackAck, error) {
	body, err := json.Marshal(event)
	if err != nil {
		return SlackAck{}, fmt.Errorf("wrap event: %w", err)
	}
	var inner slackJSON
	if err := json.Unmarshal(body, &inner); err != nil {
		return SlackAck{}, fmt.Errorf("wrap event: %w", err)
	}
	s.mu.Lock()
	err = s.eventScope(inner.text("type"), inner.text("channel_type"))
	payload := map[string]any{
		"token": slackVerification, "team_id": SlackTeam, "context_team_id": SlackTeam, "context_enterprise_id": nil,
		"api_app_id": SlackApp, "type": "event_callback", "event": json.RawMessage(body),
		"event_id": s.id("Ev"), "event_time": s.config.Clock().Unix(), "event_context": s.id("4-"),
		"authorizations": []any{map[string]any{
			"enterprise_id": nil, "team_id": SlackTeam, "user_id": SlackBotUser, "is_bot": true,
			"is_enterprise_install": false,
		}},
		"is_ext_shared_channel": s.channels[inner.text("channel")].External,
	}
	s.mu.Unlock()
	if err != nil {
		return SlackAck{}, err
	}
	return s.send(ctx, &slackDelivery{kind: "events_api", path: "/slack/events", payload: payload})
}

// Type sends a message to a DM or a channel, in mrkdwn as Slack would escape it:
// "&amp;", "<@U0BOT>". The bot hears of a message in its DM, and of a mention in
// a channel it is in.
func (s *Slack) Type(ctx context.Context, user, channel, text string) (SlackAck, error) {
	return s.TypeInThread(ctx, user, channel, "", text)
}

// TypeInThread is Type in the thread below a message.
func (s *Slack) TypeInThread(ctx context.Context, user, channel, thread, text string) (SlackAck, error) {
	s.mu.Lock()
	event, err := s.typed(user, channel, thread, text)
	s.mu.Unlock()
	if err != nil || event == nil {
		return SlackAck{}, err
	}
	return s.Deliver(ctx, event)
}

// typed stores what someone typed and returns the event that it causes, nil for
// none.
func (s *Slack) typed(user, channel, thread, text string) (map[string]any, error) {
	u, c, err := s.sits(user, channel)
	if err != nil {
		return nil, err
	}
	if thread, err = s.thread(channel, thread); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSlackUnable, err)
	}
	p := s.keep(SlackMessage{Channel: channel, Thread: thread, Author: user, Text: text})
	event := map[string]any{
		"user": user, "text": text, "ts": p.TS, "channel": channel, "event_ts": p.TS, "team": u.home(),
		"client_msg_id": fmt.Sprintf("00000000-0000-4000-8000-%012d", s.serial),
	}
	if thread != "" {
		event["thread_ts"], event["parent_user_id"] = thread, s.post(channel, thread).Author
	}
	if u.home() != SlackTeam {
		event["user_team"], event["source_team"] = u.home(), u.home()
	}
	switch {
	case c.isDM():
		event["type"], event["channel_type"] = "message", "im"
	case c.BotIn && p.mentionsBot():
		event["type"] = "app_mention"
	default:
		return nil, nil
	}
	return event, nil
}

func (p *slackPost) mentionsBot() bool {
	return slices.Contains(p.Notifies(), SlackBotUser)
}

// Echo delivers the event that the bot's own message in a DM causes.
func (s *Slack) Echo(ctx context.Context, m SlackMessage) (SlackAck, error) {
	s.mu.Lock()
	p := s.post(m.Channel, m.TS)
	if p == nil || p.Ephemeral || p.Author != SlackBotUser || !s.channels[m.Channel].isDM() {
		s.mu.Unlock()
		return SlackAck{}, fmt.Errorf("%w: %s in %s is no message of the bot's in a DM", ErrSlackUnable, m.TS, m.Channel)
	}
	event := p.told()
	s.mu.Unlock()
	event["channel"], event["channel_type"], event["event_ts"] = m.Channel, "im", m.TS
	return s.Deliver(ctx, event)
}

// VerifyURL sends the challenge that Slack sends to an address for events, and
// returns an error when it does not come back.
func (s *Slack) VerifyURL(ctx context.Context) (SlackAck, error) {
	s.mu.Lock()
	challenge, overHTTP := s.id("challenge"), s.client != nil
	s.mu.Unlock()
	if !overHTTP {
		return SlackAck{}, fmt.Errorf("%w: there is no address without UseHTTP", ErrSlackUnable)
	}
	return s.send(ctx, &slackDelivery{
		kind: "events_api", path: "/slack/events",
		payload: map[string]any{"token": slackVerification, "type": "url_verification", "challenge": challenge},
		accept: func(mediaType string, body []byte) error {
			var said slackJSON
			if mediaType == "application/json" && json.Unmarshal(body, &said) == nil && said.text("challenge") == challenge ||
				mediaType != "application/json" && string(body) == challenge {
				return nil
			}
			return errors.New("the challenge did not come back")
		},
	})
}
