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

// post is a stored post: when it is due, and whether it has gone out.
type post struct {
	bot.Post
	due  time.Time
	sent bool
}

// Post stores a post that is due at a time, and returns its number.
func (m *Memory) Post(p bot.Post, due time.Time) int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.keep(p, due)
}

// Unsent returns the numbers of the posts and answers that have not been marked
// as sent, in the order they were stored.
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
	for _, p := range m.posts {
		if !p.sent && !p.due.After(m.now) && slices.Contains(platforms, p.Chat.Platform) {
			due = append(due, p)
		}
	}
	slices.SortStableFunc(due, func(a, b *post) int { return a.due.Compare(b.due) })
	posts := make([]bot.Post, min(len(due), limit))
	for i := range posts {
		posts[i] = due[i].Post
		due[i].due = m.now.Add(putOff)
	}
	return posts, nil
}

// Sent implements bot.Outbox.
func (m *Memory) Sent(_ context.Context, ids ...int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range m.posts {
		p.sent = p.sent || slices.Contains(ids, p.ID)
	}
	return nil
}

// Failed implements bot.Outbox.
func (m *Memory) Failed(_ context.Context, failed bot.Post, cause error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range m.posts {
		if p.ID == failed.ID {
			p.Attempts++
			p.due = m.now.Add(max(putOff, waitOf(cause)))
		}
	}
	return nil
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
