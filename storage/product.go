package storage

import (
	"context"
	"time"
)

// A Product is something that the organisation sells.
type Product struct {
	// Number is the product's name in lines, counted from 1 per workspace.
	Number int64
	Name   string
	// Key is the folded name, unique among the products that are not deleted.
	Key     string
	Deleted bool
	// Revision counts the product's changes, from 1.
	Revision  int64
	CreatedAt time.Time
}

var products = noun[Product]{name: "product", table: "products", id: "number", fields: fields[Product]{
	"name":    func(p *Product) any { return &p.Name },
	"key":     func(p *Product) any { return &p.Key },
	"deleted": func(p *Product) any { return &p.Deleted },
}}

func (p Product) row() (id, revision int64, deleted bool) { return p.Number, p.Revision, p.Deleted }

func (p Product) utc() Product {
	p.CreatedAt = p.CreatedAt.UTC()
	return p
}

// AddProduct stores a new product with the next number and returns it. It
// returns ErrExists when there is one with that key.
func (tx *Tx) AddProduct(ctx context.Context, p Product, by Author) (Product, error) {
	var err error
	if p.Number, err = tx.next(ctx, products.name); err != nil {
		return Product{}, err
	}
	p.Deleted, p.Revision, p.CreatedAt = false, 1, instant(by.At)
	none := p
	none.Deleted = true
	err = products.add(ctx, tx, none, p, by, "name, key, deleted, created_at", p.Name, p.Key, p.Deleted, p.CreatedAt)
	if err != nil {
		return Product{}, err
	}
	return p, nil
}

// Product returns the product with that number, or ErrNotFound, also when it was
// deleted. In a Write the row is locked until the end of the transaction.
func (tx *Tx) Product(ctx context.Context, number int64) (Product, error) {
	return products.get(ctx, tx, number)
}

// Products returns all products that are not deleted, by name.
func (tx *Tx) Products(ctx context.Context) ([]Product, error) {
	return products.list(ctx, tx, "NOT deleted ORDER BY key")
}

// SaveProduct stores what has changed between before, as it was read, and after:
// the name with its key, and whether the product is deleted. It returns ErrMoved
// when the product has changed since, and ErrExists when the key is taken.
// Nothing is stored when nothing has changed.
func (tx *Tx) SaveProduct(ctx context.Context, before, after Product, by Author) error {
	return products.save(ctx, tx, before, after, by, 0)
}
