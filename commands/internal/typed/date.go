package typed

import (
	"cmp"
	"fmt"
	"time"
)

// The years that a typed date may lie in. A date outside is a slip of the finger.
const (
	FirstYear = 1990
	LastYear  = 2199
)

// Date is a day of the calendar, without a time or a zone. Dates compare with ==.
// The zero value is no date.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day that t falls on in t's own zone.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{year, month, day}
}

// String returns the date as ISO 8601 writes it: 2026-12-05.
func (d Date) String() string {
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Compare returns -1, 0 or +1 as d is before, the same as, or after other.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day))
}

// Before reports whether d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// After reports whether d is a later day than other.
func (d Date) After(other Date) bool { return d.Compare(other) > 0 }

// AddDays returns the date n days later, or earlier for a negative n.
func (d Date) AddDays(n int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC))
}

// AddMonths returns the same day n months later, or earlier for a negative n;
// where that month is too short, its last day: 31 January plus one is 28 or 29
// February.
func (d Date) AddMonths(n int) Date {
	first := DateOf(time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC))
	first.Day = min(d.Day, daysIn(first.Year, first.Month))
	return first
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Weekday()
}

// Workday returns the day itself, or the Monday after it when it is a Saturday or
// a Sunday. Public holidays are workdays.
func (d Date) Workday() Date {
	switch d.Weekday() {
	case time.Saturday:
		return d.AddDays(2)
	case time.Sunday:
		return d.AddDays(1)
	default:
		return d
	}
}

// In returns the first moment of the day in a zone. That is midnight, except
// where the clocks go forward over midnight; where they go back over it, it is
// the first of the two.
func (d Date) In(zone *time.Location) time.Time {
	midnight := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, zone)
	start, end := midnight.ZoneBounds()
	if DateOf(midnight).Before(d) {
		return end
	}
	if changed := start.Add(-time.Second); DateOf(changed) == d {
		hour, minute, second := changed.Clock()
		return changed.Add(-time.Duration(hour*3600+minute*60+second) * time.Second)
	}
	return midnight
}

// isDay reports whether the calendar has such a day.
func isDay(year int, month time.Month, day int) bool {
	return time.January <= month && month <= time.December && 1 <= day && day <= daysIn(year, month)
}

func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
