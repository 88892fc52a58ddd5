package slackbot

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
)

// none handles envelopes and has nothing to say.
func none(context.Context, envelope) any { return nil }

func TestSocketSurvivesBadMessages(t *testing.T) {
	t.Parallel()
	long := `{"type":"events_api","envelope_id":"e","payload":"` + strings.Repeat("x", maxFrame) + `"}`
	for _, c := range []struct {
		name    string
		kind    int
		message string
		acked   string
	}{
		{name: "no JSON", kind: websocket.TextMessage, message: "confidential"},
		{name: "nothing", kind: websocket.TextMessage},
		{name: "no UTF-8", kind: websocket.TextMessage, message: "\xff\xfe"},
		{name: "no object", kind: websocket.TextMessage, message: `["confidential"]`},
		{name: "no type", kind: websocket.TextMessage, message: `{"envelope_id":"confidential"}`, acked: "confidential"},
		{name: "no ID", kind: websocket.TextMessage, message: `{"type":"events_api"}`},
		{name: "unknown type", kind: websocket.TextMessage, message: `{"type":"confidential words","envelope_id":"u"}`, acked: "u"},
		{name: "unknown type without ID", kind: websocket.TextMessage, message: `{"type":"news"}`},
		{name: "wrong field", kind: websocket.TextMessage, message: `{"type":"events_api","envelope_id":"w","retry_attempt":"confidential"}`, acked: "w"},
		{name: "binary", kind: websocket.BinaryMessage, message: `{"type":"events_api","envelope_id":"b"}`},
		{name: "too long", kind: websocket.TextMessage, message: long},
		{name: "a second hello", kind: websocket.TextMessage, message: `{"type":"hello"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				x := newExchange(t)
				stop := x.run(x.socket(none))
				p := x.next()
				if err := p.ws.WriteMessage(c.kind, []byte(c.message)); err != nil {
					t.Fatal(err)
				}
				if c.acked != "" {
					p.wantAck(c.acked)
				}
				time.Sleep(linger + time.Second)
				p.envelope("e")
				p.wantAck("e")
				if c.name != "a second hello" {
					x.wantLog("left out")
				}
				if got := x.opens.Load(); got != 1 {
					t.Errorf("connections: got %d, want 1", got)
				}
				x.wantEnd(stop)
			})
		})
	}
}

func TestSocketAnswersPings(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		x := newExchange(t)
		stop := x.run(x.socket(none))
		p := x.next()
		go p.ping(pingEvery)
		time.Sleep(time.Hour + time.Second)
		if got := p.pongs.Load(); got != 180 {
			t.Errorf("pongs in an hour: got %d, want 180", got)
		}
		if got := x.opens.Load(); got != 1 {
			t.Errorf("connections in a quiet hour: got %d, want 1", got)
		}
		x.wantEnd(stop)
	})
}

// A connection without hello is none, however much it pings and asks.
func TestSocketWantsHello(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		x := newExchange(t)
		stop := x.run(x.socket(none))
		p := <-x.peers
		p.envelope("e")
		p.wantAck("e")
		go p.ping(time.Second)
		<-p.closed
		if got := time.Since(p.at); got != helloTimeout {
			t.Errorf("given up after %s, want %s", got, helloTimeout)
		}
		impatient := <-x.peers
		impatient.disconnect("refresh_requested")
		<-impatient.closed
		if got := drain(x.states); len(got) == 0 || got[0].connected {
			t.Errorf("health: got %+v, want red", got)
		}
		x.next()
		x.wantEnd(stop)
	})
}

func TestSocketRefresh(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		x := newExchange(t)
		stop := x.run(x.socket(func(_ context.Context, e envelope) any {
			if e.ID == "slow" {
				<-release
			}
			return nil
		}))
		old := x.next()
		x.refuseWith(errors.New("internal_error")) // which is no loss as yet
		old.disconnect("warning")
		synctest.Wait()
		x.refuse.Store(nil)
		fresh := x.next()
		ready := time.Now()
		for _, p := range []*peer{old, fresh} {
			p.envelope("e")
			p.wantAck("e")
		}
		old.envelope("slow")
		<-old.closed
		if got := time.Since(ready); got != linger || old.code != websocket.CloseNormalClosure {
			t.Errorf("old connection: closed after %s with code %d, want %s, %d",
				got, old.code, linger, websocket.CloseNormalClosure)
		}
		close(release)
		fresh.wantAck("slow")
		for i, h := range drain(x.states) {
			if !h.connected || i > 0 {
				t.Errorf("health: got %+v, want nothing but green", h)
			}
		}
		x.wantEnd(stop)
	})
}

// Slack may want a new connection as soon as it has one.
func TestSocketRefreshStorm(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		x := newExchange(t)
		s := x.socket(none)
		s.jitter = func(time.Duration) time.Duration { return time.Millisecond } // the worst case
		stop := x.run(s)
		for range 100 {
			p := x.next()
			synctest.Wait()
			if got := x.sockets.Load(); got > maxReady+2 {
				t.Fatalf("connections: got %d, want at most %d", got, maxReady+2)
			}
			p.disconnect("refresh_requested")
		}
		x.next()
		time.Sleep(linger + time.Second)
		synctest.Wait()
		if got := x.sockets.Load(); got != 1 {
			t.Errorf("connections after the storm: got %d, want 1", got)
		}
		x.wantEnd(stop)
	})
}

func TestSocketIsSwitchedOff(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		reason, health, log string
		least, most         time.Duration
	}{
		{"link_disabled", "link_disabled", "level=ERROR", switchedOffWait, switchedOffWait},
		{"too_many_websockets", "too many connections", "level=WARN", crowdedWait / 2, crowdedWait},
	} {
		t.Run(c.reason, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				x := newExchange(t)
				stop := x.run(x.socket(none))
				p := x.next()
				for range 3 {
					p.disconnect(c.reason)
					<-p.closed
					lost := time.Now()
					// It is no better on the next connection, which never gets to say hello.
					p = <-x.peers
					if got := p.at.Sub(lost); got < c.least || got > c.most {
						t.Errorf("next attempt: got after %s, want %s to %s", got, c.least, c.most)
					}
				}
				synctest.Wait()
				if got := drain(x.states); len(got) != 2 || !strings.Contains(got[1].err, c.health) {
					t.Errorf("health: got %+v, want green, then %q", got, c.health)
				}
				x.wantLog(c.log)
				p.send(`{"type":"hello"}`)
				if got := <-x.states; !got.connected {
					t.Errorf("health: got %+v, want green", got)
				}
				x.wantEnd(stop)
			})
		})
	}
}
