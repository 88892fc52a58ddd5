package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// A Turn is the next slot of something that is due on a wall clock.
type Turn struct {
	Workspace int64 `gorm:"column:workspace_id"`
	// Kind and Number are what it is, such as the schedule 7.
	Kind   string
	Number int64
	// Member is for whom, 0 for whoever it concerns.
	Member int64 `gorm:"column:member_id"`
	// Slot names the slot by its day and time on the clock, "2026-11-30 09:00".
	Slot string
	// At is when the rule says, DueAt when it is to be dealt with: later, when it was
	// put off.
	At    time.Time `gorm:"column:slot_at"`
	DueAt time.Time
	// Attempts is how often dealing with it has failed.
	Attempts int
}

// A Firing is a slot that was dealt with, and when.
type Firing struct {
	Slot string
	At   time.Time
}

// DueTurns returns turns of all workspaces that are due at now, the longest first,
// at most limit; those of the same moment come in a fixed order.
func (s *Store) DueTurns(ctx context.Context, now time.Time, limit int) ([]Turn, error) {
	var turns []Turn
	err := s.read(ctx, func(db *gorm.DB) (err error) {
		turns, err = dueTurns(db, now, limit)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look for due turns: %w", err)
	}
	for i := range turns {
		turns[i].At, turns[i].DueAt = turns[i].At.UTC(), turns[i].DueAt.UTC()
	}
	return turns, nil
}

func dueTurns(db *gorm.DB, now time.Time, limit int) (turns []Turn, err error) {
	err = db.Raw(`SELECT workspace_id, kind, number, member_id, slot, slot_at, due_at, attempts FROM turns
		WHERE due_at <= ? ORDER BY due_at, workspace_id, kind, number, member_id LIMIT ?`, now.UTC(), limit).Scan(&turns).Error
	return turns, err
}

// NextTurn returns when the next turn of any workspace is due; ok is false when
// there is none.
func (s *Store) NextTurn(ctx context.Context) (at time.Time, ok bool, err error) {
	var next []Turn
	err = s.read(ctx, func(db *gorm.DB) error {
		return db.Raw(`SELECT due_at FROM turns ORDER BY due_at LIMIT 1`).Scan(&next).Error
	})
	if err != nil {
		return time.Time{}, false, fmt.Errorf("look for the next turn: %w", err)
	}
	if len(next) == 0 {
		return time.Time{}, false, nil
	}
	return next[0].DueAt.UTC(), true, nil
}

// PutOffTurn makes a turn due again later, if it is still at its slot; failed says
// that dealing with it has failed.
func (s *Store) PutOffTurn(ctx context.Context, t Turn, until time.Time, failed bool) error {
	more := 0
	if failed {
		more = 1
	}
	err := s.write(ctx, func(db *gorm.DB) error {
		return db.Exec(`UPDATE turns SET due_at = ?, attempts = attempts + ?
			WHERE workspace_id = ? AND kind = ? AND number = ? AND member_id = ? AND slot = ?`,
			until.UTC(), more, t.Workspace, t.Kind, t.Number, t.Member, t.Slot).Error
	})
	if err != nil {
		return fmt.Errorf("put off %s %d: %w", t.Kind, t.Number, err)
	}
	return nil
}

// Fire notes that a turn's slot is dealt with at a moment, and ends the turn. It
// returns ErrExists when that slot was dealt with before, and ErrMoved when the
// turn is not at that slot any more.
func (tx *Tx) Fire(ctx context.Context, t Turn, at time.Time) error {
	var n int64
	err := tx.Pass(ctx, t)
	if err == nil {
		n, err = tx.exec(ctx, `INSERT INTO fired (workspace_id, kind, number, member_id, slot, at)
			VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`, tx.workspace, t.Kind, t.Number, t.Member, t.Slot, at.UTC())
	}
	if err == nil && n == 0 {
		err = ErrExists
	}
	if err != nil {
		return fmt.Errorf("fire %s %d: %w", t.Kind, t.Number, err)
	}
	return nil
}

// Pass ends a turn without its slot being dealt with: a slot that came too late for
// a clock that is wrong may still come in time. It returns ErrMoved when the turn
// is not at that slot any more.
func (tx *Tx) Pass(ctx context.Context, t Turn) error {
	n, err := tx.exec(ctx, `DELETE FROM turns
		WHERE workspace_id = ? AND kind = ? AND number = ? AND member_id = ? AND slot = ?`,
		tx.workspace, t.Kind, t.Number, t.Member, t.Slot)
	if err == nil && n == 0 {
		err = ErrMoved
	}
	if err != nil {
		return fmt.Errorf("pass %s %d: %w", t.Kind, t.Number, err)
	}
	return nil
}

// Unfire takes back that a slot was dealt with, and makes it due again at a moment.
// It returns ErrNotFound when it was not dealt with.
func (tx *Tx) Unfire(ctx context.Context, t Turn) error {
	n, err := tx.exec(ctx, `DELETE FROM fired
		WHERE workspace_id = ? AND kind = ? AND number = ? AND member_id = ? AND slot = ?`,
		tx.workspace, t.Kind, t.Number, t.Member, t.Slot)
	if err == nil && n == 0 {
		err = ErrNotFound
	}
	if err == nil {
		err = tx.SetTurn(ctx, t)
	}
	if err != nil {
		return fmt.Errorf("take back %s %d: %w", t.Kind, t.Number, err)
	}
	return nil
}

// Fired returns the slots of something that were dealt with since a moment, the
// earliest first.
func (tx *Tx) Fired(ctx context.Context, kind string, number, member int64, since time.Time) ([]Firing, error) {
	var found []Firing
	err := tx.scan(ctx, &found, `SELECT slot, at FROM fired
		WHERE workspace_id = ? AND kind = ? AND number = ? AND member_id = ? AND at >= ? ORDER BY at, slot`,
		tx.workspace, kind, number, member, since.UTC())
	if err != nil {
		return nil, fmt.Errorf("list fired slots of %s %d: %w", kind, number, err)
	}
	for i := range found {
		found[i].At = found[i].At.UTC()
	}
	return found, nil
}

// HasFired tells whether a turn's slot was dealt with.
func (tx *Tx) HasFired(ctx context.Context, t Turn) (bool, error) {
	var one int
	err := tx.row(ctx, `SELECT 1 FROM fired
		WHERE workspace_id = ? AND kind = ? AND number = ? AND member_id = ? AND slot = ?`,
		[]any{tx.workspace, t.Kind, t.Number, t.Member, t.Slot}, &one)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// SetTurn stores the next slot of a turn, in place of the one it had.
func (tx *Tx) SetTurn(ctx context.Context, t Turn) error {
	_, err := tx.exec(ctx, `INSERT INTO turns (workspace_id, kind, number, member_id, slot, slot_at, due_at, attempts)
		VALUES (?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (workspace_id, kind, number, member_id)
		DO UPDATE SET slot = excluded.slot, slot_at = excluded.slot_at, due_at = excluded.due_at, attempts = 0`,
		tx.workspace, t.Kind, t.Number, t.Member, t.Slot, t.At.UTC(), t.DueAt.UTC())
	if err != nil {
		return fmt.Errorf("set turn of %s %d: %w", t.Kind, t.Number, err)
	}
	return nil
}

// Turns returns the turns of something, by member.
func (tx *Tx) Turns(ctx context.Context, kind string, number int64) ([]Turn, error) {
	var turns []Turn
	err := tx.scan(ctx, &turns, `SELECT workspace_id, kind, number, member_id, slot, slot_at, due_at, attempts FROM turns
		WHERE workspace_id = ? AND kind = ? AND number = ? ORDER BY member_id`, tx.workspace, kind, number)
	if err != nil {
		return nil, fmt.Errorf("list turns of %s %d: %w", kind, number, err)
	}
	for i := range turns {
		turns[i].At, turns[i].DueAt = turns[i].At.UTC(), turns[i].DueAt.UTC()
	}
	return turns, nil
}

// DropTurns ends all turns of something.
func (tx *Tx) DropTurns(ctx context.Context, kind string, number int64) error {
	_, err := tx.exec(ctx, "DELETE FROM turns WHERE workspace_id = ? AND kind = ? AND number = ?", tx.workspace, kind, number)
	if err != nil {
		return fmt.Errorf("drop turns of %s %d: %w", kind, number, err)
	}
	return nil
}

// DropTurn ends the turn of something for a member, if it has one.
func (tx *Tx) DropTurn(ctx context.Context, kind string, number, member int64) error {
	_, err := tx.exec(ctx, "DELETE FROM turns WHERE workspace_id = ? AND kind = ? AND number = ? AND member_id = ?",
		tx.workspace, kind, number, member)
	if err != nil {
		return fmt.Errorf("drop turn of %s %d: %w", kind, number, err)
	}
	return nil
}
