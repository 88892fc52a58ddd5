package rule_test

import (
	"testing"

	"fifteen/commands/internal/rule"
	"fifteen/commands/internal/typed"

	"pgregory.net/rapid"
)

func TestLast(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		line string
		n    int
		want string
	}{
		{"", 0, ""},
		{"who", 0, ""},
		{"who fri", 1, "fri 09:00"},
		{"who mon 9:00", 2, "mon 09:00"},
		{"who on mondays at 9", 4, "mon 09:00"},
		{"who sun", 0, ""},
		{"who on sun", 2, "sun 09:00"},
		{"who sun 9:00", 2, "sun 09:00"},
		{"who may", 0, ""},
		{"who next friday", 2, "2026-12-04 09:00"},
		{"due in 7 days", 3, "2026-12-04 09:00"},
		{"who 5 Dec", 2, "2026-12-05 09:00"},
		{"who on the 1st of every month 9:00", 7, "monthly 1 09:00"},
		{"deals me daily", 1, "daily 09:00"},
		{"funnel 13 weeks mon 9:00", 2, "mon 09:00"},
		{"funnel 2 weeks fri 16:00", 2, "fri 16:00"}, // the window is two weeks
		{"funnel last 4 weeks every friday 9:00", 3, "fri 09:00"},
		{"funnel @ivanov 4 weeks every 2 weeks fri 16:00", 5, "every 2 weeks fri 16:00 from 2026-11-27"},
		{"funnel 90 days every day 9:00", 3, "daily 09:00"},
		{"funnel over the last month 9:00", 0, ""},
		{"refusals 90 days workdays 17:30", 2, "workdays 17:30"},
		{"kpi last month", 0, ""},
		{"kpi last month monthly 1", 2, "monthly 1 09:00"},
		{"review 3 monthly 15", 2, "monthly 15 09:00"},
		{"forecast december", 0, ""},
		{"forecast december mon 9:00", 2, "mon 09:00"},
		{"forecast 5.12", 0, ""},
		{"forecast 5.12 10:00", 2, "2026-12-05 10:00"},
		{"who is 14 and 15 mon 9:00", 2, "mon 09:00"},
		{`"who_mon" tue`, 1, "tue 09:00"},
		{`who "mon_9:00"`, 0, ""},
		{`"who" "mon" 9:00`, 0, ""},
		{`deal "every" friday`, 1, "fri 09:00"},
	} {
		n, r, err := rule.Last(words(tc.line), today, "en")
		if n != tc.n || r.String() != tc.want || err != nil {
			t.Errorf("Last(%s): got %d, %s, %v, want %d, %s", tc.line, n, r, err, tc.n, tc.want)
		}
	}
}

func TestLastRefusesWhatIsMeantAsARule(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		line string
		n    int
		why  typed.Why
	}{
		{"who mon 25:00", 2, rule.BadTime},
		{"who every 0 weeks fri", 4, rule.NoWeeks},
		{"who every 2 weeks", 3, rule.WhichDay},
		{"who monthly", 1, rule.WhichDay},
		{"who every 3 days", 3, rule.Unsupported},
		{"who 2020-01-01", 1, rule.Past},
		{"who 2020-01-01 9:00", 2, rule.Past},
		{"who 31 Feb 9:00", 3, typed.NoSuchDay},
		{"who mon 5 Dec 9:00", 4, typed.WrongWeekday},
		{"who 12/05/2027 9:00", 2, typed.Ambiguous},
	} {
		n, r, err := rule.Last(words(tc.line), today, "en")
		if n != tc.n || whyOf(err) != tc.why || r != (rule.Rule{}) {
			t.Errorf("Last(%s): got %d, %s, %v, want %d, %s", tc.line, n, r, err, tc.n, tc.why)
		}
	}
}

func TestFirstOnce(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		line string
		n    int
		want string
		why  typed.Why
	}{
		{"in 75 days call them", 3, "2027-02-10 09:00", ""},
		{"tomorrow 8:00 call", 2, "2026-11-28 08:00", ""},
		{"tomorrow 8 boxes", 1, "2026-11-28 09:00", ""},
		{"5 Dec 2 calls", 2, "2026-12-05 09:00", ""},
		{"5 Dec 9.30 call", 3, "2026-12-05 09:30", ""},
		{"fri at 10 call", 3, "2026-12-04 10:00", ""},
		{`fri "at" 10`, 1, "2026-12-04 09:00", ""},
		{`"fri" call`, 0, "", ""},
		{"call fri", 0, "", ""},
		{"31 Feb call", 2, "", typed.NoSuchDay},
		{"tomorrow 25:00 call", 2, "", rule.BadTime},
		{"2026-11-01 call", 1, "", rule.Past},
	} {
		n, r, err := rule.FirstOnce(words(tc.line), today, "en")
		if n != tc.n || r.String() != tc.want || whyOf(err) != tc.why {
			t.Errorf("FirstOnce(%s): got %d, %s, %v, want %d, %s%s", tc.line, n, r, err, tc.n, tc.want, tc.why)
		}
	}
}

// anyWords draws words that rules are made of, in any order.
func anyWords() *rapid.Generator[[]typed.Word] {
	word := rapid.Custom(func(t *rapid.T) typed.Word {
		text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
			"every", "mon", "fri,", "2", "weeks", "9:00", "25:00", "at", "pm", "on", "the", "1st", "of", "month", "monthly",
			"last", "workday", "days", "-", "to", "and", "from", "5", "Dec", "2027-01-01", "haftada", "bir", "každý", "в", "числа",
		})).Draw(t, "text")
		return typed.Word{Text: text, Quoted: rapid.IntRange(0, 19).Draw(t, "quoted") == 0}
	})
	return rapid.SliceOfN(word, 0, 8)
}

func TestAnyWordsAreARuleOrAnError(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		line := anyWords().Draw(t, "line")
		locale := rapid.SampledFrom([]string{"en", "ru", "pl", "cs", "tr", "", "\xff"}).Draw(t, "locale")
		r, err := rule.Parse(line, today, locale)
		if (err == nil) == (r == rule.Rule{}) || (err != nil) != (whyOf(err) != "") {
			t.Fatalf("Parse(%v): got %s, %v, want one of the two", line, r, err)
		}
		if err == nil {
			readsBack(t, r)
		}
		n, last, err := rule.Last(line, today, locale)
		if n < 0 || n > len(line) || n == 0 && (err != nil || last != rule.Rule{}) {
			t.Fatalf("Last(%v): got %d, %s, %v, want 0 to %d words", line, n, last, err, len(line))
		}
		for _, word := range line[len(line)-n:] {
			if word.Quoted {
				t.Fatalf("Last(%v): got %d words, want none of them quoted", line, n)
			}
		}
		if n, first, err := rule.FirstOnce(line, today, locale); n < 0 || n > len(line) || n == 0 && (err != nil || first != rule.Rule{}) {
			t.Fatalf("FirstOnce(%v): got %d, %s, %v, want 0 to %d words", line, n, first, err, len(line))
		}
	})
}
