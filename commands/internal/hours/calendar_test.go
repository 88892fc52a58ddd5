package hours_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"fifteen/commands/internal/hours"
	"fifteen/commands/internal/rule"
	"fifteen/commands/internal/typed"
)

func place(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func date(t *testing.T, text string) typed.Date {
	t.Helper()
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return typed.DateOf(at)
}

func span(t *testing.T, text string) hours.Span {
	t.Helper()
	s, ok := hours.ReadSpan(text)
	if !ok {
		t.Fatalf("%s is no span", text)
	}
	return s
}

// TestNext has cases whose days are in the tz database and the calendar.
func TestNext(t *testing.T) {
	t.Parallel()
	czech, _ := rule.Holidays("cz")
	for _, test := range []struct {
		name, zone, span string
		days             rule.Days
		back, off        string
		holiday          func(typed.Date) bool
		at, want         string // wall clocks; what is Open is at itself
	}{
		{name: "inside", zone: "Europe/Prague", at: "2026-11-26 10:30", want: "2026-11-26 10:30"},
		{name: "the first minute", zone: "Europe/Prague", at: "2026-11-26 09:00", want: "2026-11-26 09:00"},
		{name: "before", zone: "Europe/Prague", at: "2026-11-26 05:30", want: "2026-11-26 09:00"},
		{name: "the end is outside", zone: "Europe/Prague", at: "2026-11-26 18:00", want: "2026-11-27 09:00"},
		{name: "over the weekend", zone: "Europe/Prague", at: "2026-11-27 18:30", want: "2026-11-30 09:00"},
		{name: "sunday is a working day", zone: "Asia/Jerusalem", days: rule.On(0, 1, 2, 3, 4), at: "2026-11-27 10:00", want: "2026-11-29 09:00"},
		// Christmas 2026: Thu 24, Fri 25 and Sat 26 December are holidays.
		{name: "holidays", zone: "Europe/Prague", holiday: czech, at: "2026-12-23 19:00", want: "2026-12-28 09:00"},
		{name: "a day off", zone: "Europe/Prague", off: "2026-11-27", at: "2026-11-26 19:00", want: "2026-11-30 09:00"},
		{name: "away", zone: "Europe/Prague", back: "2026-12-08", at: "2026-11-26 10:00", want: "2026-12-08 09:00"},
		{name: "back on a saturday", zone: "Europe/Prague", back: "2026-12-05", at: "2026-11-26 10:00", want: "2026-12-07 09:00"},
		{name: "back today", zone: "Europe/Prague", back: "2026-11-26", at: "2026-11-26 10:00", want: "2026-11-26 10:00"},
		// The clocks go from 2:00 to 3:00 on Sunday, 28 March 2027.
		{name: "begins in a gap", zone: "Europe/Prague", span: "02:30-12:00", days: rule.On(0), at: "2027-03-28 01:00", want: "2027-03-28 03:00"},
		{name: "lies in a gap", zone: "Europe/Prague", span: "02:00-03:00", days: rule.On(0), at: "2027-03-28 01:00", want: "2027-04-04 02:00"},
		// They go over midnight in Santiago: 6 September 2026 begins at 1:00.
		{name: "midnight is skipped", zone: "America/Santiago", span: "00:00-24:00", days: rule.On(0), at: "2026-09-05 12:00", want: "2026-09-06 01:00"},
		// Samoa had no 30 December 2011, a Friday.
		{name: "the day is skipped", zone: "Pacific/Apia", days: rule.On(5, 6), at: "2011-12-29 20:00", want: "2011-12-31 09:00"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			zone := place(t, test.zone)
			c := hours.Calendar{Zone: zone, Span: hours.Usual, Days: hours.Workdays, Holiday: test.holiday}
			if test.span != "" {
				c.Span = span(t, test.span)
			}
			if test.days != 0 {
				c.Days = test.days
			}
			if test.back != "" {
				c.Back = date(t, test.back)
			}
			if test.off != "" {
				c.DaysOff = map[typed.Date]bool{date(t, test.off): true}
			}
			at, err := time.ParseInLocation("2006-01-02 15:04", test.at, zone)
			if err != nil {
				t.Fatal(err)
			}
			next, ok := c.Next(at)
			if got := next.In(zone).Format("2006-01-02 15:04"); !ok || got != test.want {
				t.Errorf("Next(%s): got %s, %v, want %s", test.at, got, ok, test.want)
			}
		})
	}
}

// TestTwice has a span that begins in an hour that comes twice: from 1:30 on, after
// 1:00 to 2:00 has come once and the clocks go back to 1:00 on 1 November 2026.
func TestTwice(t *testing.T) {
	t.Parallel()
	c := hours.Calendar{Zone: place(t, "America/New_York"), Span: span(t, "01:30-02:30"), Days: rule.On(0)}
	utc := func(hour, minute int) time.Time { return time.Date(2026, 11, 1, hour, minute, 0, 0, time.UTC) }
	for _, test := range []struct{ at, want time.Time }{
		{utc(4, 0), utc(5, 30)},  // midnight: the first 1:30
		{utc(5, 45), utc(5, 45)}, // the first 1:45
		{utc(6, 0), utc(6, 30)},  // the second 1:00: the second 1:30
		{utc(6, 45), utc(6, 45)},
		{utc(7, 15), utc(7, 15)}, // 2:15
	} {
		if next, ok := c.Next(test.at); !ok || !next.Equal(test.want) {
			t.Errorf("Next(%v): got %v, %v, want %v", test.at, next.UTC(), ok, test.want)
		}
	}
}

