package commands

import (
	"context"
	"strings"
	"unicode/utf8"

	"fifteen/bot"
	"fifteen/storage"
)

// nameCompany is the command as the audit trail names it.
const nameCompany = "company"

// What is known of a company.
const (
	traitIndustry = "industry"
	traitSize     = "size"
	traitSource   = "source"
)

// traits are what can be known of a company, in the order that they are shown.
var traits = []string{traitIndustry, traitSize, traitSource}

// sizes are the values of a company's size.
var sizes = []string{"small", "mid", "large"}

// maxTrait is the longest industry or source, in runes.
const maxTrait = 60

// company shows or sets what is known of the company behind a deal.
func company(d *Deps, k kinds) bot.Command {
	show := d.read(showCompany)
	change := d.write(changeCompany)
	return bot.Command{
		Name: nameCompany, Summary: "company.summary",
		Examples: []string{"company Acme", "company Acme size mid", "company Acme industry steel", "company Acme source trade fair"},
		Args: []bot.Arg{
			{Name: "deal", Kind: k.deal},
			{Name: "trait", Kind: k.trait, Optional: true},
			{Name: "value", Kind: bot.TextKind, Optional: true, Rest: true, Writes: true},
		},
		Run: func(ctx context.Context, req bot.Request) (bot.Reply, error) {
			switch {
			case !req.Has("trait"):
				return show(ctx, req)
			case !req.Has("value"):
				return bot.Reply{}, bot.Missing("value", "ask.company."+req.Text("trait"))
			}
			return change(ctx, req)
		},
	}
}

func showCompany(ctx context.Context, c *call) (bot.Message, error) {
	deal, err := c.visible(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	return c.companyCard(ctx, deal)
}

// companyCard shows what is known of the company behind a deal, and asks for what
// is not.
func (c *call) companyCard(ctx context.Context, deal storage.Deal) (bot.Message, error) {
	known, err := c.tx.Company(ctx, deal.Company)
	if err != nil {
		return bot.Message{}, err
	}
	msg := bot.Message{Title: brief(c.say("company.title", "company", brief(known.Name, 60)), bot.MaxTitle), Private: c.private()}
	mine := c.manages() || deal.Owner == c.req.Member.ID
	for _, trait := range traits {
		value := c.traitWord(trait, *traitOf(&known, trait))
		if value == "" {
			value = c.say("company.unknown")
			if mine {
				msg.Buttons = append(msg.Buttons, c.button("button."+trait, lookLine(nameCompany, deal)+" "+trait))
			}
		}
		msg.Fields = append(msg.Fields, bot.Field{Label: c.say("trait." + trait), Value: value})
	}
	msg.Buttons = append(msg.Buttons, c.showButton(deal))
	return msg, nil
}

// traitOf returns the part of a company that a word stands for.
func traitOf(known *storage.Company, trait string) *string {
	switch trait {
	case traitIndustry:
		return &known.Industry
	case traitSize:
		return &known.Size
	default:
		return &known.Source
	}
}

// traitWord writes a value as people read it.
func (s speech) traitWord(trait, value string) string {
	if trait == traitSize && value != "" {
		return s.say("size." + value)
	}
	return value
}

// changeCompany sets what the line names, for the owner of the deal or a manager.
func changeCompany(ctx context.Context, c *call) (bot.Message, error) {
	deal, err := c.deal(ctx, func(ctx context.Context, c *call, deal storage.Deal) (bot.Message, error) {
		return c.companyCard(ctx, deal)
	})
	if err != nil {
		return bot.Message{}, err
	}
	before, err := c.tx.Company(ctx, deal.Company)
	if err != nil {
		return bot.Message{}, err
	}
	after, trait := before, c.req.Text("trait")
	if *traitOf(&after, trait), err = c.readTrait(trait, oneLine(c.req.Text("value"))); err != nil {
		return bot.Message{}, err
	}
	name := brief(before.Name, 60)
	if before == after {
		return bot.Message{Text: []string{c.say("company.same", "company", name)}, Buttons: []bot.Button{c.showButton(deal)}}, nil
	}
	if err := c.tx.SaveCompany(ctx, before, after, c.author(nameCompany)); err != nil {
		return bot.Message{}, err
	}
	if err := c.tellOwner(ctx, deal, "told.changed"); err != nil {
		return bot.Message{}, err
	}
	said := c.say("company.none", "company", name, "trait", lowered(c.say("trait."+trait)))
	if value := *traitOf(&after, trait); value != "" {
		said = c.say("company.done", "company", name, "trait", lowered(c.say("trait."+trait)), "value", c.traitWord(trait, value))
	}
	return bot.Message{Text: []string{said}, Buttons: []bot.Button{c.undoButton(), c.showButton(deal)}}, nil
}

// readTrait checks a value, "" for none.
func (c *call) readTrait(trait, value string) (string, error) {
	switch count := utf8.RuneCountInString(value); {
	case isNone(bot.Word{Text: value}):
		return "", nil
	case trait == traitSize:
		return c.readSize(value)
	case !readable(value):
		return "", bot.Problem("company.empty", "trait", trait)
	case count > maxTrait:
		return "", bot.Problem("company.long", "most", maxTrait, "count", count)
	case strings.ContainsAny(value, "<>"):
		return "", bot.Problem("name.brackets")
	}
	return value, nil
}

func (c *call) readSize(value string) (string, error) {
	if size, ok := (choiceKind{words: c.words, name: "size", ids: sizes}).match(c.req, value); ok {
		return size, nil
	}
	return "", bot.Problem("company.size", "typed", brief(value, 60))
}

// companyFields are what the card of a deal says of its company.
func (c *call) companyFields(ctx context.Context, deal storage.Deal) ([]bot.Field, error) {
	known, err := c.tx.Company(ctx, deal.Company)
	if err != nil {
		return nil, err
	}
	var fields []bot.Field
	for _, trait := range traits {
		if value := c.traitWord(trait, *traitOf(&known, trait)); value != "" {
			fields = append(fields, bot.Field{Label: c.say("trait." + trait), Value: value})
		}
	}
	return fields, nil
}
