package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
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
	prunePause = time.Hour        // between two removals of what is old
	stopGrace  = 5 * time.Second  // for finishing what was taken
	readWait   = 10 * time.Second // for a request to arrive
)

// serveCmd serves chat services.
type serveCmd struct {
	DB     string `name:"db" required:"true" placeholder:"FILE" help:"Keep the data in this file, or at a postgres:// URL."`
	Listen string `default:":8080" placeholder:"ADDR" help:"Where /healthz answers, and Slack's requests over HTTP."`

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
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("--listen: %w", err)
	}
	store, err := storage.Open(ctx, c.DB)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	log := slog.New(slog.NewJSONHandler(s.err, nil))
	return errors.Join(c.serve(ctx, log, store, listener), store.Close())
}

func (c serveCmd) serve(ctx context.Context, log *slog.Logger, store *storage.Store, listener net.Listener) error {
	now := &clock{}
	app, err := commands.NewApp(store, log, now.now)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	slack, err := slackbot.New(ctx, slackbot.Config{
		Router: app.Router, Directory: app.Directory, Outbox: app.Outbox, People: app.People, Words: app.Words,
		Log: log, Now: now.now, BotToken: c.SlackBotToken, AppToken: c.SlackAppToken,
		SigningSecret: c.SlackSigningSecret, APIURL: c.SlackAPIURL,
	})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	server := &http.Server{Handler: routes(slack), ReadTimeout: readWait, ReadHeaderTimeout: readWait}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	log.InfoContext(ctx, "serving", "platform", slackbot.Platform, "address", listener.Addr().String(),
		"socket_mode", c.SlackAppToken != "")
	err = c.work(ctx, log, app, slack, served)
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopGrace)
	defer cancel()
	return errors.Join(err, server.Shutdown(stop), slack.Close(stop))
}

// work keeps everything going until ctx is done or the server ends. Slack's
// refusal of the token leaves the server up, to say so at /healthz.
func (c serveCmd) work(ctx context.Context, log *slog.Logger, app *commands.App, slack *slackbot.Bot, served <-chan error) error {
	working, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := slack.Run(working); err != nil {
			log.ErrorContext(ctx, "Slack is not served any more", "platform", slackbot.Platform, "err", err)
		}
	}()
	defer func() { stop(); <-ended }()
	sweeps, prunes := time.NewTicker(sweepPause), time.NewTicker(prunePause)
	defer sweeps.Stop()
	defer prunes.Stop()
	senders := map[string]bot.Sender{slackbot.Platform: slack}
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-served:
			return fmt.Errorf("serve HTTP: %w", err)
		case <-sweeps.C:
			if err := bot.Sweep(ctx, app.Outbox, senders); err != nil && ctx.Err() == nil {
				log.ErrorContext(ctx, "sweep failed", "err", err)
			}
		case <-prunes.C:
			if err := app.Prune(ctx); err != nil && ctx.Err() == nil {
				log.ErrorContext(ctx, "removing what is old failed", "err", err)
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
