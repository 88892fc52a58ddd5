package storage

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// An Urgency says why a deal is the next to be asked about.
type Urgency int

// The urgencies, the most pressing first.
const (
	Lift  Urgency = iota // a yes brings it to 14
	Doubt                // a no to a doubtful or stale answer takes it below 14
	Climb                // it needs the fewest yeses to 14
)

// NextDeal returns the owner's open deal that should be asked about first at
// now, and why: first those whose yes brings them to 14, then those in the
// closing band that a no would take out of it, then those with the fewest
// yeses to 14; among equals the larger worth, then the lower number. Deals that
// wait for a day are left out until it begins in the zone of now. It returns
// ErrNotFound when nothing can be asked.
func (tx *Tx) NextDeal(ctx context.Context, owner int64, now time.Time) (Deal, Urgency, error) {
	// The comparison with the year 9999 lets the database use the partial indexes.
	for urgency, condition := range []string{
		Lift:  "lift_at < '9999-01-01 00:00:00+00:00' AND lift_at <= ? ORDER BY worth DESC, number",
		Doubt: "doubt_at < '9999-01-01 00:00:00+00:00' AND doubt_at <= ? ORDER BY worth DESC, number",
		Climb: "ask_at <= ? ORDER BY yeses, worth DESC, number",
	} {
		var row dealRow
		err := tx.one(ctx, &row, `SELECT * FROM deals WHERE workspace_id = ? AND owner_id = ?
			AND outcome = 'open' AND NOT deleted AND wait_on <= ? AND `+condition+" LIMIT 1",
			tx.workspace, owner, now.Format(time.DateOnly), now.UTC())
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return Deal{}, 0, fmt.Errorf("find next deal of member %d: %w", owner, err)
		}
		deal, err := row.deal()
		return deal, Urgency(urgency), err
	}
	return Deal{}, 0, fmt.Errorf("find next deal of member %d: %w", owner, ErrNotFound)
}
