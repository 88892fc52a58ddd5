package bottest_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"
	"time"

	"fifteen/bot/bottest"
)

// interaction is what the bot is told of a click or a view.
type interaction struct {
	Type        string         `json:"type"`
	Trigger     string         `json:"trigger_id"`
	ResponseURL string         `json:"response_url"`
	Message     map[string]any `json:"message"`
	Team        struct{ ID string }
	User        struct {
		ID   string `json:"id"`
		Team string `json:"team_id"`
	} `json:"user"`
	Channel   struct{ ID, Name string } `json:"channel"`
	Container struct {
		Type      string `json:"type"`
		TS        string `json:"message_ts"`
		Thread    string `json:"thread_ts"`
		Channel   string `json:"channel_id"`
		Ephemeral bool   `json:"is_ephemeral"`
	} `json:"container"`
	Actions []struct {
		Type     string                 `json:"type"`
		ID       string                 `json:"action_id"`
		Block    string                 `json:"block_id"`
		Value    string                 `json:"value"`
		At       string                 `json:"action_ts"`
		Selected struct{ Value string } `json:"selected_option"`
	} `json:"actions"`
	View struct {
		ID, Hash string
		Metadata string `json:"private_metadata"`
		Callback string `json:"callback_id"`
		State    struct {
			Values map[string]map[string]struct {
				Type     string                  `json:"type"`
				Value    *string                 `json:"value"`
				Selected *struct{ Value string } `json:"selected_option"`
			} `json:"values"`
		} `json:"state"`
	} `json:"view"`
}

// readInteraction reads the form of a click or a view.
func readInteraction(t *testing.T, r request) (got interaction) {
	t.Helper()
	form, err := url.ParseQuery(string(r.body))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(form.Get("payload")), &got); err != nil || r.path != "/slack/interactivity" {
		t.Fatalf("%s: %v: %s", r.path, err, r.body)
	}
	return got
}

func TestSlackPress(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	sent := w.plugQuiet(t)
	parent := w.must(t, "chat.postMessage", fields{"channel": "C1", "text": "x"}).TS
	blocks := []fields{with(actions(choice("a2", option("One", "1"), option("Two", "2")), button("a1", "go")), "block_id", "b")}
	w.must(t, "chat.postMessage", fields{"channel": "C1", "thread_ts": parent, "blocks": blocks})
	m := w.Messages("C1")[1]
	if _, err := w.Press(t.Context(), "U1", m, "go"); err != nil {
		t.Fatal(err)
	}
	got := readInteraction(t, <-sent)
	if got.Type != "block_actions" || got.User.ID != "U1" || got.User.Team != bottest.SlackTeam || got.Team.ID != bottest.SlackTeam ||
		got.Channel.ID != "C1" || got.Channel.Name != "sales" || got.Trigger == "" || got.ResponseURL == "" ||
		got.Container.Type != "message" || got.Container.TS != m.TS || got.Container.Channel != "C1" ||
		got.Container.Thread != parent || got.Container.Ephemeral || got.Message["ts"] != m.TS {
		t.Errorf("got %+v, want the click", got)
	}
	if a := got.Actions[0]; a.Type != "button" || a.ID != "a1" || a.Block != "b" || a.Value != "go" || a.At == "" {
		t.Errorf("got %+v, want the button", a)
	}
	if _, err := w.Press(t.Context(), "U2", m, "2"); err != nil {
		t.Fatal(err)
	}
	if a := readInteraction(t, <-sent).Actions[0]; a.Type != "static_select" || a.ID != "a2" || a.Selected.Value != "2" {
		t.Errorf("got %+v, want the option", a)
	}
}

// A click is on the message as it is now, by someone who sees it.
func TestSlackPressUnable(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	sent := w.plugQuiet(t)
	ts := w.must(t, "chat.postMessage", fields{"channel": "C1", "blocks": []fields{actions(button("a", "go"))}}).TS
	m := w.Messages("C1")[0]
	w.must(t, "chat.postEphemeral", fields{"channel": "C1", "user": "U1", "blocks": []fields{actions(button("a", "psst"))}})
	whisper := w.Seen("C1", "U1")[1]
	for _, c := range []struct {
		user, value string
		m           bottest.SlackMessage
	}{{"U9", "go", m}, {"U1", "stop", m}, {"U2", "psst", whisper}} {
		_, err := w.Press(t.Context(), c.user, c.m, c.value)
		wantIs(t, err, bottest.ErrSlackUnable)
	}
	if _, err := w.Press(t.Context(), "U1", whisper, "psst"); err != nil {
		t.Fatal(err)
	}
	if got := readInteraction(t, <-sent); !got.Container.Ephemeral || got.Message != nil {
		t.Errorf("got %+v, want an ephemeral message untold", got)
	}
	w.must(t, "chat.update", fields{"channel": "C1", "ts": ts, "text": "gone", "blocks": []fields{}})
	_, err := w.Press(t.Context(), "U1", m, "go")
	wantIs(t, err, bottest.ErrSlackUnable)
	w.must(t, "chat.delete", fields{"channel": "C1", "ts": ts})
	_, err = w.Press(t.Context(), "U1", m, "go")
	wantIs(t, err, bottest.ErrSlackUnable)
}

