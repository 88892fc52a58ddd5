package telegrambot

import (
	"strings"
	"testing"
)

func TestLiteral(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, given, want string }{
		{"words", "Žluť, чай & <b>", "Žluť, чай & <b>"},
		{"a mention", "@petra and (@petra)", "@|petra and (@|petra)"},
		{"an address", "petra@acme.com", "petra@acme.com"},
		{"a lone at", "12 @ 5 EUR", "12 @ 5 EUR"},
		{"a command", "/undo, /undo@bot", "/|undo, /|undo@bot"},
		{"words with a stroke", "won/lost 1/2", "won/lost 1/2"},
		{"a link", "https://x.example/a/b", "https://x.example/a/b"},
		{"in other letters", "ж@petra жs/undo", "ж@petra жs/undo"},
		{"a change of direction", "\u202e@evil\u202c", "@|evil"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := literal(c.given)
			if want := strings.ReplaceAll(c.want, "|", "\u2060"); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
			if got, want := typed(got), strings.ReplaceAll(c.want, "|", ""); got != want {
				t.Errorf("typed back: got %q, want %q", got, want)
			}
		})
	}
}

func TestBlank(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		want       bool
	}{
		{"nothing", "", true},
		{"blanks", " \n\u00a0\u3000\u2003", true},
		{"of no width", "\u200b\u200d\ufeff\u2060", true},
		{"braille and Hangul without dots", "\u2800\u3164\u115f", true},
		{"a mark alone", "\u0301", true},
		{"a letter among them", "\u200b.\u200b", false},
		{"an emoji", "👍🏽", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := blank(c.text); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestShorten(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		units      int
		want       string
	}{
		{"it fits", "abc", 3, "abc"},
		{"longer", "abcd", 3, "ab…"},
		{"not within a pair", "a😀b", 3, "a…"},
		{"not within an emoji", "ab👍🏽", 5, "ab…"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := shorten(c.text, c.units); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
