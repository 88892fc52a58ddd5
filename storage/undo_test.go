package storage_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"fifteen/scoring"
	"fifteen/storage"
)

// make makes an edit of a deal, 0 for none, and returns the change.
func (p *place) make(e edit, m storage.Member, deal int64, random *rand.Rand) storage.Change {
	p.Helper()
	by := p.by(m)
	return write(p, func(ctx context.Context, tx *storage.Tx) (c storage.Change, err error) {
		s := scene{tx: tx, random: random, by: by, people: []storage.Member{p.petra, p.anna, p.boris}}
		if deal != 0 {
			if s.deal, err = tx.Deal(ctx, deal); err != nil {
				return c, err
			}
		}
		if err := e.run(ctx, s); err != nil {
			return c, fmt.Errorf("%s: %w", e.name, err)
		}
		return tx.LastChange(ctx, m.ID)
	})
}

// reverse undoes a change and returns the error.
func (p *place) reverse(c storage.Change, m storage.Member) error {
	p.Helper()
	by := p.by(m)
	return p.try(func(ctx context.Context, tx *storage.Tx) error { return tx.Undo(ctx, c, by) })
}

// state is all that people can see, without revisions.
func (p *place) state() map[string][]string {
	p.Helper()
	s := map[string][]string{}
	for table, condition := range map[string]string{
		"deals": "NOT deleted AND workspace_id", "members": "workspace_id", "workspaces": "id", "targets": "workspace_id",
		"companies": "industry || size || source <> '' AND workspace_id", "products": "NOT deleted AND workspace_id",
		"activities": "count <> 0 AND workspace_id", "decisions": "NOT deleted AND workspace_id",
		"reminders": "NOT deleted AND workspace_id", "schedules": "NOT deleted AND workspace_id",
		"checkins": "(calls OR meetings OR steps) AND workspace_id",
	} {
		s[table] = rows(p.T, p.raw(), fmt.Sprintf("SELECT * FROM %s WHERE %s = %d", table, condition, p.home), "revision")
		slices.Sort(s[table])
	}
	// When a customer came back is when it was said last, and deals that were
	// deleted keep their noes.
	s["refusals"] = rows(p.T, p.raw(), fmt.Sprintf("SELECT * FROM refusals WHERE workspace_id = %d AND NOT deleted ORDER BY deal, at", p.home), "back_at")
	s["tracks"] = rows(p.T, p.raw(), fmt.Sprintf("SELECT * FROM tracks WHERE workspace_id = %d ORDER BY company_id", p.home))
	for _, number := range p.numbers() {
		for _, note := range p.notes(number, 100) {
			note.Rev = 0
			s["notes"] = append(s["notes"], fmt.Sprint(number, note))
		}
		s["evidence"] = append(s["evidence"], fmt.Sprint(number, p.evidence(number)))
	}
	return s
}

// numbers returns the deals that there are.
func (p *place) numbers() []int64 {
	p.Helper()
	l := p.lists(0)
	return slices.Sorted(slices.Values(slices.Concat(l.Open, l.Ended)))
}

// histories are the tables whose rows are never rewritten.
var histories = []string{"changes", "answers", "scores", "claims", "closings", "step_changes", "refusal_changes", "notes"}

// past returns all rows of the histories.
func (p *place) past() map[string]bool {
	p.Helper()
	all := map[string]bool{}
	for _, table := range histories {
		for _, row := range rows(p.T, p.raw(), fmt.Sprintf("SELECT * FROM %s WHERE workspace_id = %d", table, p.home)) {
			all[table+" "+row] = true
		}
	}
	return all
}

// standing checks that all rows of the past are still there.
func (p *place) standing(before map[string]bool) {
	p.Helper()
	now := p.past()
	for row := range before {
		if !now[row] {
			p.Errorf("history: got no row %q, want it as it was", row)
		}
	}
}

// furnish goes to a new workspace with two deals of two owners, a product, a decision,
// a reminder and a check-in.
func (p *place) furnish(key string) {
	p.Helper()
	p.settle(key)
	p.add(storage.Deal{Name: "Acme", Card: lifted(start), Amount: eur(100)})
	p.add(storage.Deal{Name: "Bolt", Owner: p.boris.ID})
	p.set(func(w *storage.Workspace) { w.Rates = map[string]float64{"USD": 2} })
	p.product("Anvil")
	p.decide(storage.Decision{Member: p.anna.ID, Step: scoring.Contract, Why: "why", What: "what", Moved: 1, Decided: 3})
	p.remind(p.anna, storage.Reminder{Deal: 1, What: "call", Day: "2026-12-01", Clock: "09:00"})
	p.checkIn(p.anna, storage.Checkin{Calls: true}, storage.Activity{})
}

func TestUndo(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			for _, e := range slices.Concat(dealEdits, addedEdits, houseEdits) {
				p.furnish(e.name)
				before := p.state()
				change := p.make(e, p.anna, 1, rand.New(rand.NewPCG(1, 2)))
				after, past := p.state(), p.past()
				for i, want := range []map[string][]string{before, after, before, after} {
					p.mustUndo(p.anna)
					p.same(fmt.Sprintf("%s: state after %d undos", e.name, i+1), p.state(), want)
					p.standing(past)
					past = p.past()
				}
				p.mustUndo(p.anna)
				if err := p.reverse(change, p.anna); !errors.Is(err, storage.ErrMoved) {
					t.Errorf("%s: undo of a change that was undone: got error %v, want %v", e.name, err, storage.ErrMoved)
				}
				p.same(e.name+": state after an undo that was refused", p.state(), before)
			}
		})
	}
}

