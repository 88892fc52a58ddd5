package commands

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"fifteen/bot"
	"fifteen/storage"
)

// An App is the bot put together over one store, for any platform to stand on.
type App struct {
	Router    *bot.Router
	Directory *Directory
	People    *People
	Outbox    Outbox
	Links     *Links
	Store     *storage.Store
	Words     *Catalogue
	// Tally counts what Wake does; nil counts nothing.
	Tally Tally

	deps *Deps
	log  *slog.Logger
	open []func() Way
}

// Open says how people come to the bot on a platform that is served. It is called
// before any line is answered; way is asked each time.
func (a *App) Open(way func() Way) { a.open = append(a.open, way) }

func (a *App) ways() []Way {
	all := make([]Way, len(a.open))
	for i, way := range a.open {
		all[i] = way()
	}
	return all
}

// Inbox remembers events that were answered.
func (a *App) Inbox() Inbox { return Inbox{Store: a.Store} }

// Whereabouts takes in what becomes of chats and accounts.
func (a *App) Whereabouts() Whereabouts { return Whereabouts{app: a} }

// NewApp puts the bot together. clock is the time that the outbox and the
// directory go by.
func NewApp(store *storage.Store, log *slog.Logger, clock func() time.Time) (*App, error) {
	words, err := NewCatalogue()
	if err != nil {
		return nil, err
	}
	app := &App{
		Directory: NewDirectory(store, clock), Outbox: Outbox{Store: store, Clock: clock, Log: log}, Store: store, Words: words, log: log,
	}
	deps := &Deps{
		Store: store, Words: words, Forget: func() { app.Directory.Forget(); app.Links.Forget() },
		Ways:     func() []Way { return app.ways() },
		Commands: func(role bot.Role) []bot.Command { return app.Router.Commands(role) },
		Command:  func(name string) (bot.Command, bool) { return app.Router.Command(name) },
		Router:   func() *bot.Router { return app.Router },
	}
	app.deps, app.Links = deps, NewLinks(deps, clock)
	app.Outbox.Gone, app.Outbox.Quiet = app.gone, app.quiet
	app.Directory.Greet = app.greet
	app.People = NewPeople(deps, clock)
	sentences, err := NewSentences(deps)
	if err != nil {
		return nil, err
	}
	app.Router, err = bot.NewRouter(bot.Config{
		Directory: app.Directory, Words: words, Inbox: app.Inbox(), Drafts: Drafts{Store: store},
		Interpreter: sentences, Log: log, Clock: clock, Reference: reference,
	}, All(deps)...)
	if err != nil {
		return nil, fmt.Errorf("put the bot together: %w", err)
	}
	return app, nil
}

// The bot remembers events for longer than any platform delivers them again, and
// drafts for longer than they can be continued.
const (
	keepSent   = 8 * day
	keepDrafts = 2 * day
	// keepLinks is how long codes and guesses are remembered; both are looked at for
	// an hour.
	keepLinks = day
)

// Prune deletes what was sent, asked and said by itself too long ago to matter.
func (a *App) Prune(ctx context.Context) error {
	now := a.Outbox.Clock()
	return errors.Join(
		a.Store.PruneOutbox(ctx, now.Add(-keepSent)),
		a.Store.PruneDrafts(ctx, now.Add(-keepDrafts)),
		a.Store.PruneFired(ctx, now.Add(-keepFirings)),
		a.Store.PruneLinks(ctx, now.Add(-keepLinks)),
	)
}

// reference returns a fresh mark such as "K7QF-20XM" that ties what a person
// saw to a line in the log.
func reference() string {
	var raw [5]byte
	_, _ = rand.Read(raw[:]) // never fails
	text := base32.StdEncoding.EncodeToString(raw[:])
	return text[:4] + "-" + text[4:]
}
