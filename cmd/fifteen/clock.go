package main

import (
	"sync"
	"time"
)

// clock is the machine's clock until it is set; then it stands still.
type clock struct {
	mu    sync.Mutex
	fixed time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fixed.IsZero() {
		return time.Now().UTC()
	}
	return c.fixed
}

func (c *clock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fixed = at.UTC()
}
