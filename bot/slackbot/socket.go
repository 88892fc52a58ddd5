package slackbot

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/gorilla/websocket"
)

// What Slack documents of Socket Mode ("SM") is at
// https://docs.slack.dev/apis/events-api/using-socket-mode; figures without a
// source are ours.
const (
	// maxHandling is how many envelopes are in handle at once.
	maxHandling = 64
	// maxAck is the size, in bytes of the whole frame, from which on Slack drops
	// the payload of an acknowledgement without a word (slack-go, maxResponseSize).
	maxAck = 20 << 10
	// maxFrame is the longest message that is read, in bytes; what Slack sends is
	// some ten kilobytes long.
	maxFrame = 4 << 20
	// maxReady is how many connections stay open at most while Slack asks for one
	// new connection after another. An app has 10 (SM), its other processes too.
	maxReady = 4

	// silence is after how much of it a connection counts as dead. Slack pings
	// every 10 to 30 s. silence, openTimeout and helloTimeout are a minute.
	silence      = 45 * time.Second
	openTimeout  = 10 * time.Second
	helloTimeout = 5 * time.Second
	// writeTimeout is how long Slack may take to accept a frame.
	writeTimeout = 5 * time.Second
	// linger is how long a connection is read after its successor is ready; Slack
	// closes it about 10 s after its warning (SM).
	linger = 10 * time.Second
	// ackWindow is how long an acknowledgement waits for a connection to go out
	// on; Slack gives up on the envelope after 3 s.
	ackWindow = 3 * time.Second

	// firstBackoff and lastBackoff bound the growing wait before attempts. A
	// connection that was ready for steadyAfter starts it anew.
	firstBackoff = 500 * time.Millisecond
	lastBackoff  = 30 * time.Second
	steadyAfter  = time.Minute
	// crowdedWait, spread, comes before an attempt after too_many_websockets, and
	// switchedOffWait, about once a minute, after link_disabled.
	crowdedWait     = 40 * time.Second
	switchedOffWait = 50 * time.Second

	// shutdownGrace is how long running handlers may take to end by themselves at
	// shutdown, abandonGrace how long after they have been cancelled, and
	// goodbyeTimeout how long a close frame may take.
	shutdownGrace  = 4 * time.Second
	abandonGrace   = time.Second
	goodbyeTimeout = time.Second
)

// socket keeps Socket Mode connections to Slack open, with at least one that is
// ready if Slack lets it. It is our own because slack-go's client closes a
// connection before it opens the next, runs handlers without bound and without
// recover, and reads the real clock.
type socket struct {
	// open asks Slack for the URL of a new connection (apps.connections.open). A
	// fatalError ends run. An error that has a RetryAfterTime method or is a
	// bot.WaitError says how long to wait. Errors are logged: they must not hold
	// a token.
	open func(ctx context.Context) (url string, err error)
	// handle takes an envelope and returns, as soon as it may be acknowledged, the
	// payload of the acknowledgement, nil for none. It runs in a goroutine of its
	// own, at most maxHandling at once; beyond that reading stops. It outlives the
	// connection that the envelope came on; ctx ends when a shutdown has waited
	// long enough. An envelope whose handle panics is not acknowledged, so that
	// Slack repeats it or tells the person.
	// One that returns unacknowledged is not either. A given is told how writing
	// its body went.
	handle func(ctx context.Context, e envelope) (ack any)
	// dial connects to a URL of open's; ctx ends when it has returned. Nil is
	// gorilla's dialer with the proxy of the environment.
	dial func(ctx context.Context, url string) (*websocket.Conn, error)
	log  *slog.Logger
	// state is told about health: whether a connection is ready, or else why not;
	// err is nil after an orderly shutdown. It is called on every change, one call
	// at a time, and must not block.
	state func(connected bool, err error)
	// now only measures what is logged.
	now func() time.Time
	// jitter spreads a wait; nil is evenly random in [d/2, d).
	jitter func(time.Duration) time.Duration
}

// A fatalError says that trying again is no use: Slack refused the token.
type fatalError struct{ err error }

func (e fatalError) Error() string { return e.err.Error() }

func (e fatalError) Unwrap() error { return e.err }

// run keeps a connection until ctx is done, when it returns nil, or until open
// returns a fatalError, which it returns. Before it returns, running handlers
// get shutdownGrace to finish and to be acknowledged, and every connection is
// closed.
func (s *socket) run(ctx context.Context) error {
	work, abandon := context.WithCancel(context.WithoutCancel(ctx))
	defer abandon()
	k := newKeeper(s)
	for {
		select {
		case <-ctx.Done():
			k.shutDown(abandon, nil)
			return nil
		case <-k.due.C:
			k.attempt(ctx)
		case a := <-k.attempted:
			if ctx.Err() != nil {
				k.discard(a)
				continue
			}
			if err := k.dialed(work, a); err != nil {
				k.shutDown(abandon, err)
				return err
			}
		case happened := <-k.events:
			happened()
		case <-k.steady.C:
			k.failures = 0
		}
	}
}

// spread applies jitter to a wait.
func (s *socket) spread(d time.Duration) time.Duration {
	if s.jitter != nil {
		return s.jitter(d)
	}
	return d/2 + rand.N(d/2) //nolint:gosec // reconnects are spread, nothing is kept secret
}

// Why a connection ended, besides what reading from it says.
var (
	errSilent      = errors.New("nothing came from Slack for " + silence.String())
	errNoHello     = errors.New("no hello came from Slack")
	errCrowded     = errors.New("too many connections of this app (too_many_websockets)")
	errSwitchedOff = errors.New("somebody switched Socket Mode off in the app's settings (link_disabled)")
	errStuck       = errors.New("Slack did not take a frame for " + writeTimeout.String())
	errReplaced    = errors.New("replaced by a newer connection")
	errShutdown    = errors.New("shut down")
)
