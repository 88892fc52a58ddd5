package commands

import (
	"context"
	"fmt"
	"strings"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// interview draws the next question of a deal's interview, or what the score
// says when there is none left. It is a pure function of the deal, so that it
// shows the right question in any chat after any restart.
func interview(ctx context.Context, c *call, deal storage.Deal) (bot.Message, error) {
	return c.ask(ctx, deal, "")
}

// ask is interview with a first paragraph: what the last answer did.
func (c *call) ask(_ context.Context, deal storage.Deal, lead string) (bot.Message, error) {
	question, ok := deal.Card.Next(c.now)
	if !ok {
		return c.verdict(deal, lead), nil
	}
	return c.question(deal, question, lead), nil
}

// question draws one question of a deal.
func (c *call) question(deal storage.Deal, question scoring.Question, lead string) bot.Message {
	key := question.Criterion.String()
	return bot.Message{
		Title: c.questionTitle(deal, question), Redraw: true, Private: !c.req.Chat.Private,
		Text: []string{joined("\n", lead, c.say("question."+key)), c.say("meaning." + key)},
		Buttons: []bot.Button{
			c.button("reply.yes", dealLine("answer", deal, key, "yes")),
			c.button("reply.unsure", dealLine("answer", deal, key, "unsure")),
			c.button("reply.no", dealLine("answer", deal, key, "no")),
			c.button("button.skip", dealLine("answer", deal, key, "skip")),
			c.button("button.stop", lookLine("deal", deal)),
		},
		Note: c.worth(deal, question),
	}
}

// questionTitle says where in the interview the question stands.
func (c *call) questionTitle(deal storage.Deal, q scoring.Question) string {
	asked := 0
	for _, answer := range deal.Card.Answers {
		if answer.Reply != scoring.Unasked {
			asked++
		}
	}
	head := brief(deal.Name, 60)
	progress := c.say("interview.again", "day", c.day(deal.Card.Answers[q.Criterion].At))
	if q.Opening == scoring.Missing {
		progress = c.say("interview.progress", "number", asked+1, "of", len(scoring.Criteria))
		if asked == 0 && deal.Amount.Known() {
			head += ", " + c.money(deal.Amount)
		}
	}
	pillar := c.say("pillar." + q.Criterion.Pillar().String())
	return brief(head+" · "+pillar+", "+progress+" · "+c.scoreOf(deal), bot.MaxTitle)
}

// scoreOf writes a score with the pillars that have any of it: "score 8 of 15
// (Pain 5, Power 3)".
func (c *call) scoreOf(deal storage.Deal) string {
	text := c.say("score.of", "score", deal.Standing.Total, "best", scoring.BestScore)
	var parts []string
	for _, p := range scoring.Pillars {
		if n := pillarOf(deal, p); n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", c.say("pillar."+p.String()), n))
		}
	}
	if len(parts) == 0 {
		return text
	}
	return text + " (" + strings.Join(parts, ", ") + ")"
}

func pillarOf(deal storage.Deal, p scoring.Pillar) int {
	return [...]int{deal.Standing.Pain, deal.Standing.Power, deal.Standing.Fit}[p]
}

// worth says what an answer to the question can do.
func (c *call) worth(deal storage.Deal, q scoring.Question) string {
	pillar := q.Criterion.Pillar()
	name := c.say("pillar." + pillar.String())
	switch {
	case q.Opening == scoring.Stale:
		return c.say("worth.stale", "count", q.Gain)
	case q.Gain == 0 && deal.Card.Direct[pillar].Given:
		key, given := "worth.direct", deal.Card.Direct[pillar].Points
		if pillarOf(deal, pillar) < given {
			key = "worth.held"
		}
		return c.say(key, "pillar", name, "given", given, "score", pillarOf(deal, pillar))
	case pillarOf(deal, pillar)+q.Gain < scoring.BestPillar:
		return c.say("worth.part", "count", q.Gain, "pillar", name)
	default:
		return c.say("worth.full", "count", q.Gain, "pillar", name)
	}
}

