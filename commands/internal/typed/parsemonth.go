package typed

import (
	"regexp"
	"strconv"
	"time"
)

var (
	yearThenMonth = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})$`)
	monthThenYear = regexp.MustCompile(`^(\d{1,2})[-/.](\d{4})$`)
)

// ParseMonth reads words that together are a month: "2026-12", "12/2026",
// "december", "dec 2026", "this month", "last month", "next month". Names and
// words are those of locale and English, as in ParseDate; "in" may stand before
// them. A month without a year is the nearest one: in November january is the
// coming one, and in January november is the past one.
//
// The error is a *DateError with NotAMonth, or TooFar outside FirstYear to
// LastYear.
func ParseMonth(words []string, today Date, locale string) (Month, error) {
	month, why := readMonth(tokens(words), today, lexiconOf(locale))
	return month, reading{why: why}.asError(words)
}

func readMonth(tokens []string, today Date, l lexicon) (Month, Why) {
	if len(tokens) > 1 && (l.is(onWord, tokens[0]) || l.is(inWord, tokens[0])) {
		tokens = tokens[1:]
	}
	if len(tokens) > 2 && l.is(yearWord, tokens[len(tokens)-1]) {
		tokens = tokens[:len(tokens)-1]
	}
	month, ok := Month{}, false
	switch len(tokens) {
	case 1:
		month, ok = oneWordMonth(tokens[0], today, l)
	case 2:
		month, ok = twoWordMonth(tokens[0], tokens[1], today, l)
	}
	switch {
	case !ok:
		return Month{}, NotAMonth
	case month.Year < FirstYear || month.Year > LastYear:
		return Month{}, TooFar
	}
	return month, ""
}

// Nearest returns the month of that name that is closest to the present one, the
// coming one of two that are half a year away.
func Nearest(name time.Month, present Month) Month {
	month := Month{present.Year, name}
	switch away := int(name - present.Month); {
	case away > 6:
		month.Year--
	case away <= -6:
		month.Year++
	}
	return month
}

// oneWordMonth reads 2026-12, 12/2026 and december.
func oneWordMonth(word string, today Date, l lexicon) (Month, bool) {
	if n, ok := l[monthName][word]; ok {
		return Nearest(time.Month(n), MonthOf(today)), true
	}
	if m := yearThenMonth.FindStringSubmatch(word); m != nil {
		return monthOfYear(m[1], m[2])
	}
	if m := monthThenYear.FindStringSubmatch(word); m != nil {
		return monthOfYear(m[2], m[1])
	}
	return Month{}, false
}

// twoWordMonth reads dec 2026, 2026 dec and this month.
func twoWordMonth(first, second string, today Date, l lexicon) (Month, bool) {
	if unit, ok := l[unitWord][second]; ok && unit == 2 {
		current := MonthOf(today)
		switch {
		case l.is(thisWord, first):
			return current, true
		case l.is(lastWord, first):
			return current.Prev(), true
		case l.is(nextWord, first):
			return current.Next(), true
		}
	}
	if l.is(monthName, second) {
		first, second = second, first
	}
	n, ok := l[monthName][first]
	if !ok || !fourDigits.MatchString(second) {
		return Month{}, false
	}
	return monthOfYear(fourDigits.FindStringSubmatch(second)[1], strconv.Itoa(n))
}

// monthOfYear returns the month of two numbers; ok is false for a month 13.
func monthOfYear(year, month string) (Month, bool) {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	return Month{y, time.Month(m)}, time.January <= time.Month(m) && time.Month(m) <= time.December
}
