package demo

import (
	"math/rand/v2"
	"slices"
	"time"

	"fifteen/scoring"
)

// seed makes every demo company the same.
const seed = 15

// reach is how many days ago the demo begins; its people joined then.
const reach = 399

// A line is what somebody typed, and when.
type line struct {
	at  time.Time
	by  person
	act act
	// story is the number of the story, and so of the deal, that the line is
	// about; 0 is for lines about no deal.
	story int
}

// A book collects what happened, company by company.
type book struct {
	calendar
	words   *words
	firms   []firm
	lines   []line
	stories int
}

// compose writes down everything that has happened until now, in the order in
// which it was typed.
func compose(now time.Time) *book {
	random := rand.New(rand.NewPCG(seed, seed)) //nolint:gosec // the same company every time is the point
	b := &book{calendar: calendar{now: now.Truncate(time.Second), random: random}, words: newWords(random)}
	b.firms = b.words.firms()
	b.targets()
	b.catalogue()
	b.pipeline()
	b.past()
	b.funnel()
	b.workload()
	b.resolutions()
	b.schedules()
	slices.SortStableFunc(b.lines, func(a, b line) int { return a.at.Compare(b.at) })
	return b
}

// between returns a random number, both ends included.
func (b *book) between(least, most int) int { return least + b.random.IntN(most-least+1) }

// chance is true so many times in a hundred.
func (b *book) chance(percent int) bool { return b.random.IntN(100) < percent }

// pick returns an index with a chance in proportion to its weight.
func (b *book) pick(weights []int) int {
	sum := 0
	for _, weight := range weights {
		sum += weight
	}
	n := b.random.IntN(sum)
	for i, weight := range weights {
		if n < weight {
			return i
		}
		n -= weight
	}
	return len(weights) - 1
}

// another takes the next firm that has no story yet.
func (b *book) another() firm {
	next := b.firms[0]
	b.firms = b.firms[1:]
	return next
}

// euros is an amount in whole euros.
func euros(amount int) scoring.Money {
	return scoring.Money{Minor: int64(amount) * 100, Currency: "EUR"}
}
