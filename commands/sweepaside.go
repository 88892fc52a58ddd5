package commands

import (
	"context"
	"errors"
	"time"

	"fifteen/bot"
	"fifteen/commands/internal/typed"
	"fifteen/storage"
)

// turnAside is the kind of the turn of what a member is told beside a chat's digest
// once they are at work. Its number is the schedule's, its slot the digest's.
const turnAside = "aside"

// aside stores what a member is told beside a chat's digest. Outside their hours it
// has a turn of its own, and while they are away it is left out.
func (c *call) aside(ctx context.Context, show showing, post bot.Post) error {
	m, err := c.member(ctx, post.Member)
	if err != nil || !m.Active {
		return err
	}
	next, err := c.opens(ctx, c.now, m)
	switch {
	case err != nil, next.IsZero():
		return err
	case next.After(c.now):
		return c.tx.SetTurn(ctx, storage.Turn{
			Kind: turnAside, Number: show.schedule.Number, Member: m.ID, Slot: show.turn.Slot, At: next, DueAt: next,
		})
	}
	err = c.post(ctx, m, post.Message, show, onceKey(post))
	if errors.Is(err, storage.ErrExists) { // another schedule has told them already
		return nil
	}
	return err
}

// opens returns the first moment from another one on at which a member is at work,
// zero when they are away then or that is too long to wait.
func (c *call) opens(ctx context.Context, from time.Time, m storage.Member) (time.Time, error) {
	home, err := c.tx.Workspace(ctx)
	if err != nil {
		return time.Time{}, err
	}
	calendar := calendarOf(home, m, zoneOf(m.Zone, c.home))
	next, ok := calendar.Next(from)
	if !ok || calendar.Away(typed.DateOf(from.In(calendar.Zone))) || next.Sub(from) > longestHold {
		return time.Time{}, nil
	}
	return next, nil
}

// runAside tells a member what was not told outside their hours, as it is now. When
// those have passed again, it waits for the next ones.
func (s *sweep) runAside(ctx context.Context, t storage.Turn) error {
	digest := t
	digest.Kind, digest.Member = storage.PlanSchedule, 0
	var show showing
	var hold time.Time
	err := s.read(ctx, t.Workspace, func(ctx context.Context, c *call) (err error) {
		if show, err = c.showing(ctx, digest, s.router.Personal); err != nil {
			return err
		}
		m, err := c.member(ctx, t.Member)
		if err == nil {
			hold, err = c.opens(ctx, c.now, m)
		}
		return err
	})
	if err == nil && hold.After(s.now) {
		return s.store.PutOffTurn(ctx, t, hold, false)
	}
	var reply bot.Reply
	if err == nil && show.speaker.Active {
		reply, err = s.router.RunScheduled(ctx, show.req)
	}
	_, problem := errors.AsType[*bot.ProblemError](err)
	if err != nil && !problem && !errors.Is(err, errOver) && !errors.Is(err, bot.ErrStranger) {
		return err
	}
	said := false
	err = s.write(ctx, t.Workspace, func(ctx context.Context, c *call) error {
		said = false
		if err := c.tx.Fire(ctx, t, s.now); err != nil {
			if errors.Is(err, storage.ErrMoved) || errors.Is(err, storage.ErrExists) {
				err = nil
			}
			return err
		}
		for _, post := range reply.Posts {
			if post.Member != t.Member {
				continue
			}
			said = true
			if err := c.aside(ctx, show, post); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		s.counted(t.Kind, said, false)
	}
	return err
}
