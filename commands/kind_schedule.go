package commands

import (
	"context"
	"strconv"

	"fifteen/bot"
	"fifteen/commands/internal/names"
	"fifteen/storage"
)

// scheduleKind reads a schedule: its number, or its line where the asker may stop
// one schedule only that sends it. Its value is the number, an int64.
type scheduleKind struct{ deps *Deps }

// ID implements bot.Kind.
func (scheduleKind) ID() string { return bot.NumberKind.ID() }

// Read implements bot.Kind.
func (k scheduleKind) Read(ctx context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) == 0 {
		return bot.Reading{}, nil
	}
	reading, err := bot.NumberKind.Read(ctx, req, span)
	if err == nil {
		return reading, nil
	}
	found, texts, findErr := k.sending(ctx, req, names.Fold(bot.Join(span.Words)))
	switch {
	case findErr != nil:
		return reading, findErr
	case len(found) == 0:
		return reading, err
	case len(found) == 1:
		number := found[0].Number
		return bot.Reading{Value: number, Words: len(span.Words), Canonical: strconv.FormatInt(number, 10)}, nil
	}
	problem := bot.Problem("schedule.several", "line", brief(found[0].Line, 60))
	for i, s := range found[:min(len(found), fewButtons)] {
		problem.Offer(brief(strconv.FormatInt(s.Number, 10)+": "+texts[i], bot.MaxButtonLabel), hash(s.Number), s.Revision)
	}
	return reading, problem
}

// sending returns the schedules of a line that the asker may stop, and what each
// does.
func (k scheduleKind) sending(ctx context.Context, req bot.Request, line string) (found []storage.Schedule, texts []string, err error) {
	err = k.deps.Store.Read(ctx, req.Workspace, func(tx *storage.Tx) error {
		found, texts = nil, nil
		live, err := tx.Schedules(ctx)
		c := k.deps.call(tx, req)
		for _, s := range live {
			if names.Fold(s.Line) != line || !c.mayStop(s) {
				continue
			}
			text, err := c.described(ctx, s)
			if err != nil {
				return err
			}
			found, texts = append(found, s), append(texts, text)
		}
		return err
	})
	return found, texts, err
}
