package scoring_test

import (
	"strings"
	"time"

	"fifteen/scoring"

	"pgregory.net/rapid"
)

// The rules of docs/metrics.md once more, written as literally as possible and
// without the package's own arithmetic, for tests to compare with.

const (
	day  = 24 * time.Hour
	tick = time.Microsecond // the smallest step of stored time
)

var noon = time.Date(2026, time.November, 26, 12, 0, 0, 0, time.UTC)

// replies are the four states of a question.
var replies = [...]scoring.Reply{scoring.Unasked, scoring.Yes, scoring.Unsure, scoring.No}

// worth is the points of a reply.
var worth = map[scoring.Reply]int{scoring.Yes: 2, scoring.Unsure: 1}

// pillarByPoints is the table of pillar scores.
var pillarByPoints = [...]int{0: 0, 1: 0, 2: 1, 3: 2, 4: 3, 5: 4, 6: 5}

// card reads nine replies in the method's order: y yes, u not sure, n no and
// a dot for never asked. Slashes only group. All were given at one moment, in
// revisions 1 to 9.
func card(letters string, at time.Time) scoring.Card {
	var c scoring.Card
	letters = strings.ReplaceAll(letters, "/", "")
	if len(letters) != len(c.Answers) {
		panic("card wants nine letters, got " + letters)
	}
	for i := range letters {
		if reply := replies[strings.IndexByte(".yun", letters[i])]; reply != scoring.Unasked {
			c.Answers[i] = scoring.Answer{Reply: reply, At: at, Rev: int64(i + 1)}
		}
	}
	return c
}

// answered is the card after one more reply, in a later revision than all.
func answered(c scoring.Card, criterion scoring.Criterion, reply scoring.Reply) scoring.Card {
	c.Answers[criterion] = scoring.Answer{Reply: reply, At: noon, Rev: 1_000}
	return c
}

// pillarOf is a pillar's score: the table's, or under a direct score the worse
// of it and the best of all ways in which the rest could still be answered.
func pillarOf(c scoring.Card, p scoring.Pillar) int {
	direct, points, pending := c.Direct[p], 0, 0
	for i := range 3 {
		answer := c.Answers[int(p)*3+i]
		if answer.Reply == scoring.Unasked || direct.Given && answer.Rev < direct.Rev {
			pending++
			continue
		}
		points += worth[answer.Reply]
	}
	if !direct.Given || pending == 0 {
		return pillarByPoints[points]
	}
	best := 0
	for more := 0; more <= 2*pending; more++ {
		best = max(best, pillarByPoints[points+more])
	}
	return min(direct.Points, best)
}

func totalOf(c scoring.Card) int {
	return pillarOf(c, scoring.Pain) + pillarOf(c, scoring.Power) + pillarOf(c, scoring.Fit)
}

// freshFor is how long answers of a deal with that total stay fresh.
func freshFor(total int) time.Duration {
	if total == 14 || total == 15 {
		return 14 * day
	}
	return 30 * day
}

// openingOf tells whether a question is open, and why.
func openingOf(c scoring.Card, criterion scoring.Criterion, now time.Time) (scoring.Opening, bool) {
	answer := c.Answers[criterion]
	stale := now.After(answer.At.Add(freshFor(totalOf(c))))
	switch {
	case answer.Reply == scoring.Unasked:
		return scoring.Missing, true
	case stale:
		return scoring.Stale, true
	default:
		return scoring.Doubtful, answer.Reply == scoring.Unsure
	}
}

// rests tells whether a question was skipped, or answered 'not sure', less than
// twelve hours ago.
func rests(answer scoring.Answer, now time.Time) bool {
	recent := func(at time.Time) bool { return !at.IsZero() && now.Before(at.Add(12*time.Hour)) }
	return recent(answer.Skipped) || answer.Reply == scoring.Unsure && recent(answer.At)
}

// proposable lists the criteria whose questions can be proposed at now.
func proposable(c scoring.Card, now time.Time) []scoring.Criterion {
	var found []scoring.Criterion
	for _, criterion := range scoring.Criteria {
		if _, open := openingOf(c, criterion, now); open && !rests(c.Answers[criterion], now) {
			found = append(found, criterion)
		}
	}
	return found
}

// gainOf is what a yes adds to the total, and for a stale answer the most that
// a yes or a no moves it.
func gainOf(c scoring.Card, criterion scoring.Criterion, opening scoring.Opening) int {
	gain := totalOf(answered(c, criterion, scoring.Yes)) - totalOf(c)
	if opening == scoring.Stale {
		gain = max(gain, totalOf(c)-totalOf(answered(c, criterion, scoring.No)))
	}
	return gain
}

// moments draws moments at, just before and just after those at which the rules
// change their mind about something that happened.
func moments(since time.Time) *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		ages := []time.Duration{0, time.Hour, 12 * time.Hour, day, 14 * day, 20 * day, 30 * day, 45 * day}
		age := rapid.SampledFrom(ages).Draw(t, "age")
		return since.Add(age + tick*time.Duration(rapid.IntRange(-1, 1).Draw(t, "ticks")))
	})
}

// cards draws any card: answers and direct scores in any order, old, skipped and
// at the same instants. Answers have odd revisions and direct scores even ones.
// Half the cards are close to 14, where most rules apply.
func cards() *rapid.Generator[scoring.Card] {
	return rapid.Custom(func(t *rapid.T) scoring.Card {
		var c scoring.Card
		likely := replies[:]
		if rapid.Bool().Draw(t, "promising") {
			likely = []scoring.Reply{scoring.Yes, scoring.Yes, scoring.Yes, scoring.Yes, scoring.Unsure, scoring.No, scoring.Unasked}
		}
		for i := range c.Answers {
			if reply := rapid.SampledFrom(likely).Draw(t, "reply"); reply != scoring.Unasked {
				rev := 2*rapid.Int64Range(0, 20).Draw(t, "answer's revision") + 1
				c.Answers[i] = scoring.Answer{Reply: reply, At: moments(noon).Draw(t, "answered"), Rev: rev}
			}
			if rapid.IntRange(0, 3).Draw(t, "skip") == 0 {
				c.Answers[i].Skipped = moments(noon).Draw(t, "skipped")
			}
		}
		for p := range c.Direct {
			if rapid.IntRange(0, 2).Draw(t, "direct") == 0 {
				points := rapid.SampledFrom([]int{0, 1, 2, 3, 4, 4, 5, 5, 5}).Draw(t, "points")
				rev := 2 * rapid.Int64Range(1, 20).Draw(t, "score's revision")
				c.Direct[p] = scoring.Direct{Given: true, Points: points, At: moments(noon).Draw(t, "scored"), Rev: rev}
			}
		}
		return c
	})
}
