package storage

import (
	"context"
	"fmt"
	"time"
)

// LastReports returns when each active member has last reported anything, by the
// member's id: a change of a deal or a company, which a step, an answer and a note
// are, an activity, or a check-in. Whoever never has is not in it. What was taken
// back counts too: somebody was there to do so.
func (tx *Tx) LastReports(ctx context.Context) (map[int64]time.Time, error) {
	var found []struct {
		Member int64
		At     time.Time
	}
	// Each member's newest change is looked up by the index, which ends in the id.
	err := tx.scan(ctx, &found, `SELECT m.id AS member, c.at FROM members m JOIN changes c ON c.id = (
			SELECT l.id FROM changes l WHERE l.workspace_id = m.workspace_id AND l.member_id = m.id
				AND (l.deal > 0 OR l.subject LIKE 'activity/%' OR l.subject LIKE 'checkin/%' OR l.subject LIKE 'company/%')
			ORDER BY l.id DESC LIMIT 1)
		WHERE m.workspace_id = ? AND m.active`, tx.workspace)
	if err != nil {
		return nil, fmt.Errorf("look up last reports: %w", err)
	}
	last := make(map[int64]time.Time, len(found))
	for _, f := range found {
		last[f.Member] = f.At.UTC()
	}
	return last, nil
}
