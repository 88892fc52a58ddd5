package commands

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strconv"

	"fifteen/bot"
	"fifteen/commands/internal/names"
	"fifteen/commands/internal/typed"
)

// longestDay is the most words that a day has, and longestAbsence how many months
// ahead somebody can be away, or a deal wait.
const (
	longestDay     = 6
	longestAbsence = 12
)

// wordOver ends what lasts until a day.
const wordOver = "over"

// untilKind reads the day until which something lasts: "until 8 Feb", "fri", or
// "over" for no longer. Its value is a typed.Date, zero for no longer.
type untilKind struct {
	words bot.Words
	// passing lets a text stand in place of the day, which may come behind it.
	passing bool
}

// ID implements bot.Kind.
func (untilKind) ID() string { return "until" }

// Read implements bot.Kind.
func (k untilKind) Read(_ context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	switch over := alsoCalled(k.words.Say(req.Locale, "until.over")); {
	case len(span.Words) == 0:
		return bot.Reading{}, nil
	case len(span.Words) == 1 && !span.Words[0].Quoted && slices.Contains(over, names.Fold(span.Words[0].Text)):
		return bot.Reading{Value: typed.Date{}, Words: 1, Canonical: wordOver}, nil
	}
	began := 0
	if k.isUntil(span.Words[0], req.Locale) {
		began = 1
	}
	days := span.Words[began:]
	n, day, err := firstDay(days, todayOf(req), req.Locale)
	if n == 0 {
		n, day = k.roughDay(days, began > 0 || span.Whole, req)
	}
	switch {
	case n == 0 && k.passing && !span.Whole && (began == 0 || hasDayAtEnd(days, todayOf(req), req.Locale)):
		return bot.Reading{}, nil
	case len(days) == 0:
		return bot.Reading{}, bot.Problem("until.when", "typed", brief(bot.Join(span.Words), 60))
	case n == 0:
		return bot.Reading{}, bot.Problem("until.unread", "typed", brief(bot.Join(days), 60))
	case err != nil:
		return bot.Reading{}, tookOf(dateProblem(err), began+n)
	}
	return bot.Reading{Value: day, Words: began + n, Canonical: day.String()}, nil
}

// tookOf says how many words a problem is about.
func tookOf(err error, n int) error {
	if problem := asProblem(err); problem != nil {
		problem.Took = n
	}
	return err
}

// isUntil tells whether a word says that something lasts until a day, or for how
// long.
func (k untilKind) isUntil(w bot.Word, locale string) bool {
	return isUntil(w, locale) || !w.Quoted && slices.Contains(alsoCalled(k.words.Say(locale, "until.for")), names.Fold(w.Text))
}

// ordinalDay is a day of a month alone: 5th, 5.
var ordinalDay = regexp.MustCompile(`^(\d{1,2})(st|nd|rd|th|\.)$`)

// roughDay reads what is no date anywhere else: "3 weeks", and where a day has to
// stand also "next week", "the 5th" and "February", each from its first day on. n is
// 0 when the words begin with none.
func (k untilKind) roughDay(words []bot.Word, expected bool, req bot.Request) (n int, day typed.Date) {
	today := todayOf(req)
	if len(words) > 1 && !words[0].Quoted && !words[1].Quoted {
		if day, err := typed.ParseDate([]string{"in", words[0].Text, words[1].Text}, today, req.Locale); err == nil {
			return 2, day
		}
	}
	if !expected {
		return 0, day
	}
	if len(words) > 1 && slices.Contains(alsoCalled(k.words.Say(req.Locale, "until.the")), names.Fold(words[0].Text)) {
		n, day = k.roughDay(words[1:], true, req)
		return n + min(n, 1), day
	}
	if len(words) > 1 && slices.Contains(alsoCalled(k.words.Say(req.Locale, "until.next")), names.Fold(words[0].Text)) {
		unit, ok := typed.LexiconOf(req.Locale).Unit(names.Fold(words[1].Text))
		switch {
		case ok && unit == typed.WeekUnit:
			return 2, today.AddDays(7 - int(today.Weekday()+6)%7)
		case ok && unit == typed.MonthUnit:
			return 2, firstOfNext(today)
		}
	}
	if len(words) > 0 && !words[0].Quoted {
		if day, ok := comingDay(words[0].Text, today); ok {
			return 1, day
		}
	}
	for n := min(2, len(words)); n > 0; n-- {
		month, err := typed.ParseMonth(texts(words[:n]), today, req.Locale)
		if day = (typed.Date{Year: month.Year, Month: month.Month, Day: 1}); err == nil {
			if day.Before(today) && n == 1 {
				day.Year++
			}
			return n, day
		}
	}
	return 0, typed.Date{}
}

