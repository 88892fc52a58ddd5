package storage

import (
	"context"
	"fmt"
	"time"
)

// A Reminder is what somebody wants to be told about a deal on a day.
type Reminder struct {
	// Number is the reminder's name in lines, counted from 1 per workspace.
	Number int64
	// Deal is the number of the deal that it is about.
	Deal int64
	// Member is who set it.
	Member int64 `gorm:"column:member_id"`
	What   string
	// Day, such as "2027-02-10", and Clock, such as "09:00", are when, on the wall
	// clock of whom it reminds.
	Day, Clock string
	// SetAt is when it was set.
	SetAt time.Time
	// Done says that it is off the list.
	Done     bool
	Deleted  bool
	Revision int64
}

var reminders = noun[Reminder]{name: "reminder", table: "reminders", id: "number", planned: true, fields: fields[Reminder]{
	"day":     func(r *Reminder) any { return &r.Day },
	"clock":   func(r *Reminder) any { return &r.Clock },
	"done":    func(r *Reminder) any { return &r.Done },
	"deleted": func(r *Reminder) any { return &r.Deleted },
}}

func (r Reminder) row() (id, revision int64, deleted bool) { return r.Number, r.Revision, r.Deleted }

func (r Reminder) utc() Reminder {
	r.SetAt = r.SetAt.UTC()
	return r
}

// AddReminder stores a new reminder with the next number, set by its author and
// not done yet, and returns it.
func (tx *Tx) AddReminder(ctx context.Context, r Reminder, by Author) (Reminder, error) {
	var err error
	if r.Number, err = tx.next(ctx, reminders.name); err != nil {
		return Reminder{}, err
	}
	r.Member, r.SetAt, r.Done, r.Deleted, r.Revision = by.Member, instant(by.At), false, false, 1
	none := r
	none.Deleted = true
	err = reminders.add(ctx, tx, none, r, by, "deal, member_id, what, day, clock, set_at, done, deleted",
		r.Deal, r.Member, r.What, r.Day, r.Clock, r.SetAt, r.Done, r.Deleted)
	if err != nil {
		return Reminder{}, err
	}
	return r, nil
}

// Reminder returns the reminder with that number, or ErrNotFound, also when it was
// deleted. In a Write the row is locked until the end of the transaction.
func (tx *Tx) Reminder(ctx context.Context, number int64) (Reminder, error) {
	return reminders.get(ctx, tx, number)
}

// SaveReminder stores what has changed between before, as it was read, and after:
// day, clock, whether the reminder is done, and whether it is deleted. It returns ErrMoved when
// the reminder has changed since. Nothing is stored when nothing has changed.
func (tx *Tx) SaveReminder(ctx context.Context, before, after Reminder, by Author) error {
	return reminders.save(ctx, tx, before, after, by, 0)
}

// A DealReminder is a reminder with the name of its deal.
type DealReminder struct {
	Reminder `gorm:"embedded"`
	Name     string
}

// Reminders returns the reminders that are not done and whose day is until at the
// latest, such as "2027-02-10", the earliest first, at most limit; those of deals
// that were deleted are left out. A member of 0 means anybody's; else those that
// the member has set, and those of the member's own deals.
func (tx *Tx) Reminders(ctx context.Context, member int64, until string, limit int) ([]DealReminder, error) {
	whose, args := "", []any{tx.workspace, until}
	if member != 0 {
		whose, args = "AND (deals.owner_id = ? OR reminders.member_id = ?) ", append(args, member, member)
	}
	var found []DealReminder
	err := tx.scan(ctx, &found, `SELECT reminders.*, deals.name FROM reminders
		JOIN deals ON deals.workspace_id = reminders.workspace_id AND deals.number = reminders.deal AND NOT deals.deleted
		WHERE reminders.workspace_id = ? AND NOT reminders.done AND NOT reminders.deleted AND reminders.day <= ? `+whose+
		`ORDER BY reminders.day, reminders.clock, reminders.number LIMIT ?`, append(args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("list reminders: %w", err)
	}
	for i := range found {
		found[i].Reminder = found[i].utc()
	}
	return found, nil
}
