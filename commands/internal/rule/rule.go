// Package rule reads rules of schedules as people type them ("every 2 weeks fri
// 16:00") and works out when they are due. It has no clock: today and every other
// moment come in.
package rule

import (
	"fmt"

	"fifteen/commands/internal/typed"
)

// Kind is what sort of days a rule falls on.
type Kind byte

// The kinds of rules.
const (
	Weekly   Kind = iota + 1 // on Days, every Weeks weeks
	Daily                    // every day, Saturdays and Sundays too
	Workdays                 // Monday to Friday
	Monthly                  // on Day of every month
	Once                     // on Date
)

// MaxWeeks is the longest a weekly rule can pause: about a year.
const MaxWeeks = 52

// The workdays that Rule.Day can be instead of a number.
const (
	FirstWorkday = -1
	LastWorkday  = -2
)

// Rule says on which days, and when on the clock, a schedule is due. It knows no
// zone: the same rule is due at nine in Prague and at nine in Tokyo. Rules compare
// with ==. The zero value is no rule and is never due.
//
// The fields that a Kind does not name are zero.
type Rule struct {
	Kind Kind
	Days Days // Weekly: at least one
	// Weeks is how many weeks lie between the weeks of a Weekly rule, 1 to MaxWeeks.
	Weeks int
	// From is the first day of a Weekly rule with Weeks above 1; its week, Monday to
	// Sunday, is one of the rule's.
	From typed.Date
	// Day of a Monthly rule is 1 to 31, FirstWorkday or LastWorkday. In a month that
	// is too short it is the last day.
	Day  int
	Date typed.Date // Once
	At   Clock
}

// OnceAt returns the rule of a single moment.
func OnceAt(day typed.Date, at Clock) Rule { return Rule{Kind: Once, Date: day, At: at} }

// String writes the rule in canonical English, so that Read reads the same one
// back: "mon,wed 09:00", "every 2 weeks fri 16:00 from 2026-11-27", "daily 08:00",
// "workdays 17:30", "monthly 1 09:00", "monthly last workday 09:00", "2027-02-08
// 09:00". It is for storing and for lines, not for people. The zero value is "".
func (r Rule) String() string {
	switch r.Kind {
	case Weekly:
		if r.Weeks > 1 {
			return fmt.Sprintf("every %d weeks %s %s from %s", r.Weeks, r.Days, r.At, r.From)
		}
		return fmt.Sprintf("%s %s", r.Days, r.At)
	case Daily:
		return "daily " + r.At.String()
	case Workdays:
		return "workdays " + r.At.String()
	case Monthly:
		return fmt.Sprintf("monthly %s %s", dayOfMonth(r.Day), r.At)
	case Once:
		return fmt.Sprintf("%s %s", r.Date, r.At)
	}
	return ""
}

func dayOfMonth(day int) string {
	switch day {
	case FirstWorkday:
		return "first workday"
	case LastWorkday:
		return "last workday"
	}
	return fmt.Sprint(day)
}

// Clock is a time on the clock, 0:00 to 23:59.
type Clock struct{ Hour, Minute int }

// Morning is the time of a rule that names none.
var Morning = Clock{Hour: 9}

// String writes the time as 09:00.
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", c.Hour, c.Minute) }

func (c Clock) valid() bool { return 0 <= c.Hour && c.Hour < 24 && 0 <= c.Minute && c.Minute < 60 }
