package commands

import (
	"context"
	"strconv"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// pageSize is how many deals one answer lists, and maxPage how far people leaf.
const (
	pageSize = 20
	maxPage  = 500
)

// deals lists open deals, highest score first.
func deals(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "deals", Summary: "deals.summary", Examples: []string{"deals", "deals @ivanov", "deals advancing"},
		Args: []bot.Arg{
			{Name: "band", Kind: k.band, Optional: true},
			{Name: "page", Kind: pageKind{}, Optional: true, Hidden: true},
			{Name: "who", Kind: k.who, Optional: true, Rest: true},
		},
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) {
			owner, err := c.listed(ctx)
			if err != nil {
				return bot.Message{}, err
			}
			band := c.req.Text("band")
			low, high := bandRange(band)
			page := int(c.req.Int("page", 1))
			found, err := c.tx.OpenDeals(ctx, owner, low, high, page*pageSize+1)
			if err != nil {
				return bot.Message{}, err
			}
			skip := (page - 1) * pageSize
			if len(found) <= skip {
				return c.noDeals(band), nil
			}
			return c.listDeals(ctx, found[skip:], owner, band, page)
		}),
	}
}

// listed returns whose deals are listed: those of the one who was named, else
// all that the asker sees.
func (c *call) listed(ctx context.Context) (int64, error) {
	sight, err := c.sight(ctx)
	if err != nil || !c.req.Has("who") {
		return sight, err
	}
	id := bot.Value[int64](c.req, "who")
	if sight != 0 && id != sight {
		return 0, bot.Problem("who.manager")
	}
	return id, nil
}

// bandRange returns the lowest and highest score of a band, of all without one.
func bandRange(band string) (low, high int) {
	switch band {
	case scoring.Closing.String():
		return scoring.ClosingFrom, scoring.BestScore
	case scoring.Advancing.String():
		return scoring.AdvancingFrom, scoring.ClosingFrom - 1
	case scoring.Developing.String():
		return 0, scoring.AdvancingFrom - 1
	default:
		return 0, scoring.BestScore
	}
}

func (c *call) noDeals(band string) bot.Message {
	text := c.say("deals.none")
	if band != "" {
		text = c.say("deals.none.band", "band", c.say("band."+band))
	}
	return bot.Message{Text: []string{text}, Buttons: []bot.Button{c.button("button.add", "deal add")}}
}

func (c *call) listDeals(ctx context.Context, found []storage.Deal, owner int64, band string, page int) (bot.Message, error) {
	more := len(found) > pageSize
	found = found[:min(len(found), pageSize)]
	title, err := c.listTitle(ctx, owner, band, len(found), more, page)
	if err != nil {
		return bot.Message{}, err
	}
	table := &bot.Table{Columns: []bot.Column{{Right: true}, {}, {}, {Right: true}, {}, {}}}
	for _, deal := range found {
		handle, err := c.handle(ctx, deal.Owner)
		if err != nil {
			return bot.Message{}, err
		}
		table.Rows = append(table.Rows, []string{
			strconv.Itoa(deal.Standing.Total), hash(deal.Number), brief(deal.Name, 60), c.money(deal.Amount),
			brief(handle, 40), c.listMark(deal),
		})
	}
	msg := bot.Message{Title: title, Table: table, Private: c.private()}
	if more {
		line := joined(" ", "deals", band, "page"+strconv.Itoa(page+1))
		if c.req.Has("who") {
			m, err := c.member(ctx, owner)
			if err != nil {
				return bot.Message{}, err
			}
			line += " " + memberReading(m.ID, m.Name, 1).Canonical
		}
		msg.Buttons = append(msg.Buttons, c.button("button.more", line))
	}
	return msg, nil
}

// listTitle says how many deals there are, and which of them are shown.
func (c *call) listTitle(ctx context.Context, owner int64, band string, shown int, more bool, page int) (string, error) {
	count := shown
	if band == "" {
		var err error
		if count, err = c.tx.CountOpen(ctx, owner); err != nil {
			return "", err
		}
	}
	title := c.say("deals.title", "count", count)
	if band != "" {
		title = c.say("deals.title."+band, "count", count)
	}
	if more || page > 1 {
		first := (page-1)*pageSize + 1
		title = c.say("deals.part", "first", first, "last", first+shown-1, "count", count)
		if band != "" {
			title = c.say("deals.part.band", "first", first, "last", first+shown-1, "band", c.say("band."+band))
		}
	}
	return title, nil
}

// listMark says what is to be done about a deal in a list.
func (c *call) listMark(deal storage.Deal) string {
	switch {
	case c.waits(deal):
		return c.say("mark.waits", "day", c.date(deal.WaitOn))
	case !deal.Standing.ScoredAt.IsZero() && deal.Standing.Stale(c.now):
		return c.say("mark.stale", "count", c.days(deal.Standing.ScoredAt))
	case deal.Standing.ScoredAt.IsZero():
		return c.say("mark.unscored")
	default:
		return brief(c.nextStep(deal), 60)
	}
}

// pageKind reads the page of a list, "page2". Its value is an int64.
type pageKind struct{}

func (pageKind) ID() string { return "page" }

// Read implements bot.Kind.
func (pageKind) Read(_ context.Context, _ bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) == 0 {
		return bot.Reading{}, nil
	}
	text := span.Words[0].Text
	if len(text) < 5 || text[:4] != "page" {
		return bot.Reading{}, nil
	}
	n, ok := bot.ParseNumber(bot.Word{Text: text[4:]})
	if !ok || n > maxPage {
		return bot.Reading{}, nil
	}
	return bot.Reading{Value: n, Words: 1, Canonical: text}, nil
}
