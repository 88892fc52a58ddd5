package commands

import (
	"context"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// score shows the next question of a deal's interview, or stores the three
// pillar scores of a rep who knows the method.
func score(d *Deps, k kinds) bot.Command {
	ask := d.read(func(ctx context.Context, c *call) (bot.Message, error) {
		deal, err := c.openDeal(ctx, interview)
		if err != nil {
			return bot.Message{}, err
		}
		return interview(ctx, c, deal)
	})
	give := d.write(scoreDirectly)
	return bot.Command{
		Name: "score", Summary: "score.summary", Examples: []string{"score Acme", "score Acme 5 5 4"},
		Args: []bot.Arg{
			{Name: "deal", Kind: k.deal},
			{Name: "scores", Kind: k.scores, Optional: true, Writes: true},
		},
		Run: func(ctx context.Context, req bot.Request) (bot.Reply, error) {
			if req.Has("scores") {
				return give(ctx, req)
			}
			return ask(ctx, req)
		},
	}
}

func scoreDirectly(ctx context.Context, c *call) (bot.Message, error) {
	before, err := c.openDeal(ctx, interview)
	if err != nil {
		return bot.Message{}, err
	}
	after := before
	for i, points := range bot.Value[[3]int](c.req, "scores") {
		after.Card.Direct[i] = scoring.Direct{Given: true, Points: points, At: c.req.At, Rev: before.Revision + 1}
	}
	after, err = c.tx.SaveDeal(ctx, before, after, c.author("score"))
	if err != nil {
		return bot.Message{}, err
	}
	if err := c.tellOwner(ctx, after, "told.scored"); err != nil {
		return bot.Message{}, err
	}
	return c.scored(before, after), nil
}

// scored answers a direct score: what it is, what it means, and how to check
// it.
func (c *call) scored(before, after storage.Deal) bot.Message {
	msg := c.verdict(after, c.effect(before, after))
	msg.Title = brief(brief(after.Name, 60)+" · "+c.allPillars(after), bot.MaxTitle)
	msg.Text = msg.Text[:1]
	msg.Buttons = append([]bot.Button{c.button("button.ask", lookLine("score", after))}, msg.Buttons...)
	msg.Note = c.say("score.unproven")
	msg.Redraw = false
	return msg
}

// effect says what a change did to the pillars and the score, and what that
// means: "Pain 3 → 5, score 14: Acme now counts in November." It is "" when
// nothing moved.
func (c *call) effect(before, after storage.Deal) string {
	moved := ""
	for _, p := range scoring.Pillars {
		if from, to := pillarOf(before, p), pillarOf(after, p); from != to {
			moved = joined(", ", moved, c.say("effect.pillar", "pillar", c.say("pillar."+p.String()), "from", from, "to", to))
		}
	}
	if moved == "" {
		return ""
	}
	text := c.say("effect.score", "moved", moved, "score", after.Standing.Total)
	was, is := before.Band() == scoring.Closing, after.Band() == scoring.Closing
	switch {
	case !was && is && !after.Amount.Known():
		return text + c.say("effect.unpriced", "deal", brief(after.Name, 60), "month", c.thisMonth())
	case !was && is:
		return text + c.say("effect.in", "deal", brief(after.Name, 60), "month", c.thisMonth(), "amount", c.money(after.Amount))
	case was && !is:
		return text + c.say("effect.out", "deal", brief(after.Name, 60), "month", c.thisMonth())
	default:
		return text + "."
	}
}
