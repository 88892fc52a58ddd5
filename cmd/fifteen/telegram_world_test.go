package main_test

import (
	"context"
	"database/sql"
	"log/slog"
	"net/url"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/telegrambot"
	"fifteen/commands"
	"fifteen/storage"
)

// telegramWorld is the whole bot over a database of its own, plugged into a fake
// Telegram. Their clock stands still unless it is turned.
type telegramWorld struct {
	t        *testing.T
	telegram *bottest.Telegram
	app      *commands.App
	bot      *telegrambot.Bot
	home     int64
	file     string
	raw      *sql.DB
	logs     *slackLog
	// refused says that Telegram may refuse the token in this test.
	refused bool
	// close ends the bot when all that it took is done.
	close func()

	mu  sync.Mutex
	now time.Time
}

func (w *telegramWorld) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// turn sets the clock ahead.
func (w *telegramWorld) turn(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// newTelegramWorld opens a bot that fetches its updates and keeps no pace, for the
// workspace Acme Sales.
func newTelegramWorld(t *testing.T, config bottest.TelegramConfig) *telegramWorld {
	t.Helper()
	return newTelegramWorldOf(t, "Acme Sales", config)
}

func newTelegramWorldOf(t *testing.T, name string, config bottest.TelegramConfig) *telegramWorld {
	t.Helper()
	w := &telegramWorld{t: t, now: slackMonday, logs: &slackLog{}, file: filepath.Join(t.TempDir(), "team.db")}
	config.Clock = w.clock
	w.telegram = bottest.NewTelegram(config)
	t.Cleanup(w.telegram.Close)
	store, err := storage.Open(t.Context(), w.file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closed(t, "the database", store.Close) })
	if w.raw, err = sql.Open("sqlite3", "file:"+url.PathEscape(w.file)+"?mode=ro&_busy_timeout=5000"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closed(t, "reading the database", w.raw.Close) })
	log := slog.New(slog.NewJSONHandler(w.logs, &slog.HandlerOptions{Level: slog.LevelDebug}))
	if w.app, err = commands.NewApp(store, log, w.clock); err != nil {
		t.Fatal(err)
	}
	home, err := commands.NewWorkspace(t.Context(), store, name, slackMonday)
	if err != nil {
		t.Fatal(err)
	}
	w.home = home.ID
	w.start(log)
	return w
}

// telegramOf is a bot over an app, as the program has it.
func telegramOf(app *commands.App, log *slog.Logger, now func() time.Time, apiURL string) telegrambot.Config {
	return telegrambot.Config{
		Router: app.Router, Directory: app.Directory, Inbox: app.Inbox(), Outbox: app.Outbox, Shelf: app.Outbox, Links: app.Links, Titles: app.Links,
		Whereabouts: app.Whereabouts(), Leases: app.Store, Words: app.Words, Log: log, Now: now,
		Token: bottest.TelegramToken, APIURL: apiURL, Unpaced: true,
	}
}

func (w *telegramWorld) start(log *slog.Logger) {
	w.t.Helper()
	var err error
	if w.bot, err = telegrambot.New(w.t.Context(), telegramOf(w.app, log, w.clock, w.telegram.URL())); err != nil {
		w.t.Fatal(err)
	}
	w.app.Open(func() commands.Way { return commands.Way{Platform: telegrambot.Platform, Open: w.bot.URL()} })
	ctx, stop := context.WithCancel(w.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.bot.Run(ctx) }()
	w.close = sync.OnceFunc(func() {
		stop()
		if err := <-ended; err != nil && !w.refused {
			w.t.Errorf("run: got %v, want no error", err)
		}
		finish, late := context.WithTimeout(context.WithoutCancel(ctx), slackHang)
		defer late()
		if err := w.bot.Close(finish); err != nil {
			w.t.Errorf("close: got %v, want no error", err)
		}
		for _, refusal := range w.telegram.Refusals() {
			w.t.Errorf("Telegram refused %s", refusal)
		}
	})
	w.t.Cleanup(w.close)
}

