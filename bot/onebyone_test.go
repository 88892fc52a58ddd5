package bot_test

import (
	"testing"

	"fifteen/bot"
)

// TestOneByOne asks for a form's values one after the other, where a platform has
// no forms: what was answered stays, and the next typed words are the next answer.
func TestOneByOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i, turn := range []struct{ line, want string }{
		{"move", "ask.deal [draft.drop: draft 1 drop] {draft 1: <deal>}"},
		{"Acme", "ask.word [draft.drop: draft 1 drop] {draft 1: <from>}"},
		{"here", "ask.word [draft.drop: draft 1 drop] {draft 1: <to>}"},
		{"there", "done: deal=1 from=here to=there"},
		{"there", "router.unknown typed=there"},
	} {
		req := w.typed(t, turn.line)
		req.OneByOne = true
		if got := spoken(w.Serve(t.Context(), req).Message); got != turn.want {
			t.Fatalf("%d. %s: got %s, want %s", i+1, turn.line, got, turn.want)
		}
	}
}

// TestCommandIsNoAnswer types a line as the platform's commands are typed, while a
// question waits: it is answered as a line, and the question still waits.
func TestCommandIsNoAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.say(t, "note 1")
	req := w.typed(t, "show Acme")
	req.Command = true
	if got, want := spoken(w.Serve(t.Context(), req).Message), "done: deal=1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := w.say(t, "hello"), "done: deal=1 text=hello"; got != want {
		t.Errorf("then: got %s, want %s", got, want)
	}
}

// TestAside asks in private what was said where others are: there the next words
// are the answer, and the answer's address is the private chat.
func TestAside(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	req := w.typed(t, "note 1")
	private := req.Chat
	req.Chat, req.Aside = bot.Chat{Platform: "terminal", ID: "#sales"}, private
	reply := w.Serve(t.Context(), req)
	if got, want := spoken(reply.Message), "ask.text [draft.drop: draft 1 drop] {draft 1: <text>}"; got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
	for answer, want := range map[bool]bot.Chat{true: private, false: req.Chat} {
		if got := req.To(bot.Message{Private: answer}); got != want {
			t.Errorf("private %v: got an answer to %v, want it to %v", answer, got, want)
		}
	}
	if got, want := w.say(t, "hello"), "done: deal=1 text=hello"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestWhole tells which chat a part of one belongs to.
func TestWhole(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{"-100": "-100", "-100/7": "-100", "C1": "C1", "": ""} {
		if got := (bot.Chat{Platform: "p", ID: id}).Whole(); got != (bot.Chat{Platform: "p", ID: want}) {
			t.Errorf("%q: got %v, want %q", id, got, want)
		}
	}
}
