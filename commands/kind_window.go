package commands

import (
	"context"
	"errors"
	"fmt"

	"fifteen/bot"
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
		return bot.Reading{}, bot.Problem("window.range")
	}
	return windowReading(n, days, err)
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
