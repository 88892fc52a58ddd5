package storage_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"fifteen/storage"
)

// addProduct adds a product of that name as somebody.
func (p *place) addProduct(name string, by storage.Author) (added storage.Product, err error) {
	err = p.try(func(ctx context.Context, tx *storage.Tx) (err error) {
		added, err = tx.AddProduct(ctx, storage.Product{Name: name, Key: strings.ToLower(name)}, by)
		return err
	})
	return added, err
}

// product adds a product of that name.
func (p *place) product(name string) storage.Product {
	p.Helper()
	added, err := p.addProduct(name, p.by(p.petra))
	if err != nil {
		p.Fatal(err)
	}
	return added
}

// saveProduct lets fn change a product and saves it.
func (p *place) saveProduct(number int64, m storage.Member, fn func(*storage.Product)) error {
	by := p.by(m)
	return p.try(func(ctx context.Context, tx *storage.Tx) error {
		before, err := tx.Product(ctx, number)
		if err != nil {
			return err
		}
		after := before
		fn(&after)
		return tx.SaveProduct(ctx, before, after, by)
	})
}

// mustSaveProduct is saveProduct, which must succeed.
func (p *place) mustSaveProduct(number int64, m storage.Member, fn func(*storage.Product)) {
	p.Helper()
	if err := p.saveProduct(number, m, fn); err != nil {
		p.Fatal(err)
	}
}

// called gives a product another name.
func called(name string) func(*storage.Product) {
	return func(p *storage.Product) { p.Name, p.Key = name, strings.ToLower(name) }
}

func gone(p *storage.Product) { p.Deleted = true }

// products returns the names of the products.
func (p *place) products() (names []string) {
	p.Helper()
	for _, product := range read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.Product, error) { return tx.Products(ctx) }) {
		names = append(names, product.Name)
	}
	return names
}

func TestProducts(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			vice := p.product("Vice")
			p.same("the first", vice, storage.Product{Number: 1, Name: "Vice", Key: "vice", Revision: 1, CreatedAt: p.now})
			p.product("anvil")
			p.product("Bellows")
			p.reopen()
			p.same("by name", p.products(), []string{"anvil", "Bellows", "Vice"})
			one := func() (storage.Product, error) {
				var found storage.Product
				err := p.try(func(ctx context.Context, tx *storage.Tx) (err error) {
					found, err = tx.Product(ctx, 1)
					return err
				})
				return found, err
			}
			got, err := one()
			if err != nil {
				t.Fatal(err)
			}
			p.same("one of them", got, vice)

			p.mustSaveProduct(1, p.petra, called("Clamp"))
			p.mustSaveProduct(1, p.petra, called("Clamp"))
			p.mustSaveProduct(2, p.petra, gone)
			p.same("renamed and deleted", p.products(), []string{"Bellows", "Clamp"})
			p.same("changes, one for each", rows(t, p.raw(), "SELECT subject FROM changes ORDER BY id"),
				[]string{"product/1", "product/2", "product/3", "product/1", "product/2"})
			if err := p.saveProduct(2, p.petra, called("Tongs")); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("a product that was deleted: got error %v, want %v", err, storage.ErrNotFound)
			}
			err = p.try(func(ctx context.Context, tx *storage.Tx) error {
				after := vice
				after.Deleted = true
				return tx.SaveProduct(ctx, vice, after, p.by(p.petra))
			})
			if !errors.Is(err, storage.ErrMoved) {
				t.Errorf("a product as it was before: got error %v, want %v", err, storage.ErrMoved)
			}
		})
	}
}

func TestProductNamesAreTakenOnce(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.product("Vice")
			p.product("Anvil")
			if _, err := p.addProduct("VICE", p.by(p.petra)); !errors.Is(err, storage.ErrExists) {
				t.Errorf("a second of a name: got error %v, want %v", err, storage.ErrExists)
			}
			if err := p.saveProduct(2, p.petra, called("vice")); !errors.Is(err, storage.ErrExists) {
				t.Errorf("renamed to another's name: got error %v, want %v", err, storage.ErrExists)
			}
			p.same("products", p.products(), []string{"Anvil", "Vice"})
			p.mustSaveProduct(1, p.petra, gone)
			p.same("number of one with the name of a deleted one", p.product("Vice").Number, int64(3))

			exists := 0
			by := p.by(p.petra)
			for _, err := range together(8, func(int) error {
				_, err := p.addProduct("Tongs", by)
				return err
			}) {
				switch {
				case errors.Is(err, storage.ErrExists):
					exists++
				case err != nil:
					t.Errorf("add at once: got error %v, want none or %v", err, storage.ErrExists)
				}
			}
			p.same("refused of 8 at once", exists, 7)
			p.same("products after that", p.products(), []string{"Anvil", "Tongs", "Vice"})
		})
	}
}

func TestUndoOfAProduct(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		// mine is the change that is undone after then.
		mine, then func(p *place)
		err        error
		want       []string
	}{
		{"added", func(p *place) { p.product("Vice") }, func(*place) {}, nil, []string{"Anvil"}},
		{
			"added, and renamed by somebody else", func(p *place) { p.product("Vice") },
			func(p *place) { p.mustSaveProduct(2, p.anna, called("Clamp")) }, storage.ErrMoved,
			[]string{"Anvil", "Clamp"},
		},
		{
			"deleted, and the name is taken", func(p *place) { p.mustSaveProduct(1, p.petra, gone) },
			func(p *place) { p.product("ANVIL") }, storage.ErrMoved,
			[]string{"ANVIL"},
		},
		{
			"renamed, and the name is taken", func(p *place) { p.mustSaveProduct(1, p.petra, called("Vice")) },
			func(p *place) { p.product("ANVIL") }, storage.ErrMoved,
			[]string{"ANVIL", "Vice"},
		},
		{
			"renamed, and deleted by somebody else", func(p *place) { p.mustSaveProduct(1, p.petra, called("Vice")) },
			func(p *place) { p.mustSaveProduct(1, p.anna, gone) }, storage.ErrMoved, nil,
		},
		{"deleted", func(p *place) { p.mustSaveProduct(1, p.petra, gone) }, func(*place) {}, nil, []string{"Anvil"}},
	} {
		for _, k := range kinds() {
			t.Run(c.name+"/"+k.name, func(t *testing.T) {
				t.Parallel()
				p := open(t, k)
				p.product("Anvil")
				c.mine(p)
				mine := p.last(p.petra)
				c.then(p)
				if err := p.reverse(mine, p.petra); !errors.Is(err, c.err) {
					t.Errorf("undo: got error %v, want %v", err, c.err)
				}
				p.same("products", p.products(), c.want)
			})
		}
	}
}
