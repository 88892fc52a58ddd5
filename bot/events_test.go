package bot_test

import (
	"testing"

	"fifteen/bot"
)

// The same event again gets the same answer and has no second effect, whatever
// stands in the database by then.
func TestRepeatedEvents(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		// before are lines that are typed before, line is the event, press says that
		// a button sent it, after are lines between its two deliveries.
		before []string
		line   string
		press  bool
		after  []string
		want   string
	}{
		{name: "a line that writes", line: "won 1", want: "done: deal=1"},
		{name: "a refused line that would write", line: "won Sigma", want: "deal.unknown typed=Sigma [All: deals]"},
		{name: "a role that is not enough", line: "team", want: "router.role line=team role=role.manager"},
		{name: "a line that asks", line: "note 1", want: "ask.text [draft.drop: draft 1 drop] {draft 1: <text>}"},
		{name: "a line that asks and was answered", line: "note 1", after: []string{"hello"}, want: "ask.text [draft.drop: draft 1 drop] {draft 1: <text>}"},
		{name: "the typed answer", before: []string{"note 1"}, line: "hello", want: "done: deal=1 text=hello"},
		{
			name: "the typed answer, while another question waits", before: []string{"note 1"}, line: "hello",
			after: []string{"note 2"}, want: "done: deal=1 text=hello",
		},
		{name: "a continued draft", before: []string{"note 1"}, line: "draft 1 text hello", press: true, want: "done: deal=1 text=hello"},
		{
			name: "a line that could as well be an answer", before: []string{"note 1"}, line: "won 2",
			want: "draft.either question=ask.text [draft.run line=won #2: won #2 ~3] [draft.save: draft 1]",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			for _, line := range c.before {
				w.say(t, line)
			}
			event := w.typed(t, c.line)
			if c.press {
				event.Way = bot.Pressed
			}
			first := w.Serve(t.Context(), event)
			for _, line := range c.after {
				w.say(t, line)
			}
			stored := len(w.Unsent())
			again := w.Serve(t.Context(), event)
			if got := spoken(first.Message); got != c.want {
				t.Errorf("first: got %s, want %s", got, c.want)
			}
			if got := spoken(again.Message); got != c.want || !again.Repeated || again.Stored != first.Stored {
				t.Errorf("again: got %s (repeated %v, stored %d), want %s (true, %d)",
					got, again.Repeated, again.Stored, c.want, first.Stored)
			}
			if got := len(w.Unsent()); got != stored {
				t.Errorf("got %d stored answers after the second delivery, want %d", got, stored)
			}
		})
	}
}

// Without a key nothing is stored, and nothing can come twice.
func TestEventsWithoutAKey(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"won 1", "won Sigma", "note 1", "show 1"} {
		w := newWorld(t)
		req := w.typed(t, line)
		req.EventID = ""
		if reply := w.Serve(t.Context(), req); reply.Stored != 0 || reply.Repeated || len(w.Unsent()) != 0 {
			t.Errorf("%s: got %+v, want nothing stored", line, reply)
		}
	}
}

func TestLinesThatReadStoreNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, line := range []string{"show 1", "show Sigma", "hello", "score 1"} {
		if reply := w.Serve(t.Context(), w.typed(t, line)); reply.Stored != 0 {
			t.Errorf("%s: got stored answer %d, want none", line, reply.Stored)
		}
	}
}

// A stored answer is repeated as it is, even when it breaks today's limits.
func TestStoredAnswersAreNotCheckedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	req := w.typed(t, "won 1")
	req.Member.ID = 1
	if _, err := w.Answer(t.Context(), req, bot.Message{Title: "a\nb"}); err != nil {
		t.Fatal(err)
	}
	if got := w.Serve(t.Context(), req).Message.Title; got != "a\nb" {
		t.Errorf("got %q, want the stored answer", got)
	}
}
