package commands

import (
	"context"
	"strconv"

	"fifteen/bot"
	"fifteen/storage"
)

// handover gives all open deals of one member to another.
func handover(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "handover", Summary: "handover.summary", Writes: true, Role: bot.Manager,
		Examples: []string{"handover @ivanov @petra"},
		Args:     []bot.Arg{{Name: "who", Kind: k.who}, {Name: "to", Kind: k.heir}},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			from, err := c.member(ctx, bot.Value[int64](c.req, "who"))
			if err != nil {
				return bot.Message{}, err
			}
			to, err := c.heir(ctx, bot.Value[int64](c.req, "to"))
			if err != nil {
				return bot.Message{}, err
			}
			who := brief("@"+from.Name, 60)
			switch {
			case from.ID == to.ID:
				return bot.Message{}, bot.Problem("handover.same", "who", who)
			case c.req.Revision > 0 && c.req.Revision != from.Revision:
				return bot.Message{}, c.outdated(from, to)
			}
			deals, err := c.tx.HandOver(ctx, from.ID, to.ID, c.author("handover"))
			if err != nil {
				return bot.Message{}, err
			}
			if len(deals) == 0 {
				return bot.Message{Text: []string{c.say("handover.none", "who", who)}}, nil
			}
			msg := bot.Message{
				Text: []string{c.say("handover.done", "count", len(deals), "sum", c.summed(deals), "from", who,
					"to", brief("@"+to.Name, 60))},
				Buttons: []bot.Button{c.undoButton()},
				Private: c.private(),
			}
			return msg, c.tellHandovers(ctx, deals, from, to)
		}),
	}
}

// handoverLine writes an option's line that hands deals over. It ends in the
// revision of who gives them: somebody who is back keeps what is theirs.
func handoverLine(from, to storage.Member) string {
	return joined(" ", "handover", canonical(from.Name), canonical(to.Name), bot.Revision(from.Revision))
}

// outdated says that whoever gives the deals is not as a message showed them.
func (c *call) outdated(from, to storage.Member) error {
	problem := bot.Problem("handover.moved", "who", brief("@"+from.Name, 60))
	if line := handoverLine(from, to); len(line) <= bot.MaxButtonLine {
		problem.Button(brief(c.say("button.handover", "who", "@"+to.Name), bot.MaxButtonLabel), line)
	}
	return problem
}

// tellHandovers tells the new owner of several deals, and the one before, in one
// message each.
func (c *call) tellHandovers(ctx context.Context, deals []storage.Deal, from, to storage.Member) error {
	who := brief("@"+c.req.Member.Name, 60)
	err := c.tell(ctx, to.ID, func(s speech) bot.Message {
		said := s.say("told.handed", "who", who, "from", brief("@"+from.Name, 60), "count", len(deals), "sum", s.summed(deals))
		if from.ID == c.req.Member.ID {
			said = s.say("told.handed.own", "who", who, "count", len(deals), "sum", s.summed(deals))
		}
		msg := bot.Message{
			Text:    []string{said},
			Table:   &bot.Table{Columns: []bot.Column{{Right: true}, {}, {}, {Right: true}}},
			Buttons: []bot.Button{s.button("button.deals", "deals me")},
		}
		for _, deal := range deals[:min(len(deals), pageSize)] {
			msg.Table.Rows = append(msg.Table.Rows, []string{
				strconv.Itoa(deal.Standing.Total), hash(deal.Number), brief(deal.Name, 60), s.money(deal.Amount),
			})
		}
		if len(deals) > pageSize {
			msg.Note = s.say("deals.part", "first", 1, "last", pageSize, "count", len(deals))
		}
		return msg
	})
	if err != nil {
		return err
	}
	return c.tell(ctx, from.ID, func(s speech) bot.Message {
		return bot.Message{Text: []string{
			s.say("told.handed.away", "who", who, "to", brief("@"+to.Name, 60), "count", len(deals)),
		}}
	})
}
