package commands_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/terminal"
	"fifteen/commands"
	"fifteen/storage"
)

// patience is a tally that ends a context once so many slots were said.
type patience struct {
	left atomic.Int64
	end  func()
}

func (p *patience) Said(string, bool) {
	if p.left.Add(-1) == 0 {
		p.end()
	}
}

func (*patience) Skipped(string) {}
func (*patience) Broke(string)   {}

// TestCutSweepGoesOn ends a sweep in its middle. What is left is for the next one,
// and nothing is wrong.
func TestCutSweepGoesOn(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-27 12:00")
	const channels, before = 60, 10
	want := make([]string, 0, channels)
	for n := range channels {
		name := fmt.Sprintf("#room-%02d", n)
		f.in(bot.Chat{Platform: terminal.Platform, ID: name}, f.novak, "schedule who mon 09:00")
		want = append(want, name)
	}
	f.at("2026-11-27 12:01") // when their answers are left to the sweep
	f.wake()
	f.at("2026-11-30 09:00")
	ctx, end := context.WithCancel(t.Context())
	count := &patience{end: end}
	count.left.Store(before)
	f.app.Tally = count
	if err := f.app.Wake(ctx); err != nil {
		t.Errorf("a sweep that is cut: got error %v, want none", err)
	}
	f.quiet("a sweep that is cut")
	first := f.posted()
	if len(first) < before || len(first) >= channels {
		t.Errorf("a sweep that is cut after %d: got %d posts, want some of %d", before, len(first), channels)
	}
	got := map[string]int{}
	for _, post := range slices.Concat(first, f.woken()) {
		got[post.Chat.ID]++
	}
	for _, name := range want {
		if got[name] != 1 {
			t.Errorf("%s: got %d posts, want 1", name, got[name])
		}
	}
	f.quiet("the next sweep")
}

// TestSweepWithoutTime ends a sweep before it has done anything: because the
// program is told to stop, which is nothing wrong, or because there was no time
// for anything, which is.
func TestSweepWithoutTime(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := f.app.Wake(stopped); err != nil {
		t.Errorf("stopped: got error %v, want none", err)
	}
	late, done := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer done()
	if err := f.app.Wake(late); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("without time: got error %v, want %v", err, context.DeadlineExceeded)
	}
}

// TestSweepCostsWhatIsDue counts the statements of sweeps in a small world and in a
// large one. They do not depend on what there is.
func TestSweepCostsWhatIsDue(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, dsn string) {
		t.Helper()
		o := openAt(t, dsn)
		o.at("2026-11-27 12:00")
		o.inhabit(1)
		idle, one := o.statements("2026-11-27 12:00"), o.statements("2026-12-01 11:00")
		if idle > 3 {
			t.Errorf("nothing due: got %d statements, want 3 at most", idle)
		}
		o.at("2026-12-02 12:00")
		for n := range 20 {
			home, err := commands.NewWorkspace(t.Context(), o.app.Store, fmt.Sprintf("firm %d", n), o.now)
			if err != nil {
				t.Fatal(err)
			}
			first := o.home
			o.home = home
			o.inhabit(10)
			o.home = first
		}
		if got := o.statements("2026-12-02 12:00"); got != idle {
			t.Errorf("nothing due in a large world: got %d statements, want %d", got, idle)
		}
		if got := o.statements("2026-12-08 11:00"); got != one {
			t.Errorf("one thing due in a large world: got %d statements, want %d", got, one)
		}
	})
}

// inhabit gives the workspace a manager and so many schedules on Fridays; the first
// workspace has one on Tuesdays instead.
func (o *office) inhabit(schedules int) {
	o.t.Helper()
	day := "fri"
	if schedules == 1 {
		day = "tue"
	}
	boss := o.member("boss", bot.Manager)
	for n := range schedules {
		chat := bot.Chat{Platform: terminal.Platform, ID: fmt.Sprintf("#room-%d", n)}
		line := "schedule who " + day + " 11:00"
		if reply := o.send(bot.Request{Account: boss, Line: line, Chat: chat}); refused(reply.Message) {
			o.t.Fatalf("%s: got %q, want no problem", line, reply.Message.Text)
		}
	}
}

// statements has everything planned just before a moment, and returns how many
// statements a sweep then takes.
func (o *office) statements(moment string) int64 {
	o.t.Helper()
	o.at(moment)
	o.now = o.now.Add(-time.Second)
	o.wake()
	o.at(moment)
	var n atomic.Int64
	if err := o.app.Wake(storage.Counting(o.t.Context(), &n)); err != nil {
		o.t.Fatal(err)
	}
	return n.Load()
}
