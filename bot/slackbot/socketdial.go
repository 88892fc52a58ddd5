package slackbot

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"fifteen/bot"

	"github.com/gorilla/websocket"
)

// connect opens and dials a connection. Its errors do not hold the URL.
func (s *socket) connect(ctx context.Context) (*websocket.Conn, error) {
	address, err := s.open(ctx)
	if err != nil {
		return nil, fmt.Errorf("open a connection: %w", err)
	}
	dial := s.dial
	if dial == nil {
		dial = dialSlack
	}
	ws, err := dial(ctx, address)
	if err != nil {
		return nil, withoutTicket(err, address)
	}
	return ws, nil
}

// dialSlack connects to a URL. Unlike gorilla's own, it gives up at once when
// ctx ends.
func dialSlack(ctx context.Context, address string) (*websocket.Conn, error) {
	if _, err := url.Parse(address); err != nil {
		return nil, errors.New("the URL cannot be read")
	}
	stop := func() bool { return true }
	dialer := websocket.Dialer{
		Proxy: http.ProxyFromEnvironment,
		NetDialContext: func(dialing context.Context, network, host string) (net.Conn, error) {
			conn, err := (&net.Dialer{}).DialContext(dialing, network, host)
			if err == nil {
				stop = context.AfterFunc(ctx, func() { _ = conn.Close() }) // that is how gorilla notices
			}
			return conn, err
		},
	}
	ws, response, err := dialer.DialContext(ctx, address, nil)
	if response != nil {
		_ = response.Body.Close() // gorilla has read what there is
	}
	switch {
	case errors.Is(err, websocket.ErrBadHandshake) && response != nil:
		return nil, fmt.Errorf("%w: status %d", err, response.StatusCode)
	case err != nil:
		return nil, err
	case !stop():
		return nil, errors.Join(ctx.Err(), ws.Close())
	}
	return ws, nil
}

// withoutTicket returns the error of a dial without the URL, whose query is a
// ticket to the app's messages.
func withoutTicket(err error, address string) error {
	text := err.Error()
	_, query, _ := strings.Cut(address, "?")
	for _, secret := range []string{address, query} {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, "...")
		}
	}
	return fmt.Errorf("dial: %s", text)
}

// askedWait returns how long an error of open's asks to be left alone.
func askedWait(err error) time.Duration {
	if wait, ok := errors.AsType[*bot.WaitError](err); ok {
		return wait.For
	}
	var limited interface{ RetryAfterTime() time.Duration }
	if errors.As(err, &limited) {
		return limited.RetryAfterTime()
	}
	return 0
}
