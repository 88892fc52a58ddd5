package commands

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"fifteen/bot"
	"fifteen/commands/internal/names"
	"fifteen/storage"
)

// shownProducts is how many products are listed.
const shownProducts = 200

// productAdd puts a product on the list of what the organisation sells.
func productAdd(d *Deps) bot.Command {
	return bot.Command{
		Name: "product add", Summary: "product add.summary", Writes: true, Role: bot.Manager,
		Examples: []string{"product add Stretch film, black"},
		Args:     []bot.Arg{{Name: "name", Kind: bot.TextKind, Rest: true}},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			name, err := productName(c.req.Text("name"))
			if err != nil {
				return bot.Message{}, err
			}
			if err := c.tx.Lock(ctx); err != nil { // two lines at once must not both find no twin
				return bot.Message{}, err
			}
			all, err := c.tx.Products(ctx)
			if err != nil {
				return bot.Message{}, err
			}
			added := storage.Product{Name: name, Key: names.Fold(name)}
			for _, other := range all {
				if other.Key == added.Key {
					return bot.Message{}, bot.Problem("product.twin", "product", other.Name).Button(c.say("button.products"), "products")
				}
			}
			if _, err := c.tx.AddProduct(ctx, added, c.author("product add")); err != nil {
				return bot.Message{}, err
			}
			return bot.Message{
				Text:    []string{c.say("product add.done", "product", name, "count", len(all)+1)},
				Buttons: []bot.Button{c.undoButton(), c.button("button.products", "products")},
			}, nil
		}),
	}
}

// productName checks the name of a product.
func productName(text string) (string, error) {
	name := strings.TrimRight(oneLine(text), ",;: ")
	switch count := utf8.RuneCountInString(name); {
	case count > maxName:
		return "", bot.Problem("name.long", "count", count, "most", maxName)
	case !readable(name):
		return "", bot.Problem("product.empty")
	case strings.ContainsAny(name, "<>"):
		return "", bot.Problem("name.brackets")
	}
	return name, nil
}

// productDelete takes a product off the list.
func productDelete(d *Deps) bot.Command {
	return bot.Command{
		Name: "product delete", Summary: "product delete.summary", Writes: true, Role: bot.Manager,
		Examples: []string{"product delete Stretch film, black"},
		Args:     []bot.Arg{{Name: "product", Kind: productKind{deps: d}, Rest: true}},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			number := bot.Value[int64](c.req, "product")
			before, err := c.tx.Product(ctx, number)
			if errors.Is(err, storage.ErrNotFound) {
				return bot.Message{}, bot.Problem("product.none", "number", number).Button(c.say("button.products"), "products").End()
			}
			if err != nil {
				return bot.Message{}, err
			}
			if c.req.Revision > 0 && c.req.Revision != before.Revision {
				return bot.Message{}, bot.Problem("product.moved", "product", before.Name).Button(c.say("button.products"), "products").End()
			}
			after := before
			after.Deleted = true
			if err := c.tx.SaveProduct(ctx, before, after, c.author("product delete")); err != nil {
				return bot.Message{}, err
			}
			return bot.Message{
				Text:    []string{c.say("product delete.done", "product", before.Name)},
				Buttons: []bot.Button{c.undoButton(), c.button("button.products", "products")},
			}, nil
		}),
	}
}

// products lists what the organisation sells.
func products(d *Deps) bot.Command {
	return bot.Command{
		Name: "products", Summary: "products.summary", Examples: []string{"products"},
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) {
			all, err := c.tx.Products(ctx)
			if err != nil {
				return bot.Message{}, err
			}
			if len(all) == 0 {
				return bot.Message{Text: []string{c.say("products.nothing")}}, nil
			}
			msg := bot.Message{Title: c.say("products.title", "count", len(all)), Table: &bot.Table{Columns: []bot.Column{{}}}}
			for _, product := range all[:min(len(all), shownProducts)] {
				msg.Table.Rows = append(msg.Table.Rows, []string{product.Name})
			}
			if more := len(all) - shownProducts; more > 0 {
				msg.Note = c.say("products.more", "count", more)
			}
			return msg, nil
		}),
	}
}

// productKind reads a product: "#3", or its name, matched folded. Only when none
// matches it is looked for fuzzily. Its value is the product's number, an int64.
type productKind struct{ deps *Deps }

// ID implements bot.Kind.
func (productKind) ID() string { return "product" }

// Read implements bot.Kind.
func (k productKind) Read(ctx context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) == 0 {
		return bot.Reading{}, nil
	}
	if n, ok := bot.ParseNumber(span.Words[0]); ok && len(span.Words) == 1 && span.Words[0].Text[0] == '#' {
		return productReading(n, 1), nil
	}
	all, err := k.all(ctx, req)
	if err != nil {
		return bot.Reading{}, err
	}
	text := oneLine(bot.Join(span.Words))
	listed := make([]string, len(all))
	for i, product := range all {
		if product.Key == names.Fold(text) {
			return productReading(product.Number, len(span.Words)), nil
		}
		listed[i] = product.Key
	}
	matches := names.Best(text, listed, likely)
	if len(matches) == 0 {
		matches = names.Mentioned(text, listed, likely)
	}
	if len(matches) == 0 {
		return bot.Reading{}, bot.Problem("product.unknown", "typed", brief(text, 60)).
			Button(k.deps.Words.Say(req.Locale, "button.products"), "products")
	}
	problem := bot.Problem("product.guess", "typed", brief(text, 60))
	problem.Took = len(span.Words)
	for _, match := range matches {
		found := all[match.Index]
		problem.Offer(brief(found.Name, bot.MaxButtonLabel), hash(found.Number), found.Revision)
	}
	return bot.Reading{}, problem
}

// Offer implements bot.Offerer.
func (k productKind) Offer(ctx context.Context, req bot.Request) ([]bot.Option, error) {
	all, err := k.all(ctx, req)
	options := make([]bot.Option, min(len(all), bot.MaxOptions))
	for i := range options {
		options[i] = bot.Option{Label: brief(all[i].Name, bot.MaxOptionLabel), Value: hash(all[i].Number)}
	}
	return options, err
}

func (k productKind) all(ctx context.Context, req bot.Request) (all []storage.Product, err error) {
	err = k.deps.Store.Read(ctx, req.Workspace, func(tx *storage.Tx) error {
		all, err = tx.Products(ctx)
		return err
	})
	return all, err
}

func productReading(number int64, words int) bot.Reading {
	return bot.Reading{Value: number, Words: words, Canonical: hash(number)}
}
