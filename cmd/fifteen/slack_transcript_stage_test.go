package main_test

import (
	"context"
	"database/sql"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/slackbot"
	main "fifteen/cmd/fifteen"
	"fifteen/commands"
	"fifteen/storage"
)

// slackMonday is when the transcripts begin, as in the tests of commands.
var slackMonday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// slackHang is how long a stage waits for an answer before it says that none
// came. Nothing depends on it while answers come.
const slackHang = time.Minute

// slackStage is a bot over a database of its own, plugged into a fake Slack.
// They share one
// clock, which stands still between the script's directives as the terminal's does,
// so that there is no pace to keep.
type slackStage struct {
	t     *testing.T
	slack *bottest.Slack
	app   *commands.App
	bot   *slackbot.Bot
	home  int64
	raw   *sql.DB
	logs  *slackLog
	// close ends the bot when all that it took is done.
	close func()

	mu  sync.Mutex
	now time.Time
	// stirred holds an element when the bot has sent something, or has marked
	// something as sent, since somebody looked.
	stirred chan struct{}

	user    string // who types
	role    bot.Role
	channel string   // "" is the bot's chat with the user
	people  []string // accounts, in the order in which they came
	// channels are names by ID.
	channels map[string]string
	// known counts for each message how often it has changed since it was posted.
	known map[string]int
	// last is what a person saw last in a channel: a message with its details.
	last map[string][]bottest.SlackMessage
	// step is which line of the script is played, from 0, and charts tells which
	// of them are answered with a chart.
	step   int
	charts map[int]bool
}

func newSlackStage(t *testing.T) *slackStage {
	t.Helper()
	s := &slackStage{
		t: t, now: slackMonday, role: bot.Manager, stirred: make(chan struct{}, 1),
		logs: &slackLog{}, channels: map[string]string{}, known: map[string]int{}, last: map[string][]bottest.SlackMessage{},
	}
	file := filepath.Join(t.TempDir(), "fifteen.db")
	store, err := storage.Open(t.Context(), file)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	if s.raw, err = sql.Open("sqlite3", "file:"+url.PathEscape(file)+"?mode=ro&_busy_timeout=5000"); err != nil {
		t.Fatalf("open %s for reading: %v", file, err)
	}
	t.Cleanup(func() { _ = s.raw.Close() }) // it was only read
	if s.app, err = commands.NewApp(store, slog.New(slog.NewTextHandler(s.logs, nil)), s.clock); err != nil {
		t.Fatalf("put the bot together: %v", err)
	}
	home, err := commands.NewWorkspace(t.Context(), store, "", slackMonday)
	if err != nil {
		t.Fatalf("make a workspace: %v", err)
	}
	s.home = home.ID
	s.slack = bottest.NewSlack(bottest.SlackConfig{
		Clock: s.clock, Scopes: slackbot.Scopes, Patience: slackHang,
		Shortcuts: map[string]string{"score": "global", "lost": "global", "answer": "message"}, // as in TestManifest
	})
	t.Cleanup(s.slack.Close)
	return s
}

// inBothWays runs a test in a Slack of its own over HTTP, and in one over Socket Mode;
// plug plugs the bot in.
func inBothWays(t *testing.T, test func(t *testing.T, s *slackStage, plug func())) {
	t.Helper()
	for name, plug := range map[string]func(*slackStage){"http": (*slackStage).overHTTP, "socket": (*slackStage).overSocket} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSlackStage(t)
			test(t, s, func() { plug(s) })
		})
	}
}

// twoReps has sidorov add Omega and ivanov add Acme, who types from then on.
func (s *slackStage) twoReps() {
	s.t.Helper()
	s.role = bot.Rep
	s.enter("sidorov")
	s.take("deal add Omega 3 EUR", false)
	s.enter("ivanov")
	s.take("deal add Acme 12000 EUR", false)
}

func (s *slackStage) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

// turn sets the clock.
func (s *slackStage) turn(at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = at
}

