package slackbot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestSocketHandles(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var got envelope
		x := newExchange(t)
		stop := x.run(x.socket(func(_ context.Context, e envelope) any {
			got = e
			time.Sleep(2 * time.Second)
			return map[string]string{"text": "done"}
		}))
		p := x.next()
		for _, c := range []struct {
			message, ack string
			want         envelope
		}{
			{
				`{"type":"slash_commands","envelope_id":"1","payload":{"a":1},"accepts_response_payload":true}`,
				`{"text":"done"}`,
				envelope{Type: "slash_commands", ID: "1", Respond: true},
			},
			{
				`{"type":"interactive","envelope_id":"2","payload":{"a":1},"accepts_response_payload":true}`,
				`{"text":"done"}`,
				envelope{Type: "interactive", ID: "2", Respond: true},
			},
			{
				`{"type":"events_api","envelope_id":"3","payload":{"a":1},"accepts_response_payload":false,"retry_attempt":2,"retry_reason":"timeout"}`,
				``,
				envelope{Type: "events_api", ID: "3", Retry: 2},
			},
		} {
			sent := time.Now()
			p.send(c.message)
			ack := p.wantAck(c.want.ID)
			if took := time.Since(sent); took != 2*time.Second {
				t.Errorf("%s: acknowledged after %s, want when it was handled, after 2s", c.want.Type, took)
			}
			if string(ack.Payload) != c.ack {
				t.Errorf("%s: payload: got %s, want %s", c.want.Type, ack.Payload, c.ack)
			}
			c.want.Payload = got.Payload
			if fmt.Sprint(got) != fmt.Sprint(c.want) || string(got.Payload) != `{"a":1}` {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		}
		x.wantEnd(stop)
	})
}

// When too many envelopes are being handled nobody reads, which is not Slack's
// silence, and then it goes on.
func TestSocketHoldsBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const envelopes = 3 * maxHandling
		var running, sent atomic.Int64
		release := make(chan struct{})
		x := newExchange(t)
		stop := x.run(x.socket(func(context.Context, envelope) any {
			running.Add(1)
			defer running.Add(-1)
			<-release
			return nil
		}))
		p := x.next()
		go func() {
			for n := range envelopes {
				p.envelope(fmt.Sprint(n))
				sent.Add(1)
			}
		}()
		time.Sleep(10 * silence)
		// One more has been read, and gorilla's buffer holds some.
		if got := running.Load(); got != maxHandling {
			t.Errorf("handled at once: got %d, want %d", got, maxHandling)
		}
		if got := sent.Load(); got >= envelopes {
			t.Errorf("sent: got all %d, want them held back", got)
		}
		close(release)
		seen := map[string]bool{}
		for range envelopes {
			seen[(<-p.acks).ID] = true
		}
		if len(seen) != envelopes || x.opens.Load() != 1 {
			t.Errorf("got %d envelopes acknowledged on %d connections, want %d on 1", len(seen), x.opens.Load(), envelopes)
		}
		x.wantEnd(stop)
	})
}

func TestSocketLosesConnectionWhileHandling(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release, cancelled := make(chan struct{}), make(chan error, 1)
		x := newExchange(t)
		stop := x.run(x.socket(func(ctx context.Context, e envelope) any {
			<-release
			cancelled <- ctx.Err()
			return "done"
		}))
		p := x.next()
		p.envelope("e")
		synctest.Wait()
		p.hangUp()
		synctest.Wait()
		release <- struct{}{}
		if err := <-cancelled; err != nil {
			t.Errorf("handler's context: got %v, want it alive", err)
		}
		// Only now does Slack greet the next connection.
		time.Sleep(time.Second)
		p = x.next()
		if got := p.wantAck("e"); string(got.Payload) != `"done"` {
			t.Errorf("payload: got %s, want done", got.Payload)
		}

		x.refuseWith(errors.New("internal_error"))
		p.envelope("late")
		synctest.Wait()
		p.hangUp()
		release <- struct{}{}
		time.Sleep(ackWindow + time.Second)
		x.wantLog("could not be acknowledged")
		x.refuse.Store(nil)
		x.next().wantNoAck()
		x.wantEnd(stop)
	})
}

// A connection that is replaced while it is held back ends all the same.
func TestSocketRetiresWhileHeldBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		x := newExchange(t)
		stop := x.run(x.socket(func(context.Context, envelope) any {
			<-release
			return nil
		}))
		old := x.next()
		old.disconnect("warning")
		fresh := x.next()
		go fresh.ping(pingEvery)
		for n := range maxHandling + 1 {
			old.envelope(fmt.Sprint(n))
		}
		time.Sleep(linger + time.Second)
		synctest.Wait()
		if got := x.sockets.Load(); got != 1 {
			t.Errorf("connections: got %d, want 1", got)
		}
		x.wantLog("connection closed") // its reader has ended too
		close(release)
		for range maxHandling {
			<-fresh.acks
		}
		x.wantEnd(stop)
	})
}

// A connection whose other end does not read delays nobody else, takes in no
// more than it may owe, and is given up.
func TestSocketIsStuck(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var handled atomic.Int64
		x := newExchange(t)
		x.unread.Store(true)
		stop := x.run(x.socket(func(context.Context, envelope) any {
			handled.Add(1)
			return nil
		}))
		stuck := x.next()
		x.unread.Store(false)
		stuck.disconnect("warning")
		began := time.Now()
		go func() {
			for n := range 2 * maxHandling {
				stuck.envelope(fmt.Sprint(n))
			}
		}()
		p := x.next()
		synctest.Wait()
		if got := handled.Load(); got != maxHandling {
			t.Errorf("handled without an acknowledgement: got %d, want %d", got, maxHandling)
		}
		p.envelope("e")
		p.wantAck("e")
		if got := time.Since(began); got != 0 {
			t.Errorf("acknowledged after %s on another connection, want at once", got)
		}
		// What could not be acknowledged there is acknowledged here.
		for range maxHandling {
			<-p.acks
		}
		if got := time.Since(began); got != writeTimeout {
			t.Errorf("acknowledged after %s on the other connection, want %s", got, writeTimeout)
		}
		stuck.hangUp()
		x.wantEnd(stop)
	})
}

func TestSocketContainsPanics(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		x := newExchange(t)
		stop := x.run(x.socket(func(_ context.Context, e envelope) any {
			switch e.ID {
			case "said":
				panic("confidential")
			case "error":
				panic(errors.New("confidential"))
			case "index":
				return []int{}[len(e.ID)]
			}
			return nil
		}))
		p := x.next()
		for range maxHandling + 1 { // no slot is lost
			for _, id := range []string{"said", "error", "index", "e"} {
				p.envelope(id)
			}
			p.wantAck("e")
		}
		synctest.Wait()
		p.wantNoAck()
		for _, want := range []string{"panic with a string", "panic with a *errors.errorString", "index out of range", "socketwork_internal_test.go"} {
			x.wantLog(want)
		}
		x.wantEnd(stop)
	})
}

func TestSocketLeavesLongPayload(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		x := newExchange(t)
		stop := x.run(x.socket(func(context.Context, envelope) any {
			return "confidential" + strings.Repeat("x", maxAck)
		}))
		p := x.next()
		p.envelope("e")
		if got := p.wantAck("e"); got.Payload != nil {
			t.Errorf("payload: got %d bytes, want none", len(got.Payload))
		}
		x.wantLog("without its payload")
		x.wantEnd(stop)
	})
}
