package storage_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"fifteen/storage"
)

// act adds an activity, reported by Anna.
func (p *place) act(a storage.Activity) storage.Activity {
	p.Helper()
	by := p.by(p.anna)
	return write(p, func(ctx context.Context, tx *storage.Tx) (storage.Activity, error) { return tx.AddActivity(ctx, a, by) })
}

// report adds an activity of Anna's that is just over.
func (p *place) report(kind string, count int64) storage.Activity {
	p.Helper()
	return p.act(storage.Activity{Member: p.anna.ID, Kind: kind, Count: count})
}

// totals adds up the activities between two moments.
func (p *place) totals(member int64, from, to time.Time) []storage.ActivityTotal {
	p.Helper()
	return read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.ActivityTotal, error) {
		return tx.ActivityTotals(ctx, member, from, to)
	})
}

func TestActivities(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.same("just over", p.report("call", 3), storage.Activity{
				Number: 1, Member: p.anna.ID, Kind: "call", Count: 3, At: p.now, Platform: "terminal", Chat: "dm", Revision: 1,
			})
			monday := start.AddDate(0, 0, -6)
			p.same("of Monday, for a deal, by somebody else",
				p.act(storage.Activity{Member: p.boris.ID, Deal: 42, Kind: "meeting", Count: 1, At: monday}),
				storage.Activity{
					Number: 2, Member: p.boris.ID, Deal: 42, Kind: "meeting", Count: 1, At: monday, Platform: "terminal",
					Chat: "dm", Revision: 1,
				})
			p.same("rows", rows(t, p.raw(), "SELECT number, deal, kind, count, platform, chat, revision FROM activities ORDER BY number"),
				[]string{"1 0 call 3 terminal dm 1", "2 42 meeting 1 terminal dm 1"})
			p.same("changes", rows(t, p.raw(), "SELECT subject, diff FROM changes ORDER BY id"),
				[]string{`activity/1 {"count":[0,3]}`, `activity/2 {"count":[0,1]}`})
			for _, want := range []string{"0 2", "1 3", "0 4"} {
				p.mustUndo(p.anna)
				p.same("count and revision after undo", rows(t, p.raw(), "SELECT count, revision FROM activities WHERE number = 2"),
					[]string{want})
			}
		})
	}
}

func TestActivityTotals(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			from, to := start, start.AddDate(0, 0, 7)
			for _, a := range []storage.Activity{
				{Member: p.boris.ID, Kind: "call", Count: 5, At: from}, // the window's first moment
				{Member: p.anna.ID, Kind: "call", Count: 3, At: from.Add(time.Hour)},
				{Member: p.anna.ID, Kind: "call", Count: 4, At: to.Add(-time.Microsecond)}, // and its last
				{Member: p.anna.ID, Kind: "meeting", Count: 1, At: from.Add(time.Hour)},
				{Member: p.anna.ID, Kind: "call", Count: 100, At: from.Add(-time.Microsecond)},
				{Member: p.anna.ID, Kind: "call", Count: 100, At: to},
				{Member: p.anna.ID, Kind: "research", Count: 100, At: from.Add(time.Hour)},
			} {
				p.act(a)
			}
			p.mustUndo(p.anna)
			anna := []storage.ActivityTotal{
				{Member: p.anna.ID, Kind: "call", Count: 7, Times: 2}, // 3 + 4
				{Member: p.anna.ID, Kind: "meeting", Count: 1, Times: 1},
			}
			p.same("of Anna", p.totals(p.anna.ID, from, to), anna)
			p.same("of everybody", p.totals(0, from, to), slices.Concat(anna, []storage.ActivityTotal{
				{Member: p.boris.ID, Kind: "call", Count: 5, Times: 1},
			}))
			p.same("of nobody", p.totals(p.petra.ID, from, to), []storage.ActivityTotal{})
			p.same("of no time", p.totals(0, from, from), []storage.ActivityTotal{})
		})
	}
}
