package scoring_test

import (
	"slices"
	"testing"

	"fifteen/scoring"

	"github.com/google/go-cmp/cmp"
)

func TestPassagesOfOneDeal(t *testing.T) {
	t.Parallel()
	testPassages(t, scoring.MethodFunnel(), []passageCase{
		{"no moves", "", "9", ""},
		{"listed", "0 list", "9", "pending"},
		{"all the way", "0 list, 5 contact, 9 presentation, 20 contract, 25 payment", "99", "moved 5, moved 9, moved 20, moved 25"},
		// contact and presentation on the day of the contract
		{"skipped", "0 list, 20 contract", "21", "moved 20, moved 20, moved 20, pending"},
		{"back", "0 list, 5 contact, 9 presentation, 12 contact", "14", "moved 5, moved 9, pending"},
		// the second time it comes to the presentation changes nothing
		{"back and again", "0 list, 5 contact, 9 presentation, 12 contact, 15 presentation", "20", "moved 5, moved 9, pending"},
		{"back to the list", "0 list, 5 contact, 6 nowhere", "8", "moved 5, pending"},
		{"said no", "0 list, 5 contact, 12 no", "99", "moved 5, refused 12"},
		{"said no to the list", "0 list, 3 no", "99", "refused 3"},
		{"said no twice", "0 list, 5 contact, 12 no, 50 no", "99", "moved 5, refused 12"},
		{"no that became unfit", "0 list, 5 contact, 12 no, 13 unfit", "99", "moved 5, refused 12"},
		{"won and not paid", "0 list, 5 contact, 9 presentation, 20 contract", "30", "moved 5, moved 9, moved 20, pending"},
		// 20 + 30 = 50
		{"won and never paid", "0 list, 5 contact, 9 presentation, 20 contract", "51", "moved 5, moved 9, moved 20, ran-out 50"},
		{"won and refused to pay", "0 list, 5 contact, 9 presentation, 20 contract, 40 no", "51", "moved 5, moved 9, moved 20, refused 40"},
		{"paid, and lost by mistake", "0 list, 20 payment, 30 no", "51", "moved 20, moved 20, moved 20, moved 20"},
		{"moves after now", "0 list, 5 contact, 9 presentation, 12 no", "8", "moved 5, pending"},
		{"a move at now", "0 list, 5 contact, 9 presentation", "9", "moved 5, moved 9, pending"},
		{"only moves after now", "5 list", "4", ""},
		{"never listed", "5 contact", "6", "moved 5, pending"},
		{"never listed, and lost", "5 no", "6", "refused 5"},
		{"out of order", "9 presentation, 0 list, 12 no, 5 contact", "20", "moved 5, moved 9, refused 12"},
		{"at one instant, as written", "5 list, 5 contact, 5 no, 5 reopen", "6", "moved 5, pending"},
	})
}

func TestPassagesRunOut(t *testing.T) {
	t.Parallel()
	testPassages(t, scoring.MethodFunnel(), []passageCase{
		// 5 + 30 = 35
		{"exactly at patience", "0 list, 5 contact", "35", "moved 5, pending"},
		{"a tick later", "0 list, 5 contact", "35+", "moved 5, ran-out 35"},
		{"on the list", "0 list", "31", "ran-out 30"},
		{"then moved", "0 list, 5 contact, 40 presentation", "41", "moved 5, moved 40, pending"},
		{"then said no", "0 list, 5 contact, 40 no", "41", "moved 5, ran-out 35"},
		{"no exactly at patience", "0 list, 5 contact, 35 no", "41", "moved 5, refused 35"},
		{"no a tick later", "0 list, 5 contact, 35+ no", "41", "moved 5, ran-out 35"},
		{"unfit before", "0 list, 5 contact, 20 unfit", "99", "moved 5, unfit 20"},
		{"unfit exactly at patience", "0 list, 5 contact, 35 unfit", "99", "moved 5, unfit 35"},
		{"unfit after", "0 list, 5 contact, 40 unfit", "99", "moved 5, ran-out 35"},
		// skipped to the presentation on day 10, so 10 + 30 = 40
		{"after a skip", "0 list, 10 presentation", "41", "moved 10, moved 10, ran-out 40"},
		{"going back is no new patience", "0 list, 5 contact, 6 presentation, 30 contact", "37", "moved 5, moved 6, ran-out 36"},
		// no on day 12, back on day 20: 20 + 30 = 50
		{"patience anew after a comeback", "0 list, 5 contact, 12 no, 20 reopen", "50", "moved 5, pending"},
		{"and over", "0 list, 5 contact, 12 no, 20 reopen", "50+", "moved 5, ran-out 50"},
		// back on day 20, in contact since day 25: 25 + 30 = 55
		{"a step after a comeback", "0 list, 12 no, 20 reopen, 25 contact", "55+", "moved 25, ran-out 55"},
		{"ran out, no, comeback", "0 list, 5 contact, 40 no, 60 reopen", "70", "moved 5, pending"},
	})
}

