package demo

import (
	"context"
	"time"

	"fifteen/scoring"
	"fifteen/storage"
)

// quarter is the window that is looked at when something is decided.
const quarter = 91 * 24 * time.Hour

// A resolution is what the manager decided about a rep's step, so many days ago.
type resolution struct {
	days      int
	rep       person
	step      scoring.Step
	why, what string
}

// resolved are the decisions: one that was looked at after two weeks and is due
// again after three, one that is due for the first time, and a fresh one.
var resolved = [...]resolution{
	{
		25, sidorov, scoring.Contract, "They hear the terms at the very end, and then the price is news",
		"Terms and a price on the second page of every presentation; Ivanov sits in on two",
	},
	{
		15, ivanov, scoring.Presentation, "Shows the standard film to everybody, and does not ask what they pack",
		"Three questions about their packing before any sample; goes along with Sidorov on Tuesdays",
	},
	{
		3, ivanov, scoring.Contact, "Dials down the list, and asks whoever answers",
		"An hour of research in the morning, and the buyer's name before each call",
	},
}

// resolutions tells what the manager decided.
func (b *book) resolutions() {
	for _, r := range resolved {
		b.lines = append(b.lines, line{at: b.workday(r.days), by: novak, act: decide(r)})
	}
	b.lines = append(b.lines, line{at: b.workday(resolved[0].days - 14), by: novak, act: review(resolved[0].rep)})
}

// decided returns how many days ago something was decided about a rep's way on
// from so many steps, or 0.
func (b *book) decided(rep person, steps int) int {
	for _, r := range resolved {
		if r.rep == rep && r.step == scoring.Steps[steps] {
			return r.days
		}
	}
	return 0
}

// decide keeps a decision, with the rep's figures as they were seen then.
func decide(r resolution) act {
	return act{"decide", func(ctx context.Context, s *stage, d storage.Deal, by storage.Author) (storage.Deal, error) {
		rep := s.members[r.rep].ID
		figures, err := s.figures(ctx, rep, r.step, by.At)
		if err != nil {
			return d, err
		}
		_, err = s.tx.AddDecision(ctx, storage.Decision{
			Member: rep, Step: r.step, Why: r.why, What: r.what, Moved: figures.Moved, Decided: figures.Decided(),
		}, by)
		return d, err
	}}
}

// review looks at the newest decision about a rep again.
func review(rep person) act {
	return act{"decisions", func(ctx context.Context, s *stage, d storage.Deal, by storage.Author) (storage.Deal, error) {
		newest, err := s.tx.Decisions(ctx, s.members[rep].ID, 1)
		if err != nil || len(newest) == 0 {
			return d, err
		}
		seen := newest[0]
		seen.Reviews++
		return d, s.tx.SaveDecision(ctx, newest[0], seen, by)
	}}
}

// figures are a rep's at a step in the quarter until then.
func (s *stage) figures(ctx context.Context, rep int64, step scoring.Step, now time.Time) (scoring.StepFigures, error) {
	home, err := s.tx.Workspace(ctx)
	if err != nil {
		return scoring.StepFigures{}, err
	}
	window := scoring.Window{From: now.Add(-quarter), To: now}
	analysis := scoring.NewAnalysis(home.Funnel, window, now)
	if err := s.tx.Tracks(ctx, window.From, window.To, analysis.Add); err != nil {
		return scoring.StepFigures{}, err
	}
	all := analysis.Reps()[rep]
	if all == nil {
		return scoring.StepFigures{}, nil
	}
	return all.Steps[home.Funnel.Position(step)-1], nil
}
