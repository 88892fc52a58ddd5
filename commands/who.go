package commands

import (
	"context"
	"strconv"
	"strings"
	"time"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// everything is a limit for lists that are never cut.
const everything = 1 << 30

// who answers the method's question: which deals are 14 and 15, whose are they,
// for how much, for how long, and what happens next.
func who(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "who", Summary: "who.summary", Examples: []string{"who", "who @ivanov"},
		Args: []bot.Arg{{Name: "who", Kind: k.who, Optional: true, Rest: true}},
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) {
			sight, err := c.listed(ctx)
			if err != nil {
				return bot.Message{}, err
			}
			closing, err := c.tx.OpenDeals(ctx, sight, scoring.ClosingFrom, scoring.BestScore, everything)
			if err != nil {
				return bot.Message{}, err
			}
			month, err := c.monthFigures(ctx, c.current(), sight)
			if err != nil {
				return bot.Message{}, err
			}
			if c.req.Way == bot.Scheduled {
				return c.whoDigest(ctx, sight, closing, month)
			}
			if len(closing) == 0 {
				msg, err := c.nobody(ctx, sight, month)
				if err == nil {
					err = c.addMondays(ctx, &msg)
				}
				return msg, err
			}
			msg := c.whoHeadline(closing, month)
			if msg.Table, err = c.closingTable(ctx, closing); err != nil {
				return bot.Message{}, err
			}
			msg.Buttons = c.whoButtons(closing, month)
			err = c.addMondays(ctx, &msg)
			return msg, err
		}),
	}
}

// whoHeadline says how many deals are closing, and what the month stands at.
func (c *call) whoHeadline(closing []storage.Deal, month monthFigures) bot.Message {
	return bot.Message{
		Title:   brief(c.say("who.title", "count", len(closing), "sum", c.closingSum(month)), bot.MaxTitle),
		Text:    c.monthLines(month),
		Private: c.private(),
	}
}

// closingTable lists closing deals: score, name, amount, owner, days in the
// band, and what is next.
func (c *call) closingTable(ctx context.Context, deals []storage.Deal) (*bot.Table, error) {
	table := &bot.Table{Columns: []bot.Column{{Right: true}, {}, {Right: true}, {}, {Right: true}, {}}}
	for _, deal := range deals {
		owner, err := c.handle(ctx, deal.Owner)
		if err != nil {
			return nil, err
		}
		table.Rows = append(table.Rows, []string{
			strconv.Itoa(deal.Standing.Total), brief(deal.Name, 60), c.money(deal.Amount), brief(owner, 40),
			c.since(deal.BandSince), c.prospect(deal),
		})
	}
	return table, nil
}

// prospect says what is next for a closing deal, and what is wrong with it.
func (c *call) prospect(deal storage.Deal) string {
	var parts []string
	if over := scoring.Overdue(deal.BandSince, c.now); over > 0 {
		parts = append(parts, c.overdue(over))
	}
	if c.waits(deal) {
		parts = append(parts, c.say("mark.waits", "day", c.date(deal.WaitOn)))
	} else if deal.Standing.Stale(c.now) {
		parts = append(parts, c.say("mark.stale", "count", c.days(deal.Standing.ScoredAt)))
	}
	return brief(strings.Join(append(parts, c.nextStep(deal)), ", "), bot.MaxCell)
}

// overdue says for how many whole days a deal has outstayed the closing band,
// one at least.
func (c *call) overdue(over time.Duration) string {
	return c.say("mark.overdue", "count", max(1, int(over/day)))
}

// planned writes a deal's next step behind a label that says what it is.
func (c *call) planned(deal storage.Deal) string {
	switch on := deal.NextStepOn; {
	case deal.NextStep == "" || on != "" && on < c.today().String():
		return c.nextStep(deal)
	case on == "":
		return brief(deal.NextStep, 80)
	default:
		return brief(deal.NextStep, 80) + ", " + c.date(on)
	}
}

// nextStep writes a deal's next step with its day, and says when the day has
// passed.
func (c *call) nextStep(deal storage.Deal) string {
	step := brief(deal.NextStep, 80)
	switch on := deal.NextStepOn; {
	case step == "":
		return c.say("mark.nostep")
	case on == "":
		return c.say("mark.next", "step", step)
	case on < c.today().String():
		return c.say("mark.late", "step", step, "day", c.date(on))
	default:
		return c.say("mark.next", "step", step) + ", " + c.date(on)
	}
}

// whoButtons leads on: the band below, the rows behind the number, and the
// first deal that needs asking about.
func (c *call) whoButtons(closing []storage.Deal, month monthFigures) []bot.Button {
	buttons := []bot.Button{c.button("button.advancing", "deals advancing"), c.whyButton(month)}
	for _, deal := range closing {
		if !c.manages() && deal.Owner != c.req.Member.ID {
			continue
		}
		if scoring.Overdue(deal.BandSince, c.now) > 0 || deal.Standing.Stale(c.now) && !c.waits(deal) {
			return append(buttons, c.button("button.askabout", lookLine("score", deal), "deal", brief(deal.Name, 40)))
		}
	}
	return buttons
}

// nobody says that no deal is closing, and which one is the nearest.
func (c *call) nobody(ctx context.Context, sight int64, month monthFigures) (bot.Message, error) {
	nearest, err := c.tx.OpenDeals(ctx, sight, 0, scoring.ClosingFrom-1, 1)
	if err != nil {
		return bot.Message{}, err
	}
	msg := bot.Message{Title: c.say("who.nobody"), Text: c.monthLines(month), Private: c.private()}
	if len(nearest) == 0 {
		msg.Buttons = []bot.Button{c.button("button.add", "deal add")}
		return msg, nil
	}
	deal := nearest[0]
	msg.Text = append(msg.Text, c.say("who.nearest", "deal", brief(deal.Name, 60), "score", deal.Standing.Total,
		"count", deal.Standing.Yeses))
	msg.Buttons = []bot.Button{c.button("button.askabout", lookLine("score", deal), "deal", brief(deal.Name, 40))}
	return msg, nil
}
