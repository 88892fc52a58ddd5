package storage

import (
	"context"
	"errors"
	"fmt"
	"time"
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
	// Prompt says that it asks a person something.
	Prompt bool
	// Claimed says that somebody has it who will send it and say so. A post that
	// is stored so must be due only when they have had their time.
	Claimed bool
	// Attempts counts failures; Parts is how many of the post's messages have gone
	// out, and Below the thread that the rest belongs in.
	Attempts, Parts int
	Below           string
	// Dropped is why it will never be sent, "" for no reason.
	Dropped   string
	CreatedAt time.Time
	DueAt     time.Time
	// Name is the member's, and Account the id that the platform knows them by, or
	// ""; both are there only when the post was claimed.
	Name, Account string
}

// Post stores a message to be sent from dueAt on and returns its id. With an
// event's key it is the event's answer; it then returns ErrExists when the event
// has been answered before.
func (tx *Tx) Post(ctx context.Context, p Post) (int64, error) {
	var id int64
	err := tx.row(ctx, `INSERT INTO outbox
		(workspace_id, event_key, member_id, platform, chat, thread, private, body, sent, attempts, created_at, due_at,
		prompt, claimed, parts, below)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, FALSE, 0, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (workspace_id, event_key) WHERE event_key <> '' DO NOTHING RETURNING id`,
		[]any{
			tx.workspace, p.EventKey, p.Member, p.Platform, p.Chat, p.Thread, p.Private, p.Body,
			p.CreatedAt.UTC(), p.DueAt.UTC(), p.Prompt, p.Claimed, p.Parts, p.Below,
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

// PostKey returns the event's key that a post was stored with, "" for none, or
// ErrNotFound.
func (tx *Tx) PostKey(ctx context.Context, id int64) (key string, err error) {
	err = tx.row(ctx, "SELECT event_key FROM outbox WHERE workspace_id = ? AND id = ?", []any{tx.workspace, id}, &key)
	if err != nil {
		return "", fmt.Errorf("read key of post %d: %w", id, err)
	}
	return key, nil
}

// TakeBack gives up a post that was not sent, keeps why, and takes its event's key
// from it, so that the event can be answered anew.
func (tx *Tx) TakeBack(ctx context.Context, id int64, why string) error {
	_, err := tx.exec(ctx, "UPDATE outbox SET event_key = '', sent = TRUE, dropped = ? WHERE workspace_id = ? AND id = ? AND NOT sent",
		why, tx.workspace, id)
	if err != nil {
		return fmt.Errorf("take back post %d: %w", id, err)
	}
	return nil
}
