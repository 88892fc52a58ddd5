package scoring

import "time"

// A Standing is what can be said of a card without knowing the time: it stays
// true until the card changes, so that it can be kept beside the deal and
// searched by.
type Standing struct {
	Pain, Power, Fit int
	Total            int
	// Yeses is the fewest further yeses that bring the deal to 14; 0 in the
	// closing band.
	Yeses int
	// LiftAt is from when a question can be proposed whose yes brings the deal
	// to 14; Never in the closing band, or when no single yes does.
	LiftAt time.Time
	// DoubtAt is from when a doubtful or stale answer can be asked again whose
	// no takes the deal below 14; Never outside the closing band.
	DoubtAt time.Time
	// AskAt is from when any question can be proposed at all; zero for always.
	AskAt time.Time
	// ScoredAt is the newest answer or direct score, and zero when there is none.
	ScoredAt time.Time
}

// Standing computes the card's standing.
func (c Card) Standing() Standing {
	s := Standing{
		Pain: c.Pillar(Pain), Power: c.Pillar(Power), Fit: c.Pillar(Fit),
		ScoredAt: c.scoredAt(),
	}
	s.Total = s.Pain + s.Power + s.Fit
	s.Yeses = c.yeses(ClosingFrom)
	lift, doubt, ask := Never, Never, Never
	for _, criterion := range Criteria {
		at := c.opensAt(criterion, s.Total)
		ask = earlier(ask, at)
		switch {
		case s.Total < ClosingFrom && c.with(criterion, Yes).Total() >= ClosingFrom:
			lift = earlier(lift, at)
		case s.Total >= ClosingFrom && c.Answers[criterion].Reply != Unasked &&
			c.with(criterion, No).Total() < ClosingFrom:
			doubt = earlier(doubt, at)
		}
	}
	s.LiftAt, s.DoubtAt, s.AskAt = lift, doubt, ask
	return s
}

// Stale tells whether the score is to be asked again at now: its newest answer
// or direct score is older than its band allows. A deal that was never scored
// is not stale.
func (s Standing) Stale(now time.Time) bool {
	return !s.ScoredAt.IsZero() && now.Sub(s.ScoredAt) > freshness(s.Total)
}

// opensAt is the moment from which the criterion's question can be proposed,
// in a deal of that total.
func (c Card) opensAt(criterion Criterion, total int) time.Time {
	answer := c.Answers[criterion]
	switch answer.Reply {
	case Unasked, Unsure:
		return answer.restedAt()
	default:
		stale := answer.At.Add(freshness(total) + instant)
		if rested := answer.restedAt(); rested.After(stale) {
			return rested
		}
		return stale
	}
}

func (c Card) scoredAt() time.Time {
	var newest time.Time
	for _, answer := range c.Answers {
		if answer.At.After(newest) {
			newest = answer.At
		}
	}
	for _, direct := range c.Direct {
		if direct.At.After(newest) {
			newest = direct.At
		}
	}
	return newest
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
