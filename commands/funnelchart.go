package commands

import (
	"fifteen/bot"
	"fifteen/commands/internal/locale"
	"fifteen/scoring"
	"fifteen/storage"
)

// What a picture has room for: the bars of a group, all bars, and groups.
const (
	chartReps  = 6
	chartBars  = 36
	chartSteps = 16
)

// chart draws a group of bars for each step, a bar for each rep, and the target
// across them; the team's alone where there are more reps than have room, or none
// to show. It is nil when no ratio is known.
func (r *funnelReport) chart(reps []storage.Member) *bot.Chart {
	if len(r.steps.Steps) > chartSteps {
		return nil
	}
	chart := &bot.Chart{Title: brief(r.say("funnel.chart", "days", r.window()), bot.MaxTitle), Unit: "%"}
	for i, step := range r.steps.Steps {
		chart.Groups = append(chart.Groups, r.stepAt(i))
		chart.Targets = append(chart.Targets, float64(locale.WholePercent(step.Target)))
	}
	if r.manages() && (len(reps) > chartReps || len(reps)*len(r.steps.Steps) > chartBars) {
		reps = nil
	}
	for _, m := range reps {
		chart.Series = append(chart.Series, series(brief("@"+m.Name, 40), r.figures(m.ID)))
	}
	if len(reps) == 0 || !r.manages() {
		chart.Series = append(chart.Series, series(r.say("funnel.team"), r.team))
	}
	for _, s := range chart.Series {
		for i := range chart.Groups {
			if s.Known(i) {
				return chart
			}
		}
	}
	return nil
}

// series are the ratios of a rep or the team, in percent.
func series(name string, figures scoring.Figures) bot.Series {
	s := bot.Series{Name: name}
	for _, step := range figures.Steps {
		value := 0.0
		if step.Enough() {
			value = float64(locale.WholePercent(step.Ratio()))
		}
		s.Values, s.Blank = append(s.Values, value), append(s.Blank, !step.Enough())
	}
	return s
}
