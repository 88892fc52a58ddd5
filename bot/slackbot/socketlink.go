package slackbot

import (
	"io"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// A link is one WebSocket connection. One goroutine reads it; any may write.
// Timers that cut the link stand in for deadlines, which would need the clock.
type link struct {
	ws *websocket.Conn
	// watch cuts the link when nothing comes; the reader winds it.
	watch   *time.Timer
	greeted bool // the reader's: hello came
	// turn is held by the one who writes a message.
	turn chan struct{}
	// owed holds an element for each envelope whose acknowledgement is not out.
	owed chan struct{}
	// gone is closed when the link is cut, and from then on cause says why.
	gone     chan struct{}
	cutting  sync.Once
	parting  sync.Once
	cause    error
	schedule // the keeper's
}

// schedule is what the keeper knows of a link.
type schedule struct {
	ready   bool
	since   time.Time   // when it became ready
	leaving bool        // Slack is about to close it
	retired *time.Timer // ends it after linger; nil while it has no successor
}

// newLink takes over a connection that has until helloTimeout to say hello.
func newLink(ws *websocket.Conn) *link {
	l := &link{
		ws: ws, turn: make(chan struct{}, 1),
		owed: make(chan struct{}, maxHandling), gone: make(chan struct{}),
	}
	l.watch = time.AfterFunc(helloTimeout, func() {
		l.cut(errNoHello)
	})
	ws.SetPingHandler(func(data string) error {
		l.heard()
		return l.control(websocket.PongMessage, []byte(data), writeTimeout, errStuck)
	})
	ws.SetPongHandler(func(string) error {
		l.heard()
		return nil
	})
	return l
}

// greet notes that hello came: from now on the link may be silent for silence.
func (l *link) greet() {
	if !l.greeted {
		l.greeted = true
		l.watch.Stop()
		l.watch = time.AfterFunc(silence, func() { l.cut(errSilent) })
	}
}

// heard notes that something came. Until hello came, nothing else counts.
func (l *link) heard() {
	if l.greeted {
		l.watch.Reset(silence)
	}
}

// next returns the next text message. Left says why a message was left out
// instead; the link goes on, and what is unread of it is skipped next time. An
// error is the end of the link.
func (l *link) next() (message []byte, left string, err error) {
	kind, r, err := l.ws.NextReader()
	if err != nil {
		return nil, "", err
	}
	l.heard()
	if kind != websocket.TextMessage {
		return nil, "it is binary", nil
	}
	message, err = io.ReadAll(io.LimitReader(r, maxFrame+1))
	if len(message) > maxFrame {
		return nil, "it is too long", nil
	}
	return message, "", err
}

// write sends a message. An error means that the link is cut.
func (l *link) write(message []byte) error {
	select {
	case l.turn <- struct{}{}:
		defer func() { <-l.turn }()
	case <-l.gone:
		return l.cause
	}
	guard := time.AfterFunc(writeTimeout, func() { l.cut(errStuck) })
	defer guard.Stop()
	err := l.ws.WriteMessage(websocket.TextMessage, message)
	if err != nil {
		l.cut(err)
	}
	return err
}

// control sends a control frame; the link is cut for that cause if it takes
// longer than limit.
func (l *link) control(kind int, data []byte, limit time.Duration, cause error) error {
	guard := time.AfterFunc(limit, func() { l.cut(cause) })
	defer guard.Stop()
	return l.ws.WriteControl(kind, data, time.Time{})
}

// part says goodbye and cuts the link. When it returns, the link is cut.
func (l *link) part(cause error) {
	l.parting.Do(func() {
		goodbye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
		_ = l.control(websocket.CloseMessage, goodbye, goodbyeTimeout, cause) // it ends in any case
		l.cut(cause)
	})
}

// cut ends the link; whoever reads or writes it gets an error.
func (l *link) cut(cause error) {
	l.cutting.Do(func() {
		l.cause = cause
		close(l.gone)
		_ = l.ws.Close() // there is nothing left to save
	})
}
