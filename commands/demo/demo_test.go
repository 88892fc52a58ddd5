package demo_test

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"

	"fifteen/commands"
	"fifteen/commands/demo"
	"fifteen/storage"

	"github.com/google/go-cmp/cmp"
)

func TestSameMomentSameRows(t *testing.T) {
	t.Parallel()
	for _, m := range moments[:4] {
		t.Run(m.String(), func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(load(t, m).dump(), loadAnew(t, m).dump()); diff != "" {
				t.Errorf("second load, got +, want -:\n%s", diff)
			}
		})
	}
}

func TestPeople(t *testing.T) {
	t.Parallel()
	c := load(t, monday)
	want := map[string]string{"novak": "admin", "ivanov": "rep", "sidorov": "rep", "petra": "rep"}
	err := c.store.Read(t.Context(), c.home, func(tx *storage.Tx) error {
		members, err := tx.Members(t.Context())
		if err != nil {
			return err
		}
		if len(members) != len(want) {
			t.Errorf("members: got %d, want %d", len(members), len(want))
		}
		for name, role := range want {
			m, err := tx.MemberByAccount(t.Context(), "terminal", commands.Key(name))
			if err != nil {
				return err
			}
			if m.Name != name || m.Key != commands.Key(name) || m.Role != role || !m.Active {
				t.Errorf("member %s: got %+v, want an active %s", name, m, role)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestNeedsAnEmptyWorkspace(t *testing.T) {
	t.Parallel()
	c := load(t, monday)
	before := c.dump()
	if err := demo.Load(t.Context(), c.store, c.home, c.at); !errors.Is(err, demo.ErrNotEmpty) {
		t.Errorf("second load: got %v, want %v", err, demo.ErrNotEmpty)
	}
	if diff := cmp.Diff(before, c.dump()); diff != "" {
		t.Errorf("after a refused load, got +, want -:\n%s", diff)
	}
}

func TestLeavesOtherWorkspacesAlone(t *testing.T) {
	t.Parallel()
	c := settle(t, monday, filepath.Join(t.TempDir(), "fifteen.db"))
	other := c.workspace("other")
	for _, home := range []int64{c.home, other} {
		if err := demo.Load(t.Context(), c.store, home, c.at); err != nil {
			t.Fatalf("load into workspace %d: %v", home, err)
		}
	}
	const deals = "SELECT number, name, score, outcome, revision FROM deals WHERE workspace_id = ? ORDER BY number"
	if diff := cmp.Diff(c.rows(deals, c.home), c.rows(deals, other)); diff != "" {
		t.Errorf("deals of the second workspace, got +, want -:\n%s", diff)
	}
}

func TestUnknownZone(t *testing.T) {
	t.Parallel()
	c := settle(t, moment{monday.at, "Mars/Olympus"}, filepath.Join(t.TempDir(), "fifteen.db"))
	before := c.dump()
	if err := demo.Load(t.Context(), c.store, c.home, c.at); err == nil {
		t.Error("load in zone Mars/Olympus: got no error, want one")
	}
	if after := c.dump(); !slices.Equal(after, before) {
		t.Errorf("after a failed load: got %d rows, want %d", len(after), len(before))
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		store, err := storage.Open(b.Context(), filepath.Join(b.TempDir(), "fifteen.db"))
		if err != nil {
			b.Fatal(err)
		}
		home, err := commands.NewWorkspace(b.Context(), store, "", monday.at)
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		if err := demo.Load(b.Context(), store, home.ID, monday.at); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if err := store.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
