package commands

import (
	"context"

	"fifteen/bot"
	"fifteen/commands/internal/rule"
)

// remindLater puts a reminder off to another moment.
func remindLater(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: nameRemindLater, Summary: "remind.later.summary", Writes: true, Hidden: true,
		Args: []bot.Arg{{Name: "number", Kind: bot.NumberKind}, {Name: "when", Kind: k.when, Rest: true}},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			before, deal, err := c.ownReminder(ctx, c.req.Int("number", 0))
			if err != nil {
				return bot.Message{}, err
			}
			if before.Done {
				return bot.Message{}, bot.Problem("remind.over", "number", before.Number)
			}
			once := bot.Value[rule.Rule](c.req, "when")
			if _, ok := once.Next(c.req.At, c.zone, nil); !ok {
				return bot.Message{}, bot.Problem("remind.passed", "clock", once.At.String())
			}
			after := before
			after.Day, after.Clock = once.Date.String(), once.At.String()
			if err := c.tx.SaveReminder(ctx, before, after, c.author(nameRemindLater)); err != nil {
				return bot.Message{}, err
			}
			return bot.Message{
				Text: []string{c.say("remind.done", "deal", brief(deal.Name, 60), "day", c.date(after.Day),
					"clock", after.Clock, "what", after.What)},
				Buttons: []bot.Button{c.undoButton(), c.button("button.reminders", "reminders")},
				Private: !c.req.Chat.Private,
			}, nil
		}),
	}
}