func TestNever(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 26, 10, 0, 0, 0, time.UTC)
	for name, c := range map[string]hours.Calendar{
		"no span": {Zone: time.UTC, Days: hours.Workdays},
		"no days": {Zone: time.UTC, Span: hours.Usual},
		"always a holiday": {
			Zone: time.UTC, Span: hours.Usual, Days: hours.Workdays, Holiday: func(typed.Date) bool { return true },
		},
	} {
		if next, ok := c.Next(at); ok || c.Open(at) {
			t.Errorf("%s: got %v, want never", name, next)
		}
	}
}

func TestOff(t *testing.T) {
	t.Parallel()
	czech, _ := rule.Holidays("cz")
	c := hours.Calendar{
		Zone: time.UTC, Span: hours.Usual, Days: hours.Workdays, Holiday: czech,
		DaysOff: map[typed.Date]bool{date(t, "2026-12-28"): true}, Back: date(t, "2027-01-01"),
	}
	for day, want := range map[string]bool{
		"2026-12-24": true, "2026-12-28": true, "2026-12-26": true,
		"2026-12-27": false, // a Sunday
		"2026-12-29": false, // away, but for nobody else
	} {
		if got := c.Off(date(t, day)); got != want {
			t.Errorf("Off(%s): got %v, want %v", day, got, want)
		}
	}
	for from, want := range map[string]string{"2026-11-26": "2026-12-24", "2026-12-26": "2026-12-28", "2026-12-29": "2027-01-01"} {
		if got, ok := c.NextOff(date(t, from)); !ok || got.String() != want {
			t.Errorf("NextOff(%s): got %s, %v, want %s", from, got, ok, want)
		}
	}
	if got, ok := (hours.Calendar{Days: hours.Workdays}).NextOff(date(t, "2026-11-26")); ok {
		t.Errorf("NextOff without any: got %s, want none", got)
	}
}

// somewhere are zones with clock changes at night, over midnight, of half an hour,
// of a whole day, and at Ramadan.
var somewhere = []string{
	"UTC", "Europe/Prague", "America/New_York", "America/Santiago", "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Apia",
	"Africa/Casablanca", "Asia/Kathmandu", "Asia/Tehran", "America/St_Johns", "Antarctica/Troll",
}

// random returns a calendar that is open now and then.
func random(t *testing.T, r *rand.Rand, year int) hours.Calendar {
	t.Helper()
	clock := func(minute int) rule.Clock { return rule.Clock{Hour: minute / 60, Minute: minute % 60} }
	from := r.IntN(24 * 60)
	c := hours.Calendar{
		Zone: place(t, somewhere[r.IntN(len(somewhere))]),
		Span: hours.Span{From: clock(from), To: clock(from + 1 + r.IntN(24*60-from))},
		Days: rule.Days(1 + r.IntN(127)), DaysOff: map[typed.Date]bool{},
	}
	countries := rule.Countries()
	if r.IntN(2) == 0 {
		c.Holiday, _ = rule.Holidays(countries[r.IntN(len(countries))])
	}
	first := typed.Date{Year: year, Month: 1, Day: 1}
	for range r.IntN(20) {
		c.DaysOff[first.AddDays(r.IntN(366))] = true
	}
	if r.IntN(2) == 0 {
		c.Back = first.AddDays(r.IntN(400))
	}
	return c
}

// TestNextIsTheFirstOpenMoment compares Next with a walk in minutes.
func TestNextIsTheFirstOpenMoment(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 15))
		year := 2005 + r.IntN(35)
		c := random(t, r, year)
		at := time.Date(year, 1, 1+r.IntN(365), r.IntN(24), r.IntN(60), r.IntN(60), r.IntN(1e9), time.UTC)
		if r.IntN(2) == 0 { // around a change of clocks
			if _, change := at.In(c.Zone).ZoneBounds(); !change.IsZero() && change.Year() < year+2 {
				at = change.Add(time.Duration(r.IntN(4*24*60)-2*24*60) * time.Minute)
			}
		}
		if err := firstOpen(c, at); err != nil {
			t.Errorf("seed %d, %s %s %s, back %s: %v", seed, c.Zone, c.Span, c.Days, c.Back, err)
		}
	}
}

func firstOpen(c hours.Calendar, at time.Time) error {
	next, ok := c.Next(at)
	again, _ := c.Next(next)
	switch {
	case !ok:
		return fmt.Errorf("Next(%v): got never", at)
	case next.Before(at) || !c.Open(next):
		return fmt.Errorf("Next(%v): got %v, which is before it or not open", at, next)
	case !again.Equal(next):
		return fmt.Errorf("Next(%v): got %v, want itself", next, again)
	case c.Open(at) != next.Equal(at):
		return fmt.Errorf("Next(%v): got %v, open already %v", at, next, c.Open(at))
	}
	walk := next.Add(-time.Second)
	for n := 0; walk.After(at) && n < 3*24*60; n++ {
		if c.Open(walk) {
			return fmt.Errorf("Next(%v): got %v, but %v is open", at, next, walk)
		}
		walk = walk.Truncate(time.Minute).Add(-time.Second)
	}
	for day := at; day.Before(next); day = day.Add(time.Hour) {
		if c.Open(day) {
			return fmt.Errorf("Next(%v): got %v, but %v is open", at, next, day)
		}
	}
	return nil
}
