package storage_test

import (
	"errors"
	"fmt"
	"testing"

	"fifteen/storage"
)

// link links a team to a workspace.
func (p *place) link(t storage.Team) storage.Team {
	p.Helper()
	t, err := p.store.LinkTeam(p.Context(), t, func(all []storage.Workspace, _ []storage.Team) storage.Workspace {
		for _, w := range all {
			if w.ID == t.Workspace {
				return w
			}
		}
		return storage.Workspace{Name: t.Name, Key: t.Name, Zone: "UTC", CreatedAt: p.now}
	})
	if err != nil {
		p.Fatal(err)
	}
	return t
}

// alone picks the only workspace if no team is linked yet, else a new one.
func alone(name string) func([]storage.Workspace, []storage.Team) storage.Workspace {
	return func(all []storage.Workspace, linked []storage.Team) storage.Workspace {
		if len(all) == 1 && len(linked) == 0 {
			return all[0]
		}
		name := fmt.Sprintf("%s %d", name, len(all)+1)
		return storage.Workspace{Name: name, Key: name, Zone: "UTC", CreatedAt: start}
	}
}

func TestTeams(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			if _, err := p.store.Team(t.Context(), "slack", "T1"); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("a team that is new: got error %v, want %v", err, storage.ErrNotFound)
			}
			first := p.link(storage.Team{Platform: "slack", ID: "T1", Name: "Acme", Workspace: p.home})
			p.same("first", first.Workspace, p.home)
			second := p.link(storage.Team{Platform: "slack", ID: "T2", Name: "Bolt"})
			if second.Workspace == p.home {
				t.Error("second: got the workspace of the first, want one of its own")
			}
			p.link(storage.Team{Platform: "telegram", ID: "T1", Name: "Cork", Workspace: second.Workspace})
			p.same("linked again", p.link(storage.Team{Platform: "slack", ID: "T1", Name: "Other"}), first)
			p.reopen()
			for _, want := range []storage.Team{first, second} {
				got, err := p.store.Team(t.Context(), want.Platform, want.ID)
				if err != nil {
					t.Fatal(err)
				}
				p.same("team", got, want)
			}
			p.same("workspaces", rows(t, p.raw(), "SELECT name FROM workspaces ORDER BY id"), []string{"ACME", "Bolt"})
		})
	}
}

func TestLinkTeamRenames(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			_, err := p.store.LinkTeam(t.Context(), storage.Team{Platform: "slack", ID: "T1"},
				func(all []storage.Workspace, linked []storage.Team) storage.Workspace {
					p.same("linked before", linked, []storage.Team{})
					all[0].Name, all[0].Key = "Bolt", "bolt"
					return all[0]
				})
			if err != nil {
				t.Fatal(err)
			}
			p.same("name and key", []string{p.settings().Name, p.settings().Key}, []string{"Bolt", "bolt"})
			_, err = p.store.LinkTeam(t.Context(), storage.Team{Platform: "slack", ID: "T2"},
				func(all []storage.Workspace, linked []storage.Team) storage.Workspace {
					p.same("linked by now", linked, []storage.Team{{Platform: "slack", ID: "T1", Workspace: p.home}})
					return storage.Workspace{Name: "BOLT", Key: "bolt"}
				})
			if !errors.Is(err, storage.ErrExists) {
				t.Errorf("a new workspace with a name that is taken: got error %v, want %v", err, storage.ErrExists)
			}
			p.same("teams", rows(t, p.raw(), "SELECT external_id FROM teams"), []string{"T1"})
		})
	}
}

// TestLinkTeamsAtOnce starts several processes at once: a team gets one
// workspace, and two teams never share one.
func TestLinkTeamsAtOnce(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			for round := range 3 {
				p := open(t, k)
				other, err := storage.Open(t.Context(), p.dsn)
				if err != nil {
					t.Fatal(err)
				}
				stores := []*storage.Store{p.store, other}
				for _, err := range together(8, func(i int) error {
					team := storage.Team{Platform: "slack", ID: fmt.Sprint("T", i/2%2)}
					_, err := stores[i%2].LinkTeam(t.Context(), team, alone("new"))
					return err
				}) {
					if err != nil {
						t.Errorf("link: got error %v, want none", err)
					}
				}
				p.same(fmt.Sprint("round ", round, ": teams, their workspaces, all workspaces"),
					rows(t, p.raw(), "SELECT count(*), count(DISTINCT workspace_id), (SELECT count(*) FROM workspaces) FROM teams"),
					[]string{"2 2 2"})
				shut(t, other)
			}
		})
	}
}

// TestLinkTeamInAnEmptyDatabase is TestLinkTeamsAtOnce for one team and no
// workspace to lock.
func TestLinkTeamInAnEmptyDatabase(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			dsn := k.empty(t)
			var stores [2]*storage.Store
			for i := range stores {
				store, err := storage.Open(t.Context(), dsn)
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { shut(t, store) })
				stores[i] = store
			}
			for _, err := range together(8, func(i int) error {
				_, err := stores[i%2].LinkTeam(t.Context(), storage.Team{Platform: "slack", ID: "T1"}, alone("new"))
				return err
			}) {
				if err != nil {
					t.Errorf("link: got error %v, want none", err)
				}
			}
			got := rows(t, rawDB(t, dsn), "SELECT count(*), (SELECT count(*) FROM workspaces) FROM teams")
			if got[0] != "1 1" {
				t.Errorf("teams and workspaces: got %s, want 1 1", got[0])
			}
		})
	}
}
