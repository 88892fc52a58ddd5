package commands

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"fifteen/bot"
	"fifteen/storage"
)

// How a sweep works through what is due.
const (
	sweepBatch   = 500 // plans and turns read at once
	sweepWorkers = 8   // of them dealt with at once
	// tooLate is how late a slot may be before it is skipped, lateFrom when it is
	// marked as late.
	tooLate  = day
	lateFrom = 15 * time.Minute
	// A turn that fails is tried again after retryTurn, which doubles up to
	// longestRetry.
	retryTurn = 30 * time.Second
	// turnLimit is how long a turn may take, so that a slow one does not hold up
	// the others in every sweep.
	turnLimit = 20 * time.Second
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
	deps      *Deps
	store     *storage.Store
	router    *bot.Router
	directory *Directory
	log       *slog.Logger
	now       time.Time
	tally     Tally
	// did counts what was planned and dealt with.
	did atomic.Int64
}

// Wake does everything that is due: it works out the turns of what has changed,
// and says what has come to its turn. The outbox then holds what was said. Several
// programs may do so at the same time. What fails is logged and tried again later;
// an error says that the database failed. When ctx ends, what is left is for the
// next Wake; that is no error unless there was time and nothing was done in it.
func (a *App) Wake(ctx context.Context) error {
	s := a.sweep()
	err := s.all(ctx)
	cause, did := ctx.Err(), s.did.Load()
	if err == nil || cause == nil || did == 0 && errors.Is(cause, context.DeadlineExceeded) {
		return err
	}
	s.log.InfoContext(ctx, "a sweep was cut short, the next one goes on", "did", did, "cause", cause)
	return nil
}

// sweep is a sweep of this moment.
func (a *App) sweep() *sweep {
	return &sweep{
		deps: a.deps, store: a.Store, router: a.Router, directory: a.Directory, log: a.log, now: a.Outbox.Clock(), tally: a.Tally,
	}
}

// all plans and then says what is due.
func (s *sweep) all(ctx context.Context) error {
	back, err := s.store.SeeClock(ctx, s.now)
	if err != nil {
		return err
	}
	if back {
		s.log.WarnContext(ctx, "the clock went back; everything is planned anew", "now", s.now)
	}
	if err := each(ctx, s.store.Plans, s.plan); err != nil {
		return err
	}
	due := func(ctx context.Context, limit int) ([]storage.Turn, error) {
		return s.store.DueTurns(ctx, s.now, limit)
	}
	return each(ctx, due, s.turn)
}

// each does everything that look finds, side by side, until it finds no more. What
// is done moves on or is put off, so that the next look finds others. It returns
// the first error.
func each[T any](ctx context.Context, look func(context.Context, int) ([]T, error), do func(context.Context, T) error) error {
	for {
		found, err := look(ctx, sweepBatch)
		if err != nil || len(found) == 0 {
			return err
		}
		if err := sideBySide(ctx, found, do); err != nil {
			return err
		}
	}
}

// sideBySide does all of a batch, and returns the first error.
func sideBySide[T any](ctx context.Context, batch []T, do func(context.Context, T) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	next := make(chan T)
	var work sync.WaitGroup
	workers := 1 + len(batch)*sweepWorkers/sweepBatch // a few are dealt with in their order
	for range workers {
		work.Go(func() {
			for item := range next {
				if err := do(ctx, item); err != nil {
					stop(err)
				}
			}
		})
	}
	for _, item := range batch {
		if ctx.Err() != nil {
			break
		}
		next <- item
	}
	close(next)
	work.Wait()
	return context.Cause(ctx)
}

// turn deals with one turn. One that fails is put off.
func (s *sweep) turn(ctx context.Context, t storage.Turn) error {
	err := contained(func() error {
		ctx, stop := context.WithTimeout(ctx, turnLimit)
		defer stop()
		return s.take(ctx, t)
	})
	if err == nil {
		s.did.Add(1)
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
