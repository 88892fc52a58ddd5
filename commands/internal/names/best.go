package names

import (
	"cmp"
	"slices"
)

const (
	// threshold is the least similarity worth showing. Names that people confuse
	// with a typo score above it (smith and smyth 0.70), different names of one
	// length below (beta and delta 0.53).
	threshold = 0.58
	// closeGap is the lead in similarity that makes the best match the only one:
	// with less, one more typo could have turned the order.
	closeGap = 0.1
)

// Match is one candidate that resembles what was asked for.
type Match struct {
	Index int     // position among the candidates
	Score float64 // Similarity, from the threshold to 1
}

// Best returns the candidates most like query, best first, at most limit of
// them; equal scores keep the order of the candidates. Candidates that are not
// much like query are left out, so the result may be empty, and it is for an
// empty query or a limit below 1.
//
// The result is the same as scoring every candidate; the cost is not. Every
// candidate first gets a cheap upper bound, and scoring goes from the highest
// bound down until no later candidate can still come among the best.
func Best(query string, candidates []string, limit int) []Match {
	q := bare(Fold(query))
	if q == "" || limit < 1 {
		return nil
	}
	var best []Match
	for _, p := range promising(q, candidates) {
		if len(best) == limit && order(p.atMost, best[limit-1]) > 0 {
			break
		}
		if score := similarity(q, p.name); score >= threshold {
			best = insert(best, Match{Index: p.atMost.Index, Score: score}, limit)
		}
	}
	return best
}

// Close reports whether the best two of the matches that Best returned are too
// close to choose between, so that the person must be asked. An exact name wins
// over any other that is not exact.
func Close(matches []Match) bool {
	if len(matches) < 2 {
		return false
	}
	first, second := matches[0].Score, matches[1].Score
	if first == 1 {
		return second == 1
	}
	return first-second < closeGap
}

// promise is a candidate that may reach the threshold.
type promise struct {
	name   string // folded and bare
	atMost Match  // with a score that the candidate's similarity cannot exceed
}

// promising returns the candidates whose bound reaches the threshold, in the
// order of their bounds.
func promising(q string, candidates []string) []promise {
	pairs := pairsOf(q)
	var found []promise
	for i, candidate := range candidates {
		name := bare(Fold(candidate))
		if bound := pairs.bound(q, name); bound >= threshold {
			found = append(found, promise{name: name, atMost: Match{Index: i, Score: bound}})
		}
	}
	slices.SortFunc(found, func(a, b promise) int { return order(a.atMost, b.atMost) })
	return found
}

// order puts the higher score first, and of equal scores the earlier candidate.
func order(a, b Match) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Index, b.Index))
}

// insert puts m in its place among at most limit matches.
func insert(best []Match, m Match, limit int) []Match {
	at, _ := slices.BinarySearchFunc(best, m, order)
	best = slices.Insert(best, at, m)
	return best[:min(len(best), limit)]
}
