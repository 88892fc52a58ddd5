package commands

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"fifteen/storage"
)

// turnPlan begins the kind of the turn of a plan that has failed; the plan's own
// kind follows.
const turnPlan = "plan "

// planLater takes a plan that has failed off the list, so that it holds up nobody
// else's, and has it tried again at a turn of its own.
func (s *sweep) planLater(ctx context.Context, p storage.Plan, cause error) error {
	s.log.ErrorContext(ctx, "a plan failed", "kind", p.Kind, "number", p.Number, "workspace", p.Workspace, "err", cause)
	s.count(func(tally Tally) { tally.Broke(turnPlan + p.Kind) })
	at := s.now.Add(retryTurn)
	err := s.store.Write(ctx, p.Workspace, func(tx *storage.Tx) error {
		if ok, err := tx.Planned(ctx, p); err != nil || !ok {
			return err
		}
		return tx.SetTurn(ctx, storage.Turn{Kind: turnPlan + p.Kind, Number: p.Number, At: at, DueAt: at})
	})
	if err != nil {
		return fmt.Errorf("put off plan %s %d of workspace %d: %w", p.Kind, p.Number, p.Workspace, err)
	}
	return nil
}

// planAgain tries a plan again that has failed.
func (s *sweep) planAgain(ctx context.Context, t storage.Turn) error {
	return s.write(ctx, t.Workspace, func(ctx context.Context, c *call) error {
		err := c.tx.Pass(ctx, t)
		if errors.Is(err, storage.ErrMoved) { // another sweep was quicker
			return nil
		}
		if err != nil {
			return err
		}
		return c.plan(ctx, storage.Plan{Workspace: t.Workspace, Kind: strings.TrimPrefix(t.Kind, turnPlan), Number: t.Number})
	})
}

// contained does something and turns a panic into an error, so that one turn cannot
// end the program again and again.
func contained(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return do()
}
