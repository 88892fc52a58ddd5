package commands

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fifteen/bot"
	"fifteen/storage"
)

const (
	nameUnlink = "unlink"
	// unlinkHere stands for the chat in which the line is said.
	unlinkHere = "here"
)

// unlink takes an account from the asker, or ends the link of a chat.
func unlink(d *Deps) bot.Command {
	return bot.Command{
		Name: nameUnlink, Summary: "unlink.summary", Writes: true, Examples: []string{"unlink telegram"},
		Args: []bot.Arg{{Name: "account", Kind: bot.TextKind, Rest: true}},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			words := bot.Split(c.req.Text("account"))
			if len(words) == 1 && strings.EqualFold(words[0].Text, unlinkHere) {
				return c.unlinkChat(ctx)
			}
			return c.unlinkAccount(ctx, words)
		}),
	}
}

func (c *call) unlinkChat(ctx context.Context) (bot.Message, error) {
	chat := c.req.Chat.Whole()
	teams, err := c.tx.Teams(ctx, chat.Platform)
	switch {
	case err != nil:
		return bot.Message{}, err
	case c.req.Chat.Private || !slices.ContainsFunc(teams, func(t storage.Team) bool { return t.ID == chat.ID }):
		return bot.Message{}, bot.Problem("unlink.nochat")
	case !c.manages():
		return bot.Message{}, bot.Problem("unlink.manager")
	}
	c.people = true
	return bot.Message{Text: []string{c.say("unlink.chat")}}, c.leaveChat(ctx, chat)
}

// unlinkAccount takes the account of the asker that the words name: its platform,
// and its id where there are several.
func (c *call) unlinkAccount(ctx context.Context, words []bot.Word) (bot.Message, error) {
	accounts, err := c.tx.Accounts(ctx, c.req.Member.ID)
	if err != nil {
		return bot.Message{}, err
	}
	var named []storage.Account
	for _, a := range accounts {
		platform := strings.EqualFold(words[0].Text, a.Platform)
		if platform && (len(words) == 1 || words[1].Text == a.ID) {
			named = append(named, a)
		}
	}
	switch {
	case len(named) == 0:
		return bot.Message{}, bot.Problem("unlink.none", "typed", brief(c.req.Text("account"), 60))
	case len(accounts) == 1:
		return bot.Message{}, bot.Problem("unlink.last")
	case len(named) > 1:
		problem := bot.Problem("unlink.which")
		for _, a := range named {
			line := unlinkLine(bot.Account{Platform: a.Platform, ID: a.ID})
			if len(line) <= bot.MaxButtonLine {
				problem.Button(brief(accountName("", a.Handle, a.ID), bot.MaxButtonLabel), line)
			}
		}
		return bot.Message{}, problem
	}
	c.people = true
	gone := named[0]
	err = c.tx.DropAccount(ctx, gone.Platform, gone.ID)
	if errors.Is(err, storage.ErrNotFound) {
		return bot.Message{}, bot.Problem("unlink.none", "typed", brief(c.req.Text("account"), 60))
	}
	return bot.Message{
		Text: []string{c.say("unlink.done", "platform", c.say("platform."+gone.Platform), "name", accountName("", gone.Handle, gone.ID))}, Private: true,
	}, err
}
