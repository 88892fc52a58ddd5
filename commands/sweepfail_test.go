package commands_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"fifteen/storage"
)

// TestPlanThatFails spoils a reminder: what others have scheduled comes all the same,
// and the reminder comes once it is mended.
func TestPlanThatFails(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-27 12:00")
	f.does(f.boss, "settings nudge off")
	f.does(f.ivanov, "deal add Acme 12000 EUR", "remind Acme mon 9:00 call Petra")
	f.in(channel2, f.novak, "schedule who mon 09:00")
	f.clocks(1, "")
	f.at("2026-11-30 09:00")
	same(t, "while it fails", f.wake(), "#sales: Nobody is 14 or 15 right now.")
	if got := f.logs.String(); !strings.Contains(got, `msg="a plan failed" kind=reminder number=1`) {
		t.Errorf("got the log\n%s\nwant a line about the reminder", got)
	}
	f.logs.Reset()
	same(t, "at once again", f.wake())
	f.quiet("at once again")
	f.clocks(1, "09:00")
	f.at("2026-11-30 09:01")
	same(t, "mended", f.wake(), "ivanov: Acme: call Petra")
	same(t, "and once", f.wake())
	f.at("2026-12-01 09:00")
	same(t, "a day later", f.wake())
	same(t, "turns that are left", f.rows("SELECT kind FROM turns WHERE kind <> 'schedule'"))
}

// clocks sets the time of a reminder, which may be none.
func (f *firm) clocks(number int64, clock string) {
	f.t.Helper()
	err := f.app.Store.Write(f.t.Context(), f.home.ID, func(tx *storage.Tx) error {
		before, err := tx.Reminder(f.t.Context(), number)
		if err != nil {
			return err
		}
		after := before
		after.Clock = clock
		return tx.SaveReminder(f.t.Context(), before, after, storage.Author{At: f.now, Command: "remind later"})
	})
	if err != nil {
		f.t.Fatal(err)
	}
}

// fragile is a tally that breaks when a reminder was told.
type fragile struct {
	mu    sync.Mutex
	broke []string
}

func (*fragile) Said(kind string, _ bool) {
	if kind == storage.PlanReminder {
		panic("a reminder was told")
	}
}

func (*fragile) Skipped(string) {}

func (a *fragile) Broke(kind string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.broke = append(a.broke, kind)
}

// TestTurnThatPanics checks that a turn whose code breaks ends neither the program
// nor the turns beside it.
func TestTurnThatPanics(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-27 12:00")
	tally := &fragile{}
	f.app.Tally = tally
	f.does(f.boss, "settings nudge off")
	f.does(f.ivanov, "deal add Acme 12000 EUR", "remind Acme mon 9:00 call Petra")
	f.in(channel2, f.novak, "schedule who mon 09:00")
	f.at("2026-11-30 09:00")
	got := f.wake()
	slices.Sort(got)
	same(t, "both are told", got, "#sales: Nobody is 14 or 15 right now.", "ivanov: Acme: call Petra")
	same(t, "what broke", tally.broke, storage.PlanReminder)
	f.logs.Reset()
}
