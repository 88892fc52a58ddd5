package storage

import (
	"context"
	"fmt"
	"time"
)

// A Schedule is a line that is said again and again by a rule.
type Schedule struct {
	// Number is the schedule's name in lines, counted from 1 per workspace.
	Number int64
	// Line is what is said, Rule when; both are canonical.
	Line, Rule string
	// Zone is the tz database's name of where the rule's clock stands, "" for the
	// audience's own.
	Zone string
	// Audience is who gets the answer: ForChat, ForMember or ForReps.
	Audience string
	// Platform and Chat are where a chat's answer goes, Name is what people call
	// it. For members, Platform is where they are looked for first.
	Platform, Chat, Name string
	// Member is whom it is for, 0 unless Audience is ForMember.
	Member int64 `gorm:"column:member_id"`
	// Maker is who made it, or has taken it over; it runs with their rights.
	Maker int64 `gorm:"column:maker_id"`
	// Role is what the maker was then, such as "manager": with less it may mean
	// something else, and ends.
	Role string
	// MadeAt is when it was made: no earlier slot is due.
	MadeAt time.Time
	// Ended says why it has ended, "" while it goes on.
	Ended    string
	Deleted  bool
	Revision int64
}

// The values of Schedule.Audience.
const (
	ForChat   = "chat"   // everybody in a chat
	ForMember = "member" // one member, in private
	ForReps   = "reps"   // each rep, in private
)

var schedules = noun[Schedule]{
	name: "schedule", table: "schedules", id: "number", planned: true,
	fields: fields[Schedule]{
		"maker_id": func(s *Schedule) any { return &s.Maker },
		"role":     func(s *Schedule) any { return &s.Role },
		"ended":    func(s *Schedule) any { return &s.Ended },
		"deleted":  func(s *Schedule) any { return &s.Deleted },
	},
}

func (s Schedule) row() (id, revision int64, deleted bool) { return s.Number, s.Revision, s.Deleted }

func (s Schedule) utc() Schedule {
	s.MadeAt = s.MadeAt.UTC()
	return s
}

// Live tells whether the schedule goes on.
func (s Schedule) Live() bool { return s.Ended == "" && !s.Deleted }

// AddSchedule stores a new schedule with the next number, made by its author, and
// returns it.
func (tx *Tx) AddSchedule(ctx context.Context, s Schedule, by Author) (Schedule, error) {
	var err error
	if s.Number, err = tx.next(ctx, schedules.name); err != nil {
		return Schedule{}, err
	}
	s.Maker, s.MadeAt, s.Ended, s.Deleted, s.Revision = by.Member, instant(by.At), "", false, 1
	none := s
	none.Deleted = true
	err = schedules.add(ctx, tx, none, s, by,
		"line, rule, zone, audience, platform, chat, name, member_id, maker_id, role, made_at, ended, deleted",
		s.Line, s.Rule, s.Zone, s.Audience, s.Platform, s.Chat, s.Name, s.Member, s.Maker, s.Role, s.MadeAt, s.Ended, s.Deleted)
	if err != nil {
		return Schedule{}, err
	}
	return s, nil
}

// AddSchedules stores several new schedules, which are undone together, and
// returns them.
func (tx *Tx) AddSchedules(ctx context.Context, all []Schedule, by Author) ([]Schedule, error) {
	added := make([]Schedule, len(all))
	return added, tx.together(ctx, func() (err error) {
		for i, s := range all {
			if added[i], err = tx.AddSchedule(ctx, s, by); err != nil {
				return err
			}
		}
		return nil
	})
}

// Schedule returns the schedule with that number, or ErrNotFound, also when it was
// deleted. In a Write the row is locked until the end of the transaction.
func (tx *Tx) Schedule(ctx context.Context, number int64) (Schedule, error) {
	return schedules.get(ctx, tx, number)
}

// Schedules returns the schedules that go on, by number.
func (tx *Tx) Schedules(ctx context.Context) ([]Schedule, error) {
	return schedules.list(ctx, tx, "ended = '' AND NOT deleted ORDER BY number")
}

// SaveSchedule stores what has changed between before, as it was read, and after:
// maker with their role, why it has ended, and whether it is deleted. It returns ErrMoved when the
// schedule has changed since. Nothing is stored when nothing has changed.
func (tx *Tx) SaveSchedule(ctx context.Context, before, after Schedule, by Author) error {
	return schedules.save(ctx, tx, before, after, by, 0)
}

// ChatSchedules returns the schedules that go on in a chat, by number.
func (tx *Tx) ChatSchedules(ctx context.Context, platform, chat string) ([]Schedule, error) {
	found, err := schedules.list(ctx, tx,
		"ended = '' AND NOT deleted AND audience = ? AND platform = ? AND chat = ? ORDER BY number", ForChat, platform, chat)
	if err != nil {
		return nil, fmt.Errorf("of a chat: %w", err)
	}
	return found, nil
}
