package commands_test

import (
	"testing"
	"time"

	"fifteen/bot"
)

// TestTwoZones has a rep in Tokyo and a workspace in New York at a month's end:
// days are the rep's, months the workspace's.
func TestTwoZones(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.boss, "settings zone America/New_York", "target 2026-11 1000 EUR", "target 2026-12 2000 EUR")
	tokyo := inSlack("U1")
	f.meets(bot.Person{Account: tokyo, Name: "Yui", Zone: "Asia/Tokyo"})
	f.now = time.Date(2026, 11, 30, 20, 0, 0, 0, time.UTC) // 15:00 on 30 November there, 5:00 on 1 December here
	f.does(tokyo, "deal add Acme 300 EUR", "score acme 5 5 5", "deal add Bolt 500 EUR", "won bolt")
	for line, want := range map[string]string{
		"forecast":                         "November: 800 EUR (won 500 + closing 300)",
		"who":                              "November: 800 EUR (won 500 + closing 300)",
		"forecast december":                "so there is no forecast for December",
		"forecast last month":              "Nothing was won in October.",
		"forecast this month":              "November: 800 EUR (won 500 + closing 300)",
		"why forecast":                     "November: 800 EUR, from 2 deals",
		"deal bolt":                        "won on Tue 1 Dec",
		"nextstep acme call them tomorrow": "next: call them, Wed 2 Dec",
		"nextstep acme call 30 Nov 2026":   "Mon 30 Nov has passed. Name a day from today on.",
		"nextstep acme call in 10 years":   "is more than 2 years away. Name a day before that.",
		"deal acme close today":            "Acme is expected to be signed on Tue 1 Dec.",
	} {
		holds(t, line, f.types(tokyo, line), want)
	}
	holds(t, "the manager's", f.types(f.novak, "forecast"), "November: 800 of 1,000 EUR (won 500 + closing 300)")
	holds(t, "the manager's day", f.types(f.novak, "deal bolt"), "won on Mon 30 Nov")
	f.does(f.novak, "target november 3000 EUR")

	f.now = time.Date(2026, 12, 1, 4, 59, 59, 0, time.UTC) // 23:59:59 on 30 November there
	holds(t, "the month's last second", f.types(tokyo, "forecast"), "November: 800 EUR (won 500 + closing 300)")
	f.does(tokyo, "deal add Cork 70 EUR", "won cork")
	f.after(time.Second)
	f.does(tokyo, "deal add Dune 9 EUR", "won dune")
	holds(t, "the next month", f.types(tokyo, "forecast"), "December: 309 EUR (won 9 + closing 300)")
	holds(t, "the month before", f.types(tokyo, "forecast november"), "November: 570 EUR won")
	holds(t, "a target of the past", f.types(f.novak, "target november 5 EUR"), "November is over")
	holds(t, "what is lost", f.types(tokyo, "lost acme price"), "300 EUR less in December.")
}

// TestZoneBehindTheWorkspace has a workspace whose year has begun, and a manager
// whose has not.
func TestZoneBehindTheWorkspace(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.boss, "settings zone Asia/Tokyo")
	honolulu := inSlack("U1")
	f.meets(bot.Person{Account: honolulu, Name: "Kai", Zone: "Pacific/Honolulu"})
	f.does(f.boss, "role @kai manager")
	f.now = time.Date(2026, 12, 31, 15, 0, 0, 0, time.UTC) // the year begins there, and it is 5:00 on 31 December here
	f.does(honolulu, "deal add Acme 300 EUR", "score acme 5 5 5", "won acme")
	for line, want := range map[string]string{
		"forecast":             "January: 300 EUR (won 300 + closing 0)",
		"forecast last month":  "Nothing was won in December",
		"target 2026-12 5 EUR": "December 2026 is over",
		"deal acme":            "won on Thu 31 Dec",
	} {
		holds(t, line, f.types(honolulu, line), want)
	}
}
