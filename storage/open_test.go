package storage_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"fifteen/storage"
)

func TestReopening(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.inhabit()
			versions := "SELECT version_id FROM goose_db_version ORDER BY id"
			before, migrated := p.everything(p.home), rows(t, p.raw(), versions)
			p.reopen()
			p.same("rows", p.everything(p.home), before)
			p.same("migrations", rows(t, p.raw(), versions), migrated)
		})
	}
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			before := p.everything(p.home)
			db := p.raw()
			if _, err := db.ExecContext(t.Context(),
				"INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, TRUE)"); err != nil {
				t.Fatal(err)
			}
			store, err := storage.Open(t.Context(), p.dsn)
			if !errors.Is(err, storage.ErrNewer) {
				t.Errorf("got store %v, error %v, want %v", store, err, storage.ErrNewer)
			}
			p.same("rows", p.everything(p.home), before)
			if _, err := db.ExecContext(t.Context(), "DELETE FROM goose_db_version WHERE version_id = 999"); err != nil {
				t.Fatal(err)
			}
			p.reopen()
		})
	}
}

func TestStartersAtOnceMigrateOnce(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			dsn := k.empty(t)
			const starters = 3
			errs := make(chan error, starters)
			for range starters {
				go func() {
					store, err := storage.Open(t.Context(), dsn)
					if err == nil {
						err = store.Close()
					}
					errs <- err
				}()
			}
			for range starters {
				// On a new SQLite file they may be in one another's way, but do no harm.
				if err := <-errs; err != nil && storage.IsPostgres(dsn) {
					t.Errorf("open: got error %v, want none", err)
				}
			}
			store, err := storage.Open(t.Context(), dsn)
			if err != nil {
				t.Fatalf("open after all: got error %v, want none", err)
			}
			shut(t, store)
			got := rows(t, rawDB(t, dsn), "SELECT count(*) FROM goose_db_version WHERE version_id = 1")
			if len(got) != 1 || got[0] != "1" {
				t.Errorf("times that the first migration ran: got %v, want 1", got)
			}
		})
	}
}

func TestOpenErrors(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, dsn := range map[string]string{
		"a folder that is missing":       filepath.Join(folder, "missing", "fifteen.db"),
		"a folder":                       folder,
		"a URL that cannot be read":      "postgres://fifteen:geheim@127.0.0.1:port/db",
		"a server that is not there":     "postgres://fifteen:geheim@127.0.0.1:1/db?connect_timeout=5",
		"a password as a parameter":      "postgresql://fifteen@127.0.0.1:1/db?password=geheim&connect_timeout=5",
		"a parameter that is wrong":      "postgres://fifteen:geheim@127.0.0.1:1/db?sslmode=unknown",
		"a password that needs escaping": "postgres://fifteen:%geheim@127.0.0.1:1/db",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store, err := storage.Open(t.Context(), dsn)
			if err == nil {
				t.Fatalf("got store %v, want an error", store)
			}
			if strings.Contains(err.Error(), "geheim") {
				t.Errorf("got error %q, want one without the password", err)
			}
		})
	}
}

func TestFileNames(t *testing.T) {
	t.Parallel()
	for i, name := range []string{"what? #1 & 100%.db", "příliš žluťoučký.db", "mode=ro;.db"} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			store, err := storage.Open(t.Context(), filepath.Join(folder, name))
			if err != nil {
				t.Fatal(err)
			}
			if err := store.Close(); err != nil {
				t.Error(err)
			}
			got, err := filepath.Glob(filepath.Join(folder, "*"))
			if want := filepath.Join(folder, name); err != nil || len(got) != 1 || got[0] != want {
				t.Errorf("files: got %q, error %v, want %q", got, err, want)
			}
		})
	}
}

func TestClosedStore(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			for range 2 {
				if err := p.store.Close(); err != nil {
					t.Errorf("close: got error %v, want none", err)
				}
			}
			nothing := func(*storage.Tx) error { return nil }
			for name, err := range map[string]error{
				"read":  p.store.Read(t.Context(), p.home, nothing),
				"write": p.store.Write(t.Context(), p.home, nothing),
			} {
				if !errors.Is(err, storage.ErrClosed) {
					t.Errorf("%s: got error %v, want %v", name, err, storage.ErrClosed)
				}
			}
		})
	}
}

func TestCloseWaits(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			db := p.raw()
			started, finish, closed := make(chan struct{}), make(chan struct{}), make(chan error, 1)
			written := make(chan error, 1)
			go func() {
				written <- p.store.Write(t.Context(), p.home, func(tx *storage.Tx) error {
					close(started)
					<-finish
					_, err := tx.Post(t.Context(), p.message("event", "written while closing", 0))
					return err
				})
			}()
			<-started
			go func() { closed <- p.store.Close() }()
			for { // until Close has begun
				if err := p.store.Read(t.Context(), p.home, func(*storage.Tx) error { return nil }); err != nil {
					break
				}
			}
			for range 100 { // which takes longer than closing does
				rows(t, db, "SELECT id FROM workspaces")
			}
			select {
			case err := <-closed:
				t.Fatalf("close: got an end (%v) while a write was under way, want it after", err)
			default:
			}
			close(finish)
			if err := <-closed; err != nil {
				t.Errorf("close: got error %v, want none", err)
			}
			// The write may return a little later; what it wrote is there.
			if got := rows(t, db, "SELECT event_key FROM outbox"); len(got) != 1 {
				t.Errorf("close: got %d messages when it ended, want the one that was being written", len(got))
			}
			if err := <-written; err != nil {
				t.Errorf("write: got error %v, want none", err)
			}
			p.reopen()
			read(p, func(ctx context.Context, tx *storage.Tx) (storage.Post, error) { return tx.Answered(ctx, "event") })
		})
	}
}
