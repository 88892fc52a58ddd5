package rule

import (
	"iter"
	"time"

	"fifteen/commands/internal/typed"
)

// horizon is how many days are searched for a slot: ten years. Only a rule whose
// days are all off gets there.
const horizon = 3660

// longestRest is the most days off in a row that a slot moves across: a year.
const longestRest = 366

// dates yields the days that the rule names, from a day on, in order, before any
// of them moves.
func (r Rule) dates(from typed.Date) iter.Seq[typed.Date] {
	return func(yield func(typed.Date) bool) {
		switch r.Kind {
		case Once:
			if !r.Date.Before(from) {
				yield(r.Date)
			}
		case Monthly:
			month := typed.MonthOf(from)
			for range horizon / 30 {
				if d := r.dayIn(month); !d.Before(from) && !yield(d) {
					return
				}
				month = month.Next()
			}
		default:
			if from.Before(r.From) {
				from = r.From
			}
			for n := range horizon {
				if d := from.AddDays(n); r.names(d) && !yield(d) {
					return
				}
			}
		}
	}
}

// names reports whether a weekly, daily or workday rule falls on a day.
func (r Rule) names(d typed.Date) bool {
	switch r.Kind {
	case Daily:
		return true
	case Workdays:
		return !weekend(d)
	case Weekly:
		return r.Days.Has(d.Weekday()) && (r.Weeks < 2 || week(d, r.From)%r.Weeks == 0)
	default:
		return false
	}
}

// week returns how many weeks after the week of an earlier day d's week comes.
func week(d, earlier typed.Date) int {
	const day = 24 * time.Hour
	return int(monday(d).In(time.UTC).Sub(monday(earlier).In(time.UTC)) / (7 * day))
}

func monday(d typed.Date) typed.Date { return d.AddDays(-(int(d.Weekday()) + 6) % 7) }

// dayIn returns the day of a month that a monthly rule names, as if no workday
// were off.
func (r Rule) dayIn(m typed.Month) typed.Date {
	switch last := m.Next().First().AddDays(-1); r.Day {
	case FirstWorkday:
		return m.First().Workday()
	case LastWorkday:
		for weekend(last) {
			last = last.AddDays(-1)
		}
		return last
	default:
		return typed.Date{Year: m.Year, Month: m.Month, Day: min(r.Day, last.Day)}
	}
}

// moved returns the day on which the slot of a day is told; ok is false when it is
// left out.
func (r Rule) moved(d typed.Date, off func(typed.Date) bool) (to typed.Date, ok bool) {
	switch {
	case r.Kind == Daily || r.Kind == Workdays:
		return d, !off(d)
	case r.Kind == Monthly:
		if to, ok = workdayBeside(d, off); ok {
			return to, true
		}
	case !off(d):
		return d, true
	}
	to = d
	for range longestRest {
		if to = to.AddDays(1); working(to, off) {
			return to, true
		}
	}
	return d, true
}

// workdayBeside returns the first working day from a day to the end of its month,
// or else the last one before it; ok is false when the month has none.
func workdayBeside(d typed.Date, off func(typed.Date) bool) (to typed.Date, ok bool) {
	for _, step := range []int{1, -1} {
		for to = d; to.Month == d.Month; to = to.AddDays(step) {
			if working(to, off) {
				return to, true
			}
		}
	}
	return d, false
}

// rested returns the first day from which a slot can have moved to d or later.
func rested(d typed.Date, off func(typed.Date) bool) typed.Date {
	first := d.AddDays(-1)
	for range longestRest {
		if working(first, off) {
			break
		}
		first = first.AddDays(-1)
	}
	return first
}

func working(d typed.Date, off func(typed.Date) bool) bool { return !weekend(d) && !off(d) }

func weekend(d typed.Date) bool { return d.Workday() != d }
