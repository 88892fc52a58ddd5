package scoring_test

import (
	"slices"
	"testing"

	"fifteen/scoring"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

const (
	ivanov, sidorov = 1, 2
)

// closed is a rep's closed list in the method's funnel: so many companies
// listed, so many of them at each step, and the others said no.
func closed(rep int64, listed int, reached ...int) [][]scoring.Move {
	companies := make([][]scoring.Move, listed)
	for n := range companies {
		at := noon
		companies[n] = []scoring.Move{{At: at, Rep: rep}}
		for i, step := range scoring.MethodFunnel().Steps {
			at = at.Add(day)
			move := scoring.Move{At: at, Rep: rep, Kind: scoring.Stepped, To: step.ID}
			if n >= reached[i] {
				move.Kind, move.To = scoring.SaidNo, ""
			}
			companies[n] = append(companies[n], move)
			if move.Kind == scoring.SaidNo {
				break
			}
		}
	}
	return companies
}

// pairsOf are the pairs of some companies, four weeks after they were listed.
func pairsOf(companies ...[][]scoring.Move) []scoring.Pair {
	f, now := scoring.MethodFunnel(), noon.Add(28*day)
	a := scoring.NewAnalysis(f, quarterTo(now), now)
	for _, moves := range slices.Concat(companies...) {
		a.Add(moves)
	}
	return f.Pairs(a.Reps())
}

var withoutP = cmpopts.IgnoreFields(scoring.Pair{}, "P")

func TestPairsOfTheMethod(t *testing.T) {
	t.Parallel()
	// Ivanov 160 ÷ 200 = 80 %, 70 %, 85 %, 96 %; Sidorov 96 %, 90 %, 70 %, 80 %
	got := pairsOf(closed(ivanov, 200, 160, 112, 95, 91), closed(sidorov, 200, 191, 172, 120, 96))
	want := []scoring.Pair{
		{Step: 1, Teacher: sidorov, Learner: ivanov},
		{Step: 2, Teacher: sidorov, Learner: ivanov},
		{Step: 3, Teacher: ivanov, Learner: sidorov},
		{Step: 4, Teacher: ivanov, Learner: sidorov},
	}
	if diff := cmp.Diff(want, got, withoutP); diff != "" {
		t.Errorf("pairs, got +, want -:\n%s", diff)
	}
	for _, pair := range got {
		if pair.P <= 0 || pair.P > scoring.Significance {
			t.Errorf("step %d: got p %v, want above 0, at most 0.05", pair.Step, pair.P)
		}
	}
}

func TestPairsOfFewCompanies(t *testing.T) {
	t.Parallel()
	// 5 ÷ 6, 4 ÷ 5, 3 ÷ 4, 3 ÷ 3 and 6 ÷ 6, 5 ÷ 6, 3 ÷ 5, 2 ÷ 3
	if got := pairsOf(closed(ivanov, 6, 5, 4, 3, 3), closed(sidorov, 6, 6, 5, 3, 2)); len(got) != 0 {
		t.Errorf("six companies each: got %v, want none", got)
	}
}

// A hundred companies at the targets, as a closed list: 20 and 16 say no.
func TestClosedListAtTheTargets(t *testing.T) {
	t.Parallel()
	f, now := scoring.MethodFunnel(), noon.Add(28*day)
	a := scoring.NewAnalysis(f, quarterTo(now), now)
	for _, moves := range closed(ivanov, 100, 100, 80, 64, 61) {
		a.Add(moves)
	}
	team := a.Team()
	for i, want := range []struct{ reached, refused int }{{100, 0}, {80, 20}, {64, 16}, {61, 3}} {
		if got := team.Steps[i]; got.Reached != want.reached || got.Refused != want.refused {
			t.Errorf("step %d: got %d reached and %d refused, want %d and %d", i+1, got.Reached, got.Refused, want.reached, want.refused)
		}
	}
}

// presenting are a rep's figures of whom only the presentation is known.
func presenting(moved, of int) *scoring.Figures {
	figures := decided([2]int{}, [2]int{moved, of}, [2]int{}, [2]int{})
	return &figures
}

func TestPairs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		reps map[int64]*scoring.Figures
		want []scoring.Pair
	}{
		{name: "nobody"},
		{name: "alone", reps: map[int64]*scoring.Figures{1: presenting(0, 40)}},
		{
			name: "below the target", reps: map[int64]*scoring.Figures{1: presenting(36, 40), 2: presenting(20, 40)},
			want: []scoring.Pair{{Step: 2, Teacher: 1, Learner: 2}},
		},
		// 80 % is the target, so there is nothing to learn
		{name: "at the target", reps: map[int64]*scoring.Figures{1: presenting(400, 400), 2: presenting(320, 400)}},
		{
			name: "just below it", reps: map[int64]*scoring.Figures{1: presenting(400, 400), 2: presenting(319, 400)},
			want: []scoring.Pair{{Step: 2, Teacher: 1, Learner: 2}},
		},
		{
			name: "a teacher below it too", reps: map[int64]*scoring.Figures{1: presenting(70, 100), 2: presenting(10, 100)},
			want: []scoring.Pair{{Step: 2, Teacher: 1, Learner: 2}},
		},
		{name: "nine are too few", reps: map[int64]*scoring.Figures{1: presenting(100, 100), 2: presenting(0, 9)}},
		{
			name: "ten are enough", reps: map[int64]*scoring.Figures{1: presenting(100, 100), 2: presenting(0, 10)},
			want: []scoring.Pair{{Step: 2, Teacher: 1, Learner: 2}},
		},
		// p is 0.0145 of 36 against 26: significant alone, and not as one of four, 0.058
		{name: "not for all comparisons together", reps: map[int64]*scoring.Figures{1: presenting(36, 40), 2: presenting(26, 40)}},
		{
			// 4 × 0.0075 = 0.030
			name: "for all comparisons together", reps: map[int64]*scoring.Figures{1: presenting(36, 40), 2: presenting(25, 40)},
			want: []scoring.Pair{{Step: 2, Teacher: 1, Learner: 2}},
		},
		{
			name: "the best one teaches all", reps: map[int64]*scoring.Figures{3: presenting(95, 100), 1: presenting(90, 100), 2: presenting(30, 100), 4: presenting(20, 100)},
			want: []scoring.Pair{{Step: 2, Teacher: 3, Learner: 2}, {Step: 2, Teacher: 3, Learner: 4}},
		},
		{
			name: "of equal ones the one with more companies", reps: map[int64]*scoring.Figures{1: presenting(90, 100), 2: presenting(180, 200), 3: presenting(30, 100)},
			want: []scoring.Pair{{Step: 2, Teacher: 2, Learner: 3}},
		},
		{
			name: "then the lower number", reps: map[int64]*scoring.Figures{5: presenting(90, 100), 4: presenting(90, 100), 3: presenting(30, 100)},
			want: []scoring.Pair{{Step: 2, Teacher: 4, Learner: 3}},
		},
		{
			// all of 10 are not significantly better than 24 of 40, which is p 0.02
			name: "the best one with significance", reps: map[int64]*scoring.Figures{1: presenting(10, 10), 2: presenting(380, 400), 3: presenting(24, 40)},
			want: []scoring.Pair{{Step: 2, Teacher: 2, Learner: 3}},
		},
		{name: "without steps", reps: map[int64]*scoring.Figures{1: {}, 2: {}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, scoring.MethodFunnel().Pairs(c.reps), withoutP); diff != "" {
				t.Errorf("pairs, got +, want -:\n%s", diff)
			}
		})
	}
}

