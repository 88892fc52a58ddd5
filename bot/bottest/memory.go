package bottest

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"fifteen/bot"
)

// Memory is what a Router and an adapter need from outside, in memory and under
// a clock that stands still: bot.Directory, bot.Inbox, bot.Drafts and
// bot.Outbox. It keeps to what those interfaces promise, one workspace at a
// time. It is safe for use by many goroutines.
type Memory struct {
	mu      sync.Mutex
	now     time.Time
	members map[bot.Account]bot.Member
	answers map[string]bot.Reply
	cursors map[string]int64
	drafts  []*draft
	posts   []*post
	log     strings.Builder
}

// NewMemory returns a memory that knows nobody, at 09:00 UTC on Sunday,
// 22 November 2026.
func NewMemory() *Memory {
	return &Memory{
		now:     time.Date(2026, time.November, 22, 9, 0, 0, 0, time.UTC),
		members: map[bot.Account]bot.Member{}, answers: map[string]bot.Reply{}, cursors: map[string]int64{},
	}
}

// Now returns what the clock shows.
func (m *Memory) Now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

// SetNow turns the clock.
func (m *Memory) SetNow(now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = now
}

// Enter finds the terminal's account of that name, or makes a member with that
// role.
func (m *Memory) Enter(_ context.Context, name string, role bot.Role) (bot.Account, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	account := bot.Account{Platform: "terminal", ID: name}
	if _, ok := m.members[account]; !ok {
		m.members[account] = bot.Member{
			ID: int64(len(m.members)) + 1, Name: name, Role: role, Locale: "en", Zone: time.UTC,
		}
	}
	return account, nil
}

// Member implements bot.Directory.
func (m *Memory) Member(_ context.Context, _ int64, account bot.Account) (bot.Member, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	member, ok := m.members[account]
	if !ok {
		return bot.Member{}, bot.ErrStranger
	}
	return member, nil
}

// Heard implements bot.Directory and remembers nothing.
func (m *Memory) Heard(context.Context, bot.Request) error { return nil }

// Router returns a router over the memory. What it says are keys, as Keys has
// it; its log is Log.
func (m *Memory) Router(t *testing.T, interpreter bot.Interpreter, commands ...bot.Command) *bot.Router {
	t.Helper()
	router, err := bot.NewRouter(m.Config(interpreter), commands...)
	if err != nil {
		t.Fatalf("got %v, want a router", err)
	}
	return router
}
