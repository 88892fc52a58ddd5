package terminal_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"strings"
	"sync/atomic"
	"testing"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/terminal"
)

func TestTranscripts(t *testing.T) {
	t.Parallel()
	for name, script := range map[string]string{
		"ask":   "wrong\nwho is it?\n\nwho",
		"press": "who\n:press 4\n:press 0\n:press x\n:press\n:press 3\n:press 1\nwho\n:press 2\n",
		"form": "note 1\n:fill text=\"two words\"\nnote 2\ntyped words\nnote 3\n:fill text=one\n:again\n" +
			"note\n:fill number=4 text='it is \"quoted\"'\n:fill\nnote 5\n:fill words=no\n:fill text=two words\n:fill text=",
		"people": ":as @petra\nwho\n:role rep\n:as ivan\nwho\n:as petra\n:role chief\n:as\n:in #sales\nwho\n:in dm\nwho\n:in\n:in sales",
		"posts":  "win 1\n:again\n:as petra\n:press 1\n:in #sales\n:press 1",
		"clock": "remind call Acme\n:at +23h\n:at +2d\n:press 1\n:in #sales\n:press 1\n:at 2026-12-01 09:30\nwho\n" +
			":at 2026-12-02\n:at 2026-12-02T10:00:00+01:00\n:at +1w\n:at +30m\n:at soon\n:at +\n:at +9999999d\n:at +999999w",
		"wrong": ":again\n:press 1\n:fill a=b\n:dance\n:\n::as petra\n > win 1",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			bottest.Golden(t, name, run(t, w.config(script)))
		})
	}
}

func TestPipeWithoutEcho(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	config := w.config("wrong\nwin 1\n")
	config.Echo = false
	bottest.Golden(t, "silent", run(t, config))
}

func TestClockThatCannotBeTurned(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	config := w.config(":at +1d\n")
	config.SetNow = nil
	if got, want := run(t, config), "> :at +1d\nThe clock here cannot be turned.\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWhatWasShownIsMarkedAsSent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	run(t, w.config("win 1\nremind x\n:at +1d\n"))
	// win: 1 answer, 2 petra, 3 channel, 4 Slack; remind: 5 me, 6 channel, 7 the
	// other workspace, 8 me in the channel, 9 answer
	got := w.Unsent()
	if len(got) != 2 || got[0] != 4 || got[1] != 7 {
		t.Errorf("got posts %v unsent, want 4 (Slack's) and 7 (the other workspace's)", got)
	}
}

func TestWakeRunsBeforeTheSweep(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	config := w.config(":at +1d\n")
	config.Wake = func(context.Context) error {
		chat := bot.Chat{Platform: terminal.Platform, ID: "#sales"}
		w.Post(bot.Post{Workspace: 1, Chat: chat, Message: bot.Message{Title: "Monday"}}, w.Now())
		return nil
	}
	want := "> :at +1d\n-- Mon 23 Nov 2026 09:00 UTC\n\n→ in #sales\nMonday\n"
	if got := run(t, config); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// The buttons of details are pressed as they are shown: after the message's own.
func TestPressOfADetail(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	config := w.config(":in #sales\n:at +1d\n:press 2\n")
	config.Wake = func(context.Context) error {
		w.Post(bot.Post{Workspace: 1, Chat: bot.Chat{Platform: terminal.Platform, ID: "#sales"}, Message: bot.Message{
			Title: "Monday", Buttons: []bot.Button{{Label: "One", Line: "note 1 one"}},
			Details: []bot.Message{{Title: "below", Buttons: []bot.Button{{Label: "Two", Line: "note 1 two"}}}},
		}}, w.Now())
		return nil
	}
	want := "Monday\n[One]  > note 1 one\n\nbelow\n[Two]  > note 1 two\n\n> :press 2\npressed  two\n"
	if got := run(t, config); !strings.HasSuffix(got, want) {
		t.Errorf("got %q, want it to end in %q", got, want)
	}
}

func TestLongAndBrokenLines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, line, echo, answer string }{
		{
			name: "100 kB", line: strings.Repeat("ж", 50_000),
			echo: strings.Repeat("ж", bot.MaxLine) + "… (50000 characters)", answer: "router.long most=4000",
		},
		{
			name: "several MB, of which 1 MiB is read", line: strings.Repeat("a", 3<<20),
			echo: strings.Repeat("a", bot.MaxLine) + "… (1048576 characters)", answer: "router.long most=4000",
		},
		{name: "invalid UTF-8", line: "\xff\xfe", echo: "\uFFFD", answer: "router.garbled"},
		{name: "controls", line: "a\x1b[2J\x00b\r", echo: "a·[2J·b", answer: "router.unknown typed=a [2J b"},
		{name: "blanks", line: "  \t", echo: "", answer: "router.empty"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			got := run(t, w.config(c.line+"\nwho"))
			echo, rest, _ := strings.Cut(got, "\n")
			answer, rest, _ := strings.Cut(rest, "\n")
			if want := strings.TrimRight("> "+c.echo, " "); strings.TrimRight(echo, " ") != want {
				t.Errorf("got echo %.80q, want %.80q", echo, want)
			}
			if answer != c.answer {
				t.Errorf("got answer %.80q, want %.80q", answer, c.answer)
			}
			if !strings.Contains(rest, "> who\nme, manager, Sun 09:00 in me\n") {
				t.Errorf("got %.200q after it, want the answer to the next line", rest)
			}
		})
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	config := w.config("win 1\n:as petra\n\u009b\u202e<&>\nwho\n:dance")
	config.JSON = true
	got := run(t, config)
	bottest.Golden(t, "json", got)
	for line := range strings.Lines(got) {
		var object struct {
			Line *string
			To   []struct {
				bot.Message
				For string
			}
			At *string
		}
		if err := json.Unmarshal([]byte(line), &object); err != nil {
			t.Errorf("got %q: %v, want an object", line, err)
		}
		if object.Line == nil || object.At == nil || len(object.To) == 0 {
			t.Errorf("got %q, want line, to and at", line)
		}
	}
}

