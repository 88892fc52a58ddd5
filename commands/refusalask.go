package commands

import (
	"context"
	"unicode"
	"unicode/utf8"

	"fifteen/bot"
	"fifteen/commands/internal/typed"
	"fifteen/scoring"
	"fifteen/storage"
)

// refusalCard draws a no as it is now: the question that is open, or what is
// known.
func refusalCard(ctx context.Context, c *call, deal storage.Deal) (bot.Message, error) {
	if err := c.useOwnWords(ctx); err != nil {
		return bot.Message{}, err
	}
	if deal.Outcome != scoring.Lost {
		return dealCard(ctx, c, deal)
	}
	return c.askOn(ctx, deal, "")
}

// askOn asks the next question about a no, or says what is known when there is
// none left. lead is what the last line did.
func (c *call) askOn(ctx context.Context, deal storage.Deal, lead string) (bot.Message, error) {
	question := deal.Refusal().Next(false)
	if question == scoring.AskNothing {
		return c.askedAll(ctx, deal, lead)
	}
	msg := c.refusalQuestion(deal, question)
	asked := msg.Text[0]
	if lead == "" {
		lead = brief(c.say("refusal.head", "deal", brief(deal.Name, 60), "reason", c.reason(deal.Reason)), bot.MaxTitle)
	}
	if deal.Aftermath.Product != 0 && question == scoring.AskWinner {
		if err := c.hadIt(ctx, deal, &msg); err != nil {
			return bot.Message{}, err
		}
	}
	if msg.Text[0] == asked {
		msg.Text[0] = joined("\n", lead, asked)
	} else { // something stands between what was done and the question
		msg.Text = append([]string{lead}, msg.Text...)
	}
	return msg, nil
}

// refusalQuestion draws one question about a no.
func (c *call) refusalQuestion(deal storage.Deal, question scoring.RefusalQuestion) bot.Message {
	msg := bot.Message{Redraw: true, Private: true}
	answer := func(key string, words ...string) bot.Button {
		return c.button(key, dealLine("refusal", deal, append([]string{string(question)}, words...)...))
	}
	switch question {
	case scoring.AskProbe:
		msg.Text = []string{c.say("refusal.probe")}
		for _, probe := range scoring.Probes {
			msg.Buttons = append(msg.Buttons, answer("probe."+string(probe), string(probe)))
		}
	case scoring.AskWords:
		msg.Text = []string{c.say(c.wordsKey(deal.Reason))}
		msg.Buttons = []bot.Button{c.button("button.words", dealLine("lost", deal, string(deal.Reason)))}
	case scoring.AskReturn:
		msg.Text, msg.Buttons = c.askReturn(deal, answer)
	case scoring.AskWinner:
		msg.Text = []string{c.say("refusal.winner")}
		msg.Buttons = []bot.Button{
			answer("winner.named"), answer("winner.nobody", winnerNobody), answer("winner.unknown", winnerUnknown),
		}
		return msg // not known is how it is passed over
	case scoring.AskDoor:
		on := c.today().AddMonths(scoring.DoorMonths).Workday()
		msg.Text = []string{c.say("refusal.door"), c.say("refusal.door.wording")}
		msg.Buttons = []bot.Button{
			answerOn(c, deal, "refusal.door.usual", question, on), answer("button.otherday"),
			answer("door.declined", doorDeclined), answer("door.unoffered", doorUnoffered),
		}
		return msg
	case scoring.AskNothing:
	}
	msg.Buttons = append(msg.Buttons, answer("button.skip", replySkip))
	return msg
}

// askReturn asks when to come back, and proposes a day.
func (c *call) askReturn(deal storage.Deal, answer func(string, ...string) bot.Button) ([]string, []bot.Button) {
	var key string
	switch deal.Reason {
	case scoring.NoBudget:
		key = "refusal.return.budget"
	case scoring.NotPlanned:
		key = "refusal.return.plan"
	default:
		key = "refusal.return.call"
	}
	months, days := deal.Refusal().ReturnAfter()
	on := c.today().AddMonths(months).AddDays(days).Workday()
	return []string{c.say(key, "day", c.date(on.String()))}, []bot.Button{
		answerOn(c, deal, key+".usual", scoring.AskReturn, on), answer("button.otherday"), answer("return.never", returnNever),
	}
}

