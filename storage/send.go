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
// platforms, oldest first, at most limit, and of each chat only the oldest that
// is unsent, which the others wait for. They are due again when the lease ends,
// unless something is said of them before; Claimed then tells that they were
// claimed already. Without any it only reads.
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
		return db.Exec("UPDATE outbox SET claimed = TRUE, due_at = ? WHERE id IN ?", now.Add(SendLease).UTC(), ids).Error
	})
	if err != nil {
		return nil, fmt.Errorf("claim due posts: %w", err)
	}
	for i := range posts {
		posts[i] = posts[i].utc()
	}
	return posts, nil
}

// anyDue finds out whether a post can be claimed, claimable which ones with whom
// they are for. What is due is found in the order of its time, and the chat of
// each is asked for an older one; PutOff moves a whole chat, so that a chat that
// waits is not looked through. Without an order PostgreSQL may look through all that
// was ever sent for a single one.
const (
	oldestDue = ` FROM outbox o%s WHERE NOT o.sent AND o.platform IN ? AND o.due_at <= ? AND NOT EXISTS (
		SELECT 1 FROM outbox e WHERE NOT e.sent AND e.platform = o.platform AND e.workspace_id = o.workspace_id
		AND e.chat = o.chat AND e.id < o.id)`
	inTime        = " ORDER BY o.due_at, o.id LIMIT "
	claimedMember = " LEFT JOIN members m ON m.workspace_id = o.workspace_id AND m.id = o.member_id"
)

var (
	anyDue    = "SELECT o.id" + fmt.Sprintf(oldestDue, "") + inTime + "1"
	claimable = `SELECT o.*, COALESCE(m.name, '') AS name, COALESCE((SELECT a.external_id FROM accounts a
		WHERE a.workspace_id = o.workspace_id AND a.member_id = o.member_id AND a.platform = o.platform
		ORDER BY CASE a.external_id WHEN o.chat THEN 0 ELSE 1 END, a.external_id LIMIT 1), '') AS account` +
		fmt.Sprintf(oldestDue, claimedMember) + inTime + "?"
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

// PutOff stores what became of an attempt to send a post: its Attempts, Parts,
// Below and Claimed, and when it is due again. The other unsent posts of its chat
// are due then too, if they were earlier.
func (s *Store) PutOff(ctx context.Context, p Post, until time.Time) error {
	until = until.UTC()
	err := s.write(ctx, func(db *gorm.DB) error {
		err := db.Exec("UPDATE outbox SET attempts = ?, parts = ?, below = ?, claimed = ?, due_at = ? WHERE id = ?",
			p.Attempts, p.Parts, p.Below, p.Claimed, until, p.ID).Error
		if err != nil {
			return err
		}
		return db.Exec(putOffChat, until, until, p.ID, p.Platform, p.Workspace, p.Chat).Error
	})
	if err != nil {
		return fmt.Errorf("put off post %d: %w", p.ID, err)
	}
	return nil
}

// ofChat are the unsent posts of one chat. putOffChat has them wait, but one; its
// times are not in the condition, or SQLite would go by them.
const (
	ofChat     = "NOT sent AND platform = ? AND workspace_id = ? AND chat = ?"
	putOffChat = "UPDATE outbox SET due_at = CASE WHEN due_at < ? THEN ? ELSE due_at END WHERE id <> ? AND " + ofChat
)

// DropPost gives a post up for good and keeps why.
func (s *Store) DropPost(ctx context.Context, id int64, why string) error {
	err := s.write(ctx, func(db *gorm.DB) error {
		return db.Exec("UPDATE outbox SET sent = TRUE, dropped = ? WHERE id = ? AND NOT sent", why, id).Error
	})
	if err != nil {
		return fmt.Errorf("drop post %d: %w", id, err)
	}
	return nil
}

// DropChat gives up all unsent posts of a post's chat, that one too, and keeps
// why. It returns how many they were.
func (s *Store) DropChat(ctx context.Context, p Post, why string) (n int64, err error) {
	err = s.write(ctx, func(db *gorm.DB) error {
		res := db.Exec("UPDATE outbox SET sent = TRUE, dropped = ? WHERE "+ofChat, why, p.Platform, p.Workspace, p.Chat)
		n = res.RowsAffected
		return res.Error
	})
	if err != nil {
		return 0, fmt.Errorf("drop posts of the chat of post %d: %w", p.ID, err)
	}
	return n, nil
}
