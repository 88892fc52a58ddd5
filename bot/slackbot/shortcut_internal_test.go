package slackbot

import (
	"strings"
	"testing"
	"time"
)

// TestShortcutPayloads reads what Slack sends of a shortcut.
func TestShortcutPayloads(t *testing.T) {
	t.Parallel()
	const who = `"user":{"id":"U1","team_id":"T1"},"team":{"id":"T1","domain":"acme"},"trigger_id":"1.2.a","action_ts":"1795424400.000100"`
	for _, test := range []struct{ name, raw, line, address string }{
		{"anywhere", `{"type":"shortcut","callback_id":"score",` + who + `}`, "score", ""},
		{
			"on a message",
			`{"type":"message_action","callback_id":"answer","channel":{"id":"C1"},"message":{"ts":"1795424300.000200","text":"x"},` + who + `}`,
			"answer", "https://acme.slack.com/archives/C1/p1795424300000200",
		},
		{
			"on the head of a thread",
			`{"type":"message_action","callback_id":"answer","channel":{"id":"C1"},"message":{"ts":"1.2","thread_ts":"1.2"},` + who + `}`,
			"answer", "https://acme.slack.com/archives/C1/p12",
		},
		{
			"on a reply",
			`{"type":"message_action","callback_id":"answer","channel":{"id":"C1"},"message":{"ts":"1.3","thread_ts":"1.2"},` + who + `}`,
			"answer", "https://acme.slack.com/archives/C1/p13?thread_ts=1.2&cid=C1",
		},
		{"without a name", `{"type":"shortcut",` + who + `}`, "", ""},
		{"without anybody", `{"type":"shortcut","callback_id":"score","user":{}}`, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			h, err := parseInteraction([]byte(test.raw), time.Unix(1_795_424_401, 0))
			if err != nil {
				t.Fatal(err)
			}
			if h.said == nil {
				if test.line != "" {
					t.Fatalf("got nothing said, want %q", test.line)
				}
				return
			}
			s := *h.said
			if s.line != test.line || s.place.Channel != "U1" || !s.place.Direct || s.trigger != "1.2.a" || !strings.HasPrefix(s.key, "slack/shortcut/U1/1795424400.000100/") {
				t.Errorf("got %+v, want the line %q in the chat with U1", s, test.line)
			}
			switch {
			case s.quote == nil && test.address != "":
				t.Errorf("got no message, want %q", test.address)
			case s.quote != nil && s.quote.address != test.address:
				t.Errorf("got the address %q, want %q", s.quote.address, test.address)
			}
		})
	}
}
