package storage

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"
)

// A Team is an organisation as a chat service knows it.
type Team struct {
	Platform string
	ID       string `gorm:"column:external_id"`
	// Name is what it was called when it was linked.
	Name      string
	Workspace int64 `gorm:"column:workspace_id"`
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
	return t, nil
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
