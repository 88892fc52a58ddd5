package storage_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fifteen/scoring"
	"fifteen/storage"
)

func TestAddDeal(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.add(storage.Deal{Name: "First"})
			got := p.add(storage.Deal{Name: "Second", Amount: eur(12_00), Close: "2026-12-05", Owner: p.boris.ID})
			want := storage.Deal{
				Number: 2, Company: got.Company, Name: "Second", Key: "second", Owner: p.boris.ID, Amount: eur(12_00),
				Close: "2026-12-05", Outcome: scoring.Open, Standing: scoring.Card{}.Standing(),
				BandSince: p.now, CreatedAt: p.now, CreatedBy: p.anna.ID, Revision: 1,
			}
			p.same("added deal", got, want)
			p.same("stored deal", p.deal(2), want)
			if got.Company == 0 {
				t.Error("company: got 0, want an id")
			}
		})
	}
}

func TestDealsOfOneNameShareTheCompany(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			first, second, other := p.add(storage.Deal{Name: "Acme"}), p.add(storage.Deal{Name: "ACME"}), p.add(storage.Deal{Name: "Bolt"})
			if first.Company != second.Company || first.Company == other.Company {
				t.Errorf("companies: got %d, %d and %d, want the first two alike and the third not",
					first.Company, second.Company, other.Company)
			}
			renamed := p.change(other.Number, p.by(p.anna), func(d *storage.Deal) { d.Name, d.Key = "Acme", "acme" })
			p.same("company after renaming", renamed.Company, first.Company)
			p.same("companies", rows(t, p.raw(), "SELECT key FROM companies ORDER BY key"), []string{"acme", "bolt"})
		})
	}
}

func TestSaveDeal(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			deal := p.add(storage.Deal{Name: "Acme"})
			by := p.by(p.anna)
			want := deal
			want.Owner, want.Amount, want.Close, want.Step = p.boris.ID, eur(100), "2026-12-24", scoring.Presentation
			want.Outcome, want.EndedAt, want.Reason, want.Words = scoring.Lost, by.At, scoring.NoBudget, "too dear"
			want.NextStep, want.NextStepOn, want.Card = "call", "2026-12-01", sure(by.At)
			got := p.change(deal.Number, by, func(d *storage.Deal) { *d = want })
			want.Standing, want.BandSince, want.Revision = want.Card.Standing(), by.At, 2
			p.same("saved deal", got, want)
			p.same("stored deal", p.deal(deal.Number), want)

			unchanged := p.change(deal.Number, p.by(p.anna), func(*storage.Deal) {})
			p.same("deal after nothing has changed", unchanged, want)
			p.same("changes", len(p.changes(deal.Number)), 2)
		})
	}
}

// changes returns a deal's changes, newest first.
func (p *place) changes(deal int64) []storage.Change {
	p.Helper()
	return read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.Change, error) {
		return tx.DealChanges(ctx, deal, 100)
	})
}

func TestSaveDealThatHasMoved(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			old := p.add(storage.Deal{Name: "Acme"})
			want := p.change(old.Number, p.by(p.boris), func(d *storage.Deal) { d.Amount = eur(1) })
			by := p.by(p.anna)
			for name, write := range map[string]func(context.Context, *storage.Tx) (storage.Deal, error){
				"SaveDeal": func(ctx context.Context, tx *storage.Tx) (storage.Deal, error) {
					after := old
					after.Amount = eur(2)
					return tx.SaveDeal(ctx, old, after, by)
				},
				"Answer": func(ctx context.Context, tx *storage.Tx) (storage.Deal, error) {
					return tx.Answer(ctx, old, scoring.Urgent, scoring.Yes, "", by)
				},
				"Skip": func(ctx context.Context, tx *storage.Tx) (storage.Deal, error) {
					return tx.Skip(ctx, old, scoring.Urgent, by)
				},
				"AddNote": func(ctx context.Context, tx *storage.Tx) (storage.Deal, error) {
					return tx.AddNote(ctx, old, "hello", by)
				},
			} {
				err := p.try(func(ctx context.Context, tx *storage.Tx) error {
					_, err := write(ctx, tx)
					return err
				})
				if !errors.Is(err, storage.ErrMoved) {
					t.Errorf("%s: got error %v, want %v", name, err, storage.ErrMoved)
				}
			}
			p.same("deal", p.deal(old.Number), want)
			p.same("changes", len(p.changes(old.Number)), 2)
		})
	}
}

func TestBandSince(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			deal := p.add(storage.Deal{Name: "Acme"})
			added := p.now
			direct := func(points ...int) func(*storage.Deal) {
				return func(d *storage.Deal) {
					for pillar, n := range points {
						d.Card.Direct[pillar] = scoring.Direct{Given: true, Points: n, At: p.now, Rev: d.Revision + 1}
					}
				}
			}
			for _, step := range []struct {
				name    string
				change  func(*storage.Deal)
				entered bool
			}{
				{"0 to 10 stays developing", direct(3, 3, 4), false},
				{"10 to 11 is advancing", direct(3, 4, 4), true},
				{"11 to 13 stays advancing", direct(4, 4, 5), false},
				{"13 to 14 is closing", direct(4, 5, 5), true},
				{"14 to 15 stays closing", direct(5, 5, 5), false},
				{"won", func(d *storage.Deal) { d.Outcome, d.EndedAt = scoring.Won, p.now }, false},
				{"reopened", func(d *storage.Deal) { d.Outcome, d.EndedAt = scoring.Open, time.Time{} }, true},
				{"15 to 0 is developing", direct(0, 0, 0), true},
			} {
				want := added
				if step.entered {
					want = p.now.Add(time.Minute)
				}
				got := p.change(deal.Number, p.by(p.anna), step.change)
				if !got.BandSince.Equal(want) {
					t.Errorf("%s: got in the band since %v, want %v", step.name, got.BandSince, want)
				}
				added = want
			}
		})
	}
}

func TestDeletedDealIsNotFound(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			number := p.add(storage.Deal{Name: "Acme"}).Number
			p.change(number, p.by(p.anna), func(d *storage.Deal) { d.Deleted = true })
			err := p.try(func(ctx context.Context, tx *storage.Tx) error {
				_, err := tx.Deal(ctx, number)
				return err
			})
			if !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("deleted deal: got error %v, want %v", err, storage.ErrNotFound)
			}
			p.same("lists", p.lists(0), lists{})
			if again := p.add(storage.Deal{Name: "Acme"}); again.Number != number+1 {
				t.Errorf("number of the next deal: got %d, want %d: numbers are not used twice", again.Number, number+1)
			}
		})
	}
}
