package demo_test

import (
	"slices"
	"time"

	"fifteen/scoring"
	"fifteen/storage"

	"github.com/google/go-cmp/cmp"
)

// names returns the members' keys by their ids.
func (c *company) names() map[int64]string {
	c.Helper()
	names := map[int64]string{}
	for _, row := range c.rows("SELECT id, key FROM members") {
		names[value[int64](c, row[0])] = value[string](c, row[1])
	}
	return names
}

// figures are everybody's in the weeks up to a moment, as it was seen then.
func (c *company) figures(weeks time.Duration, now time.Time) map[int64]*scoring.Figures {
	c.Helper()
	window := scoring.Window{From: now.Add(-weeks), To: now}
	analysis := scoring.NewAnalysis(scoring.MethodFunnel(), window, now)
	err := c.store.Read(c.Context(), c.home, func(tx *storage.Tx) error {
		return tx.Tracks(c.Context(), window.From, window.To, analysis.Add)
	})
	if err != nil {
		c.Fatal(err)
	}
	return analysis.Reps()
}

// soon is after all that has happened: a window does not include its end.
func (c *company) soon() time.Time { return c.at.Add(time.Second) }

func (c *company) checkAnalysis() {
	c.Helper()
	names := c.names()
	for _, window := range []time.Duration{90 * day, 91 * day, 93 * day} {
		got := map[string][4]ratio{}
		for rep, figures := range c.figures(window, c.soon()) {
			var ratios [4]ratio
			for i, step := range figures.Steps {
				ratios[i] = ratio{step.Moved, step.Decided(), step.Pending}
			}
			got[names[rep]] = ratios
		}
		if diff := cmp.Diff(wantRatios, got); diff != "" {
			c.Errorf("analysis of the last %v, got +, want -:\n%s", window, diff)
		}
	}
}

// A lesson is who can teach whom which step.
type lesson struct {
	step             int
	teacher, learner string
}

// checkPairs compares with the method's example: what Ivanov is weak at,
// Sidorov can teach, and the other way round.
func (c *company) checkPairs() {
	c.Helper()
	names := c.names()
	pairs := scoring.MethodFunnel().Pairs(c.figures(91*day, c.soon()))
	got := make([]lesson, 0, len(pairs))
	for _, p := range pairs {
		got = append(got, lesson{p.Step, names[p.Teacher], names[p.Learner]})
	}
	want := []lesson{{1, "sidorov", "ivanov"}, {2, "sidorov", "ivanov"}, {3, "ivanov", "sidorov"}, {4, "ivanov", "sidorov"}}
	if !slices.Equal(got, want) {
		c.Errorf("pairs: got %v, want %v", got, want)
	}
}

// checkDecisions looks at each decision as it was seen when it was taken, and at
// what has become of the step since.
func (c *company) checkDecisions() {
	c.Helper()
	var taken []storage.Decision
	err := c.store.Read(c.Context(), c.home, func(tx *storage.Tx) (err error) {
		taken, err = tx.Decisions(c.Context(), 0, 10)
		return err
	})
	if err != nil {
		c.Fatal(err)
	}
	names, funnel, now := c.names(), scoring.MethodFunnel(), c.figures(91*day, c.soon())
	got := make([]lesson, 0, len(taken))
	for _, d := range taken {
		step := funnel.Position(d.Step)
		got = append(got, lesson{step, names[d.MadeBy], names[d.Member]})
		figures := c.figures(91*day, d.At)[d.Member].Steps[step-1]
		if d.Moved != figures.Moved || d.Decided != figures.Decided() || d.Decided < 50 {
			c.Errorf("decision %d: got %d of %d, want %d of %d", d.Number, d.Moved, d.Decided, figures.Moved, figures.Decided())
		}
		if then, is := figures.Ratio(), now[d.Member].Steps[step-1].Ratio(); d.Step != scoring.Contact && is < then {
			c.Errorf("decision %d: got %.3f now, want at least %.3f as it was then", d.Number, is, then)
		}
	}
	want := []lesson{{1, "novak", "ivanov"}, {2, "novak", "ivanov"}, {3, "novak", "sidorov"}}
	if !slices.Equal(got, want) {
		c.Errorf("decisions, newest first: got %v, want %v", got, want)
	}
	if len(taken) == 3 && (taken[0].Reviews != 0 || taken[1].Reviews != 0 || taken[2].Reviews != 1) {
		c.Errorf("reviews: got %+v, want one of the oldest decision", taken)
	}
}

// checkLike counts the groups of like companies in which Ivanov and Sidorov can
// be compared at the presentation.
func (c *company) checkLike() {
	c.Helper()
	names := c.names()
	for _, attribute := range []string{"industry", "size", "source"} {
		kinds := map[int64]string{}
		for _, row := range c.rows("SELECT number, " + attribute + " FROM deals JOIN companies ON companies.id = company_id") {
			kinds[value[int64](c, row[0])] = value[string](c, row[1])
		}
		decided := map[string]map[string]int{}
		err := c.store.Read(c.Context(), c.home, func(tx *storage.Tx) error {
			return tx.Tracks(c.Context(), c.at.Add(-91*day), c.soon(), func(moves []scoring.Move) {
				for _, p := range scoring.MethodFunnel().Passages(moves, c.soon()) {
					if kind := kinds[moves[0].Deal]; p.Step == 2 && p.State < scoring.Unfit && p.At.After(c.at.Add(-91*day)) && kind != "" {
						if decided[kind] == nil {
							decided[kind] = map[string]int{}
						}
						decided[kind][names[p.Rep]]++
					}
				}
			})
		})
		if err != nil {
			c.Fatal(err)
		}
		enough := 0
		for _, reps := range decided {
			if reps["ivanov"] >= scoring.MinSample && reps["sidorov"] >= scoring.MinSample {
				enough++
			}
		}
		if enough < 2 {
			c.Errorf("groups by %s in which both have %d decided: got %d, want at least 2: %v", attribute, scoring.MinSample, enough, decided)
		}
	}
}
