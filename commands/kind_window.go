package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fifteen/bot"
	"fifteen/commands/internal/names"
	"fifteen/commands/internal/typed"
)

// windowKind reads how far back a report looks: 13 weeks, 90d. Its value is a
// number of days, an int64 of 1 to typed.MaxWindow.
type windowKind struct{}

// ID implements bot.Kind.
func (windowKind) ID() string { return "window" }

// Read implements bot.Kind.
func (windowKind) Read(_ context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) == 0 {
		return bot.Reading{}, nil
	}
	n, days, err := typed.ParseWindow(typedWords(span.Words), req.Locale)
	if n == 0 {
		return bot.Reading{}, unreadWindow(span.Words)
	}
	return windowReading(n, days, err)
}

// unreadWindow says that words are no window.
func unreadWindow(words []bot.Word) error {
	return bot.Problem("window.unread", "typed", brief(bot.Join(words), 60))
}

// spanWhoKind reads whom a report is about, where a window may stand as well: what
// counts days, or begins like a time, is not taken for a name.
type spanWhoKind struct{ whoKind }

// Read implements bot.Kind.
func (k spanWhoKind) Read(ctx context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	reading, err := k.whoKind.Read(ctx, req, span)
	problem := asProblem(err)
	if problem == nil || len(problem.Options) > 0 || span.Words[0].Quoted {
		return reading, err
	}
	first := names.Fold(span.Words[0].Text)
	if numeral.MatchString(first) || slices.Contains(strings.Split(k.deps.Words.Say(req.Locale, "window.times"), ", "), first) {
		return bot.Reading{}, unreadWindow(span.Words)
	}
	return reading, err
}

// ReadEnd implements bot.Ender.
func (windowKind) ReadEnd(_ context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	return windowReading(typed.LastWindow(typedWords(span.Words), req.Locale))
}

func windowReading(n, days int, err error) (bot.Reading, error) {
	if _, bad := errors.AsType[*typed.WindowError](err); bad {
		return bot.Reading{}, bot.Problem("window.range")
	}
	if n == 0 || err != nil {
		return bot.Reading{}, err
	}
	return bot.Reading{Value: int64(days), Words: n, Canonical: fmt.Sprintf("%dd", days)}, nil
}
