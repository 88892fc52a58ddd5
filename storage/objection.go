package storage

import (
	"context"
	"fmt"
	"time"

	"fifteen/scoring"
)

// An Overcoming is an objection with how it was overcome, and where.
type Overcoming struct {
	Deal   int64 `gorm:"column:number"`
	Name   string
	Owner  int64          `gorm:"column:owner_id"`
	Reason scoring.Reason `gorm:"column:overcame"`
	How    string         `gorm:"column:overcame_how"`
	At     time.Time      `gorm:"column:ended_at"`
}

// Overcomings returns what overcame an objection, or any objection with the
// reason "", in deals that are won; the newest first, at most limit.
func (tx *Tx) Overcomings(ctx context.Context, reason scoring.Reason, limit int) ([]Overcoming, error) {
	var found []Overcoming
	which := "overcame > ?" // any at all, in the way that the index can be used for
	if reason != "" {
		which = "overcame = ?"
	}
	err := tx.scan(ctx, &found, `SELECT number, name, owner_id, overcame, overcame_how, ended_at FROM deals
		WHERE workspace_id = ? AND `+which+` AND overcame <> '' AND outcome = 'won' AND NOT deleted
		AND overcame_how <> '' ORDER BY ended_at DESC, number DESC LIMIT ?`, tx.workspace, string(reason), limit)
	if err != nil {
		return nil, fmt.Errorf("list overcome objections: %w", err)
	}
	for i := range found {
		found[i].At = found[i].At.UTC()
	}
	return found, nil
}
