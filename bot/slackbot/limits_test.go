package slackbot_test

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

// mention is the beginning of a line said to the bot in a channel.
const mention = "<@" + bottest.SlackBotUser + "> "

// TestOrder has one person's lines answered in the order they were said, while
// somebody else's line takes its time.
func TestOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		var waiting sync.WaitGroup
		waiting.Go(func() { _, _ = d.Type(t.Context(), "U2", d.DM("U2"), "slow") })
		synctest.Wait()
		want := make([]string, 0, 50)
		for i := range cap(want) { // typed one after another, and none waits for its answer
			want = append(want, fmt.Sprint("line ", i))
			waiting.Go(func() { _, _ = d.Type(t.Context(), "U1", d.DM("U1"), fmt.Sprint("log line ", i)) })
			synctest.Wait()
		}
		if got := d.lines(); !slices.Equal(got, want) {
			t.Errorf("got %q, want %q while somebody else waits", got, want)
		}
		close(d.hold)
		waiting.Wait()
		settle()
		wantSays(t, d.only(t, d.DM("U2"), "U2"), "slow and done")
	})
}

// TestOrderBehindASlowLine has lines of one person wait for the one before them.
func TestOrderBehindASlowLine(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		var waiting sync.WaitGroup
		for _, line := range []string{"slow", "log first", "log second"} {
			waiting.Go(func() { _, _ = d.Type(t.Context(), "U1", d.DM("U1"), line) })
			synctest.Wait()
		}
		if got := d.lines(); len(got) != 0 {
			t.Errorf("got %q answered, want none before the slow line is", got)
		}
		close(d.hold)
		waiting.Wait()
		if got, want := d.lines(), []string{"first", "second"}; !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
		settle()
		if got, want := spoken(d.answers(d.DM("U1"), "U1")[:1]), "slow and done"; got != want {
			t.Errorf("got %q, want %q first", got, want)
		}
	})
}

// TestSlowCommand is acknowledged in time, and answered at its address later.
func TestSlowCommand(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		if ack := d.says(t, "U1", sales, "say hello"); len(ack.Body) == 0 {
			t.Error("got no answer in the acknowledgement, want one")
		}
		ack := d.says(t, "U1", sales, "slow")
		if ack.Late || len(ack.Body) != 0 {
			t.Errorf("got %+v, want an empty acknowledgement in time", ack)
		}
		time.Sleep(10 * time.Second)
		close(d.hold)
		settle()
		wantSays(t, d.answers(sales, "U1")[1], "slow and done")
	})
}

// TestPanic has one person's line end in a panic: everybody is answered
// afterwards, they too.
func TestPanic(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.crew.strike("U2")
		d.says(t, "U2", sales, "say one")
		d.types(t, "U2", d.DM("U2"), "say two")
		d.says(t, "U1", sales, "say three")
		d.crew.strike("")
		d.says(t, "U2", sales, "say four")
		got := d.answers(sales, "U2")
		if len(got) < 2 || spoken(got[len(got)-2:]) != "said three\nsaid four" {
			t.Errorf("got %q, want three and four answered", spoken(got))
		}
		if log := d.log.String(); strings.Contains(log, "say one") || !strings.Contains(log, "panic") {
			t.Errorf("got the log %s, want the panic without what was typed", log)
		}
	})
}

// TestOverload has more lines come than can wait: the rest are refused, so that
// Slack sends them again, and what was taken is done.
func TestOverload(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		const room = 10_000
		var waiting sync.WaitGroup
		statuses := make([]int, room+50)
		waiting.Go(func() { statuses[0] = d.post(t, mentioned(bottest.SlackTeam, "170000.1", "slow")).Code })
		synctest.Wait()
		for i := range len(statuses) - 1 {
			waiting.Go(func() {
				statuses[i+1] = d.post(t, mentioned(bottest.SlackTeam, fmt.Sprintf("17%04d.2", i), "add deal")).Code
			})
		}
		synctest.Wait()
		close(d.hold)
		waiting.Wait()
		taken := room - 1
		if got := count(statuses, 200); got != taken+1 || count(statuses, 503) != len(statuses)-taken-1 {
			t.Errorf("got %d lines taken and %d refused, want %d and %d",
				got, count(statuses, 503), taken+1, len(statuses)-taken-1)
		}
		if got := len(d.stored()); got != taken {
			t.Errorf("got %d deals, want %d", got, taken)
		}
		d.refused = true // the messages are not there, so answers cannot be threaded
	})
}

