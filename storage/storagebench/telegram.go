package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"fifteen/bot/bottest"
	"fifteen/bot/telegrambot"
	"fifteen/commands"
	"fifteen/storage"
)

// telegramOptions are the flags of what Telegram costs.
type telegramOptions struct{ rate, seconds int }

func (o *telegramOptions) define(flags *flag.FlagSet) {
	flags.IntVar(&o.rate, "telegram-rate", 200, "updates of Telegram's a second; 0 leaves them out")
	flags.IntVar(&o.seconds, "telegram-seconds", 30, "for how long they come")
}

// What is asked of an answer in Telegram.
const soon = "20 ms at most"

// telegramPeople are those who write. Each says a line a second, so that nobody's
// line waits for another of theirs.
func (o telegramOptions) people() int { return o.rate }

// telegram prints how long it takes from an update to its answer being handed to
// what sends it, with nothing that holds sending up.
func telegram(ctx context.Context, out io.Writer, o options) error {
	dir := filepath.Join(o.dir, "telegram")
	store, err := storage.Open(ctx, filepath.Join(o.dir, "telegram.db"))
	if err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	if err := settleChats(ctx, store, o.telegram.people()); err != nil {
		return errors.Join(err, store.Close())
	}
	app, err := commands.NewApp(store, slog.New(slog.DiscardHandler), time.Now)
	if err != nil {
		return errors.Join(err, store.Close())
	}
	wire := &handed{at: map[string]chan time.Time{}}
	b, err := telegrambot.New(ctx, telegrambot.Config{
		Router: app.Router, Directory: app.Directory, Inbox: app.Inbox(), Outbox: app.Outbox, Shelf: app.Outbox, Links: app.Links, Titles: app.Links,
		Whereabouts: app.Whereabouts(), Leases: store, Words: app.Words, Log: slog.New(slog.DiscardHandler), Now: time.Now,
		Token: bottest.TelegramToken, Secret: bottest.TelegramSecret, Client: &http.Client{Transport: wire}, Unpaced: true,
	})
	if err != nil {
		return errors.Join(err, store.Close())
	}
	running, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- b.Run(running) }()
	for b.Healthy() != nil && ctx.Err() == nil {
		time.Sleep(time.Millisecond)
	}
	var rows strings.Builder
	rows.WriteString("line\tupdates\tp50\tp99\tlongest\tasked\t\n")
	for _, line := range []string{"note #%d Petr is back", "deal #%d"} {
		took := wire.load(ctx, b.Handler(), o.telegram, line)
		at := func(share float64) time.Duration { return took[min(len(took)-1, int(share*float64(len(took))))] }
		fmt.Fprintf(&rows, "%s\t%d\t%.1f ms\t%.1f ms\t%.1f ms\t%s\t\n", fmt.Sprintf(line, 1), len(took),
			ms(at(0.5)), ms(at(0.99)), ms(at(1)), soon)
	}
	stop()
	err = errors.Join(<-ended, b.Close(context.WithoutCancel(ctx)), store.Close())
	title := fmt.Sprintf("From an update of Telegram's to its answer at the sender, %d updates a second, SQLite FULL", o.telegram.rate)
	return errors.Join(err, table(out, title, rows.String()))
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// settleChats makes members who use Telegram, each with a deal.
func settleChats(ctx context.Context, store *storage.Store, people int) error {
	home, err := store.AddWorkspace(ctx, storage.Workspace{
		Name: "Many", Key: "many", Currency: "EUR", Zone: "UTC", Visibility: storage.VisibleTeam, CreatedAt: at,
	})
	if err != nil {
		return err
	}
	return store.Write(ctx, home.ID, func(tx *storage.Tx) error {
		for i := range people {
			name := fmt.Sprintf("rep%d", i)
			m, err := tx.AddMember(ctx, storage.Member{Name: name, Key: name, Role: "rep", CreatedAt: at}, telegrambot.Platform, fmt.Sprint(chatFrom+i))
			if err != nil {
				return err
			}
			by := storage.Author{Member: m.ID, At: at}
			if _, err := tx.AddDeal(ctx, storage.Deal{Name: "deal of " + name, Key: "deal of " + name, Owner: m.ID}, by); err != nil {
				return err
			}
		}
		return nil
	})
}

// chatFrom is the first person's account.
const chatFrom = 1000

// handed is a connection to Telegram that takes everything at once, and notes when
// an answer was handed to it.
type handed struct {
	mu sync.Mutex
	at map[string]chan time.Time // by chat
}

// RoundTrip implements http.RoundTripper.
func (h *handed) RoundTrip(r *http.Request) (*http.Response, error) {
	now := time.Now()
	result := `true`
	switch {
	case strings.HasSuffix(r.URL.Path, "/getMe"):
		result = fmt.Sprintf(`{"id":%d,"is_bot":true,"username":%q,"can_read_all_group_messages":true}`, bottest.TelegramBotID, bottest.TelegramBotName)
	case strings.HasSuffix(r.URL.Path, "/sendMessage"):
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return nil, err
		}
		h.chat(form.Get("chat_id")) <- now
		result = `{"message_id":1}`
	}
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Request: r,
		Body: io.NopCloser(strings.NewReader(`{"ok":true,"result":` + result + `}`)),
	}, nil
}

func (h *handed) chat(id string) chan time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.at[id] == nil {
		h.at[id] = make(chan time.Time, 1)
	}
	return h.at[id]
}

// load has everybody say lines, at the rate and for as long as the options say,
// whether or not answers come, and returns how long each answer took, the shortest
// first.
func (h *handed) load(ctx context.Context, handler http.Handler, o telegramOptions, line string) []time.Duration {
	var mu sync.Mutex
	var took []time.Duration
	var work sync.WaitGroup
	ticks := time.NewTicker(time.Second / time.Duration(o.rate))
	defer ticks.Stop()
	for n := range o.rate * o.seconds {
		select {
		case <-ticks.C:
		case <-ctx.Done():
			return took
		}
		who := n % o.people()
		update := telegramUpdate(n, chatFrom+who, fmt.Sprintf(line, who+1))
		work.Go(func() {
			start := time.Now()
			req := httptest.NewRequestWithContext(ctx, http.MethodPost, telegrambot.WebhookPath, strings.NewReader(update))
			req.Header.Set("X-Telegram-Bot-Api-Secret-Token", bottest.TelegramSecret)
			handler.ServeHTTP(httptest.NewRecorder(), req)
			select {
			case sent := <-h.chat(fmt.Sprint(chatFrom + who)):
				mu.Lock()
				defer mu.Unlock()
				took = append(took, sent.Sub(start))
			case <-ctx.Done():
			}
		})
	}
	work.Wait()
	slices.Sort(took)
	return took
}

// lineNumber counts the lines that were said, so that none is taken for one that came
// before.
var lineNumber int

// telegramUpdate is an update as Telegram delivers it.
func telegramUpdate(n, user int, line string) string {
	lineNumber++
	person := map[string]any{"id": user, "first_name": "Rep", "is_bot": false}
	raw, err := json.Marshal(map[string]any{"update_id": lineNumber, "message": map[string]any{
		"message_id": lineNumber, "date": time.Now().Unix(), "chat": map[string]any{"id": user, "type": "private"}, "from": person, "text": line,
	}})
	if err != nil {
		panic(fmt.Sprintf("encode update %d: %v", n, err))
	}
	return string(raw)
}