// verdict draws the end of an interview: the score, what it promises, what is
// still in doubt, and what to do.
func (c *call) verdict(deal storage.Deal, lead string) bot.Message {
	open := deal.Card.Open(c.now)
	msg := bot.Message{
		Redraw: true, Private: !c.req.Chat.Private,
		Title: brief(brief(deal.Name, 60)+" · "+c.verdictProgress(deal, open)+" · "+c.allPillars(deal), bot.MaxTitle),
	}
	band := deal.Band()
	first := joined("\n", lead, c.say("verdict."+band.String(), "deal", brief(deal.Name, 100)))
	if band == scoring.Closing && lead == "" {
		first += " " + c.counts(deal)
	}
	msg.Text = append(msg.Text, first)
	if missing := c.missing(deal, open); missing != "" {
		msg.Text = append(msg.Text, missing)
	}
	if band == scoring.Advancing {
		msg.Text = append(msg.Text, c.coaching(deal))
	}
	msg.Buttons = []bot.Button{c.button("button.nextstep", lookLine("nextstep", deal))}
	if band == scoring.Developing {
		msg.Buttons = append(msg.Buttons, c.button("button.disqualify", lookLine("disqualify", deal)))
	}
	msg.Buttons = append(msg.Buttons, c.showButton(deal))
	return msg
}

func (c *call) verdictProgress(deal storage.Deal, open []scoring.Question) string {
	asked := 0
	for _, answer := range deal.Card.Answers {
		if answer.Reply != scoring.Unasked {
			asked++
		}
	}
	switch {
	case asked == len(scoring.Criteria) && len(open) == 0:
		return c.say("interview.done")
	case asked == len(scoring.Criteria):
		return c.say("interview.asked")
	default:
		return c.say("interview.enough", "number", asked, "of", len(scoring.Criteria))
	}
}

// allPillars writes a score with all three pillars.
func (c *call) allPillars(deal storage.Deal) string {
	s := deal.Standing
	return c.say("score.pillars", "score", s.Total, "best", scoring.BestScore, "pain", s.Pain, "power", s.Power, "fit", s.Fit)
}

// counts says in which month's forecast a closing deal is.
func (c *call) counts(deal storage.Deal) string {
	month := c.month(c.current())
	if !deal.Amount.Known() {
		return c.say("verdict.unpriced", "deal", brief(deal.Name, 60))
	}
	return c.say("verdict.counts", "deal", brief(deal.Name, 60), "month", month, "amount", c.money(deal.Amount))
}

// missing says what is still in doubt, the question that can move the deal most
// first.
func (c *call) missing(deal storage.Deal, open []scoring.Question) string {
	if len(open) == 0 {
		return ""
	}
	var asks []string
	for _, q := range open[:min(len(open), 3)] {
		asks = append(asks, c.say("question."+q.Criterion.String()))
	}
	text := c.say("verdict.missing", "count", len(open), "list", strings.Join(asks, " "))
	if gain := open[0].Gain; gain > 0 && len(open) == 1 && open[0].Opening != scoring.Stale {
		text += " " + c.say("verdict.makes", "score", deal.Standing.Total+gain)
	}
	return text
}

// coaching aims the method's four questions for 11 to 13 at the deal's weakest
// criteria.
func (c *call) coaching(deal storage.Deal) string {
	weakest := scoring.Pain
	for _, p := range scoring.Pillars {
		if pillarOf(deal, p) < pillarOf(deal, weakest) {
			weakest = p
		}
	}
	var weak []string
	for _, criterion := range weakest.Criteria() {
		if deal.Card.Answers[criterion].Reply != scoring.Yes {
			weak = append(weak, c.say("criterion."+criterion.String()))
		}
	}
	if len(weak) == 0 {
		weak = append(weak, c.say("pillar."+weakest.String()))
	}
	return c.say("coaching."+weakest.String(), "weak", strings.Join(weak, ", "))
}