func TestPassagesPatienceOfEachStep(t *testing.T) {
	t.Parallel()
	testPassages(t, own(), []passageCase{
		{"14 days to the contact", "0 list", "15", "ran-out 14"},
		{"20 days to the demo", "0 list, 5 contact", "26", "moved 5, ran-out 25"},
		{"45 days to the trial", "0 list, 5 contact, 6 demo", "52", "moved 5, moved 6, ran-out 51"},
		{"names it had before", "0 list, 5 visit, 6 presentation, 9 demo", "12", "moved 5, moved 5, pending"},
		{"a step that is gone", "0 list, 5 payment", "6", "pending"},
	})
}

func TestPassagesAfterComebacks(t *testing.T) {
	t.Parallel()
	testPassages(t, scoring.MethodFunnel(), []passageCase{
		{"reopened", "0 list, 5 contact, 12 no, 20 reopen", "21", "moved 5, pending"},
		{"reopened and moved on", "0 list, 5 contact, 12 no, 20 reopen, 30 presentation", "31", "moved 5, moved 30, pending"},
		{"reopened and said no again", "0 list, 5 contact, 12 no, 20 reopen, 45 no", "99", "moved 5, refused 45"},
		{"reopened after unfit", "0 list, 12 unfit, 20 reopen, 30 contact", "31", "moved 30, pending"},
		{"a step says that it goes on", "0 list, 5 contact, 12 no, 20 contact", "21", "moved 5, pending"},
		{"listed again", "0 list, 5 contact, 12 no, 20 list", "21", "moved 5, pending"},
		{"handed over after a no", "0 list, 5 contact, 12 no, 20 owner @8", "99", "moved 5, refused 12"},
		// won on day 9, back to the presentation on day 12: the contract stays
		{"a win taken back", "0 list, 9 contract, 12 reopen, 12 presentation", "20", "moved 9, moved 9, moved 9, pending"},
		{"a win taken back and lost", "0 list, 9 contract, 12 reopen, 12 presentation, 15 no", "20", "moved 9, moved 9, moved 9, refused 15"},
	})
}

