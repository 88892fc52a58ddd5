package commands

import (
	"context"
	"errors"
	"strings"
	"time"

	"fifteen/bot"
	"fifteen/commands/internal/typed"
	"fifteen/storage"
)

// activityKinds are what a rep reports, in the order that reports show them.
var activityKinds = []string{"call", "conversation", "appointment", "meeting", "proposal", "research", "referral", "training"}

// logActivity keeps what a member has done: so many calls, or a meeting at a deal.
func logActivity(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "log", Summary: "log.summary", Writes: true,
		Examples: []string{"log calls 12", "log meeting Acme", "log call #1 2"},
		Args: []bot.Arg{
			{Name: "first", Kind: firstCountKind{}, Optional: true, Hidden: true}, // log 3 calls
			{Name: "activity", Kind: activityKind{k.activity}},
			{Name: "deal", Kind: placeKind{k.deal}, Optional: true},
			{Name: "count", Kind: countKind{deps: d}, Optional: true},
		},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			done := storage.Activity{Member: c.req.Member.ID, Kind: c.req.Text("activity"), Count: c.req.Int("count", c.req.Int("first", 1))}
			if twice, err := c.loggedNow(ctx); err != nil || twice {
				return bot.Message{Text: []string{c.say("log.twice")}}, err
			}
			key, args := "log.done", []any{"what", c.counted(done.Kind, done.Count)}
			var buttons []bot.Button
			if c.req.Has("deal") {
				deal, err := c.visible(ctx)
				if err != nil {
					return bot.Message{}, err
				}
				if c.req.Revision > 0 && c.req.Revision != deal.Revision {
					return bot.Message{}, &movedError{deal: deal, draw: dealCard}
				}
				done.Deal = deal.Number
				key, args = "log.done.at", append(args, "deal", brief(deal.Name, 60))
				buttons = []bot.Button{c.showButton(deal)}
			}
			if _, err := c.tx.AddActivity(ctx, done, c.author("log")); err != nil {
				return bot.Message{}, err
			}
			said := c.say(key, args...)
			if c.req.Chat.Private { // a member's week is shown to nobody else
				week, err := c.tx.ActivityTotals(ctx, c.req.Member.ID, c.weekStart(), c.req.At.Add(tick))
				if err != nil {
					return bot.Message{}, err
				}
				said = joined(" ", said, c.say("log.week", "list", c.countedAll(week)))
			}
			return bot.Message{Text: []string{said}, Buttons: append([]bot.Button{c.undoButton()}, buttons...)}, nil
		}),
	}
}

// loggedNow tells whether a button was pressed right after the asker has logged
// something: a second click must not log it again.
func (c *call) loggedNow(ctx context.Context) (bool, error) {
	if c.req.Way != bot.Pressed {
		return false, nil
	}
	last, err := c.tx.LastChange(ctx, c.req.Member.ID)
	if errors.Is(err, storage.ErrNotFound) {
		return false, nil
	}
	return last.Author.Command == "log" && c.now.Sub(last.Author.At) < time.Minute, err
}

// counted writes "3 calls".
func (s speech) counted(kind string, count int64) string {
	return s.say("activities."+kind, "count", count, "number", s.locale().Number(count))
}

// countedAll writes "14 calls, 2 meetings".
func (s speech) countedAll(totals []storage.ActivityTotal) string {
	var parts []string
	for _, kind := range activityKinds {
		if count := countOf(totals, 0, kind); count > 0 {
			parts = append(parts, s.counted(kind, count))
		}
	}
	return strings.Join(parts, ", ")
}

// countOf adds up one kind of activity of a member, or of everybody for 0.
func countOf(totals []storage.ActivityTotal, member int64, kind string) (count int64) {
	for _, total := range totals {
		if total.Kind == kind && (member == 0 || total.Member == member) {
			count += total.Count
		}
	}
	return count
}

// weekStart returns when the week began where the workspace is: on Monday.
func (c *call) weekStart() time.Time {
	today := typed.DateOf(c.req.At.In(c.home))
	return today.AddDays(-((int(today.Weekday()) + 6) % 7)).In(c.home)
}
