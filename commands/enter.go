package commands

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"fifteen/bot"
	"fifteen/commands/internal/names"
	"fifteen/storage"
)

// The workspace that is made when a database has none.
const (
	defaultWorkspace = "local"
	defaultCurrency  = "EUR"
	defaultZone      = "UTC"
)

// Key folds a name as names are compared: case, diacritics and spaces do not
// matter.
func Key(name string) string { return names.Fold(name) }

// NewWorkspace makes a workspace with the usual settings; without a name it is
// called "local".
func NewWorkspace(ctx context.Context, store *storage.Store, name string, at time.Time) (storage.Workspace, error) {
	if strings.TrimSpace(name) == "" {
		name = defaultWorkspace
	}
	return store.AddWorkspace(ctx, newWorkspace(name, Key(name), at))
}

func newWorkspace(name, key string, at time.Time) storage.Workspace {
	return storage.Workspace{
		Name: name, Key: key, Currency: defaultCurrency, Zone: defaultZone, Visibility: storage.VisibleOwn, CreatedAt: at,
	}
}

// Knows tells whether somebody of that name has entered on a platform before.
func (a *App) Knows(ctx context.Context, workspace int64, platform, name string) (bool, error) {
	_, err := a.Directory.Member(ctx, workspace, bot.Account{Platform: platform, ID: memberKey(oneName(name))})
	if errors.Is(err, bot.ErrStranger) {
		return false, nil
	}
	return err == nil, err
}

// Enter returns the account of the member of that name on a platform where
// people are known by their names, and adds the member with that role if there
// is none. A name that cannot be one is a bot.ProblemError.
func (a *App) Enter(
	ctx context.Context, workspace int64, platform, name string, role bot.Role, at time.Time,
) (bot.Account, error) {
	name = strings.TrimPrefix(oneName(name), "@")
	key := memberKey(name)
	if key == "" {
		return bot.Account{}, bot.Problem("name.empty")
	}
	account := bot.Account{Platform: platform, ID: key}
	err := a.Store.Write(ctx, workspace, func(tx *storage.Tx) error {
		_, err := tx.MemberByAccount(ctx, platform, key)
		if !errors.Is(err, storage.ErrNotFound) {
			return err
		}
		_, err = tx.AddMember(ctx, storage.Member{Name: name, Key: key, Role: role.String(), Locale: "en", CreatedAt: at}, platform, key)
		return err
	})
	if err != nil {
		return bot.Account{}, fmt.Errorf("enter as %s: %w", name, err)
	}
	return account, nil
}
