package storage

import (
	"context"
	"fmt"

	"fifteen/scoring"
)

// CountDealsOver returns how many deals are, or have ever been, lost for a reason,
// or won although it stood in their way. Deals that were deleted count too.
func (tx *Tx) CountDealsOver(ctx context.Context, reason scoring.Reason) (int64, error) {
	var count int64
	err := tx.one(ctx, &count, `SELECT COUNT(*) FROM (
		SELECT number AS deal FROM deals WHERE workspace_id = ? AND (reason = ? OR overcame = ?)
		UNION SELECT deal FROM refusal_changes WHERE workspace_id = ? AND reason = ?) AS over`,
		tx.workspace, string(reason), string(reason), tx.workspace, string(reason))
	if err != nil {
		return 0, fmt.Errorf("count deals over %s: %w", reason, err)
	}
	return count, nil
}

// CountDealsAt returns how many deals stand, or have ever stood, at one of the
// steps, by the ids that histories know them under. Deals that were deleted count
// too: undo brings them back.
func (tx *Tx) CountDealsAt(ctx context.Context, steps ...scoring.Step) (int64, error) {
	if len(steps) == 0 {
		return 0, nil
	}
	var count int64
	err := tx.one(ctx, &count, `SELECT COUNT(*) FROM (
		SELECT number AS deal FROM deals WHERE workspace_id = ? AND step IN ?
		UNION SELECT deal FROM step_changes WHERE workspace_id = ? AND to_step IN ?) AS stood`,
		tx.workspace, steps, tx.workspace, steps)
	if err != nil {
		return 0, fmt.Errorf("count deals at %v: %w", steps, err)
	}
	return count, nil
}
