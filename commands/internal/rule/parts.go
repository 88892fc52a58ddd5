package rule

import (
	"regexp"
	"strconv"

	"fifteen/commands/internal/typed"
)

// number is a count or a day of a month: 2, 1., 1st, 2-й.
var number = regexp.MustCompile(`^(\d{1,6})(\.|st|nd|rd|th|-\pL{1,3})?$`)

// none is the value of a unit or a number that does not stand in a rule.
const none = -1

// parts are what the words of a rule say, whatever their order: languages differ
// in it too much for one grammar each.
type parts struct {
	days     Days
	every    bool
	workdays bool
	working  bool // it makes workdays of days
	daily    bool
	weekly   bool
	monthly  bool
	of       bool       // "of" the month
	last     bool       // the last one, as in "last workday"
	unit     typed.Unit // or none
	count    int        // of the units, or none: every 2 weeks
	nth      int        // or none: second friday, first workday, the 15th
	early    bool       // nth stands before "every"
	doubtful bool       // they are a lone word that often means something else
}

// takeParts reads every token; ok is false when one has no place in a rule, or two
// say the same.
func (r reader) takeParts(tokens []string) (p parts, ok bool) {
	p = parts{unit: none, count: none, nth: none}
	for i := 0; i < len(tokens); {
		n := r.takePart(&p, tokens, i)
		if n == 0 {
			return p, false
		}
		i += n
	}
	return p, true
}

// takePart reads the token at i and returns how many it has read, 0 when it has no
// place there.
func (r reader) takePart(p *parts, tokens []string, i int) int {
	token := tokens[i]
	if n := r.takeDays(p, tokens, i); n > 0 {
		return n
	}
	if n := r.takeFlag(p, token); n > 0 {
		return n
	}
	if n := r.takeUnit(p, tokens, i); n > 0 {
		return n
	}
	if n := r.takeNumber(p, tokens, i); n > 0 {
		return n
	}
	if r.lexicon.Is(typed.The, token) && i < len(tokens)-1 {
		return 1
	}
	return 0
}

// takeDays reads weekdays, "and" between them, and mon to fri, which is workdays.
func (r reader) takeDays(p *parts, tokens []string, i int) int {
	if p.days != 0 && i < len(tokens)-1 && r.lexicon.Is(typed.And, tokens[i]) {
		if _, _, ok := r.lexicon.Weekday(tokens[i+1]); ok {
			return 1
		}
	}
	first, doubtful, ok := r.lexicon.Weekday(tokens[i])
	if !ok {
		return 0
	}
	p.doubtful = doubtful && len(tokens) == 1
	n := 1
	for i+n < len(tokens) && r.lexicon.Is(typed.Through, tokens[i+n]) {
		n++
	}
	if n == 1 || i+n == len(tokens) {
		return p.addDays(On(first), 1)
	}
	last, _, ok := r.lexicon.Weekday(tokens[i+n])
	if !ok {
		return 0
	}
	set := through(first, last)
	if set == monToFri && p.days == 0 && !p.workdays {
		p.workdays = true
		return n + 1
	}
	return p.addDays(set, n+1)
}

var monToFri = through(1, 5)

// addDays returns n, or 0 when one of the days has been named before.
func (p *parts) addDays(set Days, n int) int {
	if p.days&set != 0 {
		return 0
	}
	p.days |= set
	return n
}

// takeFlag reads a word that says one thing. Each says it once.
func (r reader) takeFlag(p *parts, token string) int {
	for _, flag := range []struct {
		role typed.Role
		set  *bool
	}{
		{typed.Every, &p.every},
		{typed.Workdays, &p.workdays},
		{typed.Working, &p.working},
		{typed.Daily, &p.daily},
		{typed.Weekly, &p.weekly},
		{typed.Monthly, &p.monthly},
		{typed.Final, &p.last},
		{typed.Of, &p.of},
	} {
		if r.lexicon.Is(flag.role, token) && (!*flag.set || flag.set == &p.every || flag.set == &p.of) {
			*flag.set = true
			return 1
		}
	}
	return 0
}

// takeUnit reads day, week or month. Without "every" before it, it may belong to a
// window of the line before the rule: funnel 2 weeks.
func (r reader) takeUnit(p *parts, tokens []string, i int) int {
	token := tokens[i]
	if r.lexicon.Is(typed.PerWeek, token) && p.unit == none {
		p.every, p.unit = true, typed.WeekUnit
		if i+1 < len(tokens) {
			if n, ok := r.lexicon.Count(tokens[i+1]); ok && n == 1 {
				return 2
			}
		}
		return 1
	}
	if r.lexicon.Is(typed.Fortnightly, token) && p.unit == none && p.count == none {
		p.every, p.unit, p.count = true, typed.WeekUnit, 2
		return 1
	}
	unit, ok := r.lexicon.Unit(token)
	switch {
	case !ok:
		return 0
	case unit == typed.DayUnit && (p.days != 0 || p.last || p.working || p.nth != none):
		return 1 // pazartesi günü, last day, working days
	case unit != typed.MonthUnit && i+1 < len(tokens) && r.lexicon.Is(typed.Working, tokens[i+1]):
		return 1 // dni robocze, hafta içi
	case p.unit != none || !p.every && !p.of && !(p.working && unit == typed.MonthUnit):
		return 0
	}
	p.unit = unit
	return 1
}

// takeNumber reads a count, which stands before its unit, and a day of the month
// or an ordinal. A lone number at the beginning belongs to the line before.
func (r reader) takeNumber(p *parts, tokens []string, i int) int {
	next := ""
	if i+1 < len(tokens) {
		next = tokens[i+1]
	}
	_, counts := r.lexicon.Unit(next)
	counts = counts && p.every || r.lexicon.Is(typed.PerWeek, next)
	n, ordinal := r.number(tokens[i])
	switch {
	case n == none:
		return 0
	case counts && p.count == none:
		p.count = n
		return 1
	case p.nth != none, !ordinal && i == 0 && !r.lexicon.Is(typed.Of, next):
		return 0
	}
	p.nth, p.early = n, !p.every
	return 1
}

func (r reader) number(token string) (n int, ordinal bool) {
	if n, ok := r.lexicon.Nth(token); ok {
		return n, true
	}
	if n, ok := r.lexicon.Count(token); ok {
		return n, false
	}
	m := number.FindStringSubmatch(token)
	if m == nil {
		return none, false
	}
	n, _ = strconv.Atoi(m[1])
	return n, m[2] != ""
}
