package commands

import (
	"context"
	"strconv"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// answerCheckin stores an answer about a day, and asks the next question in the
// same message. A number is the day's total: what is not logged yet is logged.
func answerCheckin(ctx context.Context, c *call) (bot.Message, error) {
	known, err := c.reportDay(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	if c.req.Revision > 0 && c.req.Revision != known.said.Revision+1 {
		return c.overtaken(known), nil
	}
	what := c.req.Text("what")
	if what == "" {
		what = known.asks()
	}
	after, done, lead := known.said, storage.Activity{}, ""
	switch {
	case c.req.Text("what") == checkinDone:
		after.Calls, after.Meetings, after.Steps = true, true, true
	case tallied[what] == "":
		return bot.Message{}, c.whichTally()
	default:
		if done, err = c.missingOf(known, what); err != nil {
			return c.unlessPressed(known, err)
		}
		after.Calls, after.Meetings = after.Calls || what == checkinCalls, after.Meetings || what == checkinMeetings
		// Without a deal there is nothing more to ask.
		after.Steps = after.Steps || after.Calls && after.Meetings && len(known.open) == 0
	}
	saved, err := c.tx.SaveCheckin(ctx, known.said, after, done, c.author(nameCheckin))
	if err != nil {
		return bot.Message{}, err
	}
	fresh := saved.Revision != known.said.Revision || done.Count > 0
	if known, err = c.reportDay(ctx); err != nil {
		return bot.Message{}, err
	}
	if fresh && tallied[what] != "" {
		lead = c.say("log.done", "what", c.tally(known, what))
	}
	msg := c.drawCheckin(known, lead, fresh)
	err = c.awaitTally(ctx, known, &msg)
	return msg, err
}

// missingOf returns what is to be logged so that the day has as many of something
// as the line says.
func (c *call) missingOf(known reportDay, what string) (storage.Activity, error) {
	total, already := c.req.Int("count", 0), countOf(known.totals, 0, tallied[what])
	if total < already {
		problem := bot.Problem("checkin.fewer", "what", c.counted(tallied[what], already), "day", c.date(known.day.String()),
			"number", c.locale().Number(already))
		problem.Arg = "count"
		return storage.Activity{}, problem.Offer(c.say("checkin.all", "number", c.locale().Number(already)), strconv.FormatInt(already, 10), known.said.Revision+1)
	}
	done := storage.Activity{Member: c.req.Member.ID, Kind: tallied[what], Count: total - already}
	if known.day.Before(c.today()) { // told later, but it was then
		done.At = known.day.AddDays(1).In(c.zone).Add(-tick)
	}
	return done, nil
}

// unlessPressed draws a day as it is now where a button's number is too small by
// now; a number that was typed is a mistake.
func (c *call) unlessPressed(known reportDay, err error) (bot.Message, error) {
	if c.req.Way == bot.Pressed {
		return c.overtaken(known), nil
	}
	return bot.Message{}, err
}

// whichTally asks what a bare number counts, when no number is asked for.
func (c *call) whichTally() error {
	problem := bot.Problem("checkin.which", "number", c.locale().Number(c.req.Int("count", 0)))
	problem.Arg = "what"
	for _, what := range []string{checkinCalls, checkinMeetings} {
		problem.Offer(c.say("reported."+what), what, 0)
	}
	return problem
}

// overtaken draws a day as it is now, for a button from before; nothing has been
// written.
func (c *call) overtaken(known reportDay) bot.Message {
	msg := c.drawCheckin(known, "", false)
	msg.Note = c.say("checkin.overtaken")
	return msg
}

// checkinMove takes a deal to a step in answer to the question about a day, and
// comes back to it.
func checkinMove(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: nameCheckinMove, Summary: "checkin.move.summary", Writes: true, Hidden: true,
		Args: []bot.Arg{
			{Name: "deal", Kind: k.deal}, {Name: "step", Kind: k.step}, {Name: "day", Kind: k.pastDay, Optional: true},
		},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			if err := c.useSteps(ctx); err != nil {
				return bot.Message{}, err
			}
			known, err := c.reportDay(ctx)
			if err != nil {
				return bot.Message{}, err
			}
			before, err := c.openDeal(ctx, func(context.Context, *call, storage.Deal) (bot.Message, error) {
				return c.drawCheckin(known, "", false), nil
			})
			if err != nil {
				return bot.Message{}, err
			}
			if known.said.Steps {
				return c.overtaken(known), nil
			}
			return c.moveOn(ctx, before, scoring.Step(c.req.Text("step")))
		}),
	}
}

// moveOn takes a deal to a step and asks again.
func (c *call) moveOn(ctx context.Context, before storage.Deal, to scoring.Step) (bot.Message, error) {
	if err := c.mayStep(before, to); err != nil {
		return bot.Message{}, err
	}
	after := before
	after.Step = to
	after, err := c.tx.SaveDeal(ctx, before, after, c.author("step"))
	if err != nil {
		return bot.Message{}, err
	}
	if err := c.tellOwner(ctx, after, "told.changed"); err != nil {
		return bot.Message{}, err
	}
	known, err := c.reportDay(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	return c.drawCheckin(known, "", true), nil
}
