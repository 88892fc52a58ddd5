package commands

import (
	"context"
	"strings"
	"unicode/utf8"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// maxDecision is how long what a decision says may be.
const maxDecision = 300

// decide keeps what was agreed about a rep's step: why it is weak, and what will
// be done.
func decide(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "decide", Summary: "decide.summary", Writes: true, Role: bot.Manager,
		Examples: []string{
			`decide @ivanov presentation "he talks price too early" "joins two of Sidorov's presentations"`,
			"decide @ivanov presentation talks price too early; joins two presentations",
		},
		Args: []bot.Arg{
			{Name: "who", Kind: k.who},
			{Name: "step", Kind: k.step},
			{Name: "why", Kind: bot.PhraseKind, Long: true},
			{Name: "what", Kind: bot.TextKind, Rest: true, Long: true},
		},
		Run: func(ctx context.Context, req bot.Request) (bot.Reply, error) {
			decision, err := decisionOf(req)
			if err != nil {
				return bot.Reply{}, err
			}
			// Counting takes too long to keep others from writing meanwhile.
			count := d.read(func(ctx context.Context, c *call) (bot.Message, error) {
				step, err := c.standsAt(ctx, decision)
				decision.Moved, decision.Decided = step.Moved, step.Decided()
				return bot.Message{}, err
			})
			if _, err := count(ctx, req); err != nil {
				return bot.Reply{}, err
			}
			return d.write(func(ctx context.Context, c *call) (bot.Message, error) {
				return c.decide(ctx, decision)
			})(ctx, req)
		},
	}
}

// decisionOf reads what the line has decided.
func decisionOf(req bot.Request) (storage.Decision, error) {
	d := storage.Decision{
		Member: bot.Value[int64](req, "who"), Step: scoring.Step(req.Text("step")),
		Why: plainWords(req.Text("why")), What: plainWords(req.Text("what")),
	}
	switch {
	case d.Why == "":
		return d, bot.Missing("why", "ask.decide.why")
	case d.What == "":
		return d, bot.Missing("what", "ask.decide.what")
	case max(utf8.RuneCountInString(d.Why), utf8.RuneCountInString(d.What)) > maxDecision:
		return d, bot.Problem("decide.long", "most", maxDecision)
	}
	return d, nil
}

// plainWords takes away the quotes that stand around a whole text; it returns ""
// for one without a letter or a digit.
func plainWords(text string) string {
	words := bot.Split(text)
	if len(words) == 1 && words[0].Quoted {
		text = words[0].Text
	}
	if !readable(text) {
		return ""
	}
	return strings.TrimSpace(text)
}

// standsAt returns the figures of a decision's rep at its step as they are now.
func (c *call) standsAt(ctx context.Context, d storage.Decision) (scoring.StepFigures, error) {
	if _, err := c.heir(ctx, d.Member); err != nil { // nothing is decided about who is gone
		return scoring.StepFigures{}, err
	}
	r, err := c.funnelReport(ctx, funnelDays)
	if err != nil {
		return scoring.StepFigures{}, err
	}
	position := r.steps.Position(d.Step)
	if position == 0 {
		return scoring.StepFigures{}, nil
	}
	return r.figures(d.Member).Steps[position-1], nil
}

// decide stores a decision, echoes it, and tells the rep.
func (c *call) decide(ctx context.Context, d storage.Decision) (bot.Message, error) {
	if err := c.useOwnWords(ctx); err != nil {
		return bot.Message{}, err
	}
	m, err := c.heir(ctx, d.Member)
	if err != nil {
		return bot.Message{}, err
	}
	if d, err = c.tx.AddDecision(ctx, d, c.author("decide")); err != nil {
		return bot.Message{}, err
	}
	who := brief("@"+m.Name, 40)
	args := func(s speech) []any {
		return []any{
			"step", brief(s.step(d.Step), maxStepName), "sample", s.sample(d.Moved, d.Decided), "why", brief(d.Why, maxDecision),
			"what", brief(d.What, maxDecision), "first", s.reviewDay(d, 0), "second", s.reviewDay(d, 1),
		}
	}
	err = c.tell(ctx, m.ID, func(s speech) bot.Message {
		return bot.Message{
			Text:    []string{s.say("decide.told", append(args(s), "who", brief("@"+c.req.Member.Name, 40))...)},
			Buttons: []bot.Button{s.button("button.decisions", "decisions"), s.button("button.funnel", "funnel me")},
		}
	})
	return bot.Message{
		Text:    []string{c.say("decide.done", append(args(c.speech), "who", who)...)},
		Buttons: []bot.Button{c.undoButton(), c.button("button.decisions", "decisions")},
		Private: true,
	}, err
}
