package bot_test

import (
	"strings"
	"testing"

	"fifteen/bot"
)

func TestArgumentsFromWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, line, want string }{
		{"a number", "show 2", "done: deal=2"},
		{"a number with a hash", "show #2", "done: deal=2"},
		{"a name", "show acme", "done: deal=1"},
		{"the longest name", "show Acme Corp", "done: deal=2"},
		{"the longest name before a text", "note Acme Corp is slow", "done: deal=2 text=is slow"},
		{"quotes end a name", `note "Acme" Corp is slow`, "done: deal=1 text=Corp is slow"},
		{"a guess will do for reading", "show Acm", "done: deal=1"},
		{"commands in any case", "NOTE acme Hi", "done: deal=1 text=Hi"},
		{"a text as it was written", "note 1 two  blanks\nand 'quotes' \"too\"", "done: deal=1 text=two  blanks\nand 'quotes' \"too\""},
		{"a text in quotes", `note 1 "all of it"`, "done: deal=1 text=all of it"},
		{"the tail from the end", "plan 1 ask about the price supplier", "done: deal=1 reason=supplier text=ask about the price"},
		{"no tail", "plan 1 ask about the prices", "done: deal=1 text=ask about the prices"},
		{"two words of a command", `deal name 1 "Acme New"`, "done: deal=1 name=Acme New"},
		{"an optional argument", "won Acme Corp 5", "done: deal=2 amount=5"},
		{"none", "won Acme Corp", "done: deal=2"},
		{"words in turn", "move 1 here 'over there'", "done: deal=1 from=here to=over there"},
		{"too many words", "show 1 2 \"3 4\"", "line.extra typed=2 3 4"},
		{"too many words without arguments", "deals now", "line.extra typed=now"},
		{"not a number", "won Acme much", "number.bad typed=much"},
		{"unknown", "show Sigma", "deal.unknown typed=Sigma [All: deals]"},
		{"a choice", "lost Delta supplier", "done: deal=3 reason=supplier"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := newWorld(t).say(t, c.line); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestMissingArgumentsBecomeAForm(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, line, want string }{
		{"one, which can also be typed", "note 1", "ask.text [draft.drop: draft 1 drop] {draft 1: <text>}"},
		{"the first", "show", "ask.deal [draft.drop: draft 1 drop] {draft 1: <deal>}"},
		{"several, in the line's own form", "note", "ask.deal {note: <deal> <text>}"},
		{"several behind what was said", "move 1", "ask.word {move #1: <from> <to>}"},
		{"too long for a button", "move 1 " + strings.Repeat("x", 60), "ask.word [draft.drop: draft 1 drop] {draft 1: <to>}"},
		{"one that a command misses itself", "wish", "wish.what [draft.drop: draft 1 drop] {draft 1: <what>}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := newWorld(t).say(t, c.line); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestFormField(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	reply := w.Serve(t.Context(), w.typed(t, "note"))
	if !reply.Message.Private {
		t.Error("got a question for everybody, want a private one")
	}
	fields := reply.Message.Form.Fields
	if got := fields[0]; len(got.Options) != len(deals) || got.Options[1].Value != "#2" || got.Long {
		t.Errorf("got %+v, want the deals to choose from", got)
	}
	if got := fields[1]; !got.Long || got.Hint != "hint.text" || len(got.Options) != 0 {
		t.Errorf("got %+v, want a long text with a hint", got)
	}
}

func TestArgumentsFromValues(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, line string
		values     map[string]string
		want       string
	}{
		{"by name", "note", map[string]string{"deal": "Acme Corp", "text": "5 o'clock"}, "done: deal=2 text=5 o'clock"},
		{"beside words", "note 1", map[string]string{"text": "hello\nthere"}, "done: deal=1 text=hello\nthere"},
		{"instead of words", "won", map[string]string{"amount": "5", "deal": "1"}, "done: deal=1 amount=5"},
		{"and words that are left", "won 2", map[string]string{"deal": "1"}, "done: deal=1 amount=2"},
		{"empty ones are none", "won 1", map[string]string{"amount": " \x00"}, "done: deal=1"},
		{"unknown ones are nothing", "won 1", map[string]string{"colour": "red"}, "done: deal=1"},
		{"cleaned", "note 1", map[string]string{"text": "a\x1b[2J\u202eb"}, "done: deal=1 text=a [2Jb"},
		{"too many words", "won", map[string]string{"deal": "Acme 2"}, "line.extra typed=2"},
		{"a wrong one", "won 1", map[string]string{"amount": "much"}, "number.bad typed=much"},
		{"too long", "note 1", map[string]string{"text": strings.Repeat("ж", bot.MaxLine+1)}, "router.long most=4000"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			req := w.typed(t, c.line)
			req.Way, req.Values = bot.Submitted, c.values
			if got := spoken(w.Serve(t.Context(), req).Message); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestRequest(t *testing.T) {
	t.Parallel()
	req := bot.Request{Line: "won 1", Revision: 7}.WithArg("amount", int64(5))
	changed := req.WithArg("name", "Acme")
	if req.Has("name") || !changed.Has("amount") || changed.Text("name") != "Acme" {
		t.Error("got a changed original, want a copy with one argument more")
	}
	if got := changed.Int("none", 90); got != 90 {
		t.Errorf("got %d, want 90 for what was left out", got)
	}
	if got := bot.Value[string](changed, "amount"); got != "" {
		t.Errorf("got %q, want nothing for another type", got)
	}
	if other := changed.As("show", nil); other.Has("amount") || other.Line != "show" {
		t.Error("got arguments of the line before, want none")
	}
}

func TestUsage(t *testing.T) {
	t.Parallel()
	command := bot.Command{Name: "won", Args: []bot.Arg{{Name: "deal"}, {Name: "amount", Optional: true}}}
	if got, want := command.Usage(), "won <deal> [amount]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
