package slackbot

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
)

// losses are all the ways in which a connection ends, and whether another is
// ready before.
var losses = []struct {
	name     string
	seamless bool
	lose     func(*peer)
}{
	{"refresh_requested", true, func(p *peer) { p.disconnect("refresh_requested") }},
	{"warning", true, func(p *peer) { p.disconnect("warning") }},
	{"warning, then refresh_requested", true, func(p *peer) { p.disconnect("warning"); p.disconnect("refresh_requested") }},
	{"link_disabled", false, func(p *peer) { p.disconnect("link_disabled") }},
	{"too_many_websockets", false, func(p *peer) { p.disconnect("too_many_websockets") }},
	{"unknown reason", false, func(p *peer) { p.disconnect("full moon") }},
	{"close frame", false, func(p *peer) {
		goodbye := websocket.FormatCloseMessage(websocket.CloseGoingAway, "confidential")
		_ = p.ws.WriteControl(websocket.CloseMessage, goodbye, time.Now().Add(time.Second))
	}},
	{"end of stream", false, (*peer).hangUp},
	{"end within a frame", false, func(p *peer) { p.raw(0x81, 0x7e, 0xff); p.hangUp() }},
	{"protocol broken", false, func(p *peer) { p.raw(0xff, 0xff, 0xff, 0xff) }},
	{"compressed without consent", false, func(p *peer) { p.raw(0xc1, 0x01, 'x') }},
}

// The acceptance case: 1,000 disconnects and 50 deaf sockets, back within a
// minute each.
func TestSocketComesBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		x := newExchange(t)
		stop := x.run(x.socket(func(context.Context, envelope) any { return nil }))
		chance := rand.New(rand.NewPCG(1, 2))
		p := x.next()
		go p.ping(pingEvery)
		synctest.Wait()
		goroutines := inBubble()
		for n := range 1050 {
			// Connections live up to three minutes, so that the backoff is met at every stage.
			time.Sleep(time.Duration(chance.Int64N(int64(3 * time.Minute))))
			loss := losses[n%len(losses)]
			drain(x.states)
			if n%21 == 20 {
				p = x.afterSilence(p, n%2 == 0)
				loss.name, loss.seamless = "silence", false
			} else {
				lost := time.Now()
				loss.lose(p)
				p = x.next()
				go p.ping(pingEvery)
				synctest.Wait()
				if got := time.Since(lost); got > time.Minute {
					t.Errorf("%d, %s: got back after %s, want a minute at most", n, loss.name, got)
				}
			}
			for _, h := range drain(x.states) {
				if !h.connected && loss.seamless {
					t.Errorf("%d, %s: was without a connection: %s", n, loss.name, h.err)
				}
			}
			p.envelope("e")
			p.wantAck("e")
			time.Sleep(linger + time.Second)
			synctest.Wait()
			if got := inBubble(); got != goroutines {
				t.Fatalf("%d, %s: got %d goroutines, want %d:\n%s", n, loss.name, got, goroutines, stacks())
			}
			if got := x.sockets.Load(); got != 1 {
				t.Fatalf("%d, %s: got %d sockets, want 1", n, loss.name, got)
			}
		}
		x.wantEnd(stop)
	})
}

// afterSilence returns the connection that follows one that has become silent:
// p, which was alive until now, or one that never was.
func (x *exchange) afterSilence(p *peer, fresh bool) *peer {
	x.Helper()
	deaf, least := p, silence-pingEvery // if a ping has just come
	if fresh {
		p.disconnect("warning")
		deaf, least = x.next(), silence
		p.hangUp()
	} else {
		p.quiet.Store(true)
	}
	lost := time.Now()
	p = x.next()
	go p.ping(pingEvery)
	synctest.Wait()
	if got := time.Since(lost); got < least || got > time.Minute {
		x.Errorf("silence: got back after %s, want %s to a minute", got, least)
	}
	<-deaf.closed
	return p
}

// wantEnd stops a run and checks that nothing is left of it.
func (x *exchange) wantEnd(stop func() error) {
	x.Helper()
	if err := stop(); err != nil {
		x.Errorf("run: got %v, want nil", err)
	}
	x.shut()
	synctest.Wait()
	if got := x.sockets.Load(); got != 0 {
		x.Errorf("after the end: got %d sockets, want none", got)
	}
	if got := inBubble(); got != x.before {
		x.Errorf("after the end: got %d goroutines, want %d:\n%s", got, x.before, stacks())
	}
	x.wantSilence()
}

