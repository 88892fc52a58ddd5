package storage_test

import (
	"context"
	"testing"

	"fifteen/scoring"
	"fifteen/storage"
)

func TestCountDealsAt(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			for _, name := range []string{"Acme", "Borealis", "Cobalt", "Dune"} {
				p.add(storage.Deal{Name: name, Owner: p.anna.ID})
			}
			p.move(1, scoring.Contact, scoring.Presentation) // was at contact, stands at the presentation
			p.move(2, scoring.Contact, scoring.OnList)
			p.move(3, "demo")
			p.change(3, p.by(p.anna), func(d *storage.Deal) { d.Deleted = true })
			for _, test := range []struct {
				steps []scoring.Step
				want  int64
			}{
				{[]scoring.Step{scoring.Contact}, 2},
				{[]scoring.Step{scoring.Presentation}, 1},
				{[]scoring.Step{scoring.Contact, scoring.Presentation}, 2}, // the first at both
				{[]scoring.Step{"demo"}, 1},
				{[]scoring.Step{scoring.Contact, "demo"}, 3},
				{[]scoring.Step{scoring.Contract}, 0},
				{nil, 0},
			} {
				got := read(p, func(ctx context.Context, tx *storage.Tx) (int64, error) {
					return tx.CountDealsAt(ctx, test.steps...)
				})
				if got != test.want {
					t.Errorf("deals at %v: got %d, want %d", test.steps, got, test.want)
				}
			}
		})
	}
}

// move takes a deal along steps.
func (p *place) move(number int64, steps ...scoring.Step) {
	p.Helper()
	for _, step := range steps {
		p.change(number, p.by(p.anna), func(d *storage.Deal) { d.Step = step })
	}
}

func TestCountDealsOver(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			for _, name := range []string{"Acme", "Borealis", "Cobalt"} {
				p.add(storage.Deal{Name: name})
			}
			p.lose(1, scoring.Refusal{Reason: "legal"})
			p.lose(1, scoring.Refusal{Reason: scoring.NoBudget})
			p.lose(2, scoring.Refusal{Reason: scoring.NoBudget})
			p.change(2, p.by(p.anna), func(d *storage.Deal) { d.Deleted = true })
			p.change(3, p.by(p.anna), func(d *storage.Deal) {
				d.Outcome, d.EndedAt, d.Overcame = scoring.Won, p.now, storage.Objection{Reason: "legal", How: "their own contract"}
			})
			for reason, want := range map[scoring.Reason]int64{"legal": 2, scoring.NoBudget: 2, scoring.PriceTooHigh: 0} {
				got := read(p, func(ctx context.Context, tx *storage.Tx) (int64, error) { return tx.CountDealsOver(ctx, reason) })
				p.same(string(reason), got, want)
			}
		})
	}
}
