package main_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/telegrambot"
)

// TestTelegramStops ends the bot while Telegram holds its request for updates for
// 50 seconds.
func TestTelegramStops(t *testing.T) {
	t.Parallel()
	w := newTelegramWorld(t, bottest.TelegramConfig{})
	w.knows(novak, bot.Admin)
	if err := w.telegram.WaitPolls(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	w.close()
	t.Logf("stopped in %v, in the middle of a request that Telegram holds for 50 s", time.Since(start))
	if err := w.telegram.WaitPolls(t.Context(), 0); err != nil {
		t.Error(err)
	}
}

// TestTelegramCountsAnew has Telegram begin its numbers again, lower and higher, as
// it does after a quiet week, and programs stop and start: no line is lost, and
// none is answered twice.
func TestTelegramCountsAnew(t *testing.T) {
	t.Parallel()
	w := newTelegramWorld(t, bottest.TelegramConfig{})
	w.knows(novak, bot.Admin)
	dice := rand.New(rand.NewPCG(6, 15))
	w.says(novak.ID, "deal add Acme 12000 EUR")
	for i := range 20 {
		w.quiet()     // what is unsent when the clock is turned is left to a sweep
		if i%4 == 3 { // the program is away over the week
			w.close()
			w.turn(8 * 24 * time.Hour)
			w.telegram.RestartIDs(1 + dice.Int64N(1<<30))
			w.telegram.Say(t.Context(), bottest.Saying{User: novak.ID, Text: fmt.Sprintf("note acme says %d", i)})
			w.start(slog.New(slog.DiscardHandler))
			w.quiet()
			continue
		}
		w.telegram.RestartIDs(1 + dice.Int64N(1<<30))
		w.turn(8 * 24 * time.Hour)
		if err := w.telegram.WaitPolls(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		w.telegram.EndPolls() // Telegram held one with the old number
		w.says(novak.ID, fmt.Sprintf("note acme says %d", i))
	}
	w.quiet()
	if n := w.count("SELECT count(DISTINCT text) FROM notes"); n != 20 {
		t.Errorf("got %d notes, want 20", n)
	}
	if n := len(w.telegram.Said(novak.ID)); n != 21 {
		t.Errorf("got %d answers, want 21", n)
	}
}

// TestTelegramConflict has a second program fetch updates with the same token.
func TestTelegramConflict(t *testing.T) {
	t.Parallel()
	w := newTelegramWorld(t, bottest.TelegramConfig{})
	w.knows(novak, bot.Admin)
	if err := w.telegram.WaitPolls(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if err := w.bot.Healthy(); err != nil {
		t.Errorf("at first: got %v, want healthy", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	theirs := make(chan struct{})
	go func() { // whoever began last has the updates; the other is told
		defer close(theirs)
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.telegram.URL()+"/bot"+bottest.TelegramToken+"/getUpdates?timeout=50", http.NoBody)
		if err != nil {
			t.Error(err)
			return
		}
		if res, err := http.DefaultClient.Do(req); err == nil {
			_ = res.Body.Close()
		}
	}()
	wait, late := context.WithTimeout(t.Context(), slackHang)
	defer late()
	if err := w.telegram.Wait(wait, func() bool { return w.bot.Healthy() != nil }); err != nil {
		t.Fatal("got a healthy bot, want it to say that another fetches its updates")
	}
	if err := w.bot.Healthy(); !strings.Contains(err.Error(), "another program fetches the bot's updates") {
		t.Errorf("got %v, want why no updates come", err)
	}
	stop()
	<-theirs
	if got := w.says(novak.ID, "deal add Acme 12000 EUR").Plain(); !strings.Contains(got, "Acme is deal #1") {
		t.Errorf("alone again: got %q, want an answer", got)
	}
	if n := strings.Count(w.logs.String(), "no updates come"); n != 1 {
		t.Errorf("got it said %d times, want once", n)
	}
}

// TestTelegramLease has two programs over one database: one fetches updates, the
// other waits, and takes over when the first stops.
func TestTelegramLease(t *testing.T) {
	t.Parallel()
	w := newTelegramWorld(t, bottest.TelegramConfig{})
	w.knows(novak, bot.Admin)
	if err := w.telegram.WaitPolls(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	second, err := telegrambot.New(t.Context(), telegramOf(w.app, slog.New(slog.DiscardHandler), w.clock, w.telegram.URL()))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	before := w.telegram.Calls("setMyCommands")
	go func() { ended <- second.Run(ctx) }()
	if err := w.telegram.Wait(t.Context(), func() bool { return w.telegram.Calls("setMyCommands") > before }); err != nil {
		t.Fatal(err)
	}
	w.says(novak.ID, "deal add Acme 12000 EUR")
	if err := w.bot.Healthy(); err != nil {
		t.Errorf("got %v, want the first one undisturbed", err)
	}
	w.close()
	w.telegram.Say(t.Context(), bottest.Saying{User: novak.ID, Text: "deal add Borealis"})
	w.settled()
	stop()
	if err := errors.Join(<-ended, second.Close(context.WithoutCancel(t.Context()))); err != nil {
		t.Error(err)
	}
	if n := w.count("SELECT count(*) FROM deals"); n != 2 {
		t.Errorf("got %d deals, want two: the second program took over", n)
	}
}

// TestTelegramSlowsDown has Telegram ask for pauses, of seconds and of hours: the
// message waits in the outbox and is sent once.
func TestTelegramSlowsDown(t *testing.T) {
	t.Parallel()
	for _, seconds := range []int{7, 10_072, 1 << 40} {
		t.Run(fmt.Sprint(seconds), func(t *testing.T) {
			t.Parallel()
			w := newTelegramWorld(t, bottest.TelegramConfig{})
			w.knows(novak, bot.Admin)
			w.telegram.Fail("sendMessage", bottest.TelegramFailure{Status: http.StatusTooManyRequests, RetryAfter: seconds})
			w.telegram.Say(t.Context(), bottest.Saying{User: novak.ID, Text: "deal add Acme 12000 EUR"})
			w.settled()
			w.close()
			wait := min(time.Duration(seconds)*time.Second, 24*time.Hour)
			if seconds == 1<<40 {
				wait = 24 * time.Hour
			}
			sweep := func() {
				if err := bot.Sweep(t.Context(), w.app.Outbox, map[string]bot.Sender{telegrambot.Platform: w.bot}); err != nil {
					t.Error(err)
				}
			}
			w.turn(wait - time.Second)
			sweep()
			if n := len(w.telegram.Said(novak.ID)); n != 0 {
				t.Errorf("before its time: got %d messages, want none", n)
			}
			w.turn(2 * time.Second)
			sweep()
			sweep()
			if n := len(w.telegram.Said(novak.ID)); n != 1 {
				t.Errorf("then: got %d messages, want one", n)
			}
		})
	}
}

// TestTelegramPassesOver is told what it does not take: updates that cannot be
// read, edited messages, other bots, channels; the next line is answered.
func TestTelegramPassesOver(t *testing.T) {
	t.Parallel()
	w := newTelegramWorld(t, bottest.TelegramConfig{})
	w.knows(novak, bot.Admin)
	for kind, body := range map[string]string{
		"message":        `{"message_id": 1, "date": 1, "chat": {"id": "no number"}, "text": "who"}`,
		"edited_message": `{"message_id": 2, "date": 1, "chat": {"id": 101, "type": "private"}, "from": {"id": 101}, "text": "deal add Edited"}`,
		"callback_query": `{"id": "x", "from": {"id": 101, "first_name": "N"}, "data": "deal add Nowhere"}`,
		"channel_post":   `{"message_id": 3, "date": 1, "chat": {"id": -9, "type": "channel"}, "text": "deal add Channel"}`,
		"my_chat_member": `{"chat": {"id": -9, "type": "channel"}, "from": {"id": 101}, "date": 1}`,
		"poll":           `[]`,
	} {
		w.telegram.Forge(t.Context(), kind, body)
	}
	w.telegram.Forge(t.Context(), "message", `{"message_id": 4, "date": 1, "chat": {"id": 101, "type": "private"}, "from": {"id": 7, "is_bot": true}, "text": "deal add Bot"}`)
	w.telegram.Forge(t.Context(), "message", `{"message_id": 5, "date": 1, "chat": {"id": 101, "type": "private"}, "text": "deal add Nobody"}`)
	w.settled()
	if got := w.says(novak.ID, "deal add Acme").Plain(); !strings.Contains(got, "Acme is deal #1") {
		t.Errorf("got %q, want the only deal", got)
	}
	forwarded := w.deed(novak.ID, func(ctx context.Context) {
		w.telegram.Say(ctx, bottest.Saying{User: novak.ID, Text: "lost acme price", Forwarded: true})
	})
	if !strings.Contains(forwarded.Plain(), "Somebody else wrote that") {
		t.Errorf("forwarded: got %q, want it refused", forwarded.Plain())
	}
	for data, want := range map[string]string{"…page 99 0 1": "too old", "…pick 1 0 99": "too old", "…more 99 9 9": "too old", "won #99 ~1": "no deal 99"} {
		m := w.telegram.Said(novak.ID)[0]
		got := w.deed(novak.ID, func(ctx context.Context) { w.telegram.PressData(ctx, novak.ID, novak.ID, m.ID, data) })
		if !strings.Contains(got.Plain(), want) {
			t.Errorf("%s: got %q, want %q in it", data, got.Plain(), want)
		}
	}
}

// TestTelegramWebhookIsGuarded delivers without the secret, with another, too much
// and nonsense.
func TestTelegramWebhookIsGuarded(t *testing.T) {
	t.Parallel()
	w := newTelegramWorld(t, bottest.TelegramConfig{})
	w.close()
	config := telegramOf(w.app, slog.New(slog.DiscardHandler), w.clock, w.telegram.URL())
	config.Secret = bottest.TelegramSecret
	b, err := telegrambot.New(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	give := func(secret, body string) int {
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, telegrambot.WebhookPath, strings.NewReader(body))
		if secret != "" {
			req.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
		}
		answer := httptest.NewRecorder()
		b.Handler().ServeHTTP(answer, req)
		return answer.Code
	}
	line := `{"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": {"id": 666, "type": "private"}, "from": {"id": 666, "first_name": "M"}, "text": "who"}}`
	if got := give(bottest.TelegramSecret, line); got != http.StatusServiceUnavailable {
		t.Errorf("before Telegram has said who the bot is: got %d, want %d", got, http.StatusServiceUnavailable)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	if err := w.telegram.Wait(t.Context(), func() bool { return b.Healthy() == nil }); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		secret, body string
		want         int
	}{
		{"", line, http.StatusUnauthorized},
		{"another", line, http.StatusUnauthorized},
		{bottest.TelegramSecret + "x", line, http.StatusUnauthorized},
		{bottest.TelegramSecret, "{", http.StatusBadRequest},
		{bottest.TelegramSecret, strings.Repeat(" ", 2<<20), http.StatusRequestEntityTooLarge},
		{bottest.TelegramSecret, `{"update_id": 1}`, http.StatusOK},
		{bottest.TelegramSecret, line, http.StatusOK},
	} {
		if got := give(c.secret, c.body); got != c.want {
			t.Errorf("%.40q with %q: got %d, want %d", c.body, c.secret, got, c.want)
		}
	}
	stop()
	if err := errors.Join(<-ended, b.Close(context.WithoutCancel(t.Context()))); err != nil {
		t.Error(err)
	}
}
