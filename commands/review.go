package commands

import (
	"context"

	"fifteen/commands/internal/typed"
	"fifteen/scoring"
	"fifteen/storage"
)

// lastReview is how often a decision is looked at again.
const lastReview = 2

// reviewDays is how many days after a decision its step is looked at: the method
// expects the rise two and three weeks later.
func reviewDays(review int) int { return 14 + 7*review }

// reviewOn returns the day of a decision's first or second review, 0 or 1.
func (s speech) reviewOn(d storage.Decision, review int) typed.Date {
	return typed.DateOf(d.At.In(s.home)).AddDays(reviewDays(review))
}

func (s speech) reviewDay(d storage.Decision, review int) string {
	return s.date(s.reviewOn(d, review).String())
}

// isDue tells whether a decision should be looked at by now.
func (s speech) isDue(d storage.Decision) bool {
	return d.Reviews < lastReview && !s.reviewOn(d, d.Reviews).After(typed.DateOf(s.now.In(s.home)))
}

// sample writes "70 % of 160"; of too few companies only their numbers.
func (s speech) sample(moved, decided int) string {
	switch {
	case decided == 0:
		return s.say("funnel.nobody")
	case decided < scoring.MinSample:
		return s.say("funnel.scant", "moved", moved, "decided", decided)
	default:
		return s.say("funnel.sample", "percent", s.locale().Percent(moved, decided), "number", decided)
	}
}

// sampleSince writes the ratio since a decision.
func (s speech) sampleSince(step scoring.StepFigures) string {
	if step.Decided() > 0 && !step.Enough() {
		return s.say("decisions.scant", "moved", step.Moved, "decided", step.Decided())
	}
	return s.sample(step.Moved, step.Decided())
}

// watched is what a decision is about.
type watched struct {
	rep  int64
	step int
}

// sinceDecided counts, for each decision, the companies that were decided at its
// step for its rep since it was taken. All are read once.
func (c *call) sinceDecided(ctx context.Context, decisions []storage.Decision) ([]scoring.StepFigures, error) {
	since := make([]scoring.StepFigures, len(decisions))
	if len(decisions) == 0 {
		return since, nil
	}
	steps, now := c.funnel(), c.now
	from, about := now, map[watched][]int{}
	for i, d := range decisions {
		if d.At.Before(from) {
			from = d.At
		}
		key := watched{d.Member, steps.Position(d.Step)}
		about[key] = append(about[key], i)
	}
	var passages []scoring.Passage
	_, to := c.lookBack(0)
	err := c.tx.Tracks(ctx, from, to, func(moves []scoring.Move) {
		passages = steps.AppendPassages(passages[:0], moves, now)
		for _, p := range passages {
			for _, i := range about[watched{p.Rep, p.Step}] {
				if p.At.After(decisions[i].At) { // what was there then is in the ratio before
					since[i].Count(p)
				}
			}
		}
	})
	return since, err
}
