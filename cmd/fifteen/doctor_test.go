package main_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/slackbot"
	main "fifteen/cmd/fifteen"
)

// examined runs the doctor and returns what it found by its part.
func examined(t *testing.T, args ...string) (found map[string]bot.Finding, err error) {
	t.Helper()
	var out, errs strings.Builder
	err = main.RunWith(t.Context(), strings.NewReader(""), &out, &errs, append([]string{"doctor", "--json"}, args...)...)
	var told struct{ Findings []bot.Finding }
	if bad := json.Unmarshal([]byte(out.String()), &told); bad != nil {
		t.Fatalf("got %v for %q, and %v", bad, out.String(), err)
	}
	found, broken := map[string]bot.Finding{}, false
	for _, f := range told.Findings {
		found[f.Part] = f
		broken = broken || f.State == bot.Broken
		if f.Found == "" || f.State != bot.Well && f.Do == "" {
			t.Errorf("got %+v, want what is so and what to do", f)
		}
	}
	if broken != (err != nil) {
		t.Errorf("got error %v for %+v", err, told.Findings)
	}
	for _, secret := range []string{bottest.TelegramToken, bottest.SlackBotToken, bottest.SlackAppToken, bottest.SlackSecret} {
		if strings.Contains(out.String()+errs.String()+fmt.Sprint(err), secret) {
			t.Errorf("got the secret %q in what was said", secret)
		}
	}
	return found, err
}

// fakes are fakes of Slack and Telegram, and the flags that lead to them.
type fakes struct {
	slack         *bottest.Slack
	telegram      *bottest.Telegram
	socket, http  []string // Slack's ways in
	polling, hook []string // Telegram's
}

func newFakes(t *testing.T, clock func() time.Time, scopes ...string) fakes {
	t.Helper()
	f := fakes{slack: bottest.NewSlack(bottest.SlackConfig{Clock: clock, Scopes: scopes}), telegram: bottest.NewTelegram(bottest.TelegramConfig{Clock: clock})}
	t.Cleanup(f.slack.Close)
	t.Cleanup(f.telegram.Close)
	slack := []string{"--slack-bot-token", bottest.SlackBotToken, "--slack-api-url", f.slack.APIURL()}
	f.socket = append([]string{"--slack-app-token", bottest.SlackAppToken}, slack...)
	f.http = append([]string{"--slack-signing-secret", bottest.SlackSecret}, slack...)
	f.polling = []string{"--telegram-bot-token", bottest.TelegramToken, "--telegram-api-url", f.telegram.URL()}
	f.hook = append([]string{"--telegram-webhook-secret", bottest.TelegramSecret, "--telegram-webhook-url", "http://bot.example/telegram/webhook"}, f.polling...)
	return f
}

// newTeam makes a database.
func newTeam(t *testing.T) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "team.db")
	if err := main.RunWith(t.Context(), strings.NewReader(""), io.Discard, io.Discard, "chat", "--db", file); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestDoctorFindsAllWell(t *testing.T) {
	t.Parallel()
	f := newFakes(t, time.Now, slackbot.Scopes...)
	db := newTeam(t)
	s := served{ended: make(chan error, 1), log: make(chan string, 1000)}
	s.start(t, append([]string{"serve", "--db", db, "--listen", "127.0.0.1:0"}, append(f.http, f.polling...)...)...)
	found, err := examined(t, append([]string{"--db", db, "--url", "http://" + s.address}, append(f.http, f.polling...)...)...)
	if err != nil {
		t.Errorf("got %v, want nil; found %+v", err, found)
	}
	for part, want := range map[string]string{
		"Configuration": "Slack by HTTP, Telegram by polling", "Database": "SQLite 3.", "Write speed": "a write is safe after",
		"Slack bot token": "it is", "Slack scopes": "all that are needed", "Slack request URL": "answers what Slack has signed, and nothing else",
		"Clock beside Slack": "agrees", "Clock beside Telegram": "agrees", "Telegram bot token": "it is @", "Telegram updates": "they are fetched",
		"Telegram groups": "it hears all",
	} {
		if got := found[part]; got.State != bot.Well || !strings.Contains(got.Found, want) {
			t.Errorf("%s: got %+v, want it well, with %q", part, got, want)
		}
	}
	found, err = examined(t, append([]string{"--db", db}, f.socket...)...)
	if got := found["Slack Socket Mode"]; err != nil || got.State != bot.Well {
		t.Errorf("got %v and %+v, want it well", err, got)
	}
}

// late is six minutes behind.
func late() time.Time { return time.Now().Add(-6 * time.Minute) }

// An ailment is something that can be wrong.
type ailment struct {
	clock  func() time.Time
	scopes []string
	spoil  func(f fakes)
	hook   string // a webhook that is set
	args   func(f fakes) []string
	part   string
	state  bot.State
	want   string
}