// overSocket plugs the bot in over Socket Mode.
func (s *slackStage) overSocket() {
	s.t.Helper()
	s.start(slackbot.Config{AppToken: bottest.SlackAppToken})
	if err := s.slack.WaitSockets(s.t.Context(), 1); err != nil {
		s.t.Fatalf("wait for Socket Mode: %v", err)
	}
}

// overHTTP plugs the bot in over signed requests.
func (s *slackStage) overHTTP() {
	s.t.Helper()
	s.start(slackbot.Config{SigningSecret: bottest.SlackSecret})
	server := httptest.NewServer(s.bot.Handler())
	s.t.Cleanup(server.Close)
	s.slack.UseHTTP(nil, server.URL)
}

// start starts the bot; the configuration says only how it is plugged in.
func (s *slackStage) start(config slackbot.Config) {
	s.t.Helper()
	transport := &http.Transport{}
	config.Router, config.Directory, config.People, config.Words = s.app.Router, s.app.Directory, s.app.People, s.app.Words
	config.Outbox = stirringOutbox{Outbox: s.app.Outbox, stir: s.stir}
	config.Log, config.Now = slog.New(slog.NewTextHandler(s.logs, nil)), s.clock
	config.BotToken, config.APIURL, config.Unpaced, config.Home = bottest.SlackBotToken, s.slack.APIURL(), true, "home"
	config.Shortcuts = main.Shortcuts
	config.Client = &http.Client{Transport: stirringTransport{RoundTripper: transport, stir: s.stir}}
	started, err := slackbot.New(s.t.Context(), config)
	if err != nil {
		s.t.Fatalf("start: %v", err)
	}
	s.bot = started
	ctx, stop := context.WithCancel(s.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- started.Run(ctx) }()
	s.close = sync.OnceFunc(func() {
		stop()
		if err := <-ended; err != nil {
			s.t.Errorf("run: got %v, want no error", err)
		}
		// the test's context has ended when a test that failed is cleaned up
		finish, late := context.WithTimeout(context.WithoutCancel(ctx), slackHang)
		defer late()
		if err := started.Close(finish); err != nil {
			s.t.Errorf("close: got %v, want no error", err)
		}
		transport.CloseIdleConnections()
		if logs := s.logs.String(); strings.Contains(logs, "level=ERROR") || strings.Contains(logs, "level=WARN") {
			s.t.Errorf("got in the log\n%s\nwant neither errors nor warnings", logs)
		}
	})
	s.t.Cleanup(s.close)
}

// unsent counts what is stored and not marked as sent.
func (s *slackStage) unsent() int {
	s.t.Helper()
	var n int
	if err := s.raw.QueryRowContext(s.t.Context(), "SELECT count(*) FROM outbox WHERE NOT sent").Scan(&n); err != nil {
		s.t.Fatalf("count what is unsent: %v", err)
	}
	return n
}

// until waits until something is so, and looks anew whenever the bot has done
// something.
func (s *slackStage) until(what string, so func() bool) {
	s.t.Helper()
	ctx, stop := context.WithTimeout(s.t.Context(), slackHang)
	defer stop()
	for !so() {
		select {
		case <-s.stirred:
		case <-ctx.Done():
			s.t.Fatalf("%s: it never came; the log:\n%s", what, s.logs.String())
		}
	}
}

func (s *slackStage) stir() {
	select {
	case s.stirred <- struct{}{}:
	default:
	}
}

// stirringTransport says when Slack has answered a call.
type stirringTransport struct {
	http.RoundTripper
	stir func()
}

// RoundTrip implements http.RoundTripper.
func (t stirringTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	defer t.stir()
	return t.RoundTripper.RoundTrip(r)
}

// stirringOutbox says when posts were marked as sent.
type stirringOutbox struct {
	bot.Outbox
	stir func()
}

// Sent implements bot.Outbox.
func (o stirringOutbox) Sent(ctx context.Context, ids ...int64) error {
	defer o.stir()
	return o.Outbox.Sent(ctx, ids...)
}

// slackLog keeps what is logged; many may write to it.
type slackLog struct {
	mu   sync.Mutex
	text strings.Builder
}

// Write implements io.Writer.
func (l *slackLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *slackLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
