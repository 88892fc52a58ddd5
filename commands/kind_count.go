package commands

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"fifteen/bot"
	"fifteen/commands/internal/names"
	"fifteen/storage"
)

// maxCount is the most that is logged at once.
const maxCount = 1000

// countKind reads how many, at the end of a line: 1 to maxCount, an int64. A
// number that ends the name of a deal is none.
type countKind struct{ deps *Deps }

// ID implements bot.Kind.
func (countKind) ID() string { return "count" }

// numeral is what is meant as a number, good or bad.
var numeral = regexp.MustCompile(`^[+-]?\d[\d.,]*$`)

// Read implements bot.Kind.
func (k countKind) Read(_ context.Context, _ bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) == 0 {
		return bot.Reading{}, nil
	}
	return countReading(span.Words[0])
}

// ReadEnd implements bot.Ender. The first word says what is counted.
func (k countKind) ReadEnd(ctx context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	last := span.Words[len(span.Words)-1]
	if last.Quoted || !numeral.MatchString(last.Text) {
		return bot.Reading{}, nil
	}
	if len(span.Words) > 2 { // with a deal between
		named, err := k.deps.called(ctx, req, span.Words[1:])
		if err != nil || len(named) > 0 {
			return bot.Reading{}, err
		}
	}
	return countReading(last)
}

func countReading(word bot.Word) (bot.Reading, error) {
	n, err := strconv.ParseInt(word.Text, 10, 64)
	if err != nil || n < 1 || n > maxCount || strings.HasPrefix(word.Text, "+") {
		return bot.Reading{}, bot.Problem("log.range", "typed", brief(word.Text, 20), "most", maxCount)
	}
	return bot.Reading{Value: n, Words: 1, Canonical: strconv.FormatInt(n, 10)}, nil
}

// firstCountKind reads how many where it stands before what is counted: 3 calls.
type firstCountKind struct{}

// ID implements bot.Kind.
func (firstCountKind) ID() string { return "count" }

// Read implements bot.Kind.
func (firstCountKind) Read(_ context.Context, _ bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) == 0 || span.Words[0].Quoted || !numeral.MatchString(span.Words[0].Text) {
		return bot.Reading{}, nil
	}
	return countReading(span.Words[0])
}

// activityKind reads what was done, from the end only where the line does not
// begin with it: the name of a deal may end in such a word.
type activityKind struct{ choiceKind }

// ReadEnd implements bot.Ender.
func (k activityKind) ReadEnd(ctx context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	if first, err := k.Read(ctx, req, span); err == nil && first.Words > 0 {
		return bot.Reading{}, nil
	}
	return k.choiceKind.ReadEnd(ctx, req, span)
}

// called returns the deals whose whole name the words are.
func (d *Deps) called(ctx context.Context, req bot.Request, words []bot.Word) (found []storage.DealName, err error) {
	if len(words) > longestName {
		return nil, nil
	}
	err = d.Store.Read(ctx, req.Workspace, func(tx *storage.Tx) error {
		sight, err := d.call(tx, req).sight(ctx)
		if err == nil {
			found, err = tx.DealsByKey(ctx, []string{names.Fold(bot.Join(words))}, sight)
		}
		return err
	})
	return found, err
}

// placeKind reads the deal that something was done for, where one is named. A
// bare number is none: it says how many.
type placeKind struct{ dealKind }

// Read implements bot.Kind.
func (k placeKind) Read(ctx context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) == 0 || span.Words[0].Quoted || !numeral.MatchString(span.Words[0].Text) {
		return k.dealKind.Read(ctx, req, span)
	}
	named, err := k.deps.called(ctx, req, span.Words)
	if err != nil || len(named) != 1 {
		return bot.Reading{}, err
	}
	return dealReading(named[0].Number, len(span.Words)), nil
}
