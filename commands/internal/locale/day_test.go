package locale_test

import (
	"strings"
	"testing"
	"time"

	"fifteen/commands/internal/locale"
	"fifteen/commands/internal/typed"

	"pgregory.net/rapid"
)

func TestDay(t *testing.T) {
	t.Parallel()
	near := typed.Date{Year: 2026, Month: time.November, Day: 26}
	far := typed.Date{Year: 2027, Month: time.February, Day: 8}
	for _, tc := range []struct{ tag, near, far, longNear, longFar string }{
		{"en", "Thu 26 Nov", "Mon 8 Feb 2027", "Thursday 26 November", "Monday 8 February 2027"},
		{"ru", "чт 26 нояб.", "пн 8 февр. 2027", "четверг, 26 ноября", "понедельник, 8 февраля 2027 г."},
		{"pl", "czw. 26 lis", "pon. 8 lut 2027", "czwartek, 26 listopada", "poniedziałek, 8 lutego 2027"},
		{"cs", "čt 26. 11.", "po 8. 2. 2027", "čtvrtek 26. listopadu", "pondělí 8. února 2027"},
		{"tr", "26 Kas Per", "8 Şub 2027 Pzt", "26 Kasım Perşembe", "8 Şubat 2027 Pazartesi"},
	} {
		t.Run(tc.tag, func(t *testing.T) {
			t.Parallel()
			l := locale.For(tc.tag)
			for _, day := range []struct{ name, got, want string }{
				{"Day", l.Day(near, 2026), tc.near},
				{"Day of another year", l.Day(far, 2026), tc.far},
				{"LongDay", l.LongDay(near, 2026), tc.longNear},
				{"LongDay of another year", l.LongDay(far, 2026), tc.longFar},
			} {
				if day.got != day.want {
					t.Errorf("%s: got %q, want %q", day.name, day.got, day.want)
				}
			}
		})
	}
}

func TestMonth(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ tag, this, other string }{
		{"en", "November", "November 2025"},
		{"ru", "ноябрь", "ноябрь 2025"},
		{"pl", "listopad", "listopad 2025"},
		{"cs", "listopad", "listopad 2025"},
		{"tr", "Kasım", "Kasım 2025"},
	} {
		l := locale.For(tc.tag)
		if got := l.Month(typed.Month{Year: 2026, Month: time.November}, 2026); got != tc.this {
			t.Errorf("%s: Month of this year: got %q, want %q", tc.tag, got, tc.this)
		}
		if got := l.Month(typed.Month{Year: 2025, Month: time.November}, 2026); got != tc.other {
			t.Errorf("%s: Month of another year: got %q, want %q", tc.tag, got, tc.other)
		}
	}
}

func TestDaysAndMonthsReadBack(t *testing.T) {
	t.Parallel()
	today := typed.Date{Year: 2026, Month: time.January, Day: 1}
	rapid.Check(t, func(t *rapid.T) {
		tag := rapid.SampledFrom(tags).Draw(t, "tag")
		l := locale.For(tag)
		want := today.AddDays(rapid.IntRange(0, 900).Draw(t, "days"))
		for _, text := range []string{l.Day(want, today.Year), l.LongDay(want, today.Year)} {
			got, err := typed.ParseDate(strings.Fields(text), today, tag)
			if got != want || err != nil {
				t.Fatalf("%s: ParseDate(%q): got %s, %v, want %s", tag, text, got, err, want)
			}
		}
		shown := today.Year
		if typed.Nearest(want.Month, typed.MonthOf(today)) != typed.MonthOf(want) {
			shown = 0 // its name alone would be another month
		}
		text := l.Month(typed.MonthOf(want), shown)
		if got, err := typed.ParseMonth(strings.Fields(text), today, tag); got != typed.MonthOf(want) || err != nil {
			t.Fatalf("%s: ParseMonth(%q): got %s, %v, want %s", tag, text, got, err, typed.MonthOf(want))
		}
	})
}
