package commands

import (
	"context"
	"errors"
	"strconv"

	"fifteen/bot"
	"fifteen/commands/internal/rule"
	"fifteen/storage"
)

// schedules lists what is said by itself: all for a manager, and for a rep what
// they have made or get, and what is said in channels.
func schedules(d *Deps) bot.Command {
	return bot.Command{
		Name: "schedules", Summary: "schedules.summary", Examples: []string{"schedules"},
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) {
			live, err := c.tx.Schedules(ctx)
			if err != nil {
				return bot.Message{}, err
			}
			msg := bot.Message{Private: !c.req.Chat.Private, Table: &bot.Table{Columns: []bot.Column{{}, {}, {}, {}, {}, {}}}}
			for _, s := range live {
				if !c.seesSchedule(s) {
					continue
				}
				row, err := c.scheduleRow(ctx, s)
				if err != nil {
					return bot.Message{}, err
				}
				msg.Table.Rows = append(msg.Table.Rows, row)
				if c.mayStop(s) && len(msg.Buttons) < fewButtons {
					msg.Buttons = append(msg.Buttons, c.stopButton(s))
				}
			}
			msg.Title = c.say("schedules.title", "count", len(msg.Table.Rows))
			if len(msg.Table.Rows) == 0 {
				msg.Title, msg.Table = c.say("schedules.none"), nil
			}
			if offer, ok := c.offerMondays(live); ok {
				msg.Buttons = append(msg.Buttons, offer)
			}
			return msg, nil
		}),
	}
}

// seesSchedule tells whether the asker is shown a schedule.
func (c *call) seesSchedule(s storage.Schedule) bool {
	return c.manages() || s.Audience != storage.ForMember || s.Maker == c.req.Member.ID || s.Member == c.req.Member.ID
}

// mayStop tells whether the asker may end a schedule: a manager any, others their
// own, and whoever gets it.
func (c *call) mayStop(s storage.Schedule) bool {
	return c.manages() || s.Maker == c.req.Member.ID || s.Member == c.req.Member.ID
}

func (c *call) stopButton(s storage.Schedule) bot.Button {
	line := nameScheduleStop + " " + hash(s.Number) + " " + bot.Revision(s.Revision)
	return c.button("button.schedule.stop", line, "number", s.Number, "line", brief(s.Line, 30))
}

// scheduleRow is a schedule in the list, with its next date.
func (c *call) scheduleRow(ctx context.Context, s storage.Schedule) ([]string, error) {
	when, err := rule.Read(s.Rule)
	if err != nil {
		return nil, err
	}
	maker, err := c.handle(ctx, s.Maker)
	if err != nil {
		return nil, err
	}
	zone, err := c.zoneFor(ctx, s)
	if err != nil {
		return nil, err
	}
	off, err := c.daysOff(ctx)
	if err != nil {
		return nil, err
	}
	next := ""
	if slot, ok := when.Next(c.now, zone, off); ok {
		local := slot.Time.In(zone)
		next = c.say("schedules.next", "day", c.date(local.Format(dateForm)), "clock", local.Format("15:04"))
	}
	return []string{
		strconv.FormatInt(s.Number, 10), brief(s.Line, 60), c.rule(when), c.audience(s, c.members), next, brief(maker, 40),
	}, nil
}

// dateForm is how lines hold a day.
const dateForm = "2006-01-02"

// scheduleStop ends a schedule.
func scheduleStop(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: nameScheduleStop, Summary: "schedule.stop.summary", Writes: true, Examples: []string{"schedule stop 3"},
		Args: []bot.Arg{{Name: "number", Kind: k.schedule}},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			before, err := c.aSchedule(ctx)
			if err != nil {
				return bot.Message{}, err
			}
			if !before.Live() {
				return bot.Message{}, bot.Problem("schedule.over", "number", before.Number)
			}
			after := before
			after.Ended = endStopped
			if err := c.tx.SaveSchedule(ctx, before, after, c.author(nameScheduleStop)); err != nil {
				return bot.Message{}, err
			}
			text, err := c.described(ctx, before)
			if err != nil {
				return bot.Message{}, err
			}
			err = c.tell(ctx, before.Maker, func(to speech) bot.Message {
				return bot.Message{Text: []string{to.say("schedule.stopped.told", "who", brief("@"+c.req.Member.Name, 40), "what", text)}}
			})
			return bot.Message{
				Text:    []string{c.say("schedule.stopped", "what", text)},
				Buttons: []bot.Button{c.undoButton(), c.button("button.schedules", "schedules")},
				Private: !c.req.Chat.Private,
			}, err
		}),
	}
}

// aSchedule returns the schedule that the line names, if the asker may change it.
func (c *call) aSchedule(ctx context.Context) (storage.Schedule, error) {
	number := c.req.Int("number", 0)
	unknown := bot.Problem("schedule.none", "number", number)
	s, err := c.tx.Schedule(ctx, number)
	switch {
	case errors.Is(err, storage.ErrNotFound):
		return s, unknown
	case err != nil:
		return s, err
	case !c.mayStop(s):
		return s, unknown
	case c.req.Revision > 0 && c.req.Revision != s.Revision:
		return s, bot.Problem("schedule.moved", "number", number).Button(c.say("button.schedules"), "schedules")
	}
	return s, nil
}

// scheduleTake lets a manager take over a schedule that has ended, or somebody
// else's.
func scheduleTake(d *Deps) bot.Command {
	return bot.Command{
		Name: nameScheduleTake, Summary: "schedule.take.summary", Writes: true, Hidden: true, Role: bot.Manager,
		Args: []bot.Arg{{Name: "number", Kind: bot.NumberKind}},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			before, err := c.aSchedule(ctx)
			if err != nil {
				return bot.Message{}, err
			}
			live, err := c.tx.Schedules(ctx)
			if err != nil {
				return bot.Message{}, err
			}
			if !before.Live() {
				if err := c.roomFor(live, 1); err != nil {
					return bot.Message{}, err
				}
			}
			after := before
			after.Ended, after.Maker, after.Role = "", c.req.Member.ID, c.req.Member.Role.String()
			if err := c.tx.SaveSchedule(ctx, before, after, c.author(nameScheduleTake)); err != nil {
				return bot.Message{}, err
			}
			return c.scheduled(ctx, after, "schedule.taken")
		}),
	}
}
