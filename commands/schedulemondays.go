package commands

import (
	"context"
	"slices"

	"fifteen/bot"
	"fifteen/storage"
)

// mondays are the digests that a new workspace is offered, and mondayRule when.
var mondays = []string{"who", "funnel"}

const mondayRule = "mon 09:00"

// scheduleMondays schedules the Monday digests in the channel that it is said in, and
// in the team's where it is said to the bot alone.
func scheduleMondays(d *Deps) bot.Command {
	write := d.write(func(ctx context.Context, c *call) (bot.Message, error) {
		order := bot.Value[storage.Schedule](c.req, "order")
		if c.req.Chat.Private {
			home, err := c.tx.Workspace(ctx)
			if err != nil {
				return bot.Message{}, err
			}
			order = c.forTeam(home)
		}
		return c.storeMondays(ctx, order)
	})
	return bot.Command{
		Name: nameMondays, Summary: "schedule.mondays.summary", Writes: true, Hidden: true, Role: bot.Manager,
		Run: func(ctx context.Context, req bot.Request) (bot.Reply, error) {
			return write(ctx, req.WithArg("order", placed(ctx, req)))
		},
	}
}

// storeMondays stores the Monday digests where the chat does not have them.
func (c *call) storeMondays(ctx context.Context, s storage.Schedule) (bot.Message, error) {
	live, err := c.tx.Schedules(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	if c.req.Revision > 0 && c.req.Revision != revisionOf(live) {
		return bot.Message{}, bot.Problem("schedule.mondays.moved").Button(c.say("button.schedules"), "schedules")
	}
	var wanted []storage.Schedule
	for _, line := range mondays {
		s.Line, s.Rule, s.Maker, s.Role = line, mondayRule, c.req.Member.ID, c.req.Member.Role.String()
		if !slices.ContainsFunc(live, func(o storage.Schedule) bool { return alike(o, s) }) {
			wanted = append(wanted, s)
		}
	}
	if len(wanted) == 0 {
		return bot.Message{}, bot.Problem("schedule.mondays.same").Button(c.say("button.schedules"), "schedules")
	}
	if err := c.roomFor(live, len(wanted)); err != nil {
		return bot.Message{}, err
	}
	added, err := c.tx.AddSchedules(ctx, wanted, c.author(nameMondays))
	if err != nil {
		return bot.Message{}, err
	}
	msg, err := c.scheduled(ctx, added[0], "schedule.done")
	msg.Title = brief(c.say("schedule.mondays.done", "for", c.audience(added[0], c.members)), bot.MaxTitle)
	return msg, err
}

// offerMondays is a button that schedules the Monday digests, for a manager while
// neither of them is said anywhere.
func (c *call) offerMondays(live []storage.Schedule) (bot.Button, bool) {
	offered := slices.ContainsFunc(live, func(s storage.Schedule) bool { return byManager(s) && slices.Contains(mondays, s.Line) })
	return c.button("button.mondays", nameMondays+" "+bot.Revision(revisionOf(live))), c.manages() && !offered
}

// addMondays offers the Monday digests below an answer that everybody in a channel
// reads, while neither of them is said anywhere.
func (c *call) addMondays(ctx context.Context, msg *bot.Message) error {
	if c.req.Chat.Private || msg.Private || !c.manages() {
		return nil
	}
	live, err := c.tx.Schedules(ctx)
	if err != nil {
		return err
	}
	if offer, ok := c.offerMondays(live); ok {
		msg.Buttons = append(msg.Buttons, offer)
	}
	return nil
}

// revisionOf is the revision of a list of schedules, for a button that adds to it.
func revisionOf(live []storage.Schedule) int64 {
	revision := int64(1)
	for _, s := range live {
		revision += s.Number
	}
	return revision
}
