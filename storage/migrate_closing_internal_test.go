package storage

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fifteen/storage/storagetest"

	"github.com/pressly/goose/v3"
)

// TestOldClosings opens a database that knew no history of the closing band: what
// the deals themselves tell of it is in it then.
func TestOldClosings(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		file := filepath.Join(t.TempDir(), "fifteen.db")
		oldClosings(t, "sqlite3", "file:"+file, file, goose.DialectSQLite3, "migrations/sqlite")
	})
	if server := os.Getenv("FIFTEEN_TEST_POSTGRES"); server != "" {
		t.Run("postgres", func(t *testing.T) {
			t.Parallel()
			dsn, drop, err := storagetest.Postgres(t.Context(), server)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := drop(context.Background()); err != nil { //nolint:usetesting // the test's context is over
					t.Error(err)
				}
			})
			oldClosings(t, "pgx", dsn, dsn, goose.DialectPostgres, "migrations/postgres")
		})
	}
}

// oldDeal inserts a deal that stands at a score since the 10th.
func oldDeal(number, score int, outcome, ended string) string {
	return fmt.Sprintf(`INSERT INTO deals (workspace_id, number, company_id, name, key, owner_id, amount, currency, worth,
		close_on, step, outcome, ended_at, reason, words, next_step, next_step_on, card, pain, power, fit, score, yeses,
		lift_at, doubt_at, ask_at, scored_at, band_since, created_at, created_by, deleted, revision)
		VALUES (1, %d, 1, 'Acme', 'acme', 1, 700, 'EUR', -1, '', '', '%s', '%s+00:00', '', '', '', '', '{}', 0, 0, 0, %d, 0,
		'9999-12-31', '9999-12-31', '0001-01-01', '0001-01-01', '2026-11-10 09:00:00+00:00', '2026-11-01', 1, FALSE, 4)`,
		number, outcome, ended, score)
}

func oldClosings(t *testing.T, driver, name, dsn string, dialect goose.Dialect, folder string) {
	t.Helper()
	db, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut(t, db) })
	provider, err := goose.NewProvider(dialect, db, os.DirFS(folder))
	if err == nil {
		_, err = provider.UpTo(t.Context(), 5)
	}
	for _, row := range []string{
		"INSERT INTO workspaces (name, key, currency, zone, visibility, created_at) VALUES ('Old', 'old', 'EUR', 'UTC', 'own', '2026-11-01')",
		"INSERT INTO members (workspace_id, name, key, role, created_at) VALUES (1, 'Anna', 'anna', 'rep', '2026-11-01')",
		"INSERT INTO companies (workspace_id, name, key, created_at) VALUES (1, 'Acme', 'acme', '2026-11-01')",
		oldDeal(1, 14, "open", "0001-01-01 00:00:00"),
		oldDeal(2, 15, "won", "2026-11-20 09:00:00"),
		oldDeal(3, 13, "open", "0001-01-01 00:00:00"), // never in the band
		oldDeal(4, 15, "lost", "2026-11-02 09:00:00"), // it ended before it came there
	} {
		if err == nil {
			_, err = db.ExecContext(t.Context(), row)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	store, err := Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer shut(t, store)
	var got []string
	err = store.Read(t.Context(), 1, func(tx *Tx) error {
		deals, err := tx.ClosingsSince(t.Context(), time.Unix(0, 0))
		for _, deal := range deals {
			for _, c := range deal.Changes {
				got = append(got, fmt.Sprintf("%d %d %s %s-%s %d", deal.Deal, c.Rev, c.At.Format("2 15:04"), c.Before.Where, c.After.Where, c.After.Score))
			}
		}
		return err
	})
	want := "1 4 10 09:00 below-in 14, 2 3 10 09:00 below-in 15, 2 4 20 09:00 in-won 15"
	if strings.Join(got, ", ") != want || err != nil {
		t.Errorf("history of the closing band: got %q, error %v, want %q", strings.Join(got, ", "), err, want)
	}
}
