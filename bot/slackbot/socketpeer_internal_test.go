package slackbot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// exchange is Slack's end: it hands out URLs and accepts connections, over pipes
// and inside a synctest bubble, so that its clock is the fake one.
type exchange struct {
	*testing.T
	calls   chan net.Conn
	done    chan struct{}
	sockets atomic.Int64 // open ends of Slack's
	peers   chan *peer
	opens   atomic.Int64
	// refuse says why open fails, answer what the handshake gets instead of a
	// connection; nil for neither.
	refuse atomic.Pointer[error]
	answer atomic.Int64
	unread atomic.Bool // new peers do not read
	states chan health
	logged sync.Mutex
	log    strings.Builder
	server *http.Server
	served chan struct{}
	before int // goroutines in the bubble
}

// newExchange returns an exchange; call close at the end of the bubble.
func newExchange(t *testing.T) *exchange {
	t.Helper()
	x := &exchange{
		T: t, calls: make(chan net.Conn), done: make(chan struct{}), peers: make(chan *peer, 100),
		states: make(chan health, 10_000), served: make(chan struct{}),
		before: inBubble(),
	}
	x.server = &http.Server{Handler: http.HandlerFunc(x.connect), ErrorLog: slog.NewLogLogger(slog.DiscardHandler, 0)}
	go func() {
		defer close(x.served)
		if err := x.server.Serve(x); !errors.Is(err, http.ErrServerClosed) {
			t.Errorf("serve: %v", err)
		}
	}()
	return x
}

func (x *exchange) shut() {
	x.Helper()
	if err := x.server.Close(); err != nil {
		x.Errorf("close the server: %v", err)
	}
	<-x.served
}

// socket returns a socket that calls this exchange.
func (x *exchange) socket(handle func(context.Context, envelope) any) *socket {
	return &socket{
		open: x.open, handle: handle, log: slog.New(slog.NewTextHandler(x, nil)), now: time.Now,
		dial: func(ctx context.Context, url string) (*websocket.Conn, error) {
			dialer := websocket.Dialer{NetDialContext: x.dial}
			ws, response, err := dialer.DialContext(ctx, url, nil)
			if response != nil {
				err = errors.Join(err, response.Body.Close())
			}
			return ws, err
		},
		state: func(connected bool, err error) {
			h := health{connected: connected}
			if err != nil {
				h.err = err.Error()
			}
			x.states <- h
		},
	}
}

// run runs a socket until stop is called, which returns what run returned.
func (x *exchange) run(s *socket) (stop func() error) {
	ctx, cancel := context.WithCancel(x.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.run(ctx) }()
	return func() error {
		cancel()
		return <-ended
	}
}

func (x *exchange) open(context.Context) (string, error) {
	n := x.opens.Add(1)
	if err := x.refuse.Load(); err != nil {
		return "", *err
	}
	return fmt.Sprintf("ws://slack.test/link/?ticket=secret%d", n), nil
}

func (x *exchange) refuseWith(err error) { x.refuse.Store(&err) }

// Accept, Close and Addr make the exchange a listener, dial calls it.
func (x *exchange) Accept() (net.Conn, error) {
	select {
	case conn := <-x.calls:
		return conn, nil
	case <-x.done:
		return nil, net.ErrClosed
	}
}

func (x *exchange) Close() error {
	close(x.done)
	return nil
}

func (x *exchange) Addr() net.Addr { return &net.UnixAddr{Name: "slack"} }

func (x *exchange) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	x.sockets.Add(1)
	select {
	case x.calls <- &counted{Conn: theirs, left: &x.sockets}:
		return ours, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// counted counts down when it is closed.
type counted struct {
	net.Conn
	once sync.Once
	left *atomic.Int64
}

func (c *counted) Close() error {
	c.once.Do(func() { c.left.Add(-1) })
	return c.Conn.Close()
}

// Write keeps what is logged.
func (x *exchange) Write(p []byte) (int, error) {
	x.logged.Lock()
	defer x.logged.Unlock()
	return x.log.Write(p)
}

// logs returns what was logged so far.
func (x *exchange) logs() string {
	x.logged.Lock()
	defer x.logged.Unlock()
	return x.log.String()
}

func (x *exchange) wantLog(text string) {
	x.Helper()
	if got := x.logs(); !strings.Contains(got, text) {
		x.Errorf("log: got\n%swant %q in it", got, text)
	}
}

// wantSilence checks that nothing confidential was logged.
func (x *exchange) wantSilence() {
	x.Helper()
	got := x.logs()
	for _, secret := range []string{"secret", "ticket", "confidential"} {
		if strings.Contains(got, secret) {
			x.Errorf("log holds %q:\n%s", secret, got)
		}
	}
}

// connect is the handler of the WebSocket's address.
func (x *exchange) connect(w http.ResponseWriter, r *http.Request) {
	if status := int(x.answer.Load()); status != 0 {
		w.WriteHeader(status)
		return
	}
	upgrader := websocket.Upgrader{}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // the caller has hung up
	}
	p := &peer{T: x.T, ws: ws, at: time.Now(), acks: make(chan ack, 1000), closed: make(chan struct{})}
	ws.SetPongHandler(func(string) error { p.pongs.Add(1); return nil })
	if !x.unread.Load() {
		go p.read()
	}
	x.peers <- p
}

