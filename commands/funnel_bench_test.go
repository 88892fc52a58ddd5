package commands_test

import (
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/terminal"
	"fifteen/commands"
	"fifteen/storage"
	"fifteen/storage/storagetest"
)

// openMany opens a bot over so many deals of fifty reps, and a manager of theirs.
func openMany(b *testing.B, deals int) (*commands.App, bot.Account) {
	b.Helper()
	file := filepath.Join(b.TempDir(), "many.db")
	return fillMany(b, deals, file, "sqlite3", "file:"+file+"?_busy_timeout=5000")
}

// fillMany is openMany in an empty database, which a driver knows by a name.
func fillMany(b *testing.B, deals int, dsn, driver, name string) (*commands.App, bot.Account) {
	b.Helper()
	store, err := storage.Open(b.Context(), dsn) // makes the tables
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := store.Close(); err != nil {
			b.Error(err)
		}
	})
	db, err := sql.Open(driver, name)
	if err != nil {
		b.Fatal(err)
	}
	if err := errors.Join(storagetest.Fill(b.Context(), db, deals), db.Close()); err != nil {
		b.Fatal(err)
	}
	app, err := commands.NewApp(store, slog.New(slog.DiscardHandler), func() time.Time { return storagetest.Now })
	if err != nil {
		b.Fatal(err)
	}
	account, err := app.Enter(b.Context(), storagetest.Workspace, terminal.Platform, "boss", bot.Manager, storagetest.Now)
	if err != nil {
		b.Fatal(err)
	}
	return app, account
}

// saying measures a line from the router to the message, at every size.
func saying(b *testing.B, line string) {
	b.Helper()
	for _, deals := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(deals), func(b *testing.B) {
			app, account := openMany(b, deals)
			for b.Loop() {
				reply := app.Router.Serve(b.Context(), bot.Request{
					Workspace: storagetest.Workspace, Account: account, Line: line, At: storagetest.Now,
					Chat: bot.Chat{Platform: terminal.Platform, ID: account.ID, Private: true},
				})
				if reply.Message.Title == "" {
					b.Fatalf("%s: got %q, want a report", line, reply.Message.Text)
				}
			}
		})
	}
}

// BenchmarkFunnel asks for the funnel of 13 weeks, rep by rep.
func BenchmarkFunnel(b *testing.B) { saying(b, "funnel") }

// BenchmarkFunnelDigest answers the funnel of a schedule for a channel, with what
// fifty reps and a manager are told beside it.
func BenchmarkFunnelDigest(b *testing.B) {
	for _, deals := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(deals), func(b *testing.B) {
			app, account := openMany(b, deals)
			for b.Loop() {
				reply, err := app.Router.RunScheduled(b.Context(), bot.Request{
					Workspace: storagetest.Workspace, Account: account, Line: "funnel", At: storagetest.Now,
					Chat: bot.Chat{Platform: terminal.Platform, ID: "#sales"}, Slot: bot.Slot{Date: "2026-11-23"},
				})
				if err != nil || len(reply.Posts) < storagetest.Reps {
					b.Fatalf("got %d posts, error %v, want one for each rep", len(reply.Posts), err)
				}
			}
		})
	}
}

// BenchmarkCoach asks who can teach whom.
func BenchmarkCoach(b *testing.B) { saying(b, "coach") }

// BenchmarkDecisions asks for the newest decisions, and what came since.
func BenchmarkDecisions(b *testing.B) { saying(b, "decisions") }

// BenchmarkRefusals asks why customers said no in the last two weeks.
func BenchmarkRefusals(b *testing.B) { saying(b, "refusals") }
