package commands

import (
	"slices"
	"strconv"
	"strings"

	"fifteen/bot"
	"fifteen/storage"
)

// drawCheckin draws the open question of a day, or what was answered when there is
// none. lead is what the last answer did; fresh says that there is something to take
// back.
func (c *call) drawCheckin(known reportDay, lead string, fresh bool) bot.Message {
	var msg bot.Message
	switch what := known.asks(); what {
	case "":
		return c.checkedIn(known, fresh)
	case checkinDone:
		msg = c.askMoved(known)
	default:
		msg = c.askTally(known, what, fresh)
	}
	msg.Title = c.checkinTitle(known)
	msg.Text[0] = joined("\n", lead, msg.Text[0])
	msg.Redraw, msg.Private = true, !c.req.Chat.Private
	if fresh {
		msg.Buttons = append(msg.Buttons, c.undoButton())
	}
	return msg
}

// checkinTitle says which day it is, and how far one has come. Deals are not asked
// about where there are none.
func (c *call) checkinTitle(known reportDay) string {
	number, of := 1, 3
	if known.said.Calls {
		number++
	}
	if known.asks() == checkinDone {
		number++
	} else if len(known.open) == 0 {
		of--
	}
	return c.say("checkin.title", "day", c.date(known.day.String()), "number", number, "of", of)
}

// tallies are the round numbers that are offered as answers.
var tallies = map[string][]int64{
	checkinCalls:    {5, 10, 15, 20, 30, 40, 60, 80, 100, 150, 200, 300},
	checkinMeetings: {1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20},
}

// askTally asks how many there were in all. What is logged already may be all.
func (c *call) askTally(known reportDay, what string, fresh bool) bot.Message {
	already := countOf(known.totals, 0, tallied[what])
	text, all := c.say("ask.checkin."+what), c.say("checkin.none")
	if already > 0 {
		text = joined(" ", text, c.say("checkin.known", "count", already, "number", c.locale().Number(already)))
		all = c.say("checkin.all", "number", c.locale().Number(already))
	}
	answer := func(label string, n int64) bot.Button {
		return bot.Button{Label: brief(label, bot.MaxButtonLabel), Line: known.answer(what, strconv.FormatInt(n, 10))}
	}
	msg := bot.Message{Text: []string{text}, Buttons: []bot.Button{answer(all, already)}}
	most := 4
	if fresh { // there is an answer to take back
		most--
	}
	for _, n := range tallies[what] {
		if n > already && len(msg.Buttons) < most {
			msg.Buttons = append(msg.Buttons, answer(c.locale().Number(n), n))
		}
	}
	msg.Buttons = append(msg.Buttons, c.button("button.othernumber", known.line(what)))
	return msg
}

// movingButtons is how many deals get a button; the others are in the menu.
const movingButtons = 3

// askMoved asks whether a deal moved on, and offers the next step of each.
func (c *call) askMoved(known reportDay) bot.Message {
	text, label := c.say("checkin.moves"), "checkin.nomove"
	if len(known.moved) > 0 {
		text = joined(" ", text, c.say("checkin.moved.known", "list", c.movedList(known.moved)))
		label = "checkin.nomore"
	}
	msg := bot.Message{Text: []string{text}, Buttons: []bot.Button{c.button(label, known.answer(checkinDone))}}
	var more []bot.Button
	for _, deal := range known.open {
		button, ok := c.moveButton(known, deal)
		switch {
		case !ok:
		case len(msg.Buttons) <= movingButtons:
			msg.Buttons = append(msg.Buttons, button)
		default:
			more = append(more, button)
		}
	}
	if len(more) > 0 {
		msg.Menu = &bot.Menu{Label: c.say("checkin.otherdeal"), Options: more}
	}
	if len(known.open) > 0 {
		msg.Note = c.say("checkin.back", "deal", hash(known.open[0].Number))
	}
	return msg
}

// moveButton takes a deal to its next step; ok is false when it has none. Winning
// asks for the amount, as it does elsewhere.
func (c *call) moveButton(known reportDay, deal storage.Deal) (bot.Button, bool) {
	steps := c.funnel().Steps
	at := c.funnel().Position(deal.Step)
	if at >= len(steps) {
		return bot.Button{}, false
	}
	next, line := steps[at], dealLine("won", deal)
	if !next.Signed {
		line = dealLine(nameCheckinMove, deal, string(next.ID), known.day.String())
	}
	button := c.button("checkin.goes", line, "deal", brief(deal.Name, 40), "step", brief(c.step(next.ID), 30))
	return button, len(line) <= bot.MaxButtonLine
}

// movedList writes "Acme at presentation, Bolt at contact".
func (c *call) movedList(moved []storage.Deal) string {
	const most = 10
	var parts []string
	for _, deal := range moved[:min(len(moved), most)] {
		parts = append(parts, c.say("checkin.at", "deal", brief(deal.Name, 60), "step", brief(c.step(deal.Step), maxStepName)))
	}
	if more := len(moved) - most; more > 0 {
		parts = append(parts, c.say("checkin.more", "count", more))
	}
	return strings.Join(parts, ", ")
}

// checkedIn says what there was on a day that is told, and which next step is
// missing.
func (c *call) checkedIn(known reportDay, fresh bool) bot.Message {
	moves := c.say("checkin.nobody")
	if len(known.moved) > 0 {
		moves = c.movedList(known.moved)
	}
	list := joined(", ", c.tally(known, checkinCalls), c.tally(known, checkinMeetings), c.countedAll(known.besides()), moves)
	msg := bot.Message{
		Text:   []string{c.say("checkin.done", "day", c.date(known.day.String()), "list", list)},
		Redraw: true, Private: !c.req.Chat.Private,
	}
	var names []string
	for _, deal := range known.moved {
		if deal.Open() && deal.NextStep == "" && deal.Owner == c.req.Member.ID && len(names) < movingButtons {
			names = append(names, brief(deal.Name, 60))
			msg.Buttons = append(msg.Buttons,
				c.button("button.nextstep.of", lookLine("nextstep", deal), "deal", brief(deal.Name, 40)))
		}
	}
	if len(names) > 0 {
		msg.Text = append(msg.Text, c.say("checkin.nonext", "count", len(names), "list", strings.Join(names, ", ")))
	}
	if fresh {
		msg.Buttons = append(msg.Buttons, c.undoButton())
	}
	more := countOf(known.totals, 0, tallied[checkinCalls]) + 1
	msg.Note = c.say("checkin.add", "line", c.sayLine(known, checkinCalls, strconv.FormatInt(more, 10)))
	return msg
}

// tally writes "7 calls", or that there were none.
func (c *call) tally(known reportDay, what string) string {
	kind := tallied[what]
	if n := countOf(known.totals, 0, kind); n > 0 {
		return c.counted(kind, n)
	}
	return c.say("checkin.no." + what)
}

// besides returns what was logged that no question is about.
func (r reportDay) besides() []storage.ActivityTotal {
	return slices.DeleteFunc(slices.Clone(r.totals), func(t storage.ActivityTotal) bool {
		return t.Kind == tallied[checkinCalls] || t.Kind == tallied[checkinMeetings]
	})
}
