package bottest_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fifteen/bot/bottest"
)

// modal is a view with a name, which must be typed, and a person, who may be
// chosen.
func modal() fields {
	return fields{
		"type": "modal", "title": plainText("Add"), "submit": plainText("Save"), "close": plainText("Cancel"),
		"private_metadata": "meta", "callback_id": "form",
		"blocks": []fields{
			section(mrkdwn("Explained &amp; done")),
			with(input("name", with(typing("n"), "max_length", 5)), "hint", plainText("Hint")),
			with(input("who", choice("w", option("Ann", "1"), option("Bob", "2"))), "optional", true),
			with(input("note", with(typing("t"), "initial_value", "old")), "optional", true),
		},
	}
}

// trigger lets ann send a command and returns its trigger_id.
func (w *slackWorld) trigger(t *testing.T) string {
	t.Helper()
	sent := w.plugQuiet(t)
	if _, err := w.Command(t.Context(), "U1", "C1", "/ppf", ""); err != nil {
		t.Fatal(err)
	}
	for pair := range strings.SplitSeq(string((<-sent).body), "&") {
		if id, ok := strings.CutPrefix(pair, "trigger_id="); ok {
			return id
		}
	}
	t.Fatal("got no trigger_id")
	return ""
}

func TestSlackTriggers(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	open := func(id string) said { return w.call(t, "views.open", fields{"trigger_id": id, "view": modal()}) }
	id := w.trigger(t)
	wantError(t, w.call(t, "views.open", fields{"trigger_id": id, "view": with(modal(), "title", nil)}), "invalid_arguments")
	w.advance(3 * time.Second)
	if got := open(id); !got.OK {
		t.Errorf("got %+v, want ok after 3 s, and after a refused view", got)
	}
	wantError(t, open(id), "exchanged_trigger_id")
	id = w.trigger(t)
	w.advance(3*time.Second + 1)
	wantError(t, open(id), "expired_trigger_id")
	wantError(t, open("12345.98765.abcd2358fdea"), "expired_trigger_id")
	wantError(t, open("nonsense"), "invalid_trigger_id")

	long := newSlackWorld(t, bottest.SlackConfig{TriggerLife: time.Minute})
	id = long.trigger(t)
	long.advance(time.Minute)
	long.must(t, "views.open", fields{"trigger_id": id, "view": modal()})
}

func TestSlackRefusesViews(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	blocks := func(n int) []fields {
		return many(n, func(int) fields { return fields{"type": "divider"} })
	}
	for _, c := range []struct {
		name  string
		value any
		want  string
	}{
		{"title", plainText(long(25)), "must be less than 25 characters [json-pointer:/view/title/text]"},
		{"submit", plainText(long(25)), "must be less than 25 characters [json-pointer:/view/submit/text]"},
		{"close", plainText(long(25)), "must be less than 25 characters [json-pointer:/view/close/text]"},
		{"title", plainText(""), "must be more than 0 characters"},
		{"title", mrkdwn("x"), "unsupported type: mrkdwn"},
		{"title", nil, "missing required field: title"},
		{"blocks", nil, "missing required field: blocks"},
		{"type", "home", "unsupported type: home [json-pointer:/view/type]"},
		{"private_metadata", long(3001), "must be less than 3001 characters"},
		{"callback_id", long(256), "must be less than 256 characters"},
		{"blocks", blocks(101), "no more than 100 items allowed [json-pointer:/view/blocks]"},
		{"submit", nil, "must define `submit` to use an `input` block in modals"},
		{"blocks", []fields{input("a", typing("1")), input("a", typing("2"))}, "`a` already exists [json-pointer:/view/blocks/1/block_id]"},
		{"blocks", []fields{input("a", typing("1")), input("b", typing("1"))}, "`1` already exists"},
		{"colour", "red", "invalid additional property: colour"},
	} {
		got := w.call(t, "views.open", fields{"trigger_id": "1.1.a", "view": with(modal(), c.name, c.value)})
		if told := strings.Join(got.Metadata.Messages, "\n"); got.Error != "invalid_arguments" || !strings.Contains(told, c.want) {
			t.Errorf("%s: got %s %q, want %q", c.name, got.Error, told, c.want)
		}
	}
	fits := with(with(modal(), "private_metadata", long(3000)), "blocks", blocks(100))
	fits = with(with(fits, "title", plainText(long(24))), "submit", plainText(long(24)))
	w.must(t, "views.open", fields{"trigger_id": w.trigger(t), "view": fits})
}

func TestSlackView(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	if w.View("U1") != nil {
		t.Error("got a view, want none")
	}
	opened := w.must(t, "views.open", fields{"trigger_id": w.trigger(t), "view": modal()})
	want := &bottest.SlackView{
		ID: opened.View.ID, CallbackID: "form", Title: "Add", Submit: "Save", Close: "Cancel", PrivateMetadata: "meta",
		Text: "Explained & done\nLabel\nHint\nLabel\nChoose\nLabel",
		Fields: []bottest.SlackField{
			{BlockID: "name", ActionID: "n", Label: "Label", Hint: "Hint", Most: 5},
			{BlockID: "who", ActionID: "w", Label: "Label", Placeholder: "Choose", Optional: true, Options: []bottest.SlackButton{
				{Label: "Ann", Value: "1", ActionID: "w"}, {Label: "Bob", Value: "2", ActionID: "w"},
			}},
			{BlockID: "note", ActionID: "t", Label: "Label", Initial: "old", Optional: true},
		},
	}
	if diff := cmp.Diff(want, w.View("U1")); diff != "" {
		t.Error(diff)
	}
	update := fields{"view_id": opened.View.ID, "hash": opened.View.Hash, "view": with(modal(), "title", plainText("New"))}
	w.must(t, "views.update", update)
	if got := w.View("U1"); got.Title != "New" || got.ID != opened.View.ID {
		t.Errorf("got %+v, want a new title", got)
	}
	wantError(t, w.call(t, "views.update", update), "hash_conflict")
	wantError(t, w.call(t, "views.update", with(update, "view_id", "V9")), "not_found")
}

