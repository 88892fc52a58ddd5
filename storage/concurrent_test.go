package storage_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"fifteen/storage"
)

// together runs fn n times at once and returns the errors.
func together(n int, fn func(i int) error) []error {
	errs := make(chan error, n)
	for i := range n {
		go func() { errs <- fn(i) }()
	}
	all := make([]error, n)
	for i := range all {
		all[i] = <-errs
	}
	return all
}

func TestTwoMembersChangeOneDeal(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.add(storage.Deal{Name: "Acme", Amount: eur(0)})
			const each = 25
			authors := []storage.Author{p.by(p.anna), p.by(p.boris)}
			for _, err := range together(2*each, func(i int) error {
				return p.try(func(ctx context.Context, tx *storage.Tx) error {
					before, err := tx.Deal(ctx, 1)
					if err != nil {
						return err
					}
					after := before
					after.Amount.Minor++
					after.Words += string('a' + rune(i%2))
					_, err = tx.SaveDeal(ctx, before, after, authors[i%2])
					return err
				})
			}) {
				if err != nil {
					t.Errorf("save: got error %v, want none", err)
				}
			}
			got := p.deal(1)
			p.same("amount and revision", []int64{got.Amount.Minor, got.Revision}, []int64{2 * each, 2*each + 1})
			p.same("words of each", []int{strings.Count(got.Words, "a"), strings.Count(got.Words, "b")}, []int{each, each})
			p.same("changes", len(p.changes(1)), 2*each+1)
		})
	}
}

func TestOneOfTwoStaleChangesIsRefused(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			before := p.add(storage.Deal{Name: "Acme"})
			by := p.by(p.anna)
			moved := 0
			for _, err := range together(8, func(i int) error {
				return p.try(func(ctx context.Context, tx *storage.Tx) error {
					after := before
					after.Amount = eur(int64(i + 1))
					_, err := tx.SaveDeal(ctx, before, after, by)
					return err
				})
			}) {
				switch {
				case errors.Is(err, storage.ErrMoved):
					moved++
				case err != nil:
					t.Errorf("save: got error %v, want none or %v", err, storage.ErrMoved)
				}
			}
			if moved != 7 {
				t.Errorf("refused: got %d of 8, want 7", moved)
			}
		})
	}
}

func TestNumbersAreGivenOnce(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			by := p.by(p.anna)
			const deals = 40
			for _, err := range together(deals, func(i int) error {
				return p.try(func(ctx context.Context, tx *storage.Tx) error {
					name := fmt.Sprintf("company %d", i%5)
					_, err := tx.AddDeal(ctx, storage.Deal{Name: name, Key: name, Owner: p.anna.ID}, by)
					return err
				})
			}) {
				if err != nil {
					t.Errorf("add: got error %v, want none", err)
				}
			}
			p.same("smallest and largest number, deals, companies", rows(t, p.raw(),
				"SELECT min(number), max(number), count(*), count(DISTINCT company_id) FROM deals"), []string{"1 40 40 5"})
		})
	}
}

func TestOneEventHasOneEffect(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.add(storage.Deal{Name: "Acme"})
			by := p.by(p.anna)
			repeated := 0
			for _, err := range together(10, func(int) error {
				return p.try(func(ctx context.Context, tx *storage.Tx) error {
					deal, err := tx.Deal(ctx, 1)
					if err != nil {
						return err
					}
					if _, err := tx.AddNote(ctx, deal, "once", by); err != nil {
						return err
					}
					_, err = tx.Post(ctx, p.message("event", "answer", 0))
					return err
				})
			}) {
				switch {
				case errors.Is(err, storage.ErrExists):
					repeated++
				case err != nil:
					t.Errorf("got error %v, want none or %v", err, storage.ErrExists)
				}
			}
			p.same("repeated", repeated, 9)
			p.same("notes", len(p.notes(1, 100)), 1)
			p.same("revision", p.deal(1).Revision, int64(2))
		})
	}
}

func TestSettingsChangedAtOnce(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			by := p.by(p.petra)
			const changes = 6
			for _, err := range together(changes, func(i int) error {
				return p.try(func(ctx context.Context, tx *storage.Tx) error {
					home, err := tx.Workspace(ctx)
					if err != nil {
						return err
					}
					home.Rates[fmt.Sprint(i)] = float64(i)
					return tx.SaveWorkspace(ctx, home, by)
				})
			}) {
				if err != nil {
					t.Errorf("save: got error %v, want none", err)
				}
			}
			p.same("rates", len(p.settings().Rates), changes)
		})
	}
}

func TestReadIsASnapshot(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			want := p.add(storage.Deal{Name: "Acme"})
			err := p.store.Read(t.Context(), p.home, func(tx *storage.Tx) error {
				for _, amount := range []int64{1, 2} {
					got, err := tx.Deal(t.Context(), 1)
					if err != nil {
						return err
					}
					p.same("deal in the snapshot", got, want)
					p.change(1, p.by(p.boris), func(d *storage.Deal) { d.Amount = eur(amount) })
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			p.same("amount after the snapshot", p.deal(1).Amount, eur(2))
		})
	}
}

