package commands

import (
	"context"
	"math"
	"slices"
	"strconv"

	"fifteen/bot"
	"fifteen/commands/internal/locale"
	"fifteen/scoring"
	"fifteen/storage"
)

// openDecisions is how many decisions are shown below a rep's funnel.
const openDecisions = 5

// ofRep draws one rep's funnel, step by step, for the rep and for managers.
func (r *funnelReport) ofRep(ctx context.Context, owner int64) (bot.Message, error) {
	m, err := r.member(ctx, owner)
	if err != nil {
		return bot.Message{}, err
	}
	if _, ok := r.reps[owner]; !ok {
		return bot.Message{
			Title:   r.say("funnel.none.of", "who", brief("@"+m.Name, 40), "days", r.window()),
			Buttons: []bot.Button{r.button("button.funnel", "funnel")}, Private: true,
		}, nil
	}
	open, err := r.openDecisions(ctx, owner)
	if err != nil {
		return bot.Message{}, err
	}
	since, err := r.sinceDecided(ctx, open)
	if err != nil {
		return bot.Message{}, err
	}
	return r.repMessage(m, open, since), nil
}

// repMessage draws the funnel of a rep who had companies, with what was decided
// about it and has come since.
func (r *funnelReport) repMessage(m storage.Member, open []storage.Decision, since []scoring.StepFigures) bot.Message {
	figures := r.figures(m.ID)
	verdict := r.met(figures)
	if list := r.problems(figures); list != "" {
		verdict = r.say("funnel.below", "steps", list)
	}
	msg := bot.Message{Table: r.repTable(figures), Text: r.decided(open, since), Private: true}
	msg.Title = brief(r.say("funnel.title.of", "who", brief("@"+m.Name, 40), "days", r.window(),
		"companies", r.say("funnel.companies", "count", figures.Listed), "verdict", verdict), bot.MaxTitle)
	if msg.Chart = r.chart([]storage.Member{m}); msg.Chart != nil {
		msg.Chart.Series = msg.Chart.Series[:1] // without the team
	}
	msg.Buttons = append([]bot.Button{r.button("button.why", r.line("why funnel "+canonical(m.Name)))}, r.decideButtons(m, figures, open)...)
	if len(msg.Buttons[0].Line) > bot.MaxButtonLine {
		msg.Buttons = msg.Buttons[1:]
	}
	msg.Note = joined(" ", r.scarce([]storage.Member{m}), r.say("funnel.interval.note"))
	return msg
}

// repTable has a row for each step: target, ratio and its interval, the companies
// behind it, who is under way, how many have come so far, and in how many days.
func (r *funnelReport) repTable(figures scoring.Figures) *bot.Table {
	table := &bot.Table{Columns: []bot.Column{{Name: r.say("funnel.step")}}}
	for _, key := range []string{"funnel.target", "funnel.ratio", "funnel.interval.name", "funnel.of", "funnel.pending", "funnel.reached", "funnel.days"} {
		table.Columns = append(table.Columns, bot.Column{Name: r.say(key), Right: true})
	}
	unfit := 0
	for _, step := range figures.Steps {
		unfit += step.Unfit
	}
	if unfit > 0 {
		table.Columns = append(table.Columns, bot.Column{Name: r.say("funnel.unfit"), Right: true})
	}
	low := r.low(figures)
	for i, step := range figures.Steps {
		row := []string{
			r.stepAt(i), r.locale().Share(r.steps.Steps[i].Target), r.ratio(step, low[i]), r.interval(step), r.movedOf(step),
			strconv.Itoa(step.Pending), strconv.Itoa(step.Reached), r.medianDays(step),
		}
		if unfit > 0 {
			row = append(row, strconv.Itoa(step.Unfit))
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// interval writes what the true ratio may well be, "64 to 76 %"; "" of too few.
func (s speech) interval(step scoring.StepFigures) string {
	if !step.Enough() {
		return ""
	}
	low, high := step.Interval()
	return s.say("funnel.interval", "low", s.locale().Number(locale.WholePercent(low)), "high", s.locale().Share(high))
}

// movedOf writes "112 of 160"; "" when none was decided.
func (s speech) movedOf(step scoring.StepFigures) string {
	if step.Decided() == 0 {
		return ""
	}
	return s.say("funnel.moved", "moved", step.Moved, "decided", step.Decided())
}

// medianDays writes in how many days companies came to a step.
func (s speech) medianDays(step scoring.StepFigures) string {
	days, ok := step.Days()
	if !ok {
		return ""
	}
	return strconv.Itoa(int(math.Round(days)))
}

// openDecisions returns the decisions about a rep that are still to be looked at.
func (c *call) openDecisions(ctx context.Context, owner int64) ([]storage.Decision, error) {
	all, err := c.tx.Decisions(ctx, owner, listedDecisions)
	if err != nil {
		return nil, err
	}
	var open []storage.Decision
	for _, d := range all {
		if d.Reviews < lastReview && len(open) < openDecisions {
			open = append(open, d)
		}
	}
	return open, nil
}

// decided lists the decisions, with the ratio before and since.
func (r *funnelReport) decided(open []storage.Decision, since []scoring.StepFigures) []string {
	if len(open) == 0 {
		return nil
	}
	lines := []string{r.say("funnel.decisions")}
	for i, d := range open {
		lines = append(lines, r.say("funnel.decision", "day", r.day(d.At), "step", r.step(d.Step), "what", brief(d.What, 200),
			"before", r.sample(d.Moved, d.Decided), "since", r.sampleSince(since[i])))
	}
	return paragraphs(lines)
}

// decideButtons offer managers to decide about the problem steps that nothing was
// decided about, the costliest first.
func (r *funnelReport) decideButtons(m storage.Member, figures scoring.Figures, open []storage.Decision) []bot.Button {
	if !r.manages() {
		return []bot.Button{r.button("button.coach", "coach")}
	}
	var buttons []bot.Button
	for _, step := range r.undecided(figures, open) {
		if button, ok := r.decideButton(m, step); ok && len(buttons) < fewButtons {
			buttons = append(buttons, button)
		}
	}
	return buttons
}

// undecided returns the problem steps that none of the decisions is about, the
// costliest first.
func (r *funnelReport) undecided(figures scoring.Figures, open []storage.Decision) []scoring.Step {
	var steps []scoring.Step
	for _, problem := range r.steps.Problems(figures) {
		step := r.steps.Steps[problem.Step-1].ID
		if !slices.ContainsFunc(open, func(d storage.Decision) bool { return r.steps.At(d.Step) == step }) {
			steps = append(steps, step)
		}
	}
	return steps
}

// decideButton is the button that decides about a rep's step; ok is false when its
// line is too long for one.
func (c *call) decideButton(m storage.Member, step scoring.Step) (button bot.Button, ok bool) {
	line := joined(" ", "decide", canonical(m.Name), string(step))
	return c.button("button.decide.of", line, "who", brief("@"+m.Name, 30), "step", c.step(step)), len(line) <= bot.MaxButtonLine
}
