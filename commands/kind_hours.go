package commands

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fifteen/bot"
	"fifteen/commands/internal/hours"
	"fifteen/commands/internal/names"
	"fifteen/commands/internal/rule"
)

// hoursKind reads when somebody works: "8:00-16:00 mon-thu", or one of both, or
// "default" for what is usual. Its value is an hours.Typed, zero for the usual.
type hoursKind struct{ words bot.Words }

// ID implements bot.Kind.
func (hoursKind) ID() string { return "hours" }

// Read implements bot.Kind.
func (k hoursKind) Read(_ context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) == 0 {
		return bot.Reading{}, nil
	}
	got, err := readHours(k.words, req.Locale, span.Words, "hours")
	if err != nil {
		return bot.Reading{}, err
	}
	canonical := got.String()
	if canonical == "" {
		canonical = wordDefault
	}
	return bot.Reading{Value: got, Words: len(span.Words), Canonical: canonical}, nil
}

// readHours reads when somebody works, for a line that begins so; the zero value is
// the usual.
func readHours(words bot.Words, tag string, typed []bot.Word, line string) (hours.Typed, error) {
	usual := append(alsoCalled(words.Say(tag, "hours.default")), wordDefault)
	if len(typed) == 1 && slices.Contains(usual, names.Fold(typed[0].Text)) {
		return hours.Typed{}, nil
	}
	said := typedWords(typed)
	last := &said[len(said)-1]
	last.Text = strings.TrimRight(last.Text, ".!?")
	got, err := hours.Parse(said, tag)
	if err != nil {
		return hours.Typed{}, hoursProblem(err, brief(bot.Join(typed), 60), line)
	}
	return got, nil
}

// hoursProblem says what is wrong with hours.
func hoursProblem(err error, text, line string) error {
	bad, ok := errors.AsType[*hours.Error](err)
	switch {
	case !ok:
		return err
	case bad.Why == hours.Backwards:
		return bot.Problem("hours.backwards", "typed", text, "line", line, "meant", bad.Meant.String())
	case bad.Why == hours.Empty:
		return bot.Problem("hours.empty", "typed", text, "line", line)
	case bad.Why == rule.BadTime:
		return bot.Problem("hours.badtime", "typed", text, "line", line)
	default:
		return bot.Problem("hours.unread", "typed", text, "line", line)
	}
}
