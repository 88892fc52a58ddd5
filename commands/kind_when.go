package commands

import (
	"context"
	"errors"

	"fifteen/bot"
	"fifteen/commands/internal/rule"
)

// whenKind reads a day of the person's and maybe a time: in 75 days, fri 14:00.
// Its value is a rule.Rule that is due once.
type whenKind struct{}

// ID implements bot.Kind.
func (whenKind) ID() string { return "when" }

// Read implements bot.Kind.
func (whenKind) Read(_ context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	words, today := typedWords(span.Words), todayOf(req)
	n := len(words)
	once, err := rule.ParseOnce(words, today, req.Locale)
	if err != nil && !span.Whole { // a text stands behind it
		n, once, err = rule.FirstOnce(words, today, req.Locale)
	}
	if n == 0 || err != nil {
		return bot.Reading{}, whenProblem(err, n)
	}
	return bot.Reading{Value: once, Words: n, Canonical: once.String()}, nil
}

// whenAtEnd reads a moment that stands behind a text, and returns the text before
// it; ok is false when none does.
func (c *call) whenAtEnd(text string) (before string, once rule.Rule, ok bool, err error) {
	words := bot.Split(text)
	n, _, err := rule.Last(typedWords(words), c.today(), c.tag)
	if n == 0 || n == len(words) {
		return text, rule.Rule{}, false, nil
	}
	head := words[:len(words)-n]
	if err == nil { // "fri 14:00" is every Friday there, and the next one here
		once, err = rule.ParseOnce(typedWords(words[len(head):]), c.today(), c.tag)
	}
	return bot.Span{Text: text, Words: head}.Raw(len(head)), once, err == nil, whenProblem(err, n)
}

// whenProblem says what is wrong with a day and a time of so many words.
func whenProblem(err error, words int) error {
	var bad *rule.Error
	if !errors.As(err, &bad) {
		return err
	}
	problem := bot.Problem("when."+string(bad.Why), "typed", brief(bad.Text, 60))
	problem.Arg, problem.Took = "when", words
	for _, date := range bad.Readings {
		problem.Offer(date.String(), rule.OnceAt(date, bad.At).String(), 0)
	}
	return problem
}
