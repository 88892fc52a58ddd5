package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"fifteen/bot"
	"fifteen/storage"
)

const (
	nameTeamAdd    = "team add"
	nameTeamRefuse = "team refuse"
)

// teamAdd makes a rep of somebody who spoke in a chat of the team's.
func teamAdd(d *Deps) bot.Command {
	return bot.Command{
		Name: nameTeamAdd, Summary: "team.add.summary", Writes: true, Role: bot.Manager, Examples: []string{"team add 3"},
		Args: []bot.Arg{{Name: "number", Kind: bot.NumberKind}},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			v, err := c.visitor(ctx)
			if err != nil {
				return bot.Message{}, err
			}
			if v.State == storage.VisitorAdmitted {
				return bot.Message{}, bot.Problem("visitor.member", "name", accountName(v.Name, v.Handle, v.ID))
			}
			return c.admit(ctx, v, d.ways())
		}),
	}
}

// teamRefuse says that somebody who spoke in a chat of the team's is none of it.
func teamRefuse(d *Deps) bot.Command {
	return bot.Command{
		Name: nameTeamRefuse, Summary: "team.refuse.summary", Writes: true, Role: bot.Manager, Examples: []string{"team refuse 3"},
		Args: []bot.Arg{{Name: "number", Kind: bot.NumberKind}},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			v, err := c.visitor(ctx)
			if err != nil {
				return bot.Message{}, err
			}
			name := accountName(v.Name, v.Handle, v.ID)
			if v.State == storage.VisitorAdmitted {
				return bot.Message{}, bot.Problem("visitor.member", "name", name)
			}
			return bot.Message{
				Text:    []string{c.say("visitor.refused", "name", name)},
				Buttons: []bot.Button{c.button("button.visitor.add", fmt.Sprintf("%s %d", nameTeamAdd, v.Number))},
				Private: !c.req.Chat.Private,
			}, c.tx.SettleVisitor(ctx, v.Number, storage.VisitorRefused)
		}),
	}
}

// mostVisitors is how many visitors are shown with a button each.
const mostVisitors = 5

// showVisitors adds, for those who manage, who asked in a linked chat and is not in
// the team yet.
func (c *call) showVisitors(ctx context.Context, msg *bot.Message) error {
	if !c.manages() {
		return nil
	}
	waiting, err := c.tx.Visitors(ctx)
	if err != nil || len(waiting) == 0 {
		return err
	}
	msg.Text = append(msg.Text, c.say("visitor.waiting", "count", len(waiting)))
	for _, v := range waiting[:min(len(waiting), mostVisitors)] {
		name := brief(accountName(v.Name, v.Handle, v.ID), 60)
		msg.Buttons = append(msg.Buttons, c.button("button.visitor.take", fmt.Sprintf("%s %d", nameTeamAdd, v.Number), "name", name))
	}
	msg.Private = !c.req.Chat.Private
	return nil
}

func (c *call) visitor(ctx context.Context) (storage.Visitor, error) {
	if err := c.tx.Lock(ctx); err != nil { // two managers may press at once, and names are given
		return storage.Visitor{}, err
	}
	v, err := c.tx.Visitor(ctx, c.req.Int("number", 0))
	if errors.Is(err, storage.ErrNotFound) {
		err = bot.Problem("visitor.none", "number", c.req.Int("number", 0))
	}
	return v, err
}

// admit makes a visitor a rep, and says so to them and where they asked.
func (c *call) admit(ctx context.Context, v storage.Visitor, ways []Way) (bot.Message, error) {
	members, err := c.tx.Members(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	name := personName(v.Name)
	if name == "" {
		name = v.ID
	}
	m := storage.Member{Role: bot.Rep.String(), Locale: told(storage.Member{ID: 1}, bot.Person{Locale: v.Locale}).Locale, CreatedAt: c.now, Fresh: true}
	m.Name, m.Key = freeName(name, memberKey, func(key string) bool {
		return slices.ContainsFunc(members, func(o storage.Member) bool { return o.Key == key })
	})
	c.people = true
	m, err = c.tx.AddMember(ctx, m, v.Platform, v.ID)
	if errors.Is(err, storage.ErrExists) { // they came in by a code meanwhile
		return bot.Message{}, bot.Problem("visitor.member", "name", accountName(v.Name, v.Handle, v.ID))
	}
	if err == nil {
		err = c.tx.NoteAccount(ctx, storage.Account{Platform: v.Platform, ID: v.ID, Handle: v.Handle, Via: v.Chat, LinkedAt: c.now})
	}
	if err == nil {
		err = c.tx.SettleVisitor(ctx, v.Number, storage.VisitorAdmitted)
	}
	if err != nil {
		return bot.Message{}, err
	}
	c.know(m)
	return bot.Message{
		Text:    []string{c.say("visitor.added", "who", brief("@"+m.Name, 60))},
		Buttons: []bot.Button{c.button("button.team", "team")},
		Private: !c.req.Chat.Private,
	}, c.announceMember(ctx, v, m, ways)
}

// announceMember says in the chat where somebody asked that they are in the team,
// and how they open a chat with the bot.
func (c *call) announceMember(ctx context.Context, v storage.Visitor, m storage.Member, ways []Way) error {
	url := ""
	for _, way := range ways {
		if way.Platform == v.Platform {
			url = way.Open
		}
	}
	text := c.say("visitor.welcome", "who", brief(m.Name, 60))
	if url != "" {
		text = c.say("visitor.open", "who", brief(m.Name, 60), "url", url+"?start=hello")
	}
	post := bot.Post{Workspace: c.req.Workspace, Chat: bot.Chat{Platform: v.Platform, ID: v.Chat}, Message: bot.Message{Text: []string{text}}}
	row, err := postOf(post)
	if err != nil {
		return err
	}
	row.CreatedAt, row.DueAt = c.now, c.now
	_, err = c.tx.Post(ctx, row)
	return err
}
