package bottest

import (
	"context"
	"fmt"
)

// The types of shortcuts, as manifests have them.
const (
	slackGlobal  = "global"
	slackMessage = "message"
)

// Shortcut chooses one of the app's shortcuts from the menu of the composer.
// Source: https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload.
func (s *Slack) Shortcut(ctx context.Context, user, callback string) (SlackAck, error) {
	s.mu.Lock()
	payload, err := s.shortcut(user, callback, slackGlobal)
	s.mu.Unlock()
	if err != nil {
		return SlackAck{}, err
	}
	return s.send(ctx, s.interactive(payload))
}

// MessageShortcut chooses one of the app's shortcuts from the menu of a message,
// which the user must see. The bot need not be in the channel.
func (s *Slack) MessageShortcut(ctx context.Context, user string, m SlackMessage, callback string) (SlackAck, error) {
	s.mu.Lock()
	payload, err := s.messageShortcut(user, m, callback)
	s.mu.Unlock()
	if err != nil {
		return SlackAck{}, err
	}
	return s.send(ctx, s.interactive(payload))
}

func (s *Slack) messageShortcut(user string, m SlackMessage, callback string) (map[string]any, error) {
	_, channel, err := s.sits(user, m.Channel)
	if err != nil {
		return nil, err
	}
	p := s.post(m.Channel, m.TS)
	if p == nil || p.Ephemeral || !s.sees(user, p.SlackMessage) {
		return nil, fmt.Errorf("%w: %s can choose nothing on message %s in %s", ErrSlackUnable, user, m.TS, m.Channel)
	}
	payload, err := s.shortcut(user, callback, slackMessage)
	if err != nil {
		return nil, err
	}
	payload["type"], payload["message"], payload["message_ts"] = "message_action", p.told(), p.TS
	payload["channel"] = map[string]any{"id": channel.ID, "name": channel.label()}
	payload["response_url"] = s.responseURL(s.respond(user, channel.ID, nil))
	return payload, nil
}

// shortcut is the payload of a shortcut that the app has registered.
func (s *Slack) shortcut(user, callback, kind string) (map[string]any, error) {
	u, ok := s.users[user]
	if !ok || u.Deleted {
		return nil, fmt.Errorf("%w: there is no user %s", ErrSlackUnable, user)
	}
	if s.config.Shortcuts != nil && s.config.Shortcuts[callback] != kind {
		return nil, fmt.Errorf("%w: %q is not a %s shortcut of the app's", ErrSlackNotInstalled, callback, kind)
	}
	if err := s.needs(slackCommandScope, callback); err != nil {
		return nil, err
	}
	payload := s.interaction("shortcut", u)
	payload["callback_id"], payload["action_ts"] = callback, s.ts()
	return payload, nil
}
