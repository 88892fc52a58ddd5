package commands

import (
	"context"
	"strings"
	"time"

	"fifteen/bot"
	"fifteen/commands/internal/typed"
	"fifteen/scoring"
	"fifteen/storage"
)

// forecast says what may be counted on: this month's won and closing deals
// against the target, a past month's won deals, or a later month's target.
func forecast(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "forecast", Summary: "forecast.summary", Examples: []string{"forecast", "forecast 2026-12", "forecast @ivanov"},
		Args: []bot.Arg{
			{Name: "month", Kind: k.month, Optional: true},
			{Name: "who", Kind: k.who, Optional: true},
		},
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) {
			month := c.current()
			if c.req.Has("month") {
				month = bot.Value[typed.Month](c.req, "month")
			}
			sight, err := c.listed(ctx)
			if err != nil {
				return bot.Message{}, err
			}
			figures, err := c.monthFigures(ctx, month, sight)
			if err != nil {
				return bot.Message{}, err
			}
			if month.Compare(c.current()) > 0 {
				return c.later(figures), nil
			}
			return c.present(ctx, figures, sight)
		}),
	}
}

// monthFigures are one month's won and closing deals with its targets.
type monthFigures struct {
	month    typed.Month
	present  bool
	sight    int64
	forecast scoring.Forecast
	// team is the whole team's forecast where the asker sees only own deals.
	team    *scoring.Forecast
	targets []storage.Target
}

// monthFigures reads a month for whoever the asker sees. The present month
// counts open closing deals too, whatever their expected close.
func (c *call) monthFigures(ctx context.Context, month typed.Month, sight int64) (monthFigures, error) {
	figures := monthFigures{month: month, present: month == c.current(), sight: sight}
	var err error
	if figures.forecast, err = c.forecastOf(ctx, figures, sight); err != nil {
		return monthFigures{}, err
	}
	if figures.targets, err = c.tx.Targets(ctx, month.String(), sight); err != nil || sight == 0 {
		return figures, err
	}
	team, err := c.forecastOf(ctx, figures, 0)
	figures.team = &team
	return figures, err
}

func (c *call) forecastOf(ctx context.Context, figures monthFigures, owner int64) (scoring.Forecast, error) {
	from, to := c.span(figures.month)
	won, err := c.tx.WonAmounts(ctx, owner, from, to)
	if err != nil || !figures.present {
		return scoring.ForecastOf(won, nil), err
	}
	closing, err := c.tx.OpenAmounts(ctx, owner, scoring.ClosingFrom, scoring.BestScore)
	return scoring.ForecastOf(won, closing), err
}

// span returns when a month begins and ends where the workspace is.
func (c *call) span(month typed.Month) (from, to time.Time) {
	return month.Start(c.home), month.Next().Start(c.home)
}

// thisMonth names the present month.
func (c *call) thisMonth() string { return c.month(c.current()) }

