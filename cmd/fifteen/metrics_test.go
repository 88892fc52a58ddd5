package main_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/slackbot"
	main "fifteen/cmd/fifteen"
)

// get returns what an address says.
func get(t *testing.T, url string) (status int, said string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatalf("get %s: %v", url, err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatalf("read %s: %v", url, err)
	}
	return res.StatusCode, string(body)
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	m := main.NewMetrics()
	m.Platforms("slack")
	server := httptest.NewServer(m.Handler())
	defer server.Close()
	m.Post("slack", bot.Sent)
	m.Post("slack", bot.SentAgain)
	m.Said("schedule", false)
	m.Said("schedule", true)
	m.Skipped("schedule")
	m.Broke("reminder")
	broken := errors.New("broken")
	if err := m.Timed("prune", func(context.Context) error { return nil })(t.Context()); err != nil {
		t.Errorf("work: got error %v, want none", err)
	}
	if err := m.Timed("prune", func(context.Context) error { return broken })(t.Context()); !errors.Is(err, broken) {
		t.Errorf("work: got error %v, want %v", err, broken)
	}
	func() {
		defer func() { _ = recover() }()
		_ = m.Timed("prune", func(context.Context) error { panic("broken") })(t.Context())
	}()
	status, said := get(t, server.URL+"/metrics")
	for _, want := range []string{
		`fifteen_posts_total{outcome="sent",platform="slack"} 1`,
		`fifteen_posts_total{outcome="sent_again",platform="slack"} 1`,
		`fifteen_posts_total{outcome="dropped",platform="slack"} 0`,
		`fifteen_slots_total{kind="schedule",outcome="late"} 1`,
		`fifteen_slots_total{kind="schedule",outcome="on_time"} 1`,
		`fifteen_slots_total{kind="schedule",outcome="skipped"} 1`,
		`fifteen_slots_total{kind="reminder",outcome="failed"} 1`,
		`fifteen_sweeps_total{outcome="done",work="prune"} 1`,
		`fifteen_sweeps_total{outcome="failed",work="prune"} 2`,
		`fifteen_sweep_seconds_count{work="prune"} 3`,
		"go_goroutines ", "process_cpu_seconds_total ",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("metrics with status %d: got no %q in\n%s", status, want, said)
		}
	}
}

// The operator's address answers with the metrics, the world's does not, and the
// jobs run: the first tick comes by itself.
func TestServeCountsForTheOperator(t *testing.T) {
	t.Parallel()
	slack := bottest.NewSlack(bottest.SlackConfig{Clock: time.Now, Scopes: slackbot.Scopes, Patience: time.Minute})
	defer slack.Close()
	s := serve(t, slack, "--slack-signing-secret", bottest.SlackSecret, "--metrics", "127.0.0.1:0")
	if status, _ := get(t, "http://"+s.address+"/metrics"); status != http.StatusNotFound {
		t.Errorf("metrics for the world: got status %d, want %d", status, http.StatusNotFound)
	}
	const ran = `fifteen_sweeps_total{outcome="done",work="prune"} 1`
	looks, patience := time.NewTicker(50*time.Millisecond), time.After(time.Minute)
	defer looks.Stop()
	for said := ""; !strings.Contains(said, ran); {
		select {
		case <-looks.C:
			_, said = get(t, "http://"+s.metrics+"/metrics")
		case <-patience:
			t.Fatalf("metrics: got no %q in\n%s", ran, said)
		}
	}
	if _, said := get(t, "http://"+s.metrics+"/metrics"); strings.Contains(said, bottest.SlackBotToken) ||
		strings.Contains(said, bottest.SlackSecret) {
		t.Errorf("metrics: got a secret in\n%s", said)
	}
	s.stop()
	if err := <-s.ended; err != nil {
		t.Errorf("got %v, want a clean stop", err)
	}
	for line := range s.log {
		if strings.Contains(line, `"level":"ERROR"`) || strings.Contains(line, `"level":"WARN"`) {
			t.Errorf("log: got %s, want nothing wrong", line)
		}
	}
}
