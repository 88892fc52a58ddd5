package commands

import (
	"context"
	"time"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// funnelDays is how far back a funnel looks: 13 weeks.
const funnelDays = 91

// funnel says which share of the companies moves on at each step, and where most
// is lost.
func funnel(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "funnel", Summary: "funnel.summary", Examples: []string{"funnel", "funnel 4 weeks", "funnel @ivanov"},
		Args: []bot.Arg{
			{Name: "who", Kind: spanWhoKind{k.who}, Optional: true, Rest: true},
			{Name: "window", Kind: k.window, Optional: true},
		},
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) {
			owner, err := c.reportOf()
			if err != nil {
				return bot.Message{}, err
			}
			r, err := c.funnelReport(ctx, int(c.req.Int("window", funnelDays)))
			if err != nil {
				return bot.Message{}, err
			}
			switch {
			case owner != 0:
				return r.ofRep(ctx, owner)
			case c.digests():
				return r.digest(ctx)
			}
			return r.ofTeam(ctx)
		}),
	}
}

// funnelReport is what companies did in a window, rep by rep.
type funnelReport struct {
	*call
	days     int
	from, to time.Time
	steps    scoring.Funnel
	reps     map[int64]*scoring.Figures
	team     scoring.Figures
}

// funnelReport counts the companies of so many days.
func (c *call) funnelReport(ctx context.Context, days int) (*funnelReport, error) {
	r, err := c.emptyReport(ctx, days)
	if err != nil {
		return nil, err
	}
	counted := r.analysis()
	if err := c.tx.Tracks(ctx, r.from, r.to, counted.Add); err != nil {
		return nil, err
	}
	r.reps, r.team = counted.Reps(), counted.Team()
	return r, nil
}

// emptyReport is a report of so many days before anything is counted.
func (c *call) emptyReport(ctx context.Context, days int) (*funnelReport, error) {
	if err := c.useOwnWords(ctx); err != nil {
		return nil, err
	}
	r := &funnelReport{call: c, days: days, steps: c.funnel()}
	r.from, r.to = c.lookBack(days)
	return r, nil
}

// analysis is an empty one of the report's window.
func (r *funnelReport) analysis() *scoring.Analysis {
	return scoring.NewAnalysis(r.steps, scoring.Window{From: r.from, To: r.to}, r.now)
}

// figures returns what a rep's companies did; nothing, for one who had none.
func (r *funnelReport) figures(rep int64) scoring.Figures {
	if found, ok := r.reps[rep]; ok {
		return *found
	}
	return scoring.Figures{Steps: make([]scoring.StepFigures, len(r.steps.Steps))}
}

// shown returns the reps whose figures the asker may see here, by name: in
// private a manager everybody's, a rep the own ones, and in a channel nobody's.
func (r *funnelReport) shown(ctx context.Context) ([]storage.Member, error) {
	if r.public() {
		return nil, nil
	}
	all, err := r.tx.Members(ctx)
	if err != nil {
		return nil, err
	}
	var reps []storage.Member
	for _, m := range all {
		_, counted := r.reps[m.ID]
		if m.ID == r.req.Member.ID && !r.manages() || counted && r.manages() {
			reps = append(reps, m)
		}
	}
	return reps, nil
}

// window says how long the window is.
func (r *funnelReport) window() string { return r.windowWords(r.days) }

// line adds the window to a line that looks at the same one.
func (r *funnelReport) line(line string) string { return windowLine(line, r.days, funnelDays) }

// stepAt says what the i-th step is called, from 0.
func (r *funnelReport) stepAt(i int) string { return brief(r.step(r.steps.Steps[i].ID), maxStepName) }

// low tells of each step whether its ratio is below the target.
func (r *funnelReport) low(figures scoring.Figures) []bool {
	low := make([]bool, len(r.steps.Steps))
	for _, problem := range r.steps.Problems(figures) {
		low[problem.Step-1] = true
	}
	return low
}

// problems names the steps that are below their targets, the costliest first:
// "contact, then presentation"; "" for none.
func (r *funnelReport) problems(figures scoring.Figures) string {
	var list string
	for _, problem := range r.steps.Problems(figures) {
		name := r.stepAt(problem.Step - 1)
		if list != "" {
			name = r.say("funnel.then", "first", list, "next", name)
		}
		list = name
	}
	return list
}

// met says that no step is below its target, or why nothing can be said.
func (r *funnelReport) met(figures scoring.Figures) string {
	enough := 0
	for _, step := range figures.Steps {
		if step.Enough() {
			enough++
		}
	}
	switch enough {
	case 0:
		return r.say("funnel.scarce")
	case len(figures.Steps):
		return r.say("funnel.met")
	default:
		return r.say("funnel.met.some")
	}
}

// ratio writes which share moved on, and marks a low one. Of too few companies
// only their numbers are written.
func (s speech) ratio(step scoring.StepFigures, low bool) string {
	switch percent := s.locale().Percent(step.Moved, step.Decided()); {
	case step.Decided() == 0:
		return percent
	case !step.Enough():
		return s.say("funnel.scant", "moved", step.Moved, "decided", step.Decided())
	case low:
		return s.say("funnel.low", "percent", percent)
	default:
		return percent
	}
}
