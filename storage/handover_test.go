package storage_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"fifteen/scoring"
	"fifteen/storage"
)

// handOver gives all of a member's open deals to another one.
func (p *place) handOver(from, to storage.Member) []storage.Deal {
	p.Helper()
	by := p.by(p.petra)
	return write(p, func(ctx context.Context, tx *storage.Tx) ([]storage.Deal, error) {
		return tx.HandOver(ctx, from.ID, to.ID, by)
	})
}

// last returns a member's newest change.
func (p *place) last(m storage.Member) storage.Change {
	p.Helper()
	return read(p, func(ctx context.Context, tx *storage.Tx) (storage.Change, error) { return tx.LastChange(ctx, m.ID) })
}

// owners returns who owns each deal.
func (p *place) owners() []string {
	p.Helper()
	return rows(p.T, p.raw(), fmt.Sprintf(`SELECT d.number, m.key, d.revision FROM deals d JOIN members m ON m.id = d.owner_id
		WHERE d.workspace_id = %d ORDER BY d.number`, p.home))
}

// shared gives Anna three open deals and one that is won, and Boris one.
func (p *place) shared() {
	p.Helper()
	p.add(storage.Deal{Name: "Acme", Amount: eur(100)})
	p.add(storage.Deal{Name: "Bolt", Owner: p.boris.ID})
	p.add(storage.Deal{Name: "Cork", Card: sure(start)})
	p.add(storage.Deal{Name: "Dune"})
	p.add(storage.Deal{Name: "Eden"})
	p.change(4, p.by(p.anna), func(d *storage.Deal) { d.Outcome, d.EndedAt = scoring.Won, p.now })
	p.change(5, p.by(p.anna), func(d *storage.Deal) { d.Deleted = true })
}

func TestHandOver(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.shared()
			got := p.handOver(p.anna, p.boris)
			p.same("owners", p.owners(), []string{"1 boris 2", "2 boris 1", "3 boris 2", "4 anna 2", "5 anna 2"})
			var names []string
			for _, d := range got {
				names = append(names, fmt.Sprint(d.Number, d.Name, d.Owner == p.boris.ID, d.Revision, d.Standing.Total))
			}
			p.same("deals", names, []string{"1Acmetrue 2 0", "3Corktrue 2 15"})
			p.same("nothing left", p.handOver(p.anna, p.boris), []storage.Deal{})
			p.same("to oneself", p.handOver(p.boris, p.boris), []storage.Deal{})
			change := p.last(p.petra)
			p.same("its line, deal and owner", []string{fmt.Sprint(change.Line), fmt.Sprint(change.Deal), string(change.Diff["owner"][1])},
				[]string{"1", "3", fmt.Sprint(p.boris.ID)})
			together := read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.Deal, error) { return tx.LineDeals(ctx, 1) })
			p.same("deals of the line", together, got)
			p.same("deals of no line", read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.Deal, error) {
				return tx.LineDeals(ctx, 0)
			}), []storage.Deal{})
		})
	}
}

func TestUndoOfALine(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.shared()
			before, past := p.state(), p.past()
			p.handOver(p.anna, p.boris)
			after, first := p.state(), p.changes(1)[0] // undoing any of them undoes all
			p.standing(past)
			if err := p.reverse(first, p.petra); err != nil {
				t.Fatal(err)
			}
			p.same("taken back", p.state(), before)
			if err := p.reverse(first, p.petra); !errors.Is(err, storage.ErrMoved) {
				t.Errorf("undo of a line that was undone: got error %v, want %v", err, storage.ErrMoved)
			}
			for i, want := range []map[string][]string{after, before, after} {
				p.mustUndo(p.petra)
				p.same(fmt.Sprintf("state after %d more undos", i+1), p.state(), want)
			}
			p.note(1, p.boris, "a word")
			p.mustUndo(p.petra)
			p.same("owners after others changed something else", p.owners()[:1], []string{"1 anna 8"})
		})
	}
}

func TestUndoOfALineIsRefusedAsAWhole(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.shared()
			p.handOver(p.anna, p.boris)
			p.change(1, p.by(p.boris), func(d *storage.Deal) { d.Owner = p.petra.ID })
			want, past := p.state(), p.past()
			if err := p.undo(p.petra); !errors.Is(err, storage.ErrMoved) {
				t.Errorf("got error %v, want %v", err, storage.ErrMoved)
			}
			p.same("state", p.state(), want)
			p.same("history", p.past(), past)
		})
	}
}
