package commands

import (
	"context"
	"slices"
	"strings"

	"fifteen/bot"
	"fifteen/commands/internal/typed"
	"fifteen/storage"
)

// away shows who is away, or keeps until when somebody is.
func away(d *Deps, k kinds) bot.Command {
	show := d.read(showAway)
	change := d.write(func(ctx context.Context, c *call) (bot.Message, error) {
		return c.goAway(ctx, bot.Value[typed.Date](c.req, "until"), nameAway)
	})
	return bot.Command{
		Name: nameAway, Summary: "away.summary",
		Examples: []string{"away until fri", "away until 8 Dec @ivanov", "away", "away over"},
		Args: []bot.Arg{
			{Name: "until", Kind: k.until, Optional: true, Writes: true},
			{Name: "who", Kind: k.who, Optional: true},
		},
		Run: func(ctx context.Context, req bot.Request) (bot.Reply, error) {
			switch {
			case req.Has("until"):
				return change(ctx, req)
			case req.Has("who"):
				return bot.Reply{}, bot.Missing("until", "ask.away.until")
			}
			return show(ctx, req)
		},
	}
}

// back says that somebody is here again.
func back(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: nameBack, Summary: "back.summary", Writes: true, Examples: []string{"back", "back @ivanov"},
		Args: []bot.Arg{{Name: "who", Kind: k.who, Optional: true}},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			return c.goAway(ctx, typed.Date{}, nameBack)
		}),
	}
}

// goAway keeps until when the person that the line names is away; no day is here
// again.
func (c *call) goAway(ctx context.Context, until typed.Date, command string) (bot.Message, error) {
	before, err := c.awayer(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	if c.req.Revision > 0 && c.req.Revision != before.Revision {
		return bot.Message{}, bot.Problem("away.moved")
	}
	after := before
	after.AwayUntil = isoDate(until)
	if until != (typed.Date{}) {
		if err := c.ahead(until); err != nil {
			return bot.Message{}, err
		}
	} else if !c.isAway(before) {
		return bot.Message{Text: []string{c.sayOf(before, "away.not")}, Private: !c.req.Chat.Private}, nil
	}
	if err := c.tx.SaveMember(ctx, before, after, c.author(command)); err != nil {
		return bot.Message{}, err
	}
	msg := bot.Message{Text: []string{c.sayOf(after, "away.back")}, Buttons: []bot.Button{c.undoButton()}}
	if until != (typed.Date{}) {
		home, err := c.tx.Workspace(ctx)
		if err != nil {
			return bot.Message{}, err
		}
		msg.Text[0] = c.awayUntil(home, after)
	}
	msg.Private = !c.req.Chat.Private
	if before == after {
		msg.Buttons, msg.Note = nil, c.say("settings.same")
		return msg, nil
	}
	return msg, c.tell(ctx, after.ID, func(s speech) bot.Message {
		text := s.say("told.back", "who", "@"+c.req.Member.Name)
		if after.AwayUntil != "" {
			text = s.say("told.away", "who", "@"+c.req.Member.Name, "day", s.date(after.AwayUntil))
		}
		return bot.Message{Text: []string{text}}
	})
}

// awayer returns the member that the line is about: the asker, or for a manager
// anybody who is not gone.
func (c *call) awayer(ctx context.Context) (storage.Member, error) {
	id := c.req.Member.ID
	if c.req.Has("who") {
		id = bot.Value[int64](c.req, "who")
	}
	if id != c.req.Member.ID {
		if !c.manages() {
			return storage.Member{}, bot.Problem("away.manager")
		}
		if _, err := c.heir(ctx, id); err != nil {
			return storage.Member{}, err
		}
	}
	return c.tx.Member(ctx, id)
}

// isAway tells whether a member is away today, where the member's days begin.
func (c *call) isAway(m storage.Member) bool {
	return m.AwayUntil > typed.DateOf(c.now.In(zoneOf(m.Zone, c.home))).String()
}

// sayOf says something to the asker about a member, who may be the same.
func (c *call) sayOf(m storage.Member, key string, args ...any) string {
	if m.ID == c.req.Member.ID {
		return c.say(key, args...)
	}
	return c.say(key+".who", append(args, "who", brief("@"+m.Name, 40))...)
}

// awayUntil says until when somebody is away, and when the first question comes.
func (c *call) awayUntil(home storage.Workspace, m storage.Member) string {
	zone := zoneOf(m.Zone, c.home)
	day := c.date(m.AwayUntil)
	next, ok := calendarOf(home, m, zone).Next(c.now)
	if !ok {
		return c.sayOf(m, "away.until", "day", day)
	}
	there := c.speech
	there.zone = zone
	return c.sayOf(m, "away.ask", "day", day, "moment", there.moment(next))
}

// backButton says that the asker is here again.
func (s speech) backButton(me storage.Member) bot.Button {
	return s.button("button.back", nameBack+" "+bot.Revision(me.Revision))
}

// showAway lists who is away, the first back first.
func showAway(ctx context.Context, c *call) (bot.Message, error) {
	members, err := c.tx.Members(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	members = slices.DeleteFunc(members, func(m storage.Member) bool { return !m.Active || !c.isAway(m) })
	if len(members) == 0 {
		return bot.Message{Title: c.say("away.nobody"), Private: c.private()}, nil
	}
	slices.SortStableFunc(members, func(a, b storage.Member) int { return strings.Compare(a.AwayUntil, b.AwayUntil) })
	msg := bot.Message{
		Title: c.say("away.title", "count", len(members)), Private: c.private(), Table: &bot.Table{Columns: []bot.Column{{}, {}}},
	}
	for _, m := range members {
		row := []string{brief("@"+m.Name, 60), c.say("mark.away", "day", c.date(m.AwayUntil))}
		msg.Table.Rows = append(msg.Table.Rows, row)
		if m.ID == c.req.Member.ID {
			msg.Buttons = []bot.Button{c.backButton(m)}
		}
	}
	return msg, nil
}
