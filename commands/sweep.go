package commands

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"fifteen/bot"
	"fifteen/storage"
)

// How a sweep works through what is due.
const (
	sweepBatch   = 500 // plans and turns read at once
	sweepWorkers = 8   // turns dealt with at once
	// tooLate is how late a slot may be before it is skipped, lateFrom when it is
	// marked as late.
	tooLate  = day
	lateFrom = 15 * time.Minute
	// A turn that fails is tried again after retryTurn, which doubles up to
	// longestRetry.
	retryTurn = 30 * time.Second
)

// A Tally counts what sweeps do; nil counts nothing.
type Tally interface {
	// Said counts a slot whose message was stored; late says that it came late.
	Said(kind string, late bool)
	// Skipped counts a slot that came too late or found nothing to say.
	Skipped(kind string)
	// Broke counts a turn that failed and is tried again.
	Broke(kind string)
}

// A sweep does what is due at one moment.
type sweep struct {
	deps   *Deps
	store  *storage.Store
	router *bot.Router
	log    *slog.Logger
	now    time.Time
	tally  Tally
}

// Wake does everything that is due: it works out the turns of what has changed,
// and says what has come to its turn. The outbox then holds what was said. Several
// programs may do so at the same time. What fails is logged and tried again later;
// an error says that the database failed.
func (a *App) Wake(ctx context.Context) error {
	s := a.sweep()
	back, err := a.Store.SeeClock(ctx, s.now)
	if err != nil {
		return err
	}
	if back {
		s.log.WarnContext(ctx, "the clock went back; everything is planned anew", "now", s.now)
	}
	if err := s.plans(ctx); err != nil {
		return err
	}
	return s.turns(ctx)
}

// sweep is a sweep of this moment.
func (a *App) sweep() *sweep {
	return &sweep{deps: a.deps, store: a.Store, router: a.Router, log: a.log, now: a.Outbox.Clock(), tally: a.Tally}
}

// plans works out the turns of everything that has changed.
func (s *sweep) plans(ctx context.Context) error {
	for {
		plans, err := s.store.Plans(ctx, sweepBatch)
		if err != nil || len(plans) == 0 {
			return err
		}
		for _, plan := range plans {
			if err := s.plan(ctx, plan); err != nil {
				return err
			}
		}
	}
}

// turns says what has come to its turn. Every turn that is dealt with moves on or
// is put off, so that the next look finds others.
func (s *sweep) turns(ctx context.Context) error {
	for {
		due, err := s.store.DueTurns(ctx, s.now, sweepBatch)
		if err != nil || len(due) == 0 {
			return err
		}
		if err := s.each(ctx, due); err != nil {
			return err
		}
	}
}

// each deals with turns side by side, and returns the first error of the database.
func (s *sweep) each(ctx context.Context, due []storage.Turn) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	next := make(chan storage.Turn)
	var work sync.WaitGroup
	workers := 1 + len(due)*sweepWorkers/sweepBatch // a few are dealt with in their order
	for range workers {
		work.Go(func() {
			for turn := range next {
				if err := s.turn(ctx, turn); err != nil {
					stop(err)
				}
			}
		})
	}
	for _, turn := range due {
		if ctx.Err() != nil {
			break
		}
		next <- turn
	}
	close(next)
	work.Wait()
	return context.Cause(ctx)
}

// turn deals with one turn. One that fails is put off.
func (s *sweep) turn(ctx context.Context, t storage.Turn) error {
	err := contained(func() error { return s.take(ctx, t) })
	if err == nil {
		return nil
	}
	if ctx.Err() != nil { // the sweep was stopped; the turn is still due
		return ctx.Err()
	}
	s.log.ErrorContext(ctx, "a turn failed", "kind", t.Kind, "number", t.Number, "workspace", t.Workspace, "member", t.Member,
		"attempts", t.Attempts+1, "err", err)
	s.count(func(tally Tally) { tally.Broke(t.Kind) })
	wait := min(retryTurn<<min(t.Attempts, 10), longestRetry)
	return s.store.PutOffTurn(ctx, t, s.now.Add(wait), true)
}

// take says what has come to its turn, by kind.
func (s *sweep) take(ctx context.Context, t storage.Turn) (err error) {
	switch t.Kind {
	case storage.PlanSchedule:
		return s.runSchedule(ctx, t)
	case storage.PlanReminder:
		return s.runReminder(ctx, t)
	case storage.PlanDeal:
		return s.runPromise(ctx, t)
	case turnAside:
		return s.runAside(ctx, t)
	case turnCheckin:
		return s.runCheckinAgain(ctx, t)
	case storage.PlanMember:
		return s.runNudge(ctx, t)
	}
	if strings.HasPrefix(t.Kind, turnPlan) {
		return s.planAgain(ctx, t)
	}
	return fmt.Errorf("unknown kind of turn %q", t.Kind)
}

// counted counts a turn that was dealt with.
func (s *sweep) counted(kind string, said, late bool) {
	s.count(func(tally Tally) {
		if said {
			tally.Said(kind, late)
		} else {
			tally.Skipped(kind)
		}
	})
}

func (s *sweep) count(add func(Tally)) {
	if s.tally != nil {
		add(s.tally)
	}
}

// write runs fn on a workspace, with a call in which nobody has asked.
func (s *sweep) write(ctx context.Context, workspace int64, fn func(ctx context.Context, c *call) error) error {
	return s.store.Write(ctx, workspace, func(tx *storage.Tx) error {
		c, err := s.call(ctx, tx, workspace)
		if err != nil {
			return err
		}
		return fn(ctx, c)
	})
}

// read is write for what only reads.
func (s *sweep) read(ctx context.Context, workspace int64, fn func(ctx context.Context, c *call) error) error {
	return s.store.Read(ctx, workspace, func(tx *storage.Tx) error {
		c, err := s.call(ctx, tx, workspace)
		if err != nil {
			return err
		}
		return fn(ctx, c)
	})
}

// call is a call of nobody's at the sweep's moment.
func (s *sweep) call(ctx context.Context, tx *storage.Tx, workspace int64) (*call, error) {
	home, err := tx.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	place := zoneOf(home.Zone, time.UTC)
	c := s.deps.call(tx, bot.Request{
		Workspace: workspace, At: s.now, Way: bot.Scheduled, Member: bot.Member{Zone: place, Home: place},
	})
	c.few = true
	return c, nil
}
