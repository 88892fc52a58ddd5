package slackbot_test

import (
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fifteen/bot/bottest"
)

// sweeping sweeps each second, as the program does, until stop is called.
func (d *desk) sweeping(t *testing.T) (stop func()) {
	t.Helper()
	done := make(chan struct{})
	var sweeper sync.WaitGroup
	sweeper.Go(func() {
		ticks := time.NewTicker(time.Second)
		defer ticks.Stop()
		for {
			select {
			case <-ticks.C:
				d.sweep(t)
			case <-done:
				return
			}
		}
	})
	return func() {
		close(done)
		sweeper.Wait()
	}
}

// TestBusyChannel has more asked in one channel, for a minute, than Slack lets
// the bot answer there, with a sweep each second as in the program: each line is
// answered once, however late.
func TestBusyChannel(t *testing.T) {
	t.Parallel()
	for _, every := range []time.Duration{150 * time.Millisecond, 700 * time.Millisecond, 950 * time.Millisecond} {
		t.Run(every.String(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				const lines = 60
				stop := d.sweeping(t)
				for i := range lines {
					line := fmt.Sprintf("<@%s> add deal%d", bottest.SlackBotUser, i)
					if _, err := d.Type(t.Context(), fmt.Sprintf("U%d", i%3+1), sales, line); err != nil {
						t.Fatal(err)
					}
					time.Sleep(every)
				}
				time.Sleep(time.Hour)
				stop()
				seen := map[string]int{}
				for _, m := range d.answers(sales, "U1") {
					seen[m.Plain()]++
				}
				for i := range lines {
					if text := fmt.Sprintf("added deal%d in %q", i, ""); seen[text] != 1 {
						t.Errorf("got %q %d times, want once", text, seen[text])
					}
				}
				if got := d.memory.Unsent(); len(got) != 0 || len(d.stored()) != lines {
					t.Errorf("got %v unsent and %d deals, want none and %d", got, len(d.stored()), lines)
				}
			})
		})
	}
}

// TestSlowSlack has Slack take its time with every message: nothing is sent
// again while it does.
func TestSlowSlack(t *testing.T) {
	t.Parallel()
	for _, takes := range []time.Duration{2 * time.Second, 4900 * time.Millisecond, 8 * time.Second} {
		t.Run(takes.String(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.slowly(takes)
				stop := d.sweeping(t)
				for i := range 6 {
					if _, err := d.Type(t.Context(), "U1", sales, fmt.Sprintf("<@%s> add deal%d", bottest.SlackBotUser, i)); err != nil {
						t.Fatal(err)
					}
				}
				time.Sleep(time.Hour)
				stop()
				if got := d.answers(sales, "U1"); len(got) != 6 || len(d.memory.Unsent()) != 0 {
					t.Errorf("got %d answers and %v unsent, want six and none:\n%s", len(got), d.memory.Unsent(), spoken(got))
				}
			})
		})
	}
}
