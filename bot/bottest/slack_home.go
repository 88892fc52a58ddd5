package bottest

import (
	"context"
	"encoding/json"
	"fmt"
)

// slackHome is what an app shows somebody on its own page.
type slackHome struct {
	id     string
	blocks []json.RawMessage
}

// viewsPublish shows somebody a page.
// Source: https://docs.slack.dev/reference/methods/views.publish.
func (s *Slack) viewsPublish(c slackCall) (slackAnswer, error) {
	if _, ok := s.users[c.text("user_id")]; !ok {
		return nil, slackRefuse("invalid_arguments", "[ERROR] unknown user")
	}
	_, blocks, err := s.viewed(c.raw("view"), "home", slackHomeShape())
	if err != nil {
		return nil, err
	}
	s.homes[c.text("user_id")] = &slackHome{id: s.id("V"), blocks: blocks}
	s.stir()
	return slackAnswer{}, nil
}

func slackHomeShape() slackShape {
	return slackShape{
		required: []string{"blocks"},
		rules: map[string]slackRule{
			"blocks":           slackList(0, slackModalBlocks, slackBlock),
			"private_metadata": slackString(0, slackMetadata), "callback_id": slackString(0, slackIDSize),
			"external_id": slackString(0, slackIDSize),
		},
	}
}

// Home is all visible text of the page that the app shows somebody, as
// SlackMessage.Plain; "" for none.
func (s *Slack) Home(user string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if home := s.homes[user]; home != nil {
		return slackPlainBlocks(home.blocks)
	}
	return ""
}

// WaitHome waits until the page that the app shows somebody is as wanted.
func (s *Slack) WaitHome(ctx context.Context, user string, wanted func(text string) bool) error {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		text := s.Home(user)
		if wanted(text) {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("%w; the page is\n%s", ctx.Err(), text)
		}
	}
}

// OpenHome opens a tab of the app's page, "home" or "messages".
// Source: https://docs.slack.dev/reference/events/app_home_opened.
func (s *Slack) OpenHome(ctx context.Context, user, tab string) (SlackAck, error) {
	s.mu.Lock()
	event := map[string]any{"type": "app_home_opened", "user": user, "channel": s.dm(user), "tab": tab, "event_ts": s.ts()}
	s.mu.Unlock()
	return s.Deliver(ctx, event)
}

// PressHome clicks the button that has that value on the app's page.
func (s *Slack) PressHome(ctx context.Context, user, value string) (SlackAck, error) {
	s.mu.Lock()
	payload, err := s.pressedHome(user, value)
	s.mu.Unlock()
	if err != nil {
		return SlackAck{}, err
	}
	return s.send(ctx, s.interactive(payload))
}

func (s *Slack) pressedHome(user, value string) (map[string]any, error) {
	home := s.homes[user]
	if home == nil {
		return nil, fmt.Errorf("%w: %s is shown no page", ErrSlackUnable, user)
	}
	for _, part := range slackPresses(home.blocks) {
		if part.button().Value != value {
			continue
		}
		payload := s.interaction("block_actions", s.users[user])
		payload["container"] = map[string]any{"type": "view", "view_id": home.id}
		payload["view"] = map[string]any{"id": home.id, "type": "home", "blocks": home.blocks}
		payload["actions"] = []any{map[string]any{
			"type": part.element.text("type"), "action_id": part.element.text("action_id"), "value": value,
			"block_id": part.block.text("block_id"), "action_ts": s.ts(),
		}}
		return payload, nil
	}
	return nil, fmt.Errorf("%w: the page of %s has nothing to press with the value %q", ErrSlackUnable, user, value)
}
