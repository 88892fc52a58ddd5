package commands

import (
	"context"
	"fmt"

	"fifteen/bot"
	"fifteen/commands/internal/typed"
	"fifteen/scoring"
	"fifteen/storage"
)

// The fields of a deal that can be corrected.
const (
	fieldAmount = "amount"
	fieldName   = "name"
	fieldOwner  = "owner"
	fieldClose  = "close"
)

// deal shows a deal, or corrects one of its fields.
func deal(d *Deps, k kinds) bot.Command {
	show := d.read(func(ctx context.Context, c *call) (bot.Message, error) {
		deal, err := c.visible(ctx)
		if err != nil {
			return bot.Message{}, err
		}
		return dealCard(ctx, c, deal)
	})
	correct := d.write(correctDeal)
	return bot.Command{
		Name: "deal", Summary: "deal.summary",
		Examples: []string{"deal Acme", "deal Acme amount 15000 EUR", "deal Acme close 5 Dec", "deal Acme owner @petra"},
		Args: []bot.Arg{
			{Name: "deal", Kind: k.deal},
			{Name: "field", Kind: k.field, Optional: true, Writes: true},
			{Name: "value", Kind: bot.TextKind, Optional: true, Rest: true},
		},
		Run: func(ctx context.Context, req bot.Request) (bot.Reply, error) {
			field := req.Text("field")
			if field == "" {
				return show(ctx, req)
			}
			if !req.Has("value") {
				return bot.Reply{}, bot.Missing("value", "ask.deal."+field)
			}
			value, err := k.fieldValue(ctx, req, field)
			if err != nil {
				return bot.Reply{}, err
			}
			return correct(ctx, req.WithArg("new", value))
		},
	}
}

// fieldValue reads the new value of a field. It is read before the transaction,
// because names and currencies are looked up.
func (k kinds) fieldValue(ctx context.Context, req bot.Request, field string) (any, error) {
	text := req.Text("value")
	span := bot.Span{Text: text, Words: bot.Split(text), Whole: true, Strict: true}
	var kind bot.Kind
	switch field {
	case fieldAmount:
		kind = k.amount
	case fieldOwner:
		kind = k.who
	case fieldClose:
		if isNone(span.Words[0]) {
			return typed.Date{}, nil
		}
		kind = k.date
	default:
		return text, nil
	}
	reading, err := kind.Read(ctx, req, span)
	if problem := asProblem(err); problem != nil {
		problem.Arg = "value"
	}
	return reading.Value, err
}

// correctDeal sets the field that the line names.
func correctDeal(ctx context.Context, c *call) (bot.Message, error) {
	before, err := c.deal(ctx, dealCard)
	if err != nil {
		return bot.Message{}, err
	}
	after, field := before, c.req.Text("field")
	switch field {
	case fieldAmount:
		after.Amount = bot.Value[scoring.Money](c.req, "new")
	case fieldName:
		after.Name, after.Key, err = dealName(c.req.Text("new"))
	case fieldOwner:
		after.Owner = bot.Value[int64](c.req, "new")
		_, err = c.heir(ctx, after.Owner)
	case fieldClose:
		after.Close = isoDate(bot.Value[typed.Date](c.req, "new"))
	}
	if err != nil {
		return bot.Message{}, err
	}
	after, err = c.tx.SaveDeal(ctx, before, after, c.author("deal "+field))
	if err != nil {
		return bot.Message{}, err
	}
	if after.Revision == before.Revision {
		return c.unchanged(after), nil
	}
	said, err := c.correction(ctx, field, before, after)
	if err != nil {
		return bot.Message{}, err
	}
	if before.Owner != after.Owner {
		err = c.tellHandover(ctx, before, after)
	} else {
		err = c.tellOwner(ctx, after, "told.changed")
	}
	return c.corrected(after, said), err
}

// correction says what has changed: "Acme: 12,000 → 15,000 EUR.".
func (c *call) correction(ctx context.Context, field string, before, after storage.Deal) (string, error) {
	name := brief(after.Name, 60)
	switch field {
	case fieldAmount:
		return c.say("deal.amount", "deal", name, "from", c.money(before.Amount), "to", c.money(after.Amount)), nil
	case fieldName:
		return c.say("deal.renamed", "from", brief(before.Name, 60), "deal", name), nil
	case fieldClose:
		if after.Close == "" {
			return c.say("deal.noclose", "deal", name), nil
		}
		return c.say("deal.day", "deal", name, "day", c.date(after.Close)), nil
	}
	from, err := c.handle(ctx, before.Owner)
	if err != nil {
		return "", err
	}
	to, err := c.handle(ctx, after.Owner)
	return c.say("deal.owner", "deal", name, "from", from, "to", to), err
}

