package commands

import (
	"context"
	"slices"
	"strings"
	"time"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// sentenceItems is how many things are told in one sentence; more have a line each,
// and more than lineItems a table of their own.
const (
	sentenceItems = 4
	lineItems     = 12
)

// whoDigest is who as a schedule tells it: the headline, and below each closing
// deal, what took the total from what it was a week ago, and how those ended that
// were first shown two weeks ago.
func (c *call) whoDigest(ctx context.Context, sight int64, closing []storage.Deal, month monthFigures) (bot.Message, error) {
	if err := c.useOwnWords(ctx); err != nil {
		return bot.Message{}, err
	}
	d := &closingDigest{call: c, sight: sight, past: c.showings()}
	if err := d.read(ctx, closing); err != nil {
		return bot.Message{}, err
	}
	msg := c.whoHeadline(closing, month)
	var buttons []bot.Button
	if len(closing) == 0 {
		var err error
		if msg, err = c.nobody(ctx, sight, month); err != nil {
			return bot.Message{}, err
		}
	} else {
		table, err := c.closingTable(ctx, closing)
		if err != nil {
			return bot.Message{}, err
		}
		msg.Details, buttons = []bot.Message{{Table: table}}, c.whoButtons(closing, month)
	}
	if sight == c.req.Member.ID {
		msg.Private = false // whoever scheduled it there shows nobody else's deals
	}
	told, err := d.tell(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	msg.Details = append(msg.Details, told...)
	if n := len(msg.Details); n > 0 {
		msg.Details[n-1].Buttons = buttons
	}
	return msg, nil
}

// showings returns when the schedule's line was answered before, without what
// has no day.
func (c *call) showings() []scoring.Showing {
	var past []scoring.Showing
	for _, firing := range c.req.Slot.Past {
		day, err := time.Parse(time.DateOnly, firing.Date)
		if err == nil && firing.At.Before(c.now) {
			past = append(past, scoring.Showing{Day: day, At: firing.At})
		}
	}
	return past
}

// closingDigest is what a digest says of the closing band's past.
type closingDigest struct {
	*call
	sight int64 // 0 for the team
	past  []scoring.Showing
	// then is the moment a week ago that the bridge begins at.
	then    time.Time
	cohorts []scoring.Cohort
	deals   []scoring.ClosingPast
	known   map[int64]storage.ClosingDeal
}

// read reads how the deals came to where they are.
func (d *closingDigest) read(ctx context.Context, closing []storage.Deal) error {
	d.then = weekBefore(d.now, d.past)
	begin := d.then
	if day, err := time.Parse(time.DateOnly, d.req.Slot.Date); err == nil {
		d.cohorts = scoring.CohortsDue(d.past, day)
	}
	for _, cohort := range d.cohorts {
		if cohort.Begins().Before(begin) {
			begin = cohort.Begins()
		}
	}
	changed, err := d.tx.ClosingsSince(ctx, begin)
	if err != nil {
		return err
	}
	d.known = make(map[int64]storage.ClosingDeal, len(changed)+len(closing))
	for _, deal := range changed {
		d.deals, d.known[deal.Deal] = append(d.deals, deal.ClosingPast), deal
	}
	for _, open := range closing {
		if _, ok := d.known[open.Number]; !ok {
			deal := storage.ClosingOf(open)
			d.deals, d.known[deal.Deal] = append(d.deals, deal.ClosingPast), deal
		}
	}
	return nil
}

// weekBefore returns the moment of the showing that is nearest to a week ago and
// at most three days from there, or a week ago.
func weekBefore(now time.Time, past []scoring.Showing) time.Time {
	ago := now.Add(-7 * day)
	best, found := 3*day, ago
	for _, showing := range past {
		if distance := showing.At.Sub(ago).Abs(); distance <= best {
			best, found = distance, showing.At
		}
	}
	return found
}

// tell writes what is told below the deals. Short lists are paragraphs of one
// message, long ones tables of their own.
func (d *closingDigest) tell(ctx context.Context) ([]bot.Message, error) {
	lists, err := d.bridges(ctx)
	if err != nil {
		return nil, err
	}
	var short bot.Message
	var told []bot.Message
	for _, list := range append(lists, d.ends()...) {
		if len(list.items) > lineItems {
			told = append(told, list.table())
			continue
		}
		short.Text = append(short.Text, list.paragraph())
	}
	if short.Empty() {
		return told, nil
	}
	return append([]bot.Message{short}, told...), nil
}

// A tale is a head, and items that each have a number, or none, and words.
type tale struct {
	head  string
	items [][2]string
}

// paragraph writes "head: number words · number words", and from five items on
// each in a line of its own.
func (t tale) paragraph() string {
	items := make([]string, len(t.items))
	for i, item := range t.items {
		items[i] = joined(" ", item[0], item[1])
	}
	if len(items) > sentenceItems {
		return t.head + ":\n" + strings.Join(items, "\n")
	}
	return joined(": ", t.head, strings.Join(items, " · "))
}

// table writes a row for each item.
func (t tale) table() bot.Message {
	msg := bot.Message{Text: []string{t.head + ":"}, Table: &bot.Table{Columns: []bot.Column{{Right: true}, {}}}}
	numbered := slices.ContainsFunc(t.items, func(item [2]string) bool { return item[0] != "" })
	if !numbered {
		msg.Table.Columns = msg.Table.Columns[1:]
	}
	for _, item := range t.items {
		row := []string{item[0], brief(item[1], bot.MaxCell)}
		if !numbered {
			row = row[1:]
		}
		msg.Table.Rows = append(msg.Table.Rows, row)
	}
	return msg
}

// ends says how the deals ended that were first shown two weeks ago, the won ones
// first.
func (d *closingDigest) ends() []tale {
	var tales []tale
	for _, cohort := range d.cohorts {
		head := d.say("shown.on", "day", d.date(cohort.Day.Format(time.DateOnly)))
		if cohort.Day.AddDate(0, 0, 14).Format(time.DateOnly) == d.req.Slot.Date {
			head = d.say("shown.ago")
		}
		ended := map[string][][2]string{}
		for _, past := range d.deals {
			if cohort.Holds(past, d.sight) && (d.sight == 0 || past.Now.Owner == d.sight) {
				key, words := d.end(d.known[past.Deal])
				ended[key] = append(ended[key], [2]string{"", words})
			}
		}
		if items := slices.Concat(ended["shown.won"], ended["shown.lost"], ended["shown.slipped"]); len(items) > 0 {
			tales = append(tales, tale{head, items})
		}
	}
	return tales
}

// end says how a deal ended: won, lost, or slipped, which is all else.
func (d *closingDigest) end(deal storage.ClosingDeal) (key, words string) {
	name := brief(deal.Name, 60)
	switch deal.Now.Where {
	case scoring.BandWon:
		key = "shown.won"
	case scoring.BandLost:
		return "shown.lost", d.lost(deal, "shown.lost", "shown.lost.why")
	default:
		key = "shown.slipped"
	}
	return key, d.say(key, "deal", name)
}

// lost says that a deal was lost, and why if it is known.
func (d *closingDigest) lost(deal storage.ClosingDeal, key, keyWhy string) string {
	reason := brief(d.reason(deal.Reason), 60)
	if reason != "" {
		key = keyWhy
	}
	return d.say(key, "deal", brief(deal.Name, 60), "reason", reason)
}
