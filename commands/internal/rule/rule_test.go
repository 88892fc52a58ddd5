package rule_test

import (
	"strings"
	"testing"
	"time"

	"fifteen/commands/internal/rule"
	"fifteen/commands/internal/typed"

	"pgregory.net/rapid"
)

// anyDay draws a day from 2000 to 2040.
func anyDay() *rapid.Generator[typed.Date] {
	first := typed.Date{Year: 2000, Month: time.January, Day: 1}
	return rapid.Map(rapid.IntRange(0, 15_000), first.AddDays)
}

// anyRule draws a rule of any kind.
func anyRule() *rapid.Generator[rule.Rule] {
	return rapid.Custom(func(t *rapid.T) rule.Rule {
		r := rule.Rule{
			Kind: rapid.SampledFrom([]rule.Kind{rule.Weekly, rule.Daily, rule.Workdays, rule.Monthly, rule.Once}).Draw(t, "kind"),
			At:   rule.Clock{Hour: rapid.IntRange(0, 23).Draw(t, "hour"), Minute: rapid.IntRange(0, 59).Draw(t, "minute")},
		}
		switch r.Kind {
		case rule.Weekly:
			r.Days = rule.Days(rapid.IntRange(1, 127).Draw(t, "days"))
			r.Weeks = rapid.IntRange(1, rule.MaxWeeks).Draw(t, "weeks")
			if r.Weeks > 1 {
				for r.From = anyDay().Draw(t, "from"); !r.Days.Has(r.From.Weekday()); {
					r.From = r.From.AddDays(1)
				}
			}
		case rule.Monthly:
			r.Day = rapid.OneOf(rapid.IntRange(1, 31), rapid.SampledFrom([]int{rule.FirstWorkday, rule.LastWorkday})).Draw(t, "day")
		case rule.Once:
			r.Date = anyDay().Draw(t, "date")
		default:
		}
		return r
	})
}

func readsBack(t *rapid.T, want rule.Rule) {
	got, err := rule.Read(want.String())
	if got != want || err != nil {
		t.Fatalf("Read(%s): got %+v, %v, want %+v", want, got, err, want)
	}
}

func TestRuleReadsBackWhatItWrites(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := anyRule().Draw(t, "rule")
		readsBack(t, r)
		long := typed.Date{Year: 1999, Month: time.January, Day: 1}
		locale := rapid.SampledFrom([]string{"en", "ru", "pl", "cs", "tr"}).Draw(t, "locale")
		if got, err := rule.Parse(words(r.String()), long, locale); got != r || err != nil {
			t.Fatalf("Parse(%s) in %s: got %s, %v, want the same", r, locale, got, err)
		}
		n, got, err := rule.Last(words("who "+r.String()), long, locale)
		if want := len(strings.Fields(r.String())); n != want || got != r || err != nil {
			t.Fatalf("Last(who %s) in %s: got %d, %s, %v, want %d and the same", r, locale, n, got, err, want)
		}
	})
}

func TestReadRefusesWhatNoRuleWrites(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "monday 9:00", "mon 9:00", "wed,mon 09:00", "every 1 weeks fri 16:00 from 2026-11-27", "every 2 weeks fri 16:00",
		"every 2 weeks fri 16:00 from 2026-11-26", "tomorrow 09:00", "5 Dec 09:00", "monthly 32 09:00", "mon 24:00", " mon 09:00",
	} {
		if r, err := rule.Read(text); whyOf(err) == "" || r != (rule.Rule{}) {
			t.Errorf("Read(%q): got %s, %v, want an error", text, r, err)
		}
	}
	if got := (rule.Rule{}).String(); got != "" {
		t.Errorf("no rule: got %q, want nothing", got)
	}
}

func TestOnceAt(t *testing.T) {
	t.Parallel()
	if got := rule.OnceAt(today, rule.Morning).String(); got != "2026-11-27 09:00" {
		t.Errorf("got %s, want 2026-11-27 09:00", got)
	}
}

func TestDays(t *testing.T) {
	t.Parallel()
	days := rule.On(time.Sunday, time.Friday, time.Monday)
	if got := days.String(); got != "mon,fri,sun" || !days.Has(time.Sunday) || days.Has(time.Tuesday) {
		t.Errorf("got %s, want mon,fri,sun", got)
	}
	if list := days.List(); len(list) != 3 || list[0] != time.Monday || list[2] != time.Sunday {
		t.Errorf("got %v, want Monday, Friday, Sunday", list)
	}
}
