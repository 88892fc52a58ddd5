package scoring

import (
	"slices"
	"time"
)

// How long an answer stays fresh, and how long a question rests after it was
// skipped or answered 'not sure'.
const (
	ClosingFreshness = 14 * 24 * time.Hour
	Freshness        = 30 * 24 * time.Hour
	Rest             = 12 * time.Hour
)

// instant is the smallest step of stored time; 'older than' begins one after.
const instant = time.Microsecond

// Never is a moment that does not come.
var Never = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// An Opening says why a question is open.
type Opening int

// The reasons why a question is open.
const (
	Missing  Opening = iota // never answered
	Doubtful                // answered 'not sure'
	Stale                   // answered, but too long ago
)

// A Question is an open criterion of a deal.
type Question struct {
	Criterion Criterion
	Opening   Opening
	// Gain is what a yes would add to the total now, in points of 0 to 15; for
	// a stale answer it is the most that changing it could move the total.
	Gain int
	// Resting tells that it was skipped or answered 'not sure' less than Rest
	// ago, so that it is not proposed again yet.
	Resting bool
}

// Open returns the open questions at now, the one that can move the deal most
// first, ties in the method's order. A question is open when it was never
// asked, was answered 'not sure', or its answer is stale.
func (c Card) Open(now time.Time) []Question {
	open := make([]Question, 0, len(Criteria))
	limit := freshness(c.Total())
	for _, criterion := range Criteria {
		answer := c.Answers[criterion]
		question := Question{Criterion: criterion, Resting: now.Before(answer.restedAt())}
		switch {
		case answer.Reply == Unasked:
			question.Opening = Missing
		case now.Sub(answer.At) > limit:
			question.Opening = Stale
		case answer.Reply == Unsure:
			question.Opening = Doubtful
		default:
			continue
		}
		question.Gain = c.gain(question)
		open = append(open, question)
	}
	slices.SortStableFunc(open, func(a, b Question) int { return b.Gain - a.Gain })
	return open
}

// Next returns the question to propose at now: the first open one that does
// not rest. It returns false when there is none.
func (c Card) Next(now time.Time) (Question, bool) {
	return c.first(now, func(Question) bool { return true })
}

// Lift returns the first question that can be asked at now and whose yes brings
// the deal to 14. It returns false when there is none, or in the closing band.
func (c Card) Lift(now time.Time) (Question, bool) {
	return c.first(now, func(q Question) bool {
		return c.Total() < ClosingFrom && c.with(q.Criterion, Yes).Total() >= ClosingFrom
	})
}

// Doubt returns the first doubtful or stale answer that can be asked again at
// now and whose no takes the deal below 14. It returns false when there is none,
// or outside the closing band.
func (c Card) Doubt(now time.Time) (Question, bool) {
	return c.first(now, func(q Question) bool {
		return c.Total() >= ClosingFrom && q.Opening != Missing && c.with(q.Criterion, No).Total() < ClosingFrom
	})
}

// first returns the first open question at now that does not rest and fits.
func (c Card) first(now time.Time, fits func(Question) bool) (Question, bool) {
	for _, question := range c.Open(now) {
		if !question.Resting && fits(question) {
			return question, true
		}
	}
	return Question{}, false
}

func (c Card) gain(q Question) int {
	total := c.Total()
	yes := c.with(q.Criterion, Yes).Total() - total
	if q.Opening != Stale {
		return yes
	}
	return max(yes, total-c.with(q.Criterion, No).Total())
}

// freshness is how long answers of a deal with that total stay fresh.
func freshness(total int) time.Duration {
	if total >= ClosingFrom {
		return ClosingFreshness
	}
	return Freshness
}

// restedAt is the moment from which the question may be proposed again after a
// skip or a 'not sure'.
func (a Answer) restedAt() time.Time {
	var last time.Time
	if a.Reply == Unsure {
		last = a.At
	}
	if a.Skipped.After(last) {
		last = a.Skipped
	}
	if last.IsZero() {
		return last
	}
	return last.Add(Rest)
}
