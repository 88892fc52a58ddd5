package storage

import "context"

// floor is held by whoever writes to a SQLite file in this process. SQLite alone
// lets the one that waits look again from time to time, and a busy writer would
// always be quicker; here everybody has the floor in the order of asking.
type floor chan struct{}

func newFloor() floor { return make(floor, 1) }

// take waits for the floor until ctx is done.
func (f floor) take(ctx context.Context) error {
	select {
	case f <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// give gives the floor to the next one.
func (f floor) give() { <-f }
