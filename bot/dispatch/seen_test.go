package dispatch_test

import (
	"testing"
	"time"

	"fifteen/bot/dispatch"
)

// seenFor is how long an event is remembered at least.
const seenFor = 10 * time.Minute

// TestSeen repeats events within the time that they are remembered for at least,
// whenever the memory was last renewed.
func TestSeen(t *testing.T) {
	t.Parallel()
	for _, before := range []time.Duration{0, time.Minute, seenFor - time.Second, seenFor, 3 * seenFor / 2, 3 * seenFor} {
		var s dispatch.Seen
		start := time.Date(2026, time.November, 24, 9, 0, 0, 0, time.UTC)
		s.First("early", start)
		at := start.Add(before)
		if !s.First("key", at) {
			t.Errorf("%v later: got an event known, want it new", before)
		}
		for _, after := range []time.Duration{0, time.Minute, seenFor - time.Second, seenFor} {
			s.First("another "+after.String(), at.Add(after))
			if s.First("key", at.Add(after)) {
				t.Errorf("%v later, and %v after that: got an event new again, want it known", before, after)
			}
		}
		for range 2 {
			if !s.First("", at) {
				t.Error("got what has no key known, want it always new")
			}
		}
	}
}
