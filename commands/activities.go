package commands

import (
	"context"
	"slices"
	"time"

	"fifteen/bot"
	"fifteen/storage"
)

// activityDays is how far back activities looks: a week.
const activityDays = 7

// activities shows what the reps have reported: a manager each of them, a rep the
// own beside the time before, a channel the team's sums.
func activities(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "activities", Summary: "activities.summary",
		Examples: []string{"activities", "activities 4 weeks", "activities me 13w"},
		Args: []bot.Arg{
			{Name: "who", Kind: spanWhoKind{k.who}, Optional: true, Rest: true},
			{Name: "window", Kind: k.window, Optional: true},
		},
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) {
			days := int(c.req.Int("window", activityDays))
			from, to := c.lookBack(days)
			earlier, _ := c.lookBack(2 * days)
			switch {
			case !c.req.Has("who") && !c.req.Chat.Private:
				return c.beside(ctx, 0, days, []time.Time{earlier, from, to})
			case !c.req.Has("who") && c.manages():
				return c.byMember(ctx, days, from, to)
			}
			member, err := c.whose()
			if err != nil {
				return bot.Message{}, err
			}
			return c.beside(ctx, member, days, []time.Time{earlier, from, to})
		}),
	}
}

// beside shows what one member, or the team for 0, did in a window and in the one
// before. What one member did is never shown to a channel.
func (c *call) beside(ctx context.Context, member int64, days int, bounds []time.Time) (bot.Message, error) {
	before, err := c.tx.ActivityTotals(ctx, member, bounds[0], bounds[1])
	if err != nil {
		return bot.Message{}, err
	}
	now, err := c.tx.ActivityTotals(ctx, member, bounds[1], bounds[2])
	if err != nil {
		return bot.Message{}, err
	}
	msg := bot.Message{Title: c.say("activities.title", "days", c.windowWords(days))}
	if member != 0 {
		who, err := c.handle(ctx, member)
		if err != nil {
			return bot.Message{}, err
		}
		msg.Title = c.say("activities.title.of", "who", brief(who, 60), "days", c.windowWords(days))
		msg.Private = !c.req.Chat.Private
	}
	table := &bot.Table{Columns: []bot.Column{
		{}, {Name: c.say("refusals.now"), Right: true}, {Name: c.say("refusals.before"), Right: true},
	}}
	for _, kind := range kindsOf(before, now) {
		table.Rows = append(table.Rows, []string{
			c.say("activity." + kind), c.locale().Number(countOf(now, 0, kind)), c.locale().Number(countOf(before, 0, kind)),
		})
	}
	return c.reported(msg, table), nil
}

// byMember shows what each member did, a row each, and the sums.
func (c *call) byMember(ctx context.Context, days int, from, to time.Time) (bot.Message, error) {
	totals, err := c.tx.ActivityTotals(ctx, 0, from, to)
	if err != nil {
		return bot.Message{}, err
	}
	members, err := c.tx.Members(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	kinds := kindsOf(totals)
	table := &bot.Table{Columns: []bot.Column{{}}}
	for _, kind := range kinds {
		table.Columns = append(table.Columns, bot.Column{Name: c.say("activity." + kind), Right: true})
	}
	row := func(name string, member int64) {
		cells := append(make([]string, 0, 1+len(kinds)), name)
		for _, kind := range kinds {
			cells = append(cells, c.locale().Number(countOf(totals, member, kind)))
		}
		table.Rows = append(table.Rows, cells)
	}
	for _, m := range members {
		reported := slices.ContainsFunc(totals, func(t storage.ActivityTotal) bool { return t.Member == m.ID })
		if reported || m.Active && m.Role == bot.Rep.String() { // who reported nothing is seen too
			row(brief("@"+m.Name, 40), m.ID)
		}
	}
	row(c.say("activities.team"), 0)
	if len(kinds) == 0 {
		table.Rows = nil
	}
	return c.reported(bot.Message{Title: c.say("activities.title", "days", c.windowWords(days))}, table), nil
}

// reported adds the table, or says that there is nothing.
func (c *call) reported(msg bot.Message, table *bot.Table) bot.Message {
	if len(table.Rows) == 0 {
		msg.Text = []string{c.say("activities.nothing")}
		return msg
	}
	msg.Table = table
	return msg
}

// kindsOf returns the kinds of activity that occur.
func kindsOf(all ...[]storage.ActivityTotal) []string {
	return slices.DeleteFunc(slices.Clone(activityKinds), func(kind string) bool {
		return !slices.ContainsFunc(all, func(totals []storage.ActivityTotal) bool { return countOf(totals, 0, kind) > 0 })
	})
}
