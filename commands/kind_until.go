package commands

import (
	"context"
	"errors"
	"slices"

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
	if isUntil(span.Words[0], req.Locale) {
		began = 1
	}
	days := span.Words[began:]
	n, day, err := firstDay(days, todayOf(req), req.Locale)
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
	n, day, err = typed.LastDate(typedWords(words), today, locale)
	return n, 0, day, err
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
