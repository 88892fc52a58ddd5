package commands

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"fifteen/bot"
	"fifteen/commands/internal/typed"
	"fifteen/storage"
)

// gone ends the schedules of a chat that takes no messages any more, or of a person
// who cannot be reached, with a word to the managers.
func (a *App) gone(ctx context.Context, post bot.Post, _ error) error {
	s := a.sweep()
	return s.write(ctx, post.Workspace, func(ctx context.Context, c *call) error {
		live, err := c.tx.Schedules(ctx)
		if err != nil {
			return err
		}
		for _, schedule := range live {
			why := endChat
			there := schedule.Audience == storage.ForChat && schedule.Platform == post.Chat.Platform && schedule.Chat == post.Chat.ID
			if post.Chat.Private {
				why = endPerson
				there = schedule.Audience == storage.ForMember && schedule.Member == post.Member && post.Member != 0
			}
			if !there {
				continue
			}
			if err := c.endSchedule(ctx, schedule, why, ""); err != nil {
				return err
			}
		}
		return nil
	})
}

// whyQuiet is kept with a question that was taken back.
const whyQuiet = "asked again later: the person does not want to be disturbed"

// quiet takes back a question to somebody who does not want to be disturbed, and
// has it asked anew, because it may have been answered by then. What was not asked
// at a turn that comes again waits as it is.
func (a *App) quiet(ctx context.Context, post bot.Post, until time.Time) (handled bool, err error) {
	s := a.sweep()
	err = s.write(ctx, post.Workspace, func(ctx context.Context, c *call) error {
		handled = false
		key, err := c.tx.PostKey(ctx, post.ID)
		if err != nil {
			return err
		}
		turn, ok := turnOf(key)
		if !ok || turn.Kind != storage.PlanSchedule && turn.Kind != storage.PlanMember && turn.Kind != turnCheckin {
			return nil
		}
		handled = true
		if err := c.tx.TakeBack(ctx, post.ID, whyQuiet); err != nil {
			return err
		}
		return c.unask(ctx, turn, until)
	})
	return handled, err
}

// unask makes the turn of a question due again at a moment, as if it had not been
// asked.
func (c *call) unask(ctx context.Context, t storage.Turn, until time.Time) error {
	m, err := c.member(ctx, t.Member)
	if err != nil {
		return err
	}
	firing, err := c.firing(ctx, t)
	if errors.Is(err, storage.ErrNotFound) { // it was taken back before
		return nil
	}
	if err != nil {
		return err
	}
	t.At, t.DueAt = firing.At, until
	if t.Kind == turnCheckin {
		next, err := c.opens(ctx, until, m)
		if err != nil || next.IsZero() {
			return err
		}
		t.At, t.DueAt = next, next
		return c.tx.Unfire(ctx, t)
	}
	again := t // a check-in is not reminded of before it is asked
	again.Kind = turnCheckin
	if err := c.tx.Pass(ctx, again); err != nil && !errors.Is(err, storage.ErrMoved) {
		return err
	}
	if err := c.dropNudge(ctx, t, m); err != nil {
		return err
	}
	return c.tx.Unfire(ctx, t)
}

// dropNudge takes back that a turn has asked the question of the day.
func (c *call) dropNudge(ctx context.Context, t storage.Turn, m storage.Member) error {
	if t.Kind == storage.PlanSchedule {
		s, err := c.tx.Schedule(ctx, t.Number)
		if errors.Is(err, storage.ErrNotFound) || err == nil && isCheckin(s) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return c.tx.DropNudge(ctx, m.ID, typed.DateOf(t.At.In(zoneOf(m.Zone, c.home))).String())
}

// turnOf reads what turnKey has written; ok is false for the key of another event.
func turnOf(key string) (t storage.Turn, ok bool) {
	parts := strings.SplitN(key, "/", 4)
	if len(parts) != 4 {
		return t, false
	}
	number, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return t, false
	}
	member, err := strconv.ParseInt(parts[2], 10, 64)
	return storage.Turn{Kind: parts[0], Number: number, Member: member, Slot: parts[3]}, err == nil
}

// turnKey names a slot among the events that were answered.
func turnKey(t storage.Turn) string {
	return fmt.Sprintf("%s/%d/%d/%s", t.Kind, t.Number, t.Member, t.Slot)
}
