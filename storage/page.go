package storage

import (
	"context"
	"fmt"
	"slices"
)

// A PageMessage is a message on the page to play on. Only the page knows what is in
// it.
type PageMessage struct {
	// Number counts the messages of all rooms of a workspace.
	Number int64
	Room   string
	Body   string
}

// KeepPageMessage stores a message of the page, or puts it in the place of the one
// with its number.
func (tx *Tx) KeepPageMessage(ctx context.Context, m PageMessage) error {
	_, err := tx.exec(ctx, `INSERT INTO page_messages (workspace_id, number, room, body) VALUES (?, ?, ?, ?)
		ON CONFLICT (workspace_id, number) DO UPDATE SET room = excluded.room, body = excluded.body`,
		tx.workspace, m.Number, m.Room, m.Body)
	if err != nil {
		return fmt.Errorf("keep message %d of the page: %w", m.Number, err)
	}
	return nil
}

// PageMessages returns the newest messages of the page, at most so many, by number.
func (tx *Tx) PageMessages(ctx context.Context, most int) ([]PageMessage, error) {
	var found []PageMessage
	err := tx.scan(ctx, &found, `SELECT number, room, body FROM page_messages WHERE workspace_id = ?
		ORDER BY number DESC LIMIT ?`, tx.workspace, most)
	if err != nil {
		return nil, fmt.Errorf("list messages of the page: %w", err)
	}
	slices.Reverse(found)
	return found, nil
}

// PrunePageMessages deletes the messages of the page up to a number.
func (tx *Tx) PrunePageMessages(ctx context.Context, number int64) error {
	if _, err := tx.exec(ctx, "DELETE FROM page_messages WHERE workspace_id = ? AND number <= ?", tx.workspace, number); err != nil {
		return fmt.Errorf("prune messages of the page: %w", err)
	}
	return nil
}
