package storage

import (
	"context"
	"fmt"
	"time"
)

// An Activity is work that a member has reported: so many calls, or a meeting.
type Activity struct {
	// Number is counted from 1 per workspace.
	Number int64
	// Member is who did it.
	Member int64 `gorm:"column:member_id"`
	// Deal is the number of the deal that it was for, or 0.
	Deal int64
	// Kind is "call", "conversation", "appointment", "meeting", "proposal",
	// "research", "referral" or "training".
	Kind string
	// Count is how many there were; 0 says that the report was taken back.
	Count int64
	// At is when it was; AddActivity takes the author's time when it is zero.
	At time.Time
	// Platform and Chat are where it was reported.
	Platform, Chat string
	// Revision counts the activity's changes, from 1.
	Revision int64
}

var activities = noun[Activity]{name: "activity", table: "activities", id: "number", fields: fields[Activity]{
	"count": func(a *Activity) any { return &a.Count },
}}

func (a Activity) row() (id, revision int64, deleted bool) { return a.Number, a.Revision, false }

func (a Activity) utc() Activity {
	a.At = a.At.UTC()
	return a
}

// AddActivity stores a new activity with the next number, as reported by its
// author from where they are, and returns it.
func (tx *Tx) AddActivity(ctx context.Context, a Activity, by Author) (Activity, error) {
	var err error
	if a.Number, err = tx.next(ctx, activities.name); err != nil {
		return Activity{}, err
	}
	if a.At.IsZero() {
		a.At = by.At
	}
	a.At, a.Platform, a.Chat, a.Revision = instant(a.At), by.Platform, by.Chat, 1
	none := a
	none.Count = 0
	err = activities.add(ctx, tx, none, a, by, "member_id, deal, kind, count, at, platform, chat",
		a.Member, a.Deal, a.Kind, a.Count, a.At, a.Platform, a.Chat)
	if err != nil {
		return Activity{}, err
	}
	return a, nil
}

// An ActivityTotal is how much of one kind of activity a member has reported.
type ActivityTotal struct {
	Member int64 `gorm:"column:member_id"`
	Kind   string
	// Count is how many there were, and Times how often some were reported.
	Count, Times int64
}

// ActivityTotals adds up the activities from a moment until before another one,
// by member and kind, without what was taken back. A member of 0 means
// everybody, each on their own.
func (tx *Tx) ActivityTotals(ctx context.Context, member int64, from, to time.Time) ([]ActivityTotal, error) {
	condition, args := "", []any{tx.workspace, from.UTC(), to.UTC()}
	if member != 0 {
		condition, args = " AND member_id = ?", append(args, member)
	}
	var totals []ActivityTotal
	err := tx.scan(ctx, &totals, `SELECT member_id, kind, CAST(SUM(count) AS BIGINT) AS count, COUNT(*) AS times
		FROM activities WHERE workspace_id = ? AND at >= ? AND at < ? AND count <> 0`+condition+`
		GROUP BY member_id, kind ORDER BY member_id, kind`, args...)
	if err != nil {
		return nil, fmt.Errorf("add up activities: %w", err)
	}
	return totals, nil
}
