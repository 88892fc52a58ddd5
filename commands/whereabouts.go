package commands

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fifteen/bot"
	"fifteen/storage"
)

// Whereabouts takes in what becomes of chats and accounts; it is
// bot.Whereabouts.
type Whereabouts struct{ app *App }

// Moved implements bot.Whereabouts.
func (w Whereabouts) Moved(ctx context.Context, platform, from, to string) error {
	defer w.app.Links.Forget()
	return w.app.Store.MoveChat(ctx, platform, from, to)
}

// Removed implements bot.Whereabouts: the chat's link and its schedules end.
func (w Whereabouts) Removed(ctx context.Context, chat bot.Chat) error {
	team, err := w.app.Store.Team(ctx, chat.Platform, chat.ID)
	if errors.Is(err, storage.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	defer w.app.Links.Forget()
	err = w.app.sweep().write(ctx, team.Workspace, func(ctx context.Context, c *call) error {
		return c.leaveChat(ctx, chat)
	})
	if err != nil {
		return fmt.Errorf("leave chat %s/%s: %w", chat.Platform, chat.ID, err)
	}
	return nil
}

// leaveChat ends a chat's link, and the schedules that go there.
func (c *call) leaveChat(ctx context.Context, chat bot.Chat) error {
	live, err := c.tx.Schedules(ctx)
	if err != nil {
		return err
	}
	for _, s := range live {
		there := bot.Chat{Platform: s.Platform, ID: s.Chat}.Whole()
		if s.Audience != storage.ForChat || there != (bot.Chat{Platform: chat.Platform, ID: chat.ID}) {
			continue
		}
		if err := c.endSchedule(ctx, s, endChat, ""); err != nil {
			return err
		}
	}
	err = c.tx.DropTeam(ctx, chat.Platform, chat.ID)
	if errors.Is(err, storage.ErrNotFound) {
		return nil
	}
	return err
}

// Left implements bot.Whereabouts: whoever was recognised among the chat's people
// only is none of the team's any more.
func (w Whereabouts) Left(ctx context.Context, chat bot.Chat, account bot.Account) error {
	chat = chat.Whole()
	team, err := w.app.Store.Team(ctx, chat.Platform, chat.ID)
	if errors.Is(err, storage.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	defer w.app.deps.Forget()
	return w.app.sweep().write(ctx, team.Workspace, func(ctx context.Context, c *call) error {
		known, err := c.tx.FindAccount(ctx, account.Platform, account.ID)
		if errors.Is(err, storage.ErrNotFound) || err == nil && known.Via != chat.ID {
			return nil
		}
		if err != nil {
			return err
		}
		return c.takeAway(ctx, known)
	})
}

// takeAway takes an account from its member. Who has none left is gone, and those
// who manage are told what they leave behind.
func (c *call) takeAway(ctx context.Context, account storage.Account) error {
	if err := c.tx.DropAccount(ctx, account.Platform, account.ID); err != nil {
		return err
	}
	left, err := c.tx.Accounts(ctx, account.Member)
	if err != nil || len(left) > 0 {
		return err
	}
	m, err := c.tx.Member(ctx, account.Member)
	if err != nil {
		return err
	}
	return c.retire(ctx, m, account.Platform)
}

// retire makes a member one who is gone.
func (c *call) retire(ctx context.Context, m storage.Member, platform string) error {
	after := m
	after.Active = false
	if err := c.tx.SaveMember(ctx, m, after, storage.Author{At: c.now, Platform: platform, Command: commandPeople}); err != nil {
		return err
	}
	bye := meeting{speech: c.speech, workspace: c.req.Workspace, person: bot.Person{Account: bot.Account{Platform: platform}}}
	return bye.farewell(ctx, c.tx, after)
}

// Reachable implements bot.Whereabouts.
func (w Whereabouts) Reachable(ctx context.Context, account bot.Account, reachable bool) error {
	return w.app.Store.Silence(ctx, account.Platform, account.ID, !reachable)
}

// unlinkLine is the line that takes an account away.
func unlinkLine(account bot.Account) string {
	return strings.Join([]string{nameUnlink, account.Platform, bot.Quote(account.ID)}, " ")
}