// corrected answers a correction.
func (c *call) corrected(deal storage.Deal, said string) bot.Message {
	buttons := []bot.Button{c.undoButton()}
	if c.manages() || deal.Owner == c.req.Member.ID {
		buttons = append(buttons, c.showButton(deal))
	}
	return bot.Message{Text: []string{said}, Buttons: buttons}
}

// unchanged answers a line that sets what is so already. Nobody is told, and
// there is nothing to undo.
func (c *call) unchanged(deal storage.Deal) bot.Message {
	return bot.Message{
		Text:    []string{c.say("deal.same", "deal", brief(deal.Name, 60))},
		Buttons: []bot.Button{c.showButton(deal)},
	}
}

// undoButton takes back what the line has just done.
func (c *call) undoButton() bot.Button { return c.button("button.undo", lineUndo) }

// tellOwner tells a deal's owner what somebody else did to it.
func (c *call) tellOwner(ctx context.Context, deal storage.Deal, key string) error {
	return c.tell(ctx, deal.Owner, func(s speech) bot.Message {
		who := "@" + c.req.Member.Name
		msg := bot.Message{Text: []string{s.say(key, "who", who, "deal", brief(deal.Name, 60), "score", deal.Standing.Total)}}
		if !deal.Deleted {
			msg.Buttons = []bot.Button{s.showButton(deal)}
		}
		return msg
	})
}

// tellHandover tells both owners that a deal changed hands.
func (c *call) tellHandover(ctx context.Context, before, after storage.Deal) error {
	who := "@" + c.req.Member.Name
	err := c.tell(ctx, after.Owner, func(s speech) bot.Message {
		return bot.Message{
			Text:    []string{s.say("told.given", "who", who, "deal", after.Name, "amount", s.money(after.Amount))},
			Buttons: []bot.Button{s.button("button.score", lookLine("score", after))},
		}
	})
	if err != nil {
		return err
	}
	to, err := c.handle(ctx, after.Owner)
	if err != nil {
		return err
	}
	return c.tell(ctx, before.Owner, func(s speech) bot.Message {
		return bot.Message{Text: []string{s.say("told.taken", "who", who, "deal", after.Name, "to", to)}}
	})
}

// isoDate writes a day as storage keeps it; no day is "".
func isoDate(d typed.Date) string {
	if d == (typed.Date{}) {
		return ""
	}
	return d.String()
}

// dealDelete takes away a deal that was added by mistake.
func dealDelete(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "deal delete", Summary: "deal delete.summary", Writes: true, Examples: []string{"deal delete Acme"},
		Args: []bot.Arg{{Name: "deal", Kind: k.deal}},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			before, err := c.deal(ctx, dealCard)
			if err != nil {
				return bot.Message{}, err
			}
			if !c.manages() && !c.mistake(before) {
				return bot.Message{}, bot.Problem("deal delete.refused", "deal", brief(before.Name, 60)).
					Button(c.say("button.disqualify"), lookLine("disqualify", before))
			}
			after := before
			after.Deleted = true
			if _, err = c.tx.SaveDeal(ctx, before, after, c.author("deal delete")); err != nil {
				return bot.Message{}, err
			}
			if err := c.tellOwner(ctx, after, "told.deleted"); err != nil {
				return bot.Message{}, err
			}
			text := c.say("deal delete.done", "deal", fmt.Sprintf("%s (%s)", brief(before.Name, 60), hash(before.Number)))
			return bot.Message{Text: []string{text}, Buttons: []bot.Button{c.undoButton()}}, nil
		}),
	}
}

// mistake tells whether a rep may take a deal away: it is less than a day old,
// and nobody has answered anything or moved it.
func (c *call) mistake(deal storage.Deal) bool {
	return c.now.Sub(deal.CreatedAt) < day && !deal.Card.Scored() && deal.Step == scoring.OnList && deal.Open()
}
