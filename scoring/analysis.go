package scoring

import "time"

// An Analysis counts what companies did in a window, rep by rep. It is built
// company by company, and not for use by several goroutines at once; they fill
// one each and Merge them.
type Analysis struct {
	journey journey // of the company that was counted last
	now     time.Time
	reps    map[int64]*Figures
	rep     int64    // whose figures were wanted last,
	figures *Figures // and these; nil before the first
}

// NewAnalysis returns an analysis of no companies yet. What is pending, and what
// has run out of patience, is told as of now.
func NewAnalysis(f Funnel, w Window, now time.Time) *Analysis {
	return &Analysis{journey: journey{funnel: f, window: w}, now: now, reps: map[int64]*Figures{}}
}

// Add counts one company, all of whose moves these are: the later ones too, for
// they decide what became of it.
//
// Source: docs/metrics.md#ratio.
func (a *Analysis) Add(moves []Move) {
	a.journey = a.journey.again()
	j := &a.journey
	j.read(moves, a.now)
	for i := range j.passages {
		a.count(&j.passages[i])
	}
	if !j.listed {
		return
	}
	figures := a.of(j.rep)
	figures.Listed++
	for i := range j.passages {
		if p := &j.passages[i]; p.State == Moved && p.At.Before(j.window.To) {
			figures.Steps[i].Reached++
		}
	}
}

func (a *Analysis) count(p *Passage) {
	if p.State != Pending && !a.journey.window.Contains(p.At) {
		return
	}
	a.of(p.Rep).Steps[p.Step-1].Count(*p)
}

// Merge adds the companies of another analysis, which has to be of the same
// funnel, window and moment.
func (a *Analysis) Merge(other *Analysis) {
	for rep, figures := range other.reps {
		a.of(rep).add(*figures)
	}
}

// Reps returns the figures of every rep who has any. Each company counts once at
// each step, for the rep whose deal decided it; on the list, in what it has
// reached and while it is pending, for the rep of its last move. The figures are
// the analysis's own: Add and Merge change them.
func (a *Analysis) Reps() map[int64]*Figures { return a.reps }

// Team returns the sum of all reps, as it is now.
func (a *Analysis) Team() Figures {
	team := Figures{Steps: make([]StepFigures, len(a.journey.funnel.Steps))}
	for _, figures := range a.reps {
		team.add(*figures)
	}
	return team
}

// of finds or makes a rep's figures. Most companies stay with one rep.
func (a *Analysis) of(rep int64) *Figures {
	if a.figures != nil && a.rep == rep {
		return a.figures
	}
	figures, ok := a.reps[rep]
	if !ok {
		figures = &Figures{Steps: make([]StepFigures, len(a.journey.funnel.Steps))}
		a.reps[rep] = figures
	}
	a.rep, a.figures = rep, figures
	return figures
}
