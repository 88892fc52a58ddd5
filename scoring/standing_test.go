package scoring_test

import (
	"math/bits"
	"slices"
	"testing"
	"time"

	"fifteen/scoring"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// direct is a deal that was scored without answers, its Fit an hour after noon.
func direct(pain, power, fit int) scoring.Card {
	return scoring.Card{Direct: [3]scoring.Direct{
		{Given: true, Points: pain, At: noon, Rev: 10},
		{Given: true, Points: power, At: noon, Rev: 10},
		{Given: true, Points: fit, At: noon.Add(time.Hour), Rev: 11},
	}}
}

func TestStanding(t *testing.T) {
	t.Parallel()
	doubted := direct(4, 5, 5)
	doubted.Answers[scoring.Urgent] = scoring.Answer{Reply: scoring.Unsure, At: noon.Add(2 * time.Hour), Rev: 12}
	skipped := scoring.Card{}
	for i := range skipped.Answers {
		skipped.Answers[i].Skipped = noon.Add(time.Duration(i) * time.Hour)
	}
	for _, c := range []struct {
		name string
		card scoring.Card
		want scoring.Standing
	}{
		// eight yeses are 13 at most, 5+5+3, so it takes nine
		{"nothing known", scoring.Card{}, scoring.Standing{Yeses: 9, LiftAt: scoring.Never, DoubtAt: scoring.Never}},
		{"all skipped", skipped, scoring.Standing{
			Yeses: 9, LiftAt: scoring.Never, DoubtAt: scoring.Never, AskAt: noon.Add(12 * time.Hour),
		}},
		{"one missing", card("yyy/yyy/yy.", noon), scoring.Standing{
			Pain: 5, Power: 5, Fit: 3, Total: 13, Yeses: 1, DoubtAt: scoring.Never, ScoredAt: noon,
		}},
		// either doubt's yes makes 14; both rest for 12 h
		{"two doubts", card("yyu/yyy/yyu", noon), scoring.Standing{
			Pain: 4, Power: 5, Fit: 4, Total: 13, Yeses: 1,
			LiftAt: noon.Add(12 * time.Hour), DoubtAt: scoring.Never, AskAt: noon.Add(12 * time.Hour), ScoredAt: noon,
		}},
		// a no to the doubt makes 13; the yeses wait for 14 days and a tick
		{"14", card("yyy/yyu/yyy", noon), scoring.Standing{
			Pain: 5, Power: 4, Fit: 5, Total: 14, LiftAt: scoring.Never,
			DoubtAt: noon.Add(12 * time.Hour), AskAt: noon.Add(12 * time.Hour), ScoredAt: noon,
		}},
		{"15", card("yyy/yyy/yyy", noon), scoring.Standing{
			Pain: 5, Power: 5, Fit: 5, Total: 15, LiftAt: scoring.Never,
			DoubtAt: noon.Add(14*day + tick), AskAt: noon.Add(14*day + tick), ScoredAt: noon,
		}},
		// 13: outside the band answers are fresh for 30 days; a yes instead of the
		// no makes 15
		{"one no", card("yyy/yyn/yyy", noon), scoring.Standing{
			Pain: 5, Power: 3, Fit: 5, Total: 13, Yeses: 1,
			LiftAt: noon.Add(30*day + tick), DoubtAt: scoring.Never, AskAt: noon.Add(30*day + tick), ScoredAt: noon,
		}},
		// 5+4+4 = 13: one pillar must be answered in full to rise above its 4
		{"direct 5 4 4", direct(5, 4, 4), scoring.Standing{
			Pain: 5, Power: 4, Fit: 4, Total: 13, Yeses: 3,
			LiftAt: scoring.Never, DoubtAt: scoring.Never, ScoredAt: noon.Add(time.Hour),
		}},
		// nobody has doubted anything: questions never asked are not doubts
		{"direct 5 5 5", direct(5, 5, 5), scoring.Standing{
			Pain: 5, Power: 5, Fit: 5, Total: 15,
			LiftAt: scoring.Never, DoubtAt: scoring.Never, ScoredAt: noon.Add(time.Hour),
		}},
		// min(4, 4): a no instead of the doubt makes min(4, 3), and 13
		{"direct 4 5 5 and a doubt", doubted, scoring.Standing{
			Pain: 4, Power: 5, Fit: 5, Total: 14,
			LiftAt: scoring.Never, DoubtAt: noon.Add(14 * time.Hour), ScoredAt: noon.Add(2 * time.Hour),
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, c.card.Standing()); diff != "" {
				t.Errorf("standing, got +, want -:\n%s", diff)
			}
		})
	}
}

