package bottest

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"
)

// How long and how often a response_url can be used.
// Source: https://docs.slack.dev/interactivity/handling-user-interaction.
const (
	slackResponseLife = 30 * time.Minute
	slackResponseUses = 5
)

// slackResponse is what a response_url is for.
type slackResponse struct {
	id, user, channel string
	origin            *slackPost // the message that was clicked, or nil
	at                time.Time
	uses              int
}

// respond makes a response_url.
func (s *Slack) respond(user, channel string, origin *slackPost) *slackResponse {
	r := &slackResponse{id: s.id("r"), user: user, channel: channel, origin: origin, at: s.config.Clock()}
	s.responses[r.id] = r
	return r
}

func (s *Slack) responseURL(r *slackResponse) string {
	return "http://" + s.host + "/response/" + r.id
}

func (s *Slack) serveResponse(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, slackBody))
	failure, fails := s.count("response_url")
	if fails && !failure.After {
		failure.answer(w)
		return
	}
	var c slackCall
	status := http.StatusBadRequest
	if err != nil || json.Unmarshal(body, &c.values) != nil {
		err = slackRefuse("invalid_payload")
	} else {
		status, err = s.responded(r.PathValue("id"), c)
	}
	if err != nil {
		s.note("response_url: " + err.Error())
	}
	var refusal *slackError
	switch {
	case fails:
		failure.answer(w)
	case errors.As(err, &refusal):
		writeSlackJSON(w, status, map[string]any{"ok": false, "error": refusal.code})
	default:
		writeSlackJSON(w, status, map[string]any{"ok": true})
	}
}

// responded does what a request to a response_url asks for. One that Slack
// refuses counts as a use too.
func (s *Slack) responded(id string, c slackCall) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.responses[id]
	switch {
	case !ok:
		return http.StatusNotFound, slackRefuse("expired_url", "unknown")
	case s.config.Clock().Sub(r.at) > slackResponseLife:
		return http.StatusNotFound, slackRefuse("expired_url", "after 30 minutes")
	case r.uses == slackResponseUses:
		return http.StatusNotFound, slackRefuse("expired_url", "after 5 uses")
	}
	r.uses++
	if c.flag("delete_original") && r.origin != nil {
		s.erase(r.origin)
		if !c.has("text") && !c.has("blocks") {
			return http.StatusOK, nil
		}
	}
	if err := s.show(r, c); err != nil {
		return http.StatusBadRequest, err
	}
	return http.StatusOK, nil
}

// show shows a message through a response_url, or the first one in an
// acknowledgement. After a click it takes the place of the message that was
// clicked unless replace_original is false; after a command there is none.
func (s *Slack) show(r *slackResponse, c slackCall) error {
	told, err := s.contents(c)
	if err != nil {
		return err
	}
	kind := c.text("response_type")
	if kind != "" && kind != "ephemeral" && kind != "in_channel" {
		return slackRefuse("invalid_response_type", kind)
	}
	if r.origin != nil && (c.flag("replace_original") || !c.has("replace_original") && !c.flag("delete_original")) {
		if s.post(r.channel, r.origin.TS) == nil {
			return slackRefuse("message_not_found", r.origin.TS)
		}
		r.origin.Text, r.origin.Blocks = told.text, told.blocks
		r.origin.Edits++
		return nil
	}
	thread, err := s.thread(r.channel, c.text("thread_ts"))
	if err != nil {
		return err
	}
	m := SlackMessage{
		Channel: r.channel, Thread: thread, Author: SlackBotUser, Text: told.text, Blocks: told.blocks,
	}
	if kind != "in_channel" {
		m.User, m.Ephemeral = r.user, true
	}
	s.keep(m)
	return nil
}
