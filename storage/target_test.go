package storage_test

import (
	"context"
	"testing"

	"fifteen/scoring"
	"fifteen/storage"
)

// target sets a target.
func (p *place) target(t storage.Target) {
	p.Helper()
	by := p.by(p.petra)
	write(p, func(ctx context.Context, tx *storage.Tx) (struct{}, error) {
		return struct{}{}, tx.SetTarget(ctx, t, by)
	})
}

// targets returns December's targets for the team or a member.
func (p *place) targets(member int64) []storage.Target {
	p.Helper()
	return read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.Target, error) {
		return tx.Targets(ctx, "2026-12", member)
	})
}

func TestTargets(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			team := storage.Target{Month: "2026-12", Amount: eur(100_00)}
			team2 := storage.Target{Month: "2026-12", Amount: scoring.Money{Minor: 0, Currency: "CZK"}}
			anna := storage.Target{Month: "2026-12", Member: p.anna.ID, Amount: eur(40_00)}
			january := storage.Target{Month: "2027-01", Amount: eur(1)}
			for _, target := range []storage.Target{team, team2, anna, january} {
				p.target(target)
			}
			p.same("team's targets, by currency", p.targets(0), []storage.Target{team2, team})
			p.same("Anna's targets", p.targets(p.anna.ID), []storage.Target{anna})
			p.same("Boris's targets", p.targets(p.boris.ID), []storage.Target{})

			team.Amount = eur(120_00)
			p.target(team)
			p.same("team's targets after a change", p.targets(0), []storage.Target{team2, team})

			type found struct {
				Target storage.Target
				OK     bool
			}
			one := func(month, currency string) found {
				return read(p, func(ctx context.Context, tx *storage.Tx) (f found, err error) {
					f.Target, f.OK, err = tx.Target(ctx, month, 0, currency)
					return f, err
				})
			}
			p.same("one target", one("2026-12", "EUR"), found{team, true})
			if got := one("2027-02", "EUR"); got.OK {
				t.Errorf("target of a month without one: got %v, want none", got)
			}
		})
	}
}

func TestTargetSetToTheSameIsNoChange(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			target := storage.Target{Month: "2026-12", Amount: eur(100_00)}
			p.target(target)
			p.target(target)
			p.same("changes", rows(t, p.raw(), "SELECT subject FROM changes"), []string{"target/2026-12/0/EUR"})
			p.mustUndo(p.petra)
			p.same("targets after undo", p.targets(0), []storage.Target{})
		})
	}
}
