package typed_test

import (
	"testing"
	"time"
	_ "time/tzdata" // zones wherever the tests run

	"fifteen/commands/internal/typed"

	"pgregory.net/rapid"
)

// date returns the date of its ISO form.
func date(t *testing.T, iso string) typed.Date {
	t.Helper()
	parsed, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		t.Fatal(err)
	}
	return typed.DateOf(parsed)
}

func TestDateAddMonths(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2028-01-31", 1, "2028-02-29"},
		{"2028-02-29", 12, "2029-02-28"},
		{"2026-11-22", 3, "2027-02-22"},
		{"2026-12-31", 0, "2026-12-31"},
		{"2026-01-15", -1, "2025-12-15"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-05-31", -27, "2024-02-29"},
	} {
		if got := date(t, tc.from).AddMonths(tc.n).String(); got != tc.want {
			t.Errorf("%s plus %d months: got %s, want %s", tc.from, tc.n, got, tc.want)
		}
	}
}

func TestDateWorkday(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, day     string
		months, days  int
		want, workday string
	}{
		{"a Saturday", "2026-11-27", 3, 0, "2027-02-27", "2027-03-01"},
		{"a Wednesday", "2026-11-27", 0, 75, "2027-02-10", "2027-02-10"},
		{"a Monday", "2026-11-25", 0, 75, "2027-02-08", "2027-02-08"},
		{"a Sunday", "2027-01-31", 1, 0, "2027-02-28", "2027-03-01"},
		{"a leap day", "2028-01-31", 1, 0, "2028-02-29", "2028-02-29"},         // a Tuesday
		{"the day before one", "2027-11-27", 3, 0, "2028-02-27", "2028-02-28"}, // a Sunday
		{"a leap day on a Saturday", "2048-01-31", 1, 0, "2048-02-29", "2048-03-02"},
		{"a Friday", "2026-11-27", 0, 0, "2026-11-27", "2026-11-27"},
		{"the end of a year", "2022-12-31", 0, 0, "2022-12-31", "2023-01-02"}, // a Saturday
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got := date(t, tc.day).AddMonths(tc.months).AddDays(tc.days)
			if got.String() != tc.want || got.Workday().String() != tc.workday {
				t.Errorf("%s plus %d months and %d days: got %s, workday %s, want %s, %s",
					tc.day, tc.months, tc.days, got, got.Workday(), tc.want, tc.workday)
			}
		})
	}
}

func TestDateWorkdayIsTheFirstFromTheDayOn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := anyDay().Draw(t, "day")
		want := d
		for want.Weekday() == time.Saturday || want.Weekday() == time.Sunday {
			want = want.AddDays(1)
		}
		if got := d.Workday(); got != want {
			t.Fatalf("Workday of %s: got %s, want %s", d, got, want)
		}
	})
}

func TestDateCompares(t *testing.T) {
	t.Parallel()
	earlier, later := date(t, "2026-11-30"), date(t, "2026-12-01")
	if !earlier.Before(later) || later.Before(earlier) || earlier.Before(earlier) {
		t.Errorf("Before of %s and %s: got the wrong order", earlier, later)
	}
	if !later.After(earlier) || earlier.After(later) || later.After(later) {
		t.Errorf("After of %s and %s: got the wrong order", later, earlier)
	}
	if got := later.Weekday(); got != time.Tuesday {
		t.Errorf("Weekday of %s: got %s, want Tuesday", later, got)
	}
}

func TestDateDaysAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(-80_000, 80_000).Draw(t, "n")
		start := typed.Date{Year: 2026, Month: time.November, Day: 22}
		got := start.AddDays(n)
		if back := got.AddDays(-n); back != start {
			t.Fatalf("%s plus and minus %d days: got %s", start, n, back)
		}
		if got.Before(start) != (n < 0) || got.After(start) != (n > 0) {
			t.Fatalf("%s plus %d days: got %s, on the wrong side", start, n, got)
		}
	})
}

func TestDateIn(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, zone, day, want string }{
		{"UTC", "UTC", "2026-11-22", "2026-11-22T00:00:00Z"},
		{"Prague", "Europe/Prague", "2026-11-22", "2026-11-22T00:00:00+01:00"},
		{"no midnight: forward from 0 to 1", "America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"},
		{"two midnights: back from 1 to 0", "Asia/Amman", "2021-10-29", "2021-10-29T00:00:00+03:00"},
		{"back from 0 to 23 of the day before", "America/Sao_Paulo", "2018-02-18", "2018-02-18T00:00:00-03:00"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			zone, err := time.LoadLocation(tc.zone)
			if err != nil {
				t.Fatal(err)
			}
			if got := date(t, tc.day).In(zone).Format(time.RFC3339); got != tc.want {
				t.Errorf("%s in %s: got %s, want %s", tc.day, tc.zone, got, tc.want)
			}
		})
	}
}

func TestMonth(t *testing.T) {
	t.Parallel()
	december := typed.Month{Year: 2026, Month: time.December}
	for _, tc := range []struct{ name, got, want string }{
		{"String", december.String(), "2026-12"},
		{"First", december.First().String(), "2026-12-01"},
		{"Next", december.Next().String(), "2027-01"},
		{"Prev", december.Prev().String(), "2026-11"},
		{"Prev of January", december.Next().Prev().String(), "2026-12"},
		{"MonthOf", typed.MonthOf(date(t, "2026-12-31")).String(), "2026-12"},
		{"Start", december.Start(time.UTC).Format(time.RFC3339), "2026-12-01T00:00:00Z"},
	} {
		if tc.got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.name, tc.got, tc.want)
		}
	}
	if got := december.Compare(december.Next()); got != -1 {
		t.Errorf("Compare with the next month: got %d, want -1", got)
	}
	if got := december.Compare(december.Next().Prev()); got != 0 {
		t.Errorf("Compare with itself: got %d, want 0", got)
	}
	if got := december.Next().Compare(december); got != 1 {
		t.Errorf("Compare of January 2027 with December 2026: got %d, want 1", got)
	}
}
