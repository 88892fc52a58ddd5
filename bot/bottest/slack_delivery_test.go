package bottest_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"fifteen/bot/bottest"
)

// answering plugs a bot in that answers everything with one body.
func (w *slackWorld) answering(t *testing.T, status int, mediaType, body string) {
	t.Helper()
	w.plugHTTP(t, func(rw http.ResponseWriter, _ request) {
		rw.Header().Set("Content-Type", mediaType)
		rw.WriteHeader(status)
		_, _ = rw.Write([]byte(body))
	})
}

func TestSlackShowsWhatACommandAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, mediaType, body string
		everyone              []string // who wrote what, for everyone
		asker                 string   // what the one who asked sees last
		refusal               string
	}{
		{name: "nothing", mediaType: "text/plain"},
		{name: "text", mediaType: "text/plain; charset=utf-8", body: `{"a":1} &lt;`, asker: `{"a":1} <`},
		{name: "empty object", mediaType: "application/json", body: `{}`},
		{name: "ephemeral", mediaType: "application/json; charset=utf-8", body: `{"text":"only you","junk":{"a":1}}`, asker: "only you"},
		{
			name: "blocks", mediaType: "application/json", asker: "Head",
			body: `{"response_type":"ephemeral","text":"x","blocks":[{"type":"header","text":{"type":"plain_text","text":"Head"}}]}`,
		},
		{
			name: "in_channel", mediaType: "application/json", body: `{"response_type":"in_channel","text":"all"}`,
			everyone: []string{"U1 /ppf deals", "U0BOT all"}, asker: "all",
		},
		{
			name: "in_channel without text", mediaType: "application/json", body: `{"response_type":"in_channel"}`,
			everyone: []string{"U1 /ppf deals"}, asker: "/ppf deals",
		},
		{name: "no JSON", mediaType: "application/json", body: `{`, refusal: "slash_commands: invalid_json"},
		{name: "bad block", mediaType: "application/json", body: `{"blocks":[{"type":"x"}]}`, refusal: "slash_commands: invalid_blocks: [ERROR] unsupported type: x"},
		{name: "bad type", mediaType: "application/json", body: `{"text":"x","response_type":"loud"}`, refusal: "slash_commands: invalid_response_type"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newSlackWorld(t, bottest.SlackConfig{})
			w.answering(t, http.StatusOK, c.mediaType, c.body)
			_, err := w.Command(t.Context(), "U1", "C2", "/ppf", "deals")
			if (err != nil) != (c.refusal != "") {
				t.Errorf("got the error %v, want a refusal %q", err, c.refusal)
			}
			if got := strings.Join(w.Refusals(), "\n"); !strings.HasPrefix(got, c.refusal) || c.refusal == "" && got != "" {
				t.Errorf("got the refusals %q, want %q", got, c.refusal)
			}
			everyone := make([]string, 0, 2)
			for _, m := range w.Messages("C2") {
				everyone = append(everyone, m.Author+" "+m.Plain())
			}
			if got, want := strings.Join(everyone, "\n"), strings.Join(c.everyone, "\n"); got != want {
				t.Errorf("got %q for everyone, want %q", got, want)
			}
			seen := append(w.Seen("C2", "U1"), bottest.SlackMessage{})
			if last := seen[max(0, len(seen)-2)]; last.Plain() != c.asker {
				t.Errorf("got %q, want %q", last.Plain(), c.asker)
			}
		})
	}
}

func TestSlackHearsStatus(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	w.answering(t, http.StatusUnauthorized, "text/plain", "no")
	ack, err := w.Command(t.Context(), "U1", "C1", "/ppf", "")
	if err == nil || ack.Status != http.StatusUnauthorized || ack.Late {
		t.Errorf("got %+v, %v, want an error for 401", ack, err)
	}
	if got := w.Seen("C1", "U1"); len(got) != 0 {
		t.Errorf("got %+v, want nothing shown", got)
	}
}

func TestSlackLate(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	wait := 3 * time.Second
	w.plugHTTP(t, func(rw http.ResponseWriter, _ request) {
		w.advance(wait)
		wait++
		_, _ = rw.Write([]byte("here"))
	})
	if ack, err := w.Command(t.Context(), "U1", "C1", "/ppf", ""); err != nil || ack.Late {
		t.Errorf("got %+v, %v, want 3 s in time", ack, err)
	}
	ack, err := w.Command(t.Context(), "U1", "C1", "/ppf", "")
	wantIs(t, err, bottest.ErrSlackLate)
	if !ack.Late || string(ack.Body) != "here" {
		t.Errorf("got %+v, want it late", ack)
	}
	if got := w.Seen("C1", "U1"); len(got) != 1 {
		t.Errorf("got %+v, want the late answer not shown", got)
	}
	if got := w.Refusals(); len(got) != 1 || !strings.Contains(got[0], "late") {
		t.Errorf("got %v, want the late acknowledgement", got)
	}
}

// One message under two event_ids.
func TestSlackDuplicate(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	sent := w.plugQuiet(t)
	type wrapped struct {
		ID    string         `json:"event_id"`
		Event map[string]any `json:"event"`
	}
	read := func() (got wrapped) {
		if err := json.Unmarshal((<-sent).body, &got); err != nil {
			t.Fatal(err)
		}
		return got
	}
	ack, err := w.Type(t.Context(), "U1", w.DM("U1"), "hello")
	if err != nil {
		t.Fatal(err)
	}
	first := read()
	if _, err := w.Duplicate(t.Context(), ack.Delivery); err != nil {
		t.Fatal(err)
	}
	second := read()
	if first.ID == second.ID || first.Event["ts"] != second.Event["ts"] || first.Event["text"] != second.Event["text"] {
		t.Errorf("got %+v and %+v, want the same event under two IDs", first, second)
	}
	if _, err := w.Redeliver(t.Context(), ack.Delivery); err != nil {
		t.Fatal(err)
	}
	if third := read(); third.ID != first.ID {
		t.Errorf("got %s, want %s again", third.ID, first.ID)
	}
	if _, err := w.Command(t.Context(), "U1", "C1", "/ppf", ""); err != nil {
		t.Fatal(err)
	}
	_, err = w.Duplicate(t.Context(), 0)
	wantIs(t, err, bottest.ErrSlackUnable)
}

// Slack tells a bot of its own messages in DMs.
func TestSlackEcho(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	sent := w.plugQuiet(t)
	w.must(t, "chat.postMessage", fields{"channel": "U1", "text": "mine"})
	w.must(t, "chat.postMessage", fields{"channel": "C1", "text": "mine"})
	if _, err := w.Echo(t.Context(), w.Messages(w.DM("U1"))[0]); err != nil {
		t.Fatal(err)
	}
	if got := string((<-sent).body); !strings.Contains(got, `"bot_id":"B0BOT"`) || !strings.Contains(got, `"channel_type":"im"`) {
		t.Errorf("got %s, want the bot's own message", got)
	}
	_, err := w.Echo(t.Context(), w.Messages("C1")[0])
	wantIs(t, err, bottest.ErrSlackUnable)
}