// checkMoments compares a standing's moments with what their names promise, at
// one moment.
func checkMoments(t *rapid.T, c scoring.Card, now time.Time) {
	t.Helper()
	s, total := c.Standing(), totalOf(c)
	open := proposable(c, now)
	lifts := slices.ContainsFunc(open, func(criterion scoring.Criterion) bool {
		return total < 14 && totalOf(answered(c, criterion, scoring.Yes)) >= 14
	})
	doubts := slices.ContainsFunc(open, func(criterion scoring.Criterion) bool {
		opening, _ := openingOf(c, criterion, now)
		return total >= 14 && opening != scoring.Missing && totalOf(answered(c, criterion, scoring.No)) < 14
	})
	for _, check := range []struct {
		name string
		from time.Time
		want bool
	}{
		{"AskAt", s.AskAt, len(open) > 0},
		{"LiftAt", s.LiftAt, lifts},
		{"DoubtAt", s.DoubtAt, doubts},
	} {
		if got := !now.Before(check.from); got != check.want {
			t.Fatalf("total %d at %v, %s %v: got %v, want %v", total, now, check.name, check.from, got, check.want)
		}
	}
	if _, ok := c.Next(now); ok != (len(open) > 0) {
		t.Fatalf("total %d at %v: got a next question: %v, want %v", total, now, ok, open)
	}
	if q, ok := c.Lift(now); ok != lifts || ok && totalOf(answered(c, q.Criterion, scoring.Yes)) < 14 {
		t.Fatalf("total %d at %v: got %v to lift: %v, want one whose yes makes 14: %v", total, now, q, ok, lifts)
	}
	if q, ok := c.Doubt(now); ok != doubts || ok && totalOf(answered(c, q.Criterion, scoring.No)) >= 14 {
		t.Fatalf("total %d at %v: got %v to doubt: %v, want one whose no breaks 14: %v", total, now, q, ok, doubts)
	}
}

func TestMomentsOfStanding(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := cards().Draw(t, "card")
		for range 10 {
			checkMoments(t, c, moments(moments(noon).Draw(t, "event")).Draw(t, "now"))
		}
		// and around the moments that the standing names
		s := c.Standing()
		for _, at := range []time.Time{s.AskAt, s.LiftAt, s.DoubtAt} {
			if !at.IsZero() && !at.Equal(scoring.Never) {
				checkMoments(t, c, at.Add(-tick))
				checkMoments(t, c, at)
			}
		}
	})
}

func TestStandingOnAnyCard(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := cards().Draw(t, "card")
		s := c.Standing()
		got := [4]int{s.Pain, s.Power, s.Fit, s.Total}
		want := [4]int{pillarOf(c, scoring.Pain), pillarOf(c, scoring.Power), pillarOf(c, scoring.Fit), totalOf(c)}
		if got != want {
			t.Fatalf("scores: got %v, want %v", got, want)
		}
		var newest time.Time
		for _, answer := range c.Answers {
			newest = later(newest, answer.At)
		}
		for _, score := range c.Direct {
			newest = later(newest, score.At)
		}
		if !s.ScoredAt.Equal(newest) {
			t.Fatalf("ScoredAt: got %v, want %v", s.ScoredAt, newest)
		}
		if (s.Yeses == 0) != (s.Total >= 14) {
			t.Fatalf("total %d: got %d further yeses", s.Total, s.Yeses)
		}
	})
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// fewestYeses tries all 2⁹ = 512 sets of questions.
func fewestYeses(c scoring.Card) int {
	fewest := len(scoring.Criteria) + 1
	for set := range uint(1) << len(scoring.Criteria) {
		sure := c
		for _, criterion := range scoring.Criteria {
			if set>>criterion&1 == 1 {
				sure = answered(sure, criterion, scoring.Yes)
			}
		}
		if totalOf(sure) >= 14 {
			fewest = min(fewest, bits.OnesCount(set))
		}
	}
	return fewest
}

func TestYeses(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := cards().Draw(t, "card")
		if got, want := c.Standing().Yeses, fewestYeses(c); got != want {
			t.Fatalf("further yeses from %d to 14: got %d, want %d", c.Total(), got, want)
		}
	})
}

func TestStaleScore(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		total int
		age   time.Duration
		want  bool
	}{
		{"closing, 14 days", 14, 14 * day, false},
		{"closing, over 14 days", 14, 14*day + tick, true},
		{"best, over 14 days", 15, 14*day + tick, true},
		{"advancing, over 14 days", 13, 14*day + tick, false},
		{"advancing, 30 days", 13, 30 * day, false},
		{"advancing, over 30 days", 13, 30*day + tick, true},
		{"developing, 30 days", 0, 30 * day, false},
		{"developing, over 30 days", 0, 30*day + tick, true},
		{"scored this moment", 15, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := scoring.Standing{Total: c.total, ScoredAt: noon.Add(-c.age)}
			if got := s.Stale(noon); got != c.want {
				t.Errorf("stale: got %v, want %v", got, c.want)
			}
		})
	}
	if (scoring.Card{}).Standing().Stale(noon) {
		t.Error("never scored: got a stale score, want none")
	}
}

func TestNewestAnswerKeepsTheScoreFresh(t *testing.T) {
	t.Parallel()
	c := card("yyy/yyy/yyy", noon.Add(-60*day))
	c.Answers[scoring.Means].At = noon.Add(-14 * day)
	if c.Standing().Stale(noon) {
		t.Error("one answer of 14 days among old ones: got a stale score, want a fresh one")
	}
	c.Answers[scoring.Means].At = noon.Add(-15 * day)
	c.Direct[scoring.Fit] = scoring.Direct{Given: true, Points: 5, At: noon, Rev: 10}
	if c.Standing().Stale(noon) {
		t.Error("a direct score of today over old answers: got a stale score, want a fresh one")
	}
}
