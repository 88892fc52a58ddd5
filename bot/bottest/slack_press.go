package bottest

import (
	"context"
	"fmt"
)

// Press clicks the button, or chooses the option, that has that value in the
// message as it is now. A message that is gone, that has no such value any more,
// or that the user cannot see, is ErrSlackUnable.
func (s *Slack) Press(ctx context.Context, user string, m SlackMessage, value string) (SlackAck, error) {
	s.mu.Lock()
	payload, err := s.pressed(user, m, value)
	s.mu.Unlock()
	if err != nil {
		return SlackAck{}, err
	}
	return s.send(ctx, s.interactive(payload))
}

func (s *Slack) pressed(user string, m SlackMessage, value string) (map[string]any, error) {
	u, channel, err := s.sits(user, m.Channel)
	if err != nil {
		return nil, err
	}
	p := s.post(m.Channel, m.TS)
	if p == nil || !s.sees(user, p.SlackMessage) {
		return nil, fmt.Errorf("%w: %s sees no message %s in %s", ErrSlackUnable, user, m.TS, m.Channel)
	}
	for _, part := range slackPresses(p.Blocks) {
		if part.button().Value == value {
			return s.click(u, channel, p, part), nil
		}
	}
	return nil, fmt.Errorf("%w: message %s has nothing to press with the value %q", ErrSlackUnable, m.TS, value)
}

// click is the payload of a click.
// Source: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload.
func (s *Slack) click(u SlackUser, channel SlackChannel, p *slackPost, part slackPress) map[string]any {
	action := map[string]any{
		"type": part.element.text("type"), "action_id": part.element.text("action_id"),
		"block_id": part.block.text("block_id"), "action_ts": s.ts(),
	}
	values := map[string]map[string]any{}
	if part.option == nil {
		action["value"], action["text"] = part.element.text("value"), part.element["text"]
	} else {
		chosen := slackChosen(part.button())
		action["selected_option"], action["placeholder"] = chosen, part.element["placeholder"]
		values[part.block.text("block_id")] = map[string]any{
			part.element.text("action_id"): map[string]any{"type": "static_select", "selected_option": chosen},
		}
	}
	container := map[string]any{
		"type": "message", "message_ts": p.TS, "channel_id": channel.ID, "is_ephemeral": p.Ephemeral,
	}
	if p.Thread != "" {
		container["thread_ts"] = p.Thread
	}
	payload := s.interaction("block_actions", u)
	payload["container"], payload["actions"] = container, []any{action}
	payload["channel"] = map[string]any{"id": channel.ID, "name": channel.label()}
	payload["state"] = map[string]any{"values": values}
	payload["response_url"] = s.responseURL(s.respond(u.ID, channel.ID, p))
	if !p.Ephemeral { // Slack does not keep what an ephemeral message held
		payload["message"] = p.told()
	}
	return payload
}

// interaction is what every interactive payload holds.
func (s *Slack) interaction(kind string, u SlackUser) map[string]any {
	return map[string]any{
		"type": kind, "token": slackVerification, "api_app_id": SlackApp, "trigger_id": s.trigger(u.ID),
		"team":       map[string]any{"id": SlackTeam, "domain": "fake"},
		"user":       map[string]any{"id": u.ID, "username": u.Name, "name": u.Name, "team_id": u.home()},
		"enterprise": nil, "is_enterprise_install": false,
	}
}

// interactive is the delivery of an interactive payload.
func (s *Slack) interactive(payload map[string]any) *slackDelivery {
	return &slackDelivery{kind: "interactive", path: "/slack/interactivity", payload: payload}
}
