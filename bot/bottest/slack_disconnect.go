package bottest

import (
	"context"
	"slices"
	"time"
)

// How long Slack leaves a socket open that it has asked to go: about 10 s after
// a warning, and a moment, which no page tells, after refresh_requested.
const (
	slackWarning = 10 * time.Second
	slackRefresh = 500 * time.Millisecond
)

// Sockets returns how many Socket Mode connections are open.
func (s *Slack) Sockets() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open()
}

func (s *Slack) open() int {
	open := 0
	for _, socket := range s.sockets {
		if socket.welcome {
			open++
		}
	}
	return open
}

// WaitSockets waits until exactly n Socket Mode connections are open.
func (s *Slack) WaitSockets(ctx context.Context, n int) error {
	for {
		s.mu.Lock()
		open, changed := s.open(), s.changed
		s.mu.Unlock()
		if open == n {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// slackDisconnect is the message that asks a socket to go.
func slackDisconnect(reason string) map[string]any {
	return map[string]any{
		"type": "disconnect", "reason": reason, "debug_info": map[string]any{"host": "applink-fake"},
	}
}

// Disconnect sends a disconnect message on every open socket. Slack closes the
// socket 10 s after "warning", a moment after "refresh_requested", and at once
// after "link_disabled" and "too_many_websockets"; after any other reason it
// stays open.
func (s *Slack) Disconnect(reason string) {
	closes := reason == "link_disabled" || reason == "too_many_websockets"
	for _, socket := range s.all() {
		frame := slackFrame{message: slackDisconnect(reason), bye: closes}
		switch reason {
		case "warning":
			s.later(socket, slackWarning)
		case "refresh_requested":
			s.later(socket, slackRefresh)
		}
		socket.draining.Store(true)
		_ = socket.queue(context.Background(), frame) // one that has gone needs no message
	}
}

// later closes a socket after a while.
func (s *Slack) later(socket *slackSocket, wait time.Duration) {
	s.spawn(func() {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		select {
		case <-timer.C:
			_ = socket.queue(context.Background(), slackFrame{bye: true}) // likewise
		case <-socket.gone:
		}
	})
}

// Silence makes all open sockets deaf: no pings, no messages, no close, while
// the connection stays. They get no envelopes from now on either.
func (s *Slack) Silence() {
	for _, socket := range s.all() {
		socket.deaf.Store(true)
	}
}

// Kill cuts all sockets without a close frame.
func (s *Slack) Kill() {
	for _, socket := range s.all() {
		socket.cut()
	}
}

// RevokeTokens makes every call answer token_revoked and closes the sockets.
func (s *Slack) RevokeTokens() {
	s.mu.Lock()
	s.revoked = true
	s.mu.Unlock()
	for _, socket := range s.all() {
		_ = socket.queue(context.Background(), slackFrame{bye: true}) // likewise
	}
}

// all returns the sockets there are.
func (s *Slack) all() []*slackSocket {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.sockets)
}
