package storage

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// cursorLife is for how long it counts how far a stream was read. Telegram numbers
// its updates anew, at random, after a week without any.
// Source: https://core.telegram.org/bots/api#update.
const cursorLife = 6 * 24 * time.Hour

// Position returns how far a stream of events was read, 0 for not at all, and for
// one that was last read more than six days before now.
func (s *Store) Position(ctx context.Context, stream string, now time.Time) (int64, error) {
	return s.position(ctx, stream, now.Add(-cursorLife))
}

// position returns how far a stream was read, if that was after a moment.
func (s *Store) position(ctx context.Context, stream string, after time.Time) (int64, error) {
	var position int64
	err := s.read(ctx, func(db *gorm.DB) error {
		return db.Raw("SELECT position FROM cursors WHERE stream = ? AND moved_at >= ?", stream, after.UTC()).Scan(&position).Error
	})
	if err != nil {
		return 0, fmt.Errorf("read position of %s: %w", stream, err)
	}
	return position, nil
}

// Advance stores how far a stream of events was read by a moment. It goes back only
// from a position that has come to count no more.
func (s *Store) Advance(ctx context.Context, stream string, position int64, at time.Time) error {
	err := s.write(ctx, func(db *gorm.DB) error { return advance(db, stream, position, at) })
	if err != nil {
		return fmt.Errorf("advance %s: %w", stream, err)
	}
	return nil
}

// Advance is Store.Advance within a transaction, together with the effects of
// what was read.
func (tx *Tx) Advance(ctx context.Context, stream string, position int64, at time.Time) error {
	if err := advance(tx.in(ctx), stream, position, at); err != nil {
		return fmt.Errorf("advance %s: %w", stream, err)
	}
	return nil
}

func advance(db *gorm.DB, stream string, position int64, at time.Time) error {
	return db.Exec(`INSERT INTO cursors (stream, position, moved_at) VALUES (?, ?, ?) ON CONFLICT (stream)
		DO UPDATE SET position = CASE WHEN excluded.position > cursors.position OR cursors.moved_at < ?
			THEN excluded.position ELSE cursors.position END, moved_at = excluded.moved_at`,
		stream, position, at.UTC(), at.Add(-cursorLife).UTC()).Error
}
