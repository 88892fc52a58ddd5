package bot_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fifteen/bot"
	"fifteen/bot/bottest"
)

// counter is a tally that can be read.
type counter struct {
	mu  sync.Mutex
	got map[bot.Outcome]int
}

func (c *counter) count(_ string, outcome bot.Outcome) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.got == nil {
		c.got = map[bot.Outcome]int{}
	}
	c.got[outcome]++
}

func (c *counter) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	said := make([]string, 0, 4)
	for _, outcome := range bot.Outcomes() {
		said = append(said, fmt.Sprintf("%s %d", outcome, c.got[outcome]))
	}
	return strings.Join(said, ", ")
}

// timed is a memory whose clock goes.
type timed struct{ *bottest.Memory }

func (m timed) Due(ctx context.Context, platforms []string, limit int) ([]bot.Post, error) {
	m.SetNow(time.Now())
	return m.Memory.Due(ctx, platforms, limit)
}

func (m timed) Failed(ctx context.Context, post bot.Post, cause error) (bot.Outcome, error) {
	m.SetNow(time.Now())
	return m.Memory.Failed(ctx, post, cause)
}

// chats is a platform that does with each chat's posts what its function says.
type chats struct {
	mu   sync.Mutex
	sent []string // chat and number of what went out, with the second
	at   func(chat string, tries int) error
	seen map[int64]int
	busy map[string]bool
}

func (c *chats) Send(_ context.Context, post bot.Post) error {
	c.mu.Lock()
	if c.busy[post.Chat.ID] {
		c.mu.Unlock()
		panic("two posts of one chat at the same time")
	}
	c.busy[post.Chat.ID] = true
	tries := c.seen[post.ID]
	c.seen[post.ID]++
	c.mu.Unlock()
	err := c.at(post.Chat.ID, tries)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.busy[post.Chat.ID] = false
	if err == nil {
		c.sent = append(c.sent, fmt.Sprintf("%s%d", post.Chat.ID, post.ID))
	}
	return err
}

func sweeping(at func(chat string, tries int) error) (timed, *chats, *counter, bot.Sweeper) {
	memory := timed{bottest.NewMemory()}
	memory.SetNow(time.Now())
	c, tally := &chats{at: at, seen: map[int64]int{}, busy: map[string]bool{}}, &counter{}
	return memory, c, tally, bot.Sweeper{Outbox: memory, Senders: map[string]bot.Sender{"slack": c}, Tally: tally.count}
}

// A chat whose platform does not answer delays no other one, also none that
// becomes due meanwhile.
func TestSweepIsNotHeldUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		memory, c, tally, sweeper := sweeping(func(chat string, _ int) error {
			if chat == "slow" {
				time.Sleep(30 * time.Second)
				return errors.New("no answer")
			}
			return nil
		})
		post(memory.Memory, "slack", "slow", 2)
		for i := range 40 {
			post(memory.Memory, "slack", fmt.Sprint("C", i), 2)
		}
		memory.Post(bot.Post{Workspace: 1, Chat: bot.Chat{Platform: "slack", ID: "new"}, Message: bot.Message{Title: "a"}}, time.Now().Add(3*time.Second))
		var ended sync.WaitGroup
		ended.Go(func() {
			if err := sweeper.Sweep(t.Context()); err != nil {
				t.Errorf("got %v, want no error", err)
			}
		})
		time.Sleep(5 * time.Second)
		if got := tally.String(); got != "sent 81, sent_again 0, delayed 0, dropped 0" {
			t.Errorf("while one chat does not answer: got %s, want all others sent", got)
		}
		ended.Wait()
		if got := tally.String(); got != "sent 81, sent_again 0, delayed 1, dropped 0" || len(memory.Unsent()) != 2 {
			t.Errorf("got %s and %v unsent, want the slow chat's two delayed", got, memory.Unsent())
		}
		for i := range 40 {
			first, second := slices.Index(c.sent, fmt.Sprintf("C%d%d", i, 3+2*i)), slices.Index(c.sent, fmt.Sprintf("C%d%d", i, 4+2*i))
			if first < 0 || second < first {
				t.Errorf("chat %d: got its posts at %d and %d, want them in order", i, first, second)
			}
		}
	})
}

// A short pause is waited for by the sweep, and holds up nobody; a second one is
// stored.
func TestSweepWaitsBriefly(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		pauses int
		wait   time.Duration
		want   string
		after  time.Duration
	}{
		{1, time.Second, "sent 100, sent_again 0, delayed 0, dropped 0", time.Second},
		{2, time.Second, "sent 0, sent_again 0, delayed 100, dropped 0", time.Second},
		{1, 10 * time.Second, "sent 0, sent_again 0, delayed 100, dropped 0", 0},
	} {
		t.Run(fmt.Sprint(test.pauses, " of ", test.wait), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				memory, _, tally, sweeper := sweeping(func(_ string, tries int) error {
					if tries < test.pauses {
						return &bot.WaitError{For: test.wait, Err: errors.New("its turn has not come")}
					}
					return nil
				})
				for i := range 100 {
					post(memory.Memory, "slack", fmt.Sprint("C", i), 1)
				}
				began := time.Now()
				if err := sweeper.Sweep(t.Context()); err != nil {
					t.Fatal(err)
				}
				if got := tally.String(); got != test.want || time.Since(began) != test.after {
					t.Errorf("got %s after %s, want %s after %s", got, time.Since(began), test.want, test.after)
				}
			})
		})
	}
}

// What cannot be drawn is put off like any other failure, and a sweep among many
// that never end returns in time.
func TestSweepEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		memory, _, tally, sweeper := sweeping(func(chat string, _ int) error {
			if chat == "broken" {
				panic("no picture")
			}
			time.Sleep(time.Second)
			return nil
		})
		post(memory.Memory, "slack", "broken", 1)
		post(memory.Memory, "slack", "endless", 1000)
		began := time.Now()
		if err := sweeper.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := time.Since(began); got > 30*time.Second || tally.got[bot.Delayed] != 1 || tally.got[bot.Sent] < 15 {
			t.Errorf("got %s after %s, want an end in time", tally, got)
		}
	})
}

// A post that was given out before, and nobody said what became of it, is counted
// apart.
func TestSweepSaysAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		memory, _, tally, sweeper := sweeping(func(string, int) error { return nil })
		post(memory.Memory, "slack", "C1", 2)
		if due, err := memory.Due(t.Context(), []string{"slack"}, 10); err != nil || len(due) != 1 {
			t.Fatalf("got %v, %v, want one", due, err)
		}
		time.Sleep(2 * time.Minute)
		if err := sweeper.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got, want := tally.String(), "sent 1, sent_again 1, delayed 0, dropped 0"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

// What is being sent when the sweep is called off is finished and recorded, and
// nothing else is begun.
func TestSweepFinishes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		memory, c, tally, sweeper := sweeping(func(string, int) error {
			time.Sleep(2 * time.Second)
			return nil
		})
		for i := range 3 {
			post(memory.Memory, "slack", fmt.Sprint("C", i), 2)
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		if err := sweeper.Sweep(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want canceled", err)
		}
		if got := tally.String(); got != "sent 3, sent_again 0, delayed 0, dropped 0" || len(c.sent) != 3 || len(memory.Unsent()) != 3 {
			t.Errorf("got %s and %v unsent, want the three that were under way recorded", got, memory.Unsent())
		}
	})
}
