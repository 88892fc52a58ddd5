package storage

import (
	"context"
	"fmt"
)

// FollowOns returns lost deals whose customers were promised something until the
// end of a day, such as "2027-02-08", the oldest promise first, at most limit;
// their cards are left out. An owner of 0 means anybody's.
func (tx *Tx) FollowOns(ctx context.Context, owner int64, until string, limit int) ([]Deal, error) {
	where, args := tx.owned(owner)
	deals, err := tx.deals(ctx, where+` AND follow_on <> '' AND NOT deleted AND follow_on <= ?
		ORDER BY follow_on, number LIMIT ?`, append(args, until, limit)...)
	if err != nil {
		return nil, fmt.Errorf("list follow-ons: %w", err)
	}
	return deals, nil
}

// NextSteps returns open deals whose next step was to happen until the end of a
// day, the oldest first, at most limit; their cards are left out. An owner of 0
// means anybody's.
func (tx *Tx) NextSteps(ctx context.Context, owner int64, until string, limit int) ([]Deal, error) {
	where, args := tx.owned(owner)
	deals, err := tx.deals(ctx, where+` AND outcome = 'open' AND NOT deleted AND next_step_on <> '' AND next_step_on <= ?
		ORDER BY next_step_on, number LIMIT ?`, append(args, until, limit)...)
	if err != nil {
		return nil, fmt.Errorf("list next steps: %w", err)
	}
	return deals, nil
}

// Waiting returns open deals that wait until the end of a day at the latest, the
// earliest first, at most limit; their cards are left out. Those whose day has come
// are among them. An owner of 0 means anybody's.
func (tx *Tx) Waiting(ctx context.Context, owner int64, until string, limit int) ([]Deal, error) {
	where, args := tx.owned(owner)
	deals, err := tx.deals(ctx, where+` AND outcome = 'open' AND NOT deleted AND wait_on <> '' AND wait_on <= ?
		ORDER BY wait_on, number LIMIT ?`, append(args, until, limit)...)
	if err != nil {
		return nil, fmt.Errorf("list waiting deals: %w", err)
	}
	return deals, nil
}