func TestJSONOfWhatArrives(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	config := w.config("remind x\n:at +1d\n")
	config.JSON = true
	got := run(t, config)
	for _, want := range []string{`"for":"@me"`, `"for":"#sales"`, `"private":true,"for":"@me"`, `"at":"2026-11-23T09:00:00Z"`} {
		if !strings.Contains(got, want) {
			t.Errorf("got %s, want %s in it", got, want)
		}
	}
}

// failing is what goes wrong in the program itself; each ends the run.
func TestRunFails(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	for _, c := range []struct {
		name   string
		change func(*terminal.Config)
		want   error
	}{
		{"writing", func(c *terminal.Config) { c.Out = &full{n: 10} }, errFull},
		{"writing what arrives", func(c *terminal.Config) {
			c.In = strings.NewReader("remind x\n:at +1d\n")
			c.Out = &full{n: 70}
		}, errFull},
		{"reading", func(c *terminal.Config) { c.In = io.MultiReader(strings.NewReader("who\n"), failingReader{broken}) }, broken},
		{"entering", func(c *terminal.Config) {
			c.Enter = func(context.Context, string, bot.Role) (bot.Account, error) { return bot.Account{}, broken }
		}, broken},
		{"waking", func(c *terminal.Config) { c.Wake = func(context.Context) error { return broken } }, broken},
		{"what JSON cannot hold", func(c *terminal.Config) {
			c.Outbox, c.JSON = noNumbers{c.Outbox, new(atomic.Bool)}, true
		}, nil},
		{"the outbox", func(c *terminal.Config) { c.Outbox = brokenOutbox{c.Outbox, broken} }, broken},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			config := w.config("win 1\n:at +1d\n")
			config.Out = &screen{}
			c.change(&config)
			if err := terminal.New(config).Run(t.Context()); err == nil || c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("got %v, want an error: %v", err, c.want)
			}
		})
	}
}

type failingReader struct{ err error }

func (f failingReader) Read([]byte) (int, error) { return 0, f.err }

// noNumbers is an outbox with a post that should never have been stored.
type noNumbers struct {
	bot.Outbox
	given *atomic.Bool
}

func (n noNumbers) Due(context.Context, []string, int) ([]bot.Post, error) {
	if n.given.Swap(true) {
		return nil, nil
	}
	chart := bot.Chart{Groups: []string{"a"}, Series: []bot.Series{{Name: "s", Values: []float64{math.NaN()}}}}
	chat := bot.Chat{Platform: terminal.Platform, ID: "#sales"}
	return []bot.Post{{Workspace: 1, Chat: chat, Message: bot.Message{Chart: &chart}}}, nil
}

type brokenOutbox struct {
	bot.Outbox
	err error
}

func (b brokenOutbox) Sent(context.Context, ...int64) error { return b.err }

func TestRefusedName(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	config := w.config("who\n:as nobody\nwho\n")
	config.Enter = func(ctx context.Context, name string, role bot.Role) (bot.Account, error) {
		if name == "nobody" {
			return bot.Account{}, bot.Problem("enter.no", "name", name)
		}
		return w.Enter(ctx, name, role)
	}
	if got := run(t, config); !strings.Contains(got, "> :as nobody\nenter.no name=nobody\n\n> who\nme, manager") {
		t.Errorf("got %q, want the refusal and then me again", got)
	}
	config.As, config.In = "nobody", strings.NewReader("who\n")
	if got := run(t, config); !strings.HasPrefix(got, "enter.no name=nobody\n\n> who\nrouter.stranger") {
		t.Errorf("got %q, want the refusal and then a stranger", got)
	}
}
