package storage_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fifteen/scoring"
	"fifteen/storage"
)

// decide adds a decision of Petra's.
func (p *place) decide(d storage.Decision) storage.Decision {
	p.Helper()
	by := p.by(p.petra)
	return write(p, func(ctx context.Context, tx *storage.Tx) (storage.Decision, error) { return tx.AddDecision(ctx, d, by) })
}

// saveDecision lets fn change a decision and saves it.
func (p *place) saveDecision(number int64, fn func(*storage.Decision)) error {
	by := p.by(p.petra)
	return p.try(func(ctx context.Context, tx *storage.Tx) error {
		before, err := tx.Decision(ctx, number)
		if err != nil {
			return err
		}
		after := before
		fn(&after)
		return tx.SaveDecision(ctx, before, after, by)
	})
}

// reviewed sets how many reviews of a decision were seen.
func (p *place) reviewed(number int64, reviews int) {
	p.Helper()
	if err := p.saveDecision(number, func(d *storage.Decision) { d.Reviews = reviews }); err != nil {
		p.Fatal(err)
	}
}

// decisions returns the newest decisions about a member.
func (p *place) decisions(member int64, limit int) []storage.Decision {
	p.Helper()
	return read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.Decision, error) {
		return tx.Decisions(ctx, member, limit)
	})
}

func TestDecisions(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			first := p.decide(storage.Decision{
				Member: p.anna.ID, Step: scoring.Contract, Why: "nobody asks for it", What: "ask", Moved: 7, Decided: 10, Reviews: 2,
			})
			p.same("the first", first, storage.Decision{
				Number: 1, Member: p.anna.ID, Step: scoring.Contract, Why: "nobody asks for it", What: "ask", At: p.now,
				MadeBy: p.petra.ID, Moved: 7, Decided: 10, Revision: 1,
			})
			second := p.decide(storage.Decision{Member: p.boris.ID, Step: "own"})
			third := p.decide(storage.Decision{Member: p.anna.ID, Step: scoring.Contact})
			p.reopen()
			p.same("newest first", p.decisions(0, 10), []storage.Decision{third, second, first})
			p.same("the newest two", p.decisions(0, 2), []storage.Decision{third, second})
			p.same("of Anna", p.decisions(p.anna.ID, 10), []storage.Decision{third, first})

			p.reviewed(1, 1)
			p.reviewed(1, 1)
			first.Reviews, first.Revision = 1, 2
			p.same("after a review", p.decisions(p.anna.ID, 10), []storage.Decision{third, first})
			err := p.try(func(ctx context.Context, tx *storage.Tx) error {
				after := third
				third.Revision, after.Deleted = 7, true
				return tx.SaveDecision(ctx, third, after, p.by(p.petra))
			})
			if !errors.Is(err, storage.ErrMoved) {
				t.Errorf("another revision: got error %v, want %v", err, storage.ErrMoved)
			}
			if err := p.saveDecision(3, func(d *storage.Decision) { d.Deleted = true }); err != nil {
				t.Fatal(err)
			}
			p.same("after one is deleted", p.decisions(0, 10), []storage.Decision{second, first})
			if err := p.saveDecision(3, func(*storage.Decision) {}); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("a deleted one: got error %v, want %v", err, storage.ErrNotFound)
			}
			p.same("changes", rows(t, p.raw(), "SELECT subject FROM changes ORDER BY id"),
				[]string{"decision/1", "decision/2", "decision/3", "decision/1", "decision/3"})
			p.mustUndo(p.petra)
			p.same("how many after undo", len(p.decisions(0, 10)), 3)
		})
	}
}

func TestDecisionsDue(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			now := start.Add(30 * day)
			// Taken so many days ago, and as often reviewed.
			for i, d := range []struct {
				ago     int
				reviews int
			}{{22, 1}, {21, 1}, {20, 1}, {15, 0}, {14, 0}, {13, 0}, {25, 2}, {25, 0}} {
				p.now = now.AddDate(0, 0, -d.ago).Add(-time.Minute) // by adds the minute
				p.decide(storage.Decision{Member: p.anna.ID, Step: scoring.Contact})
				p.reviewed(int64(i+1), d.reviews)
			}
			due := func() (numbers []int64) {
				for _, d := range read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.Decision, error) {
					return tx.DecisionsDue(ctx, now.Add(-14*day), now.Add(-21*day))
				}) {
					numbers = append(numbers, d.Number)
				}
				return numbers
			}
			p.same("due, oldest first", due(), []int64{8, 1, 2, 4, 5})
			if err := p.saveDecision(4, func(d *storage.Decision) { d.Deleted = true }); err != nil {
				t.Fatal(err)
			}
			p.reviewed(8, 2)
			p.same("due after one is deleted and one seen", due(), []int64{1, 2, 5})
		})
	}
}
