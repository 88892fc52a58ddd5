package scoring_test

import (
	"sync"
	"testing"

	"fifteen/scoring"
)

// states is how many ways nine questions can stand: 4⁹ = 262,144.
const states = 1 << 18

// spelled writes state n as card reads it: criterion i stands as the i-th digit
// of n in base four, as numbered by Reply.
func spelled(n int) string {
	var text [9]byte
	for i := range text {
		text[i] = ".yun"[digit(n, i)]
	}
	return string(text[:])
}

func digit(n, i int) int { return n >> (2 * i) & 3 }

// replied returns the state in which one criterion stands differently.
func replied(n int, criterion scoring.Criterion, reply scoring.Reply) int {
	return n&^(3<<(2*criterion)) | int(reply)<<(2*criterion)
}

// totals holds the package's total of every state.
var totals = sync.OnceValue(func() []int {
	all := make([]int, states)
	for n := range all {
		all[n] = card(spelled(n), noon).Total()
	}
	return all
})

func TestTotalsOfAllSetsOfAnswers(t *testing.T) {
	t.Parallel()
	sets, got := 0, [16]int{}
	for n, total := range totals() {
		complete := true
		for i := range scoring.Criteria {
			complete = complete && digit(n, i) != int(scoring.Unasked)
		}
		if complete {
			sets++
			got[total]++
		}
	}
	if sets != 19_683 { // 3⁹
		t.Fatalf("sets of answers: got %d, want 19683", sets)
	}
	for total, want := range map[int]int{
		15: 1,  // nine yeses
		14: 9,  // one 'not sure', at any of nine
		13: 45, // one no, at any of nine, or two 'not sure', 9×8÷2 = 36 pairs
	} {
		if got[total] != want {
			t.Errorf("sets of answers that give %d: got %d, want %d", total, got[total], want)
		}
	}
}

func TestYesBeatsUnsureBeatsNoInEveryState(t *testing.T) {
	t.Parallel()
	total := totals()
	for n := range states {
		for _, criterion := range scoring.Criteria {
			yes := total[replied(n, criterion, scoring.Yes)]
			unsure := total[replied(n, criterion, scoring.Unsure)]
			no := total[replied(n, criterion, scoring.No)]
			unasked := total[replied(n, criterion, scoring.Unasked)]
			if yes < unsure || unsure < no || no != unasked {
				t.Fatalf("%s, %s: got yes %d, unsure %d, no %d, unasked %d, want them falling and the last two equal",
					spelled(n), criterion, yes, unsure, no, unasked)
			}
		}
	}
}

// pointsOf is the sum of a pillar's points in a state.
func pointsOf(n int, p scoring.Pillar) int {
	points := 0
	for i := range 3 {
		points += worth[scoring.Reply(digit(n, 3*int(p)+i))]
	}
	return points
}

// mostByYes returns the most that a yes to one of a state's open questions adds,
// and the first that adds it; false when no question is open.
func mostByYes(n int) (gain int, first scoring.Criterion, ok bool) {
	for _, criterion := range scoring.Criteria {
		reply := scoring.Reply(digit(n, int(criterion)))
		if reply == scoring.Yes || reply == scoring.No {
			continue
		}
		points := pointsOf(n, scoring.Pillar(criterion/3))
		more := pillarByPoints[points-worth[reply]+2] - pillarByPoints[points]
		if !ok || more > gain {
			gain, first, ok = more, criterion, true
		}
	}
	return gain, first, ok
}

func TestNoOpenQuestionGainsMoreThanTheProposedOne(t *testing.T) {
	t.Parallel()
	for last := range replies {
		t.Run("timely "+scoring.Reply(last).String(), func(t *testing.T) {
			t.Parallel()
			for n := last * states / 4; n < (last+1)*states/4; n++ {
				gain, first, ok := mostByYes(n)
				got, proposed := card(spelled(n), noon.Add(-day)).Next(noon)
				if proposed != ok || got.Gain != gain || got.Criterion != first {
					t.Fatalf("%s: got %s for %d points, %v, want %s for %d, %v",
						spelled(n), got.Criterion, got.Gain, proposed, first, gain, ok)
				}
			}
		})
	}
}
