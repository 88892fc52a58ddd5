package demo_test

import (
	"encoding/json"
	"time"

	"fifteen/scoring"
)

// dated are the columns that hold when something happened; a moment before the
// year 2000 stands for never.
var dated = map[string]string{
	"members": "created_at", "companies": "created_at", "changes": "at", "answers": "at", "scores": "at", "claims": "at",
	"step_changes": "at", "refusal_changes": "at", "refusals": "at", "notes": "at", "products": "created_at",
	"activities": "at", "decisions": "at", "checkins": "done_at",
}

var datesOfDeals = []string{"created_at", "ended_at", "band_since", "scored_at"}

func (c *company) checkAges() {
	c.Helper()
	for table, column := range dated {
		c.checkDates(table, column)
	}
	for _, column := range datesOfDeals {
		c.checkDates("deals", column)
	}
}

// checkDates compares a column with the moment and with 400 days before it.
func (c *company) checkDates(table, column string) {
	c.Helper()
	rows := c.rows("SELECT " + column + " FROM " + table)
	if len(rows) == 0 {
		c.Errorf("%s: got no rows", table)
	}
	for _, row := range rows {
		at := value[time.Time](c, row[0])
		if at.Year() < 2000 && table == "deals" {
			continue
		}
		if at.After(c.at) || at.Before(c.at.Add(-400*day)) {
			c.Errorf("%s.%s: got %v, want up to 400 days before %v", table, column, at, c.at)
		}
	}
}

func (c *company) checkOrder() {
	c.Helper()
	var last time.Time
	for _, row := range c.rows("SELECT at, id FROM changes ORDER BY id") {
		at := value[time.Time](c, row[0])
		if at.Before(last) {
			c.Errorf("change %v: got %v, want not before %v", row[1], at, last)
		}
		last = at
	}
}

// checkSense follows each deal's changes: once it has ended only a payment, a
// note, the reopening, what was found out about a no or what was overcome may
// come, as the commands have it.
func (c *company) checkSense() {
	c.Helper()
	outcome, deal := scoring.Open, int64(0)
	for _, row := range c.rows("SELECT deal, command, diff FROM changes WHERE subject = 'deal' ORDER BY deal, rev") {
		number, command := value[int64](c, row[0]), value[string](c, row[1])
		if number != deal {
			outcome, deal = scoring.Open, number
		}
		var diff struct {
			Outcome [2]scoring.Outcome
			Step    [2]scoring.Step
		}
		if err := json.Unmarshal([]byte(value[string](c, row[2])), &diff); err != nil {
			c.Fatal(err)
		}
		allowed := outcome == scoring.Open || command == "note" || command == "reopen" ||
			outcome == scoring.Won && (diff.Step[1] == scoring.Payment || command == "overcame") ||
			outcome == scoring.Lost && command == "refusal"
		late := command == "reopen" || command == "refusal" || command == "overcame" || diff.Step[1] == scoring.Payment
		if !allowed || outcome == scoring.Open && late {
			c.Errorf("deal %d: got %s while it is %s", number, command, outcome)
		}
		if diff.Outcome[1] != "" {
			outcome = diff.Outcome[1]
		}
	}
}
