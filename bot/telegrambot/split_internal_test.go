package telegrambot

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"fifteen/bot/bottest"

	"pgregory.net/rapid"
)

func TestCluster(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"a letter", "ab", "a"},
		{"a letter with a mark", "e\u0301x", "e\u0301"},
		{"a family", "👩‍👩‍👧‍👦x", "👩‍👩‍👧‍👦"},
		{"a skin tone", "👍🏽👍", "👍🏽"},
		{"a skin tone at a computer", "👩🏽‍💻💻", "👩🏽‍💻"},
		{"a heart in colour", "❤️❤️", "❤️"},
		{"two flags", "🇩🇪🇫🇷", "🇩🇪"},
		{"a lone letter of a flag", "🇩x", "🇩"},
		{"the flag of Scotland", "🏴󠁧󠁢󠁳󠁣󠁴󠁿🏴", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"},
		{"a key with a digit", "1️⃣2", "1️⃣"},
		{"Hangul in parts", "\u1112\u1161\u11ab\u1100", "\u1112\u1161\u11ab"},
		{"Devanagari joined", "क्षत", "क्ष"},
		{"Thai am", "กำก", "กำ"},
		{"an isolated run from right to left", "\u2067א", "\u2067א"},
		{"a mark for a run behind its letter", "א\u200fב", "א\u200fב"},
		{"a line break joins nothing", "\n\u0301", "\n"},
		{"a blank with a mark", " \u0301x", " \u0301"},
		{"marks without end", "a" + strings.Repeat("\u0301", 100), "a" + strings.Repeat("\u0301", 63)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := c.text[:cluster(c.text)]; got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestSplit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		room       int
		want       []string
	}{
		{name: "nothing", room: 10},
		{name: "it fits", text: "one\n\ntwo", room: 8, want: []string{"one\n\ntwo"}},
		{name: "between paragraphs", text: "one\ntwo\n\nthree four", room: 12, want: []string{"one\ntwo", "three four"}},
		{name: "between lines", text: "one two\nthree four", room: 12, want: []string{"one two", "three four"}},
		{name: "between words", text: "one two three", room: 9, want: []string{"one two", "three"}},
		{name: "between characters", text: "abcdefgh", room: 3, want: []string{"abc", "def", "gh"}},
		{name: "not within a pair", text: "a😀😀", room: 4, want: []string{"a😀", "😀"}},
		{name: "not within a flag", text: "🇩🇪🇫🇷", room: 6, want: []string{"🇩🇪", "🇫🇷"}},
		{name: "not between a blank and its mark", text: "abcd \u0301efg", room: 6, want: []string{"abcd \u0301", "efg"}},
		{name: "a short paragraph is filled up", text: "a\n\nbcd efg hij", room: 10, want: []string{"a\n\nbcd efg", "hij"}},
		{name: "no mention is made", text: "abcd@efgh", room: 4, want: []string{"abc", "d@ef", "gh"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, part := range split(rich{text: c.text}, c.room) {
				got = append(got, part.text)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestSplitKeepsFormats(t *testing.T) {
	t.Parallel()
	var r rich
	r.paragraph(styled(bold, "The title"))
	r.paragraph(rich{text: "and words and "})
	r.add("", styled(italic, "leaning words"))
	r.paragraph(styled(pre, "a 1\nb 2\nc 3\nd 4"))
	var got []string
	for _, part := range split(r, 26) {
		for _, s := range part.spans {
			got = append(got, s.kind+" "+part.text[s.start:s.end])
		}
	}
	// 9 + 2 + 14 units leave no room for "leaning words", which is not cut; its 13,
	// 2 between and 11 are 26, so the block is cut, between its lines
	want := []string{"bold The title", "italic leaning words", "pre a 1\nb 2\nc 3", "pre d 4"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// morsels are what hostile texts are made of.
var morsels = []string{
	"word", " ", "\n", "\n\n", "  ", "é", "e\u0301", "\u0301", "😀", "👩‍👩‍👧‍👦", "👍🏽", "🇩🇪", "🇫", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "1️⃣", "क्ष", "\u1112\u1161\u11ab",
	"א", "עברית", "\u200f", "\u200d", "\u202e", "\u2067", "\u200b", "\u2060", "\u2800", "@name", "@", "/undo", "/", "a@b.com", "https://x.example/a", "<b>", "&amp;", "*_`[",
	"日本", strings.Repeat("x", 50), "\ufeff", "\u00a0", "\u2028", "#42", bottest.Hostile,
}

// text is a generator of hostile texts of at most n runes.
func text(n int, oneLine bool) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(morsels), 0, 12).Draw(t, "morsels"), "")
		if rapid.IntRange(0, 9).Draw(t, "long") == 0 && s != "" {
			s = strings.Repeat(s, 1+n/utf8.RuneCountInString(s))
		}
		if oneLine {
			s = strings.ReplaceAll(s, "\n", " ")
		}
		runes := []rune(s)
		return string(runes[:min(n, len(runes))])
	})
}

// severed tells whether a text is cut within a character at a byte.
// Source: https://www.unicode.org/reports/tr29.
func severed(text string, at int) bool {
	before, after := text[:at], text[at:]
	if before == "" || after == "" || strings.HasSuffix(before, "\n") || endless.MatchString(text) {
		return false
	}
	letters := flagLetters.FindString(before)
	return marks.MatchString(after) || joiner.MatchString(before) && !gap.MatchString(after) ||
		utf8.RuneCountInString(letters)%2 == 1 && flagLetters.MatchString(after[:min(4, len(after))])
}

var (
	marks       = regexp.MustCompile(`^[\p{M}\x{200C}\x{200D}\x{1F3FB}-\x{1F3FF}\x{E0020}-\x{E007F}\x{1160}-\x{11FF}]`)
	joiner      = regexp.MustCompile(`\x{200D}$`)
	gap         = regexp.MustCompile(`^[\s\x{00A0}]`)
	flagLetters = regexp.MustCompile(`[\x{1F1E6}-\x{1F1FF}]+$`)
	endless     = regexp.MustCompile(`[\p{M}\p{Cf}]{20}|([\x{200C}\x{200D}][^ ]{0,8}){8}`)
)

// squeeze takes all blanks and line breaks out of a text.
func squeeze(text string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(text) }

// TestSplitLosesNothing cuts random texts: every part fits, none begins or ends
// within a character, and together they are the text.
func TestSplitLosesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var r rich
		for range rapid.IntRange(0, 150).Draw(t, "pieces") {
			piece := rich{text: literal(text(60, false).Draw(t, "text"))}
			if kind := rapid.SampledFrom([]string{"", "", bold, italic, pre}).Draw(t, "kind"); kind != "" {
				piece = styled(kind, piece.text)
			}
			r.add(rapid.SampledFrom([]string{"", " ", "\n", "\n\n"}).Draw(t, "between"), piece)
		}
		room := rapid.IntRange(2*maxCluster, 400).Draw(t, "room")
		at, formatted := 0, 0
		var all strings.Builder
		for _, part := range split(r, room) {
			if n := units(part.text); n > room || len(part.spans) > maxEntities {
				t.Errorf("got %d units and %d entities, want at most %d and %d", n, len(part.spans), room, maxEntities)
			}
			next := strings.Index(r.text[at:], part.text)
			if next < 0 {
				t.Fatalf("got %q, want a part of %q", part.text, r.text[at:])
			}
			if at += next; severed(r.text, at) || severed(r.text, at+len(part.text)) {
				t.Errorf("got the part %q of %q, want no character cut", part.text, r.text)
			}
			at += len(part.text)
			all.WriteString(part.text)
			for _, s := range part.spans {
				formatted += len(squeeze(part.text[s.start:s.end]))
			}
		}
		if got, want := squeeze(all.String()), squeeze(r.text); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		for _, s := range r.spans {
			formatted -= len(squeeze(r.text[s.start:s.end]))
		}
		if formatted != 0 {
			t.Errorf("got %d bytes too many in formats, want as many as there were", formatted)
		}
	})
}
