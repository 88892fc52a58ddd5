package storage_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"fifteen/scoring"
	"fifteen/storage"
)

// settings returns the workspace of the place.
func (p *place) settings() storage.Workspace {
	p.Helper()
	return read(p, func(ctx context.Context, tx *storage.Tx) (storage.Workspace, error) { return tx.Workspace(ctx) })
}

// set changes settings.
func (p *place) set(fn func(*storage.Workspace)) {
	p.Helper()
	by := p.by(p.petra)
	write(p, func(ctx context.Context, tx *storage.Tx) (struct{}, error) {
		home, err := tx.Workspace(ctx)
		if err != nil {
			return struct{}{}, err
		}
		fn(&home)
		return struct{}{}, tx.SaveWorkspace(ctx, home, by)
	})
}

func TestWorkspaces(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			first := p.settings()
			second, err := p.store.AddWorkspace(t.Context(), storage.Workspace{
				Name: "Bolt", Key: "bolt", Currency: "USD", Zone: "UTC", Visibility: storage.VisibleTeam, CreatedAt: p.now,
			})
			if err != nil {
				t.Fatal(err)
			}
			all, err := p.store.Workspaces(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			p.same("workspaces", all, []storage.Workspace{first, second})

			_, err = p.store.AddWorkspace(t.Context(), storage.Workspace{Name: "BOLT", Key: "bolt"})
			if !errors.Is(err, storage.ErrExists) {
				t.Errorf("second workspace of a name: got error %v, want %v", err, storage.ErrExists)
			}
		})
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			want := p.settings()
			want.Currency, want.Zone, want.Visibility = "CZK", "Asia/Tokyo", storage.VisibleTeam
			want.Rates = map[string]float64{"EUR": 24.5, "USD": 1. / 3}
			p.set(func(w *storage.Workspace) { *w = want })
			p.same("settings", p.settings(), want)

			p.set(func(w *storage.Workspace) { *w = want })
			p.same("changes, the second of which changed nothing", rows(t, p.raw(), "SELECT subject FROM changes"),
				[]string{"settings"})
		})
	}
}

func TestSettingsChangedInPlace(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.set(func(w *storage.Workspace) { w.Rates = map[string]float64{"USD": 2} })
			p.set(func(w *storage.Workspace) { w.Rates["GBP"] = 3 })
			p.same("rates", p.settings().Rates, map[string]float64{"USD": 2, "GBP": 3})
			p.mustUndo(p.petra)
			p.same("rates after undo", p.settings().Rates, map[string]float64{"USD": 2})
			p.set(func(w *storage.Workspace) { w.Rates = nil })
			p.set(func(w *storage.Workspace) { w.Rates["GBP"] = 4 })
			p.mustUndo(p.petra)
			p.same("rates after they were emptied", p.settings().Rates, map[string]float64{})
			p.set(func(w *storage.Workspace) { w.Rates["USD"] = 2 })
			p.set(func(w *storage.Workspace) { w.Rates = nil })
			p.mustUndo(p.petra)
			p.same("rates after undo of emptying them", p.settings().Rates, map[string]float64{"USD": 2})
		})
	}
}

func TestUnknownWorkspace(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.home += 100
			err := p.try(func(ctx context.Context, tx *storage.Tx) error {
				_, err := tx.AddDeal(ctx, storage.Deal{Name: "Acme", Key: "acme", Owner: p.anna.ID}, p.by(p.anna))
				return err
			})
			if !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("got error %v, want %v", err, storage.ErrNotFound)
			}
		})
	}
}

func TestWorthFollowsRates(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.add(storage.Deal{Name: "Euros", Amount: eur(100)})
			p.add(storage.Deal{Name: "Dollars", Amount: scoring.Money{Minor: 150, Currency: "USD"}})
			p.add(storage.Deal{Name: "Unknown"})
			p.add(storage.Deal{Name: "Huge", Amount: scoring.Money{Minor: math.MaxInt64, Currency: "USD"}})
			worth := func() []string {
				return rows(t, p.raw(), "SELECT worth FROM deals ORDER BY number")
			}
			const most = "9223372036854775807"
			p.same("worth without rates", worth(), []string{"100", "-1", "-1", "-1"})
			p.set(func(w *storage.Workspace) { w.Rates = map[string]float64{"USD": 0.5} })
			p.same("worth at 0.5", worth(), []string{"100", "75", "-1", "4611686018427387904"})
			p.set(func(w *storage.Workspace) { w.Rates["USD"] = 1.5 })
			p.same("worth at 1.5, never negative", worth(), []string{"100", "225", "-1", most})
			p.set(func(w *storage.Workspace) { w.Currency = "USD" })
			p.same("worth in dollars", worth(), []string{"-1", "150", "-1", most})
			p.mustUndo(p.petra)
			p.same("worth after undo", worth(), []string{"100", "225", "-1", most})
			p.change(2, p.by(p.anna), func(d *storage.Deal) { d.Amount = scoring.Money{Minor: 3, Currency: "USD"} })
			p.same("worth rounded half away from zero, 3 × 1.5", worth()[1], "5")
		})
	}
}
