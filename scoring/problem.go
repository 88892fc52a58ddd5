package scoring

import (
	"cmp"
	"slices"
)

// A Problem is a step at which too few companies move on.
type Problem struct {
	// Step is the step's position in the funnel, from 1.
	Step int
	// Missed is how many companies more would have come to the end of the funnel,
	// had the step met its target; above 0, in the window.
	Missed float64
}

// Problems returns the steps whose ratio is below its target, the costliest
// first, equal ones in the funnel's order. Steps with fewer than MinSample
// decided companies are left out.
//
//	missed = (target − ratio) × decided × targets of the later steps
//
// Source: docs/metrics.md#problems.
func (f Funnel) Problems(figures Figures) []Problem {
	var problems []Problem
	for i := range f.Steps {
		if short := f.short(figures, i); short > 0 {
			problems = append(problems, Problem{Step: i + 1, Missed: short * f.share(i+1, len(f.Steps))})
		}
	}
	slices.SortStableFunc(problems, func(a, b Problem) int { return cmp.Compare(b.Missed, a.Missed) })
	return problems
}

// monthDays is the mean length of a month.
const monthDays = 365.25 / 12

// A Leak is a step that costs a team signed deals.
type Leak struct {
	// Step is the step's position in the funnel, from 1.
	Step int
	// Deals is how many signed deals it cost in the window, above 0. After the
	// signed step it is how many of the signed deals did not come as far as they
	// should.
	Deals float64
	// PerMonth is Deals for a month of 30.4 days. What it costs in money is the
	// mean won amount, Times this.
	PerMonth float64
}

// Leak returns the team's costliest step in a window of so many days, at least
// one; the first of equal ones. It returns false when no step with MinSample
// decided companies is below its target.
func (f Funnel) Leak(team Figures, days int) (Leak, bool) {
	if leaks := f.Leaks(team, days); len(leaks) > 0 {
		return leaks[0], true
	}
	return Leak{}, false
}

// Leaks returns what each step that is below its target costs a team in a window
// of so many days, at least one; the costliest first, equal ones in the funnel's
// order. Steps with fewer than MinSample decided companies are left out. A funnel
// without a signed step is taken as signed at its end.
//
//	deals = (target − ratio) × decided × targets of the later steps up to the signed one
//
// Source: docs/metrics.md#leak.
func (f Funnel) Leaks(team Figures, days int) []Leak {
	signed := f.signed()
	if signed == 0 {
		signed = len(f.Steps)
	}
	var leaks []Leak
	for i := range f.Steps {
		if deals := f.short(team, i) * f.share(i+1, signed); deals > 0 {
			leaks = append(leaks, Leak{Step: i + 1, Deals: deals, PerMonth: deals * monthDays / float64(max(days, 1))})
		}
	}
	slices.SortStableFunc(leaks, func(a, b Leak) int { return cmp.Compare(b.Deals, a.Deals) })
	return leaks
}

// short is how many companies are missing at the i-th step to its target; 0 when
// it is met, or too few were decided.
func (f Funnel) short(figures Figures, i int) float64 {
	step := figures.step(i + 1)
	if !step.Enough() || step.Ratio() >= f.Steps[i].Target {
		return 0
	}
	return f.Steps[i].Target*float64(step.Decided()) - float64(step.Moved)
}

// share is the product of the targets from the i-th step to before the j-th; 1
// when there are none.
func (f Funnel) share(i, j int) float64 {
	share := 1.0
	for ; i < j; i++ {
		share *= f.Steps[i].Target
	}
	return share
}
