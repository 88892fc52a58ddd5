package dispatch

import (
	"sync"
	"time"
)

// seenFor is how long an event is remembered at least. Slack repeats one at
// once, after a minute and after five.
// Source: https://docs.slack.dev/apis/events-api#retries.
const seenFor = 10 * time.Minute

// Seen remembers events that were answered, for lines that only read: those
// leave no key in the database.
type Seen struct {
	mu      sync.Mutex
	young   map[string]struct{}
	old     map[string]struct{}
	started time.Time
}

// First tells whether an event is new, and remembers it.
func (s *Seen) First(key string, now time.Time) bool {
	if key == "" {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.young == nil || now.Sub(s.started) > seenFor {
		s.young, s.old, s.started = map[string]struct{}{}, s.young, now
	}
	if _, ok := s.young[key]; ok {
		return false
	}
	_, ok := s.old[key]
	s.young[key] = struct{}{}
	return !ok
}
