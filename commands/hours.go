package commands

import (
	"context"

	"fifteen/bot"
	"fifteen/commands/internal/hours"
	"fifteen/storage"
)

// nameHours, nameAway, nameBack and nameWait are the commands that say when not to
// ask, as the audit trail names them.
const (
	nameHours = "hours"
	nameAway  = "away"
	nameBack  = "back"
	nameWait  = "wait"
)

// workingHours shows when the asker works, or changes it.
func workingHours(d *Deps, k kinds) bot.Command {
	show := d.read(func(ctx context.Context, c *call) (bot.Message, error) {
		m, err := c.tx.Member(ctx, c.req.Member.ID)
		if err != nil {
			return bot.Message{}, err
		}
		return c.hoursOf(ctx, m)
	})
	change := d.write(changeHours)
	return bot.Command{
		Name: nameHours, Summary: "hours.summary",
		Examples: []string{"hours", "hours 8:00-16:00 mon-thu", "hours default"},
		Args:     []bot.Arg{{Name: "hours", Kind: k.hours, Optional: true, Writes: true}},
		Run: func(ctx context.Context, req bot.Request) (bot.Reply, error) {
			if !req.Has("hours") {
				return show(ctx, req)
			}
			return change(ctx, req)
		},
	}
}

func changeHours(ctx context.Context, c *call) (bot.Message, error) {
	before, err := c.tx.Member(ctx, c.req.Member.ID)
	if err != nil {
		return bot.Message{}, err
	}
	after, asked := before, bot.Value[hours.Typed](c.req, "hours")
	switch {
	case asked == hours.Typed{}:
		after.Hours, after.Days = "", ""
	case asked.Span != hours.Span{}:
		after.Hours = asked.Span.String()
	}
	if asked.Days != 0 {
		after.Days = asked.Days.String()
	}
	if err := c.tx.SaveMember(ctx, before, after, c.author(nameHours)); err != nil {
		return bot.Message{}, err
	}
	msg, err := c.hoursOf(ctx, after)
	if before == after {
		msg.Note = c.say("settings.same")
		return msg, err
	}
	msg.Buttons = []bot.Button{c.undoButton()}
	return msg, err
}

// hoursOf says when the asker works, and whose hours these are.
func (c *call) hoursOf(ctx context.Context, m storage.Member) (bot.Message, error) {
	home, err := c.tx.Workspace(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	calendar := calendarOf(home, m, c.zone)
	text := c.say("hours.show", "hours", c.workingTime(calendar), "zone", c.zone.String())
	if off, ok := calendar.NextOff(c.today()); ok {
		text += " " + c.say("hours.off", "day", c.dayOff(home, off))
	}
	msg := bot.Message{Text: []string{text}, Note: c.say("hours.home"), Private: !c.req.Chat.Private}
	if m.Hours != "" || m.Days != "" {
		msg.Note = c.say("hours.own")
	}
	if calendar.Away(c.today()) {
		msg.Text = append(msg.Text, c.say("away.until", "day", c.date(m.AwayUntil)))
		msg.Buttons = []bot.Button{c.backButton(m)}
	}
	return msg, nil
}
