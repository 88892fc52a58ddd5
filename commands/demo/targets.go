package demo

import (
	"time"

	"fifteen/commands/internal/typed"
)

// teamTargets are the team's targets in thousands of euros, from twelve months
// ago to two months ahead. The whole list came into the bot three months ago.
var teamTargets = [...]int{45, 45, 45, 50, 50, 50, 55, 55, 60, 70, 80, 90, 130, 120, 110}

// monthsPast is how many of teamTargets are for past months.
const monthsPast = 12

// repTargets are the reps' targets for this month in thousands of euros.
var repTargets = [len(people)]int{ivanov: 40, sidorov: 60, petra: 30}

// targets tells what the manager expects of each month.
func (b *book) targets() {
	for i, thousands := range teamTargets {
		b.aim(i-monthsPast, thousands, novak)
	}
	for rep, thousands := range repTargets {
		if thousands > 0 {
			b.aim(0, thousands, person(rep))
		}
	}
}

// aim sets the target of a month, counted from this one, for the team (novak)
// or a rep. It was said on the 20th of the month before; what lies ahead was
// said together with this month's.
func (b *book) aim(months, thousands int, rep person) {
	present := typed.DateOf(b.now)
	present.Day = 1
	eve := present.AddMonths(min(months, 0) - 1)
	said := time.Date(eve.Year, eve.Month, 20, 9, 30, 0, 0, b.now.Location())
	if begin := b.midnight(-reach).Add(opening); said.Before(begin) {
		said = begin
	}
	month := typed.MonthOf(present.AddMonths(months))
	b.lines = append(b.lines, line{at: said, by: novak, act: target(month.String(), euros(thousands*1000), rep)})
}
