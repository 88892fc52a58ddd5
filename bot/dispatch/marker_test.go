package dispatch_test

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"

	"fifteen/bot"
	"fifteen/bot/dispatch"
)

// markedOutbox tells what was marked as sent in one write each.
type markedOutbox struct {
	bot.Outbox
	writes chan []int64
}

func (o markedOutbox) Sent(_ context.Context, ids ...int64) error {
	o.writes <- ids
	return nil
}

func TestMarkerGathers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		outbox := markedOutbox{writes: make(chan []int64, 4)}
		m := dispatch.NewMarker(t.Context(), outbox, slog.New(slog.DiscardHandler), "here")
		for id := range int64(4) { // 0 is nothing
			m.Sent(id)
			synctest.Wait()
		}
		if n := len(outbox.writes); n > 0 {
			t.Errorf("at once: got %d writes, want none", n)
		}
		if got := <-outbox.writes; !slices.Equal(got, []int64{1, 2, 3}) {
			t.Errorf("gathered: got %v, want one write of 1, 2 and 3", got)
		}
		m.Sent(4)
		synctest.Wait()
		if err := m.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		select {
		case got := <-outbox.writes:
			if !slices.Equal(got, []int64{4}) {
				t.Errorf("closed: got %v, want a write of 4", got)
			}
		default:
			t.Error("closed: got no write, want one of 4 without a wait")
		}
	})
}
