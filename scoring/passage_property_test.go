package scoring_test

import (
	"slices"
	"testing"
	"time"

	"fifteen/scoring"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// histories draws anything that could happen to a company: several deals, steps
// ahead, back, skipped and unknown, endings, comebacks and owners, in any order
// and at the same instants, most of them around the moments of patience.
func histories() *rapid.Generator[[]scoring.Move] {
	move := rapid.Custom(func(t *rapid.T) scoring.Move {
		m := scoring.Move{
			At:   onDay(rapid.SampledFrom([]string{"0", "3", "5", "9", "14", "30", "35", "35+", "40", "60", "65", "65+", "90"}).Draw(t, "day")),
			Deal: rapid.Int64Range(1, 3).Draw(t, "deal"), Rep: rapid.Int64Range(1, 3).Draw(t, "rep"),
			Kind: scoring.MoveKind(rapid.SampledFrom([]int{0, 1, 1, 1, 2, 3, 4, 5}).Draw(t, "kind")),
		}
		if m.Kind == scoring.Stepped {
			steps := []scoring.Step{scoring.Contact, scoring.Presentation, scoring.Contract, scoring.Payment, "trial", "visit", "", "gone"}
			m.To = rapid.SampledFrom(steps).Draw(t, "step")
		}
		return m
	})
	return rapid.SliceOfN(move, 0, 9)
}

func funnels() *rapid.Generator[scoring.Funnel] {
	return rapid.SampledFrom([]scoring.Funnel{scoring.MethodFunnel(), own(), {Steps: own().Steps[:1]}})
}

func instants(label string) func(*rapid.T) time.Time {
	return func(t *rapid.T) time.Time {
		return onDay(rapid.SampledFrom([]string{"0", "10", "35", "36", "66", "100"}).Draw(t, label))
	}
}

// status is what a company's deals are after some of its moves.
type status struct {
	at   time.Time
	gone bool // none is open
	last scoring.Move
}

// statuses replays a journey from its beginning for every move of it. A deal is
// listed by its first move, whatever that is.
func statuses(moves []scoring.Move, now time.Time) []status {
	moves = slices.DeleteFunc(slices.Clone(moves), func(m scoring.Move) bool { return m.At.After(now) })
	slices.SortStableFunc(moves, func(a, b scoring.Move) int { return a.At.Compare(b.At) })
	known := map[int64]bool{}
	var all []scoring.Move
	for _, m := range moves {
		if !known[m.Deal] {
			all = append(all, scoring.Move{At: m.At, Deal: m.Deal, Rep: m.Rep})
		}
		known[m.Deal] = true
		all = append(all, m)
	}
	found := make([]status, 0, len(all))
	for n, m := range all {
		open := map[int64]bool{}
		for _, earlier := range all[:n+1] {
			if earlier.Kind != scoring.HandedOver {
				open[earlier.Deal] = earlier.Kind != scoring.SaidNo && earlier.Kind != scoring.FoundUnfit
			}
		}
		gone := true
		for _, o := range open {
			gone = gone && !o
		}
		found = append(found, status{m.At, gone, m})
	}
	return found
}

// passagesOf says the same as Passages, from every status at once.
func passagesOf(f scoring.Funnel, all []status, now time.Time) []scoring.Passage {
	var passages []scoring.Passage
	if len(all) == 0 {
		return nil
	}
	stood, came := all[0].at, all[0].at // came: under way without a break since then
	for i := 1; i < len(all); i++ {
		if all[i-1].gone && !all[i].gone {
			came = all[i].at
		}
	}
	for position, step := range f.Steps {
		reached := slices.IndexFunc(all, func(s status) bool {
			return s.last.Kind == scoring.Stepped && f.Position(s.last.To) > position
		})
		p := scoring.Passage{Step: position + 1, Stood: stood}
		if reached >= 0 {
			p.At, p.Rep, p.State = all[reached].at, all[reached].last.Rep, scoring.Moved
			stood = p.At
			passages = append(passages, p)
			continue
		}
		end := all[len(all)-1]
		for i := len(all) - 1; i >= 0 && all[i].gone; i-- {
			end = all[i] // the first of those since which it is gone
		}
		limit := slices.MaxFunc([]time.Time{stood, came}, time.Time.Compare).Add(time.Duration(step.Patience) * day)
		switch {
		case end.gone && !limit.Before(end.at):
			p.At, p.Rep, p.State = end.at, end.last.Rep, scoring.Unfit
			if end.last.Kind == scoring.SaidNo {
				p.State = scoring.Refused
			}
		case limit.Before(now) || end.gone:
			until := slices.IndexFunc(all, func(s status) bool { return s.at.After(limit) })
			if until < 0 {
				until = len(all)
			}
			p.At, p.Rep, p.State = limit, all[until-1].last.Rep, scoring.RanOut
		default:
			p.Rep, p.State = all[len(all)-1].last.Rep, scoring.Pending
		}
		return append(passages, p)
	}
	return passages
}

func TestPassagesOfAnyHistory(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f, moves, now := funnels().Draw(t, "funnel"), histories().Draw(t, "moves"), instants("now")(t)
		got := f.Passages(moves, now)
		if diff := cmp.Diff(passagesOf(f, statuses(moves, now), now), got); diff != "" {
			t.Fatalf("passages, got +, want -:\n%s", diff)
		}
		for i, p := range got {
			if p.Step != i+1 {
				t.Fatalf("passage %d: got step %d, want one for each step in order", i, p.Step)
			}
			if p.At.After(now) || p.State != scoring.Pending && p.At.Before(p.Stood) {
				t.Fatalf("step %d: got decided at %v, want from %v to %v", p.Step, p.At, p.Stood, now)
			}
		}
	})
}

