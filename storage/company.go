package storage

import (
	"context"
	"fmt"
	"time"
)

// A Company is a firm on the list. Its name comes with its first deal.
type Company struct {
	ID   int64
	Name string
	// Key is the folded name, unique in the workspace.
	Key string
	// Industry and Source, where the company was found, are in people's own
	// words; Size is "small", "mid" or "large". Each is "" while it is unknown.
	Industry, Size, Source string
	// Revision counts the company's changes, from 1.
	Revision  int64
	CreatedAt time.Time
}

var companies = noun[Company]{name: "company", table: "companies", id: "id", fields: fields[Company]{
	"industry": func(c *Company) any { return &c.Industry },
	"size":     func(c *Company) any { return &c.Size },
	"source":   func(c *Company) any { return &c.Source },
}}

func (c Company) row() (id, revision int64, deleted bool) { return c.ID, c.Revision, false }

func (c Company) utc() Company {
	c.CreatedAt = c.CreatedAt.UTC()
	return c
}

// Company returns the company with that id, a deal's Company, or ErrNotFound. In
// a Write the row is locked until the end of the transaction.
func (tx *Tx) Company(ctx context.Context, id int64) (Company, error) {
	return companies.get(ctx, tx, id)
}

// SaveCompany stores what has changed between before, as it was read, and after:
// industry, size and source. It returns ErrMoved when the company has changed
// since. Nothing is stored when nothing has changed.
func (tx *Tx) SaveCompany(ctx context.Context, before, after Company, by Author) error {
	return companies.save(ctx, tx, before, after, by, 0)
}

// OwnsDealOf tells whether a member owns a deal of the company, open or ended.
func (tx *Tx) OwnsDealOf(ctx context.Context, member, company int64) (bool, error) {
	var count int64
	err := tx.one(ctx, &count, `SELECT COUNT(*) FROM deals
		WHERE workspace_id = ? AND company_id = ? AND owner_id = ? AND NOT deleted`, tx.workspace, company, member)
	if err != nil {
		return false, fmt.Errorf("count deals of company %d: %w", company, err)
	}
	return count > 0, nil
}
