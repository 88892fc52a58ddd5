package bottest

import (
	"context"
	"time"

	"fifteen/bot"
)

// Answered implements bot.Inbox.
func (m *Memory) Answered(_ context.Context, req bot.Request) (reply bot.Reply, ok bool, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	reply, ok = m.answers[req.EventID]
	reply.Repeated = ok
	return reply, ok, nil
}

// Refuse implements bot.Inbox.
func (m *Memory) Refuse(_ context.Context, req bot.Request, msg bot.Message) (bot.Reply, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if reply, ok := m.answers[req.EventID]; ok {
		reply.Repeated = true
		return reply, nil
	}
	return m.keepAnswer(req, msg), nil
}

// Advance implements bot.Inbox.
func (m *Memory) Advance(_ context.Context, stream string, position int64, _ time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.cursors[stream] = max(m.cursors[stream], position)
	return nil
}

// Position implements bot.Inbox.
func (m *Memory) Position(_ context.Context, stream string, _ time.Time) (int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.cursors[stream], nil
}

// Answer is what a command that writes does, for commands in tests: it stores
// the answer of the request's event with the posts, and ends the draft that the
// line continued. It returns bot.ErrRepeated when the event has been answered
// before, and the problem "draft.gone" when the draft has ended.
func (m *Memory) Answer(_ context.Context, req bot.Request, msg bot.Message, posts ...bot.Post) (bot.Reply, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.answers[req.EventID]; ok && req.EventID != "" {
		return bot.Reply{}, bot.ErrRepeated
	}
	if req.Draft != 0 && !m.closeDraft(req, req.Draft) {
		return bot.Reply{}, bot.Problem("draft.gone")
	}
	reply := m.keepAnswer(req, msg)
	for _, p := range posts {
		p.ID = m.keep(p, m.now)
		reply.Posts = append(reply.Posts, p)
	}
	return reply, nil
}

// keepAnswer stores the answer of an event; one without a key is only returned.
func (m *Memory) keepAnswer(req bot.Request, msg bot.Message) bot.Reply {
	reply := bot.Reply{Message: msg}
	if req.EventID != "" {
		answer := bot.Post{
			Workspace: req.Workspace, Member: req.Member.ID, Name: req.Member.Name, Chat: req.To(msg), Message: msg,
		}
		reply.Stored = m.keep(answer, m.now.Add(answerGrace))
		m.answers[req.EventID] = reply
	}
	return reply
}
