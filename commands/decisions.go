package commands

import (
	"context"
	"errors"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// listedDecisions is how many decisions are listed at once.
const listedDecisions = 20

// decisions lists what was decided, newest first, and whether it has helped:
// managers everybody's, a rep the own.
func decisions(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "decisions", Summary: "decisions.summary", Examples: []string{"decisions", "decisions @ivanov"},
		Args: []bot.Arg{{Name: "who", Kind: k.who, Optional: true, Rest: true}},
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) {
			if err := c.useOwnWords(ctx); err != nil {
				return bot.Message{}, err
			}
			rep, err := c.whoseOrAll()
			if err != nil {
				return bot.Message{}, err
			}
			return c.listDecisions(ctx, rep)
		}),
	}
}

// listDecisions draws the newest decisions about a rep, or about anybody for 0.
func (c *call) listDecisions(ctx context.Context, rep int64) (bot.Message, error) {
	msg := bot.Message{Title: c.say("decisions.none"), Private: true}
	found, err := c.tx.Decisions(ctx, rep, listedDecisions+1)
	if err != nil {
		return msg, err
	}
	if len(found) == 0 {
		msg.Buttons = []bot.Button{c.button("button.funnel", "funnel")}
		return msg, nil
	}
	if len(found) > listedDecisions {
		msg.Note = c.say("decisions.more", "most", listedDecisions)
		found = found[:listedDecisions]
	}
	since, err := c.sinceDecided(ctx, found)
	if err != nil {
		return msg, err
	}
	msg.Table = c.decisionTable()
	msg.Table.Columns = append(msg.Table.Columns, bot.Column{Name: c.say("decisions.mark")})
	due := 0
	for i, d := range found {
		who, err := c.handle(ctx, d.Member)
		if err != nil {
			return msg, err
		}
		mark := ""
		if c.isDue(d) {
			due++
			mark = c.say("decisions.due")
			if button := c.seenButton(d, who); c.manages() && len(msg.Buttons) < fewButtons {
				msg.Buttons = append(msg.Buttons, button)
			}
		}
		msg.Table.Rows = append(msg.Table.Rows, append(c.decisionRow(d, who, since[i]), mark))
	}
	msg.Title = c.say("decisions.title", "count", len(found), "due", due)
	return msg, nil
}

// decisionTable is one of decisions, without rows.
func (c *call) decisionTable() *bot.Table {
	return &bot.Table{Columns: []bot.Column{
		{Name: c.say("decisions.day")},
		{Name: c.say("funnel.rep")},
		{Name: c.say("funnel.step")},
		{Name: c.say("decisions.why")},
		{Name: c.say("decisions.what")},
		{Name: c.say("decisions.before")},
		{Name: c.say("decisions.since")},
	}}
}

// decisionRow is a decision's row in such a table.
func (c *call) decisionRow(d storage.Decision, who string, since scoring.StepFigures) []string {
	return []string{
		c.day(d.At), brief(who, 40), brief(c.step(d.Step), maxStepName), brief(d.Why, bot.MaxCell), brief(d.What, bot.MaxCell),
		c.sample(d.Moved, d.Decided), c.sampleSince(since),
	}
}

// seenButton says that a decision was looked at; it ends in the decision's
// revision.
func (c *call) seenButton(d storage.Decision, who string) bot.Button {
	return c.button("button.seen", "decisions seen "+hash(d.Number)+" "+bot.Revision(d.Revision),
		"who", brief(who, 30), "step", brief(c.step(d.Step), 30))
}

// decisionsSeen notes that a manager has looked at a decision again.
func decisionsSeen(d *Deps) bot.Command {
	return bot.Command{
		Name: "decisions seen", Summary: "decisions.seen.summary", Writes: true, Hidden: true, Role: bot.Manager,
		Args: []bot.Arg{{Name: "number", Kind: bot.NumberKind}},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			if err := c.useOwnWords(ctx); err != nil {
				return bot.Message{}, err
			}
			before, err := c.tx.Decision(ctx, c.req.Int("number", 0))
			if errors.Is(err, storage.ErrNotFound) {
				return bot.Message{}, bot.Problem("decisions.unknown", "number", c.req.Int("number", 0))
			}
			if err != nil {
				return bot.Message{}, err
			}
			if c.req.Revision > 0 && c.req.Revision != before.Revision {
				msg, err := c.listDecisions(ctx, 0)
				msg.Redraw, msg.Note = true, c.say("decisions.moved")
				return msg, err
			}
			return c.seen(ctx, before)
		}),
	}
}

// seen counts the reviews whose day has come: one look after three weeks is both.
func (c *call) seen(ctx context.Context, before storage.Decision) (bot.Message, error) {
	if before.Reviews >= lastReview {
		return bot.Message{}, bot.Problem("decisions.over", "number", before.Number)
	}
	if !c.isDue(before) {
		return bot.Message{}, bot.Problem("decisions.early", "day", c.reviewDay(before, before.Reviews))
	}
	after := before
	for c.isDue(after) {
		after.Reviews++
	}
	if err := c.tx.SaveDecision(ctx, before, after, c.author("decisions")); err != nil {
		return bot.Message{}, err
	}
	who, err := c.handle(ctx, before.Member)
	if err != nil {
		return bot.Message{}, err
	}
	text := c.say("decisions.seen", "who", brief(who, 40), "step", brief(c.step(before.Step), maxStepName))
	if after.Reviews < lastReview {
		text = joined(" ", text, c.say("decisions.again", "day", c.reviewDay(after, after.Reviews)))
	}
	return bot.Message{
		Text: []string{text}, Buttons: []bot.Button{c.undoButton(), c.button("button.decisions", "decisions")}, Private: true,
	}, nil
}
