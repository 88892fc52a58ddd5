package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	"fifteen/bot"
	"fifteen/commands"
	"fifteen/storage"
)

// How long serving waits.
const (
	sweepPause = time.Second      // between two looks into the outbox
	stopGrace  = 5 * time.Second  // for finishing what was taken
	readWait   = 10 * time.Second // for a request to arrive
)

// serveCmd serves chat services.
type serveCmd struct {
	DB     string `name:"db" required:"true" placeholder:"FILE" help:"Keep the data in this file, or at a postgres:// URL."`
	Listen string `default:":8080" placeholder:"ADDR" help:"Where /healthz answers, and Slack's requests over HTTP."`
	// Metrics has a listener of its own: what comes in at Listen comes from outside.
	Metrics string `name:"metrics" placeholder:"ADDR" help:"Where /metrics answers, for Prometheus. Keep it inside, such as 127.0.0.1:9315. Without it nowhere."`

	services `embed:""`
}

// services are the chat services, as the environment says.
type services struct {
	SlackBotToken      string `env:"SLACK_BOT_TOKEN" hidden:""`
	SlackAppToken      string `env:"SLACK_APP_TOKEN" hidden:""`
	SlackSigningSecret string `env:"SLACK_SIGNING_SECRET" hidden:""`
	SlackAPIURL        string `name:"slack-api-url" env:"SLACK_API_URL" hidden:""`

	TelegramBotToken      string `env:"TELEGRAM_BOT_TOKEN" hidden:""`
	TelegramWebhookSecret string `env:"TELEGRAM_WEBHOOK_SECRET" hidden:""`
	TelegramWebhookURL    string `name:"telegram-webhook-url" env:"TELEGRAM_WEBHOOK_URL" hidden:""`
	TelegramAPIURL        string `name:"telegram-api-url" env:"TELEGRAM_API_URL" hidden:""`
}

// Help is what the command line says of the environment.
func (serveCmd) Help() string {
	return `Slack needs SLACK_BOT_TOKEN (xoxb-…), and either SLACK_APP_TOKEN (xapp-…) for Socket Mode
or SLACK_SIGNING_SECRET for requests over HTTP to /slack/commands, /slack/interactivity and
/slack/events. SLACK_API_URL is another server than Slack's.

Telegram needs TELEGRAM_BOT_TOKEN. It is asked for news, unless TELEGRAM_WEBHOOK_SECRET says that
it delivers them to /telegram/webhook; TELEGRAM_WEBHOOK_URL tells it the address of that.
TELEGRAM_API_URL is another server than Telegram's. Both may be served at once.`
}

// errNoPlatform ends a program that nobody could talk to.
var errNoPlatform = errors.New("no platform is configured: set TELEGRAM_BOT_TOKEN, or SLACK_BOT_TOKEN with SLACK_APP_TOKEN " +
	"for Socket Mode or SLACK_SIGNING_SECRET for HTTP")

// complete tells whether each platform that is begun with has all that it needs.
func (c services) complete() error {
	slack := c.SlackBotToken + c.SlackAppToken + c.SlackSigningSecret
	if slack != "" && (c.SlackBotToken == "" || c.SlackAppToken == "" && c.SlackSigningSecret == "") || slack+c.TelegramBotToken == "" {
		return errNoPlatform
	}
	if c.TelegramBotToken == "" && c.TelegramWebhookSecret+c.TelegramWebhookURL != "" {
		return errNoPlatform
	}
	return nil
}

// Run serves until ctx is done, and then finishes what was taken.
func (c serveCmd) Run(ctx context.Context, s streams) error {
	if err := c.complete(); err != nil {
		return err
	}
	doors, err := c.open(ctx)
	if err != nil {
		return err
	}
	store, err := storage.Open(ctx, c.DB)
	if err != nil {
		return errors.Join(err, doors.close())
	}
	log := slog.New(slog.NewJSONHandler(s.err, nil))
	return errors.Join(c.serve(ctx, log, store, doors), store.Close())
}

func (c serveCmd) serve(ctx context.Context, log *slog.Logger, store *storage.Store, doors *doors) error {
	now := &clock{}
	app, err := commands.NewApp(store, log, now.now)
	if err != nil {
		return errors.Join(err, doors.close())
	}
	counted := newMetrics()
	app.Tally = counted
	joined, err := c.join(ctx, log, app, now.now, counted.Post)
	if err != nil {
		return errors.Join(err, doors.close())
	}
	counted.platforms(slices.Collect(maps.Keys(joined))...)
	served := doors.serve(joined.routes(), counted.handler())
	log.InfoContext(ctx, "serving", "platform", strings.Join(slices.Sorted(maps.Keys(joined)), " "), "address", doors.address(),
		"metrics", doors.inside(), "socket_mode", c.SlackAppToken != "", "webhook", c.TelegramWebhookSecret != "")
	err = work(ctx, log, app, counted, joined, served)
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopGrace)
	defer cancel()
	return errors.Join(err, doors.shut(stop), joined.close(stop))
}

// work keeps everything going until ctx is done, the server ends or the jobs do.
func work(
	ctx context.Context, log *slog.Logger, app *commands.App, counted *metrics, joined platforms, served <-chan error,
) (err error) {
	working, stop := context.WithCancel(ctx)
	ended, jobs := make(chan struct{}), make(chan error, 1)
	go func() {
		defer close(ended)
		joined.run(working, log)
	}()
	go func() {
		defer close(jobs)
		jobs <- app.Store.RunJobs(working, log, works(app, counted)...)
	}()
	defer func() {
		stop()
		<-ended
		err = errors.Join(err, <-jobs)
	}()
	sweeps := time.NewTicker(sweepPause)
	defer sweeps.Stop()
	sweep := counted.timed("send", bot.Sweeper{Outbox: app.Outbox, Senders: joined.senders(), Tally: counted.Post}.Sweep)
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-served:
			return fmt.Errorf("serve HTTP: %w", err)
		case err := <-jobs:
			return err
		case <-sweeps.C:
			if err := sweep(ctx); err != nil && ctx.Err() == nil {
				log.ErrorContext(ctx, "sweep failed", "err", err)
			}
		}
	}
}
