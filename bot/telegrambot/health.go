package telegrambot

import (
	"errors"
	"sync"
	"time"

	"fifteen/bot"
)

// condition is whether the bot can work.
type condition struct {
	mu      sync.Mutex
	refused error
	lost    error
}

// refuse notes a token that is refused, and tells whether that is news.
func (h *condition) refuse(err error) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	first := h.refused == nil
	h.refused = err
	return first
}

// lose notes why no updates come, nil when they do, and tells whether that is
// news.
func (h *condition) lose(err error) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	news := (h.lost == nil) != (err == nil)
	h.lost = err
	return news
}

func (h *condition) err() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return errors.Join(h.refused, h.lost)
}

// How long the bot waits after failures in a row.
const (
	firstWait = time.Second
	mostWait  = time.Minute
)

// backOff is how long to wait after the nth failure in a row, from 0, or as long
// as Telegram asks.
func backOff(n int, err error) time.Duration {
	if wait, ok := errors.AsType[*bot.WaitError](err); ok {
		return wait.For
	}
	return min(firstWait<<min(n, 10), mostWait)
}
