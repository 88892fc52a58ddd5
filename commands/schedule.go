package commands

import (
	"context"
	"slices"
	"time"

	"fifteen/bot"
	"fifteen/commands/internal/rule"
	"fifteen/storage"
)

// The commands that change schedules, as the audit trail names them.
const (
	nameSchedule     = "schedule"
	nameScheduleStop = "schedule stop"
	nameScheduleTake = "schedule take"
	nameMondays      = "schedule mondays"
)

// mostSchedules is how many schedules may go on in a workspace, mostOwn how many
// of a rep's.
const (
	mostSchedules = 100
	mostOwn       = 10
)

// schedule has a line answered again and again: for a chat, for a member, or for
// each rep.
func schedule(d *Deps, k kinds) bot.Command {
	write := d.write(func(ctx context.Context, c *call) (bot.Message, error) {
		return c.addSchedule(ctx, bot.Value[storage.Schedule](c.req, "order"))
	})
	return bot.Command{
		Name: nameSchedule, Summary: "schedule.summary", Writes: true,
		Examples: []string{
			"schedule who mon 09:00", "schedule refusals every 2 weeks fri 16:00 in #sales",
			"schedule next workdays 9:30 each rep", "schedule forecast monthly 1 8:00 to me",
		},
		Args: []bot.Arg{{Name: "what", Kind: bot.TextKind, Rest: true}},
		Run: func(ctx context.Context, req bot.Request) (bot.Reply, error) {
			order, err := d.readOrder(ctx, k, req)
			if err != nil {
				return bot.Reply{}, err
			}
			return write(ctx, req.WithArg("order", order))
		},
	}
}

// addSchedule stores a schedule unless there is one just like it.
func (c *call) addSchedule(ctx context.Context, s storage.Schedule) (bot.Message, error) {
	s.Maker, s.Role = c.req.Member.ID, c.req.Member.Role.String()
	live, err := c.tx.Schedules(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	if at := slices.IndexFunc(live, func(o storage.Schedule) bool { return alike(o, s) }); at >= 0 {
		return c.scheduled(ctx, live[at], "schedule.same")
	}
	if err := c.roomFor(live, 1); err != nil {
		return bot.Message{}, err
	}
	if s, err = c.tx.AddSchedule(ctx, s, c.author(nameSchedule)); err != nil {
		return bot.Message{}, err
	}
	if err := c.tellScheduled(ctx, s); err != nil {
		return bot.Message{}, err
	}
	return c.scheduled(ctx, s, "schedule.done")
}

// alike tells whether two schedules say the same to the same at the same times. A
// rep's says less than a manager's, and other things than another rep's.
func alike(a, b storage.Schedule) bool {
	same := a.Maker == b.Maker || byManager(a) && byManager(b)
	return same && a.Line == b.Line && a.Rule == b.Rule && a.Zone == b.Zone && a.Audience == b.Audience && a.Member == b.Member &&
		(a.Audience != storage.ForChat || a.Platform == b.Platform && a.Chat == b.Chat)
}

// byManager tells whether a schedule says what a manager sees.
func byManager(s storage.Schedule) bool { return s.Role != bot.Rep.String() }

// roomFor refuses more schedules than anybody reads.
func (c *call) roomFor(live []storage.Schedule, more int) error {
	own := more
	for _, s := range live {
		if s.Maker == c.req.Member.ID {
			own++
		}
	}
	show, line := c.say("button.schedules"), "schedules"
	switch {
	case len(live)+more > mostSchedules:
		return bot.Problem("schedule.most", "most", mostSchedules).Button(show, line)
	case own > mostOwn && !c.manages():
		return bot.Problem("schedule.mostown", "most", mostOwn).Button(show, line)
	}
	return nil
}

// scheduled echoes a schedule with its next dates.
func (c *call) scheduled(ctx context.Context, s storage.Schedule, key string) (bot.Message, error) {
	text, err := c.described(ctx, s)
	if err != nil {
		return bot.Message{}, err
	}
	when, err := rule.Read(s.Rule)
	if err != nil {
		return bot.Message{}, err
	}
	zone, err := c.zoneFor(ctx, s)
	if err != nil {
		return bot.Message{}, err
	}
	off, err := c.daysOff(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	msg := bot.Message{
		Title:   brief(c.say(key, "number", s.Number, "what", text), bot.MaxTitle),
		Text:    []string{c.say("schedule.next", "days", c.upcoming(when, zone, off), "clock", when.At.String(), "zone", c.zoneName(s, zone))},
		Buttons: []bot.Button{c.undoButton(), c.button("button.schedules", "schedules")},
		Private: !c.req.Chat.Private && s.Audience != storage.ForChat,
	}
	if key == "schedule.same" {
		msg.Buttons = msg.Buttons[1:]
	}
	return msg, nil
}

// described says what a schedule does: "who, every week on Mon at 09:00, in
// #sales".
func (c *call) described(ctx context.Context, s storage.Schedule) (string, error) {
	when, err := rule.Read(s.Rule)
	if err != nil {
		return "", err
	}
	for _, id := range []int64{s.Maker, s.Member} { // so that members are there
		if _, err := c.member(ctx, id); err != nil && id != 0 {
			return "", err
		}
	}
	return c.say("schedule.what", "line", brief(s.Line, 60), "rule", c.rule(when), "for", c.audience(s, c.members)), nil
}

// zoneFor returns where a schedule's clock stands; each rep has a clock of their
// own, and here stands the workspace's for all.
func (c *call) zoneFor(ctx context.Context, s storage.Schedule) (*time.Location, error) {
	zone := zoneOf(s.Zone, c.home)
	if s.Zone != "" || s.Audience != storage.ForMember {
		return zone, nil
	}
	m, err := c.member(ctx, s.Member)
	return zoneOf(m.Zone, c.home), err
}

// zoneName says where a schedule's clock stands.
func (c *call) zoneName(s storage.Schedule, zone *time.Location) string {
	if s.Zone == "" && s.Audience == storage.ForReps {
		return c.say("schedule.zone.reps")
	}
	return c.say("schedule.zone", "zone", zone.String())
}

// tellScheduled tells a member of what somebody else has scheduled for them.
func (c *call) tellScheduled(ctx context.Context, s storage.Schedule) error {
	if s.Audience != storage.ForMember {
		return nil
	}
	text, err := c.described(ctx, s)
	if err != nil {
		return err
	}
	return c.tell(ctx, s.Member, func(to speech) bot.Message {
		return bot.Message{
			Text:    []string{to.say("schedule.told", "who", brief("@"+c.req.Member.Name, 40), "what", text)},
			Buttons: []bot.Button{to.button("button.schedules", "schedules")},
		}
	})
}
