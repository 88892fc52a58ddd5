package commands

import (
	"context"

	"fifteen/bot"
	"fifteen/commands/internal/typed"
	"fifteen/scoring"
	"fifteen/storage"
)

// target sets what a month should bring, for the team or for one rep.
func target(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "target", Summary: "target.summary", Writes: true, Role: bot.Manager,
		Examples: []string{"target 2026-12 80000 EUR", "target december 30k @ivanov"},
		Args: []bot.Arg{
			{Name: "month", Kind: k.month},
			{Name: "amount", Kind: k.amount},
			{Name: "who", Kind: k.who, Optional: true},
		},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			month := bot.Value[typed.Month](c.req, "month")
			amount := bot.Value[scoring.Money](c.req, "amount")
			if month.Compare(c.current()) < 0 {
				return bot.Message{}, bot.Problem("target.past", "month", c.month(month))
			}
			if !amount.Known() || amount.Minor == 0 {
				return bot.Message{}, bot.Problem("target.nothing")
			}
			if err := c.tx.Lock(ctx); err != nil { // a target that is not there yet cannot be locked itself
				return bot.Message{}, err
			}
			t := storage.Target{Month: month.String(), Member: bot.Value[int64](c.req, "who"), Amount: amount}
			was, ok, err := c.tx.Target(ctx, t.Month, t.Member, amount.Currency)
			if err != nil {
				return bot.Message{}, err
			}
			if err := c.tx.SetTarget(ctx, t, c.author("target")); err != nil {
				return bot.Message{}, err
			}
			key, args := "target.done", []any{"month", c.month(month), "amount", c.money(amount)}
			if t.Member != 0 {
				who, err := c.handle(ctx, t.Member)
				if err != nil {
					return bot.Message{}, err
				}
				key, args = "target.done.who", append(args, "who", brief(who, 40))
			}
			msg := bot.Message{
				Text:    []string{c.say(key, args...)},
				Buttons: []bot.Button{c.button("button.forecast", "forecast "+month.String())},
			}
			if !ok || was != t {
				msg.Buttons = append(msg.Buttons, c.undoButton())
			}
			return msg, nil
		}),
	}
}
