package storage

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// MemberByAccount returns the member behind an account, or ErrNotFound.
func (tx *Tx) MemberByAccount(ctx context.Context, platform, externalID string) (Member, error) {
	var m Member
	err := tx.one(ctx, &m, `SELECT m.* FROM members m JOIN accounts a ON a.member_id = m.id
		WHERE a.workspace_id = ? AND a.platform = ? AND a.external_id = ?`, tx.workspace, platform, externalID)
	if err != nil {
		return Member{}, fmt.Errorf("read member of account %s/%s: %w", platform, externalID, err)
	}
	return m.utc(), nil
}

// MemberByHandle returns the member one of whose accounts is called so by its
// platform, whatever its case, or ErrNotFound.
func (tx *Tx) MemberByHandle(ctx context.Context, handle string) (Member, error) {
	var m Member
	err := tx.one(ctx, &m, `SELECT m.* FROM members m JOIN accounts a ON a.member_id = m.id
		WHERE a.workspace_id = ? AND a.handle <> '' AND LOWER(a.handle) = LOWER(?) ORDER BY m.id LIMIT 1`, tx.workspace, handle)
	if err != nil {
		return Member{}, fmt.Errorf("read member by handle: %w", err)
	}
	return m.utc(), nil
}

// MembersOn returns the members who have an account on a platform, by its id.
func (tx *Tx) MembersOn(ctx context.Context, platform string) (map[string]Member, error) {
	var rows []struct {
		Member
		ExternalID string
	}
	err := tx.scan(ctx, &rows, `SELECT m.*, a.external_id FROM members m JOIN accounts a ON a.member_id = m.id
		WHERE a.workspace_id = ? AND a.platform = ?`, tx.workspace, platform)
	if err != nil {
		return nil, fmt.Errorf("list members on %s: %w", platform, err)
	}
	members := make(map[string]Member, len(rows))
	for _, row := range rows {
		members[row.ExternalID] = row.utc()
	}
	return members, nil
}

// An Account is a member on a platform.
type Account struct {
	Workspace int64 `gorm:"column:workspace_id"`
	Member    int64 `gorm:"column:member_id"`
	Platform  string
	ID        string `gorm:"column:external_id"`
	// Handle is what the platform calls the account, such as a user name, or "".
	Handle string
	// Via is the chat whose people the member was recognised among, or "".
	Via string
	// Silent says that the bot cannot write to it by itself.
	Silent bool
	// LinkedAt is since when it is the member's, zero for always, and HeardAt when
	// the member last spoke through it, zero for unknown.
	LinkedAt, HeardAt time.Time
}

func (a Account) utc() Account {
	a.LinkedAt, a.HeardAt = a.LinkedAt.UTC(), a.HeardAt.UTC()
	return a
}

// Account returns the account through which a member is reached: of those that can
// be written to, one on the platform that the member chose, else the one through
// which they spoke last, else one on the platform that is asked for, else the first
// one, by platform and id. A terminal, which is there only while somebody sits at it,
// comes last unless they chose it.
func (tx *Tx) Account(ctx context.Context, member int64, prefer string) (platform, externalID string, err error) {
	var row struct{ Platform, ExternalID string }
	err = tx.one(ctx, &row, `SELECT a.platform, a.external_id FROM accounts a JOIN members m ON m.id = a.member_id
		WHERE a.workspace_id = ? AND a.member_id = ?
		ORDER BY a.silent, CASE a.platform WHEN m.reach THEN 0 WHEN 'terminal' THEN 2 ELSE 1 END, a.heard_at DESC,
		CASE a.platform WHEN ? THEN 0 ELSE 1 END, a.platform, a.external_id LIMIT 1`, tx.workspace, member, prefer)
	if err != nil {
		return "", "", fmt.Errorf("read account of member %d: %w", member, err)
	}
	return row.Platform, row.ExternalID, nil
}

// Accounts returns a member's accounts, by platform and id.
func (tx *Tx) Accounts(ctx context.Context, member int64) ([]Account, error) {
	var found []Account
	err := tx.scan(ctx, &found, `SELECT * FROM accounts WHERE workspace_id = ? AND member_id = ? ORDER BY platform, external_id`,
		tx.workspace, member)
	if err != nil {
		return nil, fmt.Errorf("list accounts of member %d: %w", member, err)
	}
	for i := range found {
		found[i] = found[i].utc()
	}
	return found, nil
}

