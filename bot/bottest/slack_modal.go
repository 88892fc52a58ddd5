package bottest

import (
	"encoding/json"
	"fmt"
	"strings"
)

// What a view may hold, in characters and, in all, bytes.
// Source: https://docs.slack.dev/reference/views/modal-views.
const (
	slackModalLabel = 24
	slackMetadata   = 3_000
	slackModalSize  = 250 << 10
)

// slackModal is an open view.
type slackModal struct {
	id, hash string
	view     slackJSON
	blocks   []json.RawMessage
	errors   map[string]string // by block ID, of the last submission
}

// modal checks a modal that was sent.
func (s *Slack) modal(sent json.RawMessage) (*slackModal, error) {
	view, blocks, err := s.viewed(sent, "modal", slackModalShape())
	if err != nil {
		return nil, err
	}
	m := &slackModal{view: view, blocks: blocks}
	m.renew(s)
	return m, nil
}

// viewed checks a view of a type that was sent, and returns it with its blocks.
func (s *Slack) viewed(sent json.RawMessage, kind string, shape slackShape) (slackJSON, []json.RawMessage, error) {
	if len(sent) > slackModalSize {
		return nil, nil, slackRefuse("view_too_large")
	}
	var view slackJSON
	if json.Unmarshal(sent, &view) != nil {
		return nil, nil, slackRefuse("invalid_arguments", "[ERROR] must be an object [json-pointer:/view]")
	}
	check := newSlackCheck()
	slackTyped(func(string) slackShape { return shape }, kind)(check, "/view", map[string]any(view))
	if kind == "modal" && check.inputs && view["submit"] == nil {
		check.problem("/view", "must define `submit` to use an `input` block in modals")
	}
	if len(check.problems) > 0 {
		return nil, nil, slackRefuse("invalid_arguments", check.problems...)
	}
	var told struct {
		Blocks []json.RawMessage `json:"blocks"`
	}
	if err := json.Unmarshal(sent, &told); err != nil {
		return nil, nil, slackRefuse("invalid_arguments", err.Error())
	}
	return view, s.identified(told.Blocks), nil
}

// renew gives the view the hash of a new state.
func (m *slackModal) renew(s *Slack) { m.hash = s.ts() + "." + s.id("h") }

func slackModalShape() slackShape {
	return slackShape{
		required: []string{"title", "blocks"},
		rules: map[string]slackRule{
			"title": slackPlain(slackModalLabel), "submit": slackPlain(slackModalLabel),
			"close": slackPlain(slackModalLabel), "blocks": slackList(0, slackModalBlocks, slackBlock),
			"private_metadata": slackString(0, slackMetadata), "callback_id": slackString(0, slackIDSize),
			"external_id":    slackString(0, slackIDSize),
			"clear_on_close": slackBool, "notify_on_close": slackBool, "submit_disabled": slackBool,
		},
	}
}

// told is the view as Slack tells it.
func (m *slackModal) told(values map[string]map[string]any) map[string]any {
	told := map[string]any{
		"id": m.id, "team_id": SlackTeam, "app_id": SlackApp, "app_installed_team_id": SlackTeam,
		"bot_id": SlackBotID, "type": "modal", "hash": m.hash, "root_view_id": m.id, "previous_view_id": nil,
		"title": m.view["title"], "submit": m.view["submit"], "close": m.view["close"], "blocks": m.blocks,
		"private_metadata": m.view.text("private_metadata"), "callback_id": m.view.text("callback_id"),
		"external_id": m.view.text("external_id"), "clear_on_close": m.view.flag("clear_on_close"),
		"notify_on_close": m.view.flag("notify_on_close"),
	}
	if values == nil {
		values = map[string]map[string]any{}
	}
	told["state"] = map[string]any{"values": values}
	return told
}

// viewsOpen looks at the view first, so that a view with mistakes leaves the
// trigger unused.
func (s *Slack) viewsOpen(c slackCall) (slackAnswer, error) {
	m, err := s.modal(c.raw("view"))
	if err != nil {
		return nil, err
	}
	user, err := s.exchange(c.text("trigger_id"))
	if err != nil {
		return nil, err
	}
	m.id = s.id("V")
	s.views[user] = m
	return slackAnswer{"view": m.told(nil)}, nil
}

func (s *Slack) viewsUpdate(c slackCall) (slackAnswer, error) {
	var old *slackModal
	for _, open := range s.views {
		external := open.view.text("external_id")
		if open.id == c.text("view_id") || external != "" && external == c.text("external_id") {
			old = open
		}
	}
	switch {
	case old == nil:
		return nil, slackRefuse("not_found", strings.TrimSpace(c.text("view_id")+" "+c.text("external_id")))
	case c.has("hash") && c.text("hash") != old.hash:
		return nil, slackRefuse("hash_conflict", fmt.Sprintf("%s is not %s", c.text("hash"), old.hash))
	}
	m, err := s.modal(c.raw("view"))
	if err != nil {
		return nil, err
	}
	m.id = old.id
	*old = *m
	return slackAnswer{"view": old.told(nil)}, nil
}
