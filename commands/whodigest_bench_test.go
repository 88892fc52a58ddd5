package commands_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/terminal"
	"fifteen/storage/storagetest"
)

// BenchmarkWhoDigest answers the scheduled line who over 100,000 deals, 300 of
// them closing and 20,000 won after they had been, for a digest that was sent
// every Monday of the last eight weeks. It must take less than a second.
func BenchmarkWhoDigest(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) {
		file := filepath.Join(b.TempDir(), "many.db")
		digests(b, file, "sqlite3", "file:"+file+"?_busy_timeout=5000")
	})
	server := os.Getenv(serverEnv)
	if server == "" {
		return
	}
	b.Run("postgres", func(b *testing.B) {
		dsn, drop, err := storagetest.Postgres(b.Context(), server)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() {
			if err := drop(context.Background()); err != nil { //nolint:usetesting // the benchmark's context is over
				b.Error(err)
			}
		})
		digests(b, dsn, "pgx", dsn)
	})
}

func digests(b *testing.B, dsn, driver, name string) {
	b.Helper()
	app, account := fillMany(b, 100_000, dsn, driver, name)
	req := bot.Request{
		Workspace: storagetest.Workspace, Account: account, Line: "who", Way: bot.Scheduled, At: storagetest.Now,
		Chat: bot.Chat{Platform: terminal.Platform, ID: "#sales"},
		Slot: bot.Slot{Date: storagetest.Now.Format(time.DateOnly)},
	}
	for weeks := 8; weeks > 0; weeks-- {
		at := storagetest.Now.AddDate(0, 0, -7*weeks)
		req.Slot.Past = append(req.Slot.Past, bot.Firing{Date: at.Format(time.DateOnly), At: at})
	}
	for b.Loop() {
		msg := app.Router.Serve(b.Context(), req).Message
		if len(msg.Details) < 3 || len(msg.Details[0].Table.Rows) != 300 {
			b.Fatalf("got %q with %d details, want 300 deals and what became of the others", msg.Title, len(msg.Details))
		}
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/digest")
}
