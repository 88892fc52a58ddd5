package commands

import (
	"context"
	"slices"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// digests tells whether a schedule says the line to everybody in a chat, as it
// stands: then reps and managers are told their part of it in private.
func (c *call) digests() bool {
	return c.req.Way == bot.Scheduled && c.public() && !c.req.Has("who") && !c.req.Has("window")
}

// watchedDecisions are the decisions that are still to be looked at, the oldest
// first, with what has come since.
type watchedDecisions struct {
	all   []storage.Decision
	since map[int64]scoring.StepFigures // by the decision's number
}

// watchedDecisions reads all of them at once.
func (r *funnelReport) watchedDecisions(ctx context.Context) (watchedDecisions, error) {
	w := watchedDecisions{since: map[int64]scoring.StepFigures{}}
	var err error
	if w.all, err = r.tx.DecisionsDue(ctx, r.to, r.to); err != nil {
		return w, err
	}
	since, err := r.sinceDecided(ctx, w.all)
	if err != nil {
		return w, err
	}
	for i, d := range w.all {
		w.since[d.Number] = since[i]
	}
	return w, nil
}

// due are those whose day has come.
func (w watchedDecisions) due(s speech) []storage.Decision {
	var due []storage.Decision
	for _, d := range w.all {
		if s.isDue(d) {
			due = append(due, d)
		}
	}
	return due
}

// of are those about a rep, the newest first, with what has come since each.
func (w watchedDecisions) of(rep int64) (open []storage.Decision, since []scoring.StepFigures) {
	for _, d := range slices.Backward(w.all) {
		if d.Member == rep {
			open, since = append(open, d), append(since, w.since[d.Number])
		}
	}
	return open, since
}

// digest is what a chat is told: the team's funnel, and below it the problem steps,
// what is to be looked at, and the refusals of the fortnight. No rep is named.
func (r *funnelReport) digest(ctx context.Context) (bot.Message, error) {
	msg, err := r.ofTeam(ctx)
	if err != nil {
		return msg, err
	}
	watched, err := r.watchedDecisions(ctx)
	if err != nil {
		return msg, err
	}
	if r.team.Listed > 0 {
		problems, err := r.problemDetail(ctx, watched)
		if err != nil {
			return msg, err
		}
		refusals, err := r.refusalDetail(ctx)
		if err != nil {
			return msg, err
		}
		msg.Details = []bot.Message{problems, refusals}
	}
	if r.req.Slot.Date == "" { // only tried; nobody is told
		return msg, nil
	}
	return msg, r.whispers(ctx, watched)
}

// problemDetail says which steps of the team are below their targets and what each
// costs, and how many decisions managers are to look at.
func (r *funnelReport) problemDetail(ctx context.Context, watched watchedDecisions) (bot.Message, error) {
	msg := bot.Message{Title: r.say("funnel.digest.none", "verdict", r.met(r.team))}
	if leaks := r.steps.Leaks(r.team, r.days); len(leaks) > 0 {
		mean, err := r.meanWon(ctx)
		if err != nil {
			return msg, err
		}
		lines := make([]string, 0, len(leaks))
		for _, leak := range leaks {
			step := r.team.Steps[leak.Step-1]
			lines = append(lines, r.cost(leak, mean, [2]string{"funnel.digest.leak", "funnel.digest.leak.sum"},
				"step", r.stepAt(leak.Step-1), "sample", r.sample(step.Moved, step.Decided()), "target", r.locale().Share(r.steps.Steps[leak.Step-1].Target)))
		}
		msg.Title, msg.Text = r.say("funnel.digest.problems"), paragraphs(lines)
	}
	if due := len(watched.due(r.speech)); due > 0 {
		msg.Text = append(msg.Text, r.say("funnel.digest.due", "count", due))
		msg.Buttons = []bot.Button{r.button("button.decisions", "decisions")}
	}
	return msg, nil
}

// refusalDetail says why customers said no in the last two weeks, beside the two
// before.
func (r *funnelReport) refusalDetail(ctx context.Context) (bot.Message, error) {
	noes, err := r.refusalReport(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	msg := bot.Message{Title: noes.title(""), Text: nonEmpty(noes.disqualified())}
	if noes.now.Total() == 0 {
		return msg, nil
	}
	msg.Text, msg.Table = nonEmpty(noes.market(), noes.excuses(), noes.disqualified()), noes.causes()
	msg.Buttons = []bot.Button{
		r.button("button.why", noes.whyLine("")), r.button("button.refusals", "refusals"),
	}
	if !noes.now.Enough() {
		msg.Note = r.say("refusals.scarce", "least", scoring.MinSample)
	}
	return msg, nil
}
