package main

import (
	"sync"
	"time"
)

// clock is the machine's clock until it is set; then it stands still. One that was
// put ahead goes on.
type clock struct {
	mu    sync.Mutex
	fixed time.Time
	ahead time.Duration
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fixed.IsZero() {
		return time.Now().Add(c.ahead).UTC()
	}
	return c.fixed
}

func (c *clock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fixed = at.UTC()
}

// goTo puts a running clock ahead; it does not go back.
func (c *clock) goTo(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead = max(c.ahead, time.Until(at))
}
