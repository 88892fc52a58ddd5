package main_test

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/telegrambot"
	"fifteen/storage"
)

// TestTelegramChangesOrSays has a message that should change be gone, or be as it
// should be already.
func TestTelegramChangesOrSays(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		failure bottest.TelegramFailure
		more    int // messages beside the one that was pressed
	}{
		"deleted":       {bottest.TelegramFailure{Status: http.StatusBadRequest, Description: "Bad Request: message to edit not found"}, 1},
		"too old":       {bottest.TelegramFailure{Status: http.StatusBadRequest, Description: "Bad Request: message can't be edited"}, 1},
		"as it is":      {bottest.TelegramFailure{Status: http.StatusBadRequest, Description: "Bad Request: message is not modified: x"}, 0},
		"as it is, 429": {bottest.TelegramFailure{Status: http.StatusTooManyRequests, RetryAfter: 1}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newTelegramWorld(t, bottest.TelegramConfig{})
			w.knows(novak, bot.Admin)
			added := w.says(novak.ID, "deal add Acme 12000 EUR")
			w.telegram.Fail("editMessageText", c.failure)
			if err := w.telegram.Press(t.Context(), novak.ID, novak.ID, added.ID, "Score it"); err != nil {
				t.Fatal(err)
			}
			w.settled()
			w.close()
			said := w.telegram.Said(novak.ID)
			if len(said) != 1+c.more || c.more > 0 && !strings.Contains(said[1].Plain(), "question 1 of 9") {
				t.Errorf("got %d messages, want %d more than one", len(said), c.more)
			}
		})
	}
}

// TestTelegramGivesUp stores posts that Telegram fails in different ways, and sweeps
// twice: what may pass is tried again, what never will is given up.
func TestTelegramGivesUp(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		failure bottest.TelegramFailure
		said    int  // after the second sweep
		dropped bool // after the first
	}{
		"a bad gateway":      {bottest.TelegramFailure{Status: http.StatusBadGateway, HTML: true}, 1, false},
		"no answer":          {bottest.TelegramFailure{Drop: true}, 1, false},
		"an answer too late": {bottest.TelegramFailure{Drop: true, After: true}, 2, false}, // it may be there twice
		"its own error":      {bottest.TelegramFailure{Status: http.StatusInternalServerError}, 1, false},
		"a message it will never take": {
			bottest.TelegramFailure{Status: http.StatusBadRequest, Description: "Bad Request: message is too long"}, 0, true,
		},
		"a chat that is gone": {bottest.TelegramFailure{Status: http.StatusForbidden, Description: "Forbidden: bot was kicked from the group chat"}, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newTelegramWorld(t, bottest.TelegramConfig{})
			w.telegram.AddChat(bottest.TelegramChat{ID: groupID, Title: "Sales", Type: "group", BotIn: true})
			w.settled()
			err := w.app.Store.Write(t.Context(), w.home, func(tx *storage.Tx) error {
				_, err := tx.Post(t.Context(), storage.Post{
					Platform: telegrambot.Platform, Chat: "-500", Body: `{"title":"Hello"}`, CreatedAt: slackMonday, DueAt: slackMonday,
				})
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			w.telegram.Fail("sendMessage", c.failure)
			sweep := func() {
				if err := bot.Sweep(t.Context(), w.app.Outbox, map[string]bot.Sender{telegrambot.Platform: w.bot}); err != nil {
					t.Error(err)
				}
			}
			sweep()
			if got := w.count("SELECT count(*) FROM outbox WHERE dropped <> ''") == 1; got != c.dropped {
				t.Errorf("given up: got %v, want %v", got, c.dropped)
			}
			w.turn(3600e9)
			sweep()
			if got := len(w.telegram.Said(groupID)); got != c.said {
				t.Errorf("got %d messages, want %d", got, c.said)
			}
		})
	}
}

