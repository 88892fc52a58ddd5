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
			if after.Step.Before(scoring.Contract) {
				after.Step = scoring.Contract
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
	return bot.Message{
		Title: brief(c.say("won.done", "deal", brief(deal.Name, 60), "amount", c.money(deal.Amount)), bot.MaxTitle),
		Text:  c.monthLines(month),
		Buttons: []bot.Button{
			c.button("button.amount", lookLine("deal", deal)+" amount"), c.undoButton(),
		},
		Note: c.say("won.note", "deal", hash(deal.Number)), Private: c.private(),
	}, nil
}

// lost ends a deal with one of the reasons; without a reason it asks for it.
func lost(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "lost", Summary: "lost.summary", Writes: true,
		Examples: []string{"lost Acme", "lost Acme price they pay a tenth less today"},
		Args: []bot.Arg{
			{Name: "deal", Kind: k.deal},
			{Name: "reason", Kind: k.reason, Optional: true},
			{Name: "words", Kind: bot.TextKind, Optional: true, Rest: true, Long: true},
		},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			before, err := c.deal(ctx, dealCard)
			if err != nil {
				return bot.Message{}, err
			}
			if before.Outcome == scoring.Won || before.Outcome == scoring.Disqualified {
				return bot.Message{}, c.ended(before)
			}
			reason := scoring.Reason(c.req.Text("reason"))
			if reason == "" {
				return c.askReason(before), nil
			}
			return c.lose(ctx, before, reason)
		}),
	}
}

// askReason asks why the customer said no, with the seven reasons.
func (c *call) askReason(deal storage.Deal) bot.Message {
	title := c.say("lost.title", "deal", brief(deal.Name, 60), "amount", c.money(deal.Amount))
	if !deal.Amount.Known() {
		title = c.say("lost.title.bare", "deal", brief(deal.Name, 60))
	}
	msg := bot.Message{Title: brief(title, bot.MaxTitle), Private: true}
	for _, reason := range scoring.Reasons {
		msg.Buttons = append(msg.Buttons, c.button("reason."+string(reason), dealLine("lost", deal, string(reason))))
	}
	return msg
}

// lose records a refusal. A deal that is lost already gets the words, or
// another reason.
func (c *call) lose(ctx context.Context, before storage.Deal, reason scoring.Reason) (bot.Message, error) {
	after, words := before, c.req.Text("words")
	if before.Outcome == scoring.Lost && before.Reason == reason && words == "" {
		return bot.Message{}, bot.Missing("words", "")
	}
	if c.req.Draft != 0 && c.req.Revision == 0 && before.Open() { // it was reopened while the words were asked for
		return bot.Message{}, bot.Problem("lost.reopened", "deal", brief(before.Name, 60)).Button(c.show(before)).End()
	}
	after.Outcome, after.Reason, after.Words = scoring.Lost, reason, words
	if before.Outcome != scoring.Lost {
		after.EndedAt = c.req.At
	}
	after, err := c.tx.SaveDeal(ctx, before, after, c.author("lost"))
	if err != nil {
		return bot.Message{}, err
	}
	if after.Revision == before.Revision {
		return c.unchanged(after), nil
	}
	if err := c.tellOwner(ctx, after, "told.lost"); err != nil {
		return bot.Message{}, err
	}
	msg := bot.Message{
		Text:    []string{c.say("lost.done", "deal", brief(after.Name, 60), "reason", c.say("reason."+string(reason)))},
		Buttons: []bot.Button{c.undoButton()}, Redraw: true,
	}
	msg.Text[0] = joined(" ", msg.Text[0], c.loss(before))
	if words == "" {
		msg.Text = append(msg.Text, c.say("lost.words"))
		msg.Buttons = append([]bot.Button{c.button("button.words", dealLine("lost", after, string(reason)))}, msg.Buttons...)
	}
	return msg, nil
}

// loss says what the end of a closing deal takes from the month.
func (c *call) loss(before storage.Deal) string {
	if !before.Open() || before.Band() != scoring.Closing || !before.Amount.Known() {
		return ""
	}
	return c.say("lost.month", "amount", c.money(before.Amount), "month", c.thisMonth())
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
			before, err := c.deal(ctx, dealCard)
			if err != nil {
				return bot.Message{}, err
			}
			if before.Open() {
				return bot.Message{}, bot.Problem("reopen.open", "deal", brief(before.Name, 60)).Button(c.show(before))
			}
			after := before
			after.Outcome, after.EndedAt, after.Reason, after.Words = scoring.Open, time.Time{}, "", ""
			if before.Outcome == scoring.Won {
				after.Step = scoring.Presentation
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
