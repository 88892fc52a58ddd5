package bottest

import (
	"context"
	"errors"
	"slices"
	"time"

	"fifteen/bot"
)

// answerGrace is how long an answer waits before a sweep sends it, putOff how
// long a post waits after a failure, and how long nobody else is given one that
// is being sent.
const (
	answerGrace = 5 * time.Second
	putOff      = time.Minute
)

// post is a stored post: when it is due, whether somebody has it, and whether it
// is dealt with.
type post struct {
	bot.Post
	due     time.Time
	claimed bool
	sent    bool
}

// Post stores a post that is due at a time, and returns its number.
func (m *Memory) Post(p bot.Post, due time.Time) int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.keep(p, due)
}

// Unsent returns the numbers of the posts and answers that have been neither
// marked as sent nor dropped, in the order they were stored.
func (m *Memory) Unsent() []int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	var ids []int64
	for _, p := range m.posts {
		if !p.sent {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// Due implements bot.Outbox.
func (m *Memory) Due(_ context.Context, platforms []string, limit int) ([]bot.Post, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var due []*post
	seen := map[lane]bool{}
	for _, p := range m.posts {
		chat := laneOf(p.Post)
		if p.sent || seen[chat] {
			continue
		}
		seen[chat] = true
		if !p.due.After(m.now) && slices.Contains(platforms, p.Chat.Platform) {
			due = append(due, p)
		}
	}
	slices.SortStableFunc(due, func(a, b *post) int { return a.due.Compare(b.due) })
	posts := make([]bot.Post, min(len(due), limit))
	for i := range posts {
		posts[i] = due[i].Post
		posts[i].Again = due[i].claimed
		due[i].due, due[i].claimed = m.now.Add(putOff), true
	}
	return posts, nil
}

// lane is what the posts of one chat share.
type lane struct {
	workspace      int64
	platform, chat string
}

func laneOf(p bot.Post) lane { return lane{p.Workspace, p.Chat.Platform, p.Chat.ID} }

// Sent implements bot.Outbox.
func (m *Memory) Sent(_ context.Context, ids ...int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range m.posts {
		p.sent = p.sent || slices.Contains(ids, p.ID)
	}
	return nil
}

// Failed implements bot.Outbox. It drops the posts of a chat that is gone, and
// none for another reason.
func (m *Memory) Failed(_ context.Context, failed bot.Post, cause error) (bot.Outcome, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, gone := errors.AsType[*bot.GoneError](cause)
	until := m.now.Add(max(putOff, waitOf(cause)))
	for _, p := range m.posts {
		if laneOf(p.Post) != laneOf(failed) || p.sent {
			continue
		}
		p.sent = gone
		if p.due.Before(until) {
			p.due = until
		}
		if p.ID == failed.ID {
			p.Attempts++
			p.claimed = false
			if part, ok := errors.AsType[*bot.PartError](cause); ok {
				p.Parts, p.Below = part.Sent, part.Below
			}
		}
	}
	if gone {
		return bot.Dropped, nil
	}
	return bot.Delayed, nil
}

// Hold implements bot.Outbox.
func (m *Memory) Hold(_ context.Context, p bot.Post, wait time.Duration) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keep(p, m.now.Add(wait))
	return nil
}

// waitOf is how long a platform asked to be left alone.
func waitOf(cause error) time.Duration {
	if wait, ok := errors.AsType[*bot.WaitError](cause); ok {
		return wait.For
	}
	return 0
}

func (m *Memory) keep(p bot.Post, due time.Time) int64 {
	p.ID = int64(len(m.posts)) + 1
	m.posts = append(m.posts, &post{Post: p, due: due})
	return p.ID
}
