package storage_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fifteen/scoring"
	"fifteen/storage"
)

// checkin returns what a member has answered about a day.
func (p *place) checkin(m storage.Member, day string) storage.Checkin {
	p.Helper()
	return read(p, func(ctx context.Context, tx *storage.Tx) (storage.Checkin, error) { return tx.Checkin(ctx, m.ID, day) })
}

// today is the day of the check-ins.
const today = "2026-11-25"

// checkIn answers questions about today for a member, and reports what was done.
func (p *place) checkIn(m storage.Member, answered storage.Checkin, done storage.Activity) storage.Checkin {
	p.Helper()
	by := p.by(m)
	return write(p, func(ctx context.Context, tx *storage.Tx) (storage.Checkin, error) {
		before, err := tx.Checkin(ctx, m.ID, today)
		if err != nil {
			return before, err
		}
		return tx.SaveCheckin(ctx, before, answered, done, by)
	})
}

func (p *place) checkedIn(m storage.Member, day string) bool {
	p.Helper()
	return read(p, func(ctx context.Context, tx *storage.Tx) (bool, error) { return tx.CheckedIn(ctx, m.ID, day) })
}

func TestCheckin(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			none := storage.Checkin{Member: p.anna.ID, Day: today}
			p.same("before", p.checkin(p.anna, today), none)
			calls := p.checkIn(p.anna, storage.Checkin{Calls: true}, storage.Activity{Member: p.anna.ID, Kind: "call", Count: 3})
			p.same("the first answer", calls, storage.Checkin{Number: 1, Member: p.anna.ID, Day: today, Calls: true, TalliedAt: p.now, DoneAt: p.now, Revision: 1})
			p.same("as it is stored", p.checkin(p.anna, today), calls)
			p.same("calls", p.totals(p.anna.ID, p.now.Add(-time.Hour), p.now.Add(time.Hour)),
				[]storage.ActivityTotal{{Member: p.anna.ID, Kind: "call", Count: 3, Times: 1}})
			p.same("another day", p.checkin(p.anna, "2026-11-24"), storage.Checkin{Member: p.anna.ID, Day: "2026-11-24"})
			p.same("another member", p.checkin(p.boris, today), storage.Checkin{Member: p.boris.ID, Day: today})

			p.mustUndo(p.anna)
			p.same("taken back", p.totals(p.anna.ID, p.now.Add(-time.Hour), p.now.Add(time.Hour)), []storage.ActivityTotal(nil))
			calls.Calls, calls.Revision = false, 2
			p.same("taken back", p.checkin(p.anna, today), calls)
			p.mustUndo(p.anna)
			calls.Calls, calls.Revision = true, 3
			p.same("done again", p.checkin(p.anna, today), calls)

			p.same("half", p.checkedIn(p.anna, today), false)
			p.checkIn(p.anna, storage.Checkin{Calls: true, Meetings: true, Steps: true}, storage.Activity{})
			p.reopen()
			p.same("whole", p.checkedIn(p.anna, today), true)
			p.same("the day before", p.checkedIn(p.anna, "2026-11-24"), false)

			for name, stale := range map[string]storage.Checkin{"begun before": none, "an older revision": calls} {
				err := p.try(func(ctx context.Context, tx *storage.Tx) error {
					_, err := tx.SaveCheckin(ctx, stale, storage.Checkin{Meetings: true}, storage.Activity{}, p.by(p.anna))
					return err
				})
				if !errors.Is(err, storage.ErrMoved) {
					t.Errorf("%s: got error %v, want %v", name, err, storage.ErrMoved)
				}
			}
		})
	}
}

// TestCheckinAtTheSameTime begins the same day many times at once: it is one

// TestDealsOfADay lists what a member took to another step, and what they were
// busy with.
func TestDealsOfADay(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			for _, name := range []string{"Acme", "Bolt", "Crane", "Dune"} {
				p.add(storage.Deal{Name: name, Owner: p.anna.ID})
			}
			p.add(storage.Deal{Name: "Ether", Owner: p.boris.ID})
			p.now = p.now.AddDate(0, 0, 1)
			from, to := p.now, p.now.Add(time.Hour)
			step := func(number int64, m storage.Member, to scoring.Step) {
				p.change(number, p.by(m), func(d *storage.Deal) { d.Step = to })
			}
			numbers := func(list func(ctx context.Context, tx *storage.Tx) ([]storage.Deal, error)) (all []int64) {
				for _, d := range read(p, list) {
					all = append(all, d.Number)
				}
				return all
			}
			step(2, p.anna, scoring.Contact)
			step(2, p.anna, scoring.Presentation)
			step(3, p.anna, scoring.Contact)
			step(4, p.anna, scoring.Contact)
			step(4, p.anna, scoring.OnList)
			step(1, p.boris, scoring.Contact)
			p.act(storage.Activity{Member: p.anna.ID, Deal: 1, Kind: "meeting", Count: 1})
			p.act(storage.Activity{Member: p.anna.ID, Kind: "call", Count: 1})
			p.change(5, p.by(p.anna), func(d *storage.Deal) { d.Amount = eur(1) })
			moved := func(from, to time.Time) []int64 {
				return numbers(func(ctx context.Context, tx *storage.Tx) ([]storage.Deal, error) {
					return tx.MovedDeals(ctx, p.anna.ID, from, to)
				})
			}
			p.same("moved", moved(from, to), []int64{2, 3})
			p.same("moved before", moved(from.Add(-time.Hour), from), []int64(nil))
			touched := func(from time.Time, limit int) []int64 {
				return numbers(func(ctx context.Context, tx *storage.Tx) ([]storage.Deal, error) {
					return tx.TouchedDeals(ctx, p.anna.ID, from, to, limit)
				})
			}
			p.same("busy with", touched(from, 10), []int64{1, 4, 3, 2})
			p.same("two of them", touched(from, 2), []int64{1, 4})
			p.same("without a meeting", touched(to, 10), []int64{4, 3, 2, 1})
			p.change(3, p.by(p.anna), func(d *storage.Deal) { outcome(d, scoring.Won, p.now, "", "") })
			p.same("won moved too", moved(from, to), []int64{2, 3})
			p.same("and is not open", touched(from, 10), []int64{1, 4, 2})
		})
	}
}
