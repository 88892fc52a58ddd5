package commands

import (
	"strings"
	"testing"

	"fifteen/bot"
)

func TestWindowKind(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, locale, line string
		start, end         string // canonical, "" for none, "!" for the problem
	}{
		{"nothing", "en", "", "", ""},
		{"weeks", "en", "13 weeks", "91d", "91d"}, // 13 × 7
		{"days in one word", "en", "90d", "90d", "90d"},
		{"canonical", "en", "91d", "91d", "91d"},
		{"behind a name", "en", "@ivan last 4 weeks", "!", "28d"},
		{"before a name", "en", "4 weeks @ivan", "28d", ""},
		{"in the asker's language", "ru", "13 недель", "91d", "91d"},
		{"in another language", "pl", "13 недель", "!", ""},
		{"too short", "en", "0 weeks", "!", "!"},
		{"too long", "en", "10000 days", "!", "!"},
		{"a bare number", "en", "13", "!", ""},
		{"a name in quotes", "en", `"13w"`, "!", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			req := bot.Request{Locale: tc.locale}
			span := bot.Span{Text: tc.line, Words: bot.Split(tc.line)}
			reading, err := windowKind{}.Read(t.Context(), req, span)
			if got := windowSaid(t, reading, err); got != tc.start {
				t.Errorf("Read: got %q, want %q", got, tc.start)
			}
			reading, err = windowKind{}.ReadEnd(t.Context(), req, span)
			if got := windowSaid(t, reading, err); got != tc.end {
				t.Errorf("ReadEnd: got %q, want %q", got, tc.end)
			}
		})
	}
}

// windowSaid returns what was read as a line spells it, or "!" for the problem.
func windowSaid(t *testing.T, reading bot.Reading, err error) string {
	t.Helper()
	if problem := asProblem(err); problem != nil && strings.HasPrefix(problem.Key, "window.") {
		return "!"
	}
	if err != nil {
		t.Fatalf("got %v, want a window or a problem", err)
	}
	if _, ok := reading.Value.(int64); ok != (reading.Words > 0) {
		t.Fatalf("got %#v of %d words, want days", reading.Value, reading.Words)
	}
	return reading.Canonical
}
