package terminal

import (
	"context"
	"strconv"
	"strings"
	"time"
)

// clockForms are the ways to write a moment, those without a zone in the one
// that the clock shows.
var clockForms = []string{time.RFC3339, "2006-01-02 15:04", time.DateOnly}

// at turns the clock and shows what is due by then: ":at +7d", ":at 2026-12-01
// 09:00".
func (t *Terminal) at(ctx context.Context, when string) error {
	if t.config.SetNow == nil {
		return t.say("The clock here cannot be turned.")
	}
	moment, ok := Moment(when, t.config.Now())
	if !ok {
		return t.say("When? For example :at +7d, :at +36h, :at 2026-12-01 09:00 or :at 2026-12-01T09:00:00Z")
	}
	t.config.SetNow(moment)
	if err := t.note("%s", t.config.Now().Format("Mon 2 Jan 2006 15:04 MST")); err != nil {
		return err
	}
	return t.sweep(ctx)
}

// Moment reads what :at is given: a time such as "2026-12-01", "2026-12-01 09:00"
// or "2026-12-01T09:00:00Z", in now's zone if it names none, or a stretch of whole
// weeks, days, hours or minutes from now, "+7d", up to the end of year 9999. ok is
// false for anything else.
func Moment(text string, now time.Time) (time.Time, bool) {
	if stretch, ok := strings.CutPrefix(text, "+"); ok {
		return later(stretch, now)
	}
	for _, form := range clockForms {
		if at, err := time.ParseInLocation(form, text, now.Location()); err == nil {
			return at.In(now.Location()), true
		}
	}
	return time.Time{}, false
}

// longestStretch and lastYear keep a typing error within the times that can be
// reckoned and written.
const (
	longestStretch = 1_000_000
	lastYear       = 9999
)

// later adds a stretch such as "7d". Days and weeks keep the time of day, also
// when clocks change between.
func later(stretch string, now time.Time) (time.Time, bool) {
	if stretch == "" {
		return time.Time{}, false
	}
	last := len(stretch) - 1
	n, err := strconv.Atoi(stretch[:last])
	if err != nil || n < 0 || n > longestStretch {
		return time.Time{}, false
	}
	switch stretch[last] {
	case 'w':
		now = now.AddDate(0, 0, 7*n)
	case 'd':
		now = now.AddDate(0, 0, n)
	case 'h':
		now = now.Add(time.Duration(n) * time.Hour)
	case 'm':
		now = now.Add(time.Duration(n) * time.Minute)
	default:
		return time.Time{}, false
	}
	return now, now.Year() <= lastYear
}
