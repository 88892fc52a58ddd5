package storage

import (
	"context"
	"fmt"
	"time"
)

// A Member is a person of a workspace.
type Member struct {
	ID   int64
	Name string
	// Key is the folded name, unique in the workspace.
	Key string
	// Role is "rep", "manager" or "admin".
	Role string
	// Locale and Zone are empty for the workspace's.
	Locale, Zone string
	// Hours, such as "09:00-18:00", and Days, such as "mon,tue", are when the member
	// works; each is empty for the workspace's.
	Hours, Days string
	// AwayUntil is the first day on which the member is here again, such as
	// "2026-12-05"; empty for somebody who has not been away.
	AwayUntil string
	// Reach is the platform on which the member wants what the bot says by itself;
	// empty for where they spoke last.
	Reach  string
	Active bool
	// Fresh says that nobody has greeted the member yet.
	Fresh bool
	// Revision counts the changes of the member.
	Revision  int64
	CreatedAt time.Time
}

// AddMember stores a new member, known by an account on a platform, and returns
// it with its id. It returns ErrExists when the key or the account is taken.
func (tx *Tx) AddMember(ctx context.Context, m Member, platform, externalID string) (Member, error) {
	m.Active, m.Revision, m.CreatedAt = true, 1, instant(m.CreatedAt)
	err := tx.one(ctx, &m.ID, `INSERT INTO members
		(workspace_id, name, key, role, locale, zone, active, fresh, revision, created_at)
		VALUES (?, ?, ?, ?, ?, ?, TRUE, ?, 1, ?) RETURNING id`,
		tx.workspace, m.Name, m.Key, m.Role, m.Locale, m.Zone, m.Fresh, m.CreatedAt)
	if err == nil {
		_, err = tx.exec(ctx, `INSERT INTO accounts (workspace_id, platform, external_id, member_id)
			VALUES (?, ?, ?, ?)`, tx.workspace, platform, externalID, m.ID)
	}
	if err == nil {
		err = tx.plan(ctx, PlanMember, m.ID)
	}
	if err != nil {
		return Member{}, fmt.Errorf("add member %q: %w", m.Name, err)
	}
	return m, nil
}

// Member returns the member with that id, or ErrNotFound.
func (tx *Tx) Member(ctx context.Context, id int64) (Member, error) {
	var m Member
	err := tx.one(ctx, &m, "SELECT * FROM members WHERE workspace_id = ? AND id = ?", tx.workspace, id)
	if err != nil {
		return Member{}, fmt.Errorf("read member %d: %w", id, err)
	}
	return m.utc(), nil
}

// Members returns all members, by name.
func (tx *Tx) Members(ctx context.Context) ([]Member, error) {
	return members.list(ctx, tx, "TRUE ORDER BY key, id")
}

// Greet notes that a member has been greeted. It tells whether nobody had done so
// before, and is false for somebody unknown.
func (tx *Tx) Greet(ctx context.Context, member int64) (first bool, err error) {
	n, err := tx.exec(ctx, "UPDATE members SET fresh = FALSE WHERE workspace_id = ? AND id = ? AND fresh", tx.workspace, member)
	if err != nil {
		return false, fmt.Errorf("greet member %d: %w", member, err)
	}
	return n == 1, nil
}

// SetRole gives a member a role. Nothing is stored when it is the one the member
// has.
func (tx *Tx) SetRole(ctx context.Context, member int64, role string, by Author) error {
	before, err := tx.Member(ctx, member)
	if err != nil {
		return err
	}
	after := before
	after.Role = role
	return members.save(ctx, tx, before, after, by, 0)
}

// SaveMember stores what has changed between before, as it was read, and after:
// name, role, language, zone, working hours and days, until when the member is
// away, where they are reached, and whether it is active. It returns
// ErrMoved when the member has changed since, and ErrExists when the key is
// taken. Nothing is stored when nothing has changed.
func (tx *Tx) SaveMember(ctx context.Context, before, after Member, by Author) error {
	return members.save(ctx, tx, before, after, by, 0)
}

var members = noun[Member]{name: "member", table: "members", id: "id", planned: true, fields: fields[Member]{
	"name":       func(m *Member) any { return &m.Name },
	"key":        func(m *Member) any { return &m.Key },
	"role":       func(m *Member) any { return &m.Role },
	"locale":     func(m *Member) any { return &m.Locale },
	"zone":       func(m *Member) any { return &m.Zone },
	"hours":      func(m *Member) any { return &m.Hours },
	"days":       func(m *Member) any { return &m.Days },
	"away_until": func(m *Member) any { return &m.AwayUntil },
	"reach":      func(m *Member) any { return &m.Reach },
	"active":     func(m *Member) any { return &m.Active },
}}

func (m Member) row() (id, revision int64, deleted bool) { return m.ID, m.Revision, false }

func (m Member) utc() Member {
	m.CreatedAt = m.CreatedAt.UTC()
	return m
}