func firstOfNext(today typed.Date) typed.Date {
	return typed.Date{Year: today.Year, Month: today.Month, Day: 1}.AddMonths(1)
}

// comingDay returns the next day of a month's with a number, such as "5th".
func comingDay(text string, today typed.Date) (day typed.Date, ok bool) {
	m := ordinalDay.FindStringSubmatch(names.Fold(text))
	if m == nil {
		return day, false
	}
	for first, n := today.AddDays(1-today.Day), 0; n <= 2; n++ {
		number, _ := strconv.Atoi(m[1])
		day = first.AddMonths(n).AddDays(number - 1)
		if number > 0 && day.Day == number && day.After(today) {
			return day, true
		}
	}
	return typed.Date{}, false
}

func isUntil(w bot.Word, locale string) bool {
	return !w.Quoted && typed.LexiconOf(locale).Is(typed.Through, names.Fold(w.Text))
}

// firstDay returns how many of the first words are a day, and that day: the longest
// beginning that reads as one, right or wrong. n is 0 when none does.
func firstDay(words []bot.Word, today typed.Date, locale string) (n int, day typed.Date, err error) {
	most := slices.IndexFunc(words, func(w bot.Word) bool { return w.Quoted })
	if most < 0 {
		most = len(words)
	}
	for n = min(longestDay, most); n > 0; n-- {
		day, err = typed.ParseDate(texts(words[:n]), today, locale)
		if bad, ok := errors.AsType[*typed.DateError](err); !ok || bad.Why != typed.NotADate {
			return n, day, err
		}
	}
	return 0, typed.Date{}, nil
}

func hasDayAtEnd(words []bot.Word, today typed.Date, locale string) bool {
	n, _, _, _ := lastDay(words, today, locale)
	return n > 0
}

// lastDay returns how many of the last words are a day, and how many of them come
// before it and only say that something lasts until then. n is 0 when none is.
func lastDay(words []bot.Word, today typed.Date, locale string) (n, until int, day typed.Date, err error) {
	for n = min(longestDay, len(words)-1); n > 0; n-- {
		if begin := len(words) - n; isUntil(words[begin-1], locale) {
			if got, day, err := firstDay(words[begin:], today, locale); got == n {
				return n, 1, day, err
			}
		}
	}
	if n, day, err = typed.LastDate(typedWords(words), today, locale); n > 0 {
		return n, 0, day, err
	}
	n, until, day = lastMonth(words, today, locale)
	return n, until, day, nil
}

// lastMonth is lastDay for a month with a word before it that says so: "in
// February". Its day is the first.
func lastMonth(words []bot.Word, today typed.Date, locale string) (n, until int, day typed.Date) {
	last := len(words) - 1
	if last < 2 || words[last].Quoted {
		return 0, 0, day
	}
	month, err := typed.ParseMonth(texts(words[last:]), today, locale)
	if day = (typed.Date{Year: month.Year, Month: month.Month, Day: 1}); err != nil || !day.After(today) {
		return 0, 0, typed.Date{}
	}
	if isUntil(words[last-1], locale) {
		return 1, 1, day
	}
	if _, err := typed.ParseMonth(texts(words[last-1:]), today, locale); err == nil {
		return 2, 0, day
	}
	return 0, 0, typed.Date{}
}

// ahead refuses a day that has come, and one that is too far away.
func (c *call) ahead(day typed.Date) error {
	switch today := c.today(); {
	case !day.After(today):
		return bot.Problem("until.past", "day", c.date(day.String()))
	case day.After(today.AddMonths(longestAbsence)):
		return bot.Problem("until.far", "day", c.date(day.String()))
	}
	return nil
}
