package commands

import (
	"context"
	"errors"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// homeMost is how many rows of a list a home shows; the rest is a line away.
const homeMost = 8

// home is what somebody wants to see first. A rep sees the own closing deals, all
// by band, the next question, what is due and what has changed in a week; a manager
// the team's closing list against the target, what is due, and the weakest steps.
func home(d *Deps) bot.Command {
	return bot.Command{
		Name: "home", Aliases: []string{"dashboard"}, Personal: true, Summary: "home.summary", Examples: []string{"home"},
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) {
			if err := c.useOwnWords(ctx); err != nil {
				return bot.Message{}, err
			}
			msg, err := c.homeFront(ctx)
			if err == nil {
				err = c.offerSetup(ctx, &msg)
			}
			if err != nil {
				return bot.Message{}, err
			}
			parts := []func(context.Context) (bot.Message, error){c.homeBands, c.homeQuestion, c.homeDue, c.homeWeek}
			if c.manages() {
				parts = []func(context.Context) (bot.Message, error){c.homeQuestion, c.homeDue, c.homeSteps}
			}
			for _, part := range parts {
				detail, err := part(ctx)
				if err != nil {
					return bot.Message{}, err
				}
				if detail.Private, detail.Redraw = false, false; !detail.Empty() {
					msg.Details = append(msg.Details, detail)
				}
			}
			return msg, nil
		}),
	}
}

// offerSetup offers an admin the set-up where nothing has begun.
func (c *call) offerSetup(ctx context.Context, msg *bot.Message) error {
	if c.req.Member.Role < bot.Admin {
		return nil
	}
	home, err := c.tx.Workspace(ctx)
	if err != nil || isSetUp(home) {
		return err
	}
	open, err := c.tx.CountOpen(ctx, 0)
	if err == nil && open == 0 {
		msg.Buttons = append([]bot.Button{c.button("button.setup", nameSetup)}, msg.Buttons...)
	}
	return err
}

// homeSight is whose deals somebody's home shows: a manager's all, everybody
// else's the own ones, also where they may see more.
func (c *call) homeSight() int64 {
	if c.manages() {
		return 0
	}
	return c.req.Member.ID
}

// homeClosing are the closing deals that a home shows.
func (c *call) homeClosing(ctx context.Context) ([]storage.Deal, error) {
	return c.tx.OpenDeals(ctx, c.homeSight(), scoring.ClosingFrom, scoring.BestScore, everything)
}

// homeFront is the closing list and the month. It is for nobody but the asker.
func (c *call) homeFront(ctx context.Context) (bot.Message, error) {
	closing, err := c.homeClosing(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	month, err := c.monthFigures(ctx, c.current(), c.homeSight())
	if err != nil {
		return bot.Message{}, err
	}
	var msg bot.Message
	if len(closing) == 0 {
		msg, err = c.nobody(ctx, c.homeSight(), month)
	} else {
		msg = c.whoHeadline(closing, month)
		msg.Table, err = c.closingTable(ctx, closing[:min(len(closing), homeMost)])
		msg.Buttons = c.whoButtons(closing, month)
		if more := len(closing) - homeMost; more > 0 {
			msg.Note = c.say("home.more", "count", more)
		}
	}
	msg.Private = !c.req.Chat.Private
	return msg, err
}

// homeBands counts the asker's open deals by band.
func (c *call) homeBands(ctx context.Context) (bot.Message, error) {
	open, err := c.tx.OpenDeals(ctx, c.req.Member.ID, 0, scoring.BestScore, everything)
	if err != nil || len(open) == 0 {
		return bot.Message{}, err
	}
	counts := map[scoring.Band]int{}
	for _, deal := range open {
		counts[scoring.BandOf(deal.Standing.Total)]++
	}
	msg := bot.Message{Title: c.say("deals.title", "count", len(open)), Buttons: []bot.Button{c.button("button.deals", "deals me")}}
	for _, band := range []scoring.Band{scoring.Closing, scoring.Advancing, scoring.Developing} {
		if n := counts[band]; n > 0 {
			msg.Text = append(msg.Text, c.say("deals.title."+band.String(), "count", n))
		}
	}
	return msg, nil
}

// homeQuestion asks the asker's next question, if there is one.
func (c *call) homeQuestion(ctx context.Context) (bot.Message, error) {
	deal, urgency, err := c.tx.NextDeal(ctx, c.req.Member.ID, c.now.In(c.zone))
	if errors.Is(err, storage.ErrNotFound) {
		return bot.Message{}, nil
	}
	if err != nil {
		return bot.Message{}, err
	}
	return c.nextQuestion(deal, urgency, pressing(deal.Card, urgency, c.now)), nil
}

// homeDue is what is waiting for the asker.
func (c *call) homeDue(ctx context.Context) (bot.Message, error) {
	list, err := c.dueList(ctx, c.homeSight())
	if err != nil {
		return bot.Message{}, err
	}
	msg := list.message(c)
	if rest := len(list.rows) - homeMost; rest > 0 {
		msg.Table.Rows = msg.Table.Rows[:homeMost]
		msg.Note = c.say("home.due", "count", rest)
		msg.Buttons = append(msg.Buttons[:min(len(msg.Buttons), fewButtons-1)], c.button("button.due", "due"))
	}
	return msg, nil
}

// homeWeek is what took the asker's closing deals from what they were a week ago to
// what they are.
func (c *call) homeWeek(ctx context.Context) (bot.Message, error) {
	closing, err := c.homeClosing(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	d := &closingDigest{call: c, sight: c.req.Member.ID}
	if err := d.read(ctx, closing); err != nil {
		return bot.Message{}, err
	}
	changes, err := d.bridges(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	var msg bot.Message
	for _, change := range changes {
		msg.Text = append(msg.Text, change.paragraph())
	}
	msg.Buttons = []bot.Button{c.button("button.funnel", "funnel me")}
	return msg, nil
}

// homeSteps is where the team loses most.
func (c *call) homeSteps(ctx context.Context) (bot.Message, error) {
	r, err := c.funnelReport(ctx, funnelDays)
	if err != nil || r.team.Listed == 0 {
		return bot.Message{}, err
	}
	msg, err := r.ofTeam(ctx)
	msg.Table, msg.Chart, msg.Note = nil, nil, ""
	msg.Buttons = append([]bot.Button{c.button("button.funnel", "funnel")}, msg.Buttons...)
	return msg, err
}