// next returns the next connection, after hello.
func (x *exchange) next() *peer {
	x.Helper()
	select {
	case p := <-x.peers:
		p.send(`{"type":"hello","num_connections":1}`)
		return p
	case <-time.After(time.Hour):
		x.Fatalf("nobody called for an hour; log:\n%s", x.logs())
	}
	return nil
}

// peer is Slack's end of one connection.
type peer struct {
	*testing.T
	ws     *websocket.Conn
	at     time.Time // when it was connected
	acks   chan ack
	pongs  atomic.Int64
	code   int // of the close frame that came, 0 for none
	closed chan struct{}
	quiet  atomic.Bool // pings no more
}

// ack is an acknowledgement as Slack gets it.
type ack struct {
	ID      string          `json:"envelope_id"`
	Payload json.RawMessage `json:"payload"`
}

func (p *peer) read() {
	defer close(p.closed)
	defer func() { _ = p.ws.Close() }()
	for {
		_, message, err := p.ws.ReadMessage()
		if closed := new(websocket.CloseError); errors.As(err, &closed) {
			p.code = closed.Code
		}
		if err != nil {
			return
		}
		var a ack
		if err := json.Unmarshal(message, &a); err != nil {
			p.Errorf("acknowledgement %.100q: %v", message, err)
		}
		p.acks <- a
	}
}

// send sends a message; the other end may have hung up.
func (p *peer) send(message string) {
	_ = p.ws.WriteMessage(websocket.TextMessage, []byte(message))
}

func (p *peer) envelope(id string) {
	p.send(fmt.Sprintf(`{"type":"slash_commands","envelope_id":%q,"accepts_response_payload":true,"payload":{"text":"confidential"}}`, id))
}

func (p *peer) disconnect(reason string) {
	p.send(fmt.Sprintf(`{"type":"disconnect","reason":%q,"debug_info":{"host":"applink-1"}}`, reason))
}

// pingEvery is between the 10 and 30 s of Slack.
const pingEvery = 20 * time.Second

// ping pings until the connection is closed or quiet.
func (p *peer) ping(every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			if p.quiet.Load() {
				return
			}
			_ = p.ws.WriteControl(websocket.PingMessage, []byte("applink-1"), time.Now().Add(time.Second))
		case <-p.closed:
			return
		}
	}
}

// raw sends bytes that need not be a frame.
func (p *peer) raw(b ...byte) {
	p.Helper()
	if err := p.ws.NetConn().SetWriteDeadline(time.Time{}); err != nil {
		p.Error(err)
	}
	if _, err := p.ws.NetConn().Write(b); err != nil {
		p.Errorf("send bytes: %v", err)
	}
}

// hangUp closes the connection without a word.
func (p *peer) hangUp() { _ = p.ws.Close() }

// wantAck returns the next acknowledgement, which must be that of an envelope.
func (p *peer) wantAck(id string) ack {
	p.Helper()
	select {
	case a := <-p.acks:
		if a.ID != id {
			p.Errorf("acknowledged: got %q, want %q", a.ID, id)
		}
		return a
	case <-time.After(time.Minute):
		p.Fatalf("envelope %q: not acknowledged within a minute", id)
	}
	return ack{}
}

// wantNoAck checks that nothing more was acknowledged.
func (p *peer) wantNoAck() {
	p.Helper()
	select {
	case a := <-p.acks:
		p.Errorf("acknowledged: got %q, want nothing", a.ID)
	default:
	}
}
