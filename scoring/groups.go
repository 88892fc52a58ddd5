package scoring

import (
	"cmp"
	"slices"
)

// A LikeGroup is how a pair did at its step with companies of one kind, such as
// one industry. Is the difference there too, or had one of the two the easier
// list?
type LikeGroup struct {
	Label            string // no two groups of a pair share one
	Teacher, Learner StepFigures
	// P is how probable the difference is by chance, adjusted for all groups that
	// are compared, 0 to 1. LikeGroups sets it.
	P float64
}

// LikeGroups compares a pair within groups of like companies. It returns those
// groups in which both have MinSample decided companies, by label, tested as
// Pairs does.
//
// Source: docs/metrics.md#pairs.
func LikeGroups(groups []LikeGroup) []LikeGroup {
	var kept []LikeGroup
	var p []float64
	for _, group := range groups {
		if group.Teacher.Enough() && group.Learner.Enough() {
			kept = append(kept, group)
			p = append(p, compare(group.Teacher, group.Learner))
		}
	}
	for i, adjusted := range Holm(p) {
		kept[i].P = adjusted
	}
	slices.SortFunc(kept, func(a, b LikeGroup) int { return cmp.Compare(a.Label, b.Label) })
	return kept
}

// Lower tells whether the learner's ratio is the lower one here too.
func (g LikeGroup) Lower() bool { return g.Learner.Ratio() < g.Teacher.Ratio() }

// Holds tells whether the difference is there with significance, and in the same
// direction.
func (g LikeGroup) Holds() bool { return g.Lower() && g.P <= Significance }
