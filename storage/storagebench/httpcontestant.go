package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"fifteen/bot"
	"fifteen/bot/slackbot"
	"fifteen/commands"
	"fifteen/storage"
)

// A Service is a program that answers commands from Slack over HTTP. Open opens
// the database in a folder made by prepareTeam; shut ends the program when
// nothing is asked of it any more.
type Service struct {
	Name string
	Open func(ctx context.Context, dir, api string, clients int) (handler http.Handler, shut func() error, err error)
	// Marks says that it marks answers as sent, in writes of its own.
	Marks bool
}

// services are compared with the first one.
var services = []Service{
	{"reference, shared commits", reference(sharedWriter), false},
	{"reference, a commit each", reference(singleWriter), false},
	{"the bot", func(ctx context.Context, dir, api string, _ int) (http.Handler, func() error, error) {
		b, err := openSlack(ctx, dir, api, "")
		if err != nil {
			return nil, nil, err
		}
		return b.slack.Handler(), func() error { return b.close(ctx) }, nil
	}, true},
}

// The limits of every server, those of fifteen serve.
const (
	readWait = 10 * time.Second
	maxForm  = 1 << 20
)

func serverOf(handler http.Handler) *http.Server {
	return &http.Server{Handler: handler, ReadTimeout: readWait, ReadHeaderTimeout: readWait}
}

// reference makes a reference program answer commands.
func reference(
	open func(dir string) (writer, func() error, error),
) func(context.Context, string, string, int) (http.Handler, func() error, error) {
	return func(_ context.Context, dir, _ string, clients int) (http.Handler, func() error, error) {
		write, shut, err := open(dir)
		if err != nil {
			return nil, nil, err
		}
		members := map[string]int64{}
		for client := range clients {
			members[userOf(client)] = memberOf(client)
		}
		routes := http.NewServeMux()
		routes.HandleFunc("POST /slack/commands", func(w http.ResponseWriter, r *http.Request) {
			text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxForm))
			if err != nil {
				http.Error(w, "the body cannot be read", http.StatusBadRequest)
				return
			}
			if !signed(r.Header, text, time.Now()) {
				http.Error(w, "the signature is not valid", http.StatusUnauthorized)
				return
			}
			form, err := url.ParseQuery(string(text))
			if err == nil {
				err = note(r.Context(), form, members, write)
			}
			if err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
			acknowledge(w)
		})
		return routes, shut, nil
	}
}

func note(ctx context.Context, form url.Values, members map[string]int64, write writer) error {
	e, err := noted(form, members, time.Now())
	if err != nil {
		return err
	}
	return write(ctx, e)
}

// acknowledge answers what the bot does.
func acknowledge(w http.ResponseWriter) {
	type object = map[string]any
	raw, err := json.Marshal(object{
		"response_type": "ephemeral", "text": "Noted on company 42.",
		"blocks": []object{
			{"type": "section", "text": object{"type": "mrkdwn", "text": "Noted on company 42.", "verbatim": true}},
		},
	})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(raw) // whoever asked notices
}

// slackBot is the bot as fifteen serve puts it together.
type slackBot struct {
	slack *slackbot.Bot
	store *storage.Store
	stop  context.CancelFunc
	ended chan error
}

// openSlack starts the bot; app is the token of Socket Mode, or "".
func openSlack(ctx context.Context, dir, api, app string) (*slackBot, error) {
	ctx, stop := context.WithCancel(ctx)
	store, err := storage.Open(ctx, file(dir))
	if err != nil {
		stop()
		return nil, err
	}
	log := slog.New(slog.NewJSONHandler(io.Discard, nil)) //nolint:sloglint // fifteen serve writes its log, so it takes that time
	house, err := commands.NewApp(store, log, time.Now)
	if err != nil {
		stop()
		return nil, errors.Join(err, store.Close())
	}
	slack, err := slackbot.New(ctx, slackbot.Config{
		Router: house.Router, Directory: house.Directory, Outbox: house.Outbox, People: house.People, Words: house.Words,
		Log: log, Now: time.Now, BotToken: botToken, AppToken: app, SigningSecret: secret, APIURL: api,
	})
	if err != nil {
		stop()
		return nil, errors.Join(err, store.Close())
	}
	b := &slackBot{slack: slack, store: store, stop: stop, ended: make(chan error, 2)}
	go func() { b.ended <- slack.Run(ctx) }()
	go func() { b.ended <- sweep(ctx, house.Outbox, slack) }()
	return b, nil
}

// sweep looks into the outbox once a second, as fifteen serve does.
func sweep(ctx context.Context, outbox bot.Outbox, slack *slackbot.Bot) error {
	ticks := time.NewTicker(time.Second)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticks.C:
			err := bot.Sweep(ctx, outbox, map[string]bot.Sender{slackbot.Platform: slack})
			if err != nil && ctx.Err() == nil {
				return err
			}
		}
	}
}

func (b *slackBot) close(ctx context.Context) error {
	b.stop()
	err := errors.Join(<-b.ended, <-b.ended)
	ctx, cancel := context.WithTimeout(ctx, readWait)
	defer cancel()
	return errors.Join(err, b.slack.Close(ctx), b.store.Close())
}
