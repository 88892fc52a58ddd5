package main_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"fifteen/bot/bottest"
	main "fifteen/cmd/fifteen"
)

// vera is somebody who uses Telegram.
var vera = bottest.TelegramUser{ID: 501, First: "Vera", Last: "Nováková", Username: "vera_n", Language: "cs"}

// codeIn finds a one-time code in what the bot has said.
var codeIn = regexp.MustCompile(`[A-Z2-7]{4}-[A-Z2-7]{4}`)

// terminalCode asks for a code in the terminal.
func terminalCode(t *testing.T, file, name string) string {
	t.Helper()
	var out strings.Builder
	err := main.RunWith(t.Context(), strings.NewReader("link\n"), &out, io.Discard, "chat", "--db", file, "--as", name, "--role", "admin")
	code := codeIn.FindString(out.String())
	if err != nil || code == "" {
		t.Fatalf("got %v and %q, want a code", err, out.String())
	}
	return code
}

// Both ways of connecting let somebody in by a code, answer their lines, say that
// they are healthy, and end without an error when they are told to.
func TestServeTelegram(t *testing.T) {
	t.Parallel()
	for name, flags := range map[string][]string{
		"polling": nil,
		"webhook": {"--telegram-webhook-secret", bottest.TelegramSecret, "--telegram-webhook-url", "http://bot.example/telegram/webhook"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			telegram := bottest.NewTelegram(bottest.TelegramConfig{Clock: time.Now})
			defer telegram.Close()
			telegram.AddUser(vera)
			file := filepath.Join(t.TempDir(), "team.db")
			code := terminalCode(t, file, "vera")
			s := served{ended: make(chan error, 1), log: make(chan string, 1000)}
			s.start(t, append([]string{
				"serve", "--db", file, "--listen", "127.0.0.1:0",
				"--telegram-bot-token", bottest.TelegramToken, "--telegram-api-url", telegram.URL(),
			}, flags...)...)
			telegram.UseWebhook(&http.Client{Transport: towards{s.address}})
			ctx, stop := context.WithTimeout(t.Context(), time.Minute)
			defer stop()
			telegram.Start(ctx, vera.ID, strings.ReplaceAll(code, "-", ""))
			said := func(n int, want string) {
				t.Helper()
				if err := telegram.WaitSaid(ctx, vera.ID, n); err != nil {
					t.Fatalf("wait for message %d: %v", n, err)
				}
				if got := unbroken(telegram.Said(vera.ID)[n-1].Plain()); !strings.Contains(got, want) {
					t.Errorf("got %q, want %q in it", got, want)
				}
			}
			said(1, "You are @vera of local, here too")
			telegram.Say(ctx, bottest.Saying{User: vera.ID, Text: "deal add Acme 12000 EUR"})
			said(2, "Acme is deal #1: 12,000 EUR")
			if err := telegram.Press(ctx, vera.ID, vera.ID, telegram.Said(vera.ID)[1].ID, "Score it"); err != nil {
				t.Fatal(err)
			}
			changed := func(n int, want string) {
				t.Helper()
				if err := telegram.Wait(ctx, func() bool { return telegram.Said(vera.ID)[1].Edits == n }); err != nil {
					t.Fatalf("wait for change %d: %v", n, err)
				}
				if got := telegram.Said(vera.ID)[1].Plain(); !strings.Contains(got, want) {
					t.Errorf("got %q, want %q in it", got, want)
				}
			}
			changed(1, "Do they want to act right now?")
			if err := telegram.Press(ctx, vera.ID, vera.ID, telegram.Said(vera.ID)[1].ID, "Yes"); err != nil {
				t.Fatal(err)
			}
			changed(2, "question 2 of 9")
			if status, said := s.health(t); status != http.StatusOK || said != "ok" {
				t.Errorf("got %d %q, want healthy", status, said)
			}
			s.stop()
			if err := <-s.ended; err != nil {
				t.Errorf("got %v, want a clean stop", err)
			}
			if refused := telegram.Refusals(); len(refused) != 0 {
				t.Errorf("Telegram refused %q", refused)
			}
			if menu := telegram.Menu("all_private_chats", ""); len(menu) < 20 {
				t.Errorf("got a menu of %v, want the commands", menu)
			}
		})
	}
}

// unbroken takes out what keeps Telegram from seeing mentions and commands.
func unbroken(text string) string { return strings.ReplaceAll(text, "\u2060", "") }

// towards sends every request to one address.
type towards struct{ address string }

// RoundTrip implements http.RoundTripper.
func (d towards) RoundTrip(r *http.Request) (*http.Response, error) {
	r.URL.Host = d.address
	return http.DefaultTransport.RoundTrip(r)
}

// handedTo is a client whose requests a handler answers.
func handedTo(handler http.Handler) *http.Client { return &http.Client{Transport: inHand{handler}} }

// inHand answers requests by a handler.
type inHand struct{ handler http.Handler }

// RoundTrip implements http.RoundTripper.
func (i inHand) RoundTrip(r *http.Request) (*http.Response, error) {
	recorder := httptest.NewRecorder()
	i.handler.ServeHTTP(recorder, r)
	return recorder.Result(), nil
}
