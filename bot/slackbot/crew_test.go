package slackbot_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/bottest"
)

// workspace is the number of the only one there is.
const workspace = 1

// crew is whom the bot knows, and what it was told of them: bot.Directory and
// bot.People.
type crew struct {
	mu      sync.Mutex
	members map[string]bot.Member // by user
	named   []string              // who was met without having spoken
	closed  []string              // who was said to be gone
	panics  string                // the user whose look-up panics
}

func (c *crew) Heard(context.Context, bot.Request) error { return nil }

// Member implements bot.Directory.
func (c *crew) Member(_ context.Context, _ int64, account bot.Account) (bot.Member, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.panics != "" && account.ID == c.panics {
		panic("looked up " + account.ID)
	}
	member, ok := c.members[account.ID]
	if !ok {
		return bot.Member{}, bot.ErrStranger
	}
	return member, nil
}

func (c *crew) Workspace(_ context.Context, team bot.Team) (int64, error) {
	if team.ID != bottest.SlackTeam || team.Name != bottest.SlackTeamName {
		return 0, errors.New("another team than Slack's")
	}
	return workspace, nil
}

func (c *crew) Meet(_ context.Context, _ int64, person bot.Person, speaks bool) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !speaks {
		c.named = append(c.named, person.Account.ID)
	}
	c.take(person)
	return nil
}

func (c *crew) Refresh(_ context.Context, _ int64, people ...bot.Person) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, person := range people {
		if _, ok := c.members[person.Account.ID]; !ok {
			continue
		}
		if person.Gone {
			c.closed = append(c.closed, person.Account.ID)
			delete(c.members, person.Account.ID)
			continue
		}
		c.take(person)
	}
	return nil
}

func (c *crew) take(person bot.Person) {
	member, ok := c.members[person.Account.ID]
	if !ok {
		member.ID = int64(len(c.members)) + 100
	}
	member.Name, member.Locale, member.Zone = person.Name, person.Locale, time.UTC
	if person.Leads {
		member.Role = bot.Admin
	}
	c.members[person.Account.ID] = member
}

// found returns what the crew knows of a user; ok is false for nobody.
func (c *crew) found(user string) (m bot.Member, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	m, ok = c.members[user]
	return m, ok
}

// strike makes looking up a user panic.
func (c *crew) strike(user string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.panics = user
}

// rack is the outbox over a memory whose clock goes, and that knows accounts.
type rack struct {
	*bottest.Memory
	crew *crew
}

func (r rack) Due(ctx context.Context, platforms []string, limit int) ([]bot.Post, error) {
	r.SetNow(time.Now())
	posts, err := r.Memory.Due(ctx, platforms, limit)
	r.crew.mu.Lock()
	defer r.crew.mu.Unlock()
	for i := range posts {
		for user, member := range r.crew.members {
			if member.ID == posts[i].Member {
				posts[i].Account = user
			}
		}
	}
	return posts, err
}

func (r rack) Failed(ctx context.Context, post bot.Post, cause error) (bot.Outcome, error) {
	r.SetNow(time.Now())
	return r.Memory.Failed(ctx, post, cause)
}

func (r rack) Hold(ctx context.Context, post bot.Post, wait time.Duration) error {
	r.SetNow(time.Now())
	return r.Memory.Hold(ctx, post, wait)
}

// sweep sends what is due, as the program does every second.
func (d *desk) sweep(t *testing.T) {
	t.Helper()
	if err := bot.Sweep(t.Context(), d.outbox, map[string]bot.Sender{"slack": d.bot}); err != nil {
		t.Errorf("sweep: got %v, want no error", err)
	}
}

// seconds lets time pass, and sweeps each second.
func (d *desk) seconds(t *testing.T, n int) {
	t.Helper()
	for range n {
		time.Sleep(time.Second) // of a bubble's clock
		d.sweep(t)
	}
	settle()
}
