package bot_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fifteen/bot"
)

// split writes words with what was quoted in < >.
func split(line string) string {
	var texts []string
	for _, word := range bot.Split(line) {
		if word.Quoted {
			texts = append(texts, "<"+word.Text+">")
			continue
		}
		texts = append(texts, word.Text)
	}
	return strings.Join(texts, "|")
}

func TestSplit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, line, want string }{
		{"nothing", "", ""},
		{"blanks of all kinds", " a \t b\u00a0c\u3000d\ne ", "a|b|c|d|e"},
		{"straight", `won "Acme Corp" 5`, `won|<Acme Corp>|5`},
		{"single", `won 'Acme Corp' 5`, `won|<Acme Corp>|5`},
		{"English", `won “Acme Corp” 5`, `won|<Acme Corp>|5`},
		{"English single", `won ‘Acme Corp’ 5`, `won|<Acme Corp>|5`},
		{"German", `won „Acme Corp“ 5`, `won|<Acme Corp>|5`},
		{"Polish", `won „Acme Corp” 5`, `won|<Acme Corp>|5`},
		{"Swedish", `won ”Acme Corp” 5`, `won|<Acme Corp>|5`},
		{"Russian", `won «Acme Corp» 5`, `won|<Acme Corp>|5`},
		{"mixed by a phone", `won "Acme Corp” 5`, `won|<Acme Corp>|5`},
		{"low and straight", `won „Acme Corp" 5`, `won|<Acme Corp>|5`},
		{"single opened straight", `won 'Acme Corp’ 5`, `won|<Acme Corp>|5`},
		{"an apostrophe in a word", "note O'Brien’s it's", "note|O'Brien’s|it's"},
		{"an apostrophe in quotes", `won "O'Brien" 'O'Brien'`, `won|<O'Brien>|<O'Brien>`},
		{"never closed", `note "so it goes`, `note|"so|it|goes`},
		{"closed with another kind", `won «Acme Corp" 5`, `won|«Acme|Corp"|5`},
		{"nothing in quotes", `won "" " " 5`, `won|""|"|"|5`},
		{"blanks in quotes", `won " Acme " 5`, `won|<Acme>|5`},
		{"quotes touch a word", `say"hello there"`, `say"hello|there"`},
		{"one quote", `"`, `"`},
		{"inches", `TV 55" and 60"`, `TV|55"|and|60"`},
		{"a quoted word is no number", `deal "42"`, `deal|<42>`},
		{"invalid UTF-8", "a\xff b", "a\xff|b"},
		{"quoted line break", "note \"a\nb\"", "note|<a\nb>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := split(c.line); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestQuote(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, value, want string }{
		{"a plain word", "Acme", "Acme"},
		{"an apostrophe", "O'Brien", "O'Brien"},
		{"two words", "Acme Corp", `"Acme Corp"`},
		{"a number", "42", `"42"`},
		{"a deal's number", "#42", `"#42"`},
		{"a revision", "~7", `"~7"`},
		{"a person", "@ivan", `"@ivan"`},
		{"quotes within", `the "big" one`, `«the "big" one»`},
		{"phone quotes within", `the “big” one`, `«the “big” one»`},
		{"all quotes within", `a "b" «c» 'd' e`, `"a 'b' 'c' 'd' e"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := bot.Quote(c.value); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestQuoted(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"Acme":          `"Acme"`,
		"end;":          `"end;"`,
		`the "big" one`: `«the "big" one»`,
	} {
		if got := bot.Quoted(value); got != want {
			t.Errorf("Quoted(%s): got %s, want %s", value, got, want)
		}
	}
}

// What Quote writes is read as one word again, and unless the value holds every
// kind of quote, as the same.
func TestQuoteIsReadAgain(t *testing.T) {
	t.Parallel()
	letters := rapid.SampledFrom([]rune(`ab ж7#~@"'“”„«»‘’`))
	rapid.Check(t, func(t *rapid.T) {
		value := strings.TrimSpace(rapid.StringOfN(letters, 1, 12, -1).Draw(t, "value"))
		if value == "" {
			return
		}
		words := bot.Split("x " + bot.Quote(value) + " y")
		if len(words) != 3 {
			t.Fatalf("Quote(%q) = %q is read as %d words, want 1", value, bot.Quote(value), len(words)-2)
		}
		if got := words[1].Text; got != value && !strings.ContainsAny(value, `"“”„»’'`) {
			t.Fatalf("Quote(%q) is read as %q", value, got)
		}
	})
}

func TestParseNumber(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want int64
	}{
		{"42", 42},
		{"#42", 42},
		{"007", 7},
		{"9223372036854775807", 9223372036854775807},
		{"", 0},
		{"#", 0},
		{"0", 0},
		{"#0", 0},
		{"-1", 0},
		{"+1", 0},
		{"##1", 0},
		{"1.5", 0},
		{"1e3", 0},
		{"9223372036854775808", 0},
		{"４２", 0},
		{"~7", 0},
		{`"42"`, 0},
		{"42nd", 0},
	} {
		words := bot.Split(c.text)
		if len(words) == 0 {
			words = []bot.Word{{}}
		}
		got, ok := bot.ParseNumber(words[0])
		if ok != (c.want != 0) || ok && got != c.want {
			t.Errorf("ParseNumber(%s): got %d, %v, want %d", c.text, got, ok, c.want)
		}
	}
}
