package main_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/telegrambot"
)

// canary is a token that must never be seen outside.
const canary = "987654:CANARY-secret_token"

// TestTokenStaysInside has everything go wrong that shows addresses, and looks for
// the token in errors, logs and /healthz.
func TestTokenStaysInside(t *testing.T) {
	t.Parallel()
	redirects := httptest.NewServer(http.RedirectHandler("/elsewhere", http.StatusFound))
	defer redirects.Close()
	html := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusBadGateway)
		_, _ = io.WriteString(w, r.URL.String()) // like a proxy that says what it could not reach
	}))
	defer html.Close()
	echoes := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = fmt.Fprintf(w, `{"ok":false,"error_code":400,"description":"no %s"}`, r.URL.Path)
	}))
	defer echoes.Close()
	var seen strings.Builder
	for name, url := range map[string]string{
		"nobody": "http://127.0.0.1:1", "redirect": redirects.URL, "html": html.URL, "echo": echoes.URL,
		"nonsense": "http://[::1%25]:x\x7f/", "tls": strings.Replace(html.URL, "http:", "https:", 1),
	} {
		said := goesWrong(t, url)
		if at := strings.Index(said, "CANARY"); at >= 0 {
			t.Errorf("%s: got the token in %q", name, said[max(0, at-200):at+40])
		}
		seen.WriteString(said)
	}
	if !strings.Contains(seen.String(), "<token>") || seen.Len() < 2000 {
		t.Errorf("got\n%s\nwant errors with the token taken out", seen.String())
	}
	if _, err := telegrambot.New(t.Context(), telegrambot.Config{Token: canary + " "}); err == nil || strings.Contains(err.Error(), "CANARY") {
		t.Errorf("a token that is none: got %v, want an error without it", err)
	}
}

// goesWrong runs and sends against a server that is none, and returns all that is
// said of it.
func goesWrong(t *testing.T, url string) string {
	t.Helper()
	logs := &slackLog{}
	w := newTelegramWorld(t, bottest.TelegramConfig{})
	config := telegramOf(w.app, slog.New(slog.NewJSONHandler(logs, &slog.HandlerOptions{Level: slog.LevelDebug})), w.clock, url)
	config.Token = canary
	b, err := telegrambot.New(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer stop()
	said := fmt.Sprintf("run: %v\n", b.Run(ctx))
	post := bot.Post{ID: 1, Workspace: w.home, Chat: bot.Chat{Platform: "telegram", ID: "1", Private: true}, Message: bot.Message{Title: "x"}}
	err = b.Send(t.Context(), post)
	said += fmt.Sprintf("send: %v %+v %#v\n", err, err, err)
	for ; err != nil; err = errors.Unwrap(err) {
		said += fmt.Sprintf("%+v\n", err)
	}
	said += fmt.Sprintf("health: %v\n", b.Healthy())
	if err := b.Close(context.WithoutCancel(t.Context())); err != nil {
		t.Error(err)
	}
	return said + logs.String()
}

// TestTokenStaysInsideTheProgram looks for the token in what the whole program
// writes, at /healthz and /metrics, and in what it prints when it crashes.
func TestTokenStaysInsideTheProgram(t *testing.T) {
	t.Parallel()
	html := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusBadGateway)
		_, _ = io.WriteString(w, r.URL.String())
	}))
	defer html.Close()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), servedEnv+"="+strings.Join([]string{
		"serve", "--db", filepath.Join(t.TempDir(), "team.db"), "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0",
	}, " "), "TELEGRAM_BOT_TOKEN="+canary, "TELEGRAM_API_URL="+html.URL, "GOTRACEBACK=all")
	var said bytes.Buffer
	out, in := io.Pipe()
	cmd.Stderr, cmd.Stdout = io.MultiWriter(&said, in), in
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := served{log: make(chan string, 1000)}
	s.listens(t, out)
	status, health := s.health(t)
	if status != http.StatusServiceUnavailable {
		t.Errorf("got %d %s, want it to say that Telegram is away", status, health)
	}
	metrics := fetched(t, "http://"+s.metrics+"/metrics")
	if !strings.Contains(metrics, `platform="telegram"`) {
		t.Errorf("got %q, want Telegram's figures", metrics)
	}
	if err := cmd.Process.Signal(syscall.SIGQUIT); err != nil { // Go prints all that runs
		t.Fatal(err)
	}
	_ = cmd.Wait()
	_ = in.Close()
	for range s.log { // until its end
	}
	all := said.String() + health + metrics
	if !strings.Contains(all, "SIGQUIT: quit") || !strings.Contains(all, "goroutine ") {
		t.Errorf("got %q, want what a crash prints", all)
	}
	if at := strings.Index(all, "CANARY"); at >= 0 {
		t.Errorf("got the token in %q", all[max(0, at-200):at+40])
	}
}

// fetched returns what is at an address.
func fetched(t *testing.T, url string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
