package storage

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// SendLease is how long a post that was claimed is given to nobody else.
const SendLease = time.Minute

// ClaimPosts returns unsent posts of all workspaces that are due at now on the
// platforms, oldest first, at most limit. They are due again when the lease
// ends, unless they are marked as sent before. Without any it only reads.
func (s *Store) ClaimPosts(ctx context.Context, platforms []string, now time.Time, limit int) ([]Post, error) {
	due, err := s.isDue(ctx, platforms, now)
	if err != nil || !due {
		return nil, err
	}
	query := claimable
	if s.engine.locks() {
		query += " FOR UPDATE OF o SKIP LOCKED"
	}
	var posts []Post
	err = s.write(ctx, func(db *gorm.DB) error {
		posts = nil
		err := db.Raw(query, platforms, now.UTC(), limit).Scan(&posts).Error
		if err != nil || len(posts) == 0 {
			return err
		}
		ids := make([]int64, len(posts))
		for i, p := range posts {
			ids[i] = p.ID
		}
		return db.Exec("UPDATE outbox SET due_at = ? WHERE id IN ?", now.Add(SendLease).UTC(), ids).Error
	})
	if err != nil {
		return nil, fmt.Errorf("claim due posts: %w", err)
	}
	for i := range posts {
		posts[i] = posts[i].utc()
	}
	return posts, nil
}

// anyDue finds out whether a post is due, claimable which ones with whom they are
// for.
const (
	anyDue    = "SELECT id FROM outbox WHERE NOT sent AND platform IN ? AND due_at <= ? LIMIT 1"
	claimable = `SELECT o.*, COALESCE(m.name, '') AS name, COALESCE((SELECT min(a.external_id) FROM accounts a
		WHERE a.workspace_id = o.workspace_id AND a.member_id = o.member_id AND a.platform = o.platform), '') AS account
		FROM outbox o LEFT JOIN members m ON m.workspace_id = o.workspace_id AND m.id = o.member_id
		WHERE NOT o.sent AND o.platform IN ? AND o.due_at <= ? ORDER BY o.due_at, o.id LIMIT ?`
)

func (s *Store) isDue(ctx context.Context, platforms []string, now time.Time) (bool, error) {
	if len(platforms) == 0 {
		return false, nil
	}
	var ids []int64
	err := s.read(ctx, func(db *gorm.DB) error {
		return db.Raw(anyDue, platforms, now.UTC()).Scan(&ids).Error
	})
	if err != nil {
		return false, fmt.Errorf("look for due posts: %w", err)
	}
	return len(ids) > 0, nil
}

// MarkSent marks posts as sent.
func (s *Store) MarkSent(ctx context.Context, ids ...int64) error {
	if len(ids) == 0 {
		return nil
	}
	err := s.write(ctx, func(db *gorm.DB) error {
		return db.Exec("UPDATE outbox SET sent = TRUE WHERE id IN ?", ids).Error
	})
	if err != nil {
		return fmt.Errorf("mark posts as sent: %w", err)
	}
	return nil
}

// PutOff notes a failed attempt to send a post, which is due again at until.
func (s *Store) PutOff(ctx context.Context, id int64, until time.Time) error {
	err := s.write(ctx, func(db *gorm.DB) error {
		return db.Exec("UPDATE outbox SET attempts = attempts + 1, due_at = ? WHERE id = ?", until.UTC(), id).Error
	})
	if err != nil {
		return fmt.Errorf("put off post %d: %w", id, err)
	}
	return nil
}
