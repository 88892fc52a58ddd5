package demo_test

import (
	"slices"
	"time"

	"fifteen/scoring"

	"github.com/google/go-cmp/cmp"
)

// patience is how long a company may stand at a step until it counts as
// decided.
const patience = 30 * day

// A passage is what is known of a company at one step: since when it has stood
// before the step, and when it moved on to it or said no; zero if not.
type passage struct{ stood, moved, refused time.Time }

// decided returns when the passage was decided and whether the company moved
// on; ok is false while it is pending.
func (p passage) decided(now time.Time) (at time.Time, moved, ok bool) {
	switch {
	case !p.moved.IsZero():
		return p.moved, true, true
	case !p.refused.IsZero():
		return p.refused, false, true
	default:
		at = p.stood.Add(patience)
		return at, false, at.Before(now)
	}
}

// passages reads every company's passages, by owner and step, from the
// histories. Disqualified companies are counted beside the funnel.
func (c *company) passages() map[string][4][]passage {
	c.Helper()
	reached := map[int64][4]time.Time{}
	for _, row := range c.rows("SELECT deal, to_step, at FROM step_changes ORDER BY deal, rev DESC") {
		number, to := value[int64](c, row[0]), scoring.Step(value[string](c, row[1]))
		steps := reached[number]
		for i := range slices.Index(scoring.Steps, to) + 1 {
			steps[i] = value[time.Time](c, row[2])
		}
		reached[number] = steps
	}
	all := map[string][4][]passage{}
	for _, row := range c.rows(`SELECT number, members.key, outcome, deals.created_at, ended_at FROM deals
		JOIN members ON members.id = owner_id WHERE outcome <> 'disqualified'`) {
		owner, stood := value[string](c, row[1]), value[time.Time](c, row[3])
		mine := all[owner]
		for i, moved := range reached[value[int64](c, row[0])] {
			p := passage{stood: stood, moved: moved}
			if row[2] == "lost" {
				p.refused = value[time.Time](c, row[4])
			}
			mine[i] = append(mine[i], p)
			if stood = moved; moved.IsZero() {
				break
			}
		}
		all[owner] = mine
	}
	return all
}

// A ratio is how many companies moved on to a step, of how many decided ones,
// and how many are pending.
type ratio struct{ Moved, Decided, Pending int }

func (c *company) ratios(weeks time.Duration) map[string][4]ratio {
	c.Helper()
	all := map[string][4]ratio{}
	for owner, steps := range c.passages() {
		var ratios [4]ratio
		for i, passages := range steps {
			for _, p := range passages {
				at, moved, ok := p.decided(c.at)
				switch {
				case !ok:
					ratios[i].Pending++
				case at.Before(c.at.Add(-weeks)):
				case moved:
					ratios[i].Moved++
					ratios[i].Decided++
				default:
					ratios[i].Decided++
				}
			}
		}
		all[owner] = ratios
	}
	return all
}

// wantRatios are the decisions of the last 13 weeks. The method's example has
// 80, 70, 85 and 95 to 96 % for Ivanov, 95 to 96, 90, 70 and 80 % for Sidorov.
var wantRatios = map[string][4]ratio{
	"ivanov":  {{160, 200, 5}, {105, 150, 10}, {102, 120, 7}, {96, 100, 10}},
	"sidorov": {{191, 200, 4}, {162, 180, 11}, {105, 150, 14}, {76, 95, 10}},
	"petra":   {{49, 52, 3}, {36, 45, 4}, {24, 30, 7}, {19, 20, 4}},
}

func (c *company) checkFunnel() {
	c.Helper()
	// whether the weeks are counted by the hour, the day or the week
	for _, window := range []time.Duration{90 * day, 91 * day, 93 * day} {
		if diff := cmp.Diff(wantRatios, c.ratios(window)); diff != "" {
			c.Errorf("decisions of the last %v, got +, want -:\n%s", window, diff)
		}
	}
}
