package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// A Team is an organisation as a chat service knows it.
type Team struct {
	Platform string
	ID       string `gorm:"column:external_id"`
	// Name is what it was called when it was linked.
	Name      string
	Workspace int64 `gorm:"column:workspace_id"`
	// LinkedAt is since when it belongs to the workspace, zero for always.
	LinkedAt time.Time
}

// Team returns a team that is linked to a workspace, or ErrNotFound.
func (s *Store) Team(ctx context.Context, platform, id string) (Team, error) {
	var t Team
	err := s.read(ctx, func(db *gorm.DB) (err error) {
		t, err = (&Tx{db: db}).team(ctx, platform, id)
		return err
	})
	return t, err
}

// LinkTeam links a new team to the workspace that choose picks from all there
// are, and returns the team. choose is also given the teams that are linked by
// now; it returns one of the workspaces, which may have got another name and
// key, or one without an id, which is added. It may be run more than once. A
// team that is linked already stays where it is.
func (s *Store) LinkTeam(ctx context.Context, t Team, choose func(all []Workspace, linked []Team) Workspace) (Team, error) {
	err := s.write(ctx, func(db *gorm.DB) error {
		tx := &Tx{db: db, writes: true, locks: s.engine.locks()}
		found, err := tx.team(ctx, t.Platform, t.ID)
		if err == nil {
			t = found
			return nil
		}
		if !errors.Is(err, ErrNotFound) {
			return err
		}
		t.Workspace, err = tx.link(ctx, t, choose)
		if errors.Is(err, ErrExists) {
			err = errors.Join(errAgain, err) // others linked the team, or took the name, after this transaction looked
		}
		return err
	})
	if err != nil {
		return Team{}, fmt.Errorf("link team %s/%s: %w", t.Platform, t.ID, err)
	}
	return t, nil
}

func (tx *Tx) team(ctx context.Context, platform, id string) (Team, error) {
	var t Team
	err := tx.one(ctx, &t, "SELECT * FROM teams WHERE platform = ? AND external_id = ?", platform, id)
	if err != nil {
		return Team{}, fmt.Errorf("read team %s/%s: %w", platform, id, err)
	}
	t.LinkedAt = t.LinkedAt.UTC()
	return t, nil
}

// AddTeam links a chat to the transaction's workspace. It returns ErrExists when
// it is linked already, to whichever.
func (tx *Tx) AddTeam(ctx context.Context, t Team) error {
	_, err := tx.exec(ctx, "INSERT INTO teams (platform, external_id, workspace_id, name, linked_at) VALUES (?, ?, ?, ?, ?)",
		t.Platform, t.ID, tx.workspace, t.Name, t.LinkedAt.UTC())
	if err != nil {
		return fmt.Errorf("add team %s/%s: %w", t.Platform, t.ID, err)
	}
	return nil
}

// DropTeam ends the link of a chat to the transaction's workspace. It returns
// ErrNotFound when there is none.
func (tx *Tx) DropTeam(ctx context.Context, platform, id string) error {
	n, err := tx.exec(ctx, "DELETE FROM teams WHERE workspace_id = ? AND platform = ? AND external_id = ?", tx.workspace, platform, id)
	if err == nil && n == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("drop team %s/%s: %w", platform, id, err)
	}
	return nil
}

// Teams returns the workspace's teams on a platform, by name.
func (tx *Tx) Teams(ctx context.Context, platform string) ([]Team, error) {
	var found []Team
	err := tx.scan(ctx, &found, "SELECT * FROM teams WHERE workspace_id = ? AND platform = ? ORDER BY name, external_id",
		tx.workspace, platform)
	if err != nil {
		return nil, fmt.Errorf("list teams on %s: %w", platform, err)
	}
	return found, nil
}

// MoveChat gives a chat, with its parts behind a slash, another id wherever it is
// named. A chat that has that id already keeps its link. It may be told twice.
func (s *Store) MoveChat(ctx context.Context, platform, from, to string) error {
	err := s.write(ctx, func(db *gorm.DB) error {
		err := db.Exec(`DELETE FROM teams WHERE platform = ? AND external_id = ?
			AND EXISTS (SELECT 1 FROM teams t WHERE t.platform = ? AND t.external_id = ?)`, platform, from, platform, to).Error
		for _, column := range chatColumns {
			if err != nil {
				return err
			}
			table, name := column[0], column[1]
			err = db.Exec(fmt.Sprintf("UPDATE %[1]s SET %[2]s = ? || substr(%[2]s, ?) WHERE platform = ? AND (%[2]s = ? OR %[2]s LIKE ?)", table, name),
				to, len(from)+1, platform, from, from+"/%").Error
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("move chat %s/%s: %w", platform, from, err)
	}
	return nil
}

// chatColumns are where chats of platforms are named.
var chatColumns = [][2]string{
	{"teams", "external_id"}, {"schedules", "chat"}, {"outbox", "chat"}, {"drafts", "chat"}, {"accounts", "via"}, {"visitors", "chat"},
}

// link stores a new team. The workspaces are locked before the teams are read,
// so that two new teams cannot both take the only workspace.
func (tx *Tx) link(ctx context.Context, t Team, choose func([]Workspace, []Team) Workspace) (int64, error) {
	var rows []workspaceRow
	if err := tx.scan(ctx, &rows, "SELECT * FROM workspaces ORDER BY id"+tx.forUpdate()); err != nil {
		return 0, fmt.Errorf("list workspaces: %w", err)
	}
	all, err := workspaces(rows)
	if err != nil {
		return 0, err
	}
	var linked []Team
	if err := tx.scan(ctx, &linked, "SELECT * FROM teams ORDER BY platform, external_id"); err != nil {
		return 0, fmt.Errorf("list teams: %w", err)
	}
	w := choose(all, linked)
	if w.ID == 0 {
		w.ID, err = tx.addWorkspace(ctx, w)
	} else {
		_, err = tx.exec(ctx, "UPDATE workspaces SET name = ?, key = ? WHERE id = ?", w.Name, w.Key, w.ID)
	}
	if err != nil {
		return 0, fmt.Errorf("save workspace %q: %w", w.Name, err)
	}
	_, err = tx.exec(ctx, "INSERT INTO teams (platform, external_id, workspace_id, name) VALUES (?, ?, ?, ?)",
		t.Platform, t.ID, w.ID, t.Name)
	return w.ID, err
}
