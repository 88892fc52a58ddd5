package scoring_test

import (
	"slices"
	"testing"
	"time"

	"fifteen/scoring"
)

// showing is one on a day counted from lastWeek, computed hours after 9:00.
func showing(day, hours int) scoring.Showing {
	at := lastWeek.AddDate(0, 0, day)
	return scoring.Showing{Day: at.Truncate(24 * time.Hour), At: at.Add(time.Duration(hours) * time.Hour)}
}

// TestEachCohortIsDueOnce runs schedules of different rhythms, with showings that
// were missed or moved, and checks that each cohort is told once, at the first
// showing two weeks after it or later.
func TestEachCohortIsDueOnce(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		days []int
	}{
		{"every week", []int{0, 7, 14, 21, 28, 35, 42, 49, 56}},
		{"every day", []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21}},
		{"every two weeks", []int{0, 14, 28, 42}},
		{"every month", []int{0, 30, 61, 91}},
		{"two missed", []int{0, 7, 28, 35, 42, 49}},
		{"begun anew", []int{0, 1, 60, 74}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			told := map[time.Time][]int{} // by the moment of the cohort, the days on which it was told
			var past []scoring.Showing
			for i, day := range c.days {
				now := showing(day, i%5) // some are late
				for _, cohort := range scoring.CohortsDue(past, now.Day) {
					told[cohort.At] = append(told[cohort.At], day)
				}
				past = append(past, now)
			}
			for i, day := range c.days {
				var want []int
				for _, later := range c.days[i:] {
					if later >= day+14 {
						want = []int{later}
						break
					}
				}
				if got := told[past[i].At]; !slices.Equal(got, want) {
					t.Errorf("showing of day %d: got told on days %v, want %v", day, got, want)
				}
			}
		})
	}
}

// TestCohortBefore checks what lies before a cohort: the showing before, whatever
// the order in which they come.
func TestCohortBefore(t *testing.T) {
	t.Parallel()
	past := []scoring.Showing{showing(14, 0), showing(0, 3), showing(7, 1)}
	due := scoring.CohortsDue(past, showing(28, 0).Day)
	want := []scoring.Cohort{
		{Showing: showing(7, 1), Before: showing(0, 3).At}, {Showing: showing(14, 0), Before: showing(7, 1).At},
	}
	if !slices.Equal(due, want) {
		t.Errorf("got %v, want %v", due, want)
	}
	due = scoring.CohortsDue(past[1:], showing(14, 0).Day)
	if want := []scoring.Cohort{{Showing: showing(0, 3)}}; !slices.Equal(due, want) || !due[0].Begins().Equal(due[0].At) {
		t.Errorf("of the first: got %v, want %v, which begins at its own moment", due, want)
	}
}

// TestCohortHolds checks which deals were first shown at a showing: the walks
// take an hour a step, and the showings are 5 and 10 hours after lastWeek.
func TestCohortHolds(t *testing.T) {
	t.Parallel()
	in, out, lost := at(14, eur(5)), at(12, eur(5)), gone(scoring.BandLost, at(14, eur(5)))
	five, ten := lastWeek.Add(5*time.Hour), lastWeek.Add(10*time.Hour)
	first := scoring.Cohort{Showing: scoring.Showing{At: five}}
	second := scoring.Cohort{Showing: scoring.Showing{At: ten}, Before: five}
	// late is a deal that came in seven hours after lastWeek
	late := func() *walk { w := walkOf(1, out); w.rev = 7; return w.to(in) }
	later := func(w *walk, states ...scoring.ClosingState) *walk { w.rev = 11; return w.to(states...) }
	for _, c := range []struct {
		name                string
		walk                *walk
		ofFirst, ofSecond   bool
		ownFirst, ownSecond bool // of owner 2
	}{
		{name: "always there", walk: walkOf(1, in), ofFirst: true},
		{name: "came before the first", walk: walkOf(1, out).to(in), ofFirst: true},
		{name: "came between", walk: late(), ofSecond: true},
		{name: "left before it was shown", walk: late().to(out)},
		{name: "came and was lost later", walk: later(late(), lost), ofSecond: true},
		{name: "slipped and came back later", walk: later(late(), out, in)},
		{name: "lost, which was a mistake", walk: later(late(), lost).undo(12, in), ofSecond: true},
		{name: "came by mistake, taken back later", walk: func() *walk { w := late(); w.rev = 11; return w.undo(8, out) }(), ofSecond: true},
		{name: "came by mistake, taken back before", walk: late().undo(8, out)},
		{name: "back between the two", walk: func() *walk { w := walkOf(1, in).to(out); w.rev = 7; return w.to(in) }(), ofSecond: true},
		{name: "handed over between", walk: func() *walk { w := walkOf(1, in); w.rev = 7; return w.to(others(in)) }(), ofFirst: true, ownSecond: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, test := range []struct {
				cohort scoring.Cohort
				owner  int64
				want   bool
			}{{first, 0, c.ofFirst}, {second, 0, c.ofSecond}, {first, 2, c.ownFirst}, {second, 2, c.ownSecond}} {
				if got := test.cohort.Holds(c.walk.ClosingPast, test.owner); got != test.want {
					t.Errorf("showing at %v, owner %d: got %v, want %v", test.cohort.At.Hour(), test.owner, got, test.want)
				}
			}
		})
	}
}
