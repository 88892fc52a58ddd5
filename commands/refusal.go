package commands

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"fifteen/bot"
	"fifteen/commands/internal/names"
	"fifteen/commands/internal/stock"
	"fifteen/commands/internal/typed"
	"fifteen/scoring"
	"fifteen/storage"
)

// What can be answered to the questions about a no, beside days, names and
// words.
const (
	winnerNobody  = string(scoring.WinnerNobody)
	winnerUnknown = string(scoring.WinnerUnknown)
	returnNever   = "never"
	doorDeclined  = string(scoring.DoorDeclined)
	doorUnoffered = string(scoring.DoorUnoffered)
	promiseDone   = "done"
	askProduct    = "product"
)

// longestPromise is how many years ahead something can be promised.
const longestPromise = 2

// longestWords is the longest name of a winner, or of what is sent, in runes.
const longestWords = 120

// refusal goes on with the questions about a no, or answers one of them. Each
// answer is stored by itself, so that stopping half-way loses nothing.
func refusal(d *Deps, k kinds) bot.Command {
	show := d.read(func(ctx context.Context, c *call) (bot.Message, error) {
		deal, err := c.lostDeal(ctx)
		if err != nil {
			return bot.Message{}, err
		}
		if question := deal.Refusal().Next(true); question != scoring.AskNothing && deal.Refusal().Next(false) == scoring.AskNothing {
			msg := c.refusalQuestion(deal, question) // one that was passed over
			msg.Title = brief(c.say("refusal.head", "deal", brief(deal.Name, 60), "reason", c.reason(deal.Reason)), bot.MaxTitle)
			return msg, nil
		}
		msg, err := refusalCard(ctx, c, deal)
		msg.Buttons = slices.DeleteFunc(msg.Buttons, func(b bot.Button) bool { return strings.HasPrefix(b.Line, lineUndo) })
		msg.Redraw = false
		return msg, err
	})
	answer := d.write(answerRefusal)
	return bot.Command{
		Name: "refusal", Summary: "refusal.summary",
		Examples: []string{"refusal Acme", "refusal Acme winner Nordwind", "refusal Acme door price list for film in 2 months"},
		Args: []bot.Arg{
			{Name: "deal", Kind: k.ended},
			{Name: "question", Kind: k.topic, Optional: true, Writes: true},
			{Name: "answer", Kind: bot.TextKind, Optional: true, Rest: true, Long: true},
		},
		Run: func(ctx context.Context, req bot.Request) (bot.Reply, error) {
			switch {
			case !req.Has("question"):
				return show(ctx, req)
			case !req.Has("answer"):
				return bot.Reply{}, bot.Missing("answer", "ask.refusal."+req.Text("question"))
			}
			return answer(ctx, req)
		},
	}
}

// lostDeal returns the lost deal that the line names.
func (c *call) lostDeal(ctx context.Context) (storage.Deal, error) {
	if err := c.useOwnWords(ctx); err != nil {
		return storage.Deal{}, err
	}
	deal, err := c.deal(ctx, refusalCard)
	if err == nil && deal.Outcome != scoring.Lost {
		problem := bot.Problem("refusal.notlost", "deal", brief(deal.Name, 60), "outcome", c.say("outcome."+string(deal.Outcome)))
		if deal.Open() {
			problem.Button(c.say("button.lost"), dealLine("lost", deal))
		}
		err = problem.Button(c.show(deal)).End()
	}
	return deal, err
}

