package storage_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fifteen/scoring"
	"fifteen/storage"
)

// lists are the numbers of deals that each list holds, in order.
type lists struct {
	Open, Closing, Won   []int64
	OpenNames, Ended     []int64
	Count                int
	ByKey, ByUnknownKeys []int64
}

// november is the month that lists asks for.
var november = [2]time.Time{
	time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC),
	time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC),
}

// lists reads all lists of deals.
func (p *place) lists(owner int64) lists {
	p.Helper()
	numbers := func(deals []storage.Deal) (all []int64) {
		for _, d := range deals {
			all = append(all, d.Number)
		}
		return all
	}
	names := func(deals []storage.DealName) (all []int64) {
		for _, d := range deals {
			all = append(all, d.Number)
		}
		return all
	}
	return read(p, func(ctx context.Context, tx *storage.Tx) (l lists, err error) {
		var firstErr error
		keep := func(err error) {
			if firstErr == nil {
				firstErr = err
			}
		}
		open, err := tx.OpenDeals(ctx, owner, 0, scoring.BestScore, 100)
		keep(err)
		closing, err := tx.OpenDeals(ctx, owner, scoring.ClosingFrom, scoring.BestScore, 100)
		keep(err)
		won, err := tx.WonDeals(ctx, owner, november[0], november[1])
		keep(err)
		sums, err := tx.WonAmounts(ctx, owner, november[0], november[1])
		keep(err)
		keep(sameSum(won, sums))
		sums, err = tx.OpenAmounts(ctx, owner, scoring.ClosingFrom, scoring.BestScore)
		keep(err)
		keep(sameSum(closing, sums))
		openNames, err := tx.OpenDealNames(ctx, owner, 100)
		keep(err)
		ended, err := tx.EndedDealNames(ctx, owner, 100)
		keep(err)
		byKey, err := tx.DealsByKey(ctx, []string{"acme", "bolt"}, owner)
		keep(err)
		unknown, err := tx.DealsByKey(ctx, []string{"nobody"}, owner)
		keep(err)
		none, err := tx.DealsByKey(ctx, nil, owner)
		keep(err)
		count, err := tx.CountOpen(ctx, owner)
		keep(err)
		return lists{
			Open: numbers(open), Closing: numbers(closing), Won: numbers(won), OpenNames: names(openNames),
			Ended: names(ended), ByKey: names(byKey), ByUnknownKeys: append(names(unknown), names(none)...), Count: count,
		}, firstErr
	})
}

// sameSum compares the amounts of listed deals with amounts that were read by
// themselves.
func sameSum(deals []storage.Deal, amounts []scoring.Money) error {
	listed := make([]scoring.Money, len(deals))
	for i, deal := range deals {
		listed[i] = deal.Amount
	}
	got, want := fmt.Sprint(scoring.ForecastOf(amounts, nil)), fmt.Sprint(scoring.ForecastOf(listed, nil))
	if got != want || len(amounts) != len(deals) {
		return fmt.Errorf("amounts: got %s, want %s", got, want)
	}
	return nil
}

// assorted adds one deal of each sort; the comment is its number.
func (p *place) assorted() {
	p.Helper()
	thirteen := sure(start)
	thirteen.Answers[scoring.Urgent] = scoring.Answer{} // Pain is floor(5 × 4 ÷ 6) = 3
	fourteen := sure(start)
	fourteen.Answers[scoring.Urgent].Reply = scoring.Unsure // Pain is floor(5 × 5 ÷ 6) = 4
	end := func(number int64, outcome scoring.Outcome, at time.Time) {
		p.change(number, p.by(p.anna), func(d *storage.Deal) { d.Outcome, d.EndedAt = outcome, at })
	}
	p.add(storage.Deal{Name: "Acme", Card: thirteen})                                           // 1
	p.add(storage.Deal{Name: "Bolt", Card: fourteen, Amount: eur(5)})                           // 2
	p.add(storage.Deal{Name: "Acme", Card: fourteen, Amount: eur(9), Owner: p.boris.ID})        // 3
	p.add(storage.Deal{Name: "Cork", Card: sure(start)})                                        // 4
	p.add(storage.Deal{Name: "Dune", Card: fourteen})                                           // 5
	p.add(storage.Deal{Name: "Acme", Card: sure(start)})                                        // 6, won at the month's first moment
	p.add(storage.Deal{Name: "Bolt", Owner: p.boris.ID})                                        // 7, won within the month
	p.add(storage.Deal{Name: "Eden"})                                                           // 8, won at the next month's first moment
	p.add(storage.Deal{Name: "Fern"})                                                           // 9, won in the month's last moment
	p.add(storage.Deal{Name: "Gold"})                                                           // 10, lost
	p.add(storage.Deal{Name: "Hope", Owner: p.boris.ID})                                        // 11, disqualified
	p.add(storage.Deal{Name: "Iris", Amount: scoring.Money{Minor: 1_000_000, Currency: "JPY"}}) // 12, no rate
	p.add(storage.Deal{Name: "Bolt", Card: fourteen, Amount: eur(5)})                           // 13, like 2
	end(6, scoring.Won, november[0])
	end(7, scoring.Won, start)
	end(8, scoring.Won, november[1])
	end(9, scoring.Won, november[1].Add(-time.Microsecond))
	end(10, scoring.Lost, start)
	end(11, scoring.Disqualified, start)
}

