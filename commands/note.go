package commands

import (
	"context"
	"strings"

	"fifteen/bot"
	"fifteen/commands/internal/typed"
)

// maxStep is the longest next step, in runes.
const maxStep = 200

// note keeps a remark on a deal.
func note(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "note", Summary: "note.summary", Writes: true, Examples: []string{"note Acme Petr is back on Monday"},
		Args: []bot.Arg{{Name: "deal", Kind: k.deal}, {Name: "text", Kind: bot.TextKind, Rest: true, Long: true}},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			deal, err := c.deal(ctx, dealCard)
			if err != nil {
				return bot.Message{}, err
			}
			if deal, err = c.tx.AddNote(ctx, deal, c.req.Text("text"), c.author("note")); err != nil {
				return bot.Message{}, err
			}
			return bot.Message{Text: []string{c.say("note.done", "deal", brief(deal.Name, 60))}}, nil
		}),
	}
}

// nextStep sets what happens next with a deal, and when.
func nextStep(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "nextstep", Aliases: []string{"next step"}, Summary: "nextstep.summary", Writes: true,
		Examples: []string{"nextstep Acme contract with their lawyer Thu", "nextstep Acme none"},
		Args: []bot.Arg{
			{Name: "deal", Kind: k.deal},
			{Name: "text", Kind: bot.TextKind, Rest: true},
			{Name: "date", Kind: k.date, Optional: true},
		},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			before, err := c.openDeal(ctx, dealCard)
			if err != nil {
				return bot.Message{}, err
			}
			after := before
			after.NextStep = strings.TrimRight(c.req.Text("text"), ",;: ")
			after.NextStepOn = isoDate(bot.Value[typed.Date](c.req, "date"))
			if isNone(bot.Word{Text: after.NextStep}) {
				after.NextStep, after.NextStepOn = "", ""
			}
			if err := c.checkStep(after.NextStep, after.NextStepOn); err != nil {
				return bot.Message{}, err
			}
			after, err = c.tx.SaveDeal(ctx, before, after, c.author("nextstep"))
			if err != nil {
				return bot.Message{}, err
			}
			if after.Revision == before.Revision {
				return c.unchanged(after), nil
			}
			if err := c.tellOwner(ctx, after, "told.changed"); err != nil {
				return bot.Message{}, err
			}
			msg := c.corrected(after, c.say("nextstep.done", "deal", brief(after.Name, 60), "next", c.nextStep(after)))
			if after.NextStep != "" && after.NextStepOn == "" {
				msg.Note = c.say("nextstep.noday")
			}
			return msg, nil
		}),
	}
}

// checkStep refuses a next step that is too long, on a day that has passed, or
// on one that is too far away.
func (c *call) checkStep(text, day string) error {
	switch {
	case len([]rune(text)) > maxStep:
		return bot.Problem("nextstep.long", "most", maxStep)
	case day != "" && day < c.today().String():
		return bot.Problem("nextstep.past", "day", c.date(day))
	case day > c.today().AddMonths(12*longestPromise).String():
		return bot.Problem("nextstep.far", "day", c.date(day), "count", longestPromise)
	}
	return nil
}
