package demo

import (
	"math/rand/v2"
	"time"

	"fifteen/commands/internal/typed"
)

// The hours between which people work.
const (
	opening = 8 * time.Hour
	closing = 18 * time.Hour
)

// calendar counts the days backwards from the moment the demo is loaded, in the
// workspace's zone.
type calendar struct {
	now    time.Time
	random *rand.Rand
}

// workday returns a moment in office hours so many days ago, on the Friday
// before if that day is on a weekend.
func (c calendar) workday(days int) time.Time {
	return c.earlier(c.weekday(days).Add(opening + c.within(closing-opening)))
}

// weekday returns the beginning of the day so many days ago, or of the Friday
// before.
func (c calendar) weekday(days int) time.Time {
	day := c.midnight(-days)
	switch day.Weekday() {
	case time.Saturday:
		return day.AddDate(0, 0, -1)
	case time.Sunday:
		return day.AddDate(0, 0, -2)
	default:
		return day
	}
}

// since returns how many days ago a day was; it is below 0 for one to come.
func (c calendar) since(day typed.Date) int {
	return int(typed.DateOf(c.now).In(time.UTC).Sub(day.In(time.UTC)) / (24 * time.Hour))
}

// ago returns a moment on exactly that day, weekend or not, and at least so
// many times 24 hours ago, with time for a sitting until then.
func (c calendar) ago(days int) time.Time {
	clock := c.now.Sub(c.midnight(0))
	last := min(clock-sitting, closing) // soon after midnight, the evening before
	first := min(opening, last)
	return c.earlier(c.midnight(-days).Add(first + c.within(last-first)))
}

// ahead returns the day that is so many days away as "2026-12-05", or the next
// working day; a past day, for a negative number, is a working day too.
func (c calendar) ahead(days int) string {
	day := c.midnight(days)
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		if days < 0 {
			day = day.AddDate(0, 0, -1)
		} else {
			day = day.AddDate(0, 0, 1)
		}
	}
	return day.Format(time.DateOnly)
}

// office returns a moment in office hours on the day of t, or t itself when
// that would be before first or is still to come.
func (c calendar) office(t, first time.Time) time.Time {
	year, month, day := t.Date()
	at := time.Date(year, month, day, 0, 0, 0, 0, t.Location()).Add(opening + c.within(closing-opening))
	if at.Before(first) || at.After(c.now) {
		return t
	}
	return at
}

func (c calendar) midnight(days int) time.Time {
	year, month, day := c.now.Date()
	return time.Date(year, month, day+days, 0, 0, 0, 0, c.now.Location())
}

// within returns a random length of time below most, in whole minutes.
func (c calendar) within(most time.Duration) time.Duration {
	return time.Duration(c.random.Int64N(int64(max(most, time.Minute)))).Truncate(time.Minute)
}

func (c calendar) earlier(t time.Time) time.Time {
	if t.After(c.now) {
		return c.now
	}
	return t
}
