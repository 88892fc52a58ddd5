package main_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/slackbot"
	"fifteen/commands"
	"fifteen/storage"
)

func emptyFile(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "team.db")
}

// after is a context for what is done when a test is over.
func after(t *testing.T) context.Context {
	t.Helper()
	return context.WithoutCancel(t.Context())
}

func channelID(i int) string { return fmt.Sprintf("C%03d", i) }

// stormWorld is one or more processes of the bot over one database, in a bubble
// with a clock of its own, and a Slack that enforces its pace.
type stormWorld struct {
	dsn      string
	channels int
	slack    *bottest.Slack
	weather  *weather
	wire     *http.Transport
	raw      *sql.DB
	tally    *outcomes
	stores   []*storage.Store
	apps     []*commands.App
	bots     []*slackbot.Bot
}

func newStormWorld(t *testing.T, dsn string, channels int) *stormWorld {
	t.Helper()
	line := &pipes{conns: make(chan net.Conn), closed: make(chan struct{})}
	w := &stormWorld{
		dsn: dsn, channels: channels, wire: &http.Transport{DialContext: line.dial}, tally: &outcomes{got: map[bot.Outcome]int{}},
		slack: bottest.NewSlack(bottest.SlackConfig{Clock: time.Now, Scopes: slackbot.Scopes, Listener: line, Rate: true}),
	}
	w.weather = &weather{RoundTripper: w.wire, dice: rand.New(rand.NewPCG(15, 429)), until: map[string]time.Time{}}
	for i := range channels {
		w.slack.AddChannel(bottest.SlackChannel{ID: channelID(i), Name: channelID(i), BotIn: true})
	}
	return w
}