// TestTelegramRevoked has the token taken back: it says so once, turns red, and
// keeps what is to be sent.
func TestTelegramRevoked(t *testing.T) {
	t.Parallel()
	w := newTelegramWorld(t, bottest.TelegramConfig{})
	w.knows(novak, bot.Admin)
	w.says(novak.ID, "deal add Acme 12000 EUR")
	w.marked()
	w.telegram.Revoke()
	w.telegram.EndPolls()
	ctx, stop := context.WithTimeout(t.Context(), slackHang)
	defer stop()
	if err := w.telegram.Wait(ctx, func() bool { return w.bot.Healthy() != nil }); err != nil {
		t.Fatal("got a healthy bot, want it to say that its token is refused")
	}
	if err := w.bot.Healthy(); !strings.Contains(err.Error(), "token refused by Telegram") {
		t.Errorf("got %v, want why", err)
	}
	if n := strings.Count(w.logs.String(), "Telegram refuses the token"); n != 1 {
		t.Errorf("got it said %d times, want once", n)
	}
	w.refused = true
}

// TestTelegramTurnsPages presses the buttons that show more of a long answer, and
// more of its choices.
func TestTelegramTurnsPages(t *testing.T) {
	t.Parallel()
	w := newTelegramWorld(t, bottest.TelegramConfig{})
	w.knows(novak, bot.Admin)
	for name := range strings.FieldsSeq("Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November") {
		w.says(novak.ID, "deal add "+name)
	}
	asked := w.says(novak.ID, "/won") // fourteen deals, twelve to a page
	if _, ok := asked.Data("Mike"); ok {
		t.Fatalf("got %q, want two pages", asked.Plain())
	}
	next := w.press(novak.ID, asked, "3 more")
	if _, ok := next.Data("Mike"); !ok {
		t.Fatalf("got %q, want the second page", next.Plain())
	}
	back := w.press(novak.ID, next, "Back")
	if _, ok := back.Data("Alfa"); !ok {
		t.Errorf("got %q, want the first page again", back.Plain())
	}
	how := w.deed(novak.ID, func(ctx context.Context) {
		if err := w.telegram.Press(ctx, novak.ID, novak.ID, back.ID, "Alfa"); err != nil {
			t.Error(err)
		}
	})
	if !strings.Contains(how.Plain(), "Won, for how much?") {
		t.Fatalf("got %q, want the next question", how.Plain())
	}
	won := w.deed(novak.ID, func(ctx context.Context) {
		w.telegram.Say(ctx, bottest.Saying{User: novak.ID, Text: "5000 EUR", ReplyTo: how.ID})
	})
	if !strings.Contains(won.Plain(), "Alfa") {
		t.Errorf("got %q, want the one that was chosen won", won.Plain())
	}
}

// TestTelegramResumes leaves a question for other lines, also over a restart, and
// answers it later by a reply: of two that are alike, the one that is replied to.
func TestTelegramResumes(t *testing.T) {
	t.Parallel()
	w := newTelegramWorld(t, bottest.TelegramConfig{})
	w.knows(novak, bot.Admin)
	w.says(novak.ID, "deal add Acme")
	w.says(novak.ID, "deal add Borealis")
	first := w.says(novak.ID, "/note acme")
	w.says(novak.ID, "/note borealis")
	w.says(novak.ID, "/who")
	w.marked()
	w.close()
	w.start(slog.New(slog.DiscardHandler))
	answered := w.deed(novak.ID, func(ctx context.Context) {
		w.telegram.Say(ctx, bottest.Saying{User: novak.ID, Text: "who is their lawyer?", ReplyTo: first.ID})
	})
	if got := answered.Plain(); !strings.Contains(got, "Noted on Acme") {
		t.Errorf("got %q, want a note on the deal that was asked about", got)
	}
	if n := w.count("SELECT count(*) FROM notes WHERE deal = 1 AND text = 'who is their lawyer?'"); n != 1 {
		t.Errorf("got %d notes on Acme, want one", n)
	}
}