// monthLines writes one line per currency: "November: 58,000 of 80,000 EUR (won
// 16,500 + closing 41,500)", for the asker and, where that is less, the team.
func (c *call) monthLines(f monthFigures) []string {
	var lines []string
	for _, total := range f.totals() {
		lines = append(lines, c.monthLine(f, total))
	}
	if f.forecast.Unpriced > 0 {
		lines = append(lines, c.say("forecast.unpriced", "count", f.forecast.Unpriced))
	}
	if f.team != nil {
		if sum := c.sums(*f.team, scoring.Total.Sum); sum != "" {
			lines = append(lines, c.say("forecast.team", "sum", sum))
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return []string{strings.Join(lines, "\n")}
}

// totals returns the forecast's totals, and an empty one for each currency that
// only has a target.
func (f monthFigures) totals() []scoring.Total {
	totals := f.forecast.Totals
	for _, target := range f.targets {
		known := false
		for _, total := range totals {
			known = known || total.Currency == target.Amount.Currency
		}
		if !known {
			totals = append(totals, scoring.Total{Currency: target.Amount.Currency})
		}
	}
	return totals
}

func (f monthFigures) target(currency string) (scoring.Money, bool) {
	for _, target := range f.targets {
		if target.Amount.Currency == currency {
			return target.Amount, true
		}
	}
	return scoring.Money{}, false
}

func (c *call) monthLine(f monthFigures, t scoring.Total) string {
	args := []any{
		"month", c.month(f.month), "sum", c.money(scoring.Money{Minor: t.Sum(), Currency: t.Currency}),
		"won", c.number(t.Won, t.Currency), "closing", c.number(t.Closing, t.Currency),
	}
	key := "forecast.line"
	if target, ok := f.target(t.Currency); ok {
		args = append(args, "bare", c.number(t.Sum(), t.Currency), "target", c.money(target))
		key = "forecast.line.target"
	}
	if !f.present {
		key += ".past"
	}
	return c.say(key, args...)
}

// number writes an amount without its currency.
func (s speech) number(minor int64, currency string) string {
	text := s.money(scoring.Money{Minor: minor, Currency: currency})
	return strings.TrimSpace(strings.Replace(text, currency, "", 1))
}

// sums writes a part of each currency's total: "41,500 EUR + 3,000 USD".
func (s speech) sums(f scoring.Forecast, part func(scoring.Total) int64) string {
	var sums []string
	for _, total := range f.Totals {
		if n := part(total); n > 0 {
			sums = append(sums, s.money(scoring.Money{Minor: n, Currency: total.Currency}))
		}
	}
	return strings.Join(sums, " + ")
}

// closingSum writes what the closing deals are worth.
func (c *call) closingSum(f monthFigures) string {
	sum := c.sums(f.forecast, func(t scoring.Total) int64 { return t.Closing })
	if sum == "" {
		return c.say("money.unknown")
	}
	return sum
}

// present answers for this month or a past one.
func (c *call) present(ctx context.Context, f monthFigures, sight int64) (bot.Message, error) {
	if len(f.forecast.Totals) == 0 && f.forecast.Unpriced == 0 {
		return c.nothingYet(ctx, f, sight)
	}
	lines := c.monthLines(f)
	first, rest, _ := strings.Cut(lines[0], "\n")
	msg := bot.Message{Title: brief(first, bot.MaxTitle), Private: c.private()}
	if rest != "" {
		msg.Text = []string{rest}
	}
	for _, total := range f.totals() {
		if target, ok := f.target(total.Currency); ok && f.present {
			msg.Text = append(msg.Text, c.gap(target, total))
		}
	}
	msg.Buttons = []bot.Button{c.whyButton(f)}
	if f.present {
		msg.Buttons = append(msg.Buttons, c.button("button.who", "who"), c.button("button.next", "next"))
		msg.Note = c.say("forecast.rule")
	}
	return msg, nil
}

// gap says how far the month is from its target.
func (c *call) gap(target scoring.Money, total scoring.Total) string {
	gap := target.Minor - total.Sum()
	if gap <= 0 {
		return c.say("forecast.reached", "over", c.money(scoring.Money{Minor: -gap, Currency: target.Currency}))
	}
	return c.say("forecast.gap", "gap", c.money(scoring.Money{Minor: gap, Currency: target.Currency}))
}

// nothingYet says that nothing may be counted on, and what is the nearest.
func (c *call) nothingYet(ctx context.Context, f monthFigures, sight int64) (bot.Message, error) {
	if !f.present {
		return bot.Message{Title: c.say("forecast.none.past", "month", c.month(f.month))}, nil
	}
	msg, err := c.nobody(ctx, sight, f)
	msg.Title = c.say("forecast.none", "month", c.month(f.month))
	return msg, err
}

// later answers for a month that has not begun.
func (c *call) later(f monthFigures) bot.Message {
	msg := bot.Message{
		Title: c.say("forecast.later", "month", c.month(f.month)), Buttons: []bot.Button{c.button("button.who", "who")},
	}
	targets := make([]string, 0, len(f.targets))
	for _, target := range f.targets {
		targets = append(targets, c.money(target.Amount))
	}
	if len(targets) == 0 {
		msg.Text = []string{c.say("forecast.notarget")}
	} else {
		msg.Text = []string{c.say("forecast.target", "target", strings.Join(targets, " + "))}
	}
	return msg
}

// whyButton leads to the rows behind a month's first total.
func (c *call) whyButton(f monthFigures) bot.Button {
	line := "why forecast " + f.month.String()
	label := c.say("button.why")
	if totals := f.forecast.Totals; len(totals) > 0 {
		line += " " + totals[0].Currency
		label = c.say("button.why.sum", "sum", c.number(totals[0].Sum(), totals[0].Currency))
	}
	return bot.Button{Label: brief(label, bot.MaxButtonLabel), Line: line}
}
