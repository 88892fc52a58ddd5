package storage_test

import (
	"context"
	"errors"
	"testing"

	"fifteen/storage"
)

// remind sets a reminder of a member's.
func (p *place) remind(m storage.Member, r storage.Reminder) storage.Reminder {
	p.Helper()
	by := p.by(m)
	return write(p, func(ctx context.Context, tx *storage.Tx) (storage.Reminder, error) { return tx.AddReminder(ctx, r, by) })
}

// saveReminder lets fn change a reminder and saves it for Anna.
func (p *place) saveReminder(number int64, fn func(*storage.Reminder)) error {
	by := p.by(p.anna)
	return p.try(func(ctx context.Context, tx *storage.Tx) error {
		before, err := tx.Reminder(ctx, number)
		if err != nil {
			return err
		}
		after := before
		fn(&after)
		return tx.SaveReminder(ctx, before, after, by)
	})
}

// reminders returns what reminds a member until a day.
func (p *place) reminders(member int64, until string, limit int) []storage.Reminder {
	p.Helper()
	found := read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.DealReminder, error) {
		return tx.Reminders(ctx, member, until, limit)
	})
	all := make([]storage.Reminder, 0, len(found))
	for _, r := range found {
		p.same("the name of its deal", r.Name, []string{"", "Acme", "Bolt"}[r.Deal])
		all = append(all, r.Reminder)
	}
	return all
}

func TestReminders(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.add(storage.Deal{Name: "Acme", Owner: p.anna.ID})
			p.add(storage.Deal{Name: "Bolt", Owner: p.boris.ID})
			late := p.remind(p.anna, storage.Reminder{Deal: 1, What: "call", Day: "2026-12-02", Clock: "09:00", Done: true})
			p.same("the first", late, storage.Reminder{
				Number: 1, Deal: 1, Member: p.anna.ID, What: "call", Day: "2026-12-02", Clock: "09:00", SetAt: p.now, Revision: 1,
			})
			noon := p.remind(p.boris, storage.Reminder{Deal: 1, What: "write", Day: "2026-12-01", Clock: "12:00"})
			nine := p.remind(p.petra, storage.Reminder{Deal: 2, What: "ask", Day: "2026-12-01", Clock: "09:00"})
			p.reopen()
			p.same("the earliest first", p.reminders(0, "2026-12-02", 10), []storage.Reminder{nine, noon, late})
			p.same("the first two", p.reminders(0, "2026-12-02", 2), []storage.Reminder{nine, noon})
			p.same("until the day before", p.reminders(0, "2026-12-01", 10), []storage.Reminder{nine, noon})
			p.same("of Anna's deal", p.reminders(p.anna.ID, "2026-12-02", 10), []storage.Reminder{noon, late})
			p.same("of Boris's deal, and his own", p.reminders(p.boris.ID, "2026-12-02", 10), []storage.Reminder{nine, noon})

			p.handOver(p.boris, p.anna)
			p.same("after a handover", p.reminders(p.anna.ID, "2026-12-02", 10), []storage.Reminder{nine, noon, late})

			if err := p.saveReminder(2, func(r *storage.Reminder) { r.Done = true }); err != nil {
				t.Fatal(err)
			}
			p.same("after one is done", p.reminders(0, "2026-12-02", 10), []storage.Reminder{nine, late})
			p.mustUndo(p.anna)
			noon.Revision = 3
			p.same("after that is taken back", p.reminders(0, "2026-12-02", 10), []storage.Reminder{nine, noon, late})

			if err := p.saveReminder(3, func(r *storage.Reminder) { r.Deleted = true }); err != nil {
				t.Fatal(err)
			}
			if err := p.saveReminder(3, func(*storage.Reminder) {}); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("a deleted one: got error %v, want %v", err, storage.ErrNotFound)
			}
			err := p.try(func(ctx context.Context, tx *storage.Tx) error {
				after := late
				after.Done, late.Revision = true, 7
				return tx.SaveReminder(ctx, late, after, p.by(p.anna))
			})
			if !errors.Is(err, storage.ErrMoved) {
				t.Errorf("another revision: got error %v, want %v", err, storage.ErrMoved)
			}
			p.change(1, p.by(p.anna), func(d *storage.Deal) { d.Deleted = true })
			p.same("after the deal is deleted", p.reminders(0, "2026-12-02", 10), []storage.Reminder{})
		})
	}
}
