package commands

import (
	"context"
	"time"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// won records a signed contract, and asks for the amount when nobody has named
// it.
func won(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "won", Summary: "won.summary", Writes: true, Examples: []string{"won Acme", "won Acme 11500 EUR"},
		Args: []bot.Arg{{Name: "deal", Kind: k.deal}, {Name: "amount", Kind: k.amount, Optional: true}},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			if err := c.useSteps(ctx); err != nil {
				return bot.Message{}, err
			}
			before, err := c.openDeal(ctx, dealCard)
			if err != nil {
				return bot.Message{}, err
			}
			after := before
			if c.req.Has("amount") {
				after.Amount = bot.Value[scoring.Money](c.req, "amount")
			}
			switch {
			case after.Amount.Known():
			case c.req.Has("amount"):
				return bot.Message{}, bot.Problem("won.nothing", "deal", hash(before.Number))
			default:
				return bot.Message{}, bot.Missing("amount", "ask.won.amount")
			}
			after.Outcome, after.EndedAt = scoring.Won, c.req.At
			if signed := c.funnel().SignedStep(); c.funnel().Before(after.Step, signed) {
				after.Step = signed
			}
			after, err = c.tx.SaveDeal(ctx, before, after, c.author("won"))
			if err != nil {
				return bot.Message{}, err
			}
			if err := c.tellOwner(ctx, after, "told.won"); err != nil {
				return bot.Message{}, err
			}
			return c.wonAnswer(ctx, after)
		}),
	}
}

// wonAnswer says what the month stands at with a deal that was just won.
func (c *call) wonAnswer(ctx context.Context, deal storage.Deal) (bot.Message, error) {
	sight, err := c.sight(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	month, err := c.monthFigures(ctx, c.current(), sight)
	if err != nil {
		return bot.Message{}, err
	}
	msg := bot.Message{
		Title: brief(c.say("won.done", "deal", brief(deal.Name, 60), "amount", c.money(deal.Amount)), bot.MaxTitle),
		Text:  c.monthLines(month),
		Buttons: []bot.Button{
			c.button("button.amount", lookLine("deal", deal)+" amount"), c.undoButton(),
		},
		Note: c.wonNote(deal), Private: c.private(),
	}
	err = c.askOvercome(ctx, deal, &msg)
	return msg, err
}

// wonNote says what to type when the customer has paid, where the funnel goes on
// after the contract.
func (c *call) wonNote(deal storage.Deal) string {
	steps := c.funnel().Steps
	last := steps[len(steps)-1]
	if last.Signed {
		return c.say("won.note.last")
	}
	return c.say("won.note", "deal", hash(deal.Number), "step", string(last.ID))
}

// disqualify ends a deal that is not worth the team's time, in words.
func disqualify(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "disqualify", Summary: "disqualify.summary", Writes: true,
		Examples: []string{"disqualify Acme two people and no budget line for this"},
		Args: []bot.Arg{
			{Name: "deal", Kind: k.deal},
			{Name: "words", Kind: bot.TextKind, Rest: true, Long: true},
		},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			before, err := c.openDeal(ctx, dealCard)
			if err != nil {
				return bot.Message{}, err
			}
			after := before
			after.Outcome, after.EndedAt, after.Words = scoring.Disqualified, c.req.At, c.req.Text("words")
			after, err = c.tx.SaveDeal(ctx, before, after, c.author("disqualify"))
			if err != nil {
				return bot.Message{}, err
			}
			if err := c.tellOwner(ctx, after, "told.disqualified"); err != nil {
				return bot.Message{}, err
			}
			return c.corrected(after, joined(" ", c.say("disqualify.done", "deal", brief(after.Name, 60)), c.loss(before))), nil
		}),
	}
}

// reopen makes a deal that has ended open again.
func reopen(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "reopen", Summary: "reopen.summary", Writes: true, Examples: []string{"reopen Acme"},
		Args: []bot.Arg{{Name: "deal", Kind: k.ended}},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			if err := c.useSteps(ctx); err != nil {
				return bot.Message{}, err
			}
			before, err := c.deal(ctx, dealCard)
			if err != nil {
				return bot.Message{}, err
			}
			if before.Open() {
				return bot.Message{}, bot.Problem("reopen.open", "deal", brief(before.Name, 60)).Button(c.show(before))
			}
			after := before
			after.Outcome, after.EndedAt, after.Reason, after.Words = scoring.Open, time.Time{}, "", ""
			after.Aftermath, after.Overcame = scoring.Aftermath{}, storage.Objection{}
			if before.Outcome == scoring.Won {
				after.Step = c.funnel().BeforeSigned()
			}
			after, err = c.tx.SaveDeal(ctx, before, after, c.author("reopen"))
			if err != nil {
				return bot.Message{}, err
			}
			if err := c.tellOwner(ctx, after, "told.reopened"); err != nil {
				return bot.Message{}, err
			}
			msg := c.corrected(after, c.say("reopen.done", "deal", brief(after.Name, 60), "score", after.Standing.Total))
			msg.Buttons = append([]bot.Button{c.button("button.score", lookLine("score", after))}, msg.Buttons...)
			return msg, nil
		}),
	}
}
