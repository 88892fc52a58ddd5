package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"fifteen/bot"
	"fifteen/bot/slackbot"
	"fifteen/bot/telegrambot"
	"fifteen/commands"
)

// homeLine is what people see first where a service has a place for that.
const homeLine = "home"

// shortcuts are the lines that Slack's menus have.
var shortcuts = []slackbot.Shortcut{
	{Line: "score", Name: "slack.shortcut.score", About: "slack.shortcut.score.about"},
	{Line: "lost", Name: "slack.shortcut.lost", About: "slack.shortcut.lost.about"},
	{Line: "answer", Name: "slack.shortcut.keep", About: "slack.shortcut.keep.about", Takes: "evidence"},
}

// A platform is a chat service that is served.
type platform interface {
	bot.Sender
	service
	Handler() http.Handler
}

// A service is what runs until it is told to end.
type service interface {
	Run(ctx context.Context) error
	Healthy() error
	Close(ctx context.Context) error
}

// platforms are the chat services that are served, by name.
type platforms map[string]platform

// join plugs the bot into the services that are configured.
func (c serveCmd) join(
	ctx context.Context, log *slog.Logger, app *commands.App, now func() time.Time, tally bot.Tally,
) (platforms, error) {
	all := platforms{}
	if c.SlackBotToken != "" {
		slack, err := slackbot.New(ctx, slackbot.Config{
			Router: app.Router, Directory: app.Directory, Outbox: app.Outbox, People: app.People, Words: app.Words,
			Log: log, Now: now, Home: homeLine, Shortcuts: shortcuts, BotToken: c.SlackBotToken, AppToken: c.SlackAppToken,
			SigningSecret: c.SlackSigningSecret, APIURL: c.SlackAPIURL, Tally: tally,
		})
		if err != nil {
			return nil, err
		}
		all[slackbot.Platform] = slack
	}
	if c.TelegramBotToken != "" {
		telegram, err := telegrambot.New(ctx, telegrambot.Config{
			Router: app.Router, Directory: app.Directory, Inbox: app.Inbox(), Outbox: app.Outbox, Shelf: app.Outbox, Links: app.Links, Titles: app.Links,
			Whereabouts: app.Whereabouts(), Leases: app.Store, Words: app.Words, Languages: app.Words.Languages(), Log: log, Now: now, Tally: tally,
			Token: c.TelegramBotToken, Secret: c.TelegramWebhookSecret, WebhookURL: c.TelegramWebhookURL, APIURL: c.TelegramAPIURL,
		})
		if err != nil {
			return nil, errors.Join(err, all.close(ctx))
		}
		app.Open(func() commands.Way { return commands.Way{Platform: telegrambot.Platform, Open: telegram.URL()} })
		all[telegrambot.Platform] = telegram
	}
	return all, nil
}

// senders are those through which the outbox is emptied.
func (p platforms) senders() map[string]bot.Sender {
	all := make(map[string]bot.Sender, len(p))
	for name, one := range p {
		all[name] = one
	}
	return all
}

// run keeps all going until ctx is done. One that refuses the bot leaves the others
// and the server up, which says so at /healthz.
func (p platforms) run(ctx context.Context, log *slog.Logger) {
	var work sync.WaitGroup
	for name, one := range p {
		work.Go(func() {
			if err := one.Run(ctx); err != nil {
				log.ErrorContext(ctx, "a platform is not served any more", "platform", name, "err", err)
			}
		})
	}
	work.Wait()
}

// healthy returns why a platform cannot work, nil if all can.
func (p platforms) healthy() error {
	errs := make([]error, 0, len(p))
	for name, one := range p {
		if err := one.Healthy(); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
		}
	}
	return errors.Join(errs...)
}

// close finishes what was taken.
func (p platforms) close(ctx context.Context) error {
	errs := make([]error, 0, len(p))
	for _, one := range p {
		errs = append(errs, one.Close(ctx))
	}
	return errors.Join(errs...)
}

// routes are all addresses that answer.
func (p platforms) routes() http.Handler {
	all := http.NewServeMux()
	for name, one := range p {
		all.Handle("/"+name+"/", one.Handler())
	}
	all.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		if err := p.healthy(); err != nil {
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = fmt.Fprintln(w, err)
			return
		}
		_, _ = fmt.Fprintln(w, "ok")
	})
	return all
}
