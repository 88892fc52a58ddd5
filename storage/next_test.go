package storage_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fifteen/scoring"
	"fifteen/storage"
)

// lifted needs one yes to 14: Pain is floor(5 × 4 ÷ 6) = 3.
func lifted(at time.Time) scoring.Card {
	card := sure(at)
	card.Answers[scoring.Urgent] = scoring.Answer{}
	return card
}

// doubtful is at 14, and a no to its 'not sure' makes it 13.
func doubtful(at time.Time) scoring.Card {
	card := sure(at)
	card.Answers[scoring.Urgent].Reply = scoring.Unsure
	return card
}

// next returns the deal that a member is asked about at a moment, 0 for none.
func (p *place) next(m storage.Member, at time.Time) (number int64, urgency storage.Urgency) {
	p.Helper()
	err := p.store.Read(p.Context(), p.home, func(tx *storage.Tx) error {
		deal, u, err := tx.NextDeal(p.Context(), m.ID, at)
		number, urgency = deal.Number, u
		return err
	})
	if err != nil && !errors.Is(err, storage.ErrNotFound) {
		p.Fatal(err)
	}
	return number, urgency
}

func TestNextDeal(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.add(storage.Deal{Name: "Climb", Amount: eur(900)})
			p.add(storage.Deal{Name: "Doubt", Amount: eur(500), Card: doubtful(start)})
			p.add(storage.Deal{Name: "Lift", Amount: eur(100), Card: lifted(start)})
			p.add(storage.Deal{Name: "Boris's", Amount: eur(999), Card: lifted(start), Owner: p.boris.ID})
			p.add(storage.Deal{Name: "Won", Amount: eur(999), Card: lifted(start)})
			p.change(5, p.by(p.anna), func(d *storage.Deal) { d.Outcome, d.EndedAt = scoring.Won, start })
			p.add(storage.Deal{Name: "Deleted", Amount: eur(999), Card: lifted(start)})
			p.change(6, p.by(p.anna), func(d *storage.Deal) { d.Deleted = true })

			late := start.Add(scoring.Rest)
			check := func(want int64, wantUrgency storage.Urgency) {
				t.Helper()
				if got, urgency := p.next(p.anna, late); got != want || urgency != wantUrgency {
					t.Errorf("next: got deal %d, urgency %d, want deal %d, urgency %d", got, urgency, want, wantUrgency)
				}
			}
			check(3, storage.Lift)
			p.change(3, p.by(p.anna), func(d *storage.Deal) { d.Outcome = scoring.Lost })
			check(2, storage.Doubt)
			p.change(2, p.by(p.anna), func(d *storage.Deal) { d.Outcome = scoring.Lost })
			check(1, storage.Climb)
			p.change(1, p.by(p.anna), func(d *storage.Deal) { d.Outcome = scoring.Lost })
			check(0, 0)
		})
	}
}

func TestNextDealAmongEquals(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			cards := map[string]func(time.Time) scoring.Card{
				"lift": lifted, "doubt": doubtful, "climb": func(time.Time) scoring.Card { return scoring.Card{} },
			}
			for name, card := range cards {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					p := open(t, k)
					for _, amount := range []scoring.Money{{}, eur(0), eur(7), eur(7), {Minor: 99, Currency: "JPY"}} {
						p.add(storage.Deal{Name: "Acme", Amount: amount, Card: card(start)})
					}
					// The largest worth first, then the lower number; no amount and no rate last.
					for _, want := range []int64{3, 4, 2, 1, 5} {
						if got, _ := p.next(p.anna, start.Add(scoring.Rest)); got != want {
							t.Fatalf("next: got deal %d, want %d", got, want)
						}
						p.change(want, p.by(p.anna), func(d *storage.Deal) { d.Outcome = scoring.Lost })
					}
				})
			}
		})
	}
}

func TestNextDealClimbsWhereTheFewestYesesAreMissing(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			near := lifted(start)
			near.Answers[scoring.Means], near.Answers[scoring.Suitable] = scoring.Answer{}, scoring.Answer{} // 9 = 3 + 3 + 3
			p.add(storage.Deal{Name: "Far", Amount: eur(1_000_000)})
			p.add(storage.Deal{Name: "Near", Amount: eur(1), Card: near})
			if got, urgency := p.next(p.anna, start); got != 2 || urgency != storage.Climb {
				t.Errorf("next: got deal %d, urgency %d, want 2, %d", got, urgency, storage.Climb)
			}
		})
	}
}

func TestNextDealInTime(t *testing.T) {
	t.Parallel()
	const step = time.Microsecond
	resting := lifted(start)
	resting.Answers[scoring.Urgent].Skipped = start
	tests := []struct {
		name    string
		card    scoring.Card
		after   time.Duration
		found   bool
		urgency storage.Urgency
	}{
		{"a skipped question rests", resting, scoring.Rest - step, false, 0},
		{"a skipped question comes back", resting, scoring.Rest, true, storage.Lift},
		{"'not sure' rests", doubtful(start), scoring.Rest - step, false, 0},
		{"'not sure' comes back", doubtful(start), scoring.Rest, true, storage.Doubt},
		{"a closing deal is fresh for 14 days", sure(start), scoring.ClosingFreshness, false, 0},
		{"and then stale", sure(start), scoring.ClosingFreshness + step, true, storage.Doubt},
		{"a question never asked is open at once", scoring.Card{}, 0, true, storage.Climb},
	}
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			for _, test := range tests {
				number := p.add(storage.Deal{Name: "Acme", Card: test.card}).Number
				want := int64(0)
				if test.found {
					want = number
				}
				got, urgency := p.next(p.anna, start.Add(test.after))
				if got != want || urgency != test.urgency {
					t.Errorf("%s: got deal %d, urgency %d, want %d, %d", test.name, got, urgency, want, test.urgency)
				}
				p.change(number, p.by(p.anna), func(d *storage.Deal) { d.Outcome = scoring.Lost })
			}
		})
	}
}

func TestNextDealIsWhole(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			want := p.add(storage.Deal{Name: "Lift", Amount: eur(100), Card: lifted(start)})
			p.same("next deal", read(p, func(ctx context.Context, tx *storage.Tx) (storage.Deal, error) {
				deal, _, err := tx.NextDeal(ctx, p.anna.ID, start)
				return deal, err
			}), want)
		})
	}
}
