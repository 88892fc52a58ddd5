package storage

import (
	"context"
	"fmt"
	"time"
)

// A Nudge is a question that the bot has asked a member by itself.
type Nudge struct {
	Member int64 `gorm:"column:member_id"`
	// Day is the member's, such as "2026-11-30": there is at most one nudge a day.
	Day string
	// What was asked: NudgeAnswer, NudgeStep or NudgeDrop.
	What string
	Deal int64
	At   time.Time
}

// The values of Nudge.What.
const (
	NudgeAnswer = "answer" // an answer that is stale or doubtful
	NudgeStep   = "step"   // what happens next with a deal
	NudgeDrop   = "drop"   // whether to disqualify a deal that has no next step
)

// AddNudge notes what a member is asked. It returns ErrExists when the member was
// asked something that day.
func (tx *Tx) AddNudge(ctx context.Context, n Nudge) error {
	rows, err := tx.exec(ctx, `INSERT INTO nudges (workspace_id, member_id, day, what, deal, at) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`, tx.workspace, n.Member, n.Day, n.What, n.Deal, n.At.UTC())
	if err == nil && rows == 0 {
		err = ErrExists
	}
	if err != nil {
		return fmt.Errorf("note nudge of member %d: %w", n.Member, err)
	}
	return nil
}

// DropNudge takes back that a member was asked on a day.
func (tx *Tx) DropNudge(ctx context.Context, member int64, day string) error {
	_, err := tx.exec(ctx, "DELETE FROM nudges WHERE workspace_id = ? AND member_id = ? AND day = ?", tx.workspace, member, day)
	if err != nil {
		return fmt.Errorf("take back nudge of member %d: %w", member, err)
	}
	return nil
}

// Nudges returns what was asked about a deal since a moment, the earliest first.
func (tx *Tx) Nudges(ctx context.Context, deal int64, since time.Time) ([]Nudge, error) {
	var found []Nudge
	err := tx.scan(ctx, &found, `SELECT member_id, day, what, deal, at FROM nudges
		WHERE workspace_id = ? AND deal = ? AND at >= ? ORDER BY at`, tx.workspace, deal, since.UTC())
	if err != nil {
		return nil, fmt.Errorf("list nudges about deal %d: %w", deal, err)
	}
	for i := range found {
		found[i].At = found[i].At.UTC()
	}
	return found, nil
}

// Adrift returns an owner's open deals that have no next step, were added before a
// moment and do not wait on a day, the oldest first, at most limit; their cards are
// left out.
func (tx *Tx) Adrift(ctx context.Context, owner int64, before time.Time, day string, limit int) ([]Deal, error) {
	deals, err := tx.deals(ctx, `workspace_id = ? AND owner_id = ? AND outcome = 'open' AND NOT deleted AND next_step = ''
		AND created_at < ? AND wait_on <= ? ORDER BY created_at, number LIMIT ?`, tx.workspace, owner, before.UTC(), day, limit)
	if err != nil {
		return nil, fmt.Errorf("list deals adrift of member %d: %w", owner, err)
	}
	return deals, nil
}

// SteplessSince returns since when a deal has had no next step: the last change of
// it, or when it was added.
func (tx *Tx) SteplessSince(ctx context.Context, d Deal) (time.Time, error) {
	var at []time.Time
	err := tx.scan(ctx, &at, `SELECT at FROM changes WHERE workspace_id = ? AND deal = ? AND deal > 0
		AND diff LIKE '%"next_step":%' ORDER BY rev DESC LIMIT 1`, tx.workspace, d.Number)
	if err != nil {
		return time.Time{}, fmt.Errorf("look for next steps of deal %d: %w", d.Number, err)
	}
	if len(at) == 0 {
		return d.CreatedAt, nil
	}
	return at[0].UTC(), nil
}
