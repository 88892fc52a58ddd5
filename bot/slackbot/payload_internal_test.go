package slackbot

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// fuzzHeard is when fuzzed payloads are heard of.
var fuzzHeard = time.Date(2026, time.November, 24, 9, 0, 0, 0, time.UTC)

// checkSaid fails the test unless what a payload of some bytes said can be
// worked on: it has a person, and no more words than came.
func checkSaid(t *testing.T, h heardOf, bytes int, keyed bool) {
	t.Helper()
	s := h.said
	if s == nil {
		return
	}
	if s.place.User == "" {
		t.Errorf("got %+v said by nobody, want a person", s)
	}
	if keyed && s.key == "" {
		t.Errorf("got %+v without a key, want one", s)
	}
	if len(s.line) > 3*bytes { // a byte that is no UTF-8 becomes three
		t.Errorf("got a line of %d bytes out of %d, want no more", len(s.line), bytes)
	}
	if at := s.when(); at.After(s.heard) || at.IsZero() {
		t.Errorf("got it said at %v, want a time before %v", at, s.heard)
	}
	if !slices.Contains([]means{command, message, click, form, closed}, s.means) {
		t.Errorf("got the means %d, want one that is known", s.means)
	}
	words := typed(t.Context(), s.line, namer{
		user:    func(context.Context, string) string { return "" },
		channel: func(_ context.Context, _, label string) string { return "#" + label },
	})
	if utf8.ValidString(s.line) && !utf8.ValidString(words) {
		t.Errorf("got %q out of %q, want text", words, s.line)
	}
}

func FuzzSlash(f *testing.F) {
	whole := url.Values{
		"team_id": {"T1"}, "user_id": {"U1"}, "channel_id": {"C1"}, "channel_name": {"sales"}, "command": {"/ppf"},
		"text": {"note Acme <@U2|bob> &amp; more"}, "trigger_id": {"1.2.3"}, "response_url": {"https://x.example/r"},
	}
	direct := url.Values{"team_id": {"T1"}, "user_id": {"U1"}, "channel_id": {"D1"}, "channel_name": {"directmessage"}, "text": {""}}
	for _, form := range []url.Values{whole, direct, {"text": {"nobody"}}} {
		f.Add(form.Encode())
		fields := map[string]string{}
		for name := range form {
			fields[name] = form.Get(name)
		}
		raw, err := json.Marshal(fields)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(raw))
	}
	f.Add(`{"user_id":1}`)
	f.Add(`text=%zz`)
	f.Fuzz(func(t *testing.T, payload string) {
		if h, err := parseSlash([]byte(payload), fuzzHeard); err == nil {
			checkSaid(t, h, len(payload), h.said != nil && h.said.trigger != "")
		}
		form, err := url.ParseQuery(payload)
		if err != nil {
			return
		}
		s := slashOf(form).said(fuzzHeard)
		checkSaid(t, heardOf{said: s}, len(payload), s != nil && s.trigger != "")
		if s != nil && s.team != form.Get("team_id") {
			t.Errorf("got the team %q, want %q", s.team, form.Get("team_id"))
		}
	})
}

func FuzzInteraction(f *testing.F) {
	for _, payload := range []string{
		`{"type":"block_actions","team":{"id":"T1"},"user":{"id":"U1","team_id":"T1"},"channel":{"id":"C1","name":"sales"},` +
			`"container":{"type":"message","message_ts":"1.1","thread_ts":"1.0","is_ephemeral":false},"trigger_id":"1.2.3",` +
			`"response_url":"https://x.example/r","actions":[{"type":"button","value":"won #1 ~2","action_ts":"1767258000.000100"}]}`,
		`{"type":"block_actions","team":{"id":"T1"},"user":{"id":"U1"},"channel":{"id":"D1"},"container":{"is_ephemeral":true},` +
			`"actions":[{"type":"static_select","selected_option":{"value":"lost #3 price ~2"},"action_ts":"1.2"}]}`,
		`{"type":"view_submission","team":{"id":"T1"},"user":{"id":"U1"},"view":{"id":"V1","hash":"h","callback_id":"form",` +
			`"private_metadata":"{\"line\":\"draft 1\",\"place\":{\"c\":\"C1\",\"u\":\"U1\"}}","state":{"values":{"name":{"name":{"type":` +
			`"plain_text_input","value":"Acme"}},"owner":{"owner":{"selected_option":{"value":"@bob"}},"x":{"selected_option":null}}}}}}`,
		`{"type":"view_closed","team":{"id":"T1"},"user":{"id":"U1"},"view":{"id":"V1","callback_id":"form","private_metadata":"{}"}}`,
		`{"type":"shortcut","user":{"id":"U1"}}`, `{"type":"block_actions","actions":[]}`, `{"type":"block_actions","user":null}`, `[]`, ``,
	} {
		f.Add([]byte(payload))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		h, err := parseInteraction(payload, fuzzHeard)
		if err != nil {
			return
		}
		checkSaid(t, h, len(payload), true)
		if h.said == nil {
			return
		}
		if line := leaving(h.said.line); line != "" && !strings.HasPrefix(line, "draft ") {
			t.Errorf("got %q left, want a draft", line)
		}
		for name, value := range h.said.values {
			if len(name)+len(value) > 3*len(payload) {
				t.Errorf("got %d bytes in a field out of %d, want no more", len(value), len(payload))
			}
		}
	})
}

func FuzzEvent(f *testing.F) {
	for _, payload := range []string{
		`{"type":"event_callback","team_id":"T1","event":{"type":"app_mention","user":"U1","text":"<@UBOT> who","ts":"1767258000.000100",` +
			`"channel":"C1","thread_ts":"1767250000.000100"},"is_ext_shared_channel":true}`,
		`{"type":"event_callback","team_id":"T1","event":{"type":"message","channel_type":"im","user":"U1","text":"note <@UBOT> x","ts":"1.1","channel":"D1"}}`,
		`{"type":"event_callback","team_id":"T1","event":{"type":"message","subtype":"bot_message","bot_id":"B1","ts":"1.1","channel":"D1"}}`,
		`{"type":"event_callback","team_id":"T1","event":{"type":"user_change","user":{"id":"U1","name":"ann","deleted":true,"profile":{"display_name":"x"}}}}`,
		`{"type":"event_callback","team_id":"T1","event":{"type":"tokens_revoked"}}`, `{"type":"event_callback","event":null}`,
		`{"type":"url_verification","challenge":"c"}`, `{"type":"app_rate_limited"}`, `{"type":"event_callback","event":{"type":"message","user":{}}}`, `x`,
	} {
		f.Add([]byte(payload))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		h, err := parseEvent(payload, "UBOT", fuzzHeard)
		if err != nil {
			return
		}
		checkSaid(t, h, len(payload), true)
		if h.said != nil && (h.said.place.User == "UBOT" || strings.Contains(h.said.line, "<@UBOT>")) {
			t.Errorf("got %+v, want neither the bot's own words nor its name", h.said)
		}
		if h.news != nil && h.news.user != nil {
			if p := h.news.user.person(); p.Account.Platform != Platform || len(p.Name) > 3*len(payload) {
				t.Errorf("got %+v, want somebody of Slack's", p)
			}
		}
	})
}
