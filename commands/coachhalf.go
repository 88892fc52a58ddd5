package commands

import (
	"context"
	"strings"

	"fifteen/bot"
	"fifteen/scoring"
)

// ownHalf tells a rep what there is to learn and from whom, without any figure of
// theirs, and what there is to teach: whose weakness it is stays with the manager.
func (r *coachReport) ownHalf(ctx context.Context) (bot.Message, error) {
	me := r.req.Member.ID
	own := r.figures(me)
	msg := bot.Message{Private: true, Buttons: []bot.Button{r.button("button.funnel", "funnel me")}}
	for _, pair := range r.pairs {
		key := "coach.learn"
		switch me {
		case pair.Learner:
		case pair.Teacher:
			key = "coach.teach"
		default:
			continue
		}
		who, err := r.handle(ctx, pair.Teacher)
		if err != nil {
			return msg, err
		}
		step := own.Steps[pair.Step-1]
		msg.Text = append(msg.Text, r.say(key, "step", r.stepAt(pair.Step-1), "who", brief(who, 40),
			"percent", r.locale().Percent(step.Moved, step.Decided()), "number", step.Decided(),
			"target", r.locale().Share(r.steps.Steps[pair.Step-1].Target)))
	}
	if len(msg.Text) == 0 {
		msg.Title = r.say("coach.own.none", "days", r.window())
		msg.Text = r.whyNothing(own)
		return msg, nil
	}
	if more := len(msg.Text) - shownPairs; more > 0 {
		msg.Text = append(msg.Text[:shownPairs], r.say("coach.more", "count", more))
	}
	msg.Title = r.say("coach.own.title", "days", r.window())
	msg.Text = append(msg.Text, r.say("coach.caveats"))
	msg.Note = r.say("coach.rule", "least", scoring.MinSample)
	return msg, nil
}

// whyNothing says at which steps a rep has too few companies to be compared.
func (r *coachReport) whyNothing(own scoring.Figures) []string {
	var scarce []string
	for i, step := range own.Steps {
		if !step.Enough() {
			scarce = append(scarce, r.say("coach.own.scarce.step", "step", r.stepAt(i), "number", step.Decided()))
		}
	}
	var texts []string
	if len(scarce) > 0 {
		texts = append(texts, r.say("coach.own.scarce", "steps", strings.Join(scarce, ", "), "least", scoring.MinSample))
	}
	if len(scarce) < len(own.Steps) {
		texts = append(texts, r.say("coach.own.alike"))
	}
	return texts
}
