package main_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fifteen/bot/bottest"
	"fifteen/bot/slackbot"
	main "fifteen/cmd/fifteen"
)

// served is the program while it serves.
type served struct {
	address, metrics string
	stop             context.CancelFunc
	ended            chan error
	log              chan string
}

// serve starts the program against a fake Slack and waits until it listens.
func serve(t *testing.T, slack *bottest.Slack, flags ...string) served {
	t.Helper()
	s := served{ended: make(chan error, 1), log: make(chan string, 1000)}
	s.start(t, append([]string{
		"serve", "--db", filepath.Join(t.TempDir(), "team.db"), "--listen", "127.0.0.1:0",
		"--slack-bot-token", bottest.SlackBotToken, "--slack-api-url", slack.APIURL(),
	}, flags...)...)
	return s
}

// start starts the program and waits until it listens.
func (s *served) start(t *testing.T, args ...string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	out, in := io.Pipe()
	s.stop = stop
	go func() {
		s.ended <- main.RunWith(ctx, strings.NewReader(""), io.Discard, in, args...)
		_ = in.Close()
	}()
	s.listens(t, out)
}

// listens reads the program's log until it says where it listens, and goes on.
func (s *served) listens(t *testing.T, out io.Reader) {
	t.Helper()
	lines := bufio.NewScanner(out)
	for s.address == "" && lines.Scan() {
		var line struct{ Msg, Address, Metrics string }
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatalf("log line %q: %v", lines.Text(), err)
		}
		s.address, s.metrics = line.Address, line.Metrics
	}
	go func() {
		defer close(s.log)
		for lines.Scan() {
			s.log <- lines.Text()
		}
	}()
	if s.address == "" {
		t.Fatal("got a program that ended, want one that listens")
	}
}

// health returns what /healthz says.
func (s served) health(t *testing.T) (status int, said string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+s.address+"/healthz", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatalf("ask for health: %v", err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatalf("read health: %v", err)
	}
	return res.StatusCode, strings.TrimSpace(string(body))
}

// Both ways of connecting answer the same line, leave one line in the log, say
// that they are healthy, and end without an error when they are told to.
func TestServe(t *testing.T) {
	t.Parallel()
	for name, flags := range map[string][]string{
		"socket": {"--slack-app-token", bottest.SlackAppToken},
		"http":   {"--slack-signing-secret", bottest.SlackSecret},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			slack := bottest.NewSlack(bottest.SlackConfig{
				Clock: time.Now, Scopes: slackbot.Scopes, Commands: []string{slackbot.Command}, Patience: time.Minute,
			})
			defer slack.Close()
			slack.AddUser(bottest.SlackUser{ID: "U1", Name: "anna", RealName: "Anna", Owner: true})
			s := serve(t, slack, flags...)
			if name == "http" {
				slack.UseHTTP(nil, "http://"+s.address)
			} else if err := slack.WaitSockets(t.Context(), 1); err != nil {
				t.Fatal(err)
			}
			dm := slack.DM("U1")
			if ack, err := slack.Command(t.Context(), "U1", dm, slackbot.Command, "deal add Acme 12000 EUR"); err != nil {
				t.Fatalf("got %v and %+v, want an answer", err, ack)
			}
			seen := slack.Seen(dm, "U1")
			if len(seen) != 1 || !strings.Contains(seen[0].Plain(), "Acme is deal #1: 12,000 EUR") {
				t.Errorf("got %+v, want the deal that was added", seen)
			}
			if status, said := s.health(t); status != http.StatusOK || said != "ok" {
				t.Errorf("got %d %q, want healthy", status, said)
			}
			s.stop()
			if err := <-s.ended; err != nil {
				t.Errorf("got %v, want a clean stop", err)
			}
			handled := 0
			for line := range s.log {
				if strings.Contains(line, `"line":"deal add"`) {
					handled++
				}
			}
			if err := slack.WaitSockets(t.Context(), 0); err != nil {
				t.Errorf("got %v, want no socket left", err)
			}
			if handled != 1 || len(slack.Refusals()) != 0 {
				t.Errorf("got %d log lines and %v, want one and no refusals", handled, slack.Refusals())
			}
		})
	}
}

