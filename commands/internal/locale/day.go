package locale

import (
	"strconv"
	"strings"
	"time"

	"fifteen/commands/internal/typed"
)

// Day writes a date as people say it, with short names: "Thu 26 Nov", and with
// its year when that is not thisYear: "Mon 8 Feb 2027".
func (l Locale) Day(d typed.Date, thisYear int) string {
	pattern := l.day
	if d.Year != thisYear {
		pattern = l.dayOfYear
	}
	return fill(pattern, d, l.names.WeekdayAbbreviated(d.Weekday()), l.names.MonthAbbreviated(d.Month))
}

// LongDay writes a date with whole names: "Thursday 26 November", and with its
// year when that is not thisYear.
func (l Locale) LongDay(d typed.Date, thisYear int) string {
	pattern := l.long
	if d.Year != thisYear {
		pattern = l.longYear
	}
	return fill(pattern, d, l.names.WeekdayWide(d.Weekday()), l.names.MonthWide(d.Month))
}

// Weekday writes the short name of a day of the week: "Thu".
func (l Locale) Weekday(day time.Weekday) string { return l.names.WeekdayAbbreviated(day) }

// Month writes the name of a month, and its year when that is not thisYear:
// "November", "November 2025".
func (l Locale) Month(m typed.Month, thisYear int) string {
	name := l.names.MonthWide(m.Month)
	if l.months != nil {
		name = l.months[m.Month-1]
	}
	if m.Year != thisYear {
		name += " " + strconv.Itoa(m.Year)
	}
	return name
}

func fill(pattern string, d typed.Date, weekday, month string) string {
	return strings.NewReplacer(
		"{weekday}", weekday, "{day}", strconv.Itoa(d.Day), "{month}", month,
		"{m}", strconv.Itoa(int(d.Month)), "{year}", strconv.Itoa(d.Year),
	).Replace(pattern)
}
