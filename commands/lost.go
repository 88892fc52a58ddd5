package commands

import (
	"context"
	"errors"
	"slices"

	"fifteen/bot"
	"fifteen/commands/internal/stock"
	"fifteen/scoring"
	"fifteen/storage"
)

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
			if err := c.useOwnWords(ctx); err != nil {
				return bot.Message{}, err
			}
			before, err := c.deal(ctx, dealCard)
			if err != nil {
				return bot.Message{}, err
			}
			if before.Outcome == scoring.Won || before.Outcome == scoring.Disqualified {
				return bot.Message{}, c.ended(before)
			}
			reason := scoring.Reason(c.req.Text("reason"))
			if reason == "" {
				return c.askReason(ctx, before)
			}
			return c.lose(ctx, before, reason)
		}),
	}
}

// askReason asks why the customer said no, with the method's reasons and the
// organisation's own. What does not fit into buttons is in a menu.
func (c *call) askReason(ctx context.Context, deal storage.Deal) (bot.Message, error) {
	home, err := c.tx.Workspace(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	title := c.say("lost.title", "deal", brief(deal.Name, 60), "amount", c.money(deal.Amount))
	if !deal.Amount.Known() {
		title = c.say("lost.title.bare", "deal", brief(deal.Name, 60))
	}
	msg := bot.Message{Title: brief(title, bot.MaxTitle), Private: true}
	reasons := allReasons(home)
	for _, reason := range reasons[:min(len(reasons), reasonButtons)] {
		msg.Buttons = append(msg.Buttons, c.reasonButton(deal, reason, bot.MaxButtonLabel))
	}
	if more := reasons[len(msg.Buttons):]; len(more) > 0 {
		msg.Menu = &bot.Menu{Label: c.say("lost.more")}
		for _, reason := range more[:min(len(more), bot.MaxOptions)] {
			msg.Menu.Options = append(msg.Menu.Options, c.reasonButton(deal, reason, bot.MaxOptionLabel))
		}
	}
	return msg, nil
}

// reasonButtons is how many reasons are buttons.
const reasonButtons = 12

func (c *call) reasonButton(deal storage.Deal, reason scoring.Reason, most int) bot.Button {
	return bot.Button{Label: brief(c.reason(reason), most), Line: dealLine("lost", deal, string(reason))}
}

// lose records a refusal, and asks what comes next about it. A deal that is lost
// already gets the words, or another reason.
func (c *call) lose(ctx context.Context, before storage.Deal, reason scoring.Reason) (bot.Message, error) {
	after, words := before, c.req.Text("words")
	if before.Outcome == scoring.Lost && before.Reason == reason && words == "" {
		return bot.Message{}, bot.Missing("words", c.wordsKey(reason))
	}
	if c.req.Draft != 0 && c.req.Revision == 0 && before.Open() { // it was reopened while the words were asked for
		return bot.Message{}, bot.Problem("lost.reopened", "deal", brief(before.Name, 60)).Button(c.show(before)).End()
	}
	after.Outcome, after.Reason = scoring.Lost, reason
	if words != "" || before.Outcome != scoring.Lost { // another reason takes no words away
		after.Words = words
	}
	if before.Outcome != scoring.Lost {
		after.EndedAt = c.req.At
	}
	if before.Reason != reason { // what was asked about the other reason does not belong to this one
		after.Aftermath.Probe, after.Aftermath.Product, after.Aftermath.Return = "", 0, scoring.Return{}
		after.Aftermath.Skipped = slices.DeleteFunc(slices.Clone(after.Aftermath.Skipped), ofReason)
	}
	if err := stock.LookUp(ctx, c.tx, &after); err != nil {
		return bot.Message{}, err
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
	if err := c.tellFlag(ctx, before, after); err != nil {
		return bot.Message{}, err
	}
	return c.lostAnswer(ctx, before, after)
}

// lostAnswer says that a deal is lost, and asks the first question about the no.
func (c *call) lostAnswer(ctx context.Context, before, after storage.Deal) (bot.Message, error) {
	said := c.say("lost.done", "deal", brief(after.Name, 60), "reason", c.reason(after.Reason))
	if before.Outcome == scoring.Lost && before.Reason != after.Reason {
		said = c.say("lost.instead", "deal", brief(after.Name, 60), "was", c.reason(before.Reason), "reason", c.reason(after.Reason))
	}
	msg, err := c.askOn(ctx, after, joined(" ", said, c.loss(before)))
	if err != nil {
		return msg, err
	}
	if next := after.Refusal().Next(false); next != scoring.AskNothing {
		if after.Words == "" && ofReason(next) && next != scoring.AskWords {
			msg.Buttons = append(msg.Buttons, c.button("button.words", dealLine("lost", after, string(after.Reason))))
		}
		msg.Buttons = append(msg.Buttons, c.undoButton())
	}
	if before.Reason != after.Reason {
		err = c.whatWorked(ctx, after, &msg)
	}
	err = errors.Join(err, c.await(ctx, after, &msg))
	return msg, err
}

// ofReason tells whether a question belongs to the reason and not to every no.
func ofReason(q scoring.RefusalQuestion) bool {
	return q == scoring.AskProbe || q == scoring.AskWords || q == scoring.AskReturn
}

// wordsKey is the question for a customer's words about a reason.
func (c *call) wordsKey(reason scoring.Reason) string {
	if key := "refusal.words." + string(reason); c.say(key) != "" {
		return key
	}
	return "refusal.words.any"
}

// loss says what the end of a closing deal takes from the month.
func (c *call) loss(before storage.Deal) string {
	if !before.Open() || before.Band() != scoring.Closing || !before.Amount.Known() {
		return ""
	}
	return c.say("lost.month", "amount", c.money(before.Amount), "month", c.thisMonth())
}
