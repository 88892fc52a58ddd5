package bot_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/bottest"
)

// mailbox takes posts, but those of a chat that is broken.
type mailbox struct{ got []int64 }

func (m *mailbox) Send(_ context.Context, post bot.Post) error {
	if post.Chat.ID == "broken" {
		return errors.New("chat is gone")
	}
	m.got = append(m.got, post.ID)
	return nil
}

func post(m *bottest.Memory, platform, chat string, n int) {
	for range n {
		m.Post(bot.Post{Workspace: 1, Chat: bot.Chat{Platform: platform, ID: chat}, Message: bot.Message{Title: "a"}}, m.Now())
	}
}

func TestSweep(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name         string
		fill         func(m *bottest.Memory)
		sent, unsent int
	}{
		{"nothing", func(*bottest.Memory) {}, 0, 0},
		{"more than one look takes", func(m *bottest.Memory) { post(m, "slack", "C1", 250) }, 250, 0},
		{"a failure holds up nobody", func(m *bottest.Memory) {
			post(m, "slack", "broken", 2)
			post(m, "slack", "C1", 2)
		}, 2, 2},
		{"many failures neither", func(m *bottest.Memory) {
			post(m, "slack", "broken", 120)
			post(m, "slack", "C1", 2)
		}, 2, 120},
		{"posts of other platforms are left alone", func(m *bottest.Memory) {
			post(m, "telegram", "7", 2)
			post(m, "slack", "C1", 2)
		}, 2, 2},
		{"and hold up nobody, however many", func(m *bottest.Memory) {
			post(m, "telegram", "7", 350)
			post(m, "slack", "C1", 2)
		}, 2, 350},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			memory, box := bottest.NewMemory(), &mailbox{}
			c.fill(memory)
			if err := bot.Sweep(t.Context(), memory, map[string]bot.Sender{"slack": box}); err != nil {
				t.Fatalf("got %v, want nil", err)
			}
			if len(box.got) != c.sent || len(memory.Unsent()) != c.unsent {
				t.Errorf("got %d sent and %d unsent, want %d and %d", len(box.got), len(memory.Unsent()), c.sent, c.unsent)
			}
		})
	}
}

// What has failed is due again later, and then goes out once.
func TestSweepPutsOffFailures(t *testing.T) {
	t.Parallel()
	memory, box := bottest.NewMemory(), &mailbox{}
	post(memory, "slack", "broken", 1)
	senders := map[string]bot.Sender{"slack": box}
	for range 2 {
		if err := bot.Sweep(t.Context(), memory, senders); err != nil {
			t.Fatal(err)
		}
	}
	memory.SetNow(memory.Now().AddDate(0, 0, 1))
	due, err := memory.Due(t.Context(), []string{"slack"}, 10)
	if err != nil || len(due) != 1 || due[0].Attempts != 1 {
		t.Errorf("got %+v, %v, want one post that was tried once", due, err)
	}
}

type outbox struct {
	*bottest.Memory
	due, sent, failed error
}

func (o outbox) Due(ctx context.Context, platforms []string, limit int) ([]bot.Post, error) {
	if o.due != nil {
		return nil, o.due
	}
	return o.Memory.Due(ctx, platforms, limit)
}

func (o outbox) Sent(context.Context, ...int64) error { return o.sent }

func (o outbox) Failed(context.Context, bot.Post, error) (bot.Outcome, error) {
	return bot.Delayed, o.failed
}

func TestSweepEndsWhenTheOutboxFails(t *testing.T) {
	t.Parallel()
	broken := errors.New("connection lost")
	for name, box := range map[string]outbox{"due": {due: broken}, "sent": {sent: broken}, "failed": {failed: broken}} {
		box.Memory = bottest.NewMemory()
		chat := "C1"
		if name == "failed" {
			chat = "broken"
		}
		post(box.Memory, "slack", chat, 1)
		if err := bot.Sweep(t.Context(), box, map[string]bot.Sender{"slack": &mailbox{}}); !errors.Is(err, broken) {
			t.Errorf("%s: got %v, want %v", name, err, broken)
		}
	}
}

// A sweep that is called off puts nothing off: the chat has done nothing wrong.
func TestSweepCalledOff(t *testing.T) {
	t.Parallel()
	memory := bottest.NewMemory()
	post(memory, "slack", "broken", 3)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := bot.Sweep(ctx, memory, map[string]bot.Sender{"slack": &mailbox{}})
	memory.SetNow(memory.Now().Add(time.Minute)) // until then nobody else is given them
	due, _ := memory.Due(t.Context(), []string{"slack"}, 10)
	if !errors.Is(err, context.Canceled) || len(due) != 1 || due[0].Attempts != 0 || due[0].Again {
		t.Errorf("got %v and %+v due, want canceled and the first, which nobody tried", err, due)
	}
}
