package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"fifteen/bot"
	"fifteen/commands"
	"fifteen/storage"
	"fifteen/storage/storagetest"
)

// openBot is the whole bot: a line goes through the router, as a person's would
// in a private chat.
func openBot(dir string) (write func(ctx context.Context, client, i int) error, shut func() error, err error) {
	store, err := storage.Open(context.Background(), file(dir))
	if err != nil {
		return nil, nil, err
	}
	app, err := newApp(store, func() time.Time { return at })
	if err != nil {
		return nil, nil, errors.Join(err, store.Close())
	}
	write = func(ctx context.Context, client, i int) error {
		reply := app.Router.Serve(ctx, bot.Request{
			Workspace: workspace, Account: bot.Account{Platform: platform, ID: "anna"},
			Chat: bot.Chat{Platform: platform, ID: chat, Private: true},
			Line: fmt.Sprintf("note #%d %s", dealOf(client), remark), EventID: eventKey(client, i), At: at,
		})
		if reply.Stored == 0 {
			return fmt.Errorf("not stored: %v", reply.Message.Text)
		}
		return nil
	}
	return write, store.Close, nil
}

func newApp(store *storage.Store, clock func() time.Time) (*commands.App, error) {
	return commands.NewApp(store, slog.New(slog.DiscardHandler), clock)
}

// lines are what a manager types that reads.
var lines = []string{"who", "forecast", `next "@rep 1"`}

// readLines measures lines through the router among the deals of Fill.
func readLines(ctx context.Context, rows io.Writer, store *storage.Store, deals, times int) error {
	app, err := newApp(store, func() time.Time { return storagetest.Now })
	if err != nil {
		return err
	}
	boss, err := app.Enter(ctx, storagetest.Workspace, platform, "boss", bot.Manager, storagetest.Now)
	if err != nil {
		return err
	}
	for _, line := range lines {
		took := make([]time.Duration, times)
		for i := range took {
			start := time.Now()
			reply := app.Router.Serve(ctx, bot.Request{
				Workspace: storagetest.Workspace, Account: boss, Line: line, At: storagetest.Now,
				Chat: bot.Chat{Platform: platform, ID: boss.ID, Private: true},
			})
			took[i] = time.Since(start)
			if reply.Message.Title == "" {
				return fmt.Errorf("%s: %v", line, reply.Message.Text)
			}
		}
		slices.Sort(took)
		_, err := fmt.Fprintf(rows, "%d\tthe line %s\t\t%s\t%s\t\n", deals, line,
			took[times/2].Round(time.Microsecond), took[times*99/100].Round(time.Microsecond))
		if err != nil {
			return err
		}
	}
	return nil
}
