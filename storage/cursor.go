package storage

import (
	"context"
	"fmt"

	"gorm.io/gorm"
)

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