func TestLists(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.assorted()
			p.same("everybody's deals", p.lists(0), lists{
				Open: []int64{4, 3, 2, 13, 5, 1, 12}, Closing: []int64{4, 3, 2, 13, 5}, Won: []int64{6, 7, 9},
				OpenNames: []int64{4, 3, 2, 13, 5, 1, 12}, Ended: []int64{11, 10, 9, 8, 7, 6}, Count: 7,
				ByKey: []int64{1, 2, 3, 13, 6, 7},
			})
			p.same("Boris's deals", p.lists(p.boris.ID), lists{
				Open: []int64{3}, Closing: []int64{3}, Won: []int64{7}, OpenNames: []int64{3}, Ended: []int64{11, 7},
				Count: 1, ByKey: []int64{3, 7},
			})
			p.same("Petra's deals", p.lists(p.petra.ID), lists{})
		})
	}
}

func TestListsAreLimited(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.assorted()
			type found struct{ Deals, Open, Ended int }
			got := read(p, func(ctx context.Context, tx *storage.Tx) (f found, err error) {
				deals, err := tx.OpenDeals(ctx, 0, 0, scoring.BestScore, 3)
				if err != nil {
					return f, err
				}
				open, err := tx.OpenDealNames(ctx, 0, 2)
				if err != nil {
					return f, err
				}
				ended, err := tx.EndedDealNames(ctx, 0, 1)
				return found{len(deals), len(open), len(ended)}, err
			})
			p.same("list lengths", got, found{3, 2, 1})
		})
	}
}

func TestListedDealIsWholeButForItsCard(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.assorted()
			deals := read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.Deal, error) {
				return tx.OpenDeals(ctx, p.boris.ID, 0, scoring.BestScore, 1)
			})
			want := p.deal(3)
			p.same("name in a list", read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.DealName, error) {
				return tx.OpenDealNames(ctx, p.boris.ID, 1)
			}), []storage.DealName{{
				Number: 3, Name: "Acme", Key: "acme", Owner: p.boris.ID, Outcome: scoring.Open, Revision: 1,
				Amount: 9, Currency: "EUR",
			}})
			want.Card = scoring.Card{}
			p.same("listed deals", deals, []storage.Deal{want})
		})
	}
}

// TestListedDealIsNotSaved keeps a deal that was read without its card from
// wiping its answers.
func TestListedDealIsNotSaved(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			deal := p.add(storage.Deal{Name: "Acme"})
			p.change(deal.Number, p.by(p.anna), func(d *storage.Deal) {
				d.Card.Direct[scoring.Pain] = scoring.Direct{Given: true, Points: 4, At: p.now, Rev: d.Revision + 1}
			})
			want := p.deal(deal.Number)
			listed := read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.Deal, error) {
				return tx.OpenDeals(ctx, 0, 0, scoring.BestScore, 1)
			})[0]
			err := p.store.Write(t.Context(), p.home, func(tx *storage.Tx) error {
				changed := listed
				changed.Name = "Bolt"
				_, err := tx.SaveDeal(t.Context(), listed, changed, p.by(p.anna))
				return err
			})
			if err == nil {
				t.Error("got no error, want one that the card is missing")
			}
			p.same("the deal", p.deal(deal.Number), want)
		})
	}
}
