package demo_test

import (
	"testing"
	"time"

	"fifteen/commands/internal/typed"
	"fifteen/scoring"
	"fifteen/storage"
)

// month returns the month that is so many months after the present one, where
// the company is.
func (c *company) month(months int) (typed.Month, *time.Location) {
	c.Helper()
	zone, err := time.LoadLocation(c.zone)
	if err != nil {
		c.Fatal(err)
	}
	first := typed.MonthOf(typed.DateOf(c.at.In(zone))).First()
	return typed.MonthOf(first.AddMonths(months)), zone
}

// won returns the deals won in a month, counted from the present one.
func (c *company) won(months int) []storage.Deal {
	c.Helper()
	month, zone := c.month(months)
	var won []storage.Deal
	err := c.store.Read(c.Context(), c.home, func(tx *storage.Tx) (err error) {
		won, err = tx.WonDeals(c.Context(), 0, month.Start(zone), month.Next().Start(zone))
		return err
	})
	if err != nil {
		c.Fatal(err)
	}
	return won
}

func (c *company) checkWon() {
	c.Helper()
	for months := -12; months <= 0; months++ {
		won, large := c.won(months), 0
		for _, d := range won {
			if d.Amount.Currency != "EUR" || d.Amount.Minor < 90_00 || scoring.MethodFunnel().Before(d.Step, scoring.Contract) {
				c.Errorf("won %s: got %+v at step %q", d.Name, d.Amount, d.Step)
			}
			if d.Amount.Minor >= 3000_00 {
				large++
			}
		}
		if want := map[bool]int{true: 3, false: 1}[months == 0]; large < want {
			c.Errorf("contracts won in month %d: got %d, want at least %d", months, large, want)
		}
	}
}

func (c *company) checkTargets() {
	c.Helper()
	for months := -12; months <= 2; months++ {
		month, _ := c.month(months)
		if got := c.count("SELECT count(*) FROM targets WHERE member_id = 0 AND currency = 'EUR' AND month = '" + month.String() + "'"); got != 1 {
			c.Errorf("team targets of %s: got %d, want 1", month, got)
		}
	}
	present, _ := c.month(0)
	const ofReps = "SELECT count(*) FROM targets JOIN members ON members.id = member_id WHERE role = 'rep' AND month = '"
	if got := c.count(ofReps + present.String() + "'"); got != 3 {
		c.Errorf("rep targets of %s: got %d, want 3", present, got)
	}
}

func TestWonOnSeveralDaysOfThisMonth(t *testing.T) {
	t.Parallel()
	days := map[int]bool{}
	for _, d := range load(t, monday).won(0) {
		if d.Amount.Minor >= 3000_00 {
			days[d.EndedAt.Day()] = true
		}
	}
	if len(days) < 3 {
		t.Errorf("days with a contract: got %v, want at least 3", days)
	}
}

func TestHistory(t *testing.T) {
	t.Parallel()
	c := load(t, monday)
	for _, check := range []struct {
		what, query string
		least, most int
	}{
		{"deals", "SELECT count(*) FROM deals", 530, 550},
		{"companies", "SELECT count(*) FROM companies", 530, 550},
		{"described companies", "SELECT count(*) FROM companies WHERE size IN ('small', 'mid', 'large') AND source <> ''", 450, 500},
		{"companies of a known industry", "SELECT count(*) FROM companies WHERE industry <> ''", 450, 500},
		{"only rows of the funnel", `SELECT count(*) FROM deals WHERE NOT EXISTS (
			SELECT 1 FROM scores WHERE scores.deal = number)`, 420, 470},
		{"claims", "SELECT count(*) FROM claims", 50, 90},
		{"claims of lost deals", "SELECT count(DISTINCT deal) FROM claims JOIN deals ON number = deal WHERE outcome = 'lost'", 9, 9},
		{"open and slipped", "SELECT count(DISTINCT deal) FROM claims JOIN deals ON number = deal WHERE outcome = 'open' AND score = 13", 2, 2},
		{"reopened", "SELECT count(*) FROM changes WHERE command = 'reopen'", 4, 4},
		{"back a step", "SELECT count(*) FROM step_changes WHERE from_step = 'presentation' AND to_step = 'contact'", 1, 1},
		{"lost without a reason", "SELECT count(*) FROM deals WHERE outcome = 'lost' AND reason = ''", 0, 0},
		{"reasons", "SELECT count(DISTINCT reason) FROM refusals", 7, 7},
		{"refusals", "SELECT count(*) FROM refusals", 140, 190},
		{"refusals in words", "SELECT count(*) FROM refusals WHERE words <> ''", 100, 160},
		{"refusals before the contact", "SELECT count(*) FROM refusals WHERE step = ''", 30, 50},
		{"refusals that nobody asked about", "SELECT count(*) FROM refusals WHERE winner = ''", 20, 50},
		{"excuses that were asked about", "SELECT count(*) FROM refusals WHERE reason = 'has_supplier' AND probe <> ''", 15, 40},
		{"probes", "SELECT count(DISTINCT probe) FROM refusals WHERE probe <> ''", 5, 6},
		{"rivals", "SELECT count(*) FROM refusals WHERE winner = 'named'", 30, 65},
		{"customers without a decision", "SELECT count(*) FROM refusals WHERE winner = 'nobody'", 30, 65},
		{"winners that nobody knows", "SELECT count(*) FROM refusals WHERE winner = 'unknown'", 25, 60},
		{"doors accepted", "SELECT count(*) FROM refusals WHERE door = 'accepted'", 60, 110},
		{"doors declined", "SELECT count(*) FROM refusals WHERE door = 'declined'", 8, 35},
		{"doors unoffered", "SELECT count(*) FROM refusals WHERE door = 'unoffered'", 8, 35},
		{"customers who came back", "SELECT count(*) FROM refusals WHERE back_at < '9999-01-01'", 4, 4},
		{"noes to what we have, of Ivanov", `SELECT count(*) FROM refusals JOIN members ON members.id = owner_id
			WHERE product <> 0 AND members.key = 'ivanov'`, 5, 13},
		{"noes to what we have, of others", `SELECT count(*) FROM refusals JOIN members ON members.id = owner_id
			WHERE product <> 0 AND members.key <> 'ivanov'`, 1, 4},
		{"overcome objections", "SELECT count(*) FROM deals WHERE outcome = 'won' AND overcame NOT IN ('', 'none') AND overcame_how <> ''", 15, 35},
		{"nothing to overcome", "SELECT count(*) FROM deals WHERE outcome = 'won' AND overcame = 'none' AND overcame_how = ''", 2, 12},
		{"pitches", "SELECT count(*) FROM workspaces WHERE pitch <> ''", 1, 1},
		{"activities for deals", "SELECT count(*) FROM activities WHERE deal <> 0", 40, 100},
		{"disqualified", "SELECT count(*) FROM deals WHERE outcome = 'disqualified' AND words <> '' AND reason = ''", 8, 8},
		{"changes by nobody", "SELECT count(*) FROM changes WHERE platform <> 'terminal' OR chat = '' OR command = ''", 0, 0},
		{"what was told", "SELECT count(*) FROM outbox", 0, 0},
	} {
		if got := c.count(check.query); got < check.least || got > check.most {
			t.Errorf("%s: got %d, want %d to %d", check.what, got, check.least, check.most)
		}
	}
}
