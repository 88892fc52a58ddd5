package commands

import (
	"context"
	"errors"

	"fifteen/bot"
	"fifteen/commands/internal/typed"
)

// monthKind reads a month of the workspace's. Its value is a typed.Month.
type monthKind struct{}

func (monthKind) ID() string { return "month" }

// Read implements bot.Kind.
func (monthKind) Read(_ context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) == 0 {
		return bot.Reading{}, nil
	}
	var first error
	for n := min(3, len(span.Words)); n > 0; n-- {
		month, err := typed.ParseMonth(texts(span.Words[:n]), typed.DateOf(req.At.In(req.Member.Home)), req.Locale)
		if err == nil {
			return bot.Reading{Value: month, Words: n, Canonical: month.String()}, nil
		}
		first = err
	}
	return bot.Reading{}, dateProblem(first)
}

// dateKind reads a day of the person's. Its value is a typed.Date.
type dateKind struct{}

func (dateKind) ID() string { return "date" }

// Read implements bot.Kind.
func (dateKind) Read(_ context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) == 0 {
		return bot.Reading{}, nil
	}
	date, err := typed.ParseDate(texts(span.Words), todayOf(req), req.Locale)
	if err != nil {
		return bot.Reading{}, dateProblem(err)
	}
	return bot.Reading{Value: date, Words: len(span.Words), Canonical: date.String()}, nil
}

// ReadEnd implements bot.Ender.
func (dateKind) ReadEnd(_ context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	n, date, err := typed.LastDate(typedWords(span.Words), todayOf(req), req.Locale)
	if err != nil {
		return bot.Reading{}, dateProblem(err)
	}
	if n == 0 {
		return bot.Reading{}, nil
	}
	return bot.Reading{Value: date, Words: n, Canonical: date.String()}, nil
}

// dateProblem says what is wrong with a day or a month.
func dateProblem(err error) error {
	var bad *typed.DateError
	if !errors.As(err, &bad) {
		return err
	}
	problem := bot.Problem("date."+string(bad.Why), "typed", brief(bad.Text, 60))
	for _, date := range bad.Readings {
		problem.Offer(date.String(), date.String(), 0)
	}
	return problem
}

func todayOf(req bot.Request) typed.Date { return typed.DateOf(req.At.In(req.Member.Zone)) }

func texts(words []bot.Word) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w.Text
	}
	return out
}

// typedWords returns the words as package typed reads them.
func typedWords(words []bot.Word) []typed.Word {
	out := make([]typed.Word, len(words))
	for i, w := range words {
		out[i] = typed.Word{Text: w.Text, Quoted: w.Quoted}
	}
	return out
}
