package slackbot

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// keeper is one run of a socket. Its goroutine decides; links and handlers are
// goroutines of their own that send it what happened.
type keeper struct {
	*socket
	// events are run by the keeper's goroutine.
	events    chan func()
	attempted chan attempt
	// due is when to attempt the next connection, if one is planned.
	due      *time.Timer
	planned  bool
	trying   bool  // an attempt is on its way
	hailed   *link // connected, but not ready yet
	failures int   // attempts that failed and connections that ended since one was steady
	steady   *time.Timer
	// least is the shortest wait before an attempt until a connection is ready.
	least time.Duration
	// links are all whose reader runs.
	links map[*link]bool
	told  *health

	slots    chan struct{} // an element for each envelope in handle
	handlers sync.WaitGroup

	// mu guards what follows. The keeper alone changes ready, and reads it freely.
	mu       sync.Mutex
	ready    []*link       // the newest last
	more     chan struct{} // closed when one becomes ready
	stopping chan struct{} // closed when shutdown begins
}

// attempt is the outcome of opening a connection.
type attempt struct {
	ws  *websocket.Conn
	err error
}

// health is what state was told last.
type health struct {
	connected bool
	err       string
}

// newKeeper returns a keeper whose first attempt is due.
func newKeeper(s *socket) *keeper {
	k := &keeper{
		socket: s, events: make(chan func()), attempted: make(chan attempt),
		due: time.NewTimer(0), planned: true, steady: time.NewTimer(0), links: map[*link]bool{},
		slots: make(chan struct{}, maxHandling), more: make(chan struct{}), stopping: make(chan struct{}),
	}
	k.steady.Stop()
	return k
}

// want sees to it that a connection is coming unless one is there to stay.
func (k *keeper) want() {
	stays := func(l *link) bool { return !l.leaving }
	if k.planned || k.trying || k.hailed != nil || k.stopped() || slices.ContainsFunc(k.ready, stays) {
		return
	}
	k.plan(0)
}

// plan sets the time of the next attempt: at once the first time, then after a
// growing wait, but never before least.
func (k *keeper) plan(least time.Duration) {
	wait := max(least, k.least)
	if k.failures > 0 {
		doubled := firstBackoff << min(k.failures-1, 10)
		wait = max(wait, k.spread(min(doubled, lastBackoff)))
	}
	k.failures++
	k.planned = true
	k.due.Reset(wait)
	if wait > 0 {
		k.log.Info("Socket Mode waits before it connects", "duration", wait)
	}
}

// attempt opens a connection in the background.
func (k *keeper) attempt(ctx context.Context) {
	k.planned, k.trying = false, true
	go func() {
		ctx, cancel := context.WithTimeout(ctx, openTimeout)
		defer cancel()
		ws, err := k.connect(ctx)
		k.attempted <- attempt{ws, err}
	}()
}

// dialed takes the outcome of an attempt. An error is fatal.
func (k *keeper) dialed(work context.Context, a attempt) error {
	k.trying = false
	if a.err == nil {
		l := newLink(a.ws)
		k.hailed, k.links[l] = l, true
		go k.listen(work, l)
		return nil
	}
	if len(k.ready) == 0 {
		k.tell(false, a.err)
	}
	if _, ok := errors.AsType[fatalError](a.err); ok {
		k.log.Error("Slack refuses the app-level token; Socket Mode ends", "err", a.err)
		return a.err
	}
	k.log.Warn("Socket Mode could not connect", "err", a.err)
	k.failures = max(k.failures, 1) // only after a loss is the next attempt made at once
	k.plan(askedWait(a.err))
	return nil
}

// greet takes a link that is ready, and retires those before it.
func (k *keeper) greet(l *link) {
	if l.ready || k.stopped() {
		return
	}
	for _, old := range k.ready {
		old.leaving = true
		if old.retired == nil {
			old.retired = time.AfterFunc(linger, func() { old.part(errReplaced) })
		}
	}
	if len(k.ready) >= maxReady {
		k.ready[0].retired.Reset(0)
	}
	k.mu.Lock()
	k.ready = append(slices.Clone(k.ready), l)
	close(k.more)
	k.more = make(chan struct{})
	k.mu.Unlock()
	l.ready, l.since, k.hailed, k.least = true, k.now(), nil, 0
	k.steady.Reset(steadyAfter)
	k.log.Info("Socket Mode is connected")
	k.tell(true, nil)
}

// refresh takes a link that Slack is about to close.
func (k *keeper) refresh(l *link) {
	l.leaving = true
	k.want()
}

// ended takes a link that is cut and no longer read.
func (k *keeper) ended(l *link) {
	delete(k.links, l)
	if l == k.hailed {
		k.hailed = nil
	}
	if l.retired != nil {
		l.retired.Stop()
	}
	if l.ready && l == k.ready[len(k.ready)-1] {
		k.steady.Stop()
	}
	k.mu.Lock()
	k.ready = slices.DeleteFunc(slices.Clone(k.ready), func(other *link) bool { return other == l })
	k.mu.Unlock()
	if k.stopped() {
		return
	}
	k.judge(l)
	if len(k.ready) == 0 {
		k.tell(false, l.cause)
	}
	k.want()
}

// judge logs why a link ended, and lets it decide how soon the next may come.
func (k *keeper) judge(l *link) {
	switch {
	case errors.Is(l.cause, errSwitchedOff):
		k.least = switchedOffWait
		k.log.Error("Socket Mode is switched off; it must be switched on in the app's settings", "err", l.cause)
		return
	case errors.Is(l.cause, errCrowded):
		k.least = k.spread(crowdedWait)
	case errors.Is(l.cause, errSilent):
		k.failures = 0 // the silence was wait enough
	case l.leaving:
		k.log.Info("Socket Mode connection closed", "err", l.cause)
		return
	}
	if l.ready {
		k.log.Warn("Socket Mode connection lost", "err", l.cause, "duration", k.now().Sub(l.since))
	} else {
		k.log.Warn("Socket Mode could not connect", "err", l.cause)
	}
}

// tell tells state what it was not told last.
func (k *keeper) tell(connected bool, err error) {
	news := health{connected: connected}
	if err != nil {
		news.err = err.Error()
	}
	if k.told == nil || *k.told != news {
		k.told = &news
		k.state(connected, err)
	}
}
