package bottest

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"
)

// Submit submits the user's open view with values by block ID: what was typed,
// or the value of the option that was chosen. Fields that are not mentioned keep
// their initial value. What Slack's own client refuses, such as an empty field
// that is not optional, is ErrSlackUnable.
func (s *Slack) Submit(ctx context.Context, user string, values map[string]string) (SlackAck, error) {
	s.mu.Lock()
	m := s.views[user]
	if m == nil {
		s.mu.Unlock()
		return SlackAck{}, fmt.Errorf("%w: %s has no open view", ErrSlackUnable, user)
	}
	state, err := m.state(values)
	if err != nil {
		s.mu.Unlock()
		return SlackAck{}, err
	}
	m.errors = nil
	id := m.id
	payload := s.interaction("view_submission", s.users[user])
	payload["view"], payload["response_urls"] = m.told(state), []any{}
	s.mu.Unlock()
	d := s.interactive(payload)
	d.answers = true
	d.accept = func(_ string, body []byte) error { return s.submitted(user, id, body) }
	return s.send(ctx, d)
}

// CloseView closes the user's open view without submitting it. The bot hears of
// it when the view asked for that.
func (s *Slack) CloseView(ctx context.Context, user string) (SlackAck, error) {
	s.mu.Lock()
	m := s.views[user]
	if m == nil {
		s.mu.Unlock()
		return SlackAck{}, fmt.Errorf("%w: %s has no open view", ErrSlackUnable, user)
	}
	delete(s.views, user)
	notify := m.view.flag("notify_on_close")
	payload := s.interaction("view_closed", s.users[user])
	delete(payload, "trigger_id")
	payload["view"], payload["is_cleared"] = m.told(nil), false
	s.mu.Unlock()
	if !notify {
		return SlackAck{}, nil
	}
	return s.send(ctx, s.interactive(payload))
}

// state is what the inputs hold, as Slack tells it.
func (m *slackModal) state(values map[string]string) (map[string]map[string]any, error) {
	state := map[string]map[string]any{}
	for _, field := range m.fields() {
		value, ok := values[field.BlockID]
		if !ok {
			value = field.Initial
		}
		told, err := field.told(value)
		if err != nil {
			return nil, err
		}
		state[field.BlockID] = map[string]any{field.ActionID: told}
	}
	for _, id := range slices.Sorted(maps.Keys(values)) {
		if state[id] == nil {
			return nil, fmt.Errorf("%w: the view has no input %q", ErrSlackUnable, id)
		}
	}
	return state, nil
}

// told is what one input holds.
func (f SlackField) told(value string) (map[string]any, error) {
	if value == "" && !f.Optional {
		return nil, fmt.Errorf("%w: %q must be filled in", ErrSlackUnable, f.Label)
	}
	if len(f.Options) > 0 {
		return f.chosen(value)
	}
	told := map[string]any{"type": "plain_text_input", "value": nil}
	size, most := utf8.RuneCountInString(value), slackTyping
	if f.Most > 0 {
		most = f.Most
	}
	switch {
	case value == "":
	case size < f.Least, size > most:
		return nil, fmt.Errorf("%w: %q does not take %d characters", ErrSlackUnable, f.Label, size)
	default:
		told["value"] = value
	}
	return told, nil
}

// chosen is what a select holds.
func (f SlackField) chosen(value string) (map[string]any, error) {
	told := map[string]any{"type": "static_select", "selected_option": nil}
	i := slices.IndexFunc(f.Options, func(o SlackButton) bool { return o.Value == value })
	switch {
	case i >= 0:
		told["selected_option"] = slackChosen(f.Options[i])
	case value != "":
		return nil, fmt.Errorf("%w: %q has no option %q", ErrSlackUnable, f.Label, value)
	}
	return told, nil
}

// slackChosen is an option as Slack tells that it was chosen.
func slackChosen(option SlackButton) map[string]any {
	return map[string]any{
		"text":  map[string]any{"type": "plain_text", "text": option.Label, "emoji": true},
		"value": option.Value,
	}
}

// submitted does what the acknowledgement of a submission says.
func (s *Slack) submitted(user, id string, body []byte) error {
	var said struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
		View   json.RawMessage   `json:"view"`
	}
	if len(body) > 0 && json.Unmarshal(body, &said) != nil {
		return slackRefuse("invalid_json", string(body))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.views[user]
	if m == nil || m.id != id {
		return nil // closed, or another is open by now
	}
	switch said.Action {
	case "", "clear":
		delete(s.views, user)
	case "errors":
		return m.reject(said.Errors)
	case "update":
		next, err := s.modal(said.View)
		if err != nil {
			return err
		}
		next.id = id
		*m = *next
	default:
		return slackRefuse("invalid_response_action", said.Action)
	}
	return nil
}

// reject keeps the view open with errors below its inputs.
func (m *slackModal) reject(errors map[string]string) error {
	if len(errors) == 0 {
		return slackRefuse("invalid_arguments", "no errors")
	}
	fields := m.fields()
	for _, id := range slices.Sorted(maps.Keys(errors)) {
		if !slices.ContainsFunc(fields, func(f SlackField) bool { return f.BlockID == id }) {
			return slackRefuse("invalid_arguments", "no input block has the ID "+id)
		}
		if errors[id] == "" {
			return slackRefuse("invalid_arguments", "the error of "+id+" is empty")
		}
	}
	m.errors = errors
	return nil
}
