package commands

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"fifteen/bot"
	"fifteen/storage"
)

// Links knows which accounts and chats are linked, on platforms on which anybody
// can write to the bot; it is bot.Links. It remembers what it has read for a while,
// as a Directory does.
type Links struct {
	deps  *Deps
	clock func() time.Time

	mu    sync.RWMutex
	known map[bot.Account]knownLink
}

type knownLink struct {
	link  bot.Link
	until time.Time
}

// NewLinks returns the links of the store. clock is the time that codes go by.
func NewLinks(d *Deps, clock func() time.Time) *Links {
	return &Links{deps: d, clock: clock, known: map[bot.Account]knownLink{}}
}

// Forget makes the links be read anew.
func (l *Links) Forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	clear(l.known)
}

// find returns a link that was read not long ago, or reads it.
func (l *Links) find(key bot.Account, read func() (bot.Link, error)) (bot.Link, error) {
	now := l.clock()
	l.mu.RLock()
	known, ok := l.known[key]
	l.mu.RUnlock()
	if ok && now.Before(known.until) {
		return known.link, nil
	}
	link, err := read()
	if err != nil || link.Workspace == 0 {
		return link, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.known[key] = knownLink{link: link, until: now.Add(directoryTime)}
	return link, nil
}

// Home implements bot.Links. Somebody who is not active any more is a stranger.
func (l *Links) Home(ctx context.Context, account bot.Account) (bot.Link, error) {
	return l.find(account, func() (link bot.Link, err error) {
		found, err := l.deps.Store.AccountAnywhere(ctx, account.Platform, account.ID)
		if errors.Is(err, storage.ErrNotFound) {
			return link, bot.ErrStranger
		}
		if err != nil {
			return link, err
		}
		link = bot.Link{Workspace: found.Workspace, Since: found.LinkedAt}
		return link, l.deps.Store.Read(ctx, found.Workspace, func(tx *storage.Tx) error {
			m, err := tx.Member(ctx, found.Member)
			if err == nil && !m.Active {
				err = bot.ErrStranger
			}
			return err
		})
	})
}

// Chat implements bot.Links.
func (l *Links) Chat(ctx context.Context, chat bot.Chat) (bot.Link, error) {
	chat = chat.Whole()
	return l.find(bot.Account{Platform: chat.Platform + "/chat", ID: chat.ID}, func() (bot.Link, error) {
		team, err := l.deps.Store.Team(ctx, chat.Platform, chat.ID)
		if errors.Is(err, storage.ErrNotFound) {
			return bot.Link{}, nil
		}
		return bot.Link{Workspace: team.Workspace, Since: team.LinkedAt}, err
	})
}

// Titles implements bot.Titles.
func (l *Links) Titles(ctx context.Context, workspace int64, platform string) (map[string]string, error) {
	all := map[string]string{}
	err := l.deps.Store.Read(ctx, workspace, func(tx *storage.Tx) error {
		teams, err := tx.Teams(ctx, platform)
		for _, team := range teams {
			all[team.ID] = team.Name
		}
		return err
	})
	return all, err
}

// Redeem implements bot.Links.
func (l *Links) Redeem(ctx context.Context, knock bot.Knock) (bot.Reply, error) {
	code, ok := codeOf(knock.Code)
	if !ok {
		return bot.Reply{}, bot.ErrStranger
	}
	var reply bot.Reply
	err := l.deps.Store.Redeem(ctx, hashOf(code), guesser(knock.Person.Account), knock.At, func(tx *storage.Tx, code storage.Code) (err error) {
		reply, err = l.join(ctx, tx, code, knock)
		return err
	})
	switch {
	case errors.Is(err, storage.ErrNotFound), errors.Is(err, storage.ErrExists): // somebody else's account is nobody's to take
		return bot.Reply{}, bot.ErrStranger
	case err != nil:
		return bot.Reply{}, fmt.Errorf("redeem code: %w", err)
	}
	l.deps.Forget()
	return reply, nil
}

// join gives a member the account of whoever knew the code, and says so to the
// member where the member was before.
func (l *Links) join(ctx context.Context, tx *storage.Tx, code storage.Code, knock bot.Knock) (bot.Reply, error) {
	m, err := tx.Member(ctx, code.Member)
	if err == nil && !m.Active {
		err = storage.ErrNotFound
	}
	if err != nil {
		return bot.Reply{}, err
	}
	home, err := tx.Workspace(ctx)
	if err != nil {
		return bot.Reply{}, err
	}
	account := knock.Person.Account
	c := l.deps.call(tx, bot.Request{
		Workspace: code.Workspace, Account: account, Chat: knock.Chat, EventID: knock.EventID, At: knock.At,
		Locale: m.Locale, Member: memberOf(m, zoneOf(home.Zone, time.UTC)),
	})
	if err := c.warn(ctx, m, account, knock.Person); err != nil {
		return bot.Reply{}, err
	}
	added := storage.Account{
		Platform: account.Platform, ID: account.ID, Member: m.ID, Handle: knock.Person.Handle, LinkedAt: knock.At, HeardAt: knock.At,
	}
	if err := tx.AddAccount(ctx, added); err != nil {
		return bot.Reply{}, err
	}
	first, err := tx.Greet(ctx, m.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	msg := bot.Message{
		Text:    []string{c.say("link.welcome", "who", brief("@"+m.Name, 60), "name", home.Name)},
		Buttons: []bot.Button{c.button("button.help", "help"), c.button("button.next", "next")},
		Private: true,
	}
	if first || isAdmin(m) && !isSetUp(home) {
		hello := c.greeting(m, home)
		msg.Text, msg.Buttons = append(msg.Text, hello.Text...), hello.Buttons
	}
	reply := bot.Reply{Message: msg, Posts: c.posts}
	reply.Stored, err = storeAnswer(ctx, tx, c.req, msg)
	return reply, err
}

// warn tells a member, where they were before, that another account speaks as
// them from now on.
func (c *call) warn(ctx context.Context, m storage.Member, account bot.Account, person bot.Person) error {
	name := accountName(person.Name, person.Handle, account.ID)
	msg := c.to(m).warning(account, name)
	post := bot.Post{Workspace: c.req.Workspace, Message: msg}
	post, err := mail(ctx, c.tx, m, post, c.req.Chat.Platform, c.req.At, c.req.Heard().Add(storage.AnswerGrace))
	if errors.Is(err, storage.ErrNotFound) { // there is no account to tell
		return nil
	}
	if err == nil {
		c.posts = append(c.posts, post)
	}
	return err
}

func (s speech) warning(account bot.Account, name string) bot.Message {
	platform := s.say("platform." + account.Platform)
	msg := bot.Message{Text: []string{s.say("link.warning", "platform", platform, "name", brief(name, 60))}}
	if line := unlinkLine(account); len(line) <= bot.MaxButtonLine {
		msg.Buttons = []bot.Button{s.button("button.unlink", line)}
	}
	return msg
}

// accountName is what people call an account: a name, a user name, or both.
func accountName(name, handle, id string) string {
	name = personName(name)
	switch {
	case name != "" && handle != "":
		return name + " (@" + handle + ")"
	case handle != "":
		return "@" + handle
	case name != "":
		return name
	}
	return id
}

// Visit implements bot.Links. Managers are asked once for each person.
func (l *Links) Visit(ctx context.Context, workspace int64, knock bot.Knock) (bot.Reply, error) {
	account := knock.Person.Account
	msg := bot.Message{Text: []string{l.deps.Words.Say(knock.Person.Locale, "link.visitor", "who", personName(knock.Person.Name))}}
	reply := bot.Reply{Message: msg}
	if _, err := l.deps.Store.AccountAnywhere(ctx, account.Platform, account.ID); !errors.Is(err, storage.ErrNotFound) {
		return reply, err // they are of another workspace, or were of this one
	}
	known := false
	err := l.deps.Store.Read(ctx, workspace, func(tx *storage.Tx) error {
		v, err := tx.VisitorOf(ctx, account.Platform, account.ID)
		known = err == nil && v.State != storage.VisitorAdmitted // who was taken in, and is here no more, is asked about again
		if errors.Is(err, storage.ErrNotFound) {
			err = nil
		}
		return err
	})
	if err != nil || known {
		return reply, err
	}
	err = l.deps.Store.Write(ctx, workspace, func(tx *storage.Tx) (err error) {
		reply.Posts, err = l.announce(ctx, tx, workspace, knock)
		return err
	})
	return reply, err
}

// announce notes a visitor and asks those who manage what they are.
func (l *Links) announce(ctx context.Context, tx *storage.Tx, workspace int64, knock bot.Knock) ([]bot.Post, error) {
	v, first, err := tx.Visit(ctx, storage.Visitor{
		Platform: knock.Person.Account.Platform, ID: knock.Person.Account.ID, Name: oneName(knock.Person.Name), Handle: knock.Person.Handle,
		Locale: knock.Person.Locale, Chat: knock.Chat.Whole().ID, Place: oneName(knock.Title), At: knock.At,
	})
	if err == nil && v.State == storage.VisitorAdmitted {
		first, err = true, tx.SettleVisitor(ctx, v.Number, storage.VisitorWaits)
	}
	if err != nil || !first {
		return nil, err
	}
	members, err := tx.Members(ctx)
	if err != nil {
		return nil, err
	}
	c := l.deps.call(tx, bot.Request{Workspace: workspace, Chat: knock.Chat, At: knock.At, Member: bot.Member{Zone: time.UTC, Home: time.UTC}})
	c.know(members...)
	for _, m := range members {
		if !m.Active || m.Role == bot.Rep.String() {
			continue
		}
		if err := c.tell(ctx, m.ID, func(s speech) bot.Message { return s.visit(v) }); err != nil {
			return nil, err
		}
	}
	return c.posts, nil
}

// visit asks what a visitor is.
func (s speech) visit(v storage.Visitor) bot.Message {
	return bot.Message{
		Text: []string{s.say("visitor.asks", "name", brief(accountName(v.Name, v.Handle, v.ID), 100), "place", brief(v.Place, 60),
			"platform", s.say("platform."+v.Platform))},
		Buttons: []bot.Button{
			s.button("button.visitor.add", fmt.Sprintf("%s %d", nameTeamAdd, v.Number)),
			s.button("button.visitor.refuse", fmt.Sprintf("%s %d", nameTeamRefuse, v.Number)),
		},
	}
}
