package scoring

import (
	"math"
	"slices"
	"time"
)

// MinSample is how many companies have to be decided before a ratio is shown or
// judged, and how many noes have to be real before a share of them is shown.
const MinSample = 10

// wilsonZ is the normal quantile of a two-sided interval at 95 %.
const wilsonZ = 1.959964

// A Window is the time from From, which belongs to it, to To, which does not.
type Window struct{ From, To time.Time }

// Contains tells whether the moment belongs to the window.
func (w Window) Contains(at time.Time) bool { return !at.Before(w.From) && at.Before(w.To) }

// Days returns how many days of 24 hours the window has, rounded, so that a
// change to summer time makes no difference.
func (w Window) Days() int { return int(math.Round(w.To.Sub(w.From).Hours() / 24)) }

// StepFigures are what a window's companies did at one step.
type StepFigures struct {
	Moved, Refused, RanOut int // decided in the window
	Unfit                  int // disqualified in the window, counted beside
	Pending                int // under way as of now, whatever the window
	Reached                int // of those on the list in the window: have come this far before its end
	// Waits has for each of the Moved how long it had stood before the step, in
	// no order; 0 for a step that was skipped together with the one before.
	Waits []time.Duration
}

// Decided returns how many companies were decided in the window: moved on, said
// no or ran out of patience.
func (s StepFigures) Decided() int { return s.Moved + s.Refused + s.RanOut }

// Ratio returns which share of the decided moved on, 0 to 1; 0 when none was
// decided.
//
//	ratio = moved ÷ (moved + refused + ran out)
//
// Source: docs/metrics.md#ratio.
func (s StepFigures) Ratio() float64 {
	if s.Decided() == 0 {
		return 0
	}
	return float64(s.Moved) / float64(s.Decided())
}

// Enough tells whether MinSample companies were decided, so that the ratio means
// something.
func (s StepFigures) Enough() bool { return s.Decided() >= MinSample }

// Interval returns the Wilson score interval of the ratio at 95 %: what the true
// ratio may well be, 0 ≤ low ≤ ratio ≤ high ≤ 1. It is 0 to 1 when none was
// decided.
//
// Source: docs/metrics.md#interval.
func (s StepFigures) Interval() (low, high float64) {
	n, p := float64(s.Decided()), s.Ratio()
	if n == 0 {
		return 0, 1
	}
	const z2 = wilsonZ * wilsonZ
	middle := (p + z2/(2*n)) / (1 + z2/n)
	half := wilsonZ / (1 + z2/n) * math.Sqrt(p*(1-p)/n+z2/(4*n*n))
	// The ends meet the ratio at 0 and 1, where rounding could miss it.
	return max(0, min(middle-half, p)), min(1, max(middle+half, p))
}

// Days returns the median of how many days those that moved on had stood before
// the step, and false when none moved on.
//
// Source: docs/metrics.md#days.
func (s StepFigures) Days() (float64, bool) {
	n := len(s.Waits)
	if n == 0 {
		return 0, false
	}
	waits := slices.Sorted(slices.Values(s.Waits))
	return (waits[(n-1)/2].Hours() + waits[n/2].Hours()) / 2 / 24, true
}

// Count adds what became of one company before the step. The window it lies in is
// the caller's business.
func (s *StepFigures) Count(p Passage) {
	switch p.State {
	case Moved:
		s.Moved++
		s.Waits = append(s.Waits, p.At.Sub(p.Stood))
	case Refused:
		s.Refused++
	case RanOut:
		s.RanOut++
	case Unfit:
		s.Unfit++
	case Pending:
		s.Pending++
	}
}

func (s *StepFigures) add(other StepFigures) {
	s.Moved += other.Moved
	s.Refused += other.Refused
	s.RanOut += other.RanOut
	s.Unfit += other.Unfit
	s.Pending += other.Pending
	s.Reached += other.Reached
	s.Waits = append(s.Waits, other.Waits...)
}

// Figures are what a rep's or a team's companies did in a window.
type Figures struct {
	// Listed is how many companies were on the list at any time in the window.
	Listed int
	// Steps are the funnel's, in its order.
	Steps []StepFigures
}

// step returns the figures at a position, from 1; zero ones where there are none.
func (f Figures) step(position int) StepFigures {
	if position > len(f.Steps) {
		return StepFigures{}
	}
	return f.Steps[position-1]
}

func (f *Figures) add(other Figures) {
	f.Listed += other.Listed
	for i, step := range other.Steps {
		f.Steps[i].add(step)
	}
}
