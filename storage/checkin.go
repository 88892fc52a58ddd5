package storage

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// A Checkin says which questions about one day a member has answered. What they
// answered is kept as activities and as steps of deals.
type Checkin struct {
	// Number is counted from 1 per workspace; 0 is a day of which nothing has been
	// said yet.
	Number int64
	Member int64 `gorm:"column:member_id"`
	// Day is one such as "2026-11-25", where the member's days begin.
	Day string
	// Calls, Meetings and Steps say which questions have been answered.
	Calls, Meetings, Steps bool
	// TalliedAt is when the last of calls and meetings was answered, and DoneAt when
	// the steps were: in between, deals are moved in answer to the question.
	TalliedAt, DoneAt time.Time
	// Revision counts the answers and what was taken back of them, from 1; 0 is a
	// day of which nothing has been said yet.
	Revision int64
}

// Done tells whether nothing is left to ask.
func (c Checkin) Done() bool { return c.Calls && c.Meetings && c.Steps }

var checkins = noun[Checkin]{name: "checkin", table: "checkins", id: "number", fields: fields[Checkin]{
	"calls":      func(c *Checkin) any { return &c.Calls },
	"meetings":   func(c *Checkin) any { return &c.Meetings },
	"steps":      func(c *Checkin) any { return &c.Steps },
	"tallied_at": func(c *Checkin) any { return &c.TalliedAt },
	"done_at":    func(c *Checkin) any { return &c.DoneAt },
}}

func (c Checkin) row() (id, revision int64, deleted bool) { return c.Number, c.Revision, false }

func (c Checkin) utc() Checkin {
	c.TalliedAt, c.DoneAt = c.TalliedAt.UTC(), c.DoneAt.UTC()
	return c
}

// Checkin returns what a member has answered about a day such as "2026-11-25", at
// revision 0 when that is nothing. In a Write nobody else answers for the member
// until the end of the transaction. It returns ErrNotFound when the workspace has
// no such member.
func (tx *Tx) Checkin(ctx context.Context, member int64, day string) (Checkin, error) {
	if _, err := members.get(ctx, tx, member); err != nil { // there may be no row of the day to lock
		return Checkin{}, err
	}
	found, err := checkins.list(ctx, tx, "member_id = ? AND day = ?", member, day)
	if err != nil {
		return Checkin{}, err
	}
	if len(found) == 0 {
		return Checkin{Member: member, Day: day}, nil
	}
	return found[0], nil
}

// CheckedIn tells whether a member has answered everything about a day such as
// "2026-11-25".
func (tx *Tx) CheckedIn(ctx context.Context, member int64, day string) (bool, error) {
	c, err := tx.Checkin(ctx, member, day)
	return c.Done(), err
}

// SaveCheckin stores which answers have changed between before, as it was read,
// and after, and what the author reports with them where done has a count; both
// are undone together. It returns ErrMoved when the check-in has changed since.
// Nothing is stored when nothing has changed.
func (tx *Tx) SaveCheckin(ctx context.Context, before, after Checkin, done Activity, by Author) (Checkin, error) {
	tallied, told := before.Calls != after.Calls || before.Meetings != after.Meetings, before.Steps != after.Steps
	switch {
	case !tallied && !told && done.Count == 0:
		return before, nil
	case !tallied && !told:
		_, err := tx.AddActivity(ctx, done, by)
		return before, err
	}
	now := instant(by.At)
	next := Checkin{
		Number: before.Number, Member: before.Member, Day: before.Day,
		Calls: after.Calls, Meetings: after.Meetings, Steps: after.Steps,
		TalliedAt: before.TalliedAt, DoneAt: before.DoneAt, Revision: before.Revision + 1,
	}
	if tallied || before.Number == 0 {
		next.TalliedAt = now
	}
	if told || before.Number == 0 {
		next.DoneAt = now
	}
	if done.Count == 0 {
		return tx.saveCheckin(ctx, before, next, by)
	}
	err := tx.together(ctx, func() (err error) {
		if _, err = tx.AddActivity(ctx, done, by); err == nil {
			next, err = tx.saveCheckin(ctx, before, next, by)
		}
		return err
	})
	return next, err
}

