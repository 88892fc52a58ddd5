package demo_test

import (
	"testing"
	"time"
	_ "time/tzdata" // the zones of the moments
)

const day = 24 * time.Hour

// A moment is when and where the demo is loaded.
type moment struct {
	at   time.Time
	zone string
}

func (m moment) String() string { return m.at.Format("2006-01-02T15.04") + " " + m.zone }

func utc(year int, month time.Month, day, hour, minute int) moment {
	return moment{time.Date(year, month, day, hour, minute, 0, 0, time.UTC), "UTC"}
}

// monday is an ordinary moment, late enough in its month.
var monday = utc(2026, 11, 23, 9, 0)

// moments are ordinary and awkward ones.
var moments = []moment{
	monday,
	utc(2026, 1, 1, 0, 0),
	utc(2027, 1, 1, 12, 0),
	utc(2028, 2, 29, 18, 45),
	utc(2026, 12, 1, 0, 30),
	utc(2026, 7, 31, 23, 59),
	{time.Date(2027, 3, 28, 1, 10, 5, 123456789, time.UTC), "Europe/Prague"},       // ten minutes into summer time
	{time.Date(2026, 11, 1, 3, 30, 0, 0, time.UTC), "America/Los_Angeles"},         // still October there
	{time.Date(2026, 5, 31, 21, 0, 0, 0, time.UTC), "Asia/Kolkata"},                // June already
	{time.Date(2026, 10, 25, 1, 30, 0, 0, time.FixedZone("", 3600)), "Etc/GMT+12"}, // written in another zone
}

// TestEveryMoment checks what holds whenever the demo is loaded.
func TestEveryMoment(t *testing.T) {
	t.Parallel()
	for _, m := range moments {
		t.Run(m.String(), func(t *testing.T) {
			t.Parallel()
			c := load(t, m)
			c.checkAges()
			c.checkOrder()
			c.checkSense()
			c.checkFunnel()
			c.checkScored()
			c.checkClosing()
			c.checkMix()
			c.checkWon()
			c.checkTargets()
			c.checkAnalysis()
			c.checkPairs()
			c.checkDecisions()
			c.checkLike()
			c.checkPromises()
			c.checkRefusals()
			c.checkFlags()
			c.checkWorkload()
		})
	}
}
