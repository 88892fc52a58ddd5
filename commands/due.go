package commands

import (
	"context"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// dueAhead is how many days ahead is shown what will be due, and dueMost how
// much of each kind.
const (
	dueAhead = 7
	dueMost  = 25
)

// due shows what is waiting: what was promised after a no, next steps, and
// decisions to look at again.
func due(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "due", Summary: "due.summary", Examples: []string{"due", "due @ivanov"},
		Args: []bot.Arg{{Name: "who", Kind: k.who, Optional: true, Rest: true}},
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) {
			if err := c.useOwnWords(ctx); err != nil {
				return bot.Message{}, err
			}
			owner, err := c.whose()
			if err != nil {
				return bot.Message{}, err
			}
			if c.manages() && !c.req.Has("who") {
				owner = 0
			}
			list, err := c.dueList(ctx, owner)
			if err != nil {
				return bot.Message{}, err
			}
			return list.message(c), nil
		}),
	}
}

// dueList is what is waiting: rows, what can be done about the first ones, and
// how many of the rows are late.
type dueList struct {
	rows    [][]string
	buttons []bot.Button
	late    int
	more    bool
}

func (c *call) dueList(ctx context.Context, owner int64) (dueList, error) {
	var list dueList
	until := c.today().AddDays(dueAhead).String()
	promised, err := c.tx.FollowOns(ctx, owner, until, dueMost+1)
	if err != nil {
		return list, err
	}
	for _, deal := range promised[:min(len(promised), dueMost)] {
		if err := list.promise(ctx, c, deal); err != nil {
			return list, err
		}
	}
	steps, err := c.tx.NextSteps(ctx, owner, until, dueMost+1)
	if err != nil {
		return list, err
	}
	for _, deal := range steps[:min(len(steps), dueMost)] {
		if err := list.add(ctx, c, deal, deal.NextStepOn, brief(deal.NextStep, 100)); err != nil {
			return list, err
		}
		if len(list.buttons) < fewButtons {
			list.buttons = append(list.buttons, c.button("button.nextstep.of", lookLine("nextstep", deal), "deal", brief(deal.Name, 40)))
		}
	}
	list.more = len(promised) > dueMost || len(steps) > dueMost
	return list, list.reviews(ctx, c, owner)
}

// promise lists what was promised after a no, with the old objection.
func (l *dueList) promise(ctx context.Context, c *call, deal storage.Deal) error {
	a := deal.Aftermath
	said := c.cause(deal.Refusal().Cause())
	if deal.Words != "" && !c.public() {
		said += ": " + deal.Words
	}
	on, question, label := a.Door.Due(), scoring.AskDoor, "button.sent"
	what := c.say("due.send", "what", c.sends(a.Door), "said", said)
	if back := a.Return.Due(); on == "" || back != "" && back < on {
		on, question, label, what = back, scoring.AskReturn, "button.called", c.say("due.return", "said", said)
	}
	if err := l.add(ctx, c, deal, on, what); err != nil {
		return err
	}
	if len(l.buttons) < fewButtons && (c.manages() || deal.Owner == c.req.Member.ID) {
		l.buttons = append(l.buttons, c.button(label, dealLine("refusal", deal, string(question), promiseDone), "deal", brief(deal.Name, 40)))
	}
	return nil
}

func (l *dueList) add(ctx context.Context, c *call, deal storage.Deal, on, what string) error {
	owner, err := c.handle(ctx, deal.Owner)
	if err != nil {
		return err
	}
	when := c.date(on)
	if on < c.today().String() {
		when, l.late = c.say("due.late", "day", when), l.late+1
	}
	l.rows = append(l.rows, []string{when, hash(deal.Number), brief(deal.Name, 60), brief(owner, 40), brief(what, bot.MaxCell)})
	return nil
}

// message draws what is waiting.
func (l *dueList) message(c *call) bot.Message {
	msg := bot.Message{Title: c.say("due.title", "count", len(l.rows), "late", l.late), Private: c.private(), Buttons: l.buttons}
	if len(l.rows) == 0 {
		msg.Title = c.say("due.nothing")
		return msg
	}
	msg.Table = &bot.Table{Columns: []bot.Column{{}, {}, {}, {}, {}}, Rows: l.rows}
	if l.more {
		msg.Note = c.say("due.more", "most", dueMost)
	}
	return msg
}
