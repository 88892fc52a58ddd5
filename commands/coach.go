package commands

import (
	"context"
	"strings"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// shownPairs is how many pairs are shown at once.
const shownPairs = 20

// coach says who can teach whom which step: managers all of it, a rep the own
// half.
func coach(d *Deps) bot.Command {
	return bot.Command{
		Name: "coach", Summary: "coach.summary", Examples: []string{"coach"},
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) {
			r, err := c.coachReport(ctx)
			if err != nil {
				return bot.Message{}, err
			}
			if c.manages() {
				return r.everybody(ctx)
			}
			return r.ownHalf(ctx)
		}),
	}
}

// coachReport is who can teach whom, with the figures of those who are here, and
// what they did with companies of each kind.
type coachReport struct {
	*funnelReport
	pairs []scoring.Pair
	alike []alikeFigures
}

// coachReport compares the reps who are here; nobody learns from who is gone.
func (c *call) coachReport(ctx context.Context) (*coachReport, error) {
	empty, err := c.emptyReport(ctx, funnelDays)
	if err != nil {
		return nil, err
	}
	r := &coachReport{funnelReport: empty}
	counted := r.analysis()
	if c.manages() {
		r.alike, err = r.countAlike(ctx, counted)
	} else {
		err = c.tx.Tracks(ctx, r.from, r.to, counted.Add)
	}
	if err != nil {
		return nil, err
	}
	r.team, r.reps = counted.Team(), map[int64]*scoring.Figures{}
	for id, figures := range counted.Reps() {
		m, err := c.member(ctx, id)
		if err != nil {
			return nil, err
		}
		if m.Active {
			r.reps[id] = figures
		}
	}
	r.pairs = r.steps.Pairs(r.reps)
	return r, nil
}

// everybody tells a manager all pairs, why, and what may be wrong with them.
func (r *coachReport) everybody(ctx context.Context) (bot.Message, error) {
	msg := bot.Message{Private: true, Buttons: []bot.Button{r.button("button.funnel", "funnel")}}
	if len(r.pairs) == 0 {
		msg.Title = r.say("coach.none", "days", r.window())
		msg.Text = r.whyNone()
		msg.Note = r.say("coach.rule", "least", scoring.MinSample)
		return msg, nil
	}
	msg.Title = r.say("coach.title", "count", len(r.pairs), "days", r.window())
	var buttons []bot.Button
	for _, pair := range r.pairs[:min(len(r.pairs), shownPairs)] {
		teacher, err := r.member(ctx, pair.Teacher)
		if err != nil {
			return msg, err
		}
		learner, err := r.member(ctx, pair.Learner)
		if err != nil {
			return msg, err
		}
		lines := append([]string{r.sentence(pair, teacher, learner)}, r.amongAlike(pair)...)
		msg.Text = append(msg.Text, strings.Join(lines, "\n"))
		button, ok := r.decideButton(learner, r.steps.Steps[pair.Step-1].ID)
		if ok && len(buttons) < fewButtons {
			buttons = append(buttons, button)
		}
	}
	if more := len(r.pairs) - shownPairs; more > 0 {
		msg.Text = append(msg.Text, r.say("coach.more", "count", more))
	}
	msg.Text = append(msg.Text, r.say("coach.caveats"))
	msg.Buttons = append(buttons, msg.Buttons...)
	msg.Note = r.say("coach.rule", "least", scoring.MinSample)
	return msg, nil
}

// sentence says what a rep can teach another one, and why.
func (r *coachReport) sentence(pair scoring.Pair, teacher, learner storage.Member) string {
	step := r.steps.Steps[pair.Step-1]
	good, weak := r.figures(teacher.ID).Steps[pair.Step-1], r.figures(learner.ID).Steps[pair.Step-1]
	return r.say(pairKey(step), "step", r.stepAt(pair.Step-1),
		"teacher", brief("@"+teacher.Name, 40), "high", r.locale().Percent(good.Moved, good.Decided()), "of", good.Decided(),
		"learner", brief("@"+learner.Name, 40), "low", r.locale().Percent(weak.Moved, weak.Decided()), "from", weak.Decided())
}

// pairKey is the sentence of a step: a step of the method's has its verb, one that
// the organisation has named itself a general one.
func pairKey(step scoring.FunnelStep) string {
	if step.Name != "" {
		return "coach.pair"
	}
	switch step.ID {
	case scoring.Contact:
		return "coach.pair.contact"
	case scoring.Presentation:
		return "coach.pair.presentation"
	case scoring.Contract:
		return "coach.pair.contract"
	case scoring.Payment:
		return "coach.pair.payment"
	default:
		return "coach.pair"
	}
}

// whyNone says at which steps there are too few companies to compare, and at
// which there is nothing to learn.
func (r *coachReport) whyNone() []string {
	var scarce, alike []string
	for i := range r.steps.Steps {
		enough := 0
		for _, figures := range r.reps {
			if figures.Steps[i].Enough() {
				enough++
			}
		}
		if enough < 2 {
			scarce = append(scarce, r.stepAt(i))
		} else {
			alike = append(alike, r.stepAt(i))
		}
	}
	var texts []string
	if len(scarce) > 0 {
		texts = append(texts, r.say("coach.scarce", "steps", strings.Join(scarce, ", "), "least", scoring.MinSample))
	}
	if len(alike) > 0 {
		texts = append(texts, r.say("coach.alike", "steps", strings.Join(alike, ", ")))
	}
	return texts
}
