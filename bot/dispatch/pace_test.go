package dispatch_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fifteen/bot"
	"fifteen/bot/dispatch"

	"pgregory.net/rapid"
)

// nested are limits within one another, as Telegram has them.
func nested() dispatch.Paces {
	return dispatch.Paces{
		All: dispatch.Limit{Every: 100 * time.Millisecond, Burst: 5},
		Chat: func(id string) []dispatch.Limit {
			limits := []dispatch.Limit{{Every: time.Second, Burst: 1}}
			if strings.HasPrefix(id, "-") {
				limits = append(limits, dispatch.Limit{Every: 3 * time.Second, Burst: 4})
			}
			return limits
		},
		Shared: func(id string) string { group, _, _ := strings.Cut(id, "/"); return group },
	}
}

// TestPacerKeepsEveryLimit has more said than may be, in any order: at no time have
// more gone out than each limit allows, and a turn that was refused costs nobody
// one.
func TestPacerKeepsEveryLimit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		start := time.Date(2026, time.November, 26, 9, 0, 0, 0, time.UTC)
		now := start
		pacer := dispatch.NewPacer(nested())
		sent := map[string][]time.Duration{}
		for range 200 {
			now = now.Add(time.Duration(rapid.IntRange(0, 400).Draw(t, "ms")) * time.Millisecond)
			id := rapid.SampledFrom([]string{"1", "2", "-3", "-3/7", "-3/8"}).Draw(t, "chat")
			err := pacer.Wait(t.Context(), id, func() time.Time { return now }, 0)
			if wait, ok := errors.AsType[*bot.WaitError](err); ok {
				if wait.For <= 0 || !errors.Is(err, dispatch.ErrPace) {
					t.Fatalf("got %v, want how long to wait", err)
				}
				continue
			}
			group, _, _ := strings.Cut(id, "/")
			for _, key := range []string{"all", group} {
				sent[key] = append(sent[key], now.Sub(start))
			}
		}
		holds(t, sent["all"], 5, 100*time.Millisecond)
		holds(t, sent["1"], 1, time.Second)
		holds(t, sent["2"], 1, time.Second)
		holds(t, sent["-3"], 1, time.Second)
		holds(t, sent["-3"], 4, 3*time.Second)
	})
}

// holds looks at every stretch of what went out: a burst, and one more for each
// pause in it.
func holds(t *rapid.T, sent []time.Duration, burst int, every time.Duration) {
	t.Helper()
	for i := range sent {
		for j := i; j < len(sent); j++ {
			most := burst + int((sent[j]-sent[i]+time.Microsecond)/every)
			if n := j - i + 1; n > most {
				t.Fatalf("got %d within %v, want %d at most", n, sent[j]-sent[i], most)
			}
		}
	}
}

// TestPacerWaits waits for turns within its patience.
func TestPacerWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		pacer, start := dispatch.NewPacer(nested()), time.Now()
		for i, c := range []struct {
			chat     string
			patience time.Duration
			// at is when the turn comes, counted from the start; the error is how long
			// it would have been to wait.
			at, refused time.Duration
		}{
			{chat: "1", at: 0},
			{chat: "1", patience: 2 * time.Second, at: time.Second},
			{chat: "1", patience: 900 * time.Millisecond, at: time.Second, refused: time.Second},
			{chat: "1", patience: time.Second, at: 2 * time.Second}, // the one before used nothing up
			{chat: "2", at: 2 * time.Second},
		} {
			err := pacer.Wait(t.Context(), c.chat, time.Now, c.patience)
			if wait, ok := errors.AsType[*bot.WaitError](err); ok != (c.refused > 0) || ok && wait.For != c.refused {
				t.Errorf("%d: got %v, want %v to wait", i, err, c.refused)
			}
			if got := time.Since(start); got != c.at {
				t.Errorf("%d: got its turn after %v, want it after %v", i, got, c.at)
			}
		}
	})
}

// TestPacerLeavesAlone keeps away from a chat that asked for it, also when it is
// another id's too.
func TestPacerLeavesAlone(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.November, 26, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	pacer := dispatch.NewPacer(dispatch.Paces{})
	pacer.Block("U1", now.Add(time.Minute))
	pacer.Join("U1", "D1", now)
	for id, want := range map[string]time.Duration{"U1": time.Minute, "D1": time.Minute, "U2": 0} {
		err := pacer.Wait(t.Context(), id, clock, time.Second)
		wait, _ := errors.AsType[*bot.WaitError](err)
		if got := fmt.Sprint(wait != nil && wait.For == want); (want > 0) != (got == "true") {
			t.Errorf("%s: got %v, want a wait of %v", id, err, want)
		}
	}
}
