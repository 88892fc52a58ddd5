package demo_test

import (
	"strings"
	"testing"

	"fifteen/scoring"
	"fifteen/storage"
)

// scored returns the open deals that have a score, the highest first.
func (c *company) scored() []storage.Deal {
	c.Helper()
	var scored []storage.Deal
	err := c.store.Read(c.Context(), c.home, func(tx *storage.Tx) error {
		open, err := tx.OpenDeals(c.Context(), 0, 0, scoring.BestScore, 1000)
		for _, d := range open {
			if !d.Standing.ScoredAt.IsZero() {
				scored = append(scored, d)
			}
		}
		return err
	})
	if err != nil {
		c.Fatal(err)
	}
	return scored
}

func (c *company) checkScored() {
	c.Helper()
	deals := c.scored()
	if len(deals) != 40 {
		c.Errorf("open scored deals: got %d, want 40", len(deals))
	}
	totals, currencies := map[int]int{}, map[string]int{}
	for _, d := range deals {
		totals[d.Standing.Total]++
		currencies[d.Amount.Currency]++
		if euros := d.Amount.Minor / 100; d.Amount.Currency == "EUR" && (euros < 3000 || euros > 40_000) {
			c.Errorf("%s: got %d EUR, want 3,000 to 40,000", d.Name, euros)
		}
	}
	for total, least := range [16]int{14: 4, 15: 3} {
		if totals[total] < max(least, 1) {
			c.Errorf("deals at %d: got %d, want at least %d", total, totals[total], max(least, 1))
		}
	}
	for currency, want := range map[string]int{"EUR": 36, "CZK": 2, "USD": 1, "": 1} {
		if currencies[currency] != want {
			c.Errorf("deals in %q: got %d, want %d", currency, currencies[currency], want)
		}
	}
}

func (c *company) checkClosing() {
	c.Helper()
	var overdue, yesterday []string
	for _, d := range c.scored() {
		if d.Band() != scoring.Closing {
			continue
		}
		if scoring.Overdue(d.BandSince, c.at) > 0 {
			overdue = append(overdue, d.Name+" "+d.NextStep)
		}
		if c.at.Sub(d.BandSince) < 2*day {
			yesterday = append(yesterday, d.Name)
		}
		if d.Step != scoring.Presentation {
			c.Errorf("%s: got step %s, want presentation", d.Name, d.Step)
		}
	}
	if len(overdue) != 1 || overdue[0] != "Delta Works " {
		c.Errorf("overdue: got %q, want Delta Works without a next step", overdue)
	}
	if len(yesterday) != 1 || yesterday[0] != "Kovárna Skřípov" {
		c.Errorf("closing since yesterday: got %q, want Kovárna Skřípov", yesterday)
	}
}

func (c *company) checkMix() {
	c.Helper()
	stale, steps, closes := 0, 0, 0
	for _, d := range c.scored() {
		if d.Standing.Stale(c.at) {
			stale++
		}
		if d.NextStep != "" && d.NextStepOn != "" {
			steps++
		}
		if d.Close != "" {
			closes++
		}
	}
	const ofScored = " AND deal IN (SELECT number FROM deals WHERE outcome = 'open')"
	for _, check := range []struct {
		what       string
		got, least int
	}{
		{"stale scores", stale, 3},
		{"next steps with a day", steps, 30},
		{"expected closes", closes, 15},
		{"yeses", c.count("SELECT count(*) FROM answers WHERE reply = 'yes'" + ofScored), 120},
		{"not sures", c.count("SELECT count(*) FROM answers WHERE reply = 'unsure'" + ofScored), 40},
		{"noes", c.count("SELECT count(*) FROM answers WHERE reply = 'no'" + ofScored), 5},
		{"skips", c.count("SELECT count(*) FROM answers WHERE reply = 'skip'" + ofScored), 3},
		{"evidence", c.count("SELECT count(*) FROM answers WHERE evidence <> ''" + ofScored), 120},
		{"direct scores", c.count("SELECT count(DISTINCT deal) FROM scores WHERE direct" + ofScored), 6},
		{"notes", c.count("SELECT count(*) FROM notes WHERE undoes = 0" + ofScored), 12},
	} {
		if check.got < check.least {
			c.Errorf("%s: got %d, want at least %d", check.what, check.got, check.least)
		}
	}
}

func TestNamesOfPeopleAreFilledIn(t *testing.T) {
	t.Parallel()
	for _, line := range load(t, monday).dump() {
		if strings.Contains(line, "{who") || strings.Contains(line, "{boss") {
			t.Errorf("got a hole in %s", line)
		}
	}
}
