package scoring_test

import (
	"math"
	"testing"
	"time"

	"fifteen/scoring"

	"github.com/google/go-cmp/cmp"
)

// quarterTo is the thirteen weeks up to a moment.
func quarterTo(to time.Time) scoring.Window {
	return scoring.Window{From: to.Add(-13 * 7 * day), To: to}
}

// analysed counts companies whose journeys are written down.
func analysed(f scoring.Funnel, w scoring.Window, now time.Time, journeys ...string) *scoring.Analysis {
	a := scoring.NewAnalysis(f, w, now)
	for _, text := range journeys {
		a.Add(journey(text))
	}
	return a
}

func TestRatioAndInterval(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name             string
		step             scoring.StepFigures
		decided          int
		ratio, low, high float64
		enough           bool
	}{
		{name: "none decided", step: scoring.StepFigures{Unfit: 5, Pending: 9, Reached: 20}, high: 1},
		// 8 ÷ (8 + 1 + 1); (0.8 + 3.8415/20 ± 1.96 × √(0.016 + 3.8415/400)) ÷ 1.38415
		{
			name: "8 of 10", step: scoring.StepFigures{Moved: 8, Refused: 1, RanOut: 1, Unfit: 7},
			decided: 10, ratio: 0.8, low: 0.490162, high: 0.943318, enough: true,
		},
		{name: "7 of 9", step: scoring.StepFigures{Moved: 7, RanOut: 2}, decided: 9, ratio: 7. / 9, low: 0.452589, high: 0.936775},
		// 3.8415 ÷ (10 + 3.8415) at the open end
		{name: "none of 10", step: scoring.StepFigures{Refused: 10}, decided: 10, high: 0.277533, enough: true},
		{name: "all of 10", step: scoring.StepFigures{Moved: 10}, decided: 10, ratio: 1, low: 0.722467, high: 1, enough: true},
		{
			name: "80 of 100", step: scoring.StepFigures{Moved: 80, Refused: 20},
			decided: 100, ratio: 0.8, low: 0.711171, high: 0.866633, enough: true,
		},
	} {
		if got := c.step.Decided(); got != c.decided {
			t.Errorf("%s, decided: got %d, want %d", c.name, got, c.decided)
		}
		if got := c.step.Ratio(); got != c.ratio {
			t.Errorf("%s, ratio: got %v, want %v", c.name, got, c.ratio)
		}
		if got := c.step.Enough(); got != c.enough {
			t.Errorf("%s, enough: got %v, want %v", c.name, got, c.enough)
		}
		low, high := c.step.Interval()
		if math.Abs(low-c.low) > 1e-6 || math.Abs(high-c.high) > 1e-6 {
			t.Errorf("%s, interval: got %.6f to %.6f, want %.6f to %.6f", c.name, low, high, c.low, c.high)
		}
	}
}

func TestIntervalContainsTheRatio(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 200; n++ {
		for moved := range n + 1 {
			step := scoring.StepFigures{Moved: moved, RanOut: n - moved}
			low, high := step.Interval()
			if ratio := step.Ratio(); low < 0 || low > ratio || ratio > high || high > 1 {
				t.Fatalf("%d of %d: got %v in %v to %v, want 0 ≤ low ≤ ratio ≤ high ≤ 1", moved, n, ratio, low, high)
			}
		}
	}
}

func TestDays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		waits []time.Duration
		want  float64
		ok    bool
	}{
		{name: "none moved"},
		{name: "one", waits: []time.Duration{5 * day}, want: 5, ok: true},
		// 1, 2, 9
		{name: "the middle one", waits: []time.Duration{9 * day, day, 2 * day}, want: 2, ok: true},
		// 1, 2, 5, 9: (2 + 5) ÷ 2
		{name: "between two", waits: []time.Duration{9 * day, day, 5 * day, 2 * day}, want: 3.5, ok: true},
		{name: "on the same day", waits: []time.Duration{0, 6 * time.Hour}, want: 0.125, ok: true},
	} {
		got, ok := scoring.StepFigures{Moved: len(c.waits), Waits: c.waits}.Days()
		if got != c.want || ok != c.ok {
			t.Errorf("%s: got %v, %v, want %v, %v", c.name, got, ok, c.want, c.ok)
		}
	}
}

func TestWindow(t *testing.T) {
	t.Parallel()
	w := scoring.Window{From: onDay("10"), To: onDay("20")}
	for text, want := range map[string]bool{"10-": false, "10": true, "20-": true, "20": false} {
		if got := w.Contains(onDay(text)); got != want {
			t.Errorf("day %s in days 10 to 20: got %v, want %v", text, got, want)
		}
	}
	if got := w.Days(); got != 10 {
		t.Errorf("days: got %d, want 10", got)
	}
	w.To = w.To.Add(-time.Hour) // summer time began
	if got := w.Days(); got != 10 {
		t.Errorf("days with an hour less: got %d, want 10", got)
	}
}