func TestUndoIsRefusedAfterSomebodyElse(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			for _, e := range slices.Concat(dealEdits, houseEdits) {
				p.furnish(e.name)
				change := p.make(e, p.anna, 1, rand.New(rand.NewPCG(1, 2)))
				p.make(e, p.boris, 1, rand.New(rand.NewPCG(1, 2)))
				want, past := p.state(), p.past()
				if err := p.reverse(change, p.anna); !errors.Is(err, storage.ErrMoved) {
					t.Errorf("undo of %s: got error %v, want %v", e.name, err, storage.ErrMoved)
				}
				p.same(e.name+": state", p.state(), want)
				p.same(e.name+": history", p.past(), past)
			}
		})
	}
}

func TestUndoMindsOnlyTheSameThing(t *testing.T) {
	t.Parallel()
	note := addedEdits[0]
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			for _, e := range slices.Concat(dealEdits, addedEdits[:1], houseEdits) {
				p.furnish(e.name)
				change := p.make(e, p.anna, 1, rand.New(rand.NewPCG(1, 2)))
				p.make(note, p.boris, 1, rand.New(rand.NewPCG(3, 4)))
				p.make(note, p.boris, 2, rand.New(rand.NewPCG(3, 4)))
				if err := p.reverse(change, p.anna); err != nil {
					t.Errorf("undo of %s: got error %v, want none", e.name, err)
				}
				if got := p.notes(1, 10); len(got) != 1 || got[0].Member != p.boris.ID {
					t.Errorf("notes after undo of %s: got %v, want one of Boris's", e.name, got)
				}
			}
		})
	}
}

func TestUndoOfADealThatOthersHaveTouched(t *testing.T) {
	t.Parallel()
	note, add, remove := addedEdits[0], addedEdits[1], addedEdits[2]
	random := func() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.furnish("bolt")
			added := p.make(add, p.anna, 0, random())
			p.make(note, p.anna, added.Deal, random())
			if err := p.reverse(added, p.anna); err != nil {
				t.Errorf("undo of adding a deal with a note of one's own: got error %v, want none", err)
			}
			added = p.make(add, p.anna, 0, random())
			p.make(note, p.boris, added.Deal, random())
			if err := p.reverse(added, p.anna); !errors.Is(err, storage.ErrMoved) {
				t.Errorf("undo of adding a deal with somebody else's note: got error %v, want %v", err, storage.ErrMoved)
			}
			amount := p.make(dealEdits[0], p.anna, 1, random())
			removed := p.make(remove, p.petra, 1, random())
			if err := p.reverse(amount, p.anna); !errors.Is(err, storage.ErrMoved) {
				t.Errorf("undo in a deal that is deleted: got error %v, want %v", err, storage.ErrMoved)
			}
			if err := p.reverse(removed, p.petra); err != nil {
				t.Errorf("undo of deleting: got error %v, want none", err)
			}
			if err := p.reverse(amount, p.anna); err != nil {
				t.Errorf("undo in a deal that is back: got error %v, want none", err)
			}
		})
	}
}

func TestUndoKeepsWhenTheBandWasEnteredIfOthersMovedIt(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.add(storage.Deal{Name: "Acme", Card: lifted(start)}) // 13
			anna := p.make(edit{"urgent", func(ctx context.Context, s scene) error {
				_, err := s.tx.Answer(ctx, s.deal, scoring.Urgent, scoring.Yes, "", s.by)
				return err
			}}, p.anna, 1, nil) // 15: closing
			p.make(edit{"necessary", func(ctx context.Context, s scene) error {
				_, err := s.tx.Answer(ctx, s.deal, scoring.Necessary, scoring.No, "", s.by)
				return err
			}}, p.boris, 1, nil) // 13: advancing
			want := p.now
			if err := p.reverse(anna, p.anna); err != nil { // Pain is floor(5 × 2 ÷ 6) = 1: 11, still advancing
				t.Fatal(err)
			}
			if got := p.deal(1).BandSince; !got.Equal(want) {
				t.Errorf("in the band since: got %v, want %v, when Boris answered", got, want)
			}
		})
	}
}

func TestLastChange(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.furnish("bolt")
			want := p.make(dealEdits[0], p.anna, 1, rand.New(rand.NewPCG(1, 2)))
			p.make(dealEdits[0], p.boris, 1, rand.New(rand.NewPCG(1, 2)))
			got := read(p, func(ctx context.Context, tx *storage.Tx) (storage.Change, error) {
				return tx.LastChange(ctx, p.anna.ID)
			})
			p.same("last change", got, want)
			p.same("its subject, deal, revision and what it undoes",
				[]any{got.Subject, got.Deal, got.Rev, got.Undoes}, []any{"deal", int64(1), int64(2), int64(0)})
			p.same("its author", got.Author, storage.Author{
				Member: p.anna.ID, At: got.Author.At, Platform: "terminal", Chat: "dm", Command: "test",
			})
			p.same("amount before and after", [2]string{string(got.Diff["amount"][0]), string(got.Diff["amount"][1])},
				[2]string{`{"minor":100,"currency":"EUR"}`, string(got.Diff["amount"][1])})
		})
	}
}

func TestOrigin(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.furnish("bolt")
			want := p.make(dealEdits[0], p.anna, 1, rand.New(rand.NewPCG(1, 2)))
			for range 3 {
				p.same("origin", read(p, func(ctx context.Context, tx *storage.Tx) (storage.Change, error) {
					last, err := tx.LastChange(ctx, p.anna.ID)
					if err != nil {
						return last, err
					}
					return tx.Origin(ctx, last)
				}), want)
				p.mustUndo(p.anna)
			}
		})
	}
}
