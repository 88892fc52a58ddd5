package storage

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// A Code joins one account to a member, once. Only what it hashes to is kept.
type Code struct {
	Hash                 string
	Workspace            int64 `gorm:"column:workspace_id"`
	Member               int64 `gorm:"column:member_id"`
	CreatedAt, ExpiresAt time.Time
}

// AddCode stores a code of a member of the workspace; the member's earlier ones are
// good no more.
func (tx *Tx) AddCode(ctx context.Context, c Code) error {
	if _, err := tx.Member(ctx, c.Member); err != nil {
		return err
	}
	_, err := tx.exec(ctx, "UPDATE codes SET expires_at = ? WHERE workspace_id = ? AND member_id = ? AND expires_at > ?",
		c.CreatedAt.UTC(), tx.workspace, c.Member, c.CreatedAt.UTC())
	if err == nil {
		_, err = tx.exec(ctx, "INSERT INTO codes (hash, workspace_id, member_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
			c.Hash, tx.workspace, c.Member, c.CreatedAt.UTC(), c.ExpiresAt.UTC())
	}
	if err != nil {
		return fmt.Errorf("add code of member %d: %w", c.Member, err)
	}
	return nil
}

// CountCodes counts the codes that a member was given since a moment.
func (tx *Tx) CountCodes(ctx context.Context, member int64, since time.Time) (n int, err error) {
	err = tx.row(ctx, "SELECT count(*) FROM codes WHERE member_id = ? AND workspace_id = ? AND created_at >= ?",
		[]any{member, tx.workspace, since.UTC()}, &n)
	if err != nil {
		return 0, fmt.Errorf("count codes of member %d: %w", member, err)
	}
	return n, nil
}

// Code returns a code of the workspace's that is good at a moment, or ErrNotFound.
func (tx *Tx) Code(ctx context.Context, hash string, now time.Time) (Code, error) {
	var c Code
	err := tx.one(ctx, &c, "SELECT * FROM codes WHERE hash = ? AND workspace_id = ? AND expires_at > ?"+tx.forUpdate(),
		hash, tx.workspace, now.UTC())
	if err != nil {
		return Code{}, fmt.Errorf("read code: %w", err)
	}
	return c, nil
}

// UseCode makes a code good no more. It returns ErrNotFound when it was not good
// at that moment.
func (tx *Tx) UseCode(ctx context.Context, hash string, now time.Time) error {
	n, err := tx.exec(ctx, "UPDATE codes SET expires_at = ? WHERE hash = ? AND workspace_id = ? AND expires_at > ?",
		now.UTC(), hash, tx.workspace, now.UTC())
	if err == nil && n == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("use code: %w", err)
	}
	return nil
}

// A Guesser is an account that says a code, and how many wrong ones it may say in
// how long.
type Guesser struct {
	Platform, ID string
	Most         int
	Within       time.Duration
}

// Guess counts a guess of an account's and returns how many it has made within its
// time, this one too.
func (tx *Tx) Guess(ctx context.Context, g Guesser, now time.Time) (n int, err error) {
	err = tx.row(ctx, `INSERT INTO guesses (platform, external_id, since, count) VALUES (?, ?, ?, 1)
		ON CONFLICT (platform, external_id) DO UPDATE SET
			count = CASE WHEN guesses.since <= ? THEN 1 ELSE guesses.count + 1 END,
			since = CASE WHEN guesses.since <= ? THEN excluded.since ELSE guesses.since END
		RETURNING count`,
		[]any{g.Platform, g.ID, now.UTC(), now.Add(-g.Within).UTC(), now.Add(-g.Within).UTC()}, &n)
	if err != nil {
		return 0, fmt.Errorf("count guess of %s/%s: %w", g.Platform, g.ID, err)
	}
	return n, nil
}

// Forgive forgets an account's guesses: the last one was right.
func (tx *Tx) Forgive(ctx context.Context, g Guesser) error {
	_, err := tx.exec(ctx, "DELETE FROM guesses WHERE platform = ? AND external_id = ?", g.Platform, g.ID)
	if err != nil {
		return fmt.Errorf("forgive guesses of %s/%s: %w", g.Platform, g.ID, err)
	}
	return nil
}

// Redeem finds a code of whichever workspace and runs fn in a transaction on that
// workspace, in which the code is used up. It returns ErrNotFound for one that is
// unknown, used or expired, when fn does, and whatever the code when the account
// has made too many guesses. A guess counts although nothing else is stored; an
// error of fn's own leaves nothing behind.
func (s *Store) Redeem(ctx context.Context, hash string, by Guesser, now time.Time, fn func(tx *Tx, code Code) error) error {
	n, err := s.guesses(ctx, by, now)
	if err == nil && n < by.Most { // whoever guesses on is not written down each time
		err = s.write(ctx, func(db *gorm.DB) (err error) {
			n, err = (&Tx{db: db, writes: true}).Guess(ctx, by, now)
			return err
		})
	} else {
		n++
	}
	if err == nil && n > by.Most {
		err = ErrNotFound
	}
	if err == nil {
		err = s.write(ctx, func(db *gorm.DB) error { return s.redeem(ctx, db, hash, by, now, fn) })
	}
	if err != nil {
		return fmt.Errorf("redeem code: %w", err)
	}
	return nil
}

// guesses counts the guesses that an account has made within its time.
func (s *Store) guesses(ctx context.Context, by Guesser, now time.Time) (n int, err error) {
	err = s.read(ctx, func(db *gorm.DB) error {
		return db.Raw("SELECT count FROM guesses WHERE platform = ? AND external_id = ? AND since > ?",
			by.Platform, by.ID, now.Add(-by.Within).UTC()).Scan(&n).Error
	})
	return n, err
}

func (s *Store) redeem(ctx context.Context, db *gorm.DB, hash string, by Guesser, now time.Time, fn func(*Tx, Code) error) error {
	tx := &Tx{db: db, writes: true, locks: s.engine.locks()}
	err := tx.row(ctx, "SELECT workspace_id FROM codes WHERE hash = ?", []any{hash}, &tx.workspace)
	if err != nil {
		return err
	}
	code, err := tx.Code(ctx, hash, now)
	if err != nil {
		return err
	}
	if err := tx.UseCode(ctx, hash, now); err != nil {
		return err
	}
	if err := tx.Forgive(ctx, by); err != nil {
		return err
	}
	return fn(tx, code)
}

// PruneLinks deletes codes that were given, and guesses that were made, before a
// moment.
func (s *Store) PruneLinks(ctx context.Context, before time.Time) error {
	for _, statement := range []string{"DELETE FROM codes WHERE created_at < ?", "DELETE FROM guesses WHERE since < ?"} {
		if err := s.write(ctx, func(db *gorm.DB) error { return db.Exec(statement, before.UTC()).Error }); err != nil {
			return fmt.Errorf("prune codes: %w", err)
		}
	}
	return nil
}
