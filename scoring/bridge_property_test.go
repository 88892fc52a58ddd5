package scoring_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"fifteen/scoring"
)

// somewhere draws where a deal may be.
func somewhere(random *rand.Rand) scoring.ClosingState {
	currencies := []string{"EUR", "USD", "CZK"}
	s := at(11+random.IntN(5), scoring.Money{Minor: random.Int64N(1000), Currency: currencies[random.IntN(3)]})
	if random.IntN(6) == 0 {
		s.Amount = scoring.Money{}
	}
	ends := []scoring.Whereabouts{scoring.BandWon, scoring.BandLost, scoring.BandUnqualified, scoring.BandDeleted}
	if random.IntN(5) == 0 {
		s.Where = ends[random.IntN(4)]
	}
	s.Owner = 1 + random.Int64N(3)
	return s
}

// drawnWeek draws what happened to some deals in a week, with what the totals
// were and are, by owner and currency, and which deals were in the band and left
// it again, without those of which something was undone.
func drawnWeek(random *rand.Rand) (deals []scoring.ClosingPast, then, now map[int64]map[string]int64, passed []int64) {
	then, now = map[int64]map[string]int64{}, map[int64]map[string]int64{}
	for deal := range random.Int64N(30) {
		w := walkOf(deal+1, somewhere(random))
		count(then, w.Now)
		was, visited, undone := w.Now, false, false
		for range random.IntN(5) {
			before := w.Now
			w.to(somewhere(random))
			visited = visited || w.Now.Where == scoring.InBand
			if random.IntN(3) == 0 {
				w.undo(w.rev, before)
				undone = true
			}
		}
		count(now, w.Now)
		if visited && !undone && was.Where != scoring.InBand && w.Now.Where != scoring.InBand {
			passed = append(passed, w.Deal)
		}
		deals = append(deals, w.ClosingPast)
	}
	return deals, then, now, passed
}

// count adds a deal that is in the band to the totals of its owner and the team.
func count(totals map[int64]map[string]int64, s scoring.ClosingState) {
	if s.Where != scoring.InBand {
		return
	}
	for _, owner := range []int64{0, s.Owner} {
		if totals[owner] == nil {
			totals[owner] = map[string]int64{}
		}
		totals[owner][s.Amount.Currency] += s.Amount.Minor
	}
}

// TestBridgesAddUp draws 1,000 weeks: the lines of each bridge sum to the
// difference of its totals, which are those of the deals, and what came and went
// is shown.
func TestBridgesAddUp(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 5))
	shown := 0
	for i := range 1000 {
		deals, then, now, passed := drawnWeek(random)
		for owner := range int64(4) {
			seen := map[string]bool{}
			for _, bridge := range scoring.BridgesOf(deals, lastWeek, owner) {
				seen[bridge.Currency] = true
				sum := int64(0)
				for _, line := range bridge.Lines {
					sum += line.Change
				}
				if bridge.Then != then[owner][bridge.Currency] || bridge.Now != now[owner][bridge.Currency] || sum != bridge.Now-bridge.Then {
					t.Fatalf("week %d, owner %d: got %d, lines of %d and %d %s, want %d and %d, and the lines the difference",
						i, owner, bridge.Then, sum, bridge.Now, bridge.Currency, then[owner][bridge.Currency], now[owner][bridge.Currency])
				}
				for _, line := range bridge.Lines {
					if owner == 0 && line.Kind == scoring.BridgePassed && slices.Contains(passed, line.Deal) {
						passed, shown = slices.DeleteFunc(passed, func(deal int64) bool { return deal == line.Deal }), shown+1
					}
				}
			}
			for currency := range then[owner] {
				if !seen[currency] {
					t.Fatalf("week %d, owner %d: got no bridge in %q, want one", i, owner, currency)
				}
			}
		}
		if len(passed) > 0 {
			t.Fatalf("week %d: got no line for %v, which were in the band and left it", i, passed)
		}
	}
	if shown < 100 {
		t.Errorf("got %d deals that came and went, want enough of them", shown)
	}
}
