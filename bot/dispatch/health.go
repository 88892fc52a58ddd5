package dispatch

import (
	"errors"
	"sync"
)

// Health is whether an adapter can work. Its zero value is that it can.
type Health struct {
	mu            sync.Mutex
	refused, lost error
}

// Refuse notes why the service does not accept the bot any more, and tells whether
// that is news.
func (h *Health) Refuse(err error) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	first := h.refused == nil
	h.refused = err
	return first
}

// Lose notes why nothing comes from the service, nil when it does, and tells
// whether it is another than before that it does or does not.
func (h *Health) Lose(err error) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	news := (h.lost == nil) != (err == nil)
	h.lost = err
	return news
}

// Err returns why the adapter cannot work, nil if it can.
func (h *Health) Err() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return errors.Join(h.refused, h.lost)
}
