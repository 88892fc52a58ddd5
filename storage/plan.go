package storage

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// A Plan is something whose turns have to be worked out anew, because it or what
// it depends on has changed.
type Plan struct {
	Workspace int64 `gorm:"column:workspace_id"`
	// Kind is PlanWorkspace, PlanMember, PlanDeal, PlanSchedule or PlanReminder.
	Kind   string
	Number int64
}

// The kinds of plans. Schedules, reminders, deals and members have turns under the
// same name.
const (
	PlanWorkspace = "workspace"
	PlanMember    = "member"
	PlanDeal      = subjectDeal
	PlanSchedule  = "schedule"
	PlanReminder  = "reminder"
)

// Plans returns what has to be planned anew in all workspaces, at most limit.
func (s *Store) Plans(ctx context.Context, limit int) ([]Plan, error) {
	var plans []Plan
	err := s.read(ctx, func(db *gorm.DB) error {
		return db.Raw("SELECT workspace_id, kind, number FROM plans LIMIT ?", limit).Scan(&plans).Error
	})
	if err != nil {
		return nil, fmt.Errorf("list plans: %w", err)
	}
	return plans, nil
}

// Planned takes something off the list of what has to be planned; ok is false when
// somebody else has. It comes first in a transaction that plans: what changes
// later puts it on the list again.
func (tx *Tx) Planned(ctx context.Context, p Plan) (ok bool, err error) {
	n, err := tx.exec(ctx, "DELETE FROM plans WHERE workspace_id = ? AND kind = ? AND number = ?", tx.workspace, p.Kind, p.Number)
	if err != nil {
		return false, fmt.Errorf("take plan of %s %d: %w", p.Kind, p.Number, err)
	}
	return n > 0, nil
}

// plan puts something on the list of what has to be planned anew.
func (tx *Tx) plan(ctx context.Context, kind string, number int64) error {
	return tx.planAll(ctx, "VALUES (?, ?, ?)", tx.workspace, kind, number)
}

func (tx *Tx) planAll(ctx context.Context, rows string, args ...any) error {
	// A row that is there is locked, so that whoever plans waits for this change.
	_, err := tx.exec(ctx, "INSERT INTO plans (workspace_id, kind, number) "+rows+
		" ON CONFLICT (workspace_id, kind, number) DO UPDATE SET number = excluded.number", args...)
	if err != nil {
		return fmt.Errorf("put on the list of plans: %w", err)
	}
	return nil
}

// PlanHome puts on the list all that depends on the workspace: its schedules, and
// what concerns its members.
func (tx *Tx) PlanHome(ctx context.Context) error {
	for _, rows := range []string{
		"SELECT workspace_id, 'schedule', number FROM schedules WHERE workspace_id = ? AND ended = '' AND NOT deleted",
		"SELECT workspace_id, 'member', id FROM members WHERE workspace_id = ?",
	} {
		if err := tx.planAll(ctx, rows, tx.workspace); err != nil {
			return err
		}
	}
	return nil
}

// PlanWhatConcerns puts on the list what depends on a member: schedules made by
// them or for them alone, reminders set by them or about their deals, and deals whose
// customers were promised something.
func (tx *Tx) PlanWhatConcerns(ctx context.Context, member int64) error {
	w := tx.workspace
	for _, part := range []struct {
		rows string
		args []any
	}{
		{`SELECT workspace_id, 'schedule', number FROM schedules WHERE workspace_id = ? AND ended = '' AND NOT deleted
			AND (member_id = ? OR maker_id = ?)`, []any{w, member, member}},
		{`SELECT workspace_id, 'reminder', number FROM reminders WHERE workspace_id = ? AND NOT done AND NOT deleted
			AND (member_id = ? OR EXISTS (SELECT 1 FROM deals d WHERE d.workspace_id = reminders.workspace_id
				AND d.number = reminders.deal AND d.owner_id = ?))`, []any{w, member, member}},
		{`SELECT workspace_id, 'deal', number FROM deals WHERE workspace_id = ? AND follow_on <> '' AND NOT deleted
			AND owner_id = ?`, []any{w, member}},
	} {
		if err := tx.planAll(ctx, part.rows, part.args...); err != nil {
			return err
		}
	}
	return nil
}

// PlanDealReminders puts the reminders of a deal on the list.
func (tx *Tx) PlanDealReminders(ctx context.Context, deal int64) error {
	return tx.planAll(ctx, `SELECT workspace_id, 'reminder', number FROM reminders
		WHERE workspace_id = ? AND deal = ? AND NOT done AND NOT deleted`, tx.workspace, deal)
}

// stream under which the latest moment is kept that a sweep has seen, in seconds.
const latestStream = "latest sweep"

// A clock may be this far behind the latest moment seen without a reason, and the
// moment is kept once it is that far behind the clock.
const clockSlack = 10 * time.Minute

// SeeClock keeps the latest moment that was seen. When the clock is behind it by
// more than ten minutes, everything that has a turn is put on the list of plans, and
// back is true.
func (s *Store) SeeClock(ctx context.Context, now time.Time) (back bool, err error) {
	seen, err := s.position(ctx, latestStream, time.Time{})
	if err != nil {
		return false, err
	}
	ahead := now.Sub(time.Unix(seen, 0))
	if seen != 0 && ahead.Abs() <= clockSlack {
		return false, nil
	}
	back = seen != 0 && ahead < 0
	err = s.write(ctx, func(db *gorm.DB) error {
		err := db.Exec(`INSERT INTO cursors (stream, position) VALUES (?, ?)
			ON CONFLICT (stream) DO UPDATE SET position = excluded.position`, latestStream, now.Unix()).Error
		if err != nil || !back {
			return err
		}
		return db.Exec(`INSERT INTO plans (workspace_id, kind, number)
			SELECT DISTINCT workspace_id, kind, number FROM turns WHERE TRUE ON CONFLICT DO NOTHING`).Error
	})
	if err != nil {
		return false, fmt.Errorf("keep the latest moment: %w", err)
	}
	return back, nil
}
