package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"fifteen/bot"
	"fifteen/bot/slackbot"
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

	SlackBotToken      string `env:"SLACK_BOT_TOKEN" hidden:""`
	SlackAppToken      string `env:"SLACK_APP_TOKEN" hidden:""`
	SlackSigningSecret string `env:"SLACK_SIGNING_SECRET" hidden:""`
	SlackAPIURL        string `name:"slack-api-url" env:"SLACK_API_URL" hidden:""`
}

// Help is what the command line says of the environment.
func (serveCmd) Help() string {
	return `Slack needs SLACK_BOT_TOKEN (xoxb-…), and either SLACK_APP_TOKEN (xapp-…) for Socket Mode
or SLACK_SIGNING_SECRET for requests over HTTP to /slack/commands, /slack/interactivity and
/slack/events. SLACK_API_URL is another server than Slack's.`
}

// errNoPlatform ends a program that nobody could talk to.
var errNoPlatform = errors.New("no platform is configured: set SLACK_BOT_TOKEN, and SLACK_APP_TOKEN for Socket Mode " +
	"or SLACK_SIGNING_SECRET for HTTP")

// complete tells whether a platform has all that it needs.
func (c serveCmd) complete() error {
	if c.SlackBotToken == "" || c.SlackAppToken == "" && c.SlackSigningSecret == "" {
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
	slack, err := slackbot.New(ctx, slackbot.Config{
		Router: app.Router, Directory: app.Directory, Outbox: app.Outbox, People: app.People, Words: app.Words,
		Log: log, Now: now.now, BotToken: c.SlackBotToken, AppToken: c.SlackAppToken,
		SigningSecret: c.SlackSigningSecret, APIURL: c.SlackAPIURL, Tally: counted.Post,
	})
	if err != nil {
		return errors.Join(err, doors.close())
	}
	served := doors.serve(routes(slack), counted.handler())
	log.InfoContext(ctx, "serving", "platform", slackbot.Platform, "address", doors.address(), "metrics", doors.inside(),
		"socket_mode", c.SlackAppToken != "")
	err = c.work(ctx, log, app, counted, slack, served)
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopGrace)
	defer cancel()
	return errors.Join(err, doors.shut(stop), slack.Close(stop))
}

// work keeps everything going until ctx is done, the server ends or the jobs do.
// Slack's refusal of the token leaves the server up, to say so at /healthz.
func (c serveCmd) work(
	ctx context.Context, log *slog.Logger, app *commands.App, counted *metrics, slack *slackbot.Bot, served <-chan error,
) (err error) {
	working, stop := context.WithCancel(ctx)
	ended, jobs := make(chan struct{}), make(chan error, 1)
	go func() {
		defer close(ended)
		if err := slack.Run(working); err != nil {
			log.ErrorContext(ctx, "Slack is not served any more", "platform", slackbot.Platform, "err", err)
		}
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
	sweep := counted.timed("send", bot.Sweeper{
		Outbox: app.Outbox, Senders: map[string]bot.Sender{slackbot.Platform: slack}, Tally: counted.Post,
	}.Sweep)
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

// routes are all addresses that answer.
func routes(slack *slackbot.Bot) http.Handler {
	all := http.NewServeMux()
	all.Handle("/slack/", slack.Handler())
	all.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		if err := slack.Healthy(); err != nil {
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = fmt.Fprintln(w, err)
			return
		}
		_, _ = fmt.Fprintln(w, "ok")
	})
	return all
}
