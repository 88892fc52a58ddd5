package commands

import (
	"context"

	"fifteen/bot"
)

// shownNoes is how many noes why lists at most.
const shownNoes = 50

// whyRefusals lists the noes behind the report, newest first: those that the asker
// sees, without the name and the words of deals that were handed on since. What
// customers said stays in private.
func (c *call) whyRefusals(ctx context.Context) (bot.Message, error) {
	if err := c.useOwnWords(ctx); err != nil {
		return bot.Message{}, err
	}
	owner, err := c.listed(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	sight, err := c.sight(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	days := int(c.req.Int("window", refusalDays))
	from, to := c.lookBack(days)
	found, err := c.tx.Refusals(ctx, owner, from, to, shownNoes+1)
	if err != nil {
		return bot.Message{}, err
	}
	msg := bot.Message{Title: c.say("why.refusals.none", "days", c.windowWords(days)), Private: true}
	if owner != 0 && !c.req.Has("who") { // the report is of the whole team
		msg.Note = c.say("why.refusals.own")
	}
	if len(found) == 0 {
		return msg, nil
	}
	if len(found) > shownNoes {
		found, msg.Note = found[:shownNoes], c.say("why.refusals.more", "most", shownNoes)
	}
	msg.Title = c.say("why.refusals", "count", len(found), "days", c.windowWords(days))
	msg.Table = &bot.Table{Columns: []bot.Column{{}, {}, {}, {}, {}, {}}}
	for _, no := range found {
		who, err := c.handle(ctx, no.Owner)
		if err != nil {
			return bot.Message{}, err
		}
		name, words := brief(no.Name, 60), brief(no.Words, 120)
		if sight != 0 && no.Holder != sight {
			name, words = c.say("why.refusals.handed"), ""
		}
		msg.Table.Rows = append(msg.Table.Rows, []string{
			c.day(no.At), hash(no.Deal), name, brief(who, 40), brief(c.cause(no.Refusal().Cause()), 60), words,
		})
	}
	return msg, nil
}
