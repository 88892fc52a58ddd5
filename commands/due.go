package commands

import (
	"context"
	"slices"
	"strings"

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

// due shows what is waiting: what was promised after a no, next steps, deals that
// wait, reminders, and decisions to look at again.
func due(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "due", Summary: "due.summary", Examples: []string{"due", "due @ivanov"},
		Args: []bot.Arg{{Name: "who", Kind: k.who, Optional: true, Rest: true}},
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) {
			if err := c.useOwnWords(ctx); err != nil {
				return bot.Message{}, err
			}
			owner, err := c.whoseOrAll()
			if err != nil {
				return bot.Message{}, err
			}
			list, err := c.dueList(ctx, owner)
			if err != nil {
				return bot.Message{}, err
			}
			return list.message(c), nil
		}),
	}
}

// dueList is what is waiting, of each kind the first dueMost.
type dueList struct {
	rows []dueRow
	more bool
}

// A dueRow is one thing that is waiting, and what can be done about it.
type dueRow struct {
	on                       string // a day such as "2027-01-25"
	number, about, who, what string
	button                   bot.Button
}

func (c *call) dueList(ctx context.Context, owner int64) (dueList, error) {
	var list dueList
	until := c.today().AddDays(dueAhead).String()
	promised, err := c.tx.FollowOns(ctx, owner, until, dueMost+1)
	if err != nil {
		return list, err
	}
	steps, err := c.tx.NextSteps(ctx, owner, until, dueMost+1)
	if err != nil {
		return list, err
	}
	list.more = len(promised) > dueMost || len(steps) > dueMost
	for _, deal := range promised[:min(len(promised), dueMost)] {
		for _, row := range c.promises(deal, until) {
			if err := list.add(ctx, c, deal, row); err != nil {
				return list, err
			}
		}
	}
	for _, deal := range steps[:min(len(steps), dueMost)] {
		row := dueRow{
			on: deal.NextStepOn, what: brief(deal.NextStep, 100),
			button: c.button("button.nextstep.of", lookLine("nextstep", deal), "deal", brief(deal.Name, 40)),
		}
		if err := list.add(ctx, c, deal, row); err != nil {
			return list, err
		}
	}
	if err := list.waits(ctx, c, owner, until); err != nil {
		return list, err
	}
	if err := list.reminders(ctx, c, owner, until); err != nil {
		return list, err
	}
	err = list.reviews(ctx, c, owner)
	return list, err
}

// promises are what was promised after a no until the end of a day, with the old
// objection.
func (c *call) promises(deal storage.Deal, until string) []dueRow {
	a := deal.Aftermath
	said := c.cause(deal.Refusal().Cause())
	if deal.Words != "" && !c.public() {
		said += ": " + deal.Words
	}
	done := func(key string, question scoring.RefusalQuestion) bot.Button {
		return c.button(key, dealLine("refusal", deal, string(question), promiseDone), "deal", brief(deal.Name, 40))
	}
	var rows []dueRow
	if on := a.Return.Due(); on != "" && on <= until {
		rows = append(rows, dueRow{on: on, what: c.say("due.return", "said", said), button: done("button.called", scoring.AskReturn)})
	}
	if on := a.Door.Due(); on != "" && on <= until {
		what := c.say("due.send", "what", c.sends(a.Door), "said", said)
		rows = append(rows, dueRow{on: on, what: what, button: done("button.sent", scoring.AskDoor)})
	}
	return rows
}

func (l *dueList) add(ctx context.Context, c *call, deal storage.Deal, row dueRow) error {
	owner, err := c.handle(ctx, deal.Owner)
	row.number, row.about, row.who = hash(deal.Number), brief(deal.Name, 60), brief(owner, 40)
	l.rows = append(l.rows, row)
	return err
}

// message draws what is waiting, the oldest first, with what can be done about
// the first of it.
func (l *dueList) message(c *call) bot.Message {
	if len(l.rows) == 0 {
		return bot.Message{Title: c.say("due.nothing"), Private: c.private()}
	}
	slices.SortStableFunc(l.rows, func(a, b dueRow) int { return strings.Compare(a.on, b.on) })
	msg := bot.Message{Table: &bot.Table{Columns: []bot.Column{{}, {}, {}, {}, {}}}, Private: c.private()}
	late := 0
	for _, row := range l.rows {
		when := c.date(row.on)
		if row.on < c.today().String() {
			when, late = c.say("due.late", "day", when), late+1
		}
		msg.Table.Rows = append(msg.Table.Rows, []string{when, row.number, row.about, row.who, brief(row.what, bot.MaxCell)})
		if len(msg.Buttons) < fewButtons && row.button.Line != "" {
			msg.Buttons = append(msg.Buttons, row.button)
		}
	}
	args := []any{"count", len(l.rows), "late", late, "day", c.date(c.today().AddDays(dueAhead).String())}
	msg.Title = c.say("due.title", args...)
	if l.more {
		msg.Title = c.say("due.part", args...)
		msg.Note = c.say("due.more", "most", dueMost)
	}
	return msg
}