// answerOn is a button that answers with a day.
func answerOn(c *call, deal storage.Deal, key string, question scoring.RefusalQuestion, on typed.Date) bot.Button {
	return c.button(key, dealLine("refusal", deal, string(question), on.String()), "day", c.date(on.String()))
}

// askedAll says what is known about a no when nothing is left to ask.
func (c *call) askedAll(ctx context.Context, deal storage.Deal, lead string) (bot.Message, error) {
	msg := bot.Message{
		Title:  brief(c.say("refusal.done", "deal", brief(deal.Name, 60), "reason", c.cause(deal.Refusal().Cause())), bot.MaxTitle),
		Fields: c.refusalFields(deal), Redraw: true, Private: true,
	}
	if err := c.hadIt(ctx, deal, &msg); err != nil {
		return bot.Message{}, err
	}
	msg.Text = append(nonEmpty(lead), msg.Text...)
	if deal.Words == "" {
		msg.Buttons = append(msg.Buttons, c.button("button.words", dealLine("lost", deal, string(deal.Reason))))
	}
	msg.Buttons = append(msg.Buttons, c.showButton(deal), c.undoButton())
	return msg, nil
}

// refusalFields lists what is known about a no beside its reason.
func (c *call) refusalFields(deal storage.Deal) []bot.Field {
	var fields []bot.Field
	add := func(key, value string) {
		if value != "" {
			fields = append(fields, bot.Field{Label: c.say(key), Value: value})
		}
	}
	a := deal.Aftermath
	add("refusal.field.words", shortText(deal.Words))
	add("refusal.field.winner", c.winner(a.Winner))
	if a.Return.On != "" {
		add("refusal.field.return", c.date(a.Return.On))
	}
	switch a.Door.State {
	case scoring.DoorAccepted:
		add("refusal.field.door", c.say("refusal.promise", "what", c.sends(a.Door), "day", c.date(a.Door.On)))
	case scoring.DoorDeclined, scoring.DoorUnoffered:
		add("refusal.field.door", c.say("door."+string(a.Door.State)))
	case scoring.DoorUnasked:
	}
	return fields
}

// winner says who won in our place, "" while nobody has said.
func (c *call) winner(w scoring.Winner) string {
	switch w.Kind {
	case scoring.WinnerNamed:
		return w.Name
	case scoring.WinnerNobody:
		return c.say("refusal.nodecision")
	case scoring.WinnerUnknown:
		return lowered(c.say("winner.unknown"))
	case scoring.WinnerUnasked:
	}
	return ""
}

// sends says what a customer will be sent.
func (s speech) sends(d scoring.Door) string {
	if d.What != "" {
		return d.What
	}
	return s.say("refusal.overview")
}

// cause says why customers said no: the reason, and what they would switch for.
func (s speech) cause(cause scoring.Cause) string {
	if cause.Probe == "" {
		return s.reason(cause.Reason)
	}
	return s.say("refusal.cause", "reason", s.reason(cause.Reason), "probe", lowered(s.say("probe."+string(cause.Probe))))
}

// lowered begins words in the middle of a sentence with a small letter, capital
// those at the beginning of one with a large one.
func lowered(text string) string { return begun(text, unicode.ToLower) }
func capital(text string) string { return begun(text, unicode.ToUpper) }

func begun(text string, letter func(rune) rune) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(letter(first)) + text[size:]
}

func nonEmpty(texts ...string) []string {
	var kept []string
	for _, text := range texts {
		if text != "" {
			kept = append(kept, text)
		}
	}
	return kept
}

// worked is how many things that worked before are shown.
const worked = 2

// whatWorked shows what overcame the same objection before.
func (c *call) whatWorked(ctx context.Context, deal storage.Deal, msg *bot.Message) error {
	found, err := c.tx.Overcomings(ctx, deal.Reason, worked)
	if err != nil {
		return err
	}
	for _, o := range found {
		who, err := c.handle(ctx, o.Owner)
		if err != nil {
			return err
		}
		msg.Text = append(msg.Text, c.say("objections.worked", "who", brief(who, 40), "how", shortText(o.How)))
	}
	return nil
}
