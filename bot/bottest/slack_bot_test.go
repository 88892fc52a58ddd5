package bottest_test

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"sync"
	"testing"

	"github.com/gorilla/websocket"

	"fifteen/bot/bottest"
)

// envelope is what a socket is sent.
type envelope struct {
	ID          string          `json:"envelope_id"`
	Type        string          `json:"type"`
	Reason      string          `json:"reason"`
	Accepts     bool            `json:"accepts_response_payload"`
	Retry       int             `json:"retry_attempt"`
	Connections int             `json:"num_connections"`
	Payload     json.RawMessage `json:"payload"`
}

// socketBot is a bot on one socket. It acknowledges every envelope with what
// answer returns, until the socket ends.
type socketBot struct {
	ws    *websocket.Conn
	heard chan envelope // everything, in order
	pings chan string
	ended chan error // why the socket ended
}

// dialer is how a bot reaches the fake: TCP, or a pipe.
type dialer func(ctx context.Context, network, address string) (net.Conn, error)

// plugSocket opens a socket. A nil answer acknowledges with no payload; one that
// returns false does not acknowledge.
func plugSocket(t *testing.T, w *slackWorld, dial dialer, answer func(envelope) (any, bool)) *socketBot {
	t.Helper()
	opened := w.post(t, w.APIURL()+"apps.connections.open", bottest.SlackAppToken, nil)
	if !opened.OK {
		t.Fatalf("got %+v, want an address", opened)
	}
	d := websocket.Dialer{NetDialContext: dial}
	ws, resp, err := d.DialContext(t.Context(), opened.URL, http.Header{"Origin": {"https://api.slack.com"}})
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	bot := &socketBot{
		ws: ws, heard: make(chan envelope, 4096), pings: make(chan string, 64), ended: make(chan error, 1),
	}
	answering := ws.PingHandler()
	ws.SetPingHandler(func(text string) error {
		bot.pings <- text
		return answering(text)
	})
	var reading sync.WaitGroup
	reading.Go(func() { bot.ended <- bot.run(answer) })
	t.Cleanup(func() {
		_ = ws.Close()
		reading.Wait()
	})
	return bot
}

func (b *socketBot) run(answer func(envelope) (any, bool)) error {
	for {
		var e envelope
		if err := b.ws.ReadJSON(&e); err != nil {
			return err
		}
		b.heard <- e
		if e.ID == "" {
			continue
		}
		ack := map[string]any{"envelope_id": e.ID}
		if answer != nil {
			payload, ok := answer(e)
			if !ok {
				continue
			}
			if payload != nil {
				ack["payload"] = payload
			}
		}
		if err := b.ws.WriteJSON(ack); err != nil {
			return err
		}
	}
}

// wantHello waits for the first message.
func (b *socketBot) wantHello(t *testing.T, connections int) {
	t.Helper()
	if got := <-b.heard; got.Type != "hello" || got.Connections != connections {
		t.Errorf("got %+v, want hello on connection %d", got, connections)
	}
}

// pipes is a listener made of net.Pipe.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), closed: make(chan struct{})} }

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case p.conns <- server:
		return client, nil
	case <-p.closed:
		return nil, errors.New("nobody listens")
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Accept implements net.Listener.
func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.conns:
		return conn, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

// Addr implements net.Listener.
func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "slack.fake", Net: "pipe"} }

// piped returns a world that is reached through pipes, for bubbles of synctest,
// and whose clock is the bubble's.
func piped(t *testing.T) (*slackWorld, *pipes) {
	t.Helper()
	p := newPipes()
	w := newSlackWorld(t, bottest.SlackConfig{Listener: p})
	w.client.Transport = &http.Transport{DialContext: p.dial}
	return w, p
}
