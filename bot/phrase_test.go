package bot_test

import (
	"context"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fifteen/bot"
)

func TestPhrases(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, line, want string }{
		{"up to a semicolon", "judge 1 they lie; call more", "done: deal=1 why=they lie text=call more"},
		{"up to one that stands alone", "judge 1 they lie ; call more", "done: deal=1 why=they lie text=call more"},
		{"up to several", "judge 1 they lie;; call more", "done: deal=1 why=they lie text=call more"},
		{"up to the first", "judge 1 they lie; call; more", "done: deal=1 why=they lie text=call; more"},
		{"up to the end", "judge 1 they lie, call more", "done: deal=1 why=they lie, call more"},
		{"one inside a word", "judge 1 a;b c; d", "done: deal=1 why=a;b c text=d"},
		{"one word", "judge 1 lies; call more", "done: deal=1 why=lies text=call more"},
		{"as it was written", "judge 1 they  'do'\nlie; call", "done: deal=1 why=they  'do'\nlie text=call"},
		{"quoted", `judge 1 "they lie" call more`, "done: deal=1 why=they lie text=call more"},
		{"quoted by a phone", `judge 1 «they; lie» call "more"`, `done: deal=1 why=they; lie text=call "more"`},
		{"quoted, with a semicolon behind", `judge 1 "they lie"; call more`, "done: deal=1 why=they lie text=call more"},
		{"quotes within", `judge 1 they "really; do;" lie; call`, `done: deal=1 why=they "really; do;" lie text=call`},
		{"none", "judge 1 ; call more", "done: deal=1 why= text=call more"},
		{"only a semicolon", "judge 1 ;", "done: deal=1 why="},
		{"a revision that was typed", "judge 1 they lie ~7", "done: deal=1 why=they lie ~7"},
		{"nothing else is expected", "claim they lie; call more", "done: why=they lie; call more"},
		{"quotes where nothing else is expected", `claim "they" lie`, `done: why="they" lie`},
		{"all of it quoted", `claim "they lie;"`, "done: why=they lie;"},
		{"the end is another's", "claim they lie; or so price", "done: reason=price why=they lie; or so"},
		{"two of them", "swap here; there; or so", "done: from=here to=there; or so"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := newWorld(t).say(t, c.line); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestPhrasesFromValues(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, why, want string }{
		{"several words", "they lie", "done: deal=1 why=they lie"},
		{"semicolons", "they; lie; ;", "done: deal=1 why=they; lie; ;"},
		{"a semicolon at the end", "lie;", "done: deal=1 why=lie;"},
		{"line breaks", "they\nlie;\nall", "done: deal=1 why=they\nlie;\nall"},
		{"quotes", `"they" lie 'all'`, `done: deal=1 why="they" lie 'all'`},
		{"all of it quoted", "“they lie”", "done: deal=1 why=they lie"},
		{"only a semicolon", ";", "done: deal=1 why="},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			req := w.typed(t, "judge 1")
			req.Way, req.Values = bot.Submitted, map[string]string{"why": c.why}
			if got := spoken(w.Serve(t.Context(), req).Message); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// A phrase that is asked for is the next thing that is typed, semicolons too.
func TestPhraseAsAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if got, want := w.say(t, "claim"), "ask.phrase [draft.drop: draft 1 drop] {draft 1: <why>}"; got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
	if got, want := w.say(t, "they; lie"), "done: why=they; lie"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// anyPhrase draws what people might type as a phrase, or quote as one.
func anyPhrase() *rapid.Generator[string] {
	letters := rapid.SampledFrom([]rune("aж7#~@;\"'“”„«»‘’  \n"))
	return rapid.Map(rapid.StringOfN(letters, 1, 40, -1), strings.TrimSpace)
}

// What a phrase is written as reads back as the phrase: before other words, and
// alone as a value, which is how drafts keep it.
func TestPhraseReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		value := anyPhrase().Draw(t, "value")
		if value == "" {
			return
		}
		whole := readPhrase(t, value, true)
		text, _ := whole.Value.(string)
		for _, again := range []bot.Reading{
			readPhrase(t, whole.Canonical, true),
			readPhrase(t, whole.Canonical+` "and; more" of it;`, false),
		} {
			got, _ := again.Value.(string)
			if got != text && !(everyQuote(text) && plainQuotes(got) == plainQuotes(text)) {
				t.Fatalf("%q is written as %s, which is read as %q", text, whole.Canonical, got)
			}
			if again.Canonical != whole.Canonical {
				t.Fatalf("%q: got %s when it was read again, want %s", text, again.Canonical, whole.Canonical)
			}
		}
	})
}

// readPhrase reads a phrase; a whole one must take all words.
func readPhrase(t *rapid.T, text string, whole bool) bot.Reading {
	t.Helper()
	words := bot.Split(text)
	reading, err := bot.PhraseKind.Read(context.Background(), bot.Request{}, bot.Span{Text: text, Words: words, Whole: whole})
	if err != nil || reading.Words < 1 || reading.Words > len(words) || whole && reading.Words != len(words) {
		t.Fatalf("%q: got %d of %d words, %v", text, reading.Words, len(words), err)
	}
	return reading
}

// everyQuote tells whether a text has each kind of quotes that Quoted uses, so
// that it cannot keep all of them.
func everyQuote(text string) bool {
	return strings.ContainsAny(text, `"“”`) && strings.Contains(text, "»") && strings.ContainsAny(text, "'’")
}

func plainQuotes(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`"“”„«»‘’`, r) {
			return '\''
		}
		return r
	}, text)
}

// A guess of the deal is offered as a button, of a long line by a draft: pressing
// it does what the line would have done with the deal's number.
func TestPhraseSurvivesTheButton(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rapid.Check(t, func(r *rapid.T) {
		why, text := anyPhrase().Draw(r, "why"), rapid.SampledFrom([]string{"", "x", "it's so", strings.Repeat("long ", 12) + "on"}).Draw(r, "text")
		if why == "" || everyQuote(why) {
			return
		}
		line := bot.Quoted(why) + " " + text
		if rapid.Bool().Draw(r, "bare") {
			line = why + " ; " + text
		}
		want := w.say(t, "judge 1 "+line)
		asked := w.Serve(t.Context(), w.typed(t, "judge Acm "+line)).Message
		if len(asked.Buttons) != 1 || !strings.HasPrefix(want, "done: deal=1 why=") {
			r.Fatalf("%q: got %s and %s, want it done, and a guess", line, want, spoken(asked))
		}
		if got := w.press(t, asked.Buttons[0].Line); got != want+" ~7" {
			r.Fatalf("%q: got %s from %s, want %s", line, got, asked.Buttons[0].Line, want)
		}
	})
}