// pressed posts an ephemeral message to ann, clicks its button and returns the
// response_url.
func (w *slackWorld) pressed(t *testing.T) string {
	t.Helper()
	sent := w.plugQuiet(t)
	w.must(t, "chat.postEphemeral", fields{"channel": "C1", "user": "U1", "blocks": []fields{actions(button("a", "go"))}})
	seen := w.Seen("C1", "U1")
	if _, err := w.Press(t.Context(), "U1", seen[len(seen)-1], "go"); err != nil {
		t.Fatal(err)
	}
	return readInteraction(t, <-sent).ResponseURL
}

func TestSlackResponseURL(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	target := w.pressed(t)
	first := w.Seen("C1", "U1")[0]
	for i, c := range []struct {
		body fields
		seen []string // by ann, in order
	}{
		{fields{"text": "1", "replace_original": true}, []string{"1"}},
		{fields{"text": "2", "replace_original": false}, []string{"1", "2"}},
		{fields{"text": "3", "replace_original": false, "response_type": "in_channel"}, []string{"1", "2", "3"}},
		{fields{"delete_original": true}, []string{"2", "3"}},
	} {
		if got := w.post(t, target, "", c.body); !got.OK {
			t.Fatalf("use %d: got %+v, want ok", i, got)
		}
		seen := w.Seen("C1", "U1")
		if len(seen) != len(c.seen) {
			t.Fatalf("use %d: got %+v, want %q", i, seen, c.seen)
		}
		for j, m := range seen {
			if m.Plain() != c.seen[j] {
				t.Errorf("use %d: got %q, want %q", i, m.Plain(), c.seen[j])
			}
		}
		if i == 0 && (seen[0].TS != first.TS || seen[0].Edits != 1 || len(seen[0].Blocks) != 0) {
			t.Errorf("got %+v, want it in the place of %+v", seen[0], first)
		}
	}
	if got := w.Messages("C1"); len(got) != 1 || got[0].Text != "3" {
		t.Errorf("got %+v for everyone, want what was in_channel", got)
	}
	wantError(t, w.post(t, target, "", fields{"text": "x", "replace_original": true}), "message_not_found") // the fifth use
	got := w.post(t, target, "", fields{"text": "x"})
	wantError(t, got, "expired_url")
	if got.status != http.StatusNotFound {
		t.Errorf("got status %d, want 404", got.status)
	}
}

func TestSlackResponseURLExpires(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	target := w.pressed(t)
	w.advance(30 * time.Minute)
	if got := w.post(t, target, "", fields{"text": "x"}); !got.OK {
		t.Errorf("got %+v, want ok after 30 minutes", got)
	}
	wantError(t, w.post(t, target, "", fields{"blocks": []fields{{"type": "x"}}}), "invalid_blocks")
	w.advance(1)
	wantError(t, w.post(t, target, "", fields{"text": "x"}), "expired_url")
	if got := w.Calls("response_url"); got != 3 {
		t.Errorf("got %d calls, want 3", got)
	}
	w.Fail("response_url", bottest.SlackFailure{Status: http.StatusServiceUnavailable})
	if got := w.post(t, target, "", fields{"text": "x"}); got.status != http.StatusServiceUnavailable {
		t.Errorf("got %+v, want 503", got)
	}
}

// A response_url works where the bot is not.
func TestSlackResponseURLOfACommand(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	sent := w.plugQuiet(t)
	if _, err := w.Command(t.Context(), "U1", "C2", "/ppf", ""); err != nil {
		t.Fatal(err)
	}
	form, err := url.ParseQuery(string((<-sent).body))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // there is nothing to replace
		if got := w.post(t, form.Get("response_url"), "", fields{"text": "x", "replace_original": true}); !got.OK {
			t.Errorf("got %+v, want ok", got)
		}
	}
	if got := w.Seen("C2", "U1"); len(got) != 2 || !got[1].Ephemeral {
		t.Errorf("got %+v, want two ephemeral messages", got)
	}
}
