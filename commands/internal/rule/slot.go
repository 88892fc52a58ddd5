package rule

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"fifteen/commands/internal/typed"
)

// Slot is one time that a rule is due.
type Slot struct {
	// Date is the day that the rule names, whatever day the slot moved to.
	Date typed.Date
	At   Clock
	// Time is when it is due.
	Time time.Time
}

// String names the slot by its own day and time on the clock: "2026-11-27 16:00".
// Zones, clock changes and days off do not change it, so together with a schedule
// it says once and for all which of its slots this is.
func (s Slot) String() string { return s.Date.String() + " " + s.At.String() }

func (s Slot) compare(other Slot) int {
	return cmp.Or(s.Time.Compare(other.Time), s.Date.Compare(other.Date))
}

// Slots yields the slots strictly after a moment, in the order in which they are
// due, in a zone (not nil). off says which days nobody works on besides Saturdays
// and Sundays; nil is none.
//
// A time that the zone's clocks skip is due at the first instant after the gap,
// one that they show twice the first time.
//
// On a day off, slots of daily and workday rules are left out. Those of the other
// kinds are never lost: they move to the same time on the next day that is no day
// off, no Saturday and no Sunday. A weekday or a date that somebody named may be a
// Saturday or a Sunday itself. A monthly slot moves off those too, and stays in its
// month: at the end of one it moves back to the last working day, if there is any.
// Of two slots that land on the same instant both are yielded, the earlier day
// first; Next skips the second.
//
// Days off in a row are taken into account up to a year. The search ends after
// ten years.
func (r Rule) Slots(after time.Time, zone *time.Location, off func(typed.Date) bool) iter.Seq[Slot] {
	if off == nil {
		off = func(typed.Date) bool { return false }
	}
	return func(yield func(Slot) bool) {
		var waiting []Slot // moved, maybe past slots of later days
		for date := range r.dates(r.since(after.In(zone), off)) {
			to, ok := r.moved(date, off)
			if !ok {
				continue
			}
			slot := Slot{Date: date, At: r.At, Time: r.At.on(to, zone)}
			soonest := slot.Time // of this slot and every later one
			if to.After(date) {
				soonest = r.At.on(date, zone)
			}
			for len(waiting) > 0 && !waiting[0].Time.After(soonest) {
				if !yield(waiting[0]) {
					return
				}
				waiting = waiting[1:]
			}
			if slot.Time.After(after) {
				at, _ := slices.BinarySearchFunc(waiting, slot, Slot.compare)
				waiting = slices.Insert(waiting, at, slot)
			}
		}
		for _, slot := range waiting {
			if !yield(slot) {
				return
			}
		}
	}
}

// since returns a day such that no slot of an earlier day is due after a moment.
func (r Rule) since(after time.Time, off func(typed.Date) bool) typed.Date {
	first := rested(typed.DateOf(after), off)
	if r.Kind == Monthly {
		return typed.MonthOf(first).First()
	}
	return first
}

// Next returns the first slot strictly after a moment, as Slots does; ok is false
// when there is none: the date has passed, or the rule has no day that is not off
// within ten years.
func (r Rule) Next(after time.Time, zone *time.Location, off func(typed.Date) bool) (s Slot, ok bool) {
	for slot := range r.Slots(after, zone, off) {
		return slot, true
	}
	return Slot{}, false
}

// Upcoming returns the first n slots strictly after a moment, or fewer when the
// rule ends.
func (r Rule) Upcoming(n int, after time.Time, zone *time.Location, off func(typed.Date) bool) []Slot {
	var list []Slot
	if n < 1 {
		return nil
	}
	for slot := range r.Slots(after, zone, off) {
		if list = append(list, slot); len(list) == n {
			break
		}
	}
	return list
}
