package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// AnswerGrace is how long an answer may wait to be sent by whoever computed it,
// before the sweep sends it.
const AnswerGrace = 5 * time.Second

// A Post is a stored message on its way to a chat. Body is opaque here.
type Post struct {
	ID        int64
	Workspace int64 `gorm:"column:workspace_id"`
	// EventKey is the event that the post answers, or "".
	EventKey               string
	Member                 int64 `gorm:"column:member_id"`
	Platform, Chat, Thread string
	Private                bool
	Body                   string
	Attempts               int
	CreatedAt              time.Time
	DueAt                  time.Time
}

// Post stores a message to be sent from dueAt on and returns its id. With an
// event's key it is the event's answer; it then returns ErrExists when the event
// has been answered before.
func (tx *Tx) Post(ctx context.Context, p Post) (int64, error) {
	var id int64
	err := tx.row(ctx, `INSERT INTO outbox
		(workspace_id, event_key, member_id, platform, chat, thread, private, body, sent, attempts, created_at, due_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, FALSE, 0, ?, ?)
		ON CONFLICT (workspace_id, event_key) WHERE event_key <> '' DO NOTHING RETURNING id`,
		[]any{
			tx.workspace, p.EventKey, p.Member, p.Platform, p.Chat, p.Thread, p.Private, p.Body,
			p.CreatedAt.UTC(), p.DueAt.UTC(),
		}, &id)
	if errors.Is(err, ErrNotFound) {
		err = ErrExists
	}
	if err != nil {
		return 0, fmt.Errorf("store post: %w", err)
	}
	return id, nil
}

// Answered returns the stored answer of an event, or ErrNotFound.
func (tx *Tx) Answered(ctx context.Context, eventKey string) (Post, error) {
	var p Post
	err := tx.one(ctx, &p, "SELECT * FROM outbox WHERE workspace_id = ? AND event_key = ? AND event_key <> ''",
		tx.workspace, eventKey)
	if err != nil {
		return Post{}, fmt.Errorf("read answer of an event: %w", err)
	}
	return p.utc(), nil
}

func (p Post) utc() Post {
	p.CreatedAt, p.DueAt = p.CreatedAt.UTC(), p.DueAt.UTC()
	return p
}

// DuePosts returns unsent posts of all workspaces that are due at now, oldest
// first, at most limit.
func (s *Store) DuePosts(ctx context.Context, now time.Time, limit int) ([]Post, error) {
	var posts []Post
	err := s.read(ctx, func(db *gorm.DB) error {
		return db.Raw("SELECT * FROM outbox WHERE NOT sent AND due_at <= ? ORDER BY due_at, id LIMIT ?",
			now.UTC(), limit).Scan(&posts).Error
	})
	if err != nil {
		return nil, fmt.Errorf("list due posts: %w", err)
	}
	for i := range posts {
		posts[i] = posts[i].utc()
	}
	return posts, nil
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

// Position returns how far a stream of events was read, 0 for not at all.
func (s *Store) Position(ctx context.Context, stream string) (int64, error) {
	var position int64
	err := s.read(ctx, func(db *gorm.DB) error {
		return db.Raw("SELECT position FROM cursors WHERE stream = ?", stream).Scan(&position).Error
	})
	if err != nil {
		return 0, fmt.Errorf("read position of %s: %w", stream, err)
	}
	return position, nil
}

// Advance stores how far a stream of events was read; it never goes back.
func (s *Store) Advance(ctx context.Context, stream string, position int64) error {
	err := s.write(ctx, func(db *gorm.DB) error { return advance(db, stream, position) })
	if err != nil {
		return fmt.Errorf("advance %s: %w", stream, err)
	}
	return nil
}

// Advance is Store.Advance within a transaction, together with the effects of
// what was read.
func (tx *Tx) Advance(ctx context.Context, stream string, position int64) error {
	if err := advance(tx.in(ctx), stream, position); err != nil {
		return fmt.Errorf("advance %s: %w", stream, err)
	}
	return nil
}

func advance(db *gorm.DB, stream string, position int64) error {
	return db.Exec(`INSERT INTO cursors (stream, position) VALUES (?, ?) ON CONFLICT (stream)
		DO UPDATE SET position = CASE WHEN excluded.position > cursors.position
			THEN excluded.position ELSE cursors.position END`, stream, position).Error
}
