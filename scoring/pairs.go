package scoring

import (
	"maps"
	"slices"
)

// Significance is the largest adjusted p at which a difference between two reps
// is taken for real.
const Significance = 0.05

// A Pair is a rep who can teach another one a step.
type Pair struct {
	// Step is the step's position in the funnel, from 1.
	Step             int
	Teacher, Learner int64
	// P is how probable the difference is by chance, adjusted for all the
	// comparisons in the team: 0 to Significance.
	P float64
}

// Pairs returns who can learn which step from whom, by step and then by learner.
// A rep below a step's target learns from the one with the highest ratio among
// those who are better with significance: of equal ones from the one with more
// decided companies, then from the one with the lower number. Both need
// MinSample decided companies.
//
// The differences between all reps at all steps, R (R − 1) ÷ 2 × S comparisons,
// are tested with Fisher and adjusted with Holm; comparisons with too few
// companies count with p = 1. Reps who have too few at every step can be compared
// with nobody and are not counted.
//
// Source: docs/metrics.md#pairs.
func (f Funnel) Pairs(reps map[int64]*Figures) []Pair {
	numbers := slices.DeleteFunc(slices.Sorted(maps.Keys(reps)), func(rep int64) bool {
		return !slices.ContainsFunc(reps[rep].Steps, StepFigures.Enough)
	})
	adjusted := Holm(f.comparisons(reps, numbers))
	var pairs []Pair
	for step := 1; step <= len(f.Steps); step++ {
		best := map[int64]Pair{}
		for i, a := range numbers {
			for _, b := range numbers[i+1:] {
				p := adjusted[0]
				adjusted = adjusted[1:]
				if pair, ok := f.pair(reps, Pair{Step: step, Teacher: a, Learner: b, P: p}); ok {
					if old, found := best[pair.Learner]; !found || teachesBetter(reps, pair, old) {
						best[pair.Learner] = pair
					}
				}
			}
		}
		for _, learner := range slices.Sorted(maps.Keys(best)) {
			pairs = append(pairs, best[learner])
		}
	}
	return pairs
}

// comparisons is the p of every two reps, in the order of their numbers, at
// every step.
func (f Funnel) comparisons(reps map[int64]*Figures, numbers []int64) []float64 {
	p := make([]float64, 0, len(f.Steps)*len(numbers)*max(len(numbers)-1, 0)/2)
	for step := 1; step <= len(f.Steps); step++ {
		for i, a := range numbers {
			for _, b := range numbers[i+1:] {
				p = append(p, compare(reps[a].step(step), reps[b].step(step)))
			}
		}
	}
	return p
}

// compare is the p of two reps at a step; 1 when one has too few companies.
func compare(a, b StepFigures) float64 {
	if !a.Enough() || !b.Enough() {
		return 1
	}
	return Fisher(a.Moved, a.Decided()-a.Moved, b.Moved, b.Decided()-b.Moved)
}

// pair turns a comparison so that the better one teaches, and tells whether the
// other one has something to learn.
func (f Funnel) pair(reps map[int64]*Figures, p Pair) (Pair, bool) {
	teacher, learner := reps[p.Teacher].step(p.Step).Ratio(), reps[p.Learner].step(p.Step).Ratio()
	if teacher < learner {
		p.Teacher, p.Learner = p.Learner, p.Teacher
		teacher, learner = learner, teacher
	}
	return p, p.P <= Significance && learner < teacher && learner < f.Steps[p.Step-1].Target
}

// teachesBetter tells whether a's teacher goes before b's, at the same step.
func teachesBetter(reps map[int64]*Figures, a, b Pair) bool {
	x, y := reps[a.Teacher].step(a.Step), reps[b.Teacher].step(b.Step)
	switch {
	case x.Ratio() != y.Ratio():
		return x.Ratio() > y.Ratio()
	case x.Decided() != y.Decided():
		return x.Decided() > y.Decided()
	default:
		return a.Teacher < b.Teacher
	}
}