// Without a platform, or with a token that Slack refuses, nothing is served.
func TestServeRefuses(t *testing.T) {
	t.Parallel()
	revoked := bottest.NewSlack(bottest.SlackConfig{Clock: time.Now})
	defer revoked.Close()
	revoked.RevokeTokens()
	for name, c := range map[string]struct {
		flags []string
		want  string
	}{
		"nothing":   {nil, "no platform is configured"},
		"half":      {[]string{"--slack-bot-token", "xoxb-1"}, "no platform is configured"},
		"no bot":    {[]string{"--slack-app-token", "xapp-1"}, "no platform is configured"},
		"bad place": {[]string{"--slack-bot-token", "b", "--slack-app-token", "a", "--listen", "nowhere"}, "--listen"},
		"bad back":  {[]string{"--slack-bot-token", "b", "--slack-app-token", "a", "--metrics", "nowhere"}, "--metrics"},
		"revoked": {[]string{
			"--slack-bot-token", bottest.SlackBotToken, "--slack-signing-secret", "s", "--slack-api-url", revoked.APIURL(),
		}, "token_revoked"},
	} {
		args := append([]string{"serve", "--db", filepath.Join(t.TempDir(), "team.db"), "--listen", "127.0.0.1:0"}, c.flags...)
		err := main.RunWith(t.Context(), strings.NewReader(""), io.Discard, io.Discard, args...)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want an error with %q", name, err, c.want)
		}
	}
}

// A token that is revoked later turns the health red and leaves the program up
// to say so.
func TestServeTurnsRed(t *testing.T) {
	t.Parallel()
	slack := bottest.NewSlack(bottest.SlackConfig{Clock: time.Now, Scopes: slackbot.Scopes, Patience: time.Minute})
	defer slack.Close()
	slack.AddUser(bottest.SlackUser{ID: "U1", Name: "anna", RealName: "Anna", Owner: true})
	s := serve(t, slack, "--slack-signing-secret", bottest.SlackSecret)
	slack.UseHTTP(nil, "http://"+s.address)
	slack.RevokeTokens()
	if _, err := slack.Type(t.Context(), "U1", slack.DM("U1"), "help"); err != nil {
		t.Fatal(err)
	}
	if status, said := s.health(t); status != http.StatusServiceUnavailable || !strings.Contains(said, "token_revoked") {
		t.Errorf("got %d %q, want red and why", status, said)
	}
	s.stop()
	if err := <-s.ended; err != nil {
		t.Errorf("got %v, want a clean stop", err)
	}
}

func TestManifest(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		args []string
		want []string
	}{
		"socket mode": {nil, []string{`"socket_mode_enabled": true`, `"command": "/ppf"`, `"should_escape": true`, "won <deal> [amount]"}},
		"http": {[]string{"--url", "https://bot.example.com/"}, []string{
			`"socket_mode_enabled": false`, `"url": "https://bot.example.com/slack/commands"`,
			`"request_url": "https://bot.example.com/slack/events"`, `"request_url": "https://bot.example.com/slack/interactivity"`,
		}},
	} {
		var out strings.Builder
		err := main.RunWith(t.Context(), strings.NewReader(""), &out, io.Discard, append([]string{"slack-manifest"}, c.args...)...)
		if err != nil || !json.Valid([]byte(out.String())) {
			t.Fatalf("%s: got %v and %q, want a manifest", name, err, out.String())
		}
		c.want = append(c.want, `"callback_id": "score"`, `"callback_id": "lost"`, `"callback_id": "answer"`, `"Keep as evidence"`, `"type": "message"`)
		for _, want := range append(c.want, slackbot.Scopes...) {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s: got %s, want %s in it", name, out.String(), want)
			}
		}
	}
	err := main.RunWith(t.Context(), strings.NewReader(""), io.Discard, io.Discard, "slack-manifest", "--url", "bot")
	if err == nil || !strings.Contains(err.Error(), "https://") {
		t.Errorf("got %v, want an example of an address", err)
	}
}