func count(all []int, want int) int {
	n := 0
	for _, one := range all {
		if one == want {
			n++
		}
	}
	return n
}

// TestPace has many people ask in one channel at once, with a sweep each second
// as in the program: each is answered once, at the pace that Slack allows.
func TestPace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		for user := range 3 {
			for i := range 4 {
				line := fmt.Sprintf("%sadd deal%d", mention, user*4+i)
				if _, err := d.Type(t.Context(), fmt.Sprintf("U%d", user+1), sales, line); err != nil {
					t.Fatal(err)
				}
			}
		}
		if _, err := d.Type(t.Context(), "U1", d.DM("U1"), "add other"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		wantSays(t, d.only(t, d.DM("U1"), "U1"), `added other in ""`)
		d.seconds(t, 1200)
		seen := map[string]int{}
		for _, m := range d.answers(sales, "U1") {
			seen[m.Plain()]++
		}
		for i := range 12 {
			if text := fmt.Sprintf("added deal%d in %q", i, ""); seen[text] != 1 {
				t.Errorf("got %q %d times, want once", text, seen[text])
			}
		}
		if got := d.memory.Unsent(); len(got) != 0 || len(d.answers(sales, "U1")) != 12 {
			t.Errorf("got %v unsent and %d answers, want none and 12", got, len(d.answers(sales, "U1")))
		}
	})
}

// TestTooManyRequests has Slack refuse one channel, with and without saying for
// how long: the others go on, the wait is stored, and what waited comes once.
func TestTooManyRequests(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, after  string
		line, answer string
		least        int // seconds that it must not come within
	}{
		{name: "stored, with Retry-After", after: "90", line: "add Acme", answer: `added Acme in ""`, least: 90},
		{name: "stored, without", line: "add Acme", answer: `added Acme in ""`, least: 30},
		{name: "not stored, with Retry-After", after: "90", line: "say hello", answer: "said hello", least: 90},
		{name: "not stored, without", line: "say hello", answer: "said hello", least: 30},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.Fail("chat.postMessage", bottest.SlackFailure{Status: 429, RetryAfter: test.after})
				d.types(t, "U1", sales, mention+test.line)
				d.types(t, "U2", d.DM("U2"), "say hello")
				wantSays(t, d.only(t, d.DM("U2"), "U2"), "said hello")
				d.types(t, "U3", sales, mention+"log later")
				if got, calls := d.memory.Unsent(), d.Calls("chat.postMessage"); len(got) != 2 || calls != 2 {
					t.Fatalf("got %v waiting in the outbox and chat.postMessage %d times, want two and twice", got, calls)
				}
				d.seconds(t, test.least-10)
				if got := d.answers(sales, "U1"); len(got) != 0 {
					t.Errorf("got %q, want nothing before Slack allows it", spoken(got))
				}
				d.seconds(t, 240)
				got := strings.Split(spoken(d.answers(sales, "U1")), "\n")
				slices.Sort(got)
				if want := slices.Sorted(slices.Values([]string{test.answer, "logged later"})); !slices.Equal(got, want) {
					t.Errorf("got %q, want %q", got, want)
				}
				if got := d.Calls("chat.postMessage"); got != 4 {
					t.Errorf("got chat.postMessage %d times, want four: one refused", got)
				}
			})
		})
	}
}

