package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"fifteen/scoring"
	"fifteen/storage"
)

// A Contestant is a program that is measured. Open opens the database in a
// folder made by prepare. write does what a note line does, for a client
// counted from 0; the key of the event is eventKey(client, i), which never comes
// twice. It returns when the effects are durable. All clients write at once.
type Contestant struct {
	Name string
	Open func(dir string) (write func(ctx context.Context, client, i int) error, shut func() error, err error)
}

// contestants are measured in this order. The others are compared with the
// first one.
var contestants = []Contestant{
	{"reference, shared commits", openShared},
	{"reference, a commit each", openSingle},
	{"storage", openStorage},
	{"storage, beside jobs", openStorageWithJobs},
	{"the bot, through its router", openBot},
}

// What is written, the same by all.
const (
	workspace = 1
	member    = 1
	platform  = "terminal"
	chat      = "dm"
	command   = "note"
	remark    = "Petr is back on Monday and will bring the figures we asked for"
	body      = `{"text":["Noted for Company 42."],"buttons":[{"label":"Undo","line":"undo"}]}`
)

// at is when it is written.
var at = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// dealOf is the deal that a client writes to.
func dealOf(client int) int64 { return int64(client + 1) }

func eventKey(client, i int) string { return fmt.Sprintf("event-%d-%d", client, i) }

func file(dir string) string { return filepath.Join(dir, "fifteen.db") }

// prepare makes the database that a contestant starts with: a workspace, a rep
// and a deal for each client.
func prepare(ctx context.Context, dir string, clients int) error {
	store, err := storage.Open(ctx, file(dir))
	if err != nil {
		return err
	}
	return errors.Join(settle(ctx, store, clients), store.Close())
}

func settle(ctx context.Context, store *storage.Store, clients int) error {
	home, err := store.AddWorkspace(ctx, storage.Workspace{
		Name: "Many", Key: "many", Currency: "EUR", Zone: "UTC", Visibility: storage.VisibleTeam, CreatedAt: at,
	})
	if err != nil {
		return err
	}
	var card scoring.Card
	for c := range card.Answers {
		card.Answers[c] = scoring.Answer{Reply: scoring.Yes, At: at, Rev: 1}
	}
	return store.Write(ctx, home.ID, func(tx *storage.Tx) error {
		rep, err := tx.AddMember(ctx, storage.Member{Name: "Anna", Key: "anna", Role: "rep", CreatedAt: at}, platform, "anna")
		if err != nil {
			return err
		}
		for client := range clients {
			name := fmt.Sprintf("company %d", client+1)
			deal := storage.Deal{
				Name: name, Key: name, Owner: rep.ID, Card: card, Amount: scoring.Money{Minor: 1_000_000, Currency: "EUR"},
			}
			if _, err := tx.AddDeal(ctx, deal, storage.Author{Member: rep.ID, At: at}); err != nil {
				return err
			}
		}
		return nil
	})
}

// openStorage is package storage itself.
func openStorage(dir string) (write func(ctx context.Context, client, i int) error, shut func() error, err error) {
	store, err := storage.Open(context.Background(), file(dir))
	if err != nil {
		return nil, nil, err
	}
	return notes(store), store.Close, nil
}

// notes returns what writes the note of a client to a store.
func notes(store *storage.Store) func(ctx context.Context, client, i int) error {
	by := storage.Author{Member: member, At: at, Platform: platform, Chat: chat, Command: command}
	return func(ctx context.Context, client, i int) error {
		return store.Write(ctx, workspace, func(tx *storage.Tx) error {
			deal, err := tx.Deal(ctx, dealOf(client))
			if err != nil {
				return err
			}
			if _, err := tx.AddNote(ctx, deal, remark, by); err != nil {
				return err
			}
			_, err = tx.Post(ctx, storage.Post{
				EventKey: eventKey(client, i), Member: member, Platform: platform, Chat: chat, Body: body,
				CreatedAt: at, DueAt: at.Add(storage.AnswerGrace),
			})
			return err
		})
	}
}

// openStorageWithJobs is the same while jobs tick, ten times as often as those of
// the bot do.
func openStorageWithJobs(dir string) (write func(ctx context.Context, client, i int) error, shut func() error, err error) {
	store, err := storage.Open(context.Background(), file(dir))
	if err != nil {
		return nil, nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	ticked, ended := make(chan struct{}, 1), make(chan error, 1)
	work := watch(func() {
		select {
		case ticked <- struct{}{}:
		default:
		}
	})
	work.Every = time.Second
	go func() { ended <- store.RunJobs(ctx, slog.New(slog.NewTextHandler(os.Stderr, nil)), work) }()
	select {
	case <-ticked:
	case err := <-ended:
		stop()
		return nil, nil, errors.Join(err, store.Close())
	}
	return notes(store), func() error {
		stop()
		return errors.Join(<-ended, store.Close())
	}, nil
}
