package bottest

import (
	"context"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// What Socket Mode keeps to. Source: https://docs.slack.dev/apis/events-api/using-socket-mode.
// No page tells the time between pings; slack-go gives up after 30 s without.
const (
	slackSockets = 10
	slackPing    = 10 * time.Second
	slackGoodbye = time.Second // for the other side to answer a close frame
)

// slackSocket is a Socket Mode connection.
type slackSocket struct {
	ws       *websocket.Conn
	out      chan slackFrame
	gone     chan struct{} // closed when nothing is read any more
	welcome  bool          // not one too many; under the lock
	deaf     atomic.Bool   // of Silence
	draining atomic.Bool   // whether it was asked to go
	closing  atomic.Bool   // whether a close frame is on its way
}

// slackFrame is something to write: a message, a close frame, or both in this
// order.
type slackFrame struct {
	message any
	bye     bool
}

// connectionsOpen answers the address of a socket, which works once.
func (s *Slack) connectionsOpen(slackCall) (slackAnswer, error) {
	ticket := s.id("ticket")
	s.tickets[ticket] = true
	return slackAnswer{"url": "ws://" + s.host + "/link/?ticket=" + ticket + "&app_id=" + SlackApp}, nil
}

func (s *Slack) serveSocket(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	ticket := r.URL.Query().Get("ticket")
	known := s.tickets[ticket] && !s.revoked
	delete(s.tickets, ticket)
	s.mu.Unlock()
	if !known {
		s.note("link: the ticket is unknown or was used")
		http.Error(w, "invalid ticket", http.StatusForbidden)
		return
	}
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		s.note("link: " + err.Error())
		return
	}
	socket := &slackSocket{ws: ws, out: make(chan slackFrame, slackSockets), gone: make(chan struct{})}
	ws.SetPingHandler(socket.pong)
	if s.join(socket) {
		s.spawn(func() { s.write(socket) })
		s.read(socket)
	}
	close(socket.gone)
	socket.cut()
	s.leave(socket)
}

// join greets a socket, or turns it away; then it is to be read nevertheless,
// until the other side has gone. What is delivered meanwhile waits for the
// writer, which begins after the greeting.
func (s *Slack) join(socket *slackSocket) bool {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return false
	}
	number := s.open() + 1
	socket.welcome = number <= slackSockets
	s.sockets = append(s.sockets, socket)
	s.stir()
	s.mu.Unlock()
	if number > slackSockets {
		s.note("link: too_many_websockets")
		socket.out <- slackFrame{message: slackDisconnect("too_many_websockets"), bye: true}
		return true
	}
	hello := map[string]any{
		"type": "hello", "num_connections": number, "connection_info": map[string]any{"app_id": SlackApp},
		"debug_info": map[string]any{
			"host": "applink-fake", "build_number": 1, "approximate_connection_time": 18060,
		},
	}
	return socket.ws.WriteJSON(hello) == nil
}

func (s *Slack) leave(socket *slackSocket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sockets = slices.DeleteFunc(s.sockets, func(other *slackSocket) bool { return other == socket })
	s.stir()
}

// stir wakes whoever waits for sockets to come or go.
func (s *Slack) stir() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// write writes what is sent to a socket, and pings, until nothing is read any
// more.
func (s *Slack) write(socket *slackSocket) {
	ping := time.NewTicker(slackPing)
	defer ping.Stop()
	goodbye := time.NewTimer(slackGoodbye)
	goodbye.Stop() // until there is one
	defer goodbye.Stop()
	for {
		var err error
		select {
		case frame := <-socket.out:
			if socket.deaf.Load() {
				continue
			}
			err = socket.frame(frame)
			if frame.bye {
				goodbye.Reset(slackGoodbye)
			}
		case <-ping.C:
			if !socket.deaf.Load() {
				err = socket.ws.WriteControl(websocket.PingMessage, []byte("Ping from applink-fake"), time.Time{})
			}
		case <-goodbye.C:
			socket.cut()
			return
		case <-socket.gone:
			return
		}
		if err != nil {
			socket.cut()
			return
		}
	}
}

// frame writes a frame.
func (socket *slackSocket) frame(frame slackFrame) error {
	if frame.message != nil {
		if err := socket.ws.WriteJSON(frame.message); err != nil {
			return err
		}
	}
	if !frame.bye {
		return nil
	}
	text := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	return socket.ws.WriteControl(websocket.CloseMessage, text, time.Time{})
}

// pong answers a ping, unless the socket is deaf.
func (socket *slackSocket) pong(text string) error {
	if socket.deaf.Load() {
		return nil
	}
	return socket.ws.WriteControl(websocket.PongMessage, []byte(text), time.Time{})
}

// cut ends a connection without a close frame.
func (socket *slackSocket) cut() { _ = socket.ws.Close() }

// queue hands a frame to the socket's writer; one that has gone needs none.
func (socket *slackSocket) queue(ctx context.Context, frame slackFrame) error {
	if frame.bye {
		socket.closing.Store(true)
	}
	select {
	case socket.out <- frame:
		return nil
	case <-socket.gone:
		return ErrSlackNoSocket
	case <-ctx.Done():
		return ctx.Err()
	}
}
