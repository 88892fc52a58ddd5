package commands

import (
	"context"

	"fifteen/bot"
	"fifteen/storage"
)

// farDay is later than any day that a reminder can have.
const farDay = "9999-12-31"

// reminders lists what somebody wants to be told: a manager everybody's, a rep the
// own and those of the own deals.
func reminders(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "reminders", Summary: "reminders.summary", Examples: []string{"reminders", "reminders me"},
		Args: []bot.Arg{{Name: "who", Kind: k.who, Optional: true, Rest: true}},
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) {
			member, err := c.whoseOrAll()
			if err != nil {
				return bot.Message{}, err
			}
			msg := bot.Message{Title: c.say("reminders.none"), Private: !c.req.Chat.Private}
			found, err := c.tx.Reminders(ctx, member, farDay, dueMost+1)
			if err != nil || len(found) == 0 {
				return msg, err
			}
			if len(found) > dueMost {
				found = found[:dueMost]
				msg.Note = c.say("reminders.more", "most", dueMost)
			}
			msg.Title = c.say("reminders.title", "count", len(found))
			msg.Table = &bot.Table{Columns: []bot.Column{{}, {}, {}, {}, {}, {}}}
			for _, r := range found {
				row, err := c.reminderRow(ctx, r)
				if err != nil {
					return msg, err
				}
				msg.Table.Rows = append(msg.Table.Rows, []string{c.date(r.Day), r.Clock, row.number, row.about, row.who, row.what})
				if len(msg.Buttons) < fewButtons {
					msg.Buttons = append(msg.Buttons, row.button)
				}
			}
			return msg, nil
		}),
	}
}

// reminderRow is a reminder as something that waits; who is who has set it.
func (c *call) reminderRow(ctx context.Context, r storage.DealReminder) (dueRow, error) {
	who, err := c.handle(ctx, r.Member)
	return dueRow{
		on: r.Day, number: hash(r.Deal), about: brief(r.Name, 60), who: brief(who, 40), what: brief(r.What, bot.MaxCell),
		button: c.button("button.reminded", reminderLine(nameRemindDone, r.Reminder), "what", brief(r.What, 40)),
	}, err
}

// reminders lists what somebody wants to be told soon, never in a channel.
func (l *dueList) reminders(ctx context.Context, c *call, owner int64, until string) error {
	if c.public() {
		return nil
	}
	found, err := c.tx.Reminders(ctx, owner, until, dueMost+1)
	if err != nil {
		return err
	}
	l.more = l.more || len(found) > dueMost
	for _, r := range found[:min(len(found), dueMost)] {
		row, err := c.reminderRow(ctx, r)
		if err != nil {
			return err
		}
		l.rows = append(l.rows, row)
	}
	return nil
}