// start starts the processes.
func (w *stormWorld) start(t *testing.T, processes int) {
	t.Helper()
	for range processes {
		store, err := storage.Open(t.Context(), w.dsn)
		if err != nil {
			t.Fatal(err)
		}
		log := slog.New(slog.DiscardHandler)
		app, err := commands.NewApp(store, log, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		slack, err := slackbot.New(t.Context(), slackbot.Config{
			Router: app.Router, Directory: app.Directory, Outbox: app.Outbox, People: app.People, Words: app.Words, Log: log,
			Now: time.Now, BotToken: bottest.SlackBotToken, SigningSecret: bottest.SlackSecret, APIURL: w.slack.APIURL(),
			Client: &http.Client{Transport: w.weather, Timeout: 10 * time.Second},
		})
		if err != nil {
			t.Fatal(err)
		}
		w.stores, w.apps, w.bots = append(w.stores, store), append(w.apps, app), append(w.bots, slack)
	}
	driver, name := "sqlite3", "file:"+url.PathEscape(w.dsn)+"?mode=ro&_busy_timeout=5000"
	if storage.IsPostgres(w.dsn) {
		driver, name = "pgx", w.dsn
	}
	var err error
	if w.raw, err = sql.Open(driver, name); err != nil {
		t.Fatal(err)
	}
}

// stop ends the processes.
func (w *stormWorld) stop(t *testing.T) {
	t.Helper()
	for i := range w.bots {
		closed(t, "the bot", func() error { return w.bots[i].Close(t.Context()) })
		closed(t, "the store", w.stores[i].Close)
	}
	closed(t, "reading the database", w.raw.Close)
	w.bots, w.apps, w.stores = nil, nil, nil
}

func (w *stormWorld) close() {
	w.wire.CloseIdleConnections()
	w.slack.Close()
}

// write stores messages, each channel's in turn.
func (w *stormWorld) write(t *testing.T, messages int) {
	t.Helper()
	err := w.stores[0].Write(t.Context(), 1, func(tx *storage.Tx) error {
		for n := range messages {
			_, err := tx.Post(t.Context(), storage.Post{
				Platform: slackbot.Platform, Chat: channelID(n % w.channels), Body: fmt.Sprintf(`{"title":"%d"}`, n),
				CreatedAt: time.Now(), DueAt: time.Now(),
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// sweep has every process sweep, and turns the clock to when the next post is
// due. It tells whether there is one.
func (w *stormWorld) sweep(t *testing.T) bool {
	t.Helper()
	var sweeps sync.WaitGroup
	for i := range w.apps {
		sweeps.Go(func() {
			sweeper := bot.Sweeper{
				Outbox: w.apps[i].Outbox, Senders: map[string]bot.Sender{slackbot.Platform: w.bots[i]}, Tally: w.tally.count,
			}
			if err := sweeper.Sweep(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	sweeps.Wait()
	var next time.Time
	err := w.raw.QueryRowContext(t.Context(), "SELECT due_at FROM outbox WHERE NOT sent ORDER BY due_at LIMIT 1").Scan(&next)
	if errors.Is(err, sql.ErrNoRows) {
		return false
	}
	if err != nil || t.Failed() {
		t.Fatalf("look for the next post: %v", err)
	}
	time.Sleep(max(time.Until(next), time.Second)) // of the bubble's clock
	return true
}

// weather is the way to Slack in a storm: it answers some messages with 429 and
// notes those that come before the time.
type weather struct {
	http.RoundTripper
	mu      sync.Mutex
	dice    *rand.Rand
	until   map[string]time.Time // by channel
	sent    int
	refused int
	longest time.Duration
	early   []string
}

// delivered is how many messages have got through.
func (w *weather) delivered() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.sent
}

// storms are what Retry-After says, and how long the bot has to wait then.
var storms = []struct {
	header string
	wait   time.Duration
}{
	{"1", time.Second},
	{"7", 7 * time.Second},
	{"90", 90 * time.Second},
	{"600", 10 * time.Minute},
	{"3600", time.Hour},
	{"10072", 10072 * time.Second},
	{"", 30 * time.Second},
	{"soon", 30 * time.Second},
	{"-3", 30 * time.Second},
}

// RoundTrip implements http.RoundTripper.
func (w *weather) RoundTrip(r *http.Request) (*http.Response, error) {
	if !strings.HasSuffix(r.URL.Path, "/chat.postMessage") {
		return w.RoundTripper.RoundTrip(r)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, err
	}
	if refusal := w.meets(form.Get("channel")); refusal != nil {
		return refusal, nil
	}
	r = r.Clone(r.Context())
	r.Body = io.NopCloser(bytes.NewReader(body))
	return w.RoundTripper.RoundTrip(r)
}

// meets decides what becomes of a message, nil for nothing.
func (w *weather) meets(channel string) *http.Response {
	w.mu.Lock()
	defer w.mu.Unlock()
	if left := time.Until(w.until[channel]); left > 0 {
		w.early = append(w.early, fmt.Sprintf("got a message to %s %s before its Retry-After ended", channel, left))
	}
	if w.dice.IntN(4) > 0 {
		w.sent++
		return nil
	}
	says := storms[w.dice.IntN(len(storms))]
	w.until[channel] = time.Now().Add(says.wait)
	w.refused, w.longest = w.refused+1, max(w.longest, says.wait)
	header := http.Header{"Content-Type": {"application/json"}}
	if says.header != "" {
		header.Set("Retry-After", says.header)
	}
	return &http.Response{
		StatusCode: http.StatusTooManyRequests, Status: "429 Too Many Requests", Header: header,
		Body: io.NopCloser(strings.NewReader(`{"ok":false,"error":"ratelimited"}`)),
	}
}

// outcomes counts what becomes of posts.
type outcomes struct {
	mu  sync.Mutex
	got map[bot.Outcome]int
}

func (o *outcomes) count(_ string, outcome bot.Outcome) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.got[outcome]++
}

// String leaves out what was delayed.
func (o *outcomes) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return fmt.Sprintf("sent %d, sent_again %d, dropped %d", o.got[bot.Sent], o.got[bot.SentAgain], o.got[bot.Dropped])
}

// pipes is a listener whose connections are pipes.
type pipes struct {
	conns  chan net.Conn
	once   sync.Once
	closed chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.conns:
		return conn, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipes) Addr() net.Addr { return p }

func (p *pipes) Network() string { return "pipe" }

func (p *pipes) String() string { return "slack.example" }

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	near, far := net.Pipe()
	select {
	case p.conns <- far:
		return near, nil
	case <-p.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
