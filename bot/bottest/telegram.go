package bottest

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

// Who is who in the fake Telegram.
const (
	TelegramToken   = "123456:fake-token"
	TelegramBotID   = 123456
	TelegramBotName = "fifteen_bot"
	// TelegramSecret comes with what is delivered over HTTP, if the webhook was set
	// with it.
	TelegramSecret = "fake-secret"
)

// TelegramConfig is how a fake Telegram is set up; zero values mean the usual.
type TelegramConfig struct {
	// Clock is what Telegram's clock shows: required.
	Clock func() time.Time
	// Listener is where it listens, which may be made of net.Pipe; nil means a fresh
	// TCP port of the loopback interface.
	Listener net.Listener
	// Rate enforces one message a second in a chat, 20 a minute in a group and 30 a
	// second in all.
	Rate bool
	// Privacy is the group privacy mode: the bot does not hear everything.
	Privacy bool
	// Hold is for how long a request for updates is held at most, whatever it asks
	// for; 0 for as long as it asks.
	Hold time.Duration
}

// Telegram is a server of the Bot API with one bot, and the people who use the
// app. It refuses what Telegram refuses. It is safe for use by many goroutines.
type Telegram struct {
	config TelegramConfig
	server *http.Server
	host   string
	done   chan struct{} // closed by Close
	work   sync.WaitGroup

	mu       sync.Mutex // guards what follows
	closed   bool
	revoked  bool
	calls    map[string]int
	refusals []string
	failures map[string][]TelegramFailure
	users    map[int64]*TelegramUser
	chats    map[int64]*TelegramChat
	migrated map[int64]int64
	messages map[int64][]*TelegramMessage
	lastID   map[int64]int // the last message by chat
	queries  map[string]bool
	answers  []string
	menus    map[string][]TelegramCommand
	sent     map[int64][]time.Time
	all      []time.Time

	updates []*telegramUpdate // not confirmed yet
	nextID  int64
	serial  int
	polls   int           // that are held
	sated   int           // how often they were ended from here
	held    chan struct{} // closed to end the poll that is held
	changed chan struct{} // closed and replaced when updates or polls come and go
	webhook telegramWebhook
}

// NewTelegram starts a fake Telegram. It panics without a Clock, or when it cannot
// listen.
func NewTelegram(config TelegramConfig) *Telegram {
	if config.Clock == nil {
		panic("bottest.NewTelegram: no Clock")
	}
	if config.Listener == nil {
		listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
		if err != nil {
			panic(fmt.Sprintf("bottest.NewTelegram: %v", err))
		}
		config.Listener = listener
	}
	t := &Telegram{
		config: config, host: config.Listener.Addr().String(), done: make(chan struct{}), nextID: 1000,
		calls: map[string]int{}, failures: map[string][]TelegramFailure{}, users: map[int64]*TelegramUser{},
		chats: map[int64]*TelegramChat{}, migrated: map[int64]int64{}, messages: map[int64][]*TelegramMessage{},
		lastID: map[int64]int{}, queries: map[string]bool{}, menus: map[string][]TelegramCommand{}, sent: map[int64][]time.Time{},
		changed: make(chan struct{}),
	}
	t.server = &http.Server{
		Handler: http.HandlerFunc(t.serve), ConnState: t.track, ReadHeaderTimeout: time.Minute,
		ErrorLog: log.New(io.Discard, "", 0), // connections that are dropped on purpose
	}
	t.work.Go(func() { _ = t.server.Serve(config.Listener) })
	return t
}

// track counts the connections, so that Close can wait for them.
func (t *Telegram) track(_ net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		t.work.Add(1)
	case http.StateHijacked, http.StateClosed:
		t.work.Done()
	case http.StateActive, http.StateIdle:
	}
}

// URL is where the Bot API is, without a slash at the end.
func (t *Telegram) URL() string { return "http://" + t.host }

// Close stops it and waits until all that it started has ended.
func (t *Telegram) Close() {
	t.mu.Lock()
	if t.closed {
		t.mu.Unlock()
		return
	}
	t.closed = true
	close(t.done)
	t.mu.Unlock()
	_ = t.server.Close()
	t.work.Wait()
}

// stir wakes whoever waits for something to change. The lock is held.
func (t *Telegram) stir() {
	close(t.changed)
	t.changed = make(chan struct{})
}

// await waits until something is so, which is asked with the lock held.
func (t *Telegram) await(ctx context.Context, so func() bool) error {
	for {
		t.mu.Lock()
		ok, changed := so(), t.changed
		t.mu.Unlock()
		if ok {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		case <-t.done:
			return http.ErrServerClosed
		}
	}
}

// Calls counts the calls of a method.
func (t *Telegram) Calls(method string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.calls[method]
}

// Refusals are the calls that Telegram refused because of what they said.
func (t *Telegram) Refusals() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]string(nil), t.refusals...)
}

// Answers are the queries that were answered, in their order.
func (t *Telegram) Answers() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]string(nil), t.answers...)
}

// Revoke makes the token good no more.
func (t *Telegram) Revoke() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.revoked = true
}
