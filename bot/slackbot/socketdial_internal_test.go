package slackbot

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
)

// The default dialer, on the loopback interface and the real clock.
func TestDialSlack(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("ticket") != "secret" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		upgrader := websocket.Upgrader{}
		ws, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			t.Errorf("upgrade: %v", err)
			return
		}
		_, message, err := ws.ReadMessage()
		if err := errors.Join(err, ws.WriteMessage(websocket.TextMessage, message), ws.Close()); err != nil {
			t.Errorf("echo: %v", err)
		}
	}))
	defer server.Close()
	address := "ws" + strings.TrimPrefix(server.URL, "http")

	ctx, cancel := context.WithCancel(t.Context())
	ws, err := dialSlack(ctx, address+"/?ticket=secret")
	if err != nil {
		t.Fatalf("dial: %v", err)
	}
	cancel() // which is over once the connection is there
	if err := ws.WriteMessage(websocket.TextMessage, []byte("hello")); err != nil {
		t.Errorf("write: %v", err)
	}
	if _, got, err := ws.ReadMessage(); err != nil || string(got) != "hello" {
		t.Errorf("read: got %q, %v, want hello", got, err)
	}
	if err := ws.Close(); err != nil {
		t.Errorf("close: %v", err)
	}

	if ws, err := dialSlack(t.Context(), address); ws != nil || err == nil || !strings.Contains(err.Error(), "status 404") {
		t.Errorf("wrong ticket: got %v, want status 404", err)
	}
	if ws, err := dialSlack(t.Context(), "wss://slack.test/\x7f?ticket=secret"); ws != nil || err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("bad URL: got %v, want an error without it", err)
	}
}

// A server that never answers is left as soon as the context ends.
func TestDialSlackGivesUp(t *testing.T) {
	t.Parallel()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		conn, err := listener.Accept()
		if err == nil {
			defer func() { _ = conn.Close() }()
			_, err = conn.Read(make([]byte, 1)) // the handshake has begun
			cancel()
			_, _ = conn.Read(make([]byte, 4096))
			_, _ = conn.Read(make([]byte, 1)) // until the other end hangs up
		}
		if err != nil {
			t.Errorf("accept: %v", err)
		}
		cancel()
	}()
	ended := make(chan error, 1)
	go func() {
		_, err := dialSlack(ctx, "ws://"+listener.Addr().String()+"/?ticket=secret")
		ended <- err
	}()
	select {
	case err := <-ended:
		if err == nil {
			t.Error("got a connection, want an error")
		}
	case <-time.After(time.Minute):
		t.Error("still dialing a minute after the context ended")
	}
}

func TestSocketHidesItsTicket(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		x := newExchange(t)
		s := x.socket(none)
		s.dial = func(_ context.Context, url string) (*websocket.Conn, error) {
			return nil, errors.Join(errors.New("cannot reach "+url), errors.New("bad request: /link/?"+url[strings.Index(url, "?")+1:]))
		}
		stop := x.run(s)
		time.Sleep(time.Minute)
		for _, h := range drain(x.states) {
			if strings.Contains(h.err, "secret") || !strings.Contains(h.err, "cannot reach ...") {
				t.Errorf("health: got %q, want it without the ticket", h.err)
			}
		}
		x.wantEnd(stop) // which looks into the log
	})
}
