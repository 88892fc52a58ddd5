package commands

import (
	"context"
	"errors"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// hadIt says that we have what the customer missed, and how the team puts itself
// across in a minute.
func (c *call) hadIt(ctx context.Context, deal storage.Deal, msg *bot.Message) error {
	if deal.Refusal().Flag() != scoring.FlagHadIt {
		return nil
	}
	product, err := c.tx.Product(ctx, deal.Aftermath.Product)
	if errors.Is(err, storage.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	home, err := c.tx.Workspace(ctx)
	if err != nil {
		return err
	}
	said := []string{c.say("refusal.hadit", "product", brief(product.Name, 60))}
	if home.Pitch != "" {
		said = append(said, c.say("refusal.pitch", "pitch", shortText(home.Pitch)))
	} else {
		said = append(said, c.say("refusal.nopitch"))
	}
	msg.Text = append(said, msg.Text...)
	msg.Buttons = append(msg.Buttons, c.button("button.notthat", dealLine("refusal", deal, askProduct, noAmount)))
	return nil
}

// tellFlag tells the managers, and the rep whose deal it is, in private, of a no
// that should be talked over, once.
func (c *call) tellFlag(ctx context.Context, before, after storage.Deal) error {
	flag := after.Refusal().Flag()
	if flag == scoring.NoFlag || before.Outcome == scoring.Lost && before.Refusal().Flag() == flag {
		return nil
	}
	owner, err := c.handle(ctx, after.Owner)
	if err != nil {
		return err
	}
	members, err := c.tx.Members(ctx)
	if err != nil {
		return err
	}
	for _, m := range members {
		key := "told.flag."
		switch {
		case m.ID == after.Owner:
			key = "told.flag.own."
		case m.Role == bot.Rep.String():
			continue
		}
		err := c.tell(ctx, m.ID, func(s speech) bot.Message {
			return bot.Message{
				Text:    []string{s.say(key+string(flag), "who", brief(owner, 40), "deal", brief(after.Name, 60))},
				Buttons: []bot.Button{s.showButton(after)},
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}
