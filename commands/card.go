package commands

import (
	"context"
	"time"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// day is how long a line can be taken back, and how old a mistake may be.
const day = 24 * time.Hour

// shownNotes is how many notes a deal's card shows.
const shownNotes = 3

// dealCard draws all that is known of a deal. What customers said and what was
// noted is never shown to a whole channel.
func dealCard(ctx context.Context, c *call, deal storage.Deal) (bot.Message, error) {
	if err := c.useOwnWords(ctx); err != nil {
		return bot.Message{}, err
	}
	owner, err := c.handle(ctx, deal.Owner)
	if err != nil {
		return bot.Message{}, err
	}
	title := c.say("card.title", "deal", brief(deal.Name, 60), "number", deal.Number, "amount", c.money(deal.Amount), "owner", owner)
	msg := bot.Message{Title: brief(title, bot.MaxTitle), Private: c.private()}
	msg.Text = append([]string{c.cardState(deal)}, nonEmpty(c.waitText(deal))...)
	if msg.Table, err = c.cardTable(ctx, deal); err != nil {
		return bot.Message{}, err
	}
	known, err := c.companyFields(ctx, deal)
	if err != nil {
		return bot.Message{}, err
	}
	msg.Fields, msg.Buttons = append(c.cardFields(deal), known...), c.cardButtons(deal)
	if c.public() {
		msg.Note = c.say("card.public")
		return msg, nil
	}
	notes, err := c.tx.Notes(ctx, deal.Number, shownNotes)
	if err != nil {
		return bot.Message{}, err
	}
	for _, note := range notes {
		author, err := c.handle(ctx, note.Member)
		if err != nil {
			return bot.Message{}, err
		}
		msg.Fields = append(msg.Fields, bot.Field{
			Label: c.say("card.note", "day", c.day(note.At), "who", brief(author, 40)), Value: shortText(note.Text),
		})
	}
	return msg, nil
}

// public tells whether everybody in the chat sees the answer.
func (c *call) public() bool { return !c.req.Chat.Private && !c.private() }

// shortText keeps people's long texts readable on a card.
func shortText(text string) string {
	runes := []rune(text)
	if len(runes) <= 500 {
		return text
	}
	return string(runes[:499]) + "…"
}

// cardState says how the deal stands: its score and band, or how it ended.
func (c *call) cardState(deal storage.Deal) string {
	if !deal.Open() {
		text := c.say("card.ended", "outcome", c.say("outcome."+string(deal.Outcome)), "day", c.day(deal.EndedAt))
		if deal.Reason != "" {
			text += ": " + c.cause(deal.Refusal().Cause())
		}
		if deal.Words != "" && !c.public() && deal.Outcome != scoring.Lost {
			text += ". " + c.say("card.words", "words", shortText(deal.Words))
		}
		return text
	}
	if !deal.Card.Scored() {
		return c.say("card.unscored")
	}
	text := c.say("card.score", "pillars", c.allPillars(deal), "band", c.say("band."+deal.Band().String()),
		"day", c.day(deal.BandSince))
	if over := scoring.Overdue(deal.BandSince, c.now); over > 0 && deal.Band() == scoring.Closing {
		text += ", " + c.overdue(over)
	}
	if deal.Standing.Stale(c.now) && !c.waits(deal) {
		text += ", " + c.say("mark.stale", "count", c.days(deal.Standing.ScoredAt))
	}
	return text
}

// cardTable lists the nine criteria with their answers and evidence.
func (c *call) cardTable(ctx context.Context, deal storage.Deal) (*bot.Table, error) {
	if !deal.Card.Scored() {
		return nil, nil
	}
	proof, err := c.tx.Evidence(ctx, deal)
	if err != nil {
		return nil, err
	}
	table := &bot.Table{Columns: []bot.Column{{}, {}, {}, {}}}
	for _, criterion := range scoring.Criteria {
		pillar := ""
		if p := criterion.Pillar(); p.Criteria()[0] == criterion {
			pillar = c.pillarHead(deal, p)
		}
		answer := deal.Card.Answers[criterion]
		table.Rows = append(table.Rows, []string{
			pillar, c.say("criterion." + criterion.String()), c.replyWord(answer),
			brief(c.proofOf(answer, proof[criterion]), bot.MaxCell),
		})
	}
	return table, nil
}

func (c *call) pillarHead(deal storage.Deal, p scoring.Pillar) string {
	text := c.say("card.pillar", "pillar", c.say("pillar."+p.String()), "score", pillarOf(deal, p))
	if direct := deal.Card.Direct[p]; direct.Given {
		text += " " + c.say("card.direct")
	}
	return text
}

// replyWord writes an answer with its day.
func (c *call) replyWord(a scoring.Answer) string {
	if a.Reply == scoring.Unasked {
		return c.say("reply.unasked")
	}
	return c.say("reply."+a.Reply.String()) + ", " + c.day(a.At)
}

// proofOf writes the evidence of an answer, and says of a yes when it has none.
func (c *call) proofOf(a scoring.Answer, e storage.Evidence) string {
	switch {
	case e.Text != "" && c.public():
		return c.say("card.proven")
	case e.Text != "":
		return e.Text
	case a.Reply == scoring.Yes:
		return c.say("card.unproven")
	default:
		return ""
	}
}

func (c *call) cardFields(deal storage.Deal) []bot.Field {
	fields := []bot.Field{{Label: c.say("card.step"), Value: c.step(deal.Step)}}
	if deal.Open() {
		fields = append(fields, bot.Field{Label: c.say("card.nextstep"), Value: c.planned(deal)})
	}
	if deal.Outcome == scoring.Lost && !c.public() {
		fields = append(fields, c.refusalFields(deal)...)
	}
	if deal.Close != "" && deal.Open() {
		fields = append(fields, bot.Field{Label: c.say("card.close"), Value: c.date(deal.Close)})
	}
	return fields
}

// cardButtons offers what can be done with the deal by whoever looks at it.
func (c *call) cardButtons(deal storage.Deal) []bot.Button {
	switch {
	case !c.manages() && deal.Owner != c.req.Member.ID:
		return nil
	case deal.Outcome == scoring.Lost && deal.Refusal().Next(true) != scoring.AskNothing:
		return []bot.Button{
			c.button("button.refusal", lookLine("refusal", deal)), c.button("button.reopen", dealLine("reopen", deal)),
		}
	case !deal.Open():
		return []bot.Button{c.button("button.reopen", dealLine("reopen", deal))}
	}
	buttons := []bot.Button{
		c.button("button.score", lookLine("score", deal)), c.button("button.nextstep", lookLine("nextstep", deal)),
		c.button("button.won", dealLine("won", deal)), c.button("button.lost", dealLine("lost", deal)),
	}
	if deal.WaitOn != "" {
		buttons = append(buttons, c.waitedButton(deal))
	}
	return buttons
}
