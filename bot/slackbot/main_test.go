package slackbot_test

import (
	"flag"
	"fmt"
	"os"
	"sync"
	"testing"

	"fifteen/bot/slackbot"

	"go.uber.org/goleak"
)

// TestMain fails the whole suite when a goroutine is left, or when the app asks
// for a scope that no test needed.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		if idle := needed.idle(); code == 0 && len(idle) > 0 {
			fmt.Fprintf(os.Stderr, "got the scopes %v needed by no test, want them out of slackbot.Scopes\n", idle)
			code = 1
		}
		os.Exit(code)
	}))
}

// needed are the scopes that were needed in any test.
var needed scopes

type scopes struct {
	mu   sync.Mutex
	used map[string]bool
}

func (s *scopes) add(used map[string]bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.used == nil {
		s.used = map[string]bool{}
	}
	for scope := range used {
		s.used[scope] = true
	}
}

// idle returns the scopes of the app that were not needed; none when only some
// tests ran.
func (s *scopes) idle() []string {
	for _, name := range []string{"test.run", "test.skip", "test.list", "test.fuzz"} {
		if f := flag.Lookup(name); f != nil && f.Value.String() != "" {
			return nil
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var idle []string
	for _, scope := range slackbot.Scopes {
		if !s.used[scope] {
			idle = append(idle, scope)
		}
	}
	return idle
}