// answerRefusal stores the answer to one question about a no, and asks the next
// one.
func answerRefusal(ctx context.Context, c *call) (bot.Message, error) {
	before, err := c.lostDeal(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	after := before
	after.Aftermath.Skipped = slices.Clone(before.Aftermath.Skipped)
	said, err := c.answerTo(ctx, &after, c.req.Text("question"), c.req.Text("answer"))
	if err != nil {
		return bot.Message{}, err
	}
	after, err = c.tx.SaveDeal(ctx, before, after, c.author("refusal"))
	if err != nil {
		return bot.Message{}, err
	}
	if after.Revision == before.Revision {
		return c.unchanged(after), nil
	}
	if err := c.tellOwner(ctx, after, "told.changed"); err != nil {
		return bot.Message{}, err
	}
	if err := c.tellFlag(ctx, before, after); err != nil {
		return bot.Message{}, err
	}
	msg, err := c.askOn(ctx, after, said)
	if err == nil {
		err = c.await(ctx, after, &msg)
	}
	return msg, err
}

// await makes the next words in a private chat the answer to a question about a
// no that asks for words or a day. A line stays a line.
func (c *call) await(ctx context.Context, deal storage.Deal, msg *bot.Message) error {
	chat := c.req.Own()
	if !chat.Private {
		return nil
	}
	if err := c.tx.StopWaiting(ctx, c.req.Member.ID, chat.Platform, draftChat(c.req)); err != nil {
		return err
	}
	question := deal.Refusal().Next(false)
	if question != scoring.AskWords && question != scoring.AskReturn {
		return nil
	}
	_, err := c.tx.KeepDraft(ctx, storage.Draft{
		Member: c.req.Member.ID, Platform: chat.Platform, Chat: chat.ID, Line: "refusal",
		Values: map[string]string{"deal": hash(deal.Number), "question": string(question)}, Waiting: "answer", Soft: true,
		Question: c.say("ask.refusal." + string(question)), EventKey: c.req.EventID, CreatedAt: c.req.At,
	})
	msg.Note = c.say("draft.next")
	return err
}

// answerTo writes an answer into a deal and returns what to say of it.
func (c *call) answerTo(ctx context.Context, deal *storage.Deal, question, answer string) (string, error) {
	folded, a := names.Fold(answer), &deal.Aftermath
	if folded == replySkip && question != askProduct {
		if skipped := scoring.RefusalQuestion(question); !slices.Contains(a.Skipped, skipped) {
			a.Skipped = append(a.Skipped, skipped)
		}
		return c.say("answer.skipped"), nil
	}
	switch question {
	case string(scoring.AskProbe):
		return c.answerProbe(deal, answer)
	case string(scoring.AskWords):
		deal.Words = answer
		return c.say("refusal.noted"), stock.LookUp(ctx, c.tx, deal)
	case string(scoring.AskReturn):
		return c.answerReturn(deal, answer)
	case string(scoring.AskWinner):
		return c.answerWinner(deal, answer)
	case askProduct:
		return c.answerProduct(deal, folded)
	}
	return c.answerDoor(deal, answer)
}

func (c *call) answerProbe(deal *storage.Deal, answer string) (string, error) {
	if deal.Reason != scoring.HasSupplier {
		return "", bot.Problem("refusal.noprobe", "deal", brief(deal.Name, 60), "reason", c.reason(deal.Reason))
	}
	probe := choiceKind{words: c.words, name: "probe", ids: texted(scoring.Probes)}
	id, ok := probe.match(c.req, answer)
	if !ok {
		return "", about(probe.problem(c.req, bot.Split(answer)), "answer")
	}
	deal.Aftermath.Probe = scoring.Probe(id)
	if deal.Aftermath.Probe == scoring.NoneOfThese {
		return c.say("refusal.stillexcuse"), nil
	}
	return c.say("refusal.noted.probe", "probe", lowered(c.say("probe."+id))), nil
}

// about says that a problem is about one argument.
func about(err error, arg string) error {
	if problem := asProblem(err); problem != nil {
		problem.Arg = arg
	}
	return err
}

// oneOf returns which of the ids words stand for, as their catalogue has it, or
// "".
func (c *call) oneOf(name, words string, ids ...string) string {
	id, _ := choiceKind{words: c.words, name: name, ids: ids}.match(c.req, words)
	return id
}

func (c *call) answerReturn(deal *storage.Deal, answer string) (string, error) {
	r := &deal.Aftermath.Return
	switch c.oneOf("return", answer, returnNever, promiseDone) {
	case returnNever:
		*r = scoring.Return{Never: true}
		return c.say("refusal.return.never"), nil
	case promiseDone:
		if r.On == "" {
			return "", bot.Problem("refusal.nopromise", "deal", brief(deal.Name, 60))
		}
		r.Done = true
		return c.say("refusal.return.done"), nil
	}
	on, err := c.promiseDay(answer)
	if err != nil {
		return "", err
	}
	*r = scoring.Return{On: on.String()}
	return c.say("refusal.return.on", "day", c.date(r.On)), nil
}

func (c *call) answerWinner(deal *storage.Deal, answer string) (string, error) {
	name := oneLine(answer)
	switch known := c.oneOf("winner", answer, winnerNobody, winnerUnknown); {
	case known == winnerNobody:
		deal.Aftermath.Winner = scoring.Winner{Kind: scoring.WinnerNobody}
	case known == winnerUnknown:
		deal.Aftermath.Winner = scoring.Winner{Kind: scoring.WinnerUnknown}
	case utf8.RuneCountInString(name) > longestWords:
		return "", bot.Problem("refusal.longwords", "most", longestWords)
	default:
		deal.Aftermath.Winner = scoring.Winner{Kind: scoring.WinnerNamed, Name: name}
	}
	return c.say("refusal.winner.noted", "winner", brief(c.winner(deal.Aftermath.Winner), 60)), nil
}

// answerProduct takes back that we have what the customer missed.
func (c *call) answerProduct(deal *storage.Deal, folded string) (string, error) {
	if folded != noAmount {
		return "", bot.Problem("refusal.product")
	}
	deal.Aftermath.Product = 0
	return c.say("refusal.noproduct"), nil
}

// answerDoor reads when something will be sent, and what: a day with words before
// it.
func (c *call) answerDoor(deal *storage.Deal, answer string) (string, error) {
	door := &deal.Aftermath.Door
	switch known := c.oneOf("door", answer, doorDeclined, doorUnoffered, promiseDone); known {
	case doorDeclined, doorUnoffered:
		*door = scoring.Door{State: scoring.DoorState(known)}
		return c.say("refusal.door." + known), nil
	case promiseDone:
		if door.State != scoring.DoorAccepted {
			return "", bot.Problem("refusal.nopromise", "deal", brief(deal.Name, 60))
		}
		door.Done = true
		return c.say("refusal.door.done"), nil
	}
	what, day := "", answer
	if on, err := typed.ParseDate(strings.Fields(answer), c.today(), c.tag); err != nil || on == (typed.Date{}) {
		if what, day = c.splitDay(answer); day == "" {
			return "", bot.Problem("refusal.noday", "typed", brief(answer, 60))
		}
	}
	if utf8.RuneCountInString(what) > longestWords {
		return "", bot.Problem("refusal.longwords", "most", longestWords)
	}
	on, err := c.promiseDay(day)
	if err != nil {
		return "", err
	}
	*door = scoring.Door{State: scoring.DoorAccepted, What: oneLine(what), On: on.String()}
	return c.say("refusal.door.on", "what", c.sends(*door), "day", c.date(door.On)), nil
}

// splitDay cuts a text that ends in a day.
func (c *call) splitDay(text string) (what, day string) {
	split := bot.Split(text)
	n, _, _ := typed.LastDate(typedWords(split), c.today(), c.tag)
	if n == 0 {
		return text, ""
	}
	head := split[:len(split)-n]
	return strings.TrimRight(bot.Span{Text: text, Words: head}.Raw(len(head)), ",;: "), bot.Join(split[len(split)-n:])
}

// promiseDay reads the day on which something is promised: from today on, within
// two years. One on a weekend becomes the next Monday.
func (c *call) promiseDay(text string) (typed.Date, error) {
	on, err := typed.ParseDate(strings.Fields(text), c.today(), c.tag)
	if err != nil {
		return on, dateProblem(err)
	}
	switch latest := c.today().AddMonths(12 * longestPromise); {
	case on.Before(c.today()):
		return on, bot.Problem("refusal.past", "day", c.date(on.String()))
	case on.After(latest):
		return on, bot.Problem("refusal.far", "day", c.date(on.String()), "count", longestPromise)
	}
	return on.Workday(), nil
}
