package commands

import (
	"context"

	"fifteen/bot"
	"fifteen/scoring"
)

// replySkip passes a question over.
const replySkip = "skip"

// answer stores a reply to one criterion and shows the next question in the
// same message.
func answer(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "answer", Summary: "answer.summary", Writes: true,
		Examples: []string{"answer Acme urgent yes Petr said so on Monday"},
		Args: []bot.Arg{
			{Name: "deal", Kind: k.deal},
			{Name: "criterion", Kind: k.criterion},
			{Name: "reply", Kind: k.reply},
			{Name: "evidence", Kind: bot.TextKind, Optional: true, Rest: true, Long: true},
		},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			before, err := c.openDeal(ctx, interview)
			if err != nil {
				return bot.Message{}, err
			}
			criterion, _ := scoring.ParseCriterion(c.req.Text("criterion"))
			if c.req.Text("reply") == replySkip {
				after, err := c.tx.Skip(ctx, before, criterion, c.author("answer"))
				if err != nil {
					return bot.Message{}, err
				}
				return c.ask(ctx, after, c.say("answer.skipped"))
			}
			reply, _ := scoring.ParseReply(c.req.Text("reply"))
			after, err := c.tx.Answer(ctx, before, criterion, reply, c.req.Text("evidence"), c.author("answer"))
			if err != nil {
				return bot.Message{}, err
			}
			if err := c.tellOwner(ctx, after, "told.answered"); err != nil {
				return bot.Message{}, err
			}
			said := c.say("said." + criterion.String() + "." + reply.String())
			msg, err := c.ask(ctx, after, joined(" ", said, c.effect(before, after)))
			if err == nil && reply == scoring.Yes && c.req.Text("evidence") == "" {
				offer := c.button("button.evidence", dealLine("evidence", after, criterion.String()))
				msg.Buttons = append(msg.Buttons, offer)
			}
			return msg, err
		}),
	}
}

// evidence adds who said what to an answer that stands, without changing it.
func evidence(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "evidence", Summary: "evidence.summary", Writes: true, Hidden: true,
		Args: []bot.Arg{
			{Name: "deal", Kind: k.deal},
			{Name: "criterion", Kind: k.criterion},
			{Name: "text", Kind: bot.TextKind, Rest: true, Long: true},
		},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			before, err := c.openDeal(ctx, interview)
			if err != nil {
				return bot.Message{}, err
			}
			criterion, _ := scoring.ParseCriterion(c.req.Text("criterion"))
			standing := before.Card.Answers[criterion].Reply
			if standing == scoring.Unasked {
				return bot.Message{}, bot.Problem("evidence.unasked", "criterion", c.say("criterion."+criterion.String())).
					Button(c.say("button.ask"), lookLine("score", before))
			}
			after, err := c.tx.Answer(ctx, before, criterion, standing, c.req.Text("text"), c.author("evidence"))
			if err != nil {
				return bot.Message{}, err
			}
			return c.ask(ctx, after, c.say("evidence.kept", "text", shortText(c.req.Text("text"))))
		}),
	}
}
