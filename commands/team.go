package commands

import (
	"context"
	"strconv"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// team lists the members, and for a manager how many deals each has.
func team(d *Deps) bot.Command {
	return bot.Command{
		Name: "team", Summary: "team.summary", Examples: []string{"team"},
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) {
			members, err := c.tx.Members(ctx)
			if err != nil {
				return bot.Message{}, err
			}
			msg := bot.Message{Title: c.say("team.title", "count", len(members)), Private: c.private()}
			msg.Table = &bot.Table{Columns: []bot.Column{{}, {}}}
			if c.manages() {
				msg.Table.Columns = append(msg.Table.Columns, bot.Column{Right: true}, bot.Column{Right: true})
			}
			for _, m := range members {
				row, err := c.teamRow(ctx, m)
				if err != nil {
					return bot.Message{}, err
				}
				msg.Table.Rows = append(msg.Table.Rows, row)
			}
			err = c.showVisitors(ctx, &msg)
			return msg, err
		}),
	}
}

func (c *call) teamRow(ctx context.Context, m storage.Member) ([]string, error) {
	role := c.say("role." + m.Role)
	if !m.Active {
		role = c.say("team.gone")
	}
	name := brief("@"+m.Name, 60)
	if !c.manages() {
		return []string{name, role}, nil
	}
	if m.Active && c.isAway(m) {
		role += ", " + c.say("mark.away", "day", c.date(m.AwayUntil))
	}
	open, err := c.tx.CountOpen(ctx, m.ID)
	if err != nil {
		return nil, err
	}
	closing, err := c.tx.OpenDeals(ctx, m.ID, scoring.ClosingFrom, scoring.BestScore, everything)
	if err != nil {
		return nil, err
	}
	return []string{
		name, role, c.say("team.open", "count", open), c.say("team.closing", "number", strconv.Itoa(len(closing))),
	}, nil
}

// role gives a member a role.
func role(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "role", Summary: "role.summary", Writes: true, Role: bot.Admin,
		Examples: []string{"role @ivanov manager"},
		Args:     []bot.Arg{{Name: "who", Kind: k.who}, {Name: "role", Kind: k.role}},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			id, to := bot.Value[int64](c.req, "who"), c.req.Text("role")
			if err := c.tx.Lock(ctx); err != nil { // two admins must not demote each other at once
				return bot.Message{}, err
			}
			m, err := c.member(ctx, id)
			if err != nil {
				return bot.Message{}, err
			}
			name := brief("@"+m.Name, 60)
			if m.Role == to {
				return bot.Message{Text: []string{c.say("role.same", "who", name, "role", c.say("role.a."+to))}}, nil
			}
			if err := c.keepsAdmin(ctx, m); err != nil {
				return bot.Message{}, err
			}
			c.people = true
			if err := c.tx.SetRole(ctx, id, to, c.author("role")); err != nil {
				return bot.Message{}, err
			}
			err = c.tell(ctx, id, func(s speech) bot.Message {
				return bot.Message{Text: []string{s.say("told.role", "who", "@"+c.req.Member.Name, "role", s.say("role.a."+to))}}
			})
			return bot.Message{
				Text:    []string{c.say("role.done", "who", name, "role", c.say("role.a."+to))},
				Buttons: []bot.Button{c.undoButton()},
			}, err
		}),
	}
}

// keepsAdmin refuses to take the last admin's role away.
func (c *call) keepsAdmin(ctx context.Context, m storage.Member) error {
	if m.Role != bot.Admin.String() {
		return nil
	}
	members, err := c.tx.Members(ctx)
	if err != nil {
		return err
	}
	for _, other := range members {
		if other.ID != m.ID && other.Active && other.Role == bot.Admin.String() {
			return nil
		}
	}
	return bot.Problem("role.last", "who", brief("@"+m.Name, 60))
}
