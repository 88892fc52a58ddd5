package commands

import (
	"context"
	"strings"
	"time"

	"fifteen/bot"
	"fifteen/commands/internal/typed"
	"fifteen/scoring"
	"fifteen/storage"
)

// nameCheckin and nameCheckinMove are the commands of the check-in.
const (
	nameCheckin     = "checkin"
	nameCheckinMove = "checkin move"
)

// What can be answered about a day; checkinDone says that nothing is left to add.
const (
	checkinCalls    = "calls"
	checkinMeetings = "meetings"
	checkinDone     = "done"
)

// tallied are the kinds of activity that are asked for.
var tallied = map[string]string{checkinCalls: "call", checkinMeetings: "meeting"}

// checkin asks what there was on a day, one question at a time: how many calls, how
// many meetings, and whether a deal moved on. A line that a schedule sends is
// answered with the open question, and with an empty message when there is none.
func checkin(d *Deps, k kinds) bot.Command {
	show, open, answer := d.read(showCheckin), d.write(openCheckin), d.write(answerCheckin)
	return bot.Command{
		Name: nameCheckin, Aliases: []string{"check-in", "check in"}, Summary: "checkin.summary", Personal: true,
		Examples: []string{"checkin", "checkin 7", "checkin yesterday", "checkin calls 9"},
		Args: []bot.Arg{
			{Name: "day", Kind: k.pastDay, Optional: true},
			{Name: "what", Kind: k.reported, Optional: true, Writes: true},
			{Name: "count", Kind: k.tally, Optional: true, Writes: true},
		},
		Run: func(ctx context.Context, req bot.Request) (bot.Reply, error) {
			switch {
			case req.Has("count") || req.Text("what") == checkinDone:
				return answer(ctx, req)
			case req.Has("what"):
				return bot.Reply{}, bot.Missing("count", "ask.checkin."+req.Text("what"))
			case req.Way == bot.Scheduled || !req.Chat.Private:
				return show(ctx, req)
			}
			return open(ctx, req)
		},
	}
}

// reportDay is what is known of one day of the asker's.
type reportDay struct {
	day    typed.Date
	said   storage.Checkin
	totals []storage.ActivityTotal
	// moved are the deals that stand at another step than on the day before, and
	// open those that can move, the likeliest first.
	moved, open []storage.Deal
}

// asks returns the question that is open, "" when none is. Which one that is
// follows from what is stored, so that any chat goes on at the right one.
func (r reportDay) asks() string {
	switch {
	case !r.said.Calls:
		return checkinCalls
	case !r.said.Meetings:
		return checkinMeetings
	case !r.said.Steps:
		return checkinDone
	}
	return ""
}

// mostMovable is how many deals are offered for moving on.
const mostMovable = 25

// reportDay reads what is known of the day that the line names, of today without
// one.
func (c *call) reportDay(ctx context.Context) (r reportDay, err error) {
	if err := c.useOwnWords(ctx); err != nil {
		return r, err
	}
	r.day = c.today()
	if c.req.Has("day") {
		r.day = bot.Value[typed.Date](c.req, "day")
	}
	me, from, to := c.req.Member.ID, r.day.In(c.zone), r.day.AddDays(1).In(c.zone)
	if r.said, err = c.tx.Checkin(ctx, me, r.day.String()); err != nil {
		return r, err
	}
	if r.totals, err = c.tx.ActivityTotals(ctx, me, from, to); err != nil {
		return r, err
	}
	if r.moved, err = c.movedOn(ctx, r.said, from, to); err != nil || r.said.Steps {
		return r, err
	}
	r.open, err = c.movable(ctx, from, to)
	return r, err
}

