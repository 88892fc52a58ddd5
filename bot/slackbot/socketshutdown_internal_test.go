package slackbot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fifteen/bot"

	"github.com/gorilla/websocket"
)

func TestSocketShutsDown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name         string
		handles, end time.Duration
		acked        bool
	}{
		{name: "idle"},
		{name: "work is finished", handles: 3 * time.Second, end: 3 * time.Second, acked: true},
		{name: "work takes too long", handles: time.Hour, end: shutdownGrace},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				x := newExchange(t)
				stop := x.run(x.socket(func(ctx context.Context, e envelope) any {
					if e.ID == "late" {
						t.Error("an envelope was accepted after shutdown had begun")
					}
					select {
					case <-time.After(c.handles):
					case <-ctx.Done():
					}
					return nil
				}))
				p := x.next()
				if c.handles > 0 {
					p.envelope("e")
					go func() {
						time.Sleep(time.Second)
						p.envelope("late")
						p.send(`{"type":"surprise","envelope_id":"late"}`)
						p.disconnect("refresh_requested")
					}()
				}
				synctest.Wait()
				began := time.Now()
				x.wantEnd(stop)
				if got := time.Since(began); got != c.end {
					t.Errorf("ended after %s, want %s", got, c.end)
				}
				<-p.closed
				if p.code != websocket.CloseNormalClosure {
					t.Errorf("close code: got %d, want %d", p.code, websocket.CloseNormalClosure)
				}
				if c.acked {
					p.wantAck("e")
				}
				p.wantNoAck()
				if got := drain(x.states); len(got) != 2 || got[1] != (health{}) {
					t.Errorf("health: got %+v, want green, then red without an error", got)
				}
			})
		})
	}
}

// Shutdown does not wait for what was to come.
func TestSocketShutsDownAnyTime(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		begin func(*exchange, *socket)
		took  time.Duration
	}{
		{name: "while open waits", begin: func(_ *exchange, s *socket) {
			s.open = func(ctx context.Context) (string, error) {
				<-ctx.Done()
				return "", ctx.Err()
			}
		}},
		{name: "while dial waits", begin: func(_ *exchange, s *socket) {
			s.dial = func(ctx context.Context, _ string) (*websocket.Conn, error) {
				<-ctx.Done()
				return nil, ctx.Err()
			}
		}},
		{name: "before the next attempt", begin: func(x *exchange, _ *socket) { x.refuseWith(errors.New("internal_error")) }},
		{name: "while dial does not heed it", took: time.Second, begin: func(_ *exchange, s *socket) {
			dial := s.dial
			s.dial = func(ctx context.Context, url string) (*websocket.Conn, error) {
				time.Sleep(2 * time.Second)
				return dial(context.WithoutCancel(ctx), url)
			}
		}},
		{name: "before hello", begin: func(*exchange, *socket) {}},
		// Nobody takes the close frame.
		{name: "while stuck", took: goodbyeTimeout, begin: func(x *exchange, _ *socket) { x.unread.Store(true) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				x := newExchange(t)
				s := x.socket(none)
				c.begin(x, s)
				stop := x.run(s)
				time.Sleep(time.Second)
				began := time.Now()
				if err := stop(); err != nil {
					t.Errorf("run: got %v, want nil", err)
				}
				if got := time.Since(began); got != c.took {
					t.Errorf("ended after %s, want %s", got, c.took)
				}
				if len(x.peers) > 0 {
					(<-x.peers).hangUp()
				}
				x.wantEnd(func() error { return nil })
			})
		})
	}
}

// An acknowledgement that waits for a connection waits no longer.
func TestSocketShutsDownWhileAcknowledging(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		x := newExchange(t)
		stop := x.run(x.socket(func(context.Context, envelope) any {
			time.Sleep(time.Second)
			return nil
		}))
		p := x.next()
		p.envelope("e")
		x.refuseWith(errors.New("internal_error"))
		p.hangUp()
		time.Sleep(2 * time.Second)
		began := time.Now()
		x.wantEnd(stop)
		if got := time.Since(began); got != 0 {
			t.Errorf("ended after %s, want at once", got)
		}
	})
}

// A handler that does not even heed its context is left behind, and said so.
func TestSocketShutsDownWithoutHandler(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		x := newExchange(t)
		stop := x.run(x.socket(func(context.Context, envelope) any {
			<-release
			return nil
		}))
		p := x.next()
		p.envelope("e")
		synctest.Wait()
		began := time.Now()
		if err := stop(); err != nil {
			t.Errorf("run: got %v, want nil", err)
		}
		if got := time.Since(began); got != shutdownGrace+abandonGrace {
			t.Errorf("ended after %s, want %s", got, shutdownGrace+abandonGrace)
		}
		x.wantLog("do not end")
		close(release)
		x.wantEnd(func() error { return nil })
	})
}

func TestSocketLosesItsToken(t *testing.T) {
	t.Parallel()
	revoked := errors.New("token_revoked")
	for _, later := range []bool{false, true} {
		t.Run(fmt.Sprintf("later %v", later), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				x := newExchange(t)
				if !later {
					x.refuseWith(fmt.Errorf("wrapped: %w", fatalError{revoked}))
				}
				ended := make(chan error, 1)
				s := x.socket(func(context.Context, envelope) any {
					time.Sleep(time.Second)
					return nil
				})
				go func() { ended <- s.run(t.Context()) }()
				if later {
					p := x.next()
					p.envelope("e")
					synctest.Wait()
					x.refuseWith(fatalError{revoked})
					p.disconnect("refresh_requested")
					p.wantAck("e")
				}
				if err := <-ended; !errors.Is(err, revoked) {
					t.Errorf("run: got %v, want %v", err, revoked)
				}
				states := drain(x.states)
				if last := states[len(states)-1]; last.connected || !strings.Contains(last.err, "token_revoked") {
					t.Errorf("health: got %+v, want red for token_revoked", states)
				}
				if got := strings.Count(x.logs(), "level=ERROR"); got != 1 {
					t.Errorf("errors logged: got %d, want 1:\n%s", got, x.logs())
				}
				x.wantEnd(func() error { return nil })
			})
		})
	}
}

func TestAskedWait(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		err  error
		want time.Duration
	}{
		{"no wish", errors.New("x"), 0},
		{"bot.WaitError", fmt.Errorf("x: %w", &bot.WaitError{For: time.Minute, Err: errors.New("x")}), time.Minute},
		{"RetryAfterTime", fmt.Errorf("x: %w", limited(time.Second)), time.Second},
	} {
		if got := askedWait(c.err); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}
