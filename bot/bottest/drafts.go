package bottest

import (
	"context"
	"maps"
	"slices"
	"time"

	"fifteen/bot"
)

// draftLife is how long a draft can be continued.
const draftLife = 24 * time.Hour

// draft is a stored draft: the event that asked, when, and whether it has ended.
type draft struct {
	bot.Draft
	event string
	at    time.Time
	done  bool
}

// Keep implements bot.Drafts.
func (m *Memory) Keep(_ context.Context, req bot.Request, d bot.Draft) (int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if d.Number != 0 {
		known := &m.drafts[d.Number-1].Draft
		known.Line, known.Values, known.Waiting, known.Question = d.Line, d.Values, d.Waiting, d.Question
		return d.Number, nil
	}
	for _, known := range m.drafts {
		if known.event == req.EventID && known.event != "" && known.Line == d.Line &&
			known.Waiting == d.Waiting && maps.Equal(known.Values, d.Values) {
			return known.Number, nil
		}
	}
	d.Number, d.Member, d.Chat = int64(len(m.drafts))+1, req.Member.ID, req.Own()
	m.drafts = append(m.drafts, &draft{Draft: d, event: req.EventID, at: req.At})
	return d.Number, nil
}

// Draft implements bot.Drafts.
func (m *Memory) Draft(_ context.Context, req bot.Request, number int64) (bot.Draft, error) {
	return m.newest(req, func(d *draft) bool { return d.Number == number })
}

// Waiting implements bot.Drafts.
func (m *Memory) Waiting(_ context.Context, req bot.Request) (bot.Draft, error) {
	return m.newest(req, func(d *draft) bool { return d.Waiting != "" && d.Chat == req.Own() })
}

// Drop implements bot.Drafts.
func (m *Memory) Drop(_ context.Context, req bot.Request, number int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closeDraft(req, number)
	return nil
}

// newest returns the last of the member's open drafts that match.
func (m *Memory) newest(req bot.Request, match func(*draft) bool) (bot.Draft, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, d := range slices.Backward(m.drafts) {
		if !d.done && d.Member == req.Member.ID && req.At.Sub(d.at) <= draftLife && match(d) {
			found := d.Draft
			found.Values = maps.Clone(d.Values)
			return found, nil
		}
	}
	return bot.Draft{}, bot.ErrNoDraft
}

// closeDraft ends a draft and whatever else waits for typed words in the chat.
// It returns false when the draft had ended before.
func (m *Memory) closeDraft(req bot.Request, number int64) bool {
	open := false
	for _, d := range m.drafts {
		if d.Number == number && !d.done {
			open = true
		}
	}
	for _, d := range m.drafts {
		waits := d.Member == req.Member.ID && d.Chat == req.Own() && d.Waiting != ""
		if open && (d.Number == number || waits) {
			d.done = true
		}
	}
	return open
}
