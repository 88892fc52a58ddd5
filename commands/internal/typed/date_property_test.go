package typed_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fifteen/commands/internal/typed"

	"pgregory.net/rapid"
)

// anyDay draws a day from 1990 to 2199.
func anyDay() *rapid.Generator[typed.Date] {
	first := typed.Date{Year: typed.FirstYear, Month: time.January, Day: 1}
	return rapid.Map(rapid.IntRange(0, 76_000), first.AddDays)
}

func TestDateReadsBackWhatItWrites(t *testing.T) {
	t.Parallel()
	layouts := []string{
		time.DateOnly, "02.01.2006", "2.1.2006", "2. 1. 2006", "2 Jan 2006", "Jan 2, 2006",
		"Mon 2 Jan 2006", "Monday, 2 January 2006", "January 2 2006",
	}
	rapid.Check(t, func(t *rapid.T) {
		want := anyDay().Draw(t, "day")
		text := want.In(time.UTC).Format(rapid.SampledFrom(layouts).Draw(t, "layout"))
		got, err := typed.ParseDate(strings.Fields(text), today, "en")
		if got != want || err != nil {
			t.Fatalf("ParseDate(%q): got %s, %v, want %s", text, got, err, want)
		}
		n, got, err := typed.LastDate(words("call them "+text), today, "en")
		if n != len(strings.Fields(text)) || got != want || err != nil {
			t.Fatalf("LastDate(call them %s): got %d, %s, %v, want %s", text, n, got, err, want)
		}
	})
}

func TestDayWithoutAYearIsTheNextOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		now, day := anyDay().Draw(t, "today"), anyDay().Draw(t, "day")
		if now.Year > typed.LastYear-8 {
			t.Skip("the next such day may lie beyond the last year")
		}
		text := fmt.Sprintf("%d.%d.", day.Day, day.Month)
		got, err := typed.ParseDate([]string{text}, now, "en")
		if err != nil || got.Before(now) || got.Day != day.Day || got.Month != day.Month {
			t.Fatalf("ParseDate(%s) on %s: got %s, %v, want that day, today or later", text, now, got, err)
		}
		leap := day.Day == 29 && day.Month == time.February
		if before := (typed.Date{Year: got.Year - 1, Month: got.Month, Day: got.Day}); !leap && !before.Before(now) {
			t.Fatalf("ParseDate(%s) on %s: got %s, want the first such day", text, now, got)
		}
	})
}

func TestMonthReadsBackWhatItWrites(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := typed.MonthOf(anyDay().Draw(t, "day"))
		if got, err := typed.ParseMonth([]string{want.String()}, today, "en"); got != want || err != nil {
			t.Fatalf("ParseMonth(%s): got %s, %v", want, got, err)
		}
		if got := want.Next().Prev(); got != want {
			t.Fatalf("Prev of Next of %s: got %s", want, got)
		}
		if got := want.Next().First().AddDays(-1); typed.MonthOf(got) != want {
			t.Fatalf("the day before the month after %s: got %s", want, got)
		}
	})
}

func TestAnyWordsAreADateOrAnError(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		line := anyWords().Draw(t, "line")
		locale := rapid.SampledFrom([]string{"en", "ru", "pl", "cs", "tr", "", "\xff"}).Draw(t, "locale")
		d, err := typed.ParseDate(texts(line), today, locale)
		if (err == nil) == (d == typed.Date{}) || (err != nil) != (whyOf(err) != "") {
			t.Fatalf("ParseDate(%q): got %s, %v, want one of the two", texts(line), d, err)
		}
		m, err := typed.ParseMonth(texts(line), today, locale)
		if (err == nil) == (m == typed.Month{}) {
			t.Fatalf("ParseMonth(%q): got %s, %v, want one of the two", texts(line), m, err)
		}
		n, last, err := typed.LastDate(line, today, locale)
		if n < 0 || n > len(line) || n == 0 && (err != nil || last != typed.Date{}) {
			t.Fatalf("LastDate(%v): got %d, %s, %v, want 0 to %d words", line, n, last, err, len(line))
		}
		for _, word := range line[len(line)-n:] {
			if word.Quoted {
				t.Fatalf("LastDate(%v): got %d words, want none of them quoted", line, n)
			}
		}
	})
}