func TestSlackSubmit(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	opened := w.must(t, "views.open", fields{"trigger_id": w.trigger(t), "view": modal()})
	for _, values := range []map[string]string{
		nil, {"name": ""}, {"name": "Acme Corp"}, {"name": "Acme", "who": "3"}, {"name": "Acme", "what": "1"},
	} {
		_, err := w.Submit(t.Context(), "U1", values)
		wantIs(t, err, bottest.ErrSlackUnable)
	}
	sent := w.plugQuiet(t)
	if _, err := w.Submit(t.Context(), "U1", map[string]string{"name": "Acme", "who": "2"}); err != nil {
		t.Fatal(err)
	}
	got := readInteraction(t, <-sent)
	if got.Type != "view_submission" || got.User.ID != "U1" || got.View.ID != opened.View.ID || got.View.Hash == "" ||
		got.View.Metadata != "meta" || got.View.Callback != "form" || got.ResponseURL != "" {
		t.Errorf("got %+v, want the submission", got)
	}
	values := got.View.State.Values
	if name, who, note := values["name"]["n"], values["who"]["w"], values["note"]["t"]; *name.Value != "Acme" ||
		name.Type != "plain_text_input" || who.Selected.Value != "2" || who.Type != "static_select" || *note.Value != "old" {
		t.Errorf("got %+v, want what was filled in", values)
	}
	if w.View("U1") != nil {
		t.Error("got a view, want it closed")
	}
	w.must(t, "views.open", fields{"trigger_id": w.trigger(t), "view": modal()})
	sent = w.plugQuiet(t)
	if _, err := w.Submit(t.Context(), "U1", map[string]string{"name": "Acme", "note": ""}); err != nil {
		t.Fatal(err)
	}
	values = readInteraction(t, <-sent).View.State.Values
	if who, note := values["who"]["w"], values["note"]["t"]; who.Selected != nil || note.Value != nil {
		t.Errorf("got %+v, want nulls for what was left empty", values)
	}
}

func TestSlackSubmitIsAnswered(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, body string
		status     int
		open       bool
		errors     map[string]string
		refusal    string
	}{
		{name: "clear", body: `{"response_action":"clear"}`},
		{name: "errors", body: `{"response_action":"errors","errors":{"name":"taken"}}`, open: true, errors: map[string]string{"name": "taken"}},
		{name: "unknown block", body: `{"response_action":"errors","errors":{"nome":"taken"}}`, open: true, refusal: "no input block"},
		{name: "no errors", body: `{"response_action":"errors"}`, open: true, refusal: "no errors"},
		{name: "unknown action", body: `{"response_action":"jump"}`, open: true, refusal: "invalid_response_action: jump"},
		{name: "update", body: `{"response_action":"update","view":{"type":"modal","title":{"type":"plain_text","text":"Done"},"blocks":[]}}`, open: true},
		{name: "bad update", body: `{"response_action":"update","view":{"type":"modal","blocks":[]}}`, open: true, refusal: "missing required field: title"},
		{name: "no JSON", body: `ok`, open: true, refusal: "invalid_json"},
		{name: "failure", status: http.StatusInternalServerError, open: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newSlackWorld(t, bottest.SlackConfig{})
			w.must(t, "views.open", fields{"trigger_id": w.trigger(t), "view": modal()})
			w.answering(t, max(c.status, http.StatusOK), "application/json", c.body)
			_, err := w.Submit(t.Context(), "U1", map[string]string{"name": "Acme"})
			if wrong := c.refusal != "" || c.status != 0; (err != nil) != wrong {
				t.Errorf("got the error %v, want one: %t", err, wrong)
			}
			view := w.View("U1")
			if (view != nil) != c.open {
				t.Fatalf("got %+v, want it open: %t", view, c.open)
			}
			if view != nil {
				if diff := cmp.Diff(c.errors, view.Errors); diff != "" {
					t.Error(diff)
				}
			}
			if got := strings.Join(w.Refusals(), "\n"); !strings.Contains(got, c.refusal) {
				t.Errorf("got %q, want %q", got, c.refusal)
			}
		})
	}
}

func TestSlackCloseView(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	w.must(t, "views.open", fields{"trigger_id": w.trigger(t), "view": modal()})
	if ack, err := w.CloseView(t.Context(), "U1"); err != nil || ack.Delivery != 0 || w.View("U1") != nil {
		t.Errorf("got %+v, %v, want it closed in silence", ack, err)
	}
	w.must(t, "views.open", fields{"trigger_id": w.trigger(t), "view": with(modal(), "notify_on_close", true)})
	sent := w.plugQuiet(t)
	if _, err := w.CloseView(t.Context(), "U1"); err != nil {
		t.Fatal(err)
	}
	if got := readInteraction(t, <-sent); got.Type != "view_closed" || got.View.Metadata != "meta" || got.Trigger != "" {
		t.Errorf("got %+v, want view_closed", got)
	}
}
