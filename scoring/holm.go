package scoring

import (
	"cmp"
	"slices"
)

// Holm returns the p of several comparisons, 0 to 1 each, adjusted for making
// all of them, in the order they came in. Who calls those significant that are
// at most 5 % is wrong about any at all in at most 5 % of cases.
//
//	adjusted(i) = the largest of (m − j + 1) × p(j) for j ≤ i, at most 1
//
// with p(1) ≤ … ≤ p(m).
//
// Source: docs/metrics.md#pairs.
func Holm(p []float64) []float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	adjusted, most := make([]float64, len(p)), 0.0
	for rank, i := range order {
		most = max(most, float64(len(p)-rank)*p[i])
		adjusted[i] = min(1, most)
	}
	return adjusted
}