// inBubble returns how many goroutines are in the bubble of the caller.
func inBubble() int { return strings.Count(stacks(), "\n\n") + 1 }

// stacks returns the stacks of the goroutines in the bubble of the caller.
func stacks() string {
	b := make([]byte, 1<<20)
	n := runtime.Stack(b, true)
	for n == len(b) { // other tests run beside this one
		b = make([]byte, 2*n)
		n = runtime.Stack(b, true)
	}
	all := strings.Split(string(b[:n]), "\n\n")
	head, _, _ := strings.Cut(all[0], "]")
	_, bubble, ok := strings.Cut(head, "synctest bubble ")
	if !ok {
		panic("not in a bubble: " + head)
	}
	return strings.Join(slices.DeleteFunc(all, func(stack string) bool {
		return !strings.Contains(stack, "synctest bubble "+bubble+"]:")
	}), "\n\n")
}

// drain returns what health was told.
func drain(states chan health) []health {
	var all []health
	for {
		select {
		case h := <-states:
			all = append(all, h)
		default:
			return all
		}
	}
}

func TestSocketReconnectsAtOnceFirst(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		x := newExchange(t)
		s := x.socket(nil)
		s.jitter = func(d time.Duration) time.Duration { return d }
		stop := x.run(s)
		p := x.next()
		// The waits double from half a second to 30 s; a steady minute starts anew.
		for _, want := range []float64{0, 0.5, 1, 2, 4, 8, 16, 30, 30} {
			lost := time.Now()
			p.hangUp()
			p = x.next()
			if got := p.at.Sub(lost).Seconds(); got != want {
				t.Errorf("got back after %g s, want %g s", got, want)
			}
		}
		// Silence was wait enough.
		began := time.Now()
		p = x.next()
		if got := p.at.Sub(began); got != silence {
			t.Errorf("silence: got back after %s, want %s", got, silence)
		}
		go p.ping(pingEvery)
		time.Sleep(steadyAfter + time.Second)
		lost := time.Now()
		p.hangUp()
		p = x.next()
		if got := p.at.Sub(lost); got != 0 {
			t.Errorf("after a steady minute: got back after %s, want at once", got)
		}
		// Half a minute with a connection and half without are no steady minute: after
		// waits of 0.5, 1, 2, 4, 8 and 16 s every 30 s, 6 + (600 − 31.5) ÷ 30 = 24.
		time.Sleep(30 * time.Second)
		x.refuseWith(errors.New("internal_error"))
		before := x.opens.Load()
		p.hangUp()
		time.Sleep(10 * time.Minute)
		if got, want := x.opens.Load()-before, int64(24); got != want {
			t.Errorf("attempts in ten minutes without a steady one: got %d, want %d", got, want)
		}
		x.wantEnd(stop)
	})
}

// limited is what a Web API client answers when it is told to wait.
type limited time.Duration

func (l limited) Error() string { return "ratelimited" }

func (l limited) RetryAfterTime() time.Duration { return time.Duration(l) }

func TestSocketIsRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		err    error
		status int64
		// least and most are the attempts of the first hour.
		least, most int64
	}{
		// 8 attempts in the first minute, then one every 15 to 30 s
		{name: "open fails", err: errors.New("internal_error"), least: 120, most: 250},
		{name: "open asks to wait", err: fmt.Errorf("wrapped: %w", limited(5*time.Minute)), least: 12, most: 12},
		{name: "handshake fails", status: 503, least: 120, most: 250},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				x := newExchange(t)
				if c.err != nil {
					x.refuseWith(c.err)
				}
				x.answer.Store(c.status)
				stop := x.run(x.socket(nil))
				time.Sleep(firstBackoff / 3)
				if got := x.opens.Load(); got != 1 {
					t.Errorf("attempts at once: got %d, want 1", got)
				}
				time.Sleep(time.Hour - time.Second)
				synctest.Wait()
				if got := x.opens.Load(); got < c.least || got > c.most {
					t.Errorf("attempts in an hour: got %d, want %d to %d", got, c.least, c.most)
				}
				if got := drain(x.states); len(got) != 1 || got[0].connected || got[0].err == "" {
					t.Errorf("health: got %+v, want one red with an error", got)
				}
				x.refuse.Store(nil)
				x.answer.Store(0)
				x.next()
				if got := <-x.states; !got.connected {
					t.Errorf("health: got %+v, want green", got)
				}
				x.wantEnd(stop)
			})
		})
	}
}
