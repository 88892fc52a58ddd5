package commands

import (
	"context"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// step moves a deal along the funnel, or back. A contract is what won means, and
// payment comes after it.
func step(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "step", Summary: "step.summary", Writes: true,
		Examples: []string{"step Acme presentation", "step Acme contact"},
		Args:     []bot.Arg{{Name: "deal", Kind: k.deal}, {Name: "step", Kind: k.step}},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			if err := c.useSteps(ctx); err != nil {
				return bot.Message{}, err
			}
			before, err := c.deal(ctx, dealCard)
			if err != nil {
				return bot.Message{}, err
			}
			to := scoring.Step(c.req.Text("step"))
			if err := c.mayStep(before, to); err != nil {
				return bot.Message{}, err
			}
			after := before
			after.Step = to
			after, err = c.tx.SaveDeal(ctx, before, after, c.author("step"))
			if err != nil {
				return bot.Message{}, err
			}
			if err := c.tellOwner(ctx, after, "told.changed"); err != nil {
				return bot.Message{}, err
			}
			key := "step.done"
			if c.funnel().Before(to, before.Step) {
				key = "step.back"
			}
			return c.corrected(after, c.say(key, "deal", brief(after.Name, 60), "step", c.step(to))), nil
		}),
	}
}

// mayStep says what has to come first: winning comes with the contract, and
// payment after it.
func (c *call) mayStep(deal storage.Deal, to scoring.Step) error {
	name, funnel := brief(deal.Name, 60), c.funnel()
	signed := funnel.SignedStep()
	switch won := deal.Outcome == scoring.Won; {
	case funnel.At(to) != to: // it has gone since the line was read
		return bot.Problem("choice.step", "typed", string(to), "list", c.stepList())
	case deal.Outcome == scoring.Lost || deal.Outcome == scoring.Disqualified:
		return c.ended(deal)
	case funnel.At(deal.Step) == to:
		return bot.Problem("step.same", "deal", name, "step", c.step(to)).Button(c.show(deal))
	case won && funnel.Before(to, signed):
		return bot.Problem("step.won", "deal", name, "step", c.step(signed)).Button(c.say("button.reopen"), dealLine("reopen", deal))
	case !won && to == signed:
		return bot.Problem("step.signed", "deal", name, "step", capital(c.step(signed))).Button(c.say("button.won"), dealLine("won", deal))
	case !won && funnel.Before(signed, to):
		return bot.Problem("step.unpaid", "deal", name, "step", capital(c.step(to)), "signed", c.step(signed)).Button(c.say("button.won"), dealLine("won", deal))
	}
	return nil
}