// movedOn returns the deals that the asker has moved on from one moment to before
// another, and while they told of that time: a step is dated by when it is told.
func (c *call) movedOn(ctx context.Context, said storage.Checkin, from, to time.Time) ([]storage.Deal, error) {
	moved, err := c.tx.MovedDeals(ctx, c.req.Member.ID, from, to)
	until := c.req.At
	if said.Steps {
		until = said.DoneAt
	}
	if err != nil || !said.Calls || !said.Meetings || until.Before(to) {
		return moved, err
	}
	told, err := c.tx.MovedDeals(ctx, c.req.Member.ID, said.TalliedAt, until.Add(tick))
	return united(moved, told), err
}

// united returns the deals of the first list, and then those that only the second
// has.
func united(first, second []storage.Deal) []storage.Deal {
	known := map[int64]bool{}
	for _, deal := range first {
		known[deal.Number] = true
	}
	for _, deal := range second {
		if !known[deal.Number] {
			first = append(first, deal)
		}
	}
	return first
}

// movable returns the asker's open deals, those first that they were busy with.
func (c *call) movable(ctx context.Context, from, to time.Time) ([]storage.Deal, error) {
	deals, err := c.tx.TouchedDeals(ctx, c.req.Member.ID, from, to, mostMovable)
	if err != nil || len(deals) == mostMovable {
		return deals, err
	}
	others, err := c.tx.OpenDeals(ctx, c.req.Member.ID, 0, scoring.BestScore, mostMovable)
	deals = united(deals, others)
	return deals[:min(len(deals), mostMovable)], err
}

// line writes a line about the day.
func (r reportDay) line(words ...string) string {
	return strings.Join(append([]string{nameCheckin, r.day.String()}, words...), " ")
}

// answer writes the line of a button that answers. It ends in how many answers
// there were when it was drawn, and one: revisions are counted from 1.
func (r reportDay) answer(words ...string) string {
	return r.line(append(words, bot.Revision(r.said.Revision+1))...)
}

// showCheckin shows the open question of a day, or what was answered. Nobody is
// bothered by a schedule when there is none.
func showCheckin(ctx context.Context, c *call) (bot.Message, error) {
	known, err := c.reportDay(ctx)
	if err != nil || known.asks() == "" && c.req.Way == bot.Scheduled {
		return bot.Message{}, err
	}
	msg := c.drawCheckin(known, "", false)
	if msg.Redraw = false; tallied[known.asks()] != "" {
		msg.Note = c.say("checkin.say", "line", c.sayLine(known, "7"))
	}
	return msg, nil
}

// sayLine writes a line about the day as one would type it.
func (c *call) sayLine(known reportDay, words ...string) string {
	if known.day == c.today() {
		return strings.Join(append([]string{nameCheckin}, words...), " ")
	}
	return known.line(words...)
}

// openCheckin is showCheckin in a private chat, whose next message may be the
// number.
func openCheckin(ctx context.Context, c *call) (bot.Message, error) {
	known, err := c.reportDay(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	msg := c.drawCheckin(known, "", false)
	msg.Redraw = false
	err = c.awaitTally(ctx, known, &msg)
	return msg, err
}

// awaitTally makes the next words in a private chat the answer to a question how
// many there were. A line stays a line.
func (c *call) awaitTally(ctx context.Context, known reportDay, msg *bot.Message) error {
	chat, what := c.req.Own(), known.asks()
	if !chat.Private {
		return nil
	}
	if err := c.tx.StopWaiting(ctx, c.req.Member.ID, chat.Platform, draftChat(c.req)); err != nil || tallied[what] == "" {
		return err
	}
	_, err := c.tx.KeepDraft(ctx, storage.Draft{
		Member: c.req.Member.ID, Platform: chat.Platform, Chat: chat.ID, Line: nameCheckin,
		Values: map[string]string{"day": known.day.String(), "what": what}, Waiting: "count", Soft: true,
		Question: c.say("ask.checkin." + what), EventKey: c.req.EventID, CreatedAt: c.req.At,
	})
	msg.Note = c.say("checkin.type")
	return err
}
