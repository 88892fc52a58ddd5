package storage

import (
	"context"
	"fmt"

	"gorm.io/gorm"
)

// tracksToWrite is the cursor that a migration leaves where deals have no tracks
// yet.
const tracksToWrite = "tracks to write"

// tracksAtOnce is for how many deals one write makes tracks.
const tracksAtOnce = 200

// writeTracks makes the tracks of a database that was there before they were,
// once.
func (s *Store) writeTracks(ctx context.Context) error {
	var waiting []int64
	err := s.read(ctx, func(db *gorm.DB) error {
		return db.Raw("SELECT position FROM cursors WHERE stream = ?", tracksToWrite).Scan(&waiting).Error
	})
	if err != nil || len(waiting) == 0 {
		return err
	}
	workspaces, err := s.Workspaces(ctx)
	if err != nil {
		return err
	}
	for _, w := range workspaces {
		if err := s.writeTracksOf(ctx, w.ID); err != nil {
			return fmt.Errorf("write tracks of workspace %d: %w", w.ID, err)
		}
	}
	return s.write(ctx, func(db *gorm.DB) error {
		return db.Exec("DELETE FROM cursors WHERE stream = ?", tracksToWrite).Error
	})
}

func (s *Store) writeTracksOf(ctx context.Context, workspace int64) error {
	for last := int64(0); ; {
		var numbers []int64
		err := s.Write(ctx, workspace, func(tx *Tx) error {
			err := tx.scan(ctx, &numbers, `SELECT number FROM deals WHERE workspace_id = ? AND number > ? AND NOT deleted
				ORDER BY number LIMIT ?`, workspace, last, tracksAtOnce)
			for _, number := range numbers {
				if err == nil {
					err = tx.writeTrackOf(ctx, number)
				}
			}
			return err
		})
		if err != nil || len(numbers) < tracksAtOnce {
			return err
		}
		last = numbers[len(numbers)-1]
	}
}

func (tx *Tx) writeTrackOf(ctx context.Context, number int64) error {
	deal, err := tx.Deal(ctx, number)
	if err != nil {
		return err
	}
	return tx.retrack(ctx, deal, deal)
}
