package playground

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"fifteen/bot"
)

// A Transcript keeps what was said, so that it is there after a restart.
type Transcript interface {
	// Keep stores messages, or puts them in the place of those with their numbers.
	Keep(ctx context.Context, messages ...Said) error
	// Kept returns the newest messages, by their numbers.
	Kept(ctx context.Context) ([]Said, error)
}

// Said is one message in a room as a Transcript keeps it.
type Said struct {
	Number int64
	Room   string
	// Body is all of it, as JSON.
	Body []byte
}

// body is an entry as a transcript keeps it.
type body struct {
	Author  string      `json:"author,omitempty"`
	At      time.Time   `json:"at"`
	Text    string      `json:"text,omitempty"`
	Message bot.Message `json:"message,omitzero"`
	Only    string      `json:"only,omitempty"`
	Line    string      `json:"line,omitempty"`
	Way     bot.Way     `json:"way,omitempty"`
	Edited  bool        `json:"edited,omitempty"`
	Below   int64       `json:"below,omitempty"`
	Replies int         `json:"replies,omitempty"`
}

func (e entry) body() body {
	return body{
		Author: e.author, At: e.at, Text: e.text, Message: e.msg, Only: e.only, Line: e.line, Way: e.way, Edited: e.edited,
		Below: e.below, Replies: e.replies,
	}
}

func (b body) entry(id int64) entry {
	return entry{
		id: id, author: b.Author, at: b.At, text: b.Text, msg: b.Message, only: b.Only, line: b.Line, way: b.Way, edited: b.Edited,
		below: b.Below, replies: b.Replies,
	}
}

// news returns what has changed since it was last asked for, by number.
func (r *rooms) news() (messages []Said, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for id, room := range r.unkept {
		e := r.room(room).find(id)
		if e == nil { // forgotten meanwhile
			continue
		}
		raw, err := json.Marshal(e.body())
		if err != nil {
			return nil, fmt.Errorf("write message %d: %w", id, err)
		}
		messages = append(messages, Said{Number: id, Room: room, Body: raw})
	}
	clear(r.unkept)
	slices.SortFunc(messages, func(a, b Said) int { return int(a.Number - b.Number) })
	return messages, nil
}

// again has messages that could not be kept be kept the next time.
func (r *rooms) again(messages []Said) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, m := range messages {
		r.unkept[m.Number] = m.Room
	}
}

// restore fills the rooms with what was said before, which counts as seen, and has
// what changes noted from then on. It returns when the last of it was said.
func (r *rooms) restore(messages []Said) (last time.Time, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.unkept = map[int64]string{}
	for _, m := range messages {
		var kept body
		if err := json.Unmarshal(m.Body, &kept); err != nil {
			return last, fmt.Errorf("read message %d: %w", m.Number, err)
		}
		e := kept.entry(m.Number)
		rm := r.room(m.Room)
		rm.entries = append(rm.entries, &e)
		r.last, r.old = m.Number, m.Number
		if e.at.After(last) {
			last = e.at
		}
	}
	return last, nil
}

// keep stores what has changed in the rooms. What could not be stored is on the page
// all the same, and is tried again with what comes next.
func (b *Bot) keep(ctx context.Context) {
	if b.config.Transcript == nil {
		return
	}
	b.keeping.Lock() // so that a message is not stored as it was before
	defer b.keeping.Unlock()
	messages, err := b.rooms.news()
	if err == nil && len(messages) > 0 {
		if err = b.config.Transcript.Keep(ctx, messages...); err != nil {
			b.rooms.again(messages)
		}
	}
	if err != nil {
		b.config.Log.ErrorContext(ctx, "what was said could not be kept", "platform", b.config.Platform, "err", err)
	}
}
