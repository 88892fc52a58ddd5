package typed_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"fifteen/commands/internal/typed"

	"pgregory.net/rapid"
)

func TestLastWindow(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		line    string
		n, days int
	}{
		{"", 0, 0},
		{"funnel", 0, 0},
		{"13w", 1, 91}, // 13 × 7
		{"@ivanov 13w", 1, 91},
		{"contact 13 weeks", 2, 91},
		{"13 WEEKS.", 2, 91},
		{"1 week", 2, 7},
		{"90d", 1, 90},
		{"90 days", 2, 90},
		{"90days", 1, 90},
		{"1 day", 2, 1},
		{"3 months", 2, 90}, // 3 × 30
		{"3m", 1, 90},
		{"a month", 2, 30},
		{"three months", 2, 90},
		{"a year", 2, 365},
		{"1 year", 2, 365},
		{"2y", 1, 730},
		{"2 years", 2, 730},
		{"730 days", 2, 730},
		{"007 days", 2, 7},
		{"last 4 weeks", 3, 28},
		{"funnel past 90d", 2, 90},
		{"the last 4 weeks", 4, 28},
		{"why over the last 13 weeks", 5, 91},
		{"the 4 weeks", 2, 28},
		{"in 2 weeks", 2, 14},
		{"10 13 weeks", 2, 91},
		{"13", 0, 0},
		{"13 w", 0, 0},
		{"weeks", 0, 0},
		{"last week", 0, 0},
		{"last month", 0, 0},
		{"last year", 0, 0},
		{"1.5 weeks", 0, 0},
		{"-3 weeks", 0, 0},
		{"+3w", 0, 0},
		{"13 weeks ago", 0, 0},
		{"13x", 0, 0},
		{"١٣ weeks", 0, 0},
		{`"13w"`, 0, 0},
		{`"13_weeks"`, 0, 0},
		{`"13" weeks`, 0, 0},
		{`13 "weeks"`, 0, 0},
		{`"last" 4 weeks`, 2, 28},
		{`"ACME" 13w`, 1, 91},
	} {
		t.Run(tc.line, func(t *testing.T) {
			t.Parallel()
			n, days, err := typed.LastWindow(words(tc.line), "en")
			if n != tc.n || days != tc.days || err != nil {
				t.Errorf("LastWindow(%s): got %d words, %d days, %v, want %d, %d", tc.line, n, days, err, tc.n, tc.days)
			}
		})
	}
}

func TestParseWindow(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		line    string
		n, days int
	}{
		{"", 0, 0},
		{"13w @ivanov", 1, 91},
		{"13 weeks contact", 2, 91},
		{"over the last 13 weeks contact", 5, 91},
		{"a year", 2, 365},
		{"contact 13 weeks", 0, 0},
		{"13 contact", 0, 0},
		{`13 weeks "of" 2026`, 2, 91},
		{`"13_weeks" 4 weeks`, 0, 0},
	} {
		t.Run(tc.line, func(t *testing.T) {
			t.Parallel()
			n, days, err := typed.ParseWindow(words(tc.line), "en")
			if n != tc.n || days != tc.days || err != nil {
				t.Errorf("ParseWindow(%s): got %d words, %d days, %v, want %d, %d", tc.line, n, days, err, tc.n, tc.days)
			}
		})
	}
}

func TestWindowInOtherLanguages(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		locale, line string
		n, days      int
	}{
		{"ru", "воронка 13 недель", 2, 91},
		{"ru", "за последние 4 недели", 4, 28},
		{"ru", "две недели", 2, 14},
		{"ru", "90дней", 1, 90},
		{"ru", "3 месяца", 2, 90},
		{"ru", "1 год", 2, 365},
		{"ru", "2 weeks", 2, 14}, // English is always understood
		{"pl", "13 tygodni", 2, 91},
		{"pl", "z ostatnich 90 dni", 4, 90},
		{"pl", "trzy miesiące", 2, 90},
		{"pl", "2 lata", 2, 730},
		{"cs", "13 týdnů", 2, 91},
		{"cs", "za posledních 90 dní", 4, 90},
		{"cs", "dva mesice", 2, 60}, // without accents
		{"cs", "1 rok", 2, 365},
		{"tr", "13 hafta", 2, 91},
		{"tr", "son 4 hafta", 3, 28},
		{"tr", "3ay", 1, 90},
		{"tr", "bir yıl", 2, 365},
		{"en", "13 недель", 0, 0},
	} {
		t.Run(tc.locale+" "+tc.line, func(t *testing.T) {
			t.Parallel()
			n, days, err := typed.LastWindow(words(tc.line), tc.locale)
			if n != tc.n || days != tc.days || err != nil {
				t.Errorf("LastWindow(%s): got %d words, %d days, %v, want %d, %d", tc.line, n, days, err, tc.n, tc.days)
			}
		})
	}
}

