package scoring_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"fifteen/scoring"
)

// week draws the figures of a rep who is exactly at the method's targets: forty
// companies were listed, and each moves on with the target's probability.
func week(chance *rand.Rand) *scoring.Figures {
	const listed = 40
	steps, came := make([][2]int, 0, 4), listed
	for _, step := range scoring.MethodFunnel().Steps {
		moved := 0
		for range came {
			if chance.Float64() < step.Target {
				moved++
			}
		}
		steps = append(steps, [2]int{moved, came})
		came = moved
	}
	figures := decided(steps...)
	return &figures
}

func TestEqualRepsShowNoPairs(t *testing.T) {
	t.Parallel()
	const drawn = 2_000
	for _, reps := range []int{2, 5, 10, 20} {
		t.Run(fmt.Sprint(reps, " reps"), func(t *testing.T) {
			t.Parallel()
			chance, shown := rand.New(rand.NewPCG(4, uint64(reps))), 0
			for range drawn {
				team := map[int64]*scoring.Figures{}
				for rep := range reps {
					team[int64(rep)] = week(chance)
				}
				if len(scoring.MethodFunnel().Pairs(team)) > 0 {
					shown++
				}
			}
			if shown > drawn*5/100 {
				t.Errorf("weeks with a pair: got %d of %d, want at most 5 %%", shown, drawn)
			}
		})
	}
}

// Two reps at 90 % and 50 % of forty decided companies: every outcome, weighed
// by its probability.
func TestRealDifferencesShow(t *testing.T) {
	t.Parallel()
	const n = 40
	binomial := func(k int, p float64) float64 {
		ways := 1.0
		for i := range k {
			ways *= float64(n-i) / float64(i+1)
		}
		return ways * math.Pow(p, float64(k)) * math.Pow(1-p, float64(n-k))
	}
	f, power, all := scoring.MethodFunnel(), 0.0, 0.0
	for a := range n + 1 {
		for b := range n + 1 {
			weight := binomial(a, 0.9) * binomial(b, 0.5)
			all += weight
			pairs := f.Pairs(map[int64]*scoring.Figures{1: presenting(a, n), 2: presenting(b, n)})
			if len(pairs) == 1 && pairs[0].Teacher == 1 {
				power += weight
			}
		}
	}
	if math.Abs(all-1) > 1e-12 {
		t.Errorf("probability of all outcomes: got %v, want 1", all)
	}
	if power < 0.9 {
		t.Errorf("probability that the difference shows: got %.4f, want at least 0.9", power)
	}
	t.Logf("the difference shows with a probability of %.4f", power)
}
