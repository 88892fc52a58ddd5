package scoring

import (
	"cmp"
	"slices"
)

// A Cause is why customers said no once it was asked: a reason, and for those who
// have a supplier what they would switch for.
type Cause struct {
	Reason Reason
	Probe  Probe
}

// Cause returns why the customer said no.
func (r Refusal) Cause() Cause {
	if r.Reason != HasSupplier {
		return Cause{Reason: r.Reason}
	}
	return Cause{Reason: r.Reason, Probe: r.Probe}
}

// RefusalCount counts noes that are alike.
type RefusalCount struct {
	Refusal
	Rep  int64
	Step Step
	// Back says that the customers came back since.
	Back  bool
	Count int
}

// A Tally counts the noes of one key, the excuses among them apart.
type Tally[K comparable] struct {
	Key K
	// Real are the noes with a reason, Excuses those that hide one.
	Real, Excuses int
}

// Refusals is what the noes of some time say.
type Refusals struct {
	// Real are the noes with a reason, Excuses those that hide one; Flagged are
	// those to be talked over with the rep, Had the ones among them for want of
	// what we have.
	Real, Excuses, Flagged, Had int
	// Causes are the real noes by why they were said, the most frequent first.
	Causes []Tally[Cause]
	Reps   []Tally[int64]
	// Steps are the noes by the step at which they were said.
	Steps []Tally[Step]
	// Dislikes are the real noes by what they say of the offer, in the method's
	// order, without those that say nothing.
	Dislikes []Tally[Dislike]
	// Offered are the doors that were left open, Accepted those that customers
	// wanted, Back the noes of any kind whose customers came back.
	Offered, Accepted, Back int
	// Rivals won in our place, Nobody means that the customer made no decision,
	// and of Unknown nobody could say.
	Rivals, Nobody, Unknown int
}

// RefusalsOf adds up the noes of some time. Excuses are counted apart: they hide
// the reason and are in no share. step names the step that a stored one stands
// for.
//
// Source: docs/metrics.md#refusals.
func RefusalsOf(counts []RefusalCount, step func(Step) Step) Refusals {
	var all Refusals
	for _, dislike := range Dislikes {
		all.Dislikes = append(all.Dislikes, Tally[Dislike]{Key: dislike})
	}
	for _, c := range counts {
		all.add(c, step(c.Step))
	}
	byCount(all.Causes, func(a, b Cause) int { return cmp.Or(cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Probe, b.Probe)) })
	byCount(all.Reps, cmp.Compare[int64])
	byCount(all.Steps, cmp.Compare[Step])
	return all
}

func (all *Refusals) add(c RefusalCount, step Step) {
	excuse := c.Excuse()
	if excuse {
		all.Excuses += c.Count
	} else {
		all.Real += c.Count
		all.Causes = count(all.Causes, c.Cause(), c.Count, false)
		if dislike := c.Dislike(); dislike != NoDislike {
			all.Dislikes = count(all.Dislikes, dislike, c.Count, false)
		}
	}
	all.Reps = count(all.Reps, c.Rep, c.Count, excuse)
	all.Steps = count(all.Steps, step, c.Count, excuse)
	if c.Flag() != NoFlag {
		all.Flagged += c.Count
	}
	if c.Flag() == FlagHadIt {
		all.Had += c.Count
	}
	switch c.Door.State {
	case DoorAccepted:
		all.Offered, all.Accepted = all.Offered+c.Count, all.Accepted+c.Count
	case DoorDeclined:
		all.Offered += c.Count
	case DoorUnasked, DoorUnoffered:
	}
	switch c.Winner.Kind {
	case WinnerNamed:
		all.Rivals += c.Count
	case WinnerNobody:
		all.Nobody += c.Count
	case WinnerUnknown, WinnerUnasked:
		all.Unknown += c.Count
	}
	if c.Back {
		all.Back += c.Count
	}
}

// Total returns all noes, the excuses too.
func (all Refusals) Total() int { return all.Real + all.Excuses }

// Of returns how many real noes have a cause.
func (all Refusals) Of(cause Cause) int {
	for _, tally := range all.Causes {
		if tally.Key == cause {
			return tally.Real
		}
	}
	return 0
}

// Enough tells whether MinSample noes are real, so that a share of them means
// something.
func (all Refusals) Enough() bool { return all.Real >= MinSample }

// Share returns n as a share of the real noes, 0 to 1, and 0 when there are
// none.
func (all Refusals) Share(n int) float64 {
	if all.Real == 0 {
		return 0
	}
	return float64(n) / float64(all.Real)
}

// count adds to the tally of a key.
func count[K comparable](tallies []Tally[K], key K, n int, excuse bool) []Tally[K] {
	i := slices.IndexFunc(tallies, func(t Tally[K]) bool { return t.Key == key })
	if i < 0 {
		i, tallies = len(tallies), append(tallies, Tally[K]{Key: key})
	}
	if excuse {
		tallies[i].Excuses += n
	} else {
		tallies[i].Real += n
	}
	return tallies
}

// byCount puts the largest tally first, equal ones in the order of their keys.
func byCount[K comparable](tallies []Tally[K], order func(a, b K) int) {
	slices.SortFunc(tallies, func(a, b Tally[K]) int {
		return cmp.Or(cmp.Compare(b.Real+b.Excuses, a.Real+a.Excuses), order(a.Key, b.Key))
	})
}
