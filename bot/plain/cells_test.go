package plain_test

import (
	"strings"
	"testing"
	"unicode"

	"fifteen/bot/bottest"
	"fifteen/bot/plain"
)

func TestText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, given, text, line string }{
		{name: "nothing"},
		{name: "words of any language", given: "Żółć, чай, İğ, 日本 😀", text: "Żółć, чай, İğ, 日本 😀", line: "Żółć, чай, İğ, 日本 😀"},
		{name: "line breaks", given: "a\nb\r\nc", text: "a\nb\nc", line: "a b c"},
		{name: "other blanks", given: "a\tb\u2028c\u2029d", text: "a b c d", line: "a b c d"},
		{name: "commands to a terminal", given: "\x1b[2J\u009b5n\r\x00", text: "·[2J·5n··", line: "·[2J·5n··"},
		{name: "changes of direction", given: "a\u202eb\u2066c\u200fd\u061ce", text: "abcde", line: "abcde"},
		{name: "invalid UTF-8", given: "a\xff\xfeb", text: "a\uFFFDb", line: "a\uFFFDb"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := plain.Text(c.given); got != c.text {
				t.Errorf("Text: got %q, want %q", got, c.text)
			}
			if got := plain.Line(c.given); got != c.line {
				t.Errorf("Line: got %q, want %q", got, c.line)
			}
		})
	}
}

func TestTextObeysNobody(t *testing.T) {
	t.Parallel()
	for _, r := range plain.Text(bottest.Controls + bottest.Hostile) {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			t.Errorf("got %q, want it neutralised", r)
		}
	}
}

func TestCells(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, line string
		want       int
	}{
		{"nothing", "", 0},
		{"one each", "Žluť чай |", 10},
		{"wide characters take two", "日本한Ａ", 8},
		{"emoji take two", "😀✅", 4},
		{"marks take none", "e\u0301a\u200db", 3},
		{"Hangul that joins takes none", "\u1100\u1161\u11a8", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := plain.Cells(c.line); got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}

func TestPadded(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, line string
		cells      int
		right      bool
		want       string
	}{
		{name: "behind", line: "日本", cells: 6, want: "日本  "},
		{name: "before", line: "e\u0301", cells: 3, right: true, want: "  e\u0301"},
		{name: "full", line: "abc", cells: 3, want: "abc"},
		{name: "longer", line: "abcd", cells: 3, right: true, want: "abcd"},
		{name: "below zero", line: "", cells: -1, want: ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := plain.Padded(c.line, c.cells, c.right); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// same compares lines without the blanks at their ends, which nobody sees.
func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	for i := range got {
		got[i] = strings.TrimRight(got[i], " ")
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
