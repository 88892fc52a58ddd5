package storage

import "context"

// turn is held by whoever writes to a SQLite file in this process. SQLite alone
// would let the one that waits look again from time to time, and a busy writer
// would always be quicker; here each takes its turn in the order of asking.
type turn chan struct{}

func newTurn() turn { return make(turn, 1) }

// take waits for the turn until ctx is done.
func (t turn) take(ctx context.Context) error {
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// give ends the turn.
func (t turn) give() { <-t }