// alike orders waits, which come in no order.
var alike = cmp.Transformer("sorted", func(waits []time.Duration) []time.Duration { return slices.Sorted(slices.Values(waits)) })

func TestFiguresOfAnyHistories(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f, now := funnels().Draw(t, "funnel"), instants("now")(t)
		w := scoring.Window{From: instants("from")(t), To: instants("to")(t)}
		companies := rapid.SliceOfN(histories(), 0, 5).Draw(t, "companies")
		a, ofOne := scoring.NewAnalysis(f, w, now), scoring.NewAnalysis(f, w, now)
		first, second := scoring.NewAnalysis(f, w, now), scoring.NewAnalysis(f, w, now)
		for i, moves := range companies {
			a.Add(moves)
			if i%2 == 0 {
				first.Add(moves)
			} else {
				second.Add(moves)
			}
			moves = slices.Clone(moves)
			for j := range moves {
				moves[j].Rep = 1
			}
			ofOne.Add(moves)
		}
		checkFigures(t, a.Team(), len(companies))
		for _, figures := range a.Reps() {
			checkFigures(t, *figures, len(companies))
		}
		if len(companies) > 0 && len(ofOne.Reps()) == 1 {
			if diff := cmp.Diff(*ofOne.Reps()[1], a.Team(), alike); diff != "" {
				t.Fatalf("all reps together, got +, want as of one -:\n%s", diff)
			}
		}
		first.Merge(second)
		if diff := cmp.Diff(a.Reps(), first.Reps(), alike); diff != "" {
			t.Fatalf("merged, got +, want as in one -:\n%s", diff)
		}
	})
}

func checkFigures(t *rapid.T, figures scoring.Figures, companies int) {
	t.Helper()
	before := figures.Listed
	if before > companies {
		t.Fatalf("listed: got %d, want at most %d", before, companies)
	}
	for i, step := range figures.Steps {
		if step.Reached > before {
			t.Fatalf("step %d: got %d reached, want at most the %d before it", i+1, step.Reached, before)
		}
		before = step.Reached
		if n := step.Decided() + step.Unfit + step.Pending; n > companies {
			t.Fatalf("step %d: got %d passages, want at most %d", i+1, n, companies)
		}
		if len(step.Waits) != step.Moved || step.Moved > 0 && slices.Min(step.Waits) < 0 {
			t.Fatalf("step %d: got waits %v, want %d of at least 0", i+1, step.Waits, step.Moved)
		}
		low, high := step.Interval()
		if ratio := step.Ratio(); low < 0 || low > ratio || ratio > high || high > 1 {
			t.Fatalf("step %d: got ratio %v in %v to %v, want 0 ≤ low ≤ ratio ≤ high ≤ 1", i+1, ratio, low, high)
		}
	}
}

// Whoever was decided in a window was on the list in it.
func TestDecidedAreListed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f, now := funnels().Draw(t, "funnel"), instants("now")(t)
		w := scoring.Window{From: instants("from")(t), To: instants("to")(t)}
		a := scoring.NewAnalysis(f, w, now)
		a.Add(histories().Draw(t, "moves"))
		team := a.Team()
		for i, step := range team.Steps {
			if step.Decided()+step.Unfit > team.Listed {
				t.Fatalf("step %d: got %+v and %d listed, want 1", i+1, step, team.Listed)
			}
			if step.Moved > step.Reached {
				t.Fatalf("step %d: got %d moved and %d reached, want it reached", i+1, step.Moved, step.Reached)
			}
		}
	})
}

// Within an instant moves are ordered; else the order they come in is nothing.
func TestOrderOfMovesAndCompanies(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f, now := funnels().Draw(t, "funnel"), instants("now")(t)
		moves := slices.CompactFunc(histories().Draw(t, "moves"), func(a, b scoring.Move) bool { return a.At.Equal(b.At) })
		slices.SortFunc(moves, func(a, b scoring.Move) int { return a.At.Compare(b.At) })
		moves = slices.CompactFunc(moves, func(a, b scoring.Move) bool { return a.At.Equal(b.At) })
		shuffled := rapid.Permutation(moves).Draw(t, "shuffled")
		if diff := cmp.Diff(f.Passages(moves, now), f.Passages(shuffled, now)); diff != "" {
			t.Fatalf("shuffled, got +, want -:\n%s", diff)
		}
	})
}
