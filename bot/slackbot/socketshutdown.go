package slackbot

import (
	"sync"
	"time"
)

// stopped tells whether shutdown has begun.
func (k *keeper) stopped() bool {
	select {
	case <-k.stopping:
		return true
	default:
		return false
	}
}

// shutDown accepts no more envelopes, lets running handlers finish, cancels
// those that take too long, and closes every link. Health is told the cause.
func (k *keeper) shutDown(abandon func(), cause error) {
	k.mu.Lock()
	close(k.stopping)
	k.mu.Unlock()
	k.due.Stop()
	k.steady.Stop()
	idle := make(chan struct{})
	go func() {
		k.handlers.Wait()
		close(idle)
	}()
	k.settle(idle, shutdownGrace)
	abandon()
	k.partAll()
	if !k.settle(idle, abandonGrace) {
		k.log.Error("handlers of Slack envelopes do not end")
	}
	k.tell(false, cause)
}

// settle waits until no handler runs, at most for a while.
func (k *keeper) settle(idle <-chan struct{}, limit time.Duration) (ok bool) {
	late := time.NewTimer(limit)
	defer late.Stop()
	for {
		select {
		case <-idle:
			return true
		case <-late.C:
			return false
		case happened := <-k.events:
			happened()
		case a := <-k.attempted:
			k.discard(a)
		}
	}
}

// partAll closes all links and waits until none is read and none is coming.
func (k *keeper) partAll() {
	var parting sync.WaitGroup
	for l := range k.links {
		parting.Go(func() { l.part(errShutdown) })
	}
	for len(k.links) > 0 || k.trying {
		select {
		case happened := <-k.events:
			happened()
		case a := <-k.attempted:
			k.discard(a)
		}
	}
	parting.Wait()
}

// discard drops a connection that came too late.
func (k *keeper) discard(a attempt) {
	k.trying = false
	if a.ws != nil {
		_ = a.ws.Close() // nobody has used it
	}
}
