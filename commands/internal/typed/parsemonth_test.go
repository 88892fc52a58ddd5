package typed_test

import (
	"strings"
	"testing"

	"fifteen/commands/internal/typed"
)

func TestParseMonth(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ locale, text, want string }{
		{"en", "2026-12", "2026-12"},
		{"en", "2026-1", "2026-01"},
		{"en", "12/2026", "2026-12"},
		{"en", "12.2026", "2026-12"},
		{"en", "december", "2026-12"},
		{"en", "january", "2027-01"}, // two months ahead, and not ten back
		{"en", "Dec", "2026-12"},
		{"en", "may", "2027-05"},
		{"en", "in december", "2026-12"},
		{"en", "dec 2026", "2026-12"},
		{"en", "December, 2027", "2027-12"},
		{"en", "2027 december", "2027-12"},
		{"en", "this month", "2026-11"},
		{"en", "last month", "2026-10"},
		{"en", "next month", "2026-12"},
		{"ru", "в декабре", "2026-12"},
		{"ru", "декабрь 2025 г.", "2025-12"},
		{"ru", "прошлый месяц", "2026-10"},
		{"pl", "grudzień", "2026-12"},
		{"pl", "w przyszłym miesiącu", "2026-12"},
		{"cs", "červen 2027", "2027-06"},
		{"cs", "červenec", "2026-07"},
		{"cs", "tento měsíc", "2026-11"},
		{"cs", "december", "2026-12"},
		{"tr", "ARALIK", "2026-12"},
		{"tr", "gelecek ay", "2026-12"},
	} {
		t.Run(tc.locale+" "+tc.text, func(t *testing.T) {
			t.Parallel()
			got, err := typed.ParseMonth(strings.Split(tc.text, " "), today, tc.locale)
			if got.String() != tc.want || err != nil {
				t.Errorf("ParseMonth(%q): got %s, %v, want %s", tc.text, got, err, tc.want)
			}
		})
	}
}

func TestParseMonthRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]typed.Why{
		"":            typed.NotAMonth,
		"12":          typed.NotAMonth,
		"2026":        typed.NotAMonth,
		"2026-13":     typed.NotAMonth,
		"0/2026":      typed.NotAMonth,
		"month":       typed.NotAMonth,
		"next":        typed.NotAMonth,
		"next week":   typed.NotAMonth,
		"5 dec":       typed.NotAMonth,
		"dec 26":      typed.NotAMonth,
		"dec nov":     typed.NotAMonth,
		"2026-12-05":  typed.NotAMonth,
		"smarch":      typed.NotAMonth,
		"1989-12":     typed.TooFar,
		"dec 2200":    typed.TooFar,
		"a b c d e f": typed.NotAMonth,
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			got, err := typed.ParseMonth(strings.Split(text, " "), today, "en")
			if whyOf(err) != want || got != (typed.Month{}) {
				t.Errorf("ParseMonth(%q): got %s, %v, want %s", text, got, err, want)
			}
		})
	}
}
