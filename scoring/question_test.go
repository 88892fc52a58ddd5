package scoring_test

import (
	"slices"
	"testing"
	"time"

	"fifteen/scoring"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestOpening(t *testing.T) {
	t.Parallel()
	const (
		closing = "yyy/yyy/yy." // 5+5+3 = 13; a yes to the last makes 15, a 'not sure' 14
		other   = "nnn/nnn/nn."
	)
	ago := func(age time.Duration) time.Time { return noon.Add(-age) }
	answer := func(reply scoring.Reply, age time.Duration) scoring.Answer {
		return scoring.Answer{Reply: reply, At: ago(age), Rev: 9}
	}
	skipped := func(a scoring.Answer, age time.Duration) scoring.Answer {
		a.Skipped = ago(age)
		return a
	}
	missing := scoring.Answer{}
	for _, c := range []struct {
		name    string
		deal    string // the other eight answers, given now
		answer  scoring.Answer
		open    bool
		opening scoring.Opening
		resting bool
	}{
		{name: "never asked", deal: closing, answer: missing, open: true, opening: scoring.Missing},
		{name: "just skipped", deal: closing, answer: skipped(missing, 0), open: true, opening: scoring.Missing, resting: true},
		{name: "skipped, just under 12 h ago", deal: closing, answer: skipped(missing, 12*time.Hour-tick), open: true, opening: scoring.Missing, resting: true},
		{name: "skipped 12 h ago", deal: closing, answer: skipped(missing, 12*time.Hour), open: true, opening: scoring.Missing},

		{name: "doubt, just under 12 h old", deal: closing, answer: answer(scoring.Unsure, 12*time.Hour-tick), open: true, opening: scoring.Doubtful, resting: true},
		{name: "doubt, 12 h old", deal: closing, answer: answer(scoring.Unsure, 12*time.Hour), open: true, opening: scoring.Doubtful},
		{name: "old doubt, skipped since", deal: closing, answer: skipped(answer(scoring.Unsure, day), time.Hour), open: true, opening: scoring.Doubtful, resting: true},
		{name: "old skip, doubt since", deal: closing, answer: skipped(answer(scoring.Unsure, time.Hour), day), open: true, opening: scoring.Doubtful, resting: true},
		{name: "doubt and skip, both old", deal: closing, answer: skipped(answer(scoring.Unsure, day), 13*time.Hour), open: true, opening: scoring.Doubtful},

		{name: "yes, 14 days old, closing", deal: closing, answer: answer(scoring.Yes, 14*day)},
		{name: "yes, over 14 days old, closing", deal: closing, answer: answer(scoring.Yes, 14*day+tick), open: true, opening: scoring.Stale},
		{name: "doubt, 14 days old, closing", deal: closing, answer: answer(scoring.Unsure, 14*day), open: true, opening: scoring.Doubtful},
		{name: "doubt, over 14 days old, closing", deal: closing, answer: answer(scoring.Unsure, 14*day+tick), open: true, opening: scoring.Stale},
		{name: "fresh yes, skipped", deal: closing, answer: skipped(answer(scoring.Yes, day), time.Hour)},
		{name: "stale yes, skipped", deal: closing, answer: skipped(answer(scoring.Yes, 15*day), time.Hour), open: true, opening: scoring.Stale, resting: true},

		// a no leaves the deal at 13, outside the closing band
		{name: "no, over 14 days old, advancing", deal: closing, answer: answer(scoring.No, 14*day+tick)},
		{name: "yes, 30 days old", deal: other, answer: answer(scoring.Yes, 30*day)},
		{name: "yes, over 30 days old", deal: other, answer: answer(scoring.Yes, 30*day+tick), open: true, opening: scoring.Stale},
		{name: "no, 30 days old", deal: other, answer: answer(scoring.No, 30*day)},
		{name: "no, over 30 days old", deal: other, answer: answer(scoring.No, 30*day+tick), open: true, opening: scoring.Stale},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			deal := card(c.deal, noon)
			deal.Answers[scoring.Timely] = c.answer
			want := []scoring.Question{}
			if c.open {
				want = []scoring.Question{{
					Criterion: scoring.Timely, Opening: c.opening, Resting: c.resting,
					Gain: gainOf(deal, scoring.Timely, c.opening),
				}}
			}
			if diff := cmp.Diff(want, deal.Open(noon)); diff != "" {
				t.Errorf("open questions, got +, want -:\n%s", diff)
			}
			got, ok := deal.Next(noon)
			if wantOK := c.open && !c.resting; ok != wantOK || ok && got != want[0] {
				t.Errorf("next question: got %+v, %v, want %+v, %v", got, ok, want, wantOK)
			}
		})
	}
}

func TestSkipLeavesTheEarlierAnswer(t *testing.T) {
	t.Parallel()
	for _, letters := range []string{"yyy/yyy/yyy", "yyu/nun/...", ".../.../..."} {
		before := card(letters, noon.Add(-day))
		after := before
		for i := range after.Answers {
			after.Answers[i].Skipped = noon
		}
		if got, want := after.Total(), before.Total(); got != want {
			t.Errorf("%s, all skipped: got total %d, want %d", letters, got, want)
		}
		if got, want := after.Standing().ScoredAt, before.Standing().ScoredAt; !got.Equal(want) {
			t.Errorf("%s, all skipped: got scored at %v, want %v", letters, got, want)
		}
		if got, ok := after.Next(noon); ok {
			t.Errorf("%s, all skipped: got %+v, want no question", letters, got)
		}
	}
}

