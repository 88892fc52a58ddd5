package typed

import (
	"regexp"
	"strconv"
	"time"
)

// dateReader reads the tokens of a date by one lexicon.
type dateReader struct {
	today Date
	lexicon
}

// offset is +7d, +2w, +3m.
var offset = regexp.MustCompile(`^\+(\d{1,5})([dwm])$`)

// read tries every form of date in turn. Of any form the result lies in FirstYear
// to LastYear.
func (r dateReader) read(tokens []string) reading {
	if len(tokens) > longestDate+1 {
		return reading{why: NotADate}
	}
	if len(tokens) > 1 && r.is(onWord, tokens[0]) {
		got := r.read(tokens[1:])
		got.doubtful = false
		return got
	}
	for _, form := range []func([]string) reading{r.relative, r.weekdayAlone, r.calendarDay} {
		got := form(tokens)
		switch {
		case got.why == NotADate:
			continue
		case got.why == "" && (got.date.Year < FirstYear || got.date.Year > LastYear):
			return reading{why: TooFar, doubtful: got.doubtful}
		}
		return got
	}
	return reading{why: NotADate}
}

// relative reads a day that is counted from today: tomorrow, +7d, in 2 weeks, in a
// month, 75 gün sonra.
func (r dateReader) relative(tokens []string) reading {
	last := len(tokens) - 1
	if last == 0 {
		if days, ok := r.lexicon[dayWord][tokens[0]]; ok {
			return reading{date: r.today.AddDays(days)}
		}
		if m := offset.FindStringSubmatch(tokens[0]); m != nil {
			return r.ahead(m[1], map[string]int{"d": 0, "w": 1, "m": 2}[m[2]])
		}
	}
	switch {
	case last < 1:
		return reading{why: NotADate}
	case r.is(inWord, tokens[0]):
		tokens = tokens[1:]
	case r.is(laterWord, tokens[last]):
		tokens = tokens[:last]
	default:
		return reading{why: NotADate}
	}
	unit, ok := r.lexicon[unitWord][tokens[len(tokens)-1]]
	if !ok && r.is(yearUnit, tokens[len(tokens)-1]) {
		unit, ok = years, true
	}
	switch {
	case ok && len(tokens) == 1:
		return r.ahead("1", unit)
	case ok && len(tokens) == 2:
		return r.ahead(tokens[0], unit)
	}
	return reading{why: NotADate}
}

// years is the unit after days, weeks and months.
const years = 3

// ahead returns the day that lies a count of days, weeks, months or years (0 to 3)
// ahead. The count is digits or a word.
func (r dateReader) ahead(count string, unit int) reading {
	n, ok := r.lexicon[countWord][count]
	switch {
	case ok:
	case !isDigits(count):
		return reading{why: NotADate}
	case len(count) > 6:
		return reading{why: TooFar}
	default:
		n, _ = strconv.Atoi(count)
	}
	switch unit {
	case 0:
		return reading{date: r.today.AddDays(n)}
	case 1:
		return reading{date: r.today.AddDays(7 * n)}
	}
	if unit == years {
		n *= 12
	}
	return reading{date: r.today.AddMonths(n)}
}

// weekdayAlone reads "friday" and "next friday", which are the same day.
func (r dateReader) weekdayAlone(tokens []string) reading {
	next := len(tokens) == 2 && r.is(nextWord, tokens[0])
	if len(tokens) != 1 && !next {
		return reading{why: NotADate}
	}
	name := tokens[len(tokens)-1]
	weekday, ok := r.weekday(name)
	if !ok {
		return reading{why: NotADate}
	}
	ahead := (weekday-int(r.today.Weekday())+6)%7 + 1
	return reading{date: r.today.AddDays(ahead), doubtful: !next && !r.is(weekdayName, name)}
}

// coming returns the first such day of the year from today on; ok is false when
// no year has it.
func (r dateReader) coming(month time.Month, day int) (d Date, ok bool) {
	// Between two leap years lie at most eight years: 1896 and 1904, 2096 and 2104.
	for year := r.today.Year; year <= r.today.Year+8; year++ {
		if d = (Date{year, month, day}); isDay(year, month, day) && !d.Before(r.today) {
			return d, true
		}
	}
	return Date{}, false
}
