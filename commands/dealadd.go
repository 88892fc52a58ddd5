package commands

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"fifteen/bot"
	"fifteen/commands/internal/names"
	"fifteen/scoring"
	"fifteen/storage"
)

// maxName is the longest name of a deal, in runes.
const maxName = 100

// dealAdd puts a deal on the list. A name that the asker's open deals have
// already is asked about first.
func dealAdd(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "deal add", Summary: "deal add.summary", Writes: true,
		Examples: []string{"deal add Acme 12000 EUR", `deal add "Studio 54" 9,5k @ivanov`},
		Args: []bot.Arg{
			{Name: "name", Kind: bot.TextKind},
			{Name: "amount", Kind: amountKind{deps: d, named: true}, Optional: true},
			{Name: "owner", Kind: k.who, Optional: true},
		},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			deal, err := c.newDeal(ctx)
			if err != nil {
				return bot.Message{}, err
			}
			if err := c.tx.Lock(ctx); err != nil { // two clicks at once must not both find no twin
				return bot.Message{}, err
			}
			twin, ok, err := c.twin(ctx, deal)
			if err != nil {
				return bot.Message{}, err
			}
			if ok && c.req.Revision != twin.Number {
				return c.twice(ctx, deal, twin)
			}
			deal, err = c.tx.AddDeal(ctx, deal, c.author("deal add"))
			if err != nil {
				return bot.Message{}, err
			}
			return c.added(ctx, deal)
		}),
	}
}

// newDeal reads the deal that the line describes.
func (c *call) newDeal(ctx context.Context) (storage.Deal, error) {
	deal := storage.Deal{Owner: c.req.Member.ID, Amount: bot.Value[scoring.Money](c.req, "amount")}
	if c.req.Has("owner") {
		deal.Owner = bot.Value[int64](c.req, "owner")
	}
	if deal.Owner != c.req.Member.ID && !c.manages() {
		return storage.Deal{}, bot.Problem("deal add.owner")
	}
	_, err := c.heir(ctx, deal.Owner)
	if err == nil {
		deal.Name, deal.Key, err = dealName(c.req.Text("name"))
	}
	return deal, err
}

// dealName checks a name and folds it.
func dealName(text string) (name, key string, err error) {
	name = strings.TrimRight(brief(text, utf8.RuneCountInString(text)+1), ",;: ")
	key = names.Fold(name)
	switch {
	case utf8.RuneCountInString(name) > maxName:
		return "", "", bot.Problem("name.long", "count", utf8.RuneCountInString(name), "most", maxName)
	case key == "" || !readable(name):
		return "", "", bot.Problem("name.empty")
	case strings.ContainsAny(name, "<>"):
		return "", "", bot.Problem("name.brackets")
	}
	return name, key, nil
}

