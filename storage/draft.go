package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// DraftLife is how long a draft can be continued.
const DraftLife = 24 * time.Hour

// A Draft is a line that waits to be continued.
type Draft struct {
	Number         int64
	Member         int64
	Platform, Chat string
	Line           string
	Values         map[string]string
	// Waiting names the argument that the next typed words will be, or "".
	Waiting string
	// Soft says that only words that are no line are the answer.
	Soft     bool
	Question string
	// EventKey is the event that asked, or "".
	EventKey  string
	CreatedAt time.Time
}

type draftRow struct {
	Number, MemberID                                        int64
	Platform, Chat, Line, Args, Waiting, Question, EventKey string
	Soft                                                    bool
	CreatedAt                                               time.Time
}

func (r draftRow) draft() (Draft, error) {
	d := Draft{
		Number: r.Number, Member: r.MemberID, Platform: r.Platform, Chat: r.Chat, Line: r.Line, Waiting: r.Waiting,
		Soft: r.Soft, Question: r.Question, EventKey: r.EventKey, CreatedAt: r.CreatedAt.UTC(),
	}
	if err := json.Unmarshal([]byte(r.Args), &d.Values); err != nil {
		return Draft{}, fmt.Errorf("read draft %d: %w", r.Number, err)
	}
	return d, nil
}

// KeepDraft stores a draft and returns its number; the same line for the same
// event gets the number it had. A draft with a number takes new values in the
// place of its old ones.
func (tx *Tx) KeepDraft(ctx context.Context, d Draft) (int64, error) {
	args, err := json.Marshal(d.Values)
	if err != nil {
		return 0, fmt.Errorf("write draft: %w", err)
	}
	if d.Number != 0 {
		_, err := tx.exec(ctx, `UPDATE drafts SET args = ?, waiting = ?, question = ? WHERE workspace_id = ?
			AND number = ? AND member_id = ? AND NOT done`, string(args), d.Waiting, d.Question, tx.workspace, d.Number, d.Member)
		return d.Number, err
	}
	if d.EventKey != "" {
		var number int64
		err := tx.one(ctx, &number, `SELECT number FROM drafts
			WHERE workspace_id = ? AND event_key = ? AND event_key <> '' AND line = ? AND args = ? AND waiting = ?`,
			tx.workspace, d.EventKey, d.Line, string(args), d.Waiting)
		if !errors.Is(err, ErrNotFound) {
			return number, err
		}
	}
	number, err := tx.next(ctx, "draft")
	if err != nil {
		return 0, err
	}
	_, err = tx.exec(ctx, `INSERT INTO drafts (workspace_id, number, member_id, platform, chat, line, args, waiting,
		question, event_key, soft, done, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, FALSE, ?)`,
		tx.workspace, number, d.Member, d.Platform, d.Chat, d.Line, string(args), d.Waiting, d.Question,
		d.EventKey, d.Soft, d.CreatedAt.UTC())
	if err != nil {
		return 0, fmt.Errorf("keep draft: %w", err)
	}
	return number, nil
}

// Draft returns the member's draft with that number that is open and not older
// than DraftLife at now, or ErrNotFound.
func (tx *Tx) Draft(ctx context.Context, number, member int64, now time.Time) (Draft, error) {
	return tx.draft(ctx, "number = ? AND member_id = ? AND NOT done AND created_at >= ?",
		number, member, now.UTC().Add(-DraftLife))
}

// DraftChat is a chat in which typed words may be awaited. In a Private one those
// are, too, that are awaited in the chat "": in whichever is private.
type DraftChat struct {
	ID      string
	Private bool
}

// also is the second id of the chat, or the only one again.
func (c DraftChat) also() string {
	if c.Private {
		return ""
	}
	return c.ID
}

// WaitingDraft returns the newest draft of the member in a chat that waits for
// typed words, or ErrNotFound.
func (tx *Tx) WaitingDraft(ctx context.Context, member int64, platform string, chat DraftChat, now time.Time) (Draft, error) {
	return tx.draft(ctx, `member_id = ? AND platform = ? AND chat IN (?, ?) AND waiting <> '' AND NOT done
		AND created_at >= ? ORDER BY number DESC LIMIT 1`, member, platform, chat.ID, chat.also(), now.UTC().Add(-DraftLife))
}

// Waits tells whether a draft of the member in a chat waits for typed words.
func (tx *Tx) Waits(ctx context.Context, member int64, platform string, chat DraftChat, now time.Time) (bool, error) {
	var number int64
	err := tx.row(ctx, `SELECT number FROM drafts WHERE workspace_id = ? AND member_id = ? AND platform = ?
		AND chat IN (?, ?) AND waiting <> '' AND NOT done AND created_at >= ? LIMIT 1`,
		[]any{tx.workspace, member, platform, chat.ID, chat.also(), now.UTC().Add(-DraftLife)}, &number)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look for a waiting draft: %w", err)
	}
	return true, nil
}

func (tx *Tx) draft(ctx context.Context, condition string, args ...any) (Draft, error) {
	var row draftRow
	err := tx.one(ctx, &row, "SELECT * FROM drafts WHERE workspace_id = ? AND "+condition, append([]any{tx.workspace}, args...)...)
	if err != nil {
		return Draft{}, fmt.Errorf("read draft: %w", err)
	}
	return row.draft()
}

// StopWaiting ends the soft questions that wait for the member's words in a chat.
func (tx *Tx) StopWaiting(ctx context.Context, member int64, platform string, chat DraftChat) error {
	_, err := tx.exec(ctx, `UPDATE drafts SET done = TRUE WHERE workspace_id = ? AND member_id = ? AND platform = ?
		AND chat IN (?, ?) AND waiting <> '' AND NOT done AND soft`, tx.workspace, member, platform, chat.ID, chat.also())
	if err != nil {
		return fmt.Errorf("stop waiting: %w", err)
	}
	return nil
}

// CloseDrafts ends whatever waits for the member's words in a chat, and returns how
// many questions that were.
func (tx *Tx) CloseDrafts(ctx context.Context, member int64, platform string, chat DraftChat) (int64, error) {
	n, err := tx.exec(ctx, `UPDATE drafts SET done = TRUE WHERE workspace_id = ? AND member_id = ? AND platform = ?
		AND chat IN (?, ?) AND waiting <> '' AND NOT done`, tx.workspace, member, platform, chat.ID, chat.also())
	if err != nil {
		return 0, fmt.Errorf("close drafts: %w", err)
	}
	return n, nil
}

// CloseDraft ends a draft of the member, and with it the wait for typed words in
// its chat. It returns ErrMoved when it had ended before.
func (tx *Tx) CloseDraft(ctx context.Context, number, member int64, platform string, chat DraftChat) error {
	n, err := tx.exec(ctx, `UPDATE drafts SET done = TRUE
		WHERE workspace_id = ? AND number = ? AND member_id = ? AND NOT done`, tx.workspace, number, member)
	if err == nil && n == 0 {
		err = ErrMoved
	}
	if err == nil {
		_, err = tx.CloseDrafts(ctx, member, platform, chat)
	}
	if err != nil {
		return fmt.Errorf("close draft %d: %w", number, err)
	}
	return nil
}
