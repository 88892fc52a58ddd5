package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"fifteen/bot"
	"fifteen/bot/dispatch"
	"fifteen/bot/slackbot"
	"fifteen/bot/telegrambot"
	"fifteen/storage"
)

// doctorCmd looks at a set-up.
type doctorCmd struct {
	DB   string `name:"db" required:"true" placeholder:"FILE" help:"The database file, or its postgres:// URL. It is not changed."`
	URL  string `name:"url" placeholder:"URL" help:"Where the world sees the bot, such as https://bot.example.com, to try Slack's requests."`
	JSON bool   `name:"json" help:"Write one JSON object with everything that was found."`

	services `embed:""`
}

// Help is what the command line says of the environment.
func (doctorCmd) Help() string {
	return "It reads the same environment as serve, and says what is well, what is doubtful, and what is broken, with what to do about it.\n" +
		"Nothing is changed and nothing is said in a chat. It fails when something is broken."
}

// errBroken ends a program that has found something broken.
var errBroken = errors.New("something is broken; see above")

// How slow a write may be.
const (
	slowWrite     = 20 * time.Millisecond  // lines are answered late when many come at once
	hopelessWrite = 500 * time.Millisecond // a chat service gives up waiting
)

// Run examines everything and reports it.
func (c doctorCmd) Run(ctx context.Context, s streams) error {
	now := &clock{}
	found := c.configuration()
	found = append(found, c.database(ctx, now)...)
	if c.SlackBotToken != "" {
		found = append(found, slackbot.Examine(ctx, slackbot.Config{
			Now: now.now, BotToken: c.SlackBotToken, AppToken: c.SlackAppToken, SigningSecret: c.SlackSigningSecret, APIURL: c.SlackAPIURL,
			Log: slog.New(slog.DiscardHandler),
		}, strings.TrimRight(c.URL, "/"))...)
	}
	if c.TelegramBotToken != "" {
		found = append(found, telegrambot.Examine(ctx, telegrambot.Config{
			Now: now.now, Token: c.TelegramBotToken, Secret: c.TelegramWebhookSecret, WebhookURL: c.TelegramWebhookURL, APIURL: c.TelegramAPIURL,
		})...)
	}
	if err := c.report(s, found); err != nil {
		return err
	}
	for _, f := range found {
		if f.State == bot.Broken {
			return errBroken
		}
	}
	return nil
}

// report writes what was found.
func (c doctorCmd) report(s streams, found []bot.Finding) error {
	if c.JSON {
		encoder := json.NewEncoder(s.out)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(map[string]any{"findings": found}); err != nil {
			return fmt.Errorf("write what was found: %w", err)
		}
		return nil
	}
	for _, f := range found {
		text := fmt.Sprintf("%-8s %s: %s\n", f.State, f.Part, f.Found)
		if f.Do != "" {
			text += fmt.Sprintf("%-8s %s\n", "", "→ "+f.Do)
		}
		if _, err := fmt.Fprint(s.out, text); err != nil {
			return fmt.Errorf("write what was found: %w", err)
		}
	}
	return nil
}

// configuration looks at what is set.
func (c doctorCmd) configuration() []bot.Finding {
	f := bot.Finding{Part: "Configuration", State: bot.Well}
	if err := c.complete(); err != nil {
		f.State, f.Found, f.Do = bot.Broken, err.Error(), "set them in the environment of `fifteen serve`, and of this command"
		return []bot.Finding{f}
	}
	var names []string
	if c.SlackBotToken != "" {
		way := "Socket Mode"
		if c.SlackAppToken == "" {
			way = "HTTP"
		}
		names = append(names, "Slack by "+way)
	}
	if c.TelegramBotToken != "" {
		way := "polling"
		if c.TelegramWebhookSecret != "" {
			way = "webhook"
		}
		names = append(names, "Telegram by "+way)
	}
	f.Found = strings.Join(names, ", ")
	return []bot.Finding{f}
}

// database looks at the database and at what is done on it.
func (c doctorCmd) database(ctx context.Context, now *clock) []bot.Finding {
	at, err := storage.Examine(ctx, c.DB, now.now)
	if err != nil {
		return []bot.Finding{{
			Part: "Database", State: bot.Broken, Found: err.Error(), Do: "see that --db names the bot's database, and that this user may read and write it",
		}}
	}
	found := []bot.Finding{versionOf(at), speedOf(at)}
	if !at.Now.IsZero() {
		found = append(found, dispatch.SkewOf("PostgreSQL", at.Now, now.now()))
	}
	if !at.Missing {
		found = append(found, jobsOf(at))
	}
	return found
}

func versionOf(at storage.Condition) bot.Finding {
	f := bot.Finding{Part: "Database", State: bot.Well, Found: fmt.Sprintf("%s at version %d, which this program knows", at.Server, at.Version)}
	switch {
	case at.Missing:
		f.State, f.Found, f.Do = bot.Doubt, at.Server+", nothing is in it yet", "nothing has to be done: `fifteen serve` makes it; if it should be there, look for a slip in --db"
	case at.Version > at.Newest:
		f.State, f.Found = bot.Broken, fmt.Sprintf("%s at version %d; this program knows %d", at.Server, at.Version, at.Newest)
		f.Do = "run the newer program that has been here"
	case at.Version < at.Newest:
		f.State, f.Found = bot.Doubt, fmt.Sprintf("%s at version %d; this program has %d", at.Server, at.Version, at.Newest)
		f.Do = "make a copy, then start `fifteen serve`, which brings it up"
	case at.Busy:
		f.State, f.Found = bot.Broken, at.Server+" has been locked by another program for a second"
		f.Do = "end what holds it: a copy, a shell of sqlite3, a second program"
	}
	return f
}

func speedOf(at storage.Condition) bot.Finding {
	f := bot.Finding{Part: "Write speed", State: bot.Well, Found: fmt.Sprintf("a write is safe after %s", at.Write.Round(10*time.Microsecond))}
	if at.Write > slowWrite {
		f.State, f.Do = bot.Doubt, "put the database on a faster disk, not on a network's"
	}
	if at.Write > hopelessWrite {
		f.State = bot.Broken
	}
	return f
}

func jobsOf(at storage.Condition) bot.Finding {
	if at.Jobs {
		return bot.Finding{Part: "Jobs", State: bot.Well, Found: "a program is at them: digests and reminders come"}
	}
	return bot.Finding{
		Part: "Jobs", State: bot.Doubt, Found: "no program is at them, so no digest and no reminder comes", Do: "start `fifteen serve`",
	}
}
