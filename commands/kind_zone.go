package commands

import (
	"context"

	"fifteen/bot"
)

// zoneKind reads a zone of the tz database, whatever its case, or a city alone. Its
// value is the zone's name, a string.
type zoneKind struct{}

// ID implements bot.Kind.
func (zoneKind) ID() string { return "zone" }

// Read implements bot.Kind.
func (zoneKind) Read(_ context.Context, _ bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) == 0 {
		return bot.Reading{}, nil
	}
	zone, err := zoneName(bot.Join(span.Words))
	if err != nil {
		return bot.Reading{}, err
	}
	return bot.Reading{Value: zone, Words: len(span.Words), Canonical: zone}, nil
}
