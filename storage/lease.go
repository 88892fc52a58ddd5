package storage

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// Lease gives a name to a holder until a moment, for the first time or anew, unless
// somebody else holds it at now. A moment that is not after now gives it back.
func (s *Store) Lease(ctx context.Context, name, holder string, now, until time.Time) (held bool, err error) {
	err = s.write(ctx, func(db *gorm.DB) error {
		res := db.Exec(`INSERT INTO leases (name, holder, held_until) VALUES (?, ?, ?) ON CONFLICT (name)
			DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
			WHERE leases.holder = excluded.holder OR leases.held_until <= ?`, name, holder, until.UTC(), now.UTC())
		held = res.RowsAffected > 0
		return res.Error
	})
	if err != nil {
		return false, fmt.Errorf("lease %s: %w", name, err)
	}
	return held && until.After(now), nil
}