// readable tells whether a name has anything that can be typed to find it.
func readable(name string) bool {
	return strings.ContainsFunc(name, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

// twin returns the newest open deal of the asker or of the new owner that has
// the same folded name.
func (c *call) twin(ctx context.Context, deal storage.Deal) (storage.DealName, bool, error) {
	same, err := c.tx.DealsByKey(ctx, []string{deal.Key}, 0)
	var newest storage.DealName
	for _, other := range same {
		mine := other.Owner == c.req.Member.ID || other.Owner == deal.Owner
		if mine && other.Outcome == scoring.Open && other.Number > newest.Number {
			newest = other
		}
	}
	return newest, newest.Number > 0, err
}

// twice asks whether a second deal of that name is meant. Its button carries
// the number of the newest one, so that a double click adds only one.
func (c *call) twice(ctx context.Context, deal storage.Deal, twin storage.DealName) (bot.Message, error) {
	line := "deal add " + bot.Quote(deal.Name)
	values := map[string]string{"name": deal.Name}
	if deal.Amount.Known() {
		values["amount"] = plain(deal.Amount)
		line += " " + values["amount"]
	}
	if deal.Owner != c.req.Member.ID {
		m, err := c.member(ctx, deal.Owner)
		if err != nil {
			return bot.Message{}, err
		}
		values["owner"] = memberReading(m.ID, m.Name, 1).Canonical
		line += " " + values["owner"]
	}
	line += " " + bot.Revision(twin.Number)
	if len(line) > bot.MaxButtonLine {
		number, err := keepDraft(ctx, c.tx, c.req, bot.Draft{Line: "deal add", Values: values})
		if err != nil {
			return bot.Message{}, err
		}
		line = fmt.Sprintf("draft %d %s", number, bot.Revision(twin.Number))
	}
	amount := c.money(scoring.Money{Minor: twin.Amount, Currency: twin.Currency})
	return bot.Message{
		Text:    []string{c.say("deal add.twin", "deal", twin.Name, "number", twin.Number, "amount", amount)},
		Buttons: []bot.Button{c.button("button.showit", "deal "+hash(twin.Number)), c.button("button.second", line)},
		Private: true,
	}, nil
}

// added answers with what was understood, and how to correct it.
func (c *call) added(ctx context.Context, deal storage.Deal) (bot.Message, error) {
	owner, err := c.handle(ctx, deal.Owner)
	if err != nil {
		return bot.Message{}, err
	}
	err = c.tell(ctx, deal.Owner, func(s speech) bot.Message {
		return bot.Message{
			Text:    []string{s.say("told.given", "who", "@"+c.req.Member.Name, "deal", deal.Name, "amount", s.money(deal.Amount))},
			Buttons: []bot.Button{s.button("button.score", lookLine("score", deal))},
		}
	})
	msg := bot.Message{
		Title:   brief(c.say("deal add.done", "deal", deal.Name, "number", deal.Number, "amount", c.money(deal.Amount), "owner", owner), bot.MaxTitle),
		Buttons: []bot.Button{c.button("button.score", lookLine("score", deal))},
	}
	if word := c.bareAmount(); word != "" {
		line, err := c.retakeLine(ctx, deal, deal.Name+" "+word)
		if err != nil {
			return bot.Message{}, err
		}
		msg.Buttons = append(msg.Buttons, c.button("button.retake", line, "word", word))
	}
	return msg, err
}

// bareAmount returns the word that was taken for the amount although it has no
// currency and so could belong to the name; "" when there is none.
func (c *call) bareAmount() string {
	if c.req.Words("amount") != 1 {
		return ""
	}
	digits, _, _ := strings.Cut(plain(bot.Value[scoring.Money](c.req, "amount")), " ")
	for _, word := range bot.Split(c.req.Line) {
		if !word.Quoted && word.Text == digits {
			return digits
		}
	}
	return ""
}

// retakeLine writes the line that gives a deal its whole name back.
func (c *call) retakeLine(ctx context.Context, deal storage.Deal, name string) (string, error) {
	if line := dealLine("deal retake", deal, bot.Quote(name)); len(line) <= bot.MaxButtonLine {
		return line, nil
	}
	values := map[string]string{"deal": hash(deal.Number), "name": name}
	number, err := keepDraft(ctx, c.tx, c.req, bot.Draft{Line: "deal retake", Values: values})
	return fmt.Sprintf("draft %d %s", number, bot.Revision(deal.Revision)), err
}

// dealRetake corrects a deal whose name was cut where a number stood: it gives
// it the whole name and takes the amount away.
func dealRetake(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "deal retake", Summary: "deal retake.summary", Writes: true, Hidden: true,
		Args: []bot.Arg{{Name: "deal", Kind: k.deal}, {Name: "name", Kind: bot.TextKind}},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			before, err := c.deal(ctx, dealCard)
			if err != nil {
				return bot.Message{}, err
			}
			after := before
			if after.Name, after.Key, err = dealName(c.req.Text("name")); err != nil {
				return bot.Message{}, err
			}
			after.Amount = scoring.Money{}
			if after, err = c.tx.SaveDeal(ctx, before, after, c.author("deal retake")); err != nil {
				return bot.Message{}, err
			}
			if after.Revision == before.Revision {
				return c.unchanged(after), nil
			}
			msg := c.corrected(after, c.say("deal.renamed", "from", before.Name, "deal", after.Name))
			msg.Redraw = true
			return msg, nil
		}),
	}
}
