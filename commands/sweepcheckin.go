package commands

import (
	"context"
	"errors"
	"slices"
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
func (c *call) askCheckin(ctx context.Context, m storage.Member, chat bot.Chat, day typed.Date) (bot.Message, error) {
	told, err := c.tx.CheckedIn(ctx, m.ID, day.String())
	if err != nil || told {
		return bot.Message{}, err
	}
	asker := *c
	asker.speakTo(m)
	asker.req.Chat = chat
	asker.req = asker.req.WithArg("day", day)
	return openCheckin(ctx, &asker)
}

// planCheckinAgain sets when a member is reminded of a day's check-in: an hour and a
// half later, or when they are at work again. Its slot begins with that day, which is
// another one than the rule's where a schedule has moved off a holiday.
func (c *call) planCheckinAgain(ctx context.Context, t storage.Turn, m storage.Member, day typed.Date) error {
	home, err := c.tx.Workspace(ctx)
	if err != nil {
		return err
	}
	at, ok := calendarOf(home, m, zoneOf(m.Zone, c.home)).Next(c.now.Add(remindCheckinAfter))
	if !ok {
		return nil
	}
	again := storage.Turn{Kind: turnCheckin, Number: t.Number, Member: t.Member, Slot: day.String() + t.Slot[len(slotDate(t.Slot)):], At: at, DueAt: at}
	if fired, err := c.tx.HasFired(ctx, again); err != nil || fired {
		return err
	}
	return c.tx.SetTurn(ctx, again)
}

// runCheckinAgain reminds a member of a check-in that was not answered, once, and
// of one check-in a day.
func (s *sweep) runCheckinAgain(ctx context.Context, t storage.Turn) error {
	said := false
	err := s.write(ctx, t.Workspace, func(ctx context.Context, c *call) error {
		said = false
		m, err := c.member(ctx, t.Member)
		if err != nil {
			return err
		}
		zone := zoneOf(m.Zone, c.home)
		before, err := c.tx.Fired(ctx, t.Kind, t.Number, t.Member, typed.DateOf(c.now.In(zone)).In(zone))
		if err != nil {
			return err
		}
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
		if err != nil || !m.Active {
			return err
		}
		home, err := c.tx.Workspace(ctx)
		if err != nil || len(before) > 0 || !calendarOf(home, m, zone).Open(c.now) {
			return err // they are off, or were reminded of another day today: silence
		}
		chat, err := c.privateChat(ctx, m, schedule.Platform)
		if err != nil {
			return err
		}
		day, err := c.askedAbout(ctx, t, zone)
		if err != nil {
			return err
		}
		msg, err := c.askCheckin(ctx, m, chat, day)
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

// askedAbout returns the day that a check-in was about when it was asked: the
// member's, whatever day it was on the schedule's clock.
func (c *call) askedAbout(ctx context.Context, t storage.Turn, zone *time.Location) (typed.Date, error) {
	firing, err := c.firing(ctx, storage.Turn{Kind: storage.PlanSchedule, Number: t.Number, Member: t.Member, Slot: t.Slot})
	if errors.Is(err, storage.ErrNotFound) {
		return dateOf(slotDate(t.Slot)), nil
	}
	return typed.DateOf(firing.At.In(zone)), err
}

// firing returns when a turn's slot was dealt with, or storage.ErrNotFound.
func (c *call) firing(ctx context.Context, t storage.Turn) (storage.Firing, error) {
	fired, err := c.tx.Fired(ctx, t.Kind, t.Number, t.Member, c.now.Add(-keepFirings))
	if err != nil {
		return storage.Firing{}, err
	}
	at := slices.IndexFunc(fired, func(f storage.Firing) bool { return f.Slot == t.Slot })
	if at < 0 {
		return storage.Firing{}, storage.ErrNotFound
	}
	return fired[at], nil
}

// privateChat is where a member is reached, on a platform if they are there.
func (c *call) privateChat(ctx context.Context, m storage.Member, platform string) (bot.Chat, error) {
	platform, account, err := c.tx.Account(ctx, m.ID, platform)
	return bot.Chat{Platform: platform, ID: account, Private: true}, err
}
