package storage_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fifteen/scoring"
	"fifteen/storage"
)

// waits makes a deal wait until a day.
func (p *place) waits(number int64, on, why string) {
	p.Helper()
	p.change(number, p.by(p.anna), func(d *storage.Deal) { d.WaitOn, d.WaitWhy = on, why })
}

// postponed returns the numbers of the deals that wait until a day at the latest.
func (p *place) postponed(m storage.Member, until string, limit int) []int64 {
	p.Helper()
	deals := read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.Deal, error) {
		return tx.Waiting(ctx, m.ID, until, limit)
	})
	numbers := make([]int64, len(deals))
	for i, d := range deals {
		numbers[i] = d.Number
	}
	return numbers
}

func TestWaitingDeals(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			for _, name := range []string{"Later", "Sooner", "Never", "Over", "Lost"} {
				p.add(storage.Deal{Name: name})
			}
			p.add(storage.Deal{Name: "Boris's", Owner: p.boris.ID})
			p.waits(1, "2027-02-08", "new “budget” year")
			p.waits(2, "2026-12-01", "")
			p.waits(4, "2026-11-20", "a fair")
			p.waits(5, "2026-12-01", "a fair")
			p.waits(6, "2026-12-01", "a fair")
			p.change(5, p.by(p.anna), func(d *storage.Deal) { d.Outcome, d.EndedAt, d.Reason = scoring.Lost, p.now, scoring.PriceTooHigh })
			p.reopen()
			p.same("until a day", p.postponed(p.anna, "2026-12-01", 10), []int64{4, 2})
			p.same("all", p.postponed(p.anna, "2099-01-01", 10), []int64{4, 2, 1})
			p.same("the first", p.postponed(p.anna, "2099-01-01", 1), []int64{4})
			p.same("anybody's", p.postponed(storage.Member{}, "2026-12-31", 10), []int64{4, 2, 6})
			d := p.deal(1)
			p.same("as it is kept", []any{d.WaitOn, d.WaitWhy, d.Waits("2027-02-07"), d.Waits("2027-02-08")},
				[]any{"2027-02-08", "new “budget” year", true, false})

			p.same("a lost deal waits no longer", p.deal(5).WaitOn+p.deal(5).WaitWhy, "")
			p.mustUndo(p.anna)
			p.same("an undone loss waits again", p.deal(5).WaitOn+p.deal(5).WaitWhy, "2026-12-01a fair")
			p.mustUndo(p.anna)
			p.same("and the loss done again does not", p.deal(5).WaitOn, "")
		})
	}
}

// TestWaitOfALostDeal takes back the end of a wait after somebody else has lost the
// deal: there is no room for it.
func TestWaitOfALostDeal(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.add(storage.Deal{Name: "Acme"})
			p.waits(1, "2027-02-08", "new budget year")
			p.waits(1, "", "")
			p.change(1, p.by(p.petra), func(d *storage.Deal) { d.Outcome, d.EndedAt, d.Reason = scoring.Lost, p.now, scoring.PriceTooHigh })
			if err := p.undo(p.anna); !errors.Is(err, storage.ErrMoved) {
				t.Errorf("undo: got error %v, want %v", err, storage.ErrMoved)
			}
		})
	}
}

func TestNextDealWaits(t *testing.T) {
	t.Parallel()
	east := time.FixedZone("", 14*60*60)
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.add(storage.Deal{Name: "Lift", Card: lifted(start)})
			p.add(storage.Deal{Name: "Doubt", Card: doubtful(start)})
			p.add(storage.Deal{Name: "Climb"})
			day := start.AddDate(0, 0, 3).Truncate(24 * time.Hour)
			on := day.Format(time.DateOnly)
			for number := range int64(3) {
				p.waits(number+1, on, "why")
			}
			for _, test := range []struct {
				at   time.Time
				want int64
			}{
				{day.Add(-time.Microsecond), 0},
				{day, 1},
				{day.Add(-14*time.Hour - time.Microsecond).In(east), 0}, // their day begins 14 hours earlier
				{day.Add(-14 * time.Hour).In(east), 1},
			} {
				if got, _ := p.next(p.anna, test.at); got != test.want {
					t.Errorf("next at %v: got deal %d, want %d", test.at, got, test.want)
				}
			}
			p.waits(3, "", "")
			if got, urgency := p.next(p.anna, start); got != 3 || urgency != storage.Climb {
				t.Errorf("next: got deal %d, urgency %d, want 3, which does not wait", got, urgency)
			}
		})
	}
}

func TestWorkingTime(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			first := p.settings()
			p.same("of a new workspace", []any{first.Hours, first.Days, first.Country, len(first.DaysOff), first.Nudge}, []any{"", "", "", 0, ""})
			want := first
			want.Hours, want.Days, want.Country, want.Nudge = "08:00-16:00", "mon,tue", "cz", storage.NudgeOff
			want.DaysOff = []storage.DayOff{{On: "2026-12-28", Name: "between “the” years"}, {On: "2026-12-29"}}
			want.Channel = storage.Channel{Platform: "slack", ID: "C1", Name: "#sales “x”"}
			p.set(func(w *storage.Workspace) { *w = want })
			p.reopen()
			p.same("settings", p.settings(), want)
			p.set(func(w *storage.Workspace) { w.Channel = storage.Channel{} })
			p.same("channel as it is kept", rows(t, p.raw(), "SELECT channel FROM workspaces"), []string{""})
			p.mustUndo(p.petra)
			p.same("channel after undo", p.settings().Channel, want.Channel)
			p.set(func(w *storage.Workspace) { w.DaysOff = w.DaysOff[1:] })
			p.mustUndo(p.petra)
			p.same("days off after undo", p.settings().DaysOff, want.DaysOff)

			by := p.by(p.anna)
			anna := func(edit func(*storage.Member)) storage.Member {
				return write(p, func(ctx context.Context, tx *storage.Tx) (storage.Member, error) {
					before, err := tx.Member(ctx, p.anna.ID)
					if err != nil {
						return before, err
					}
					after := before
					edit(&after)
					if err := tx.SaveMember(ctx, before, after, by); err != nil {
						return before, err
					}
					return tx.Member(ctx, p.anna.ID)
				})
			}
			working := p.anna
			working.Hours, working.Days, working.AwayUntil, working.Revision = "22:00-24:00", "sat", "2026-12-05", 2
			p.same("member", anna(func(m *storage.Member) { m.Hours, m.Days, m.AwayUntil = working.Hours, working.Days, working.AwayUntil }), working)
			p.mustUndo(p.anna)
			p.anna.Revision = 3
			p.same("member after undo", anna(func(*storage.Member) {}), p.anna)
		})
	}
}
