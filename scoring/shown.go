package scoring

import (
	"slices"
	"time"
)

// showDays is how long after its first showing a deal's end is told, in days:
// the method promises a signature within two weeks.
const showDays = 14

// A Showing is one time that the closing deals were shown: the day that its rule
// named, at midnight UTC, and the moment that it was computed for.
type Showing struct {
	Day time.Time
	At  time.Time
}

// A Cohort is the deals that were first shown at one showing since they last
// entered the closing band.
type Cohort struct {
	Showing
	// Before is the moment of the showing before it; zero when it was the first.
	Before time.Time
}

// CohortsDue returns the cohorts whose end is to be told at a showing on a day,
// the oldest first. Each cohort is due at exactly one showing: the first one that
// falls two weeks after its own or later.
//
//	due(cohort, day) = cohort day + 14 days ≤ day, and no showing on a day d
//	with cohort day + 14 days ≤ d < day
//
// past holds all earlier showings of the same schedule, in any order; those of
// the day itself and of later ones are left aside.
//
// Source: docs/metrics.md#shown.
func CohortsDue(past []Showing, day time.Time) []Cohort {
	var due []Cohort
	for _, showing := range byMoment(past) {
		mature := showing.Day.AddDate(0, 0, showDays)
		if mature.After(day) || toldBefore(past, mature, day) {
			continue
		}
		due = append(due, Cohort{Showing: showing, Before: momentBefore(past, showing.At)})
	}
	return due
}

// byMoment returns showings in the order in which they were.
func byMoment(past []Showing) []Showing {
	sorted := slices.Clone(past)
	slices.SortFunc(sorted, func(a, b Showing) int { return a.At.Compare(b.At) })
	return sorted
}

// toldBefore tells whether a showing lies on a day from one on and before
// another.
func toldBefore(past []Showing, from, to time.Time) bool {
	return slices.ContainsFunc(past, func(s Showing) bool { return !s.Day.Before(from) && s.Day.Before(to) })
}

// momentBefore returns the moment of the last showing before another, zero when
// there is none.
func momentBefore(past []Showing, at time.Time) (last time.Time) {
	for _, showing := range past {
		if showing.At.Before(at) && showing.At.After(last) {
			last = showing.At
		}
	}
	return last
}

// Begins returns the moment that a ClosingPast must begin at, or before, to be
// asked whether it is in the cohort.
func (c Cohort) Begins() time.Time {
	if c.Before.IsZero() {
		return c.At
	}
	return c.Before
}

// Holds tells whether a deal belongs to the cohort and its end is to be told:
// it was in the band at the showing, had entered it after the showing before,
// and has not entered it again since. For an owner other than 0 a deal enters
// the band also when it is handed to that owner.
func (c Cohort) Holds(p ClosingPast, owner int64) bool {
	if !p.At(c.At).counts(owner) || entry(p.between(c.At, Never), owner) != nil {
		return false
	}
	return c.Before.IsZero() || entry(p.between(c.Before, c.At), owner) != nil
}
