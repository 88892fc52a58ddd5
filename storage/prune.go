package storage

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// pruned is how many rows one write takes away, so that others need not wait
// long for it.
const pruned = 500

// PruneOutbox deletes posts that were created before a moment and sent. The
// events that they answered are then new again.
func (s *Store) PruneOutbox(ctx context.Context, before time.Time) error {
	for {
		var ids []int64
		err := s.read(ctx, func(db *gorm.DB) error { // the long way over the table holds up no writer
			return db.Raw("SELECT id FROM outbox WHERE sent AND created_at < ? ORDER BY id LIMIT ?",
				before.UTC(), pruned).Scan(&ids).Error
		})
		if err == nil && len(ids) > 0 {
			err = s.write(ctx, func(db *gorm.DB) error {
				return db.Exec("DELETE FROM outbox WHERE sent AND id IN ?", ids).Error
			})
		}
		if err != nil {
			return fmt.Errorf("prune outbox: %w", err)
		}
		if len(ids) < pruned {
			return nil
		}
	}
}

// PruneDrafts deletes drafts that were kept before a moment; after DraftLife
// nobody can continue them.
func (s *Store) PruneDrafts(ctx context.Context, before time.Time) error {
	for {
		var deleted int64
		err := s.write(ctx, func(db *gorm.DB) error {
			res := db.Exec(`DELETE FROM drafts WHERE (workspace_id, number) IN
				(SELECT workspace_id, number FROM drafts WHERE created_at < ? LIMIT ?)`, before.UTC(), pruned)
			deleted = res.RowsAffected
			return res.Error
		})
		if err != nil {
			return fmt.Errorf("prune drafts: %w", err)
		}
		if deleted < pruned {
			return nil
		}
	}
}

// PruneFired deletes that slots were dealt with before a moment, and what was asked
// before it. What comes only once is kept: nothing must be told twice, however late
// its turn is worked out again.
func (s *Store) PruneFired(ctx context.Context, before time.Time) error {
	for _, statement := range []string{
		"DELETE FROM fired WHERE at < ? AND kind NOT IN ('" + PlanReminder + "', '" + PlanDeal + "')",
		"DELETE FROM nudges WHERE at < ?",
	} {
		if err := s.write(ctx, func(db *gorm.DB) error { return db.Exec(statement, before.UTC()).Error }); err != nil {
			return fmt.Errorf("prune what was said: %w", err)
		}
	}
	return nil
}
