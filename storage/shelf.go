package storage

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// KeepSent stores a message that is being sent by whoever stores it, so that its
// buttons find it again, and returns its id.
func (tx *Tx) KeepSent(ctx context.Context, p Post) (int64, error) {
	p.DueAt = p.CreatedAt
	id, err := tx.Post(ctx, p)
	if err == nil {
		_, err = tx.exec(ctx, "UPDATE outbox SET sent = TRUE WHERE workspace_id = ? AND id = ?", tx.workspace, id)
	}
	if err != nil {
		return 0, fmt.Errorf("keep message: %w", err)
	}
	return id, nil
}

// PostIn returns a post by its id, sent or not, if it was for that chat, or
// ErrNotFound.
func (tx *Tx) PostIn(ctx context.Context, id int64, platform, chat string) (Post, error) {
	var p Post
	err := tx.one(ctx, &p, "SELECT * FROM outbox WHERE id = ? AND workspace_id = ? AND platform = ? AND chat = ?",
		id, tx.workspace, platform, chat)
	if err != nil {
		return Post{}, fmt.Errorf("read post %d: %w", id, err)
	}
	return p.utc(), nil
}

// PostShown returns the post that a platform shows in a chat under a name of its
// own, or ErrNotFound.
func (tx *Tx) PostShown(ctx context.Context, platform, chat, shownAs string) (Post, error) {
	var p Post
	err := tx.one(ctx, &p, `SELECT * FROM outbox WHERE platform = ? AND chat = ? AND shown_as = ? AND shown_as <> '' AND workspace_id = ?
		ORDER BY id DESC LIMIT 1`, platform, chat, shownAs, tx.workspace)
	if err != nil {
		return Post{}, fmt.Errorf("read post that is shown: %w", err)
	}
	return p.utc(), nil
}

// ShowPost notes what a platform calls the message that shows a post.
func (s *Store) ShowPost(ctx context.Context, id int64, shownAs string) error {
	err := s.write(ctx, func(db *gorm.DB) error {
		return db.Exec("UPDATE outbox SET shown_as = ? WHERE id = ?", shownAs, id).Error
	})
	if err != nil {
		return fmt.Errorf("note how post %d is shown: %w", id, err)
	}
	return nil
}

// Readdress has an unsent post go to another chat of its member's, from a moment
// on.
func (s *Store) Readdress(ctx context.Context, id int64, platform, chat string, due time.Time) error {
	err := s.write(ctx, func(db *gorm.DB) error {
		return db.Exec(`UPDATE outbox SET platform = ?, chat = ?, thread = '', parts = 0, below = '', claimed = FALSE, due_at = ?
			WHERE id = ? AND NOT sent`, platform, chat, due.UTC(), id).Error
	})
	if err != nil {
		return fmt.Errorf("send post %d elsewhere: %w", id, err)
	}
	return nil
}
