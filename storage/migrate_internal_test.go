package storage

import (
	"context"
	"database/sql"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"fifteen/storage/storagetest"

	"github.com/pressly/goose/v3"
)

// TestOldDatabase opens a database that the first migration made, with a change
// in it.
func TestOldDatabase(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		file := filepath.Join(t.TempDir(), "fifteen.db")
		migrates(t, "sqlite3", "file:"+file, file, goose.DialectSQLite3, os.DirFS("migrations/sqlite"))
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
			migrates(t, "pgx", dsn, dsn, goose.DialectPostgres, os.DirFS("migrations/postgres"))
		})
	}
}

func migrates(t *testing.T, driver, name, dsn string, dialect goose.Dialect, files fs.FS) {
	t.Helper()
	db, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut(t, db) })
	provider, err := goose.NewProvider(dialect, db, files)
	if err == nil {
		_, err = provider.UpTo(t.Context(), 1)
	}
	for _, row := range []string{
		"INSERT INTO workspaces (name, key, currency, zone, visibility, created_at) VALUES ('Old', 'old', 'EUR', 'UTC', 'own', '2026-11-22')",
		`INSERT INTO changes (workspace_id, subject, deal, rev, member_id, at, platform, chat, command, diff, undoes)
			VALUES (1, 'settings', 0, 0, 7, '2026-11-22', '', '', 'settings', '{"zone":["CET","UTC"]}', 0)`,
	} {
		if err == nil {
			_, err = db.ExecContext(t.Context(), row)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // up, and up again after a way down
		store, err := Open(t.Context(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		err = store.Write(t.Context(), 1, func(tx *Tx) error {
			change, err := tx.LastChange(t.Context(), 7)
			if err != nil {
				return err
			}
			if change.ID != 1 || change.Line != 0 {
				t.Errorf("got change %d of line %d, want change 1 of no line", change.ID, change.Line)
			}
			return tx.Undo(t.Context(), change, Author{Member: 8})
		})
		if err != nil {
			t.Errorf("undo: got error %v, want none", err)
		}
		shut(t, store)
		if _, err := provider.DownTo(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		if _, err := db.ExecContext(t.Context(), "UPDATE workspaces SET zone = 'UTC'"); err != nil {
			t.Fatal(err)
		}
	}
}
