package scoring_test

import (
	"math"
	"testing"
	"time"

	"fifteen/scoring"
)

// inflow is a rep who is exactly at the targets: a hundred companies come onto
// the list each week, spread over it, and move on to the next step after the
// given time, exactly the target's share of them. Of the others every second one
// says no then, and every second one is never heard of again.
func inflow(f scoring.Funnel, weeksOfInflow int, wait time.Duration) [][]scoring.Move {
	const aWeek = 100
	companies := make([][]scoring.Move, 0, weeksOfInflow*aWeek)
	came, moved, silent := make([]int, len(f.Steps)), make([]int, len(f.Steps)), make([]bool, len(f.Steps))
	for n := range weeksOfInflow * aWeek {
		at := noon.Add(time.Duration(n) * 7 * day / aWeek)
		moves := []scoring.Move{{At: at, Rep: 7}}
		for i, step := range f.Steps {
			at = at.Add(wait)
			came[i]++
			if float64(moved[i]+1) <= step.Target*float64(came[i])+1e-9 {
				moved[i]++
				moves = append(moves, scoring.Move{At: at, Rep: 7, Kind: scoring.Stepped, To: step.ID})
				continue
			}
			if silent[i] = !silent[i]; !silent[i] {
				moves = append(moves, scoring.Move{At: at, Rep: 7, Kind: scoring.SaidNo})
			}
			break
		}
		companies = append(companies, moves)
	}
	return companies
}

// measured are the ratios of thirteen weeks in the middle of a steady inflow.
func measured(f scoring.Funnel, wait, now time.Duration) []float64 {
	to := noon.Add(now)
	a := scoring.NewAnalysis(f, quarterTo(to), to)
	for _, moves := range inflow(f, 60, wait) {
		a.Add(moves)
	}
	ratios := make([]float64, 0, len(f.Steps))
	for _, step := range a.Team().Steps {
		ratios = append(ratios, step.Ratio())
	}
	return ratios
}

func TestRepAtTargetMeasuresAtTarget(t *testing.T) {
	t.Parallel()
	f := scoring.MethodFunnel()
	for _, wait := range []time.Duration{7 * day / 2, 7 * day, 14 * day, 28 * day} {
		for _, now := range []time.Duration{52 * 7 * day, 55*7*day + 3*day, 59*7*day + 31*time.Hour} {
			for i, ratio := range measured(f, wait, now) {
				if target := f.Steps[i].Target; math.Abs(ratio-target) > 0.02 {
					t.Errorf("%v a step, after %v, %s: got %.4f, want %.2f ± 0.02", wait, now, f.Steps[i].ID, ratio, target)
				}
			}
		}
	}
}

// When companies take longer than the patience, those who are late have run out
// as of now. At 35 days a step and 30 of patience that is 80 × 5 ÷ 7 = 57 of
// the presentation's. 13 weeks bring 1,040 to it and 260 not: 1,040 ÷ 1,357 is 77 %.
func TestStepsThatTakeLongerThanPatienceReadLow(t *testing.T) {
	t.Parallel()
	got := measured(scoring.MethodFunnel(), 35*day, 55*7*day)[1]
	if math.Abs(got-0.766) > 0.002 {
		t.Errorf("presentation with 35 days a step: got %.4f, want 0.766", got)
	}
}
