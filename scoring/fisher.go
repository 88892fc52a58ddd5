package scoring

// fisherTies is by how much, relatively, a table may be more probable than the
// observed one and still count as equally probable, because of rounding.
const fisherTies = 1e-7

// Fisher returns how probable a difference at least as striking is by chance
// alone, 0 to 1: the two-sided p of Fisher's exact test. Of a first group so
// many moved on and so many stayed, and so of a second. Numbers are 0 or more;
// it is 1 when a group, or one of the two outcomes, is empty.
//
//	p = Σ P(table) over all tables with the same margins and P(table) ≤ P(observed)
//
// Source: docs/metrics.md#pairs.
func Fisher(moved, stayed, otherMoved, otherStayed int) float64 {
	tail, all := 1.0, 1.0 // in units of P(observed)
	walk := func(a, b, c, d int) {
		// The next table has one more at a and d, one fewer at b and c. Its
		// probability is a simple multiple, so nothing large is ever computed.
		for p := 1.0; b > 0 && c > 0; {
			p *= float64(b) / float64(a+1) * float64(c) / float64(d+1)
			a, b, c, d = a+1, b-1, c-1, d+1
			all += p
			if p <= 1+fisherTies {
				tail += p
			}
		}
	}
	walk(moved, stayed, otherMoved, otherStayed)
	walk(stayed, moved, otherStayed, otherMoved)
	return min(1, tail/all)
}