var ailments = map[string]ailment{
	"nothing is set": {args: func(fakes) []string { return nil }, part: "Configuration", state: bot.Broken, want: "no platform is configured"},
	"a scope is missing": {
		scopes: []string{"chat:write", "commands"}, args: func(f fakes) []string { return f.socket },
		part: "Slack scopes", state: bot.Broken, want: "missing: app_mentions:read, channels:read, dnd:read",
	},
	"Slack's tokens are revoked": {
		spoil: func(f fakes) { f.slack.RevokeTokens() }, args: func(f fakes) []string { return f.socket },
		part: "Slack bot token", state: bot.Broken, want: "does not take it",
	},
	"the app's token is the bot's": {
		args: func(f fakes) []string { return append(f.http, "--slack-app-token", bottest.SlackBotToken) },
		part: "Slack Socket Mode", state: bot.Broken, want: "does not begin with xapp-",
	},
	"the address is another's": {
		args: func(f fakes) []string { return append(f.http, "--url", f.telegram.URL()) },
		part: "Slack request URL", state: bot.Broken, want: "it does not answer as it should: HTTP status 404",
	},
	"the address is not told": {args: func(f fakes) []string { return f.http }, part: "Slack request URL", state: bot.Doubt, want: "not tried"},
	"the clock is slow": {
		clock: late, args: func(f fakes) []string { return f.socket }, part: "Clock beside Slack", state: bot.Broken, want: "ahead of Slack's",
	},
	"Telegram's clock is another": {
		clock: late, args: func(f fakes) []string { return f.polling }, part: "Clock beside Telegram", state: bot.Broken, want: "ahead of Telegram's",
	},
	"Telegram refuses the token": {
		spoil: func(f fakes) { f.telegram.Revoke() }, args: func(f fakes) []string { return f.polling },
		part: "Telegram bot token", state: bot.Broken, want: "does not take it",
	},
	"what is no token": {
		args: func(fakes) []string { return []string{"--telegram-bot-token", "hunter2"} },
		part: "Telegram bot token", state: bot.Broken, want: "does not look like one",
	},
	"no webhook is set": {args: func(f fakes) []string { return f.hook }, part: "Telegram updates", state: bot.Broken, want: "no webhook is set"},
	"the webhook is another's": {
		hook: "http://other.example/hook", args: func(f fakes) []string { return f.hook },
		part: "Telegram updates", state: bot.Broken, want: "to another address: http://other.example/hook",
	},
	"a webhook is left over": {
		hook: "http://other.example/hook", args: func(f fakes) []string { return f.polling },
		part: "Telegram updates", state: bot.Doubt, want: "a webhook is set at",
	},
	"nobody is at the jobs": {args: func(f fakes) []string { return f.polling }, part: "Jobs", state: bot.Doubt, want: "no program is at them"},
}

// Each thing that can be wrong is found, with what to do.
func TestDoctorFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	db := newTeam(t)
	for name, c := range ailments {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if c.clock == nil {
				c.clock = time.Now
			}
			f := newFakes(t, c.clock, c.scopes...)
			if c.spoil != nil {
				c.spoil(f)
			}
			if c.hook != "" {
				setWebhook(t, f, c.hook)
			}
			found, _ := examined(t, append([]string{"--db", db}, c.args(f)...)...)
			if got := found[c.part]; got.State != c.state || !strings.Contains(got.Found, c.want) {
				t.Errorf("got %+v, want it %s with %q", got, c.state, c.want)
			}
		})
	}
}

// setWebhook has Telegram deliver to an address.
func setWebhook(t *testing.T, f fakes, address string) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	values := url.Values{"url": {address}, "secret_token": {bottest.TelegramSecret}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, f.telegram.URL()+"/bot"+bottest.TelegramToken+"/setWebhook", strings.NewReader(values.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	if err := res.Body.Close(); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("got %v and status %d, want the webhook set", err, res.StatusCode)
	}
}

// What is wrong with a database is found, and nothing in it is changed.
func TestDoctorDatabase(t *testing.T) {
	t.Parallel()
	f := newFakes(t, time.Now)
	find := func(db, part string) bot.Finding {
		t.Helper()
		found, _ := examined(t, append([]string{"--db", db}, f.polling...)...)
		return found[part]
	}
	if got := find(filepath.Join(t.TempDir(), "none.db"), "Database"); got.State != bot.Doubt || !strings.Contains(got.Found, "nothing is in it yet") {
		t.Errorf("none: got %+v", got)
	}
	if got := find(t.TempDir(), "Database"); got.State != bot.Broken {
		t.Errorf("a folder: got %+v", got)
	}
	file := newTeam(t)
	raw, err := sql.Open("sqlite3", "file:"+url.PathEscape(file)+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, "the database", raw.Close)
	held, err := raw.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := find(file, "Database"); got.State != bot.Broken || !strings.Contains(got.Found, "locked by another program") {
		t.Errorf("locked: got %+v", got)
	}
	if err := held.Rollback(); err != nil {
		t.Fatal(err)
	}
	var newest int64
	if err := raw.QueryRowContext(t.Context(), `SELECT MAX(version_id) FROM goose_db_version`).Scan(&newest); err != nil {
		t.Fatal(err)
	}
	if _, err := raw.ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (?, 1)`, newest+1); err != nil {
		t.Fatal(err)
	}
	if got := find(file, "Database"); got.State != bot.Broken || !strings.Contains(got.Found, fmt.Sprintf("this program knows %d", newest)) {
		t.Errorf("newer: got %+v", got)
	}
	if _, err := raw.ExecContext(t.Context(), `DELETE FROM goose_db_version WHERE version_id >= ?`, newest); err != nil {
		t.Fatal(err)
	}
	if got := find(file, "Database"); got.State != bot.Doubt || !strings.Contains(got.Found, fmt.Sprintf("this program has %d", newest)) {
		t.Errorf("older: got %+v", got)
	}
}