// TestCrashBeforeSending closes the bot before its answer was sent: a sweep
// sends it, once.
func TestCrashBeforeSending(t *testing.T) {
	t.Parallel()
	for name, failure := range map[string]bottest.SlackFailure{
		"Slack is down":   {Status: 503, Times: 2},
		"the line is cut": {Drop: true, Times: 2},
		"an error":        {Error: "internal_error", Times: 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.Fail("chat.postMessage", failure)
				d.types(t, "U1", sales, mention+"add Acme")
				d.types(t, "U2", d.DM("U2"), "whisper hello")
				d.seconds(t, 400)
				wantSays(t, d.only(t, sales, "U1"), `added Acme in ""`)
				wantSays(t, d.only(t, d.DM("U2"), "U2"), "whispered hello")
				if got := d.memory.Unsent(); len(got) != 0 {
					t.Errorf("got %v unsent, want none", got)
				}
			})
		})
	}
}

// TestPostsToOthers reach them once, also when the first try fails.
func TestPostsToOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.Fail("chat.postMessage", bottest.SlackFailure{Status: 500})
		d.says(t, "U1", sales, "tell U2 hello")
		d.seconds(t, 400)
		wantSays(t, d.only(t, d.DM("U2"), "U2"), "told hello")
		wantSays(t, d.only(t, sales, "U1"), "they are told")
		if got := d.memory.Unsent(); len(got) != 0 {
			t.Errorf("got %v unsent, want none", got)
		}
	})
}

// TestOneMessageUnderManyEvents comes under eleven ids: one effect, one answer.
func TestOneMessageUnderManyEvents(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"add Acme", "say hello"} {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.types(t, "U1", sales, mention+line)
				for range 10 {
					if _, err := d.Duplicate(t.Context(), 1); err != nil {
						t.Fatal(err)
					}
				}
				d.seconds(t, 30)
				if got := d.only(t, sales, "U1"); len(d.stored()) > 1 {
					t.Errorf("got %q and %v stored, want one", got.Plain(), d.stored())
				}
			})
		})
	}
}

// TestElsewhere leaves posts of another workspace alone for a while.
func TestElsewhere(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		err := d.bot.Send(t.Context(), bot.Post{Workspace: 7})
		if wait, ok := errors.AsType[*bot.WaitError](err); !ok || wait.For < time.Minute {
			t.Errorf("got %v, want a wait of minutes", err)
		}
	})
}

// TestCloseFinishes takes nothing more in, and finishes what was taken.
func TestCloseFinishes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		var waiting sync.WaitGroup
		dm := d.DM("U1")
		for _, line := range []string{"slow", "log last", "add Acme"} {
			waiting.Go(func() { _, _ = d.Type(t.Context(), "U1", dm, line) })
			synctest.Wait()
		}
		closed := make(chan error, 1)
		waiting.Go(func() { closed <- d.bot.Close(context.WithoutCancel(t.Context())) })
		synctest.Wait()
		if got := d.post(t, slash(bottest.SlackTeam, "9.9.9", "log too late")).Code; got != 503 {
			t.Errorf("got %d while closing, want 503", got)
		}
		close(d.hold)
		waiting.Wait()
		if err := <-closed; err != nil {
			t.Errorf("close: got %v, want no error", err)
		}
		if got := d.lines(); !slices.Equal(got, []string{"last"}) || len(d.stored()) != 1 {
			t.Errorf("got %q and %v, want what was taken and no more", got, d.stored())
		}
		d.seconds(t, 30)
		want := "slow and done\nlogged last\nadded Acme in \"\""
		if got := spoken(d.answers(dm, "U1")); got != want || len(d.memory.Unsent()) != 0 {
			t.Errorf("got %q and %v unsent, want %q and none", got, d.memory.Unsent(), want)
		}
	})
}

// TestCloseGivesUp ends with an error when a line takes too long, whose context
// ends then.
func TestCloseGivesUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.says(t, "U1", sales, "slow")
		ctx, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		if err := d.bot.Close(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v, want %v", err, context.DeadlineExceeded)
		}
		settle()
		d.refused = true
	})
}
