package playground

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"fifteen/bot"
)

// moody is a transcript that keeps nothing as long as it fails.
type moody struct {
	fails bool
	kept  map[int64]Said
}

func (m *moody) Keep(_ context.Context, messages ...Said) error {
	if m.fails {
		return errors.New("the disk is full")
	}
	for _, said := range messages {
		m.kept[said.Number] = said
	}
	return nil
}

func (m *moody) Kept(context.Context) ([]Said, error) { return nil, nil }

// What could not be kept is kept with what comes next, and nothing is noted where
// nobody keeps it.
func TestKeepAgain(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_795_000_000, 0)
	config := Config{Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return now }}
	transcript := &moody{fails: true, kept: map[int64]Said{}}
	config.Transcript = transcript
	b, err := New(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	post := func() {
		t.Helper()
		if err := b.Send(t.Context(), bot.Post{Chat: bot.Chat{ID: "#sales"}, Message: bot.Message{Title: "x"}}); err != nil {
			t.Fatal(err)
		}
	}
	post()
	transcript.fails = false
	post()
	if len(transcript.kept) != 2 {
		t.Errorf("got %d messages kept, want both", len(transcript.kept))
	}
	transcript.fails = true
	post()
	transcript.fails = false
	if err := b.Close(t.Context()); err != nil || len(transcript.kept) != 3 {
		t.Errorf("got %v and %d messages kept in the end, want all three", err, len(transcript.kept))
	}
	config.Transcript = nil
	if b, err = New(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	post()
	if len(b.rooms.unkept) != 0 {
		t.Errorf("got %d messages noted that nobody keeps, want none", len(b.rooms.unkept))
	}
	if err := b.Close(t.Context()); err != nil {
		t.Error(err)
	}
}