// knows makes somebody a member through their account, without a code, and lets
// them use Telegram.
func (w *telegramWorld) knows(user bottest.TelegramUser, role bot.Role) {
	w.t.Helper()
	w.telegram.AddUser(user)
	err := w.app.Store.Write(w.t.Context(), w.home, func(tx *storage.Tx) error {
		_, err := tx.AddMember(w.t.Context(), storage.Member{
			Name: user.First, Key: commands.Key(user.First), Role: role.String(), Locale: "en", CreatedAt: slackMonday,
		}, telegrambot.Platform, strconv.FormatInt(user.ID, 10))
		return err
	})
	if err != nil {
		w.t.Fatalf("make %s a member: %v", user.First, err)
	}
}

// says types a line to the bot alone and returns what it answers.
func (w *telegramWorld) says(user int64, line string) bottest.TelegramMessage {
	w.t.Helper()
	return w.deed(user, func(ctx context.Context) { w.telegram.Say(ctx, bottest.Saying{User: user, Text: line}) })
}

// deed does something and returns the bot's next message in a chat.
func (w *telegramWorld) deed(chat int64, do func(ctx context.Context)) bottest.TelegramMessage {
	w.t.Helper()
	ctx, stop := context.WithTimeout(w.t.Context(), slackHang)
	defer stop()
	before := len(w.telegram.Said(chat))
	do(ctx)
	if err := w.telegram.WaitSaid(ctx, chat, before+1); err != nil {
		w.t.Fatalf("got no answer in %d: %v; the log:\n%s", chat, err, w.logs.String())
	}
	return w.telegram.Said(chat)[before]
}

// press presses a button and waits until its message has changed.
func (w *telegramWorld) press(user int64, m bottest.TelegramMessage, label string) bottest.TelegramMessage {
	w.t.Helper()
	ctx, stop := context.WithTimeout(w.t.Context(), slackHang)
	defer stop()
	if err := w.telegram.Press(ctx, user, user, m.ID, label); err != nil {
		w.t.Fatal(err)
	}
	var now bottest.TelegramMessage
	if err := w.telegram.Wait(ctx, func() bool {
		for _, now = range w.telegram.Said(user) {
			if now.ID == m.ID {
				return now.Edits > m.Edits
			}
		}
		return false
	}); err != nil {
		w.t.Fatalf("%s did not change %q: %v; the log:\n%s", label, m.Plain(), err, w.logs.String())
	}
	return now
}

// settled waits until the bot has dealt with everything that was said.
func (w *telegramWorld) settled() {
	w.t.Helper()
	ctx, stop := context.WithTimeout(w.t.Context(), slackHang)
	defer stop()
	if err := w.telegram.WaitPending(ctx, 0); err != nil {
		w.t.Fatalf("updates are left: %v; the log:\n%s", err, w.logs.String())
	}
}

// quiet waits until everything was dealt with and sent.
func (w *telegramWorld) quiet() {
	w.t.Helper()
	w.settled()
	w.marked()
}

// marked waits until everything that was sent is marked as sent.
func (w *telegramWorld) marked() {
	w.t.Helper()
	ctx, stop := context.WithTimeout(w.t.Context(), slackHang)
	defer stop()
	if err := w.telegram.Wait(ctx, func() bool { return w.count("SELECT count(*) FROM outbox WHERE NOT sent") == 0 }); err != nil {
		w.t.Fatalf("something was not sent: %v; the log:\n%s", err, w.logs.String())
	}
}

// count counts rows.
func (w *telegramWorld) count(query string, args ...any) int {
	w.t.Helper()
	var n int
	if err := w.raw.QueryRowContext(w.t.Context(), query, args...).Scan(&n); err != nil {
		w.t.Fatalf("%s: %v", query, err)
	}
	return n
}

// sweepUntil sends what is due until the bot has said so much in a chat.
func (w *telegramWorld) sweepUntil(chat int64, n int) {
	w.t.Helper()
	ctx, stop := context.WithTimeout(w.t.Context(), slackHang)
	defer stop()
	for ctx.Err() == nil { // a line may still be at work when its update is settled
		w.settled()
		if err := bot.Sweep(w.t.Context(), w.app.Outbox, map[string]bot.Sender{"telegram": w.bot}); err != nil {
			w.t.Errorf("sweep: %v", err)
		}
		if len(w.telegram.Said(chat)) >= n {
			return
		}
	}
}
