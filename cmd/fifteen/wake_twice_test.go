package main_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"fifteen/commands"
)

// wokenWorkspaces is how many workspaces two programs wake for at the same time.
const wokenWorkspaces = 50

// TestTwoWake has two programs do what is due at the same time, on one database:
// every digest is stored once.
func TestTwoWake(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		wakeTwo(t, filepath.Join(t.TempDir(), "team.db"))
	})
	if os.Getenv(postgresEnv) != "" {
		t.Run("postgres", func(t *testing.T) {
			t.Parallel()
			wakeTwo(t, emptyPostgres(t))
		})
	}
}

func wakeTwo(t *testing.T, dsn string) {
	t.Helper()
	settleDigests(t, dsn, slackMonday, wokenWorkspaces)
	for week := range 3 {
		now := slackMonday.AddDate(0, 0, 7*(week+1))
		apps := []*commands.App{opened(t, dsn, now), opened(t, dsn, now)}
		begin := make(chan struct{})
		var both sync.WaitGroup
		for _, app := range apps {
			both.Go(func() {
				<-begin
				if err := app.Wake(t.Context()); err != nil {
					t.Errorf("week %d: got error %v, want none", week, err)
				}
			})
		}
		close(begin)
		both.Wait()
		for _, app := range apps {
			closed(t, "the store", app.Store.Close)
		}
		checkDigests(t, dsn, now, wokenWorkspaces, week+1)
	}
}