func TestPassagesOfTwoDeals(t *testing.T) {
	t.Parallel()
	testPassages(t, scoring.MethodFunnel(), []passageCase{
		{"the further one counts", "0 list, 1 list #2, 5 contact, 9 presentation #2", "20", "moved 5, moved 9, pending"},
		{"one no of two", "0 list, 1 list #2, 5 contact, 12 no #2", "20", "moved 5, pending"},
		{"the last no of two", "0 list, 1 list #2, 5 contact, 12 no #2, 15 no", "20", "moved 5, refused 15"},
		{"no, then unfit", "0 list, 1 list #2, 12 no #2, 15 unfit", "20", "unfit 15"},
		{"unfit, then no", "0 list, 1 list #2, 12 unfit #2, 15 no", "20", "refused 15"},
		{"one won, one lost", "0 list, 1 list #2, 12 contract, 15 no #2", "20", "moved 12, moved 12, moved 12, pending"},
		// the first was lost on day 12; the second came on day 40: 40 + 30 = 70
		{"a new deal after a no", "0 list, 5 contact, 12 no, 40 list #2", "70", "moved 5, pending"},
		{"and its patience", "0 list, 5 contact, 12 no, 40 list #2", "71", "moved 5, ran-out 70"},
		{"a new deal after unfit", "0 list, 5 contact, 12 unfit, 40 list #2", "70", "moved 5, pending"},
		// it was under way all the time, so 5 + 30 = 35
		{"a new deal beside one is no comeback", "0 list, 5 contact, 20 list #2", "40", "moved 5, ran-out 35"},
		{"reopened beside one is no comeback", "0 list, 1 list #2, 5 contact, 8 no #2, 20 reopen #2", "40", "moved 5, ran-out 35"},
		{"a customer who paid buys again", "0 list, 9 payment, 40 list #2, 50 no #2", "60", "moved 9, moved 9, moved 9, moved 9"},
		{"unheard of until its no", "0 list, 5 contact, 12 no, 20 no #2", "60", "moved 5, refused 20"},
		{"five deals", "0 list, 1 list #2, 2 list #3, 3 list #4, 4 list #5, 5 no #5, 6 no #4, 7 no #3, 8 no #2, 9 no", "60", "refused 9"},
	})
}

func TestPassagesAreCredited(t *testing.T) {
	t.Parallel()
	testPassages(t, scoring.MethodFunnel(), []passageCase{
		{"handed over between steps", "0 list, 5 contact, 7 owner @8, 9 presentation", "20", "moved 5, moved 9 @8, pending @8"},
		{"handed over before the no", "0 list, 5 contact, 7 owner @8, 9 no", "20", "moved 5, refused 9 @8"},
		{"handed over after the no", "0 list, 5 contact, 9 no, 12 owner @8", "20", "moved 5, refused 9"},
		{"handed over before it was unfit", "0 list, 7 owner @8, 9 unfit", "20", "unfit 9 @8"},
		{"handed over after it was unfit", "0 list, 9 unfit, 12 owner @8", "20", "unfit 9"},
		{"handed over before it ran out", "0 list, 5 contact, 34 owner @8", "40", "moved 5, ran-out 35 @8"},
		{"on the very moment", "0 list, 5 contact, 35 owner @8", "40", "moved 5, ran-out 35 @8"},
		{"and after it", "0 list, 5 contact, 36 owner @8", "40", "moved 5, ran-out 35"},
		{"two reps at one company", "0 list, 1 list #2 @8, 5 contact #2, 9 presentation, 12 no", "20", "moved 5 @8, moved 9, pending"},
		{"the last to end", "0 list, 1 list #2 @8, 5 contact, 9 no, 12 no #2", "20", "moved 5, refused 12 @8"},
	})
}

func TestPassagesLeaveTheMovesAlone(t *testing.T) {
	t.Parallel()
	moves := journey("9 presentation, 0 list, 5 contact")
	before := slices.Clone(moves)
	f := scoring.MethodFunnel()
	kept := []scoring.Passage{{Step: 42}}
	got := f.AppendPassages(kept, moves, onDay("10"))
	if diff := cmp.Diff(before, moves); diff != "" {
		t.Errorf("moves afterwards, got +, want -:\n%s", diff)
	}
	want := slices.Concat(kept, f.Passages(moves, onDay("10")))
	if diff := cmp.Diff(want, got); diff != "" || len(got) != 4 {
		t.Errorf("appended to one passage, got +, want - and 4:\n%s", diff)
	}
	// stood before the contact since day 0, before the presentation since day 5
	if !got[1].Stood.Equal(onDay("0")) || !got[2].Stood.Equal(onDay("5")) || !got[3].Stood.Equal(onDay("9")) {
		t.Errorf("stood since: got %v, want days 0, 5 and 9", got[1:])
	}
}

func TestPassagesOfAnEmptyFunnel(t *testing.T) {
	t.Parallel()
	if got := (scoring.Funnel{}).Passages(journey("0 list, 5 contact"), onDay("99")); len(got) != 0 {
		t.Errorf("without steps: got %v, want none", got)
	}
}
