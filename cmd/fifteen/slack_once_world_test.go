package main_test

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/slackbot"
	"fifteen/commands"
	"fifteen/storage"
)

// onceTick is how far the clock of a onceWorld goes on with every delivery: with
// many people at work a second passes between two messages in one chat, and in a
// whole test less than the five minutes that a signature is good for. Slack's
// own clock stands still, so that nothing is late on a busy machine.
const onceTick = 30 * time.Millisecond

// onceWorld is the whole bot over a database of its own, plugged into a fake
// Slack that loses deliveries and repeats them.
type onceWorld struct {
	slack *bottest.Slack
	app   *commands.App
	bot   *slackbot.Bot
	raw   *sql.DB
	ahead atomic.Int64 // how far its clock has gone on, in nanoseconds

	mu      sync.Mutex
	stirred chan struct{} // closed and replaced after every request of the bot's
}

func (w *onceWorld) now() time.Time { return slackMonday.Add(time.Duration(w.ahead.Load())) }

// newOnceWorld opens the bot, in Socket Mode or over HTTP. finish closes it and
// sends what is left in the outbox.
func newOnceWorld(t *testing.T, socket bool) (w *onceWorld, finish func()) {
	t.Helper()
	w = &onceWorld{stirred: make(chan struct{})}
	file := filepath.Join(t.TempDir(), "team.db")
	store, err := storage.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closed(t, "the database", store.Close) })
	if w.raw, err = sql.Open("sqlite3", "file:"+url.PathEscape(file)+"?mode=ro&_busy_timeout=5000"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closed(t, "reading the database", w.raw.Close) })
	log := slog.New(slog.DiscardHandler)
	if w.app, err = commands.NewApp(store, log, w.now); err != nil {
		t.Fatal(err)
	}
	w.slack = bottest.NewSlack(bottest.SlackConfig{
		Clock: func() time.Time { return slackMonday }, Scopes: slackbot.Scopes, Commands: []string{slackbot.Command}, Patience: time.Minute,
	})
	t.Cleanup(w.slack.Close)
	transport := &http.Transport{MaxIdleConnsPerHost: 64}
	t.Cleanup(transport.CloseIdleConnections)
	config := slackbot.Config{
		Router: w.app.Router, Directory: w.app.Directory, Outbox: w.app.Outbox, People: w.app.People, Words: w.app.Words,
		Log: log, Now: w.now, BotToken: bottest.SlackBotToken, SigningSecret: bottest.SlackSecret, APIURL: w.slack.APIURL(),
		Client: &http.Client{Transport: stirring{transport, w}, Timeout: time.Minute},
	}
	if socket {
		config.AppToken = bottest.SlackAppToken
	}
	if w.bot, err = slackbot.New(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	finish = w.connect(t, socket)
	return w, finish
}

func closed(t *testing.T, what string, end func() error) {
	t.Helper()
	if err := end(); err != nil {
		t.Errorf("close %s: %v", what, err)
	}
}

// connect plugs the bot in and returns what ends its work.
func (w *onceWorld) connect(t *testing.T, socket bool) (finish func()) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.bot.Run(ctx) }()
	if socket {
		if err := w.slack.WaitSockets(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
	} else {
		server := httptest.NewServer(w.bot.Handler())
		t.Cleanup(server.Close)
		w.slack.UseHTTP(nil, server.URL)
	}
	return func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("run: got %v, want no error", err)
		}
		closed(t, "the bot", func() error { return w.bot.Close(t.Context()) })
		w.drain(t)
	}
}

// drain sends what is in the outbox, as the program would later.
func (w *onceWorld) drain(t *testing.T) {
	t.Helper()
	for range 20 {
		if n := w.count(t, "SELECT count(*) FROM outbox WHERE NOT sent"); n == 0 {
			return
		}
		w.ahead.Add(int64(2 * time.Minute))
		if err := bot.Sweep(t.Context(), w.app.Outbox, map[string]bot.Sender{slackbot.Platform: w.bot}); err != nil {
			t.Fatal(err)
		}
	}
	t.Error("got posts that are never sent, want none")
}

// count returns the one number of a query.
func (w *onceWorld) count(t *testing.T, query string, args ...any) (n int) {
	t.Helper()
	if err := w.raw.QueryRowContext(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

// stirring tells a world of each request that has been answered.
type stirring struct {
	http.RoundTripper
	world *onceWorld
}

func (s stirring) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := s.RoundTripper.RoundTrip(r)
	s.world.mu.Lock()
	defer s.world.mu.Unlock()
	close(s.world.stirred)
	s.world.stirred = make(chan struct{})
	return res, err
}

// await waits until something that the bot sends makes it true.
func (w *onceWorld) await(ctx context.Context, what string, come func() bool) error {
	for {
		w.mu.Lock()
		stirred := w.stirred
		w.mu.Unlock()
		if come() {
			return nil
		}
		select {
		case <-stirred:
		case <-ctx.Done():
			return fmt.Errorf("%s: %w", what, ctx.Err())
		}
	}
}