func TestWindowRefusesWhatIsMeantAsOne(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		line string
		n    int
		why  typed.Why
		text string
	}{
		{"funnel 0 weeks", 2, typed.TooShort, "0 weeks"},
		{"0d", 1, typed.TooShort, "0d"},
		{"last 00 months", 3, typed.TooShort, "last 00 months"},
		{"10000 days", 2, typed.TooLong, "10000 days"},
		{"731d", 1, typed.TooLong, "731d"},
		{"105 weeks", 2, typed.TooLong, "105 weeks"}, // 735 days
		{"25 months", 2, typed.TooLong, "25 months"}, // 750 days
		{"three years", 2, typed.TooLong, "three years"},
		{strings.Repeat("9", 60) + " years", 2, typed.TooLong, strings.Repeat("9", 60) + " years"},
	} {
		t.Run(tc.line, func(t *testing.T) {
			t.Parallel()
			n, days, err := typed.LastWindow(words(tc.line), "en")
			var bad *typed.WindowError
			if !errors.As(err, &bad) {
				t.Fatalf("LastWindow(%s): got %d, %d, %v, want a WindowError", tc.line, n, days, err)
			}
			if n != tc.n || days != 0 || bad.Why != tc.why || bad.Text != tc.text {
				t.Errorf("LastWindow(%s): got %d, %d, %v, want %d, 0, %s of %q", tc.line, n, days, err, tc.n, tc.why, tc.text)
			}
		})
	}
}

func TestWindowReadsBack(t *testing.T) {
	t.Parallel()
	units := map[string]int{"d": 1, "w": 7, "m": 30, "y": 365, " days": 1, " weeks": 7, " months": 30, " years": 365}
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]string{"d", "w", "m", "y", " days", " weeks", " months", " years"}).Draw(t, "unit")
		want := units[unit] * rapid.IntRange(1, typed.MaxWindow/units[unit]).Draw(t, "count")
		text := rapid.SampledFrom([]string{"", "last ", "over the past "}).Draw(t, "before") + fmt.Sprint(want/units[unit], unit)
		count := len(strings.Fields(text))
		for _, locale := range []string{"en", "ru", "pl", "cs", "tr"} {
			if n, days, err := typed.LastWindow(words("who "+text), locale); n != count || days != want || err != nil {
				t.Fatalf("LastWindow(who %s) in %s: got %d, %d, %v, want %d, %d", text, locale, n, days, err, count, want)
			}
			if n, days, err := typed.ParseWindow(words(text+" who"), locale); n != count || days != want || err != nil {
				t.Fatalf("ParseWindow(%s who) in %s: got %d, %d, %v, want %d, %d", text, locale, n, days, err, count, want)
			}
		}
	})
}

func TestAnyWordsAreAWindowOrNone(t *testing.T) {
	t.Parallel()
	word := rapid.Custom(func(t *rapid.T) typed.Word {
		text := rapid.OneOf(
			rapid.SampledFrom(strings.Fields("13 0 a last the over weeks 13w 90d year за недель 99999999999999999999 , . \xff")),
			rapid.StringN(1, 12, 40),
		).Draw(t, "text")
		return typed.Word{Text: text, Quoted: rapid.IntRange(0, 4).Draw(t, "quoted") == 0}
	})
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.SliceOfN(word, 0, 8).Draw(t, "line")
		locale := rapid.SampledFrom([]string{"en", "ru", "pl", "cs", "tr", "", "\xff"}).Draw(t, "locale")
		for name, read := range map[string]func([]typed.Word, string) (int, int, error){
			"ParseWindow": typed.ParseWindow, "LastWindow": typed.LastWindow,
		} {
			n, days, err := read(line, locale)
			if n < 0 || n > len(line) || n == 0 && (days != 0 || err != nil) {
				t.Fatalf("%s(%v): got %d, %d, %v, want 0 to %d words", name, line, n, days, err, len(line))
			}
			if n > 0 && (err == nil) != (1 <= days && days <= typed.MaxWindow) {
				t.Fatalf("%s(%v): got %d days, %v, want 1 to %d or an error", name, line, days, err, typed.MaxWindow)
			}
			took := line[:n]
			if name == "LastWindow" {
				took = line[len(line)-n:]
			}
			for _, word := range took {
				if word.Quoted {
					t.Fatalf("%s(%v): got %d words, want none of them quoted", name, line, n)
				}
			}
		}
	})
}
