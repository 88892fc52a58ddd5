package commands

import (
	"context"
	"strings"

	"fifteen/bot"
	"fifteen/commands/internal/typed"
	"fifteen/scoring"
	"fifteen/storage"
)

// why shows the rows behind a number, or the counts behind the funnel.
func why(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "why", Summary: "why.summary", Examples: []string{"why who", "why forecast 2026-12 EUR", "why funnel @ivanov", "why refusals 4 weeks"},
		Args: []bot.Arg{
			{Name: "number", Kind: numberKind{k.number}},
			{Name: "who", Kind: reportWhoKind{spanWhoKind{k.who}}, Optional: true},
			{Name: "month", Kind: k.month, Optional: true},
			{Name: "currency", Kind: currencyKind{}, Optional: true},
			{Name: "window", Kind: k.window, Optional: true},
		},
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) {
			if err := c.checkWhy(); err != nil {
				return bot.Message{}, err
			}
			switch c.req.Text("number") {
			case numberFunnel:
				return c.whyFunnel(ctx)
			case numberRefusals:
				return c.whyRefusals(ctx)
			}
			month := c.current()
			if c.req.Has("month") && c.req.Text("number") == "forecast" { // who is always now
				month = bot.Value[typed.Month](c.req, "month")
			}
			sight, err := c.sight(ctx)
			if err != nil {
				return bot.Message{}, err
			}
			rows, err := c.whyRows(ctx, month, sight)
			if err != nil {
				return bot.Message{}, err
			}
			return c.whyTable(ctx, rows, month, sight)
		}),
	}
}

// whyRow is one deal behind a forecast.
type whyRow struct {
	deal storage.Deal
	won  bool
}

// whyRows returns the deals behind a month's forecast, or behind who, of one
// currency if one was named.
func (c *call) whyRows(ctx context.Context, month typed.Month, sight int64) ([]whyRow, error) {
	var rows []whyRow
	currency := c.req.Text("currency")
	keep := func(deals []storage.Deal, won bool) {
		for _, deal := range deals {
			if currency == "" || deal.Amount.Currency == currency {
				rows = append(rows, whyRow{deal: deal, won: won})
			}
		}
	}
	if c.req.Text("number") == "forecast" {
		from, to := c.span(month)
		won, err := c.tx.WonDeals(ctx, sight, from, to)
		if err != nil {
			return nil, err
		}
		keep(won, true)
	}
	if month == c.current() || c.req.Text("number") == "who" {
		closing, err := c.tx.OpenDeals(ctx, sight, scoring.ClosingFrom, scoring.BestScore, everything)
		if err != nil {
			return nil, err
		}
		keep(closing, false)
	}
	return rows, nil
}

func (c *call) whyTable(ctx context.Context, rows []whyRow, month typed.Month, sight int64) (bot.Message, error) {
	table := &bot.Table{Columns: []bot.Column{{}, {}, {Right: true}, {}, {}}}
	var won, closing []scoring.Money
	for _, row := range rows {
		owner, err := c.handle(ctx, row.deal.Owner)
		if err != nil {
			return bot.Message{}, err
		}
		state := c.say("why.closing", "score", row.deal.Standing.Total, "day", c.day(row.deal.BandSince))
		if row.won {
			state = c.say("why.won", "day", c.day(row.deal.EndedAt))
			won = append(won, row.deal.Amount)
		} else {
			closing = append(closing, row.deal.Amount)
		}
		table.Rows = append(table.Rows, []string{
			hash(row.deal.Number), brief(row.deal.Name, 60), c.money(row.deal.Amount), brief(owner, 40), state,
		})
	}
	sum := c.sums(scoring.ForecastOf(won, closing), scoring.Total.Sum)
	if sum == "" {
		sum = c.say("money.unknown")
	}
	msg := bot.Message{
		Title:   brief(c.say("why.title", "month", c.month(month), "sum", sum, "count", len(rows)), bot.MaxTitle),
		Private: c.private(),
	}
	if month == c.current() {
		msg.Note = c.say("forecast.rule")
	}
	if len(rows) > 0 {
		msg.Table = table
	} else {
		msg.Title = c.say("why.none", "month", c.month(month))
	}
	if sight != 0 {
		msg.Text = []string{c.say("why.own")}
	}
	return msg, nil
}

// numberKind reads which number is meant: by its name, or as it was shown, which
// can only be the forecast's.
type numberKind struct{ choiceKind }

// Read implements bot.Kind.
func (k numberKind) Read(ctx context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) > 0 && strings.Trim(span.Words[0].Text, "0123456789.,") == "" {
		return bot.Reading{Value: "forecast", Words: 1, Canonical: "forecast"}, nil
	}
	return k.choiceKind.Read(ctx, req, span)
}

// currencyKind reads an ISO 4217 code. Its value is the code, a string.
type currencyKind struct{}

func (currencyKind) ID() string { return "currency" }

// Read implements bot.Kind.
func (currencyKind) Read(_ context.Context, _ bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) == 0 {
		return bot.Reading{}, nil
	}
	code := strings.ToUpper(span.Words[0].Text)
	if _, ok := typed.Digits(code); !ok {
		return bot.Reading{}, bot.Problem("amount.unknown_currency", "typed", brief(code, 20), "currency", brief(code, 20))
	}
	return bot.Reading{Value: code, Words: 1, Canonical: code}, nil
}

// ReadEnd implements bot.Ender.
func (k currencyKind) ReadEnd(ctx context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	last := bot.Span{Text: span.Text, Words: span.Words[len(span.Words)-1:]}
	reading, err := k.Read(ctx, req, last)
	return reading, unlessProblem(err)
}
