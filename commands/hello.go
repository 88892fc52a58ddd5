package commands

import (
	"context"
	"strings"

	"fifteen/bot"
	"fifteen/storage"
)

// nameHello is the line that a chat begins with.
const nameHello = "hello"

// hello says who the bot is and what to begin with.
func hello(d *Deps) bot.Command {
	return bot.Command{
		Name: nameHello, Aliases: []string{"hi", "hey", "start"}, Summary: "hello.summary", Examples: []string{"hello"},
		Args: []bot.Arg{{Name: "words", Kind: bot.TextKind, Optional: true, Rest: true, Hidden: true}},
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) {
			home, err := c.tx.Workspace(ctx)
			if err != nil {
				return bot.Message{}, err
			}
			m, err := c.tx.Member(ctx, c.req.Member.ID)
			msg := c.greeting(m, home)
			msg.Private = !c.req.Chat.Private
			return msg, err
		}),
	}
}

// greeting is the first that somebody hears of the bot.
func (s speech) greeting(m storage.Member, home storage.Workspace) bot.Message {
	msg := bot.Message{
		Title: s.say("hello.title", "who", brief(m.Name, 40)),
		Text:  []string{s.say("hello.what"), s.say("hello." + m.Role)},
	}
	around := s.button("button.around", "help")
	switch {
	case m.Role == bot.Rep.String():
		msg.Text = append(msg.Text, s.say("hello.sees."+home.Visibility))
		msg.Buttons = []bot.Button{s.button("button.add", "deal add"), around}
	case m.Role == bot.Admin.String() && !isSetUp(home):
		msg.Buttons = []bot.Button{s.button("button.setup", nameSetup), around}
	default:
		msg.Buttons = []bot.Button{s.button("button.who", "who"), around}
	}
	return msg
}

// isSetUp tells whether anything that the set-up sets is not as it was made.
func isSetUp(home storage.Workspace) bool {
	return home.Currency != defaultCurrency || home.Zone != defaultZone || home.Channel != storage.Channel{}
}

// greet says hello to somebody whom nobody has greeted yet, in private, unless the
// line itself has it said. Where that goes wrong the line is answered all the same.
func (a *App) greet(ctx context.Context, req bot.Request) {
	err := a.Store.Write(ctx, req.Workspace, func(tx *storage.Tx) error {
		first, err := tx.Greet(ctx, req.Member.ID)
		if err != nil || !first || a.greets(req.Line) {
			return err
		}
		m, err := tx.Member(ctx, req.Member.ID)
		if err != nil {
			return err
		}
		home, err := tx.Workspace(ctx)
		if err != nil {
			return err
		}
		s := speech{words: a.Words, now: req.At, home: zoneOf(home.Zone, req.Member.Home)}
		post := bot.Post{Workspace: req.Workspace, Message: s.to(m).greeting(m, home)}
		if err := post.Message.Validate(); err != nil {
			return err
		}
		_, err = mail(ctx, tx, m, post, req.Chat.Platform, req.Heard(), req.Heard())
		return err
	})
	if err != nil {
		a.log.ErrorContext(ctx, "somebody new could not be greeted", "member", req.Member.ID, "workspace", req.Workspace, "err", err)
	}
}

// greets tells whether a line is answered with the greeting.
func (a *App) greets(line string) bool {
	word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
	cmd, ok := a.Router.Command(strings.ToLower(strings.TrimRight(word, "?!.…,")))
	return ok && cmd.Name == nameHello
}
