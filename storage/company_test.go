package storage_test

import (
	"context"
	"errors"
	"testing"

	"fifteen/storage"
)

// company returns the company of a deal.
func (p *place) company(deal int64) storage.Company {
	p.Helper()
	return read(p, func(ctx context.Context, tx *storage.Tx) (storage.Company, error) {
		d, err := tx.Deal(ctx, deal)
		if err != nil {
			return storage.Company{}, err
		}
		return tx.Company(ctx, d.Company)
	})
}

// describe changes the company of a deal and returns it.
func (p *place) describe(deal int64, fn func(*storage.Company)) storage.Company {
	p.Helper()
	before, by := p.company(deal), p.by(p.anna)
	after := before
	fn(&after)
	write(p, func(ctx context.Context, tx *storage.Tx) (struct{}, error) {
		return struct{}{}, tx.SaveCompany(ctx, before, after, by)
	})
	return p.company(deal)
}

func TestCompanies(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			deal := p.add(storage.Deal{Name: "Acme"})
			p.add(storage.Deal{Name: "Bolt"})
			bolt := p.company(2)
			want := storage.Company{ID: deal.Company, Name: "Acme", Key: "acme", Revision: 1, CreatedAt: deal.CreatedAt}
			p.same("a new company", p.company(1), want)

			want.Industry, want.Size, want.Source, want.Revision = "steel", "mid", "fair", 2
			p.same("described", p.describe(1, func(c *storage.Company) { *c = want }), want)
			p.same("described as it was", p.describe(1, func(c *storage.Company) { c.Name = "is the deal's" }), want)
			p.same("changes", rows(t, p.raw(), "SELECT subject, deal FROM changes WHERE subject LIKE 'company%'"),
				[]string{p.last(p.anna).Subject + " 0"})
			p.add(storage.Deal{Name: "Acme"})
			p.same("company of a second deal", p.company(3), want)

			want.Size, want.Revision = "", 3
			p.describe(1, func(c *storage.Company) { c.Size = "" })
			p.reopen()
			p.same("of unknown size", p.company(1), want)
			p.mustUndo(p.anna)
			want.Size, want.Revision = "mid", 4
			p.same("after undo", p.company(1), want)
			p.same("the other company", p.company(2), bolt)
		})
	}
}

func TestStaleCompanyIsRefused(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.add(storage.Deal{Name: "Acme"})
			stale := p.company(1)
			want := p.describe(1, func(c *storage.Company) { c.Industry = "steel" })
			err := p.try(func(ctx context.Context, tx *storage.Tx) error {
				after := stale
				after.Source = "fair"
				return tx.SaveCompany(ctx, stale, after, p.by(p.boris))
			})
			if !errors.Is(err, storage.ErrMoved) {
				t.Errorf("got error %v, want %v", err, storage.ErrMoved)
			}
			p.same("company", p.company(1), want)
		})
	}
}

// Anna and Boris may describe different sides of a company without standing in
// the way of each other's undo.
func TestUndoOfOneSideOfACompany(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.add(storage.Deal{Name: "Acme"})
			p.describe(1, func(c *storage.Company) { c.Industry = "steel" })
			by, before := p.by(p.boris), p.company(1)
			after := before
			after.Source = "fair"
			write(p, func(ctx context.Context, tx *storage.Tx) (struct{}, error) {
				return struct{}{}, tx.SaveCompany(ctx, before, after, by)
			})
			p.mustUndo(p.anna)
			got := p.company(1)
			p.same("industry and source", []string{got.Industry, got.Source}, []string{"", "fair"})
		})
	}
}

func TestOwnsDealOf(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			acme := p.add(storage.Deal{Name: "Acme", Owner: p.anna.ID}).Company
			p.add(storage.Deal{Name: "Borealis", Owner: p.boris.ID})
			owns := func(m storage.Member) bool {
				return read(p, func(ctx context.Context, tx *storage.Tx) (bool, error) { return tx.OwnsDealOf(ctx, m.ID, acme) })
			}
			p.same("the owner, somebody else", []bool{owns(p.anna), owns(p.boris)}, []bool{true, false})
			p.change(1, p.by(p.anna), func(d *storage.Deal) { d.Owner = p.boris.ID })
			p.same("after it was given away", []bool{owns(p.anna), owns(p.boris)}, []bool{false, true})
			p.change(1, p.by(p.anna), func(d *storage.Deal) { d.Deleted = true })
			p.same("after it was deleted", []bool{owns(p.anna), owns(p.boris)}, []bool{false, false})
		})
	}
}
