package main

import (
	"sync"
	"time"
)

// A dial is a clock that goes on from where it was turned to.
type dial struct {
	mu       sync.Mutex
	at, then time.Time
}

func (d *dial) turn(at time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.at, d.then = at, time.Now()
}

func (d *dial) now() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.at.Add(time.Since(d.then))
}

// strides is a clock that goes on by two seconds each time somebody looks. A bot
// that goes by it never waits for a channel's next second.
type strides struct {
	mu  sync.Mutex
	now time.Time
}

func (s *strides) next() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(2 * time.Second)
	return s.now
}
