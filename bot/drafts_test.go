package bot_test

import (
	"strings"
	"testing"
	"time"

	"fifteen/bot"
)

// turn is one line of a conversation; a button's begins with "!".
type turn struct{ line, want string }

// conversations are what one person types and presses in the private chat.
var conversations = map[string][]turn{
	"the next words are the answer": {
		{"note 1", "ask.text [draft.drop: draft 1 drop] {draft 1: <text>}"},
		{"they call back ~7", "done: deal=1 text=they call back ~7"},
		{"they call back", "router.unknown typed=they call back"},
	},
	"a wrong answer can be corrected": {
		{"move 1 here", "ask.word [draft.drop: draft 1 drop] {draft 1: <to>}"},
		{"two words", "line.extra typed=words"},
		{"there", "done: deal=1 from=here to=there"},
	},
	"a question of a line that reads waits for one answer": {
		{"show", "ask.deal [draft.drop: draft 1 drop] {draft 1: <deal>}"},
		{"Sigma", "deal.unknown typed=Sigma [All: deals]"},
		{"Acme", "done: deal=1"},
		{"Delta", "router.unknown typed=Delta"},
	},
	"an answer that leads to another question": {
		{"wish", "wish.what [draft.drop: draft 1 drop] {draft 1: <what>}"},
		{"peace", "wish.what [draft.drop: draft 1 drop] {draft 1: <what>}"},
	},
	"a line instead of the answer": {
		{"note 1", "ask.text [draft.drop: draft 1 drop] {draft 1: <text>}"},
		{"won Acme 5", "draft.either question=ask.text [draft.run line=won #1 5: won #1 5 ~7] [draft.save: draft 1]"},
		{"!won #1 5 ~7", "done: deal=1 amount=5 ~7"},
		{"hello", "router.unknown typed=hello"},
	},
	"a line with a mistake in it instead of the answer": {
		{"note 1", "ask.text [draft.drop: draft 1 drop] {draft 1: <text>}"},
		{"won Acme 5 cows", "draft.either question=ask.text [draft.run line=won Acme 5 cows: won Acme 5 cows] [draft.save: draft 1]"},
		{"won Acme 5 cows", "line.extra typed=cows"},
	},
	"words that only look like a line": {
		{"note 1", "ask.text [draft.drop: draft 1 drop] {draft 1: <text>}"},
		{"won Acme 5", "draft.either question=ask.text [draft.run line=won #1 5: won #1 5 ~7] [draft.save: draft 1]"},
		{"!draft 1", "done: deal=1 text=won Acme 5"},
		{"!draft 1", "draft.gone"},
	},
	"a line that reads carries no revision": {
		{"note 1", "ask.text [draft.drop: draft 1 drop] {draft 1: <text>}"},
		{"show acme", "draft.either question=ask.text [draft.run line=show #1: show #1] [draft.save: draft 1]"},
	},
	"one that was copied keeps the revision it has": {
		{"note 1", "ask.text [draft.drop: draft 1 drop] {draft 1: <text>}"},
		{"won 1 ~5", "draft.either question=ask.text [draft.run line=won #1: won #1 ~5] [draft.save: draft 1]"},
	},
	"one with a line break is not offered": {
		{"note 1", "ask.text [draft.drop: draft 1 drop] {draft 1: <text>}"},
		{"note 2 a\nb", "draft.either question=ask.text [draft.save: draft 1]"},
		{"!draft 1", "done: deal=1 text=note 2 a\nb"},
	},
	"a command that does not resolve is the answer": {
		{"note 1", "ask.text [draft.drop: draft 1 drop] {draft 1: <text>}"},
		{"show them everything", "done: deal=1 text=show them everything"},
	},
	"a command above one's role is the answer": {
		{"note 1", "ask.text [draft.drop: draft 1 drop] {draft 1: <text>}"},
		{"team", "done: deal=1 text=team"},
	},
	"the newest question is answered": {
		{"note 1", "ask.text [draft.drop: draft 1 drop] {draft 1: <text>}"},
		{"!note 2", "ask.text [draft.drop: draft 2 drop] {draft 2: <text>}"},
		{"hello", "done: deal=2 text=hello"},
		{"hello", "router.unknown typed=hello"},
	},
	"a button is no answer": {
		{"note 1", "ask.text [draft.drop: draft 1 drop] {draft 1: <text>}"},
		{"!show 1", "done: deal=1"},
		{"hello", "done: deal=1 text=hello"},
	},
	"which of them, after a long text": {
		{"note Del one\ntwo", "deal.which typed=Del [Delta: draft 1 deal #3 ~1] [Delta Works: draft 1 deal #4 ~2]"},
		{"!draft 1 deal #4 ~2", "done: deal=4 text=one\ntwo ~2"},
		{"!draft 1 deal #3 ~1", "draft.gone"},
	},
	"dropped": {
		{"note 1", "ask.text [draft.drop: draft 1 drop] {draft 1: <text>}"},
		{"!draft 1 drop", "draft.dropped"},
		{"!draft 1 text hello", "draft.gone"},
		{"hello", "router.unknown typed=hello"},
	},
	"typed by a phone": {
		{"note 1", "ask.text [draft.drop: draft 1 drop] {draft 1: <text>}"},
		{"Draft 1 text hello", "done: deal=1 text=hello"},
	},
	"drafts that are none": {
		{"draft", "draft.gone"}, {"draft 9", "draft.gone"}, {"draft x", "draft.gone"}, {`"draft" 1`, `router.unknown typed="draft" 1`},
	},
	"half a continuation": {
		{"note 1", "ask.text [draft.drop: draft 1 drop] {draft 1: <text>}"},
		{"!draft 1 text", "ask.text [draft.drop: draft 1 drop] {draft 1: <text>}"},
	},
}