func (tx *Tx) saveCheckin(ctx context.Context, before, after Checkin, by Author) (Checkin, error) {
	if before.Number != 0 {
		return after, checkins.save(ctx, tx, before, after, by, 0)
	}
	var err error
	if after.Number, err = tx.next(ctx, checkins.name); err != nil {
		return Checkin{}, err
	}
	none := after
	none.Calls, none.Meetings, none.Steps = false, false, false
	err = checkins.add(ctx, tx, none, after, by, "member_id, day, calls, meetings, steps, tallied_at, done_at",
		after.Member, after.Day, after.Calls, after.Meetings, after.Steps, after.TalliedAt, after.DoneAt)
	if errors.Is(err, ErrExists) { // begun by somebody else since it was read
		err = fmt.Errorf("%w: %w", ErrMoved, err)
	}
	return after, err
}

// MovedDeals returns the deals that a member has taken to another step from one
// moment to before another, and that still stand elsewhere than before; their
// cards are left out. They come by number.
func (tx *Tx) MovedDeals(ctx context.Context, member int64, from, to time.Time) ([]Deal, error) {
	var rows []dealRow
	// Cross joins keep SQLite from beginning with all deals there are.
	err := tx.scan(ctx, &rows, "SELECT "+listColumns+` FROM (SELECT deal, MIN(rev) AS rev FROM step_changes
			WHERE workspace_id = ? AND member_id = ? AND at >= ? AND at < ? GROUP BY deal) AS early
		CROSS JOIN step_changes AS was CROSS JOIN deals
		WHERE was.workspace_id = ? AND was.deal = early.deal AND was.rev = early.rev
		AND deals.workspace_id = ? AND number = early.deal AND NOT deleted AND step <> from_step ORDER BY number`,
		tx.workspace, member, from.UTC(), to.UTC(), tx.workspace, tx.workspace)
	if err != nil {
		return nil, fmt.Errorf("list deals that member %d moved: %w", member, err)
	}
	return dealsOf(rows)
}

// touchedChanges is how many of a member's newest changes are looked through for
// deals.
const touchedChanges = 300

// TouchedDeals returns a member's open deals that they have been busy with: first
// those that they have reported something for from one moment to before another,
// then those that they have changed, the last one first; at most limit. Their cards
// are left out.
func (tx *Tx) TouchedDeals(ctx context.Context, member int64, from, to time.Time, limit int) ([]Deal, error) {
	var rows []dealRow
	err := tx.scan(ctx, &rows, "SELECT "+listColumns+` FROM (SELECT deal, MAX(busy) AS busy, MAX(id) AS id FROM (
			SELECT deal, 1 AS busy, 0 AS id FROM activities
			WHERE workspace_id = ? AND member_id = ? AND at >= ? AND at < ? AND count <> 0
			UNION ALL
			SELECT deal, 0 AS busy, id FROM (SELECT deal, id FROM changes
				WHERE workspace_id = ? AND member_id = ? ORDER BY changes.id DESC LIMIT ?) AS newest
		) AS every WHERE deal > 0 GROUP BY deal) AS touched CROSS JOIN deals
		WHERE workspace_id = ? AND number = touched.deal AND owner_id = ? AND outcome = 'open' AND NOT deleted
		ORDER BY touched.busy DESC, touched.id DESC, number LIMIT ?`,
		tx.workspace, member, from.UTC(), to.UTC(), tx.workspace, member, touchedChanges, tx.workspace, member, limit)
	if err != nil {
		return nil, fmt.Errorf("list deals that member %d was busy with: %w", member, err)
	}
	return dealsOf(rows)
}
