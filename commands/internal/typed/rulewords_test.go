package typed_test

import (
	"testing"
	"time"

	"fifteen/commands/internal/names"
	"fifteen/commands/internal/typed"
)

func TestLexicon(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		locale, word string
		role         typed.Role
		want         bool
	}{
		{"en", "every", typed.Every, true},
		{"cs-CZ", "každé", typed.Every, true},
		{"cs", "every", typed.Every, true}, // English always
		{"en", "každé", typed.Every, false},
		{"ru", "каждый", typed.Every, true},
		{"pl", "co", typed.Every, true},
		{"tr", "her", typed.Every, true},
		{"en", "her", typed.Every, false},
		{"en", "mondays", typed.Weekdays, true},
		{"en", "monday", typed.Weekdays, false},
		{"en", "workdays", typed.Workdays, true},
		{"tr", "haftada", typed.PerWeek, true},
	} {
		if got := typed.LexiconOf(tc.locale).Is(tc.role, names.Fold(tc.word)); got != tc.want {
			t.Errorf("%s in %s: got %v, want %v", tc.word, tc.locale, got, tc.want)
		}
	}
}

func TestLexiconHasValues(t *testing.T) {
	t.Parallel()
	cs := typed.LexiconOf("cs")
	if n, ok := cs.Nth(names.Fold("druhý")); n != 2 || !ok {
		t.Errorf("druhý: got %d, %v, want 2", n, ok)
	}
	if n, ok := cs.Count("dva"); n != 2 || !ok {
		t.Errorf("dva: got %d, %v, want 2", n, ok)
	}
	if unit, ok := cs.Unit(names.Fold("týdny")); unit != typed.WeekUnit || !ok {
		t.Errorf("týdny: got %d, %v, want weeks", unit, ok)
	}
	for word, want := range map[string]struct {
		day          time.Weekday
		doubtful, ok bool
	}{
		"patek":  {time.Friday, false, true},
		"patky":  {time.Friday, false, true},
		"pa":     {time.Friday, true, true},
		"sun":    {time.Sunday, true, true},
		"monday": {time.Monday, false, true},
	} {
		if day, doubtful, ok := cs.Weekday(word); day != want.day || doubtful != want.doubtful || ok != want.ok {
			t.Errorf("%s: got %s, %v, %v, want %s, %v, %v", word, day, doubtful, ok, want.day, want.doubtful, want.ok)
		}
	}
	if _, _, ok := cs.Weekday("banana"); ok {
		t.Error("banana: got a weekday")
	}
}

// TestEveryLanguageHasTheWordsOfRules has one word for each role that a rule
// cannot be said without.
func TestEveryLanguageHasTheWordsOfRules(t *testing.T) {
	t.Parallel()
	for locale, words := range map[string]map[typed.Role]string{
		"ru": {typed.Final: "последний", typed.Working: "рабочий", typed.Daily: "ежедневно", typed.Monthly: "ежемесячно", typed.And: "и", typed.At: "в"},
		"pl": {typed.Final: "ostatni", typed.Working: "roboczy", typed.Daily: "codziennie", typed.Monthly: "miesięcznie", typed.And: "i", typed.At: "o"},
		"cs": {typed.Final: "poslední", typed.Working: "pracovní", typed.Daily: "denně", typed.Monthly: "měsíčně", typed.And: "a", typed.At: "v"},
		"tr": {typed.Final: "son", typed.Working: "iş", typed.Daily: "günlük", typed.Monthly: "aylık", typed.And: "ve", typed.At: "saat"},
	} {
		for role, word := range words {
			if !typed.LexiconOf(locale).Is(role, names.Fold(word)) {
				t.Errorf("%s: got no role %d for %s", locale, role, word)
			}
		}
	}
}
