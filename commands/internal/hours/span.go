// Package hours says when people work, and so when they may be asked something. It
// has no clock: every moment comes in.
package hours

import (
	"strconv"
	"strings"

	"fifteen/commands/internal/rule"
)

// A Span is the part of a day in which somebody works, by the clock on the wall:
// From is in it, To is not. To is later than From, and 24:00 at the latest: a span
// ends on the day it begins on. The zero value is no span.
type Span struct{ From, To rule.Clock }

// Usual are the hours and Workdays the days of an organisation that has named none.
var (
	Usual    = Span{From: rule.Clock{Hour: 9}, To: rule.Clock{Hour: 18}}
	Workdays = rule.On(1, 2, 3, 4, 5)
)

var everyDay = rule.On(0, 1, 2, 3, 4, 5, 6)

// midnight is how the end of a day is written where it is the end of a span.
var midnight = rule.Clock{Hour: 24}

// String writes the span as 09:00-18:00.
func (s Span) String() string { return s.From.String() + "-" + s.To.String() }

// Has reports whether a time on the clock lies in the span.
func (s Span) Has(c rule.Clock) bool {
	return minutes(s.From) <= minutes(c) && minutes(c) < minutes(s.To)
}

func (s Span) valid() bool {
	return 0 <= minutes(s.From) && minutes(s.From) < minutes(s.To) && minutes(s.To) <= minutes(midnight)
}

func minutes(c rule.Clock) int { return 60*c.Hour + c.Minute }

// ReadSpan reads back what Span.String has written; ok is false for anything else.
func ReadSpan(text string) (s Span, ok bool) {
	from, to, ok := strings.Cut(text, "-")
	if ok {
		s.From, ok = readClock(from)
	}
	if ok {
		s.To, ok = readClock(to)
	}
	return s, ok && s.valid() && s.String() == text
}

func readClock(text string) (c rule.Clock, ok bool) {
	hour, minute, ok := strings.Cut(text, ":")
	if !ok {
		return c, false
	}
	h, errHour := strconv.Atoi(hour)
	m, errMinute := strconv.Atoi(minute)
	return rule.Clock{Hour: h, Minute: m}, errHour == nil && errMinute == nil && 0 <= m && m < 60
}

// ReadDays reads back what rule.Days.String has written, such as "mon,tue"; ok is
// false for anything else.
func ReadDays(text string) (days rule.Days, ok bool) {
	for name := range strings.SplitSeq(text, ",") {
		for _, day := range everyDay.List() {
			if rule.On(day).String() == name {
				days |= rule.On(day)
			}
		}
	}
	return days, days != 0 && days.String() == text
}