func TestPairsAdjustForAllComparisons(t *testing.T) {
	t.Parallel()
	p := scoring.Fisher(36, 4, 20, 20)
	reps := map[int64]*scoring.Figures{1: presenting(36, 40), 2: presenting(20, 40)}
	// 1 pair of reps × 4 steps
	if got, want := scoring.MethodFunnel().Pairs(reps)[0].P, 4*p; got != want {
		t.Errorf("p of two reps: got %v, want %v", got, want)
	}
	// a third rep without enough companies can be compared with nobody
	reps[3], reps[4] = &scoring.Figures{}, presenting(0, 9)
	if got, want := scoring.MethodFunnel().Pairs(reps)[0].P, 4*p; got != want {
		t.Errorf("p beside reps with too few: got %v, want %v", got, want)
	}
	// 3 pairs of reps × 4 steps, though the third rep has enough at another step only
	contacting := decided([2]int{10, 10}, [2]int{}, [2]int{}, [2]int{})
	delete(reps, 4)
	reps[3] = &contacting
	if got, want := scoring.MethodFunnel().Pairs(reps)[0].P, 12*p; got != want {
		t.Errorf("p of three reps: got %v, want %v", got, want)
	}
}

func TestLikeGroups(t *testing.T) {
	t.Parallel()
	step := func(moved, of int) scoring.StepFigures { return decided([2]int{moved, of}).Steps[0] }
	groups := []scoring.LikeGroup{
		{Label: "retail", Teacher: step(36, 40), Learner: step(20, 40)},
		{Label: "banks", Teacher: step(20, 40), Learner: step(21, 40)},
		{Label: "farms", Teacher: step(9, 9), Learner: step(0, 40)},
		{Label: "mines", Teacher: step(40, 40), Learner: step(0, 9)},
		{Label: "hotels", Teacher: step(5, 40), Learner: step(36, 40)},
	}
	want := []struct {
		label        string
		lower, holds bool
	}{{"banks", false, false}, {"hotels", false, false}, {"retail", true, true}}
	for range 2 {
		got := scoring.LikeGroups(groups)
		if len(got) != len(want) {
			t.Fatalf("groups: got %v, want three with ten companies each", got)
		}
		for i, g := range got {
			if g.Label != want[i].label || g.Lower() != want[i].lower || g.Holds() != want[i].holds {
				t.Errorf("group %d: got %s, lower %v, holds %v, want %v", i, g.Label, g.Lower(), g.Holds(), want[i])
			}
		}
		// three groups are compared, and hotels are the most striking
		if p, alone := got[2].P, scoring.Fisher(36, 4, 20, 20); p != 2*alone {
			t.Errorf("p of retail: got %v, want twice %v", p, alone)
		}
		slices.Reverse(groups)
	}
}
