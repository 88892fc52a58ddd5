package bottest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Command sends a slash command with text that is already escaped as Slack
// would: "<@U1|ann>". What the acknowledgement holds is shown as Slack would:
// JSON by its response_type, other text as it is, to the one who asked only.
// The bot need not be in the channel.
func (s *Slack) Command(ctx context.Context, user, channel, command, text string) (SlackAck, error) {
	s.mu.Lock()
	d, err := s.command(user, channel, command, text)
	s.mu.Unlock()
	if err != nil {
		return SlackAck{}, err
	}
	return s.send(ctx, d)
}

func (s *Slack) command(user, channel, command, text string) (*slackDelivery, error) {
	u, c, err := s.sits(user, channel)
	if err != nil {
		return nil, err
	}
	if s.config.Commands != nil && !slices.Contains(s.config.Commands, command) {
		return nil, fmt.Errorf("%w: %s is not a command of the app's", ErrSlackNotInstalled, command)
	}
	if err := s.needs(slackCommandScope, command); err != nil {
		return nil, err
	}
	typed := strings.TrimSpace(command + " " + text)
	r := s.respond(user, channel, nil)
	form := url.Values{
		"token": {slackVerification}, "team_id": {SlackTeam}, "team_domain": {"fake"}, "api_app_id": {SlackApp},
		"channel_id": {channel}, "channel_name": {c.label()}, "user_id": {u.ID}, "user_name": {u.Name},
		"command": {command}, "text": {text}, "trigger_id": {s.trigger(user)}, "response_url": {s.responseURL(r)},
		"is_enterprise_install": {"false"},
	}
	return &slackDelivery{
		kind: "slash_commands", path: "/slack/commands", form: form, answers: true,
		accept: func(mediaType string, body []byte) error { return s.commanded(r, typed, mediaType, body) },
	}, nil
}

// commanded shows what the acknowledgement of a command holds.
func (s *Slack) commanded(r *slackResponse, typed, mediaType string, body []byte) error {
	if len(body) == 0 {
		return nil
	}
	c := slackCall{values: map[string]json.RawMessage{"text": slackQuoted(string(body))}}
	if mediaType == "application/json" {
		c.values = nil
		if json.Unmarshal(body, &c.values) != nil {
			return slackRefuse("invalid_json", string(body))
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.text("response_type") == "in_channel" { // then people see the command too
		s.keep(SlackMessage{Channel: r.channel, Author: r.user, Text: typed})
	}
	if !c.has("text") && !c.has("blocks") {
		return nil
	}
	return s.show(r, c)
}