func TestGain(t *testing.T) {
	t.Parallel()
	const fresh, stale = day, 31 * day
	for _, c := range []struct {
		name    string
		card    scoring.Card // the question is the first one, 'necessary'
		age     time.Duration
		want    int
		opening scoring.Opening
	}{
		{"missing, nothing known", card(".../.../...", noon), fresh, 1, scoring.Missing},           // 0 → 2 points, 0 → 1
		{"missing beside a yes", card(".y./.../...", noon), fresh, 2, scoring.Missing},             // 2 → 4 points, 1 → 3
		{"missing beside a yes and a doubt", card(".yu/.../...", noon), fresh, 2, scoring.Missing}, // 3 → 5, 2 → 4
		{"missing beside two yeses", card(".yy/.../...", noon), fresh, 2, scoring.Missing},         // 4 → 6, 3 → 5
		{"doubt alone", card("u../.../...", noon), fresh, 1, scoring.Doubtful},                     // 1 → 2, 0 → 1
		{"doubt beside two yeses", card("uyy/.../...", noon), fresh, 1, scoring.Doubtful},          // 5 → 6, 4 → 5
		{"stale yes", card("yyy/.../...", noon), stale, 2, scoring.Stale},                          // a no: 6 → 4, 5 → 3
		{"stale yes alone", card("y../.../...", noon), stale, 1, scoring.Stale},                    // a no: 2 → 0, 1 → 0
		{"stale no", card("nyy/.../...", noon), stale, 2, scoring.Stale},                           // a yes: 4 → 6, 3 → 5
		{"stale doubt", card("uyy/.../...", noon), stale, 1, scoring.Stale},                        // 5 → 6 or 4, 4 → 5 or 3
		// four under a direct score of 4: a yes min(4, 5) changes nothing, a no
		// makes 3
		{"stale doubt under a direct score", scoredPain("...", 4, "u.."), stale, 1, scoring.Stale},
		// 5 stands whatever one yes says
		{"missing under a direct score", scoredPain("...", 5, "..."), fresh, 0, scoring.Missing},
		// the last of three newer yeses sets 2 free: min(2, 5) → 5
		{"last missing under a direct score", scoredPain("...", 2, ".yy"), fresh, 3, scoring.Missing},
		// an older no would become the third newer answer: 2 → 5
		{"stale no older than a direct score", scoredPain("n..", 2, ".yy"), stale, 3, scoring.Stale},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, got := range c.card.Open(noon.Add(c.age)) {
				if got.Criterion != scoring.Necessary {
					continue
				}
				if got.Gain != c.want || got.Opening != c.opening {
					t.Errorf("necessary: got gain %d, opening %d, want %d, %d", got.Gain, got.Opening, c.want, c.opening)
				}
				return
			}
			t.Errorf("necessary: got a closed question, want gain %d", c.want)
		})
	}
}

func TestOrderOfQuestions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, replies string
		want          []scoring.Criterion
	}{
		// a first yes is worth 1 in every pillar: the method's order
		{"nothing asked", ".../.../...", scoring.Criteria[:]},
		// beside one yes the others are worth 2, in Power 1
		{"one yes in Pain and Fit", "y../.../.y.", []scoring.Criterion{
			scoring.Urgent, scoring.Specific, scoring.Suitable, scoring.Timely,
			scoring.Means, scoring.Leadership, scoring.Credible,
		}},
		// the doubt is worth 1, the missing one 2
		{"a doubt before a missing answer", "yyu/yyy/yy.", []scoring.Criterion{scoring.Timely, scoring.Specific}},
		{"all certain", "yyy/yny/yyy", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			deal := card(c.replies, noon.Add(-day))
			var got []scoring.Criterion
			for range 1 + len(scoring.Criteria) {
				if question, ok := deal.Next(noon); ok {
					got = append(got, question.Criterion)
					deal.Answers[question.Criterion].Skipped = noon // and the next one comes up
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: got %v, want %v", c.replies, got, c.want)
			}
		})
	}
}

func TestOpenOnAnyCard(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, now := cards().Draw(t, "card"), moments(moments(noon).Draw(t, "event")).Draw(t, "now")
		want := []scoring.Question{}
		for _, criterion := range scoring.Criteria {
			if opening, open := openingOf(c, criterion, now); open {
				want = append(want, scoring.Question{
					Criterion: criterion, Opening: opening, Gain: gainOf(c, criterion, opening),
					Resting: rests(c.Answers[criterion], now),
				})
			}
		}
		slices.SortStableFunc(want, func(a, b scoring.Question) int { return b.Gain - a.Gain })
		if diff := cmp.Diff(want, c.Open(now)); diff != "" {
			t.Fatalf("open questions, got +, want -:\n%s", diff)
		}
	})
}
