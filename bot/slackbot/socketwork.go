package slackbot

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"time"

	"github.com/gorilla/websocket"
)

// listen reads a link until it ends.
func (k *keeper) listen(work context.Context, l *link) {
	defer func() { k.events <- func() { k.ended(l) } }()
	defer func() { l.watch.Stop() }() // whichever it is by then
	for {
		message, left, err := l.next()
		if err != nil {
			l.cut(readError(err))
			return
		}
		if left != "" {
			k.log.Warn("message from Slack left out", "err", left)
			continue
		}
		if err := k.take(work, l, message); err != nil {
			l.part(err)
			return
		}
	}
}

// take takes one message. An error is the end of the link.
func (k *keeper) take(work context.Context, l *link, message []byte) error {
	e, reason, err := parseEnvelope(message)
	if err != nil {
		k.log.Warn("message from Slack left out", "err", err, "bytes", len(message))
		return k.dismiss(l, e)
	}
	switch e.Type {
	case helloType:
		l.greet()
		k.events <- func() { k.greet(l) }
	case disconnectType:
		return k.disconnect(l, reason)
	case eventsType, commandsType, interactiveType:
		k.accept(work, l, e)
	default:
		k.log.Warn("envelope of an unknown type from Slack left out", "type", word(e.Type))
		return k.dismiss(l, e)
	}
	return nil
}

// disconnect takes Slack's announcement that it will close a link. An error says
// to close it now.
func (k *keeper) disconnect(l *link, reason string) error {
	switch reason {
	case "warning", "refresh_requested":
		if !l.greeted {
			return fmt.Errorf("%w before it wanted another connection (%s)", errNoHello, reason)
		}
		k.events <- func() { k.refresh(l) }
		return nil
	case "link_disabled":
		return errSwitchedOff
	case "too_many_websockets":
		return errCrowded
	}
	return fmt.Errorf("disconnected by Slack (%s)", word(reason))
}

// dismiss acknowledges an envelope that nobody handles, or Slack would repeat it.
func (k *keeper) dismiss(l *link, e envelope) error {
	if e.ID == "" || k.stopped() {
		return nil
	}
	frame, _ := acknowledgement(e, nil)
	return l.write(frame)
}

// accept has an envelope handled. While too many are, it waits, and nobody reads
// the link. At shutdown and when the link is lost the envelope is dropped: Slack
// sends it again to whoever listens then.
func (k *keeper) accept(work context.Context, l *link, e envelope) {
	if l.greeted {
		l.watch.Stop() // in here it is we who are silent
		defer l.heard()
	}
	if !k.enter(l, l.owed) || !k.enter(l, k.slots) || !k.begin() {
		return // and nobody will enter any more
	}
	go func() {
		defer k.handlers.Done()
		defer func() { <-l.owed }()
		ack, ok := k.protected(work, e)
		answer, hooked := ack.(given)
		if hooked {
			ack = answer.body
		}
		if !ok || ack == unacknowledged || work.Err() != nil { // Slack shall send it to whoever comes next
			return
		}
		if err := k.acknowledge(l, e, ack); answer.after != nil {
			answer.after(err)
		}
	}()
}

// enter adds an element to a channel that bounds work; ok is false when the link
// ends or shutdown begins first.
func (k *keeper) enter(l *link, bound chan struct{}) (ok bool) {
	select {
	case bound <- struct{}{}:
		return true
	case <-l.gone:
	case <-k.stopping:
	}
	return false
}

// begin counts a handler; ok is false when shutdown has begun, which waits for
// those that are counted.
func (k *keeper) begin() (ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.stopped() {
		return false
	}
	k.handlers.Add(1)
	return true
}

// protected calls handle and then frees its slot; ok is false if it panicked.
// What it panicked with may quote people, unless the panic is Go's own.
func (k *keeper) protected(work context.Context, e envelope) (ack any, ok bool) {
	defer func() { <-k.slots }()
	defer func() {
		if p := recover(); p != nil {
			cause := fmt.Sprintf("panic with a %T", p)
			if own, is := p.(runtime.Error); is {
				cause = own.Error()
			}
			k.log.Error("handler of a Slack envelope panicked", "type", e.Type, "err", cause, "stack", string(debug.Stack()))
		}
	}()
	return k.handle(work, e), true
}

// acknowledge sends an acknowledgement on the link that its envelope came on, or
// else on the newest that is ready, if there is one in time. Slack does not
// document whether it takes acknowledgements on another connection of the app;
// its own SDK for Python sends them on whichever is newest. An error says that
// the payload did not go out.
func (k *keeper) acknowledge(l *link, e envelope, payload any) error {
	frame, left := acknowledgement(e, payload)
	var bare error
	if left != "" {
		bare = errors.New(left)
		k.log.Error("acknowledgement to Slack goes without its payload", "type", e.Type, "err", bare)
	}
	late := time.NewTimer(ackWindow)
	defer late.Stop()
	tried := []*link{l}
	err := l.write(frame)
	for err != nil {
		next, more := k.newest(tried)
		if next != nil {
			tried = append(tried, next)
			err = next.write(frame)
			continue
		}
		select {
		case <-more:
			continue
		case <-late.C:
		case <-k.stopping:
		}
		k.log.Warn("envelope of Slack's could not be acknowledged", "type", e.Type, "err", err)
		return err
	}
	return bare
}

// newest returns the newest link that is ready and not among the tried, or nil
// and a channel that is closed when another becomes ready.
func (k *keeper) newest(tried []*link) (l *link, more <-chan struct{}) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, l := range slices.Backward(k.ready) {
		if !slices.Contains(tried, l) {
			return l, k.more
		}
	}
	return nil, k.more
}

// readError returns the error of a read without the text that the other side
// gave for closing.
func readError(err error) error {
	if closed, ok := errors.AsType[*websocket.CloseError](err); ok {
		return fmt.Errorf("closed with code %d", closed.Code)
	}
	return err
}
