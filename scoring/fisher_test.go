package scoring_test

import (
	"math"
	"math/big"
	"testing"

	"fifteen/scoring"

	"pgregory.net/rapid"
)

// fisherOf adds up whole numbers: of all ways to draw the first group, those
// that make a table at most as probable as the observed one.
func fisherOf(a, b, c, d int64) float64 {
	ways := func(k int64) *big.Int { // k moved on in the first group
		x, y := new(big.Int).Binomial(a+b, k), new(big.Int).Binomial(c+d, a+c-k)
		return x.Mul(x, y)
	}
	observed, tail := ways(a), new(big.Int)
	for k := max(0, a-d); k <= min(a+b, a+c); k++ {
		if w := ways(k); w.Cmp(observed) <= 0 {
			tail.Add(tail, w)
		}
	}
	p, _ := new(big.Rat).SetFrac(tail, new(big.Int).Binomial(a+b+c+d, a+c)).Float64()
	return p
}

func TestFisher(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name       string
		a, b, c, d int
		want       float64
	}{
		// (1 + 16 + 16 + 1) ÷ 70: all but the middle table
		{"the lady tasting tea", 3, 1, 1, 3, 34. / 70},
		{"all of four", 4, 0, 0, 4, 2. / 70},
		{"one in ten, eleven in fourteen", 1, 9, 11, 3, 0.0027594561852},
		{"eight in ten, one in six", 8, 2, 1, 5, 0.0349650349650},
		{"the same ratio", 8, 2, 8, 2, 1},
		{"nobody", 0, 0, 0, 0, 1},
		{"nobody in one group", 0, 0, 5, 3, 1},
		{"all moved on", 10, 0, 12, 0, 1},
		{"none moved on", 0, 10, 0, 12, 1},
		{"beyond what a number holds", 2000, 0, 0, 2000, 0},
	} {
		got := scoring.Fisher(c.a, c.b, c.c, c.d)
		if math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: got %.13f, want %.13f", c.name, got, c.want)
		}
	}
}

func TestFisherAgreesWithWholeNumbers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{4, 12, 60, 300}).Draw(t, "most")
		a, b := rapid.IntRange(0, n).Draw(t, "moved"), rapid.IntRange(0, n).Draw(t, "stayed")
		c, d := rapid.IntRange(0, n).Draw(t, "other moved"), rapid.IntRange(0, n).Draw(t, "other stayed")
		got, want := scoring.Fisher(a, b, c, d), fisherOf(int64(a), int64(b), int64(c), int64(d))
		if math.Abs(got-want) > 1e-9*want || got < 0 || got > 1 {
			t.Fatalf("%d of %d, %d of %d: got %v, want %v", a, a+b, c, c+d, got, want)
		}
		for _, same := range []float64{scoring.Fisher(c, d, a, b), scoring.Fisher(b, a, d, c), scoring.Fisher(a, c, b, d)} {
			if math.Abs(got-same) > 1e-9*got {
				t.Fatalf("%d of %d, %d of %d turned around: got %v, want %v", a, a+b, c, c+d, same, got)
			}
		}
	})
}

func TestHolm(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		p, want []float64
	}{
		{"none", nil, []float64{}},
		{"one", []float64{0.03}, []float64{0.03}},
		// sorted 0.01 × 4, 0.02 × 3, 0.03 × 2, 0.04 × 1 and never falling: 0.04, 0.06, 0.06, 0.06
		{"never falling", []float64{0.04, 0.01, 0.03, 0.02}, []float64{0.06, 0.04, 0.06, 0.06}},
		{"at most one", []float64{1, 0.9, 0.001}, []float64{1, 1, 0.003}},
		{"equal ones", []float64{0.01, 0.01}, []float64{0.02, 0.02}},
	} {
		got := scoring.Holm(c.p)
		if len(got) != len(c.want) {
			t.Fatalf("%s: got %v, want %v", c.name, got, c.want)
		}
		for i := range got {
			if math.Abs(got[i]-c.want[i]) > 1e-12 {
				t.Errorf("%s: got %v, want %v", c.name, got, c.want)
				break
			}
		}
	}
}
