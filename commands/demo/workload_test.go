package demo_test

import (
	"testing"
	"time"

	"fifteen/storage"
)

// yardstick is which share of conversations becomes appointments.
var yardstick = struct{ least, most float64 }{0.03, 0.18}

func (c *company) checkWorkload() {
	c.Helper()
	if got := c.count("SELECT count(*) FROM activities"); got < 600 || got > 1500 {
		c.Errorf("activities: got %d, want 600 to 1,500", got)
	}
	if got := c.count(`SELECT count(*) FROM activities LEFT JOIN deals ON deals.number = deal
		WHERE deal <> 0 AND (owner_id IS NULL OR owner_id <> member_id)`); got != 0 {
		c.Errorf("activities for somebody else's deal: got %d, want none", got)
	}
	if got := c.count("SELECT count(*) FROM reminders WHERE day >= '" + c.at.Format(time.DateOnly) + "'"); got != 4 {
		c.Errorf("reminders to come: got %d, want 4", got)
	}
	if got := c.count("SELECT count(*) FROM checkins"); got < 90 || got > 130 {
		c.Errorf("check-ins: got %d, want 90 to 130", got)
	}
	var totals []storage.ActivityTotal
	err := c.store.Read(c.Context(), c.home, func(tx *storage.Tx) (err error) {
		totals, err = tx.ActivityTotals(c.Context(), 0, c.at.Add(-93*day), c.soon())
		return err
	})
	if err != nil {
		c.Fatal(err)
	}
	names, kinds := c.names(), map[string]map[string]storage.ActivityTotal{}
	for _, total := range totals {
		rep := names[total.Member]
		if kinds[rep] == nil {
			kinds[rep] = map[string]storage.ActivityTotal{}
		}
		kinds[rep][total.Kind] = total
	}
	for _, rep := range []string{"ivanov", "sidorov", "petra"} {
		did := kinds[rep]
		if days := did["call"].Times; days < 52 || days > 66 {
			c.Errorf("days with calls of %s: got %d, want nearly all of 65", rep, days)
		}
		talks, appointments := did["conversation"].Count, did["appointment"].Count
		if share := float64(appointments) / float64(talks); share < yardstick.least || share > yardstick.most || talks > did["call"].Count {
			c.Errorf("%s: got %d appointments of %d conversations of %d calls", rep, appointments, talks, did["call"].Count)
		}
	}
	ivanov, sidorov := kinds["ivanov"], kinds["sidorov"]
	if ivanov["call"].Count < 2*sidorov["call"].Count || ivanov["research"].Count >= sidorov["research"].Count {
		c.Errorf("got %v of Ivanov and %v of Sidorov, want more calls and less research of Ivanov", ivanov, sidorov)
	}
}

func TestNobodyWorksOnWeekends(t *testing.T) {
	t.Parallel()
	c := load(t, monday)
	for _, row := range c.rows("SELECT at, kind FROM activities WHERE deal = 0") {
		if at := value[time.Time](c, row[0]); at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
			t.Errorf("%v: got %s, want a working day", row[1], at)
		}
	}
}