// A step is as the first step of the method's funnel sees it; the window is days
// 10 to 20, now is day 100.
func TestDecisionsBelongToAWindow(t *testing.T) {
	t.Parallel()
	w := scoring.Window{From: onDay("10"), To: onDay("20")}
	for _, c := range []struct {
		name, moves string
		listed      int
		want        scoring.StepFigures
	}{
		{"moved before", "0 list, 10- contact", 1, scoring.StepFigures{Reached: 1}},
		{"moved at its beginning", "5 list, 10 contact", 1, scoring.StepFigures{Moved: 1, Reached: 1, Waits: []time.Duration{5 * day}}},
		{"moved at its end", "5 list, 20 contact", 1, scoring.StepFigures{}},
		{"moved a tick before", "5 list, 20- contact", 1, scoring.StepFigures{Moved: 1, Reached: 1, Waits: []time.Duration{15*day - tick}}},
		{"refused in it", "5 list, 12 no", 1, scoring.StepFigures{Refused: 1}},
		{"refused at its beginning", "5 list, 10 no", 1, scoring.StepFigures{Refused: 1}},
		{"refused before", "5 list, 10- no", 0, scoring.StepFigures{}},
		{"unfit in it", "5 list, 12 unfit", 1, scoring.StepFigures{Unfit: 1}},
		{"unfit before", "5 list, 9 unfit", 0, scoring.StepFigures{}},
		// −15 + 30 = 15
		{"ran out in it", "-15 list", 1, scoring.StepFigures{RanOut: 1}},
		{"ran out in it, moved after it", "-15 list, 30 contact", 1, scoring.StepFigures{}},
		// −20 + 30 = 10, and said no on day 40
		{"ran out at its beginning", "-20 list, 40 no", 1, scoring.StepFigures{RanOut: 1}},
		{"ran out at its end", "-10 list", 1, scoring.StepFigures{}},
		{"pending as of now", "90 list", 0, scoring.StepFigures{Pending: 1}},
		{"listed at its end", "20 list, 21 contact", 0, scoring.StepFigures{}},
		{"gone before and back in it", "0 list, 5 no, 15 reopen, 25 no", 1, scoring.StepFigures{}},
		{"gone before and back after it", "0 list, 5 no, 25 reopen, 30 no", 0, scoring.StepFigures{}},
		{"gone in it and back after it", "0 list, 15 no, 25 reopen, 30 no", 1, scoring.StepFigures{}},
		{"paid before", "0 list, 9 payment", 0, scoring.StepFigures{}},
		{"paid before, lost by mistake", "0 list, 9 payment, 12 no", 0, scoring.StepFigures{}},
		{"paid before, reopened", "0 list, 9 payment, 9 no, 12 reopen, 14 no", 0, scoring.StepFigures{}},
		{"paid before, bought again", "0 list, 9 payment, 12 list #2, 14 no #2", 0, scoring.StepFigures{}},
		{"paid at its beginning", "0 list, 10 payment", 1, scoring.StepFigures{Moved: 1, Reached: 1, Waits: []time.Duration{10 * day}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			team := analysed(scoring.MethodFunnel(), w, onDay("100"), c.moves).Team()
			if team.Listed != c.listed {
				t.Errorf("%s, listed: got %d, want %d", c.moves, team.Listed, c.listed)
			}
			if diff := cmp.Diff(c.want, team.Steps[0]); diff != "" {
				t.Errorf("%s, contact, got +, want -:\n%s", c.moves, diff)
			}
		})
	}
}

func TestAnalysisCreditsReps(t *testing.T) {
	t.Parallel()
	// The first hands a company to the second between contact and presentation,
	// and has another one under way.
	a := analysed(scoring.MethodFunnel(), quarterTo(onDay("20")), onDay("20"),
		"0 list, 5 contact, 7 owner @8, 9 presentation", "15 list")
	want := map[int64]*scoring.Figures{
		7: {Listed: 1, Steps: []scoring.StepFigures{{Moved: 1, Pending: 1, Waits: []time.Duration{5 * day}}, {}, {}, {}}},
		8: {Listed: 1, Steps: []scoring.StepFigures{
			{Reached: 1}, {Moved: 1, Reached: 1, Waits: []time.Duration{4 * day}}, {Pending: 1}, {},
		}},
	}
	if diff := cmp.Diff(want, a.Reps()); diff != "" {
		t.Errorf("reps, got +, want -:\n%s", diff)
	}
	team := a.Team()
	if got := team.Steps[0]; team.Listed != 2 || got.Moved != 1 || got.Pending != 1 || got.Reached != 1 {
		t.Errorf("team: got %d listed, contact %+v, want 2 listed, 1 moved, 1 pending, 1 reached", team.Listed, got)
	}
}

func TestAnalysisOfNobody(t *testing.T) {
	t.Parallel()
	a := analysed(scoring.MethodFunnel(), quarterTo(noon), noon, "", "9 list")
	if got := a.Team(); got.Listed != 0 || len(got.Steps) != 4 || len(a.Reps()) != 0 {
		t.Errorf("team: got %+v of %d reps, want four empty steps of none", got, len(a.Reps()))
	}
}
