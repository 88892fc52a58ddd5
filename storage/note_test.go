package storage_test

import (
	"context"
	"testing"

	"fifteen/storage"
)

// note adds a remark to a deal.
func (p *place) note(number int64, m storage.Member, remark string) storage.Note {
	p.Helper()
	by := p.by(m)
	deal := write(p, func(ctx context.Context, tx *storage.Tx) (storage.Deal, error) {
		deal, err := tx.Deal(ctx, number)
		if err != nil {
			return deal, err
		}
		return tx.AddNote(ctx, deal, remark, by)
	})
	return storage.Note{Rev: deal.Revision, Text: remark, Member: m.ID, At: by.At}
}

// notes returns a deal's remarks, newest first.
func (p *place) notes(number int64, limit int) []storage.Note {
	p.Helper()
	return read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.Note, error) { return tx.Notes(ctx, number, limit) })
}

func TestNotes(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			deal, other := p.add(storage.Deal{Name: "Acme"}), p.add(storage.Deal{Name: "Bolt"})
			first := p.note(deal.Number, p.anna, "first")
			second := p.note(deal.Number, p.boris, "second")
			third := p.note(deal.Number, p.anna, "")
			p.note(other.Number, p.anna, "elsewhere")
			p.same("revisions", []int64{first.Rev, second.Rev, third.Rev}, []int64{2, 3, 4})
			p.same("notes", p.notes(deal.Number, 10), []storage.Note{third, second, first})
			p.same("newest two notes", p.notes(deal.Number, 2), []storage.Note{third, second})

			deal.Revision = 4
			p.same("deal, but for its revision", p.deal(deal.Number), deal)
		})
	}
}

func TestUndoOfNotes(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			number := p.add(storage.Deal{Name: "Acme"}).Number // revision 1
			first := p.note(number, p.anna, "first")           // 2
			second := p.note(number, p.boris, "second")        // 3
			p.mustUndo(p.anna)                                 // 4
			p.same("notes after undo", p.notes(number, 10), []storage.Note{second})

			p.mustUndo(p.anna) // 5
			first.Rev = 5
			p.same("notes after undo of undo", p.notes(number, 10), []storage.Note{first, second})

			p.mustUndo(p.anna) // 6
			p.same("notes after the third undo", p.notes(number, 10), []storage.Note{second})
			p.same("rows", p.history("notes", "text"), []string{
				"2 0 first",
				"3 0 second",
				"4 2 ",
				"5 0 first",
				"6 5 ",
			})
		})
	}
}