func TestReadsWriteNothing(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			err := p.store.Read(t.Context(), p.home, func(tx *storage.Tx) error {
				_, err := tx.Post(t.Context(), p.message("event", "answer", 0))
				return err
			})
			if err == nil {
				t.Error("post in a read: got no error, want one")
			}
			p.same("due posts", p.due(0, 10), []storage.Post{})
		})
	}
}

func TestFailedWriteLeavesNothing(t *testing.T) {
	t.Parallel()
	failed := errors.New("failed")
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.inhabit()
			before := p.everything(p.home)
			by := p.by(p.anna)
			write := func(ctx context.Context, tx *storage.Tx) error {
				deal, err := tx.Deal(ctx, 1)
				if err != nil {
					return err
				}
				if _, err := tx.AddNote(ctx, deal, "note", by); err != nil {
					return err
				}
				_, err = tx.Post(ctx, p.message("new event", "answer", 0))
				return err
			}
			if err := p.try(func(ctx context.Context, tx *storage.Tx) error {
				return errors.Join(write(ctx, tx), failed)
			}); !errors.Is(err, failed) {
				t.Errorf("a write that fails: got error %v, want %v", err, failed)
			}
			if err := p.try(func(ctx context.Context, tx *storage.Tx) error {
				panic(errors.Join(write(ctx, tx), failed))
			}); err == nil || !strings.Contains(err.Error(), "panic in a write: failed") {
				t.Errorf("a write that panics: got error %v, want one that says so", err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			if err := p.store.Write(ctx, p.home, func(tx *storage.Tx) error {
				t.Error("a write given up before it starts: got a start, want none")
				return nil
			}); !errors.Is(err, context.Canceled) {
				t.Errorf("a write given up before it starts: got error %v, want %v", err, context.Canceled)
			}
			p.same("rows", p.everything(p.home), before)
		})
	}
}

func TestWriteIsNotInterrupted(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			ctx, cancel := context.WithCancel(t.Context())
			err := p.store.Write(ctx, p.home, func(tx *storage.Tx) error {
				cancel()
				_, err := tx.Post(ctx, p.message("event", "answer", 0))
				return err
			})
			if err != nil {
				t.Errorf("write whose context ends while it runs: got error %v, want none", err)
			}
			p.same("due posts", len(p.due(0, 10)), 1)
		})
	}
}

// Two writes that lock two deals in opposite order are a deadlock on PostgreSQL,
// which ends one of them; it runs again.
func TestDeadlockRunsAgain(t *testing.T) {
	t.Parallel()
	for _, k := range kinds()[1:] { // on SQLite there is one writer
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.add(storage.Deal{Name: "Acme"})
			p.add(storage.Deal{Name: "Bolt"})
			by := p.by(p.anna)
			locked := [2]chan struct{}{make(chan struct{}), make(chan struct{})}
			var runs atomic.Int32
			for _, err := range together(2, func(i int) error {
				first := true
				return p.try(func(ctx context.Context, tx *storage.Tx) error {
					runs.Add(1)
					for step, number := range []int64{int64(1 + i), int64(2 - i)} {
						deal, err := tx.Deal(ctx, number)
						if err != nil {
							return err
						}
						if first && step == 0 {
							close(locked[i])
							<-locked[1-i]
							first = false
						}
						if _, err := tx.AddNote(ctx, deal, "note", by); err != nil {
							return err
						}
					}
					return nil
				})
			}) {
				if err != nil {
					t.Errorf("write: got error %v, want none", err)
				}
			}
			if got := runs.Load(); got < 3 {
				t.Errorf("runs: got %d, want one more than the 2 writes at least", got)
			}
			p.same("notes", len(p.notes(1, 10))+len(p.notes(2, 10)), 4)
		})
	}
}

func TestWaitForAConnectionEndsWithTheContext(t *testing.T) {
	t.Parallel()
	for _, k := range kinds()[1:] { // SQLite's writer has a test of its own
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			const connections = 16
			full, release := make(chan struct{}, connections), make(chan struct{})
			busy := make(chan []error)
			go func() {
				busy <- together(connections, func(int) error {
					return p.try(func(context.Context, *storage.Tx) error {
						full <- struct{}{}
						<-release
						return nil
					})
				})
			}()
			for range connections {
				<-full
			}
			ctx, cancel := context.WithCancel(t.Context())
			given := make(chan error)
			go func() {
				given <- p.store.Write(ctx, p.home, func(*storage.Tx) error {
					t.Error("got a start, want none")
					return nil
				})
			}()
			cancel()
			if err := <-given; !errors.Is(err, context.Canceled) {
				t.Errorf("got error %v, want %v", err, context.Canceled)
			}
			close(release)
			<-busy
		})
	}
}
