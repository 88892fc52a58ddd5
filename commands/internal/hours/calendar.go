package hours

import (
	"sort"
	"time"

	"fifteen/commands/internal/rule"
	"fifteen/commands/internal/typed"
)

// horizon is how many days are searched for one on which somebody works. Only
// somebody who never works gets there.
const horizon = 3 * 366

// A Calendar says when one person works. The zero value is never open.
type Calendar struct {
	Zone *time.Location // where the person's clock hangs; not nil
	Span Span
	Days rule.Days
	// Holiday says which days are public holidays; nil is none.
	Holiday func(typed.Date) bool
	// DaysOff are days on which nobody of the organisation works; nil is none.
	DaysOff map[typed.Date]bool
	// Back is the first day on which the person is here again, or zero.
	Back typed.Date
}

// Off reports whether a day is a public holiday or one of the organisation's own
// days off. Days on which the person does not work anyway, and those on which only
// this person is away, are none; so it is what rule.Rule.Slots wants to know.
func (c Calendar) Off(d typed.Date) bool {
	return c.DaysOff[d] || c.Holiday != nil && c.Holiday(d)
}

// NextOff returns the first day from d on that is Off and would be a working day
// otherwise; ok is false when there is none within a year.
func (c Calendar) NextOff(d typed.Date) (off typed.Date, ok bool) {
	for n := range 366 {
		if off = d.AddDays(n); c.Days.Has(off.Weekday()) && c.Off(off) {
			return off, true
		}
	}
	return typed.Date{}, false
}

// Away reports whether the person is away on a day.
func (c Calendar) Away(d typed.Date) bool { return d.Before(c.Back) }

// Working reports whether the person works on a day: it is one of Days, not Off,
// and the person is not away.
func (c Calendar) Working(d typed.Date) bool {
	return c.Days.Has(d.Weekday()) && !c.Off(d) && !c.Away(d)
}

// Open reports whether the person may be asked at a moment: it is a working day, and
// the clock on the wall shows a time of the span. What clocks show twice counts both
// times.
func (c Calendar) Open(at time.Time) bool {
	wall := at.In(c.Zone)
	return c.Span.Has(rule.Clock{Hour: wall.Hour(), Minute: wall.Minute()}) && c.Working(typed.DateOf(wall))
}

// Next returns the first moment from at on that is Open, which is at itself or the
// beginning of a span. Where the clocks skip that beginning it is the first instant
// after the gap; a span that they skip whole is left out. ok is false when the
// person never works, or is away for years.
func (c Calendar) Next(at time.Time) (next time.Time, ok bool) {
	if c.Open(at) {
		return at, true
	}
	day := typed.DateOf(at.In(c.Zone))
	if day.Before(c.Back) {
		day = c.Back
	}
	for range horizon {
		if next, ok := c.first(day, at); ok {
			return next, true
		}
		day = day.AddDays(1)
	}
	return time.Time{}, false
}

// first returns the first moment of a day at which the span begins or begins anew,
// not before at.
func (c Calendar) first(day typed.Date, at time.Time) (first time.Time, ok bool) {
	if !c.Working(day) {
		return first, false
	}
	for _, begin := range begins(day, c.Span.From, c.Zone) {
		if !begin.Before(at) && typed.DateOf(begin) == day && c.Open(begin) && (!ok || begin.Before(first)) {
			first, ok = begin, true
		}
	}
	return first, ok
}

// around is how far before and after a time on the clock, taken as UTC, a zone is
// looked at: none is as far away as that, and none changes its clocks twice within
// double that.
const around = 24 * time.Hour

// begins returns the moments at which the clocks of a zone may begin to show times
// from one of a day on: when they show it, which may be twice or never, and when
// they change.
func begins(d typed.Date, from rule.Clock, zone *time.Location) []time.Time {
	wall := time.Date(d.Year, d.Month, d.Day, from.Hour, from.Minute, 0, 0, time.UTC)
	early, late := wall.Add(-around), wall.Add(around)
	before, after := offset(early, zone), offset(late, zone)
	if before == after {
		return []time.Time{wall.Add(-before).In(zone)}
	}
	changed := sort.Search(int(2*around/time.Second), func(n int) bool {
		return offset(early.Add(time.Duration(n)*time.Second), zone) != before
	})
	change := early.Add(time.Duration(changed) * time.Second)
	return []time.Time{wall.Add(-before).In(zone), wall.Add(-after).In(zone), change.In(zone)}
}

// offset returns how far a zone's clocks are ahead of UTC at a moment.
func offset(at time.Time, zone *time.Location) time.Duration {
	_, seconds := at.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}
