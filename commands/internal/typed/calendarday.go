package typed

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	yearFirst  = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\.?$`)
	dayFirst   = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})(\.(\d{4}|\d{2})?\.?)?$`)
	eitherWay  = regexp.MustCompile(`^(\d{1,2})(?:/(\d{1,2})|[-/](\d{1,2})[-/](\d{4}))\.?$`)
	dayNumber  = regexp.MustCompile(`^(\d{1,2})(?:\.|st|nd|rd|th)?$`)
	fourDigits = regexp.MustCompile(`^(\d{4})\.?$`)
)

// calendarDay reads a day with its month, and a weekday before or after it, which
// must be the right one.
func (r dateReader) calendarDay(tokens []string) reading {
	if len(tokens) < 2 {
		return r.dayOfYear(tokens)
	}
	last := len(tokens) - 1
	weekday, before := r.weekday(tokens[0])
	if before {
		tokens = tokens[1:]
	} else if weekday, before = r.weekday(tokens[last]); before {
		tokens = tokens[:last]
	} else {
		return r.dayOfYear(tokens)
	}
	got := r.dayOfYear(tokens)
	got.doubtful = false
	if got.why == "" && got.date.Weekday() != time.Weekday(weekday) {
		return reading{why: WrongWeekday}
	}
	return got
}

// dayOfYear reads a day with its month, in numbers or by name.
func (r dateReader) dayOfYear(tokens []string) reading {
	if len(tokens) > 1 && r.is(yearWord, tokens[len(tokens)-1]) {
		tokens = tokens[:len(tokens)-1]
	}
	if got := r.namedDay(tokens); got.why != NotADate {
		return got
	}
	for i, token := range tokens {
		if i < len(tokens)-1 && !strings.HasSuffix(token, ".") {
			return reading{why: NotADate}
		}
	}
	return r.numericDay(strings.Join(tokens, ""))
}

// numericDay reads a date of numbers alone. Without a year it may be another
// number, unless full stops make it a date; and what is no date without a year
// in four digits was hardly meant as one.
func (r dateReader) numericDay(s string) reading {
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		return r.day(m[1], m[2], m[3])
	}
	if m := dayFirst.FindStringSubmatch(s); m != nil {
		got := r.day(m[4], m[2], m[1])
		got.doubtful = m[3] == "" || got.why != "" && len(m[4]) < 4
		return got
	}
	if m := eitherWay.FindStringSubmatch(s); m != nil {
		got := r.dayEitherWay(m[4], m[1], m[2]+m[3])
		got.doubtful = m[4] == ""
		return got
	}
	return reading{why: NotADate}
}

// dayEitherWay reads two numbers of which either may be the day.
func (r dateReader) dayEitherWay(year, first, second string) reading {
	european, american := r.day(year, second, first), r.day(year, first, second)
	switch {
	case european.why != "":
		return american
	case american.why != "" || european.date == american.date:
		return european
	}
	return reading{why: Ambiguous, readings: []Date{european.date, american.date}}
}

// namedDay reads 5 Dec, Dec 5 and both with a year after them.
func (r dateReader) namedDay(tokens []string) reading {
	if len(tokens) < 2 || len(tokens) > 3 {
		return reading{why: NotADate}
	}
	number, name, whichYear := tokens[0], tokens[1], ""
	if r.is(monthName, number) {
		number, name = name, number
	}
	month, ok := r.lexicon[monthName][name]
	day := dayNumber.FindStringSubmatch(number)
	if !ok || day == nil {
		return reading{why: NotADate}
	}
	if len(tokens) == 3 {
		m := fourDigits.FindStringSubmatch(tokens[2])
		if m == nil {
			return reading{why: NotADate}
		}
		whichYear = m[1]
	}
	return r.day(whichYear, strconv.Itoa(month), day[1])
}

// day returns the day of a year (two digits are of this century, none is the next
// such day) or NoSuchDay. All are digits.
func (r dateReader) day(year, month, day string) reading {
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	if year == "" {
		if date, ok := r.coming(time.Month(m), d); ok {
			return reading{date: date}
		}
		return reading{why: NoSuchDay}
	}
	y, _ := strconv.Atoi(year)
	if len(year) == 2 {
		y += 2000
	}
	if !isDay(y, time.Month(m), d) {
		return reading{why: NoSuchDay}
	}
	return reading{date: Date{y, time.Month(m), d}}
}

func isDigits(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !isDigit(r) })
}