func TestConversations(t *testing.T) {
	t.Parallel()
	for name, turns := range conversations {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			for i, turn := range turns {
				say := w.say
				line, pressed := strings.CutPrefix(turn.line, "!")
				if pressed {
					say = w.press
				}
				if got := say(t, line); got != turn.want {
					t.Fatalf("%d. %s: got %s, want %s", i+1, turn.line, got, turn.want)
				}
			}
		})
	}
}

func TestDraftsAreOnesOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.say(t, "note 1")
	for _, line := range []string{"draft 1 text mine", "draft 1 drop"} {
		got := spoken(w.Serve(t.Context(), w.by(t, "petra", line)).Message)
		if line == "draft 1 text mine" && got != "draft.gone" {
			t.Errorf("%s: got %s, want draft.gone", line, got)
		}
	}
	if got, want := spoken(w.Serve(t.Context(), w.by(t, "petra", "hello")).Message), "router.unknown typed=hello"; got != want {
		t.Errorf("got %s, want %s: the question was not hers", got, want)
	}
	if got, want := w.say(t, "hello"), "done: deal=1 text=hello"; got != want {
		t.Errorf("got %s, want %s: the question still waits", got, want)
	}
}

func TestDraftsLastADay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.say(t, "note 1")
	w.SetNow(w.Now().Add(24*time.Hour + time.Second))
	if got, want := w.say(t, "hello"), "router.unknown typed=hello"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := w.say(t, "draft 1 text hello"), "draft.gone"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// In a channel people talk to one another: only a form answers there.
func TestNoTypedAnswersInAChannel(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ask := func(line string, way bot.Way, values map[string]string) string {
		req := w.typed(t, line)
		req.Chat, req.Way, req.Values = bot.Chat{Platform: "terminal", ID: "#sales"}, way, values
		return spoken(w.Serve(t.Context(), req).Message)
	}
	for _, turn := range []struct {
		got, want string
	}{
		{ask("note 1", bot.Typed, nil), "ask.text [draft.drop: draft 1 drop] {draft 1: <text>}"},
		{ask("hello", bot.Typed, nil), "router.unknown typed=hello"},
		{ask("draft 1", bot.Submitted, map[string]string{"text": "hello"}), "done: deal=1 text=hello"},
	} {
		if turn.got != turn.want {
			t.Errorf("got %s, want %s", turn.got, turn.want)
		}
	}
}
