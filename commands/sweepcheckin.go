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

// turnCheckin is the kind of the turn that reminds of a check-in, once. Its number
// is the schedule's that has asked first.
const turnCheckin = "checkin"

// remindCheckinAfter is how long a check-in may wait for an answer.
const remindCheckinAfter = 90 * time.Minute

func isCheckin(s storage.Schedule) bool {
	return s.Line == nameCheckin || strings.HasPrefix(s.Line, nameCheckin+" ")
}

// askCheckin is a check-in's question at the moment at which it is stored: nothing
// that was answered meanwhile is asked, and the next message in the chat may be the
// number. An empty message says that all is told.
func (c *call) askCheckin(ctx context.Context, m storage.Member, chat bot.Chat, day typed.Date, key string) (bot.Message, error) {
	told, err := c.tx.CheckedIn(ctx, m.ID, day.String())
	if err != nil || told {
		return bot.Message{}, err
	}
	asker := *c
	asker.speakTo(m)
	// No id: where the person answers, the platform may know the chat by another.
	asker.req.Chat, asker.req.EventID = bot.Chat{Platform: chat.Platform, Private: chat.Private}, key
	asker.req = asker.req.WithArg("day", day)
	return openCheckin(ctx, &asker)
}

// planCheckinAgain sets when a member is reminded of a check-in: an hour and a half
// later, or when they are at work again.
func (c *call) planCheckinAgain(ctx context.Context, t storage.Turn, m storage.Member) error {
	home, err := c.tx.Workspace(ctx)
	if err != nil {
		return err
	}
	at, ok := calendarOf(home, m, zoneOf(m.Zone, c.home)).Next(c.now.Add(remindCheckinAfter))
	if !ok {
		return nil
	}
	again := storage.Turn{Kind: turnCheckin, Number: t.Number, Member: t.Member, Slot: t.Slot, At: at, DueAt: at}
	if fired, err := c.tx.HasFired(ctx, again); err != nil || fired {
		return err
	}
	return c.tx.SetTurn(ctx, again)
}

// runCheckinAgain reminds a member of a check-in that was not answered, once.
func (s *sweep) runCheckinAgain(ctx context.Context, t storage.Turn) error {
	said := false
	err := s.write(ctx, t.Workspace, func(ctx context.Context, c *call) error {
		said = false
		if err := c.tx.Fire(ctx, t, s.now); err != nil {
			if errors.Is(err, storage.ErrMoved) || errors.Is(err, storage.ErrExists) {
				err = nil
			}
			return err
		}
		schedule, err := c.tx.Schedule(ctx, t.Number)
		if errors.Is(err, storage.ErrNotFound) || err == nil && !schedule.Live() {
			return nil
		}
		if err != nil {
			return err
		}
		m, err := c.member(ctx, t.Member)
		if err != nil || !m.Active {
			return err
		}
		home, err := c.tx.Workspace(ctx)
		if err != nil || !calendarOf(home, m, zoneOf(m.Zone, c.home)).Open(c.now) {
			return err // they are off: silence
		}
		chat, err := c.privateChat(ctx, m, schedule.Platform)
		if err != nil {
			return err
		}
		msg, err := c.askCheckin(ctx, m, chat, dateOf(slotDate(t.Slot)), turnKey(t))
		if err != nil || msg.Empty() {
			return err
		}
		said = true
		msg.Text = append([]string{c.to(m).say("checkin.again")}, msg.Text...)
		return c.prompt(ctx, m, msg, turnKey(t))
	})
	if err == nil {
		s.counted(t.Kind, said, false)
	}
	return err
}

// privateChat is where a member is reached, on a platform if they are there.
func (c *call) privateChat(ctx context.Context, m storage.Member, platform string) (bot.Chat, error) {
	platform, account, err := c.tx.Account(ctx, m.ID, platform)
	return bot.Chat{Platform: platform, ID: account, Private: true}, err
}
