package slackbot

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestAcknowledgement(t *testing.T) {
	t.Parallel()
	// {"envelope_id":"e","payload":""} is 32 bytes long.
	full := strings.Repeat("x", maxAck-33)
	for _, c := range []struct {
		name    string
		respond bool
		payload any
		want    string
		left    bool
	}{
		{name: "none", respond: true, want: `{"envelope_id":"e"}`},
		{name: "object", respond: true, payload: map[string]string{"text": "<a&b>"}, want: `{"envelope_id":"e","payload":{"text":"<a&b>"}}`},
		{name: "raw", respond: true, payload: json.RawMessage(`{"a": 1}`), want: `{"envelope_id":"e","payload":{"a":1}}`},
		{name: "not accepted", payload: "x", want: `{"envelope_id":"e"}`, left: true},
		{name: "not JSON", respond: true, payload: make(chan int), want: `{"envelope_id":"e"}`, left: true},
		{name: "longest", respond: true, payload: full, want: `{"envelope_id":"e","payload":"` + full + `"}`},
		{name: "one byte too long", respond: true, payload: full + "x", want: `{"envelope_id":"e"}`, left: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, left := acknowledgement(envelope{ID: "e", Respond: c.respond}, c.payload)
			if string(got) != c.want || (left != "") != c.left {
				t.Errorf("got %.100s (%d bytes), left %q; want %.100s (%d bytes), left: %v",
					got, len(got), left, c.want, len(c.want), c.left)
			}
		})
	}
}

func TestWord(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want string }{
		{"link_disabled", "link_disabled"},
		{"", "?"},
		{"Call Ann", "?"},
		{"xapp-1", "?"},
		{strings.Repeat("a", 41), "?"},
	} {
		if got := word(c.in); got != c.want {
			t.Errorf("word(%q): got %q, want %q", c.in, got, c.want)
		}
	}
}

// What can be read comes back whole, what cannot is an error that quotes nothing.
func FuzzEnvelope(f *testing.F) {
	for _, message := range []string{
		`{"type":"hello","num_connections":1,"debug_info":{"host":"applink-1","approximate_connection_time":18060}}`,
		`{"type":"disconnect","reason":"refresh_requested","debug_info":{"host":"applink-1"}}`,
		`{"type":"events_api","envelope_id":"e","payload":{"event":{}},"accepts_response_payload":false,"retry_attempt":2,"retry_reason":"timeout"}`,
		`{"type":"slash_commands","envelope_id":"e","payload":{"text":"` + "\u2028" + `"},"accepts_response_payload":true}`,
		`{"type":"interactive","payload":{}}`,
		`{"type":"events_api","envelope_id":"e","retry_attempt":"2"}`,
		`{"type":"surprise","envelope_id":"e"}`,
		`{"type":["x"],"envelope_id":"e"}`,
		`{"payload":null}`, `[]`, `null`, `{"type":"hello"} {}`, `{`, "\xff", "",
	} {
		f.Add([]byte(message))
	}
	f.Fuzz(func(t *testing.T, message []byte) {
		e, reason, err := parseEnvelope(message)
		if err != nil {
			if want := (envelope{ID: e.ID}); e.Type != want.Type || e.Payload != nil || reason != "" {
				t.Errorf("with error %v: got %+v, %q, want an ID at most", err, e, reason)
			}
			if e.ID != "" && !json.Valid(message) {
				t.Errorf("got ID %q from what is no JSON", e.ID)
			}
			return
		}
		if e.Type == "" || e.Payload != nil && !json.Valid(e.Payload) {
			t.Errorf("got type %q and payload %q, want a type and JSON", e.Type, e.Payload)
		}
		again, err := json.Marshal(map[string]any{
			"type": e.Type, "reason": reason, "envelope_id": e.ID, "payload": e.Payload,
			"retry_attempt": e.Retry, "accepts_response_payload": e.Respond,
		})
		if err != nil {
			t.Fatalf("write it again: %v", err)
		}
		same, why, err := parseEnvelope(again)
		if err != nil || same.Type != e.Type || same.ID != e.ID || same.Retry != e.Retry || same.Respond != e.Respond || why != reason {
			t.Errorf("read again: got %+v, %q, %v; want %+v, %q", same, why, err, e, reason)
		}
		frame, _ := acknowledgement(e, e.Payload)
		var sent struct {
			ID string `json:"envelope_id"`
		}
		if err := json.Unmarshal(frame, &sent); err != nil || sent.ID != e.ID {
			t.Errorf("acknowledgement: got %q, %v; want ID %q", frame, err, e.ID)
		}
	})
}
