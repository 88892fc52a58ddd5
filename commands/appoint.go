package commands

import (
	"context"
	"errors"
	"fmt"

	"fifteen/bot"
	"fifteen/storage"
)

// Appoint gives a member a role on behalf of whoever runs the bot, and says so
// in a sentence. who is a name; an account, if it is not zero, is another way to
// name somebody, who need not have been met yet. Names that match nobody
// exactly, and taking the last admin's role away, are a bot.ProblemError.
func (a *App) Appoint(
	ctx context.Context, workspace int64, who string, account bot.Account, role bot.Role,
) (said string, err error) {
	req := bot.Request{Workspace: workspace, Locale: "en", At: a.Outbox.Clock()}
	err = a.Store.Write(ctx, workspace, func(tx *storage.Tx) error {
		c := (&Deps{Store: a.Store, Words: a.Words}).call(tx, req)
		said, err = c.appoint(ctx, who, account, role)
		return err
	})
	if problem, ok := errors.AsType[*bot.ProblemError](err); ok {
		return "", problem
	}
	if err != nil {
		return "", fmt.Errorf("appoint %s: %w", who, err)
	}
	a.Directory.Forget()
	return said, nil
}

func (c *call) appoint(ctx context.Context, who string, account bot.Account, role bot.Role) (string, error) {
	if err := c.tx.Lock(ctx); err != nil { // two must not demote each other at once
		return "", err
	}
	m, err := c.named(ctx, who, account)
	if err != nil {
		return "", err
	}
	name, to := brief("@"+m.Name, 60), c.say("role.a."+role.String())
	switch {
	case m.ID == 0:
		m.Role, m.CreatedAt, m.Fresh = role.String(), c.now, true
		_, err = c.tx.AddMember(ctx, m, account.Platform, account.ID)
	case m.Role == role.String():
		return c.say("role.same", "who", name, "role", to), nil
	default:
		if err := c.keepsAdmin(ctx, m); err != nil {
			return "", err
		}
		err = c.tx.SetRole(ctx, m.ID, role.String(), c.author("role"))
	}
	return c.say("role.done", "who", name, "role", to), err
}

// named returns the member behind an account, or of that name, or a new one who
// is called like the account until the platform says more.
func (c *call) named(ctx context.Context, who string, account bot.Account) (storage.Member, error) {
	m, err := c.tx.MemberByAccount(ctx, account.Platform, account.ID)
	if !errors.Is(err, storage.ErrNotFound) {
		return m, err
	}
	members, err := c.tx.Members(ctx)
	if err != nil {
		return storage.Member{}, err
	}
	taken := map[string]storage.Member{}
	for _, m := range members {
		taken[m.Key] = m
	}
	if m, ok := taken[memberKey(who)]; ok {
		return m, nil
	}
	if account == (bot.Account{}) {
		_, err := whoKind{}.guess(members, bot.Span{Words: []bot.Word{{Text: who}}, Whole: true, Strict: true})
		return storage.Member{}, err
	}
	return storage.Member{Name: account.ID, Key: memberKey(account.ID)}, nil
}
