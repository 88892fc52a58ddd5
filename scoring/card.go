package scoring

import "math"

// A Card holds all that a deal's score is computed from: the latest answer to
// each criterion, by Criterion, and the latest direct score of each pillar, by
// Pillar. The zero Card is a deal that nobody has scored.
type Card struct {
	Answers [9]Answer `json:"answers"`
	Direct  [3]Direct `json:"direct"`
}

// latest is a revision after every recorded one, for answers that are only
// supposed.
const latest = math.MaxInt64

// pointsToScore is floor(5 × points ÷ 6): a pillar's score by the points of
// its three criteria, 0 to 6.
func pointsToScore(points int) int { return 5 * points / 6 }

// Pillar returns the pillar's score, 0 to 5.
//
//	pillar = floor(5 × points ÷ 6), points = Σ yes 2, not sure 1, no 0, unasked 0
//
// A direct score stands until all three criteria have answers newer than it;
// until then the pillar is the smaller of it and the best still possible with
// the newer answers.
//
// Source: docs/metrics.md#score.
func (c Card) Pillar(p Pillar) int {
	direct := c.Direct[p]
	points, newer := 0, 0
	for _, criterion := range p.Criteria() {
		switch answer := c.Answers[criterion]; {
		case c.counts(criterion):
			newer++
			points += answer.Reply.points()
		case direct.Given:
			points += Yes.points()
		}
	}
	score := pointsToScore(points)
	if direct.Given && newer < 3 {
		return min(direct.Points, score)
	}
	return score
}

// counts tells whether the criterion's answer takes part in its pillar's
// score: it was given, and after the pillar's direct score.
func (c Card) counts(criterion Criterion) bool {
	answer, direct := c.Answers[criterion], c.Direct[criterion.Pillar()]
	return answer.Reply != Unasked && (!direct.Given || answer.Rev > direct.Rev)
}

// Total returns the deal's score, 0 to 15: the sum of its pillars.
func (c Card) Total() int { return c.Pillar(Pain) + c.Pillar(Power) + c.Pillar(Fit) }

// Scored tells whether anything at all is known: an answer or a direct score.
func (c Card) Scored() bool {
	for _, p := range Pillars {
		if c.Direct[p].Given {
			return true
		}
	}
	for _, answer := range c.Answers {
		if answer.Reply != Unasked {
			return true
		}
	}
	return false
}

// with returns the card as it would be if the criterion were answered now.
func (c Card) with(criterion Criterion, reply Reply) Card {
	c.Answers[criterion].Reply = reply
	c.Answers[criterion].Rev = latest
	return c
}

// yeses returns the fewest further yeses that bring the total to want. It is
// at most nine, since nine new yeses make 15.
func (c Card) yeses(want int) int {
	best := [3][4]int{} // by pillar and number of further yeses: its best score
	for _, p := range Pillars {
		for set := range 8 {
			card, more := c, 0
			for i, criterion := range p.Criteria() {
				if set>>i&1 == 1 {
					card, more = card.with(criterion, Yes), more+1
				}
			}
			best[p][more] = max(best[p][more], card.Pillar(p))
		}
	}
	fewest := len(Criteria)
	for i, pain := range best[Pain] {
		for j, power := range best[Power] {
			for k, fit := range best[Fit] {
				if pain+power+fit >= want {
					fewest = min(fewest, i+j+k)
				}
			}
		}
	}
	return fewest
}
