package dispatch

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"fifteen/bot"
)

// gathering is how long answers are gathered for one write, because each write
// is a sync that lines wait for. Those of that time come twice after a crash.
const gathering = 50 * time.Millisecond

// A Marker marks answers as sent. Those that come while it gathers and while it is
// writing share the next write.
type Marker struct {
	outbox   bot.Outbox
	log      *slog.Logger
	platform string

	mu     sync.Mutex
	ids    []int64
	wake   chan struct{}
	closed chan struct{}
	once   sync.Once
	ended  chan struct{}
}

// NewMarker returns a marker, which works under ctx until it is closed. platform
// is for the log.
func NewMarker(ctx context.Context, outbox bot.Outbox, log *slog.Logger, platform string) *Marker {
	m := &Marker{
		outbox: outbox, log: log, platform: platform, wake: make(chan struct{}, 1), closed: make(chan struct{}), ended: make(chan struct{}),
	}
	go m.run(ctx)
	return m
}

// Sent marks an answer; 0 is none.
func (m *Marker) Sent(id int64) {
	if id == 0 {
		return
	}
	m.mu.Lock()
	m.ids = append(m.ids, id)
	m.mu.Unlock()
	select {
	case m.wake <- struct{}{}:
	default:
	}
}

func (m *Marker) run(ctx context.Context) {
	defer close(m.ended)
	for {
		select {
		case <-m.wake:
			m.gather()
			m.flush(ctx)
		case <-m.closed:
			m.flush(ctx)
			return
		}
	}
}

// gather lets more answers come, unless the marker is closed.
func (m *Marker) gather() {
	timer := time.NewTimer(gathering)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-m.closed:
	}
}

func (m *Marker) flush(ctx context.Context) {
	m.mu.Lock()
	ids := m.ids
	m.ids = nil
	m.mu.Unlock()
	if len(ids) == 0 {
		return
	}
	if err := m.outbox.Sent(ctx, ids...); err != nil { // the sweep will send them again
		m.log.ErrorContext(ctx, "answers could not be marked as sent", "platform", m.platform, "count", len(ids), "err", err)
	}
}

// Close writes what is left.
func (m *Marker) Close(ctx context.Context) error {
	m.once.Do(func() { close(m.closed) })
	select {
	case <-m.ended:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
