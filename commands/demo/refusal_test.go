package demo_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"fifteen/commands/internal/names"
	"fifteen/commands/internal/typed"
	"fifteen/scoring"
	"fifteen/storage"
)

// A lostDeal is what is known of a no.
type lostDeal struct {
	scoring.Refusal
	name string
	on   typed.Date
}

func (c *company) lostDeals() []lostDeal {
	c.Helper()
	_, zone := c.month(0)
	rows := c.rows("SELECT name, ended_at, reason, words, aftermath FROM deals WHERE outcome = 'lost'")
	lost := make([]lostDeal, 0, len(rows))
	for _, row := range rows {
		d := lostDeal{name: value[string](c, row[0]), on: typed.DateOf(value[time.Time](c, row[1]).In(zone))}
		d.Reason, d.Words = scoring.Reason(value[string](c, row[2])), value[string](c, row[3])
		if err := json.Unmarshal([]byte(value[string](c, row[4])), &d.Aftermath); err != nil {
			c.Fatal(err)
		}
		lost = append(lost, d)
	}
	return lost
}

// checkPromises looks at the days that were promised: working days after the no,
// and none is done that is still to come.
func (c *company) checkPromises() {
	c.Helper()
	_, zone := c.month(0)
	today := typed.DateOf(c.at.In(zone))
	overdue, soon := 0, 0
	check := func(d lostDeal, text string, done bool) {
		if text == "" {
			return
		}
		parsed, err := time.Parse(time.DateOnly, text)
		if err != nil {
			c.Fatal(err)
		}
		on := typed.DateOf(parsed)
		if on != on.Workday() || !on.After(d.on) || done && !on.Before(today) {
			c.Errorf("%s, lost on %s: got something promised for %s, done %v, want a later working day", d.name, d.on, on, done)
		}
		switch {
		case !done && on.Before(today):
			overdue++
			if on.Before(today.AddDays(-21)) {
				c.Errorf("%s: got a promise forgotten since %s, want none older than three weeks", d.name, on)
			}
		case !done && on.Before(today.AddDays(8)):
			soon++
		}
	}
	for _, d := range c.lostDeals() {
		check(d, d.Return.On, d.Return.Done)
		check(d, d.Door.On, d.Door.Done)
	}
	if overdue < 1 || overdue > 20 || soon < 2 || soon > 25 {
		c.Errorf("promises: got %d overdue and %d in the next week, want some of each", overdue, soon)
	}
}

// checkRefusals looks at whether what is known of each no fits together.
func (c *company) checkRefusals() {
	c.Helper()
	products := map[int64]string{}
	for _, row := range c.rows("SELECT number, name FROM products") {
		products[value[int64](c, row[0])] = value[string](c, row[1])
	}
	if len(products) < 12 || len(products) > 15 {
		c.Errorf("products: got %d, want 12 to 15", len(products))
	}
	had := 0
	for _, d := range c.lostDeals() {
		if d.Product != 0 {
			had++
			if len(names.Mentioned(d.Words, []string{products[d.Product]}, 1)) == 0 || d.Reason != scoring.Unsuitable {
				c.Errorf("%s: got product %q for %s, %q", d.name, products[d.Product], d.Reason, d.Words)
			}
		}
		if d.Probe != "" && d.Reason != scoring.HasSupplier {
			c.Errorf("%s: got probe %s of %s", d.name, d.Probe, d.Reason)
		}
		if (d.Winner.Kind == scoring.WinnerNamed) != (d.Winner.Name != "") || (d.Door.State == scoring.DoorAccepted) != (d.Door.On != "") {
			c.Errorf("%s: got winner %+v and door %+v", d.name, d.Winner, d.Door)
		}
	}
	if had < 4 {
		c.Errorf("noes to what we have: got %d, want at least 4", had)
	}
}

// TestAnswersFollowTheNo looks at when the questions about a no were answered:
// at one sitting, unless something was done later.
func TestAnswersFollowTheNo(t *testing.T) {
	t.Parallel()
	c := load(t, monday)
	var said time.Time
	for _, row := range c.rows("SELECT command, at, diff FROM changes WHERE subject = 'deal' ORDER BY deal, rev") {
		at := value[time.Time](c, row[1])
		switch value[string](c, row[0]) {
		case "lost":
			said = at
		case "refusal":
			if done := strings.Contains(value[string](c, row[2]), `"done"`); !done && at.Sub(said) > 15*time.Minute {
				t.Errorf("answer: got it %v after the no, want up to 15 minutes: %v", at.Sub(said), row)
			}
		}
	}
}

// TestOnlyWhatWeHave compares what customers missed with the products.
func TestOnlyWhatWeHave(t *testing.T) {
	t.Parallel()
	all := sections(t)
	for section, lines := range all {
		if !strings.HasPrefix(section, "unsuitable") {
			continue
		}
		want := 0
		if section == "unsuitable had" {
			want = 1
		}
		for _, words := range lines {
			if got := names.Mentioned(words, all["products"], 1); len(got) != want {
				t.Errorf("%s, %q: got %v, want %d product", section, words, got, want)
			}
		}
	}
}

// checkFlags looks at what is to be talked over this fortnight, mostly with
// Ivanov.
func (c *company) checkFlags() {
	c.Helper()
	var flagged []storage.SaidNo
	err := c.store.Read(c.Context(), c.home, func(tx *storage.Tx) (err error) {
		flagged, err = tx.FlaggedRefusals(c.Context(), 0, c.at.Add(-14*day), c.soon(), 100)
		return err
	})
	if err != nil {
		c.Fatal(err)
	}
	called, had := c.names(), map[string]int{}
	for _, f := range flagged {
		if f.Refusal().Flag() == scoring.FlagHadIt {
			had[called[f.Owner]]++
		}
	}
	if had["ivanov"] < 2 || had["sidorov"] < 1 || had["ivanov"] < had["sidorov"] {
		c.Errorf("noes of this fortnight to what we have: got %v, want most of Ivanov's", had)
	}
}