// FindAccount returns an account of a member, or ErrNotFound.
func (tx *Tx) FindAccount(ctx context.Context, platform, id string) (Account, error) {
	var a Account
	err := tx.one(ctx, &a, "SELECT * FROM accounts WHERE workspace_id = ? AND platform = ? AND external_id = ?",
		tx.workspace, platform, id)
	if err != nil {
		return Account{}, fmt.Errorf("read account %s/%s: %w", platform, id, err)
	}
	return a.utc(), nil
}

// AddAccount gives a member one more account. It returns ErrNotFound when there is
// no such member, and ErrExists when the account is somebody's already, in another
// workspace too where that counts.
func (tx *Tx) AddAccount(ctx context.Context, a Account) error {
	if _, err := tx.Member(ctx, a.Member); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `INSERT INTO accounts
		(workspace_id, platform, external_id, member_id, linked_at, heard_at, via, silent, handle) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		tx.workspace, a.Platform, a.ID, a.Member, a.LinkedAt.UTC(), a.HeardAt.UTC(), a.Via, a.Silent, a.Handle)
	if err != nil {
		return fmt.Errorf("add account %s/%s: %w", a.Platform, a.ID, err)
	}
	return nil
}

// MoveAccount gives an account to another member, from a moment on. It returns
// ErrNotFound when the workspace has no such account or member.
func (tx *Tx) MoveAccount(ctx context.Context, platform, id string, to int64, at time.Time) error {
	if _, err := tx.Member(ctx, to); err != nil {
		return err
	}
	return tx.changeAccount(ctx, "move", platform, id, "member_id = ?, linked_at = ?, via = ''", to, at.UTC())
}

// DropAccount takes an account from its member. It returns ErrNotFound when the
// workspace has no such account.
func (tx *Tx) DropAccount(ctx context.Context, platform, id string) error {
	n, err := tx.exec(ctx, "DELETE FROM accounts WHERE workspace_id = ? AND platform = ? AND external_id = ?",
		tx.workspace, platform, id)
	if err == nil && n == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("drop account %s/%s: %w", platform, id, err)
	}
	return nil
}

// HeardFrom notes that a member has spoken through an account, which the bot can
// then write to. It returns ErrNotFound when the workspace has no such account.
func (tx *Tx) HeardFrom(ctx context.Context, platform, id string, at time.Time) error {
	return tx.changeAccount(ctx, "note", platform, id, "heard_at = ?, silent = FALSE", at.UTC())
}

// NoteAccount stores an account's handle, through which chat it came, and since when
// it is the member's. It returns ErrNotFound when the workspace has no such account.
func (tx *Tx) NoteAccount(ctx context.Context, a Account) error {
	return tx.changeAccount(ctx, "note", a.Platform, a.ID, "handle = ?, via = ?, linked_at = ?", a.Handle, a.Via, a.LinkedAt.UTC())
}

func (tx *Tx) changeAccount(ctx context.Context, verb, platform, id, set string, values ...any) error {
	n, err := tx.exec(ctx, "UPDATE accounts SET "+set+" WHERE workspace_id = ? AND platform = ? AND external_id = ?",
		append(values, tx.workspace, platform, id)...)
	if err == nil && n == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("%s account %s/%s: %w", verb, platform, id, err)
	}
	return nil
}

// AccountAnywhere returns an account whichever workspace it belongs to, of several
// the one that was linked last, or ErrNotFound.
func (s *Store) AccountAnywhere(ctx context.Context, platform, id string) (Account, error) {
	var found []Account
	err := s.read(ctx, func(db *gorm.DB) error {
		return db.Raw(anywhere, platform, id).Scan(&found).Error
	})
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Account{}, fmt.Errorf("find account %s/%s: %w", platform, id, err)
	}
	return found[0].utc(), nil
}

const anywhere = "SELECT * FROM accounts WHERE platform = ? AND external_id = ? ORDER BY linked_at DESC LIMIT 1"

// Silence notes whether the bot can write to an account, in every workspace.
func (s *Store) Silence(ctx context.Context, platform, id string, silent bool) error {
	err := s.write(ctx, func(db *gorm.DB) error {
		return db.Exec("UPDATE accounts SET silent = ? WHERE platform = ? AND external_id = ? AND silent <> ?",
			silent, platform, id, silent).Error
	})
	if err != nil {
		return fmt.Errorf("note whether account %s/%s can be written to: %w", platform, id, err)
	}
	return nil
}
