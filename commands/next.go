package commands

import (
	"context"
	"errors"
	"time"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// next asks the one open question, over all of a rep's open deals, that matters
// most.
func next(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "next", Personal: true, Summary: "next.summary", Examples: []string{"next", "next @ivanov"},
		Args: []bot.Arg{{Name: "who", Kind: k.who, Optional: true, Rest: true}},
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) {
			owner, err := c.whose()
			if err != nil {
				return bot.Message{}, err
			}
			deal, urgency, err := c.tx.NextDeal(ctx, owner, c.now.In(c.zone))
			if errors.Is(err, storage.ErrNotFound) {
				if c.req.Way == bot.Scheduled { // which asks, and bothers nobody otherwise
					return bot.Message{}, nil
				}
				return c.nothingNext(ctx, owner)
			}
			if err != nil {
				return bot.Message{}, err
			}
			return c.nextQuestion(deal, urgency, pressing(deal.Card, urgency, c.now)), nil
		}),
	}
}

// nextQuestion asks a question and says why it is the one to ask.
func (c *call) nextQuestion(deal storage.Deal, urgency storage.Urgency, question scoring.Question) bot.Message {
	key := urgencyKeys[urgency]
	switch {
	case urgency == storage.Climb && deal.Standing.Yeses == 0:
		key = "next.open"
	case urgency == storage.Climb && question.Gain == 0:
		key = "next.stuck"
	}
	msg := c.question(deal, question, c.say(key,
		"deal", brief(deal.Name, 60), "score", deal.Standing.Total, "count", deal.Standing.Yeses))
	msg.Redraw = false
	return msg
}

// pressing returns the question that makes a deal urgent.
func pressing(card scoring.Card, urgency storage.Urgency, now time.Time) scoring.Question {
	ask := map[storage.Urgency]func(time.Time) (scoring.Question, bool){
		storage.Lift: card.Lift, storage.Doubt: card.Doubt, storage.Climb: card.Next,
	}
	question, _ := ask[urgency](now)
	return question
}

var urgencyKeys = map[storage.Urgency]string{
	storage.Lift: "next.lift", storage.Doubt: "next.doubt", storage.Climb: "next.climb",
}

func (c *call) nothingNext(ctx context.Context, owner int64) (bot.Message, error) {
	if c.req.Way == bot.Scheduled { // nobody has asked
		return bot.Message{}, nil
	}
	open, err := c.tx.CountOpen(ctx, owner)
	if err != nil {
		return bot.Message{}, err
	}
	if open == 0 && c.manages() && owner == c.req.Member.ID {
		return c.askWhose(ctx)
	}
	key, line, label := "next.nothing", "deals", "button.deals"
	if open == 0 {
		key, line, label = "next.nodeals", "deal add", "button.add"
	}
	return bot.Message{Text: []string{c.say(key, "count", open)}, Buttons: []bot.Button{c.button(label, line)}}, nil
}

// askWhose offers a manager without deals the others, to ask about theirs.
func (c *call) askWhose(ctx context.Context) (bot.Message, error) {
	members, err := c.tx.Members(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	msg := bot.Message{Text: []string{c.say("next.nobodys")}}
	for _, m := range members {
		if m.ID == c.req.Member.ID || !m.Active || len(msg.Buttons) == fewButtons {
			continue
		}
		line := "next " + memberReading(m.ID, m.Name, 1).Canonical
		if len(line) <= bot.MaxButtonLine {
			msg.Buttons = append(msg.Buttons, bot.Button{Label: brief("@"+m.Name, bot.MaxButtonLabel), Line: line})
		}
	}
	msg.Buttons = append(msg.Buttons, c.button("button.add", "deal add"))
	return msg, nil
}

// fewButtons is as many people as are offered at once.
const fewButtons = 4

// whose returns the member that the line is about, the asker without one. Only
// a manager asks questions about other people's deals.
func (c *call) whose() (int64, error) {
	id := c.req.Member.ID
	if c.req.Has("who") {
		id = bot.Value[int64](c.req, "who")
	}
	if id != c.req.Member.ID && !c.manages() {
		return 0, bot.Problem("who.manager")
	}
	return id, nil
}

// whoseOrAll is whose, but 0 for a manager who has named nobody: everybody.
func (c *call) whoseOrAll() (int64, error) {
	if c.manages() && !c.req.Has("who") {
		return 0, nil
	}
	return c.whose()
}
