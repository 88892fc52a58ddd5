package terminal_test

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/terminal"
)

// keyboard is a terminal with somebody at it.
type keyboard struct {
	io.Writer
	screen *screen
	done   chan error
}

// sit starts an interactive run. The keyboard is closed when the test ends.
func sit(t *testing.T, w *world, change func(*terminal.Config)) keyboard {
	t.Helper()
	in, keys := io.Pipe()
	k := keyboard{Writer: keys, screen: &screen{}, done: make(chan error, 1)}
	config := w.config("")
	config.Out = k.screen
	config.In, config.Interactive, config.Echo = in, true, false
	change(&config)
	go func() { k.done <- terminal.New(config).Run(t.Context()) }()
	t.Cleanup(func() { _ = keys.Close() })
	return k
}

// press types keys and waits until the screen shows what is wanted after what
// it showed before.
func (k keyboard) press(t *testing.T, keys, want string) {
	t.Helper()
	before := len(k.screen.String())
	if _, err := io.WriteString(k, keys); err != nil {
		t.Fatal(err)
	}
	k.await(t, before, want)
}

func (k keyboard) await(t *testing.T, before int, want string) {
	t.Helper()
	for range 2_000 {
		if strings.Contains(k.screen.String()[before:], want) {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatalf("got %q on the screen, want %q", k.screen.String()[before:], want)
}

// leave waits for the end of the run.
func (k keyboard) leave(t *testing.T) {
	t.Helper()
	select {
	case err := <-k.done:
		if err != nil {
			t.Errorf("got %v, want nil", err)
		}
	case <-time.After(5 * time.Second):
		t.Error("got no end of the run, want one")
	}
}

func TestPrompt(t *testing.T) {
	t.Parallel()
	k := sit(t, newWorld(t), func(*terminal.Config) {})
	k.await(t, 0, "> ")
	k.press(t, "\x1b[200~who\x1b[201~\r", "me, manager, Sun 09:00 in me\r\n[Win]   > win 1\r\n")
	k.await(t, 0, "[Win the second]  > win 2\r\n\r\n> ")
	k.press(t, "\r", "\r\n> ")
	k.press(t, "  \r", "\r\n> ")
	k.press(t, "\x1b[A\x1b[A\x1b[A", "who") // up, past the blank lines
	k.press(t, "\r", "me, manager, Sun 09:00 in me\r\n")
	k.await(t, 0, "> ")
	k.press(t, "\x04", "\r\n")
	k.leave(t)
	if got := strings.Count(k.screen.String(), "router."); got != 0 {
		t.Errorf("got %d sentences for blank lines, want none", got)
	}
}

func TestWhatArrivesStandsAboveThePrompt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticks := make(chan time.Time)
	k := sit(t, w, func(c *terminal.Config) { c.Ticks = ticks })
	k.press(t, "wh", "wh")
	ticks <- time.Time{}
	chat := bot.Chat{Platform: terminal.Platform, ID: "#sales"}
	w.Post(bot.Post{Workspace: 1, Chat: chat, Message: bot.Message{Title: "Monday"}}, w.Now())
	before := len(k.screen.String())
	ticks <- time.Time{}
	// back to the line's first cell, clear it, the message, and what was typed
	k.await(t, before, "\x1b[4D\x1b[K→ in #sales\r\nMonday\r\n> wh")
	k.press(t, "o\r", "me, manager")
	k.press(t, "\x03", "\r\n")
	k.leave(t)
	if got := w.Unsent(); len(got) != 0 {
		t.Errorf("got %v unsent, want none", got)
	}
}

func TestCompletion(t *testing.T) {
	t.Parallel()
	offers := map[string][]string{
		"w": {"who", "win"}, "wh": {"who"}, "n": {"note 1 é", "note 1 è"}, "ac": {"win 1", "win 2"}, "b": {"\x1b[2J"},
	}
	k := sit(t, newWorld(t), func(c *terminal.Config) {
		c.Complete = func(_ context.Context, req bot.Request) []string { return offers[req.Line] }
	})
	k.await(t, 0, "> ")
	k.press(t, "w\t", "who\r\nwin\r\n> w")
	k.press(t, "h\t", "who ")
	k.press(t, "\r", "me, manager")
	k.press(t, "n\t", "note 1 ")
	k.press(t, "x\r", "x")
	k.press(t, "ac\t", "win 1\r\nwin 2\r\n> ac")
	k.press(t, "\x15zz\t", "zz") // clear the line; nothing to offer
	k.press(t, "\x15b\t\r", "·[2J")
	k.press(t, "h\x01w\t", "who") // before other words
	k.press(t, "\x15\x04", "")
}

func TestNoCompletion(t *testing.T) {
	t.Parallel()
	k := sit(t, newWorld(t), func(*terminal.Config) {})
	k.press(t, "w\tho\r", "me, manager")
}

func TestRunEndsAtOnceWhenCalledOff(t *testing.T) {
	t.Parallel()
	for _, interactive := range []bool{false, true} {
		w := newWorld(t)
		in, keys := io.Pipe()
		config := w.config("")
		config.In, config.Out, config.Interactive = in, &screen{}, interactive
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- terminal.New(config).Run(ctx) }()
		if !interactive {
			if _, err := io.WriteString(keys, "who\n"); err != nil { // it waits in a read now
				t.Fatal(err)
			}
		}
		cancel()
		if err := <-done; err != nil {
			t.Errorf("interactive %v: got %v, want nil", interactive, err)
		}
		_ = keys.Close()
	}
}

// A line that is called off while it is answered shows no error of its own.
func TestCalledOffWhileAnswering(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, cancel := context.WithCancel(t.Context())
	var out screen
	config := w.config("win 1\nwho\n")
	config.Out = &out
	config.Router = w.Router(t, nil, bot.Command{
		Name: "win", Summary: "s", Examples: []string{"win"}, Writes: true, Args: []bot.Arg{{Name: "n", Kind: bot.NumberKind}},
		Run: func(ctx context.Context, _ bot.Request) (bot.Reply, error) {
			cancel()
			return bot.Reply{}, ctx.Err()
		},
	})
	if err := terminal.New(config).Run(ctx); err != nil {
		t.Errorf("got %v, want nil", err)
	}
	if got, want := out.String(), "> win 1\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
