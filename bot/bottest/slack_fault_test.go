package bottest_test

import (
	"context"
	"net/http"
	"testing"

	"fifteen/bot/bottest"
)

func TestSlackFaults(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	heard := make(chan request, 3)
	w.plugHTTP(t, func(rw http.ResponseWriter, r request) {
		heard <- r
		_, _ = rw.Write([]byte("done"))
	})
	w.Next(bottest.SlackFault{LoseRequest: true})
	w.Next(bottest.SlackFault{LoseAck: true})
	ack, err := w.Command(t.Context(), "U1", "C1", "/ppf", "1")
	wantIs(t, err, bottest.ErrSlackLost)
	if len(heard) != 0 || ack.Delivery != 1 {
		t.Errorf("got %d requests, %v, want none", len(heard), ack)
	}
	ack, err = w.Redeliver(t.Context(), ack.Delivery)
	wantIs(t, err, bottest.ErrSlackLost)
	if len(heard) != 1 || string(ack.Body) != "done" || len(w.Seen("C1", "U1")) != 0 {
		t.Errorf("got %d requests, %v, want one whose answer is not shown", len(heard), ack)
	}
	if _, err = w.Redeliver(t.Context(), 0); err != nil || len(w.Seen("C1", "U1")) != 1 {
		t.Errorf("got %v, want the second retry shown", err)
	}
}

// A fault of a context leaves the deliveries of others, and the faults of Next,
// alone.
func TestSlackFaultInContext(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	sent := w.plugQuiet(t)
	w.Next(bottest.SlackFault{LoseRequest: true})
	_, err := w.Command(bottest.SlackFault{LoseAck: true}.In(t.Context()), "U1", "C1", "/ppf", "")
	wantIs(t, err, bottest.ErrSlackLost)
	if len(sent) != 1 {
		t.Errorf("got %d requests, want one whose acknowledgement was lost", len(sent))
	}
	_, err = w.Command(t.Context(), "U1", "C1", "/ppf", "")
	wantIs(t, err, bottest.ErrSlackLost)
	if _, err := w.Command(t.Context(), "U1", "C1", "/ppf", ""); err != nil || len(sent) != 2 {
		t.Errorf("got %v after %d requests, want no fault any more", err, len(sent))
	}
}

// Who gives up waiting is told so, and by HTTP the bot is too.
func TestSlackGivesUp(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	ctx, cancel := context.WithCancel(t.Context())
	gone := make(chan struct{})
	w.plugHTTP(t, func(http.ResponseWriter, request) {
		cancel()
		<-gone
	})
	ack, err := w.Type(ctx, "U1", w.DM("U1"), "hello")
	wantIs(t, err, context.Canceled)
	if ack.Late || ack.Status != 0 {
		t.Errorf("got %v, want no acknowledgement, and not a late one", ack)
	}
	close(gone)
	plugged := newSlackWorld(t, bottest.SlackConfig{})
	ctx, cancel = context.WithCancel(t.Context())
	plugSocket(t, plugged, nil, func(envelope) (any, bool) {
		cancel()
		return nil, false
	})
	if err := plugged.WaitSockets(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	_, err = plugged.Type(ctx, "U1", plugged.DM("U1"), "hello")
	wantIs(t, err, context.Canceled)
}
