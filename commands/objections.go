package commands

import (
	"context"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// askOvercome asks once, when a deal is won, which objection was overcome.
func (c *call) askOvercome(ctx context.Context, deal storage.Deal, msg *bot.Message) error {
	if deal.Overcame.Reason != "" {
		return nil
	}
	home, err := c.tx.Workspace(ctx)
	if err != nil {
		return err
	}
	msg.Menu = &bot.Menu{Label: c.say("overcame.ask")}
	for _, reason := range append(allReasons(home), storage.NoObjection) {
		if len(msg.Menu.Options) == bot.MaxOptions {
			break
		}
		msg.Menu.Options = append(msg.Menu.Options, bot.Button{
			Label: brief(c.reason(reason), bot.MaxOptionLabel), Line: dealLine("overcame", deal, string(reason)),
		})
	}
	return nil
}

// overcame keeps which objection was overcome before a deal was won, and how.
func overcame(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "overcame", Summary: "overcame.summary", Writes: true,
		Examples: []string{"overcame Acme price they saw what a day without film costs"},
		Args: []bot.Arg{
			{Name: "deal", Kind: k.ended},
			{Name: "objection", Kind: k.objection},
			{Name: "how", Kind: bot.TextKind, Optional: true, Rest: true, Long: true},
		},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			if err := c.useOwnWords(ctx); err != nil {
				return bot.Message{}, err
			}
			before, err := c.deal(ctx, dealCard)
			if err != nil {
				return bot.Message{}, err
			}
			if before.Outcome != scoring.Won {
				return bot.Message{}, bot.Problem("overcame.notwon", "deal", brief(before.Name, 60)).Button(c.show(before)).End()
			}
			reason := scoring.Reason(c.req.Text("objection"))
			if reason != storage.NoObjection && !c.req.Has("how") {
				return bot.Message{}, bot.Missing("how", "ask.overcame.how")
			}
			after := before
			after.Overcame = storage.Objection{Reason: reason, How: c.req.Text("how")}
			if reason == storage.NoObjection {
				after.Overcame.How = ""
			}
			after, err = c.tx.SaveDeal(ctx, before, after, c.author("overcame"))
			if err != nil {
				return bot.Message{}, err
			}
			if after.Revision == before.Revision {
				return c.unchanged(after), nil
			}
			said := c.say("overcame.nothing", "deal", brief(after.Name, 60))
			if reason != storage.NoObjection {
				said = c.say("overcame.done", "reason", lowered(c.reason(reason)))
			}
			msg := c.corrected(after, said)
			if reason != storage.NoObjection {
				msg.Buttons = append(msg.Buttons, c.button("button.objections", "objections "+string(reason)))
			}
			return msg, nil
		}),
	}
}

// shownObjections is how many objections that were overcome are shown.
const shownObjections = 15

// objections shows what overcame objections before.
func objections(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "objections", Summary: "objections.summary", Examples: []string{"objections", "objections price"},
		Args: []bot.Arg{{Name: "reason", Kind: k.reason, Optional: true}},
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) {
			if err := c.useOwnWords(ctx); err != nil {
				return bot.Message{}, err
			}
			reason := scoring.Reason(c.req.Text("reason"))
			found, err := c.tx.Overcomings(ctx, reason, shownObjections)
			if err != nil {
				return bot.Message{}, err
			}
			if len(found) == 0 {
				return bot.Message{Text: []string{c.say("objections.empty")}}, nil
			}
			title := c.say("objections.title", "count", len(found))
			if reason != "" {
				title = c.say("objections.title.reason", "reason", c.reason(reason))
			}
			msg := bot.Message{
				Title: brief(title, bot.MaxTitle), Table: &bot.Table{Columns: []bot.Column{{}, {}, {}}}, Private: c.private(),
			}
			if reason != "" { // which the title says
				msg.Table.Columns = msg.Table.Columns[1:]
			}
			for _, o := range found {
				who, err := c.handle(ctx, o.Owner)
				if err != nil {
					return bot.Message{}, err
				}
				row := []string{brief(c.reason(o.Reason), 40), brief(o.How, bot.MaxCell), brief(who, 40) + ", " + c.day(o.At)}
				msg.Table.Rows = append(msg.Table.Rows, row[len(row)-len(msg.Table.Columns):])
			}
			return msg, nil
		}),
	}
}
