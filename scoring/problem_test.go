package scoring_test

import (
	"math"
	"testing"

	"fifteen/scoring"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var nearly = cmpopts.EquateApprox(0, 1e-9)

// decided are figures of which so many moved of so many decided, step by step.
func decided(movedOf ...[2]int) scoring.Figures {
	figures := scoring.Figures{Steps: make([]scoring.StepFigures, len(movedOf))}
	for i, m := range movedOf {
		figures.Steps[i] = scoring.StepFigures{Moved: m[0], Refused: (m[1] - m[0]) / 2, RanOut: m[1] - m[0] - (m[1]-m[0])/2}
	}
	return figures
}

func TestProblems(t *testing.T) {
	t.Parallel()
	even := scoring.Funnel{Steps: []scoring.FunnelStep{{ID: "a", Target: 1}, {ID: "b", Target: 1}, {ID: "c", Target: 1}}}
	for _, c := range []struct {
		name    string
		funnel  scoring.Funnel
		figures scoring.Figures
		want    []scoring.Problem
	}{
		{name: "at the targets", funnel: scoring.MethodFunnel(), figures: decided([2]int{100, 100}, [2]int{80, 100}, [2]int{64, 80}, [2]int{19, 20})},
		{
			// contact 20 × 0.8 × 0.8 × 0.95 = 12.16, presentation (0.8 − 0.7) × 100 × 0.8 × 0.95 = 7.6,
			// payment (0.95 − 0.5) × 20 = 9
			name: "worst first", funnel: scoring.MethodFunnel(),
			figures: decided([2]int{80, 100}, [2]int{70, 100}, [2]int{81, 100}, [2]int{10, 20}),
			want:    []scoring.Problem{{Step: 1, Missed: 12.16}, {Step: 4, Missed: 9}, {Step: 2, Missed: 7.6}},
		},
		{
			// 9 decided are too few, 10 are not: (0.8 − 0.7) × 10 × 0.8 × 0.95 = 0.76
			name: "few companies", funnel: scoring.MethodFunnel(), figures: decided([2]int{0, 9}, [2]int{7, 10}, [2]int{0, 9}, [2]int{0, 0}),
			want: []scoring.Problem{{Step: 2, Missed: 0.76}},
		},
		{
			name: "equal ones in order", funnel: even, figures: decided([2]int{10, 20}, [2]int{20, 30}, [2]int{30, 40}),
			want: []scoring.Problem{{Step: 1, Missed: 10}, {Step: 2, Missed: 10}, {Step: 3, Missed: 10}},
		},
		{
			// 0.07 × 100 is a little more than 7 for a computer
			name: "at a target that has no exact number", funnel: scoring.Funnel{Steps: []scoring.FunnelStep{{ID: "a", Target: 0.07}}},
			figures: decided([2]int{7, 100}),
		},
		{name: "no figures", funnel: scoring.MethodFunnel()},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, c.funnel.Problems(c.figures), nearly); diff != "" {
				t.Errorf("problems, got +, want -:\n%s", diff)
			}
		})
	}
}

func TestLeak(t *testing.T) {
	t.Parallel()
	unsigned := scoring.MethodFunnel()
	unsigned.Steps[2].Signed = false
	for _, c := range []struct {
		name   string
		funnel scoring.Funnel
		team   scoring.Figures
		days   int
		want   scoring.Leak
	}{
		{name: "at the targets", funnel: scoring.MethodFunnel(), team: decided([2]int{100, 100}, [2]int{80, 100}, [2]int{64, 80}, [2]int{19, 20}), days: 91},
		{
			// contact 10 × 0.8 × 0.8 = 6.4, presentation (0.8 − 0.7) × 100 × 0.8 = 8, contract (0.8 − 0.7) × 70 = 7;
			// 8 × 30.4375 ÷ 91 = 2.675824
			name: "before the signature", funnel: scoring.MethodFunnel(), days: 91,
			team: decided([2]int{90, 100}, [2]int{70, 100}, [2]int{49, 70}, [2]int{46, 48}),
			want: scoring.Leak{Step: 2, Deals: 8, PerMonth: 2.675824175824176},
		},
		{
			// payment (0.95 − 0.75) × 40 = 8, more than contract (0.8 − 0.7) × 70 = 7; 8 × 30.4375 ÷ 30.4375
			name: "after the signature", funnel: scoring.MethodFunnel(), days: 487,
			team: decided([2]int{100, 100}, [2]int{80, 100}, [2]int{49, 70}, [2]int{30, 40}),
			want: scoring.Leak{Step: 4, Deals: 8, PerMonth: 0.5},
		},
		{
			name: "few companies", funnel: scoring.MethodFunnel(), days: 91,
			team: decided([2]int{0, 9}, [2]int{0, 9}, [2]int{0, 9}, [2]int{0, 9}),
		},
		{
			// contact 10 × 0.8 × 0.8 × 0.95 = 6.08, contract (0.8 − 0.7) × 70 × 0.95 = 6.65
			name: "no step is signed", funnel: unsigned, days: 487,
			team: decided([2]int{90, 100}, [2]int{80, 100}, [2]int{49, 70}, [2]int{46, 48}),
			want: scoring.Leak{Step: 3, Deals: 6.65, PerMonth: 0.415625},
		},
		{
			// contact 10 × 0.8 × 0.8 = 6.4 and contract (0.8 − 0.6) × 32 = 6.4; a day is the shortest window
			name: "the first of equal ones", funnel: scoring.MethodFunnel(), days: 0,
			team: decided([2]int{90, 100}, [2]int{80, 100}, [2]int{0, 8}, [2]int{0, 8}),
			want: scoring.Leak{Step: 1, Deals: 6.4, PerMonth: 194.8},
		},
		{name: "no figures", funnel: scoring.MethodFunnel(), days: 91},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, ok := c.funnel.Leak(c.team, c.days)
			if diff := cmp.Diff(c.want, got, nearly); diff != "" || ok != (c.want.Step > 0) {
				t.Errorf("leak %v, got +, want -:\n%s", ok, diff)
			}
		})
	}
}

// contact 6.4, presentation 8, contract 7 and payment nothing, as above, in a month
// of 30.4375 days.
func TestLeaks(t *testing.T) {
	t.Parallel()
	team := decided([2]int{90, 100}, [2]int{70, 100}, [2]int{49, 70}, [2]int{46, 48})
	want := []scoring.Leak{{Step: 2, Deals: 8, PerMonth: 0.5}, {Step: 3, Deals: 7, PerMonth: 0.4375}, {Step: 1, Deals: 6.4, PerMonth: 0.4}}
	if diff := cmp.Diff(want, scoring.MethodFunnel().Leaks(team, 487), nearly); diff != "" {
		t.Errorf("leaks, got +, want -:\n%s", diff)
	}
}

func TestMoneyTimes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		minor int64
		x     float64
		want  int64
	}{
		{1_000_000, 2.6758, 2_675_800},
		{5, 0.5, 3}, // 2.5, away from zero
		{-5, 0.5, -3},
		{4, 0.3, 1}, // 1.2
		{100, 0, 0},
		{math.MaxInt64, 1, math.MaxInt64},
		{math.MaxInt64 / 2, 3, math.MaxInt64},
		{math.MaxInt64 / 2, -3, math.MinInt64},
		{1, math.Inf(1), math.MaxInt64},
		{0, math.Inf(1), 0},
		{1, math.NaN(), 0},
	} {
		if got := eur(c.minor).Times(c.x); got != eur(c.want) {
			t.Errorf("%d × %v: got %v, want %v", c.minor, c.x, got, eur(c.want))
		}
	}
}
