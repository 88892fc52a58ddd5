package rule

import (
	"errors"

	"fifteen/commands/internal/typed"
)

// days reads tokens that say on which days a rule is due.
func (r reader) days(tokens []string) result {
	if p, ok := r.takeParts(tokens); ok {
		if got := r.resolve(p); got.why != NotARule {
			return got
		}
	}
	return r.date(tokens)
}

// date reads tokens that are a date.
func (r reader) date(tokens []string) result {
	date, err := typed.ParseDate(tokens, r.today, r.locale)
	var bad *typed.DateError
	switch {
	case err == nil:
		return result{rule: Rule{Kind: Once, Date: date}}
	case !errors.As(err, &bad) || bad.Why == typed.NotADate:
		return refused(NotARule)
	}
	return result{why: bad.Why, readings: bad.Readings}
}

// resolve makes a rule of its parts.
func (r reader) resolve(p parts) result {
	if p.unit == typed.DayUnit && p.count >= daysAWeek && p.count%daysAWeek == 0 { // every 14 days
		p.unit, p.count = typed.WeekUnit, p.count/daysAWeek
		if p.days == 0 {
			p.days = On(r.today.Weekday())
		}
	}
	monthly := p.monthly || p.unit == typed.MonthUnit
	workdays := p.workdays || p.working
	weekly := p.weekly || p.unit == typed.WeekUnit
	daily := p.daily || p.unit == typed.DayUnit
	switch {
	case p.monthly && p.unit != none, p.weekly && p.unit != none, p.daily && p.unit != none,
		several(monthly, weekly, daily), workdays && p.days != 0:
		return refused(NotARule)
	case monthly:
		return p.eachMonth(workdays)
	case p.last || p.of:
		return refused(NotARule)
	case workdays:
		return p.eachDay(Workdays, !weekly && !daily)
	case daily:
		return p.eachDay(Daily, p.days == 0)
	case p.days != 0 || weekly:
		return r.eachWeek(p)
	}
	return refused(NotARule)
}

const daysAWeek = 7

func several(flags ...bool) bool {
	n := 0
	for _, flag := range flags {
		if flag {
			n++
		}
	}
	return n > 1
}

// eachDay is every day of a kind, if nothing else is said.
func (p parts) eachDay(kind Kind, alone bool) result {
	switch {
	case !alone:
		return refused(NotARule)
	case p.count > 1 || p.nth > 1 && p.every:
		return refused(Unsupported)
	case p.count != none && p.count < 1 || p.nth != none:
		return refused(NotARule)
	}
	return result{rule: Rule{Kind: kind}}
}

// eachMonth is a day of every month, by its number or as its first or last
// workday.
func (p parts) eachMonth(workdays bool) result {
	switch {
	case p.count != none && p.count != 1 || p.days != 0:
		return refused(Unsupported)
	case workdays && p.last && p.nth == none:
		return result{rule: Rule{Kind: Monthly, Day: LastWorkday}}
	case workdays && p.nth == 1 && !p.last:
		return result{rule: Rule{Kind: Monthly, Day: FirstWorkday}}
	case workdays && p.nth != none || p.last && p.nth != none:
		return refused(Unsupported)
	case workdays:
		return refused(NotARule)
	case p.last:
		return result{rule: Rule{Kind: Monthly, Day: lastDay}}
	case p.nth == none:
		return refused(WhichDay)
	case p.nth < 1 || p.nth > lastDay:
		return refused(typed.NoSuchDay)
	}
	return result{rule: Rule{Kind: Monthly, Day: p.nth}}
}

// lastDay is the last day of every month, because shorter ones have it at their end.
const lastDay = 31

// eachWeek is one or more weekdays of every few weeks.
func (r reader) eachWeek(p parts) result {
	weeks := 1
	switch {
	case p.count != none && p.nth != none, p.nth != none && (p.early || p.weekly):
		return refused(NotARule)
	case p.nth == 1: // which of a month is meant, hardly every one
		return refused(Unsupported)
	case p.count != none:
		weeks = p.count
	case p.nth != none:
		weeks = p.nth
	}
	switch {
	case weeks < 1:
		return refused(NoWeeks)
	case weeks > MaxWeeks:
		return refused(TooManyWeeks)
	case p.days == 0:
		return refused(WhichDay)
	}
	rule := Rule{Kind: Weekly, Days: p.days, Weeks: weeks}
	if weeks > 1 {
		rule.From = firstOf(p.days, r.today)
	}
	return result{rule: rule, doubtful: p.doubtful}
}
