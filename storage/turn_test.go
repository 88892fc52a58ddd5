package storage_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fifteen/storage"
)

// aTurn is a turn as it is set first.
var aTurn = storage.Turn{
	Kind: storage.PlanSchedule, Number: 7, Member: 3, Slot: "2026-11-30 09:00",
	At: time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC), DueAt: time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC),
}

// setTurn stores a turn and returns it as it is read.
func (p *place) setTurn(t storage.Turn) storage.Turn {
	p.Helper()
	if err := p.try(func(ctx context.Context, tx *storage.Tx) error { return tx.SetTurn(ctx, t) }); err != nil {
		p.Fatal(err)
	}
	t.Workspace = p.home
	return t
}

// fire sets a turn and has it dealt with.
func (p *place) fire(t storage.Turn) storage.Turn {
	p.Helper()
	t = p.setTurn(t)
	if err := p.tryFire(t); err != nil {
		p.Fatal(err)
	}
	return t
}

func (p *place) tryFire(t storage.Turn) error {
	return p.try(func(ctx context.Context, tx *storage.Tx) error { return tx.Fire(ctx, t, p.now) })
}

// dueTurns returns the turns of the workspace that are due at a moment.
func (p *place) dueTurns(at time.Time) []storage.Turn {
	p.Helper()
	due, err := p.store.DueTurns(p.Context(), at, 100)
	if err != nil {
		p.Fatal(err)
	}
	return due
}

func TestTurns(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			later := aTurn
			later.Member, later.At, later.DueAt = 4, aTurn.At.Add(time.Hour), aTurn.DueAt.Add(time.Hour)
			second, first := p.setTurn(later), p.setTurn(aTurn)
			p.reopen()
			p.same("due just before", p.dueTurns(aTurn.DueAt.Add(-time.Microsecond)), []storage.Turn(nil))
			p.same("due at its moment", p.dueTurns(aTurn.DueAt), []storage.Turn{first})
			p.same("due later, the longest first", p.dueTurns(later.DueAt), []storage.Turn{first, second})

			if err := p.store.PutOffTurn(t.Context(), first, later.DueAt.Add(time.Minute), true); err != nil {
				t.Fatal(err)
			}
			off := first
			off.DueAt, off.Attempts = later.DueAt.Add(time.Minute), 1
			p.same("due after one was put off", p.dueTurns(off.DueAt), []storage.Turn{second, off})

			if err := p.tryFire(first); err != nil {
				t.Fatal(err)
			}
			if err := p.tryFire(first); !errors.Is(err, storage.ErrMoved) {
				t.Errorf("fired twice: got error %v, want %v", err, storage.ErrMoved)
			}
			if err := p.tryFire(p.setTurn(aTurn)); !errors.Is(err, storage.ErrExists) {
				t.Errorf("set and fired again: got error %v, want %v", err, storage.ErrExists)
			}
			fired := read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.Firing, error) {
				return tx.Fired(ctx, aTurn.Kind, aTurn.Number, aTurn.Member, p.now)
			})
			p.same("fired", fired, []storage.Firing{{Slot: aTurn.Slot, At: p.now}})

			unfire := func(ctx context.Context, tx *storage.Tx) error { return tx.Unfire(ctx, aTurn) }
			if err := p.try(unfire); err != nil {
				t.Fatal(err)
			}
			p.same("due after it was taken back", p.dueTurns(aTurn.DueAt), []storage.Turn{first})
			if err := p.try(unfire); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("taken back twice: got error %v, want %v", err, storage.ErrNotFound)
			}
			if err := p.try(func(ctx context.Context, tx *storage.Tx) error { return tx.DropTurns(ctx, aTurn.Kind, aTurn.Number) }); err != nil {
				t.Fatal(err)
			}
			p.same("due after all were dropped", p.dueTurns(off.DueAt), []storage.Turn(nil))
		})
	}
}
