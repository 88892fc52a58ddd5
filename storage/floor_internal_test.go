package storage

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"testing"

	"gorm.io/gorm"
)

// besideWriter opens a store and a connection that shares the floor with its writer.
func besideWriter(t *testing.T) (*Store, *sql.DB, floor) {
	t.Helper()
	store, err := Open(t.Context(), filepath.Join(t.TempDir(), "fifteen.db"))
	if err != nil {
		t.Fatal(err)
	}
	e, ok := store.engine.(*sqliteEngine)
	if !ok {
		t.Fatalf("engine: got %T, want SQLite", store.engine)
	}
	db, err := e.openBeside()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(db.Close(), store.Close()); err != nil {
			t.Errorf("close: got error %v, want none", err)
		}
	})
	return store, db, e.writer.floor
}

// What does not have the floor waits for it, as long as its context lasts.
func TestFloorIsWaitedFor(t *testing.T) {
	t.Parallel()
	_, db, held := besideWriter(t)
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if err := held.take(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, execErr := conn.ExecContext(ctx, "CREATE TABLE beside (n INTEGER)")
	_, txErr := conn.BeginTx(ctx, nil)
	for what, got := range map[string]error{"statement": execErr, "transaction": txErr} {
		if !errors.Is(got, context.Canceled) {
			t.Errorf("%s: got error %v, want %v", what, got, context.Canceled)
		}
	}
	waited := make(chan error)
	go func() {
		_, err := conn.ExecContext(t.Context(), "CREATE TABLE beside (n INTEGER)")
		waited <- err
	}()
	held.give()
	if err := <-waited; err != nil {
		t.Errorf("after the floor was given: got error %v, want none", err)
	}
}

// Whatever comes of a transaction, a statement or a query, the floor is given back.
func TestFloorIsGivenBack(t *testing.T) {
	t.Parallel()
	store, db, held := besideWriter(t)
	ctx := t.Context()
	has := func(what string, want int) {
		t.Helper()
		if got := len(held); got != want {
			t.Errorf("%s: got %d who have the floor, want %d", what, got, want)
		}
	}
	for what, fn := range map[string]func() error{
		"a statement": func() error {
			_, err := db.ExecContext(ctx, "CREATE TABLE beside (n INTEGER)")
			return err
		},
		"a wrong statement": func() error {
			if _, err := db.ExecContext(ctx, "CREATE TABLE"); err == nil {
				return errors.New("got no error, want one")
			}
			return nil
		},
		"a wrong query": func() error {
			if found, err := db.QueryContext(ctx, "SELECT FROM nowhere"); err == nil {
				defer func() { _ = found.Close() }()
				return errors.Join(errors.New("got no error, want one"), found.Err())
			}
			return nil
		},
		"a query": func() error {
			found, err := db.QueryContext(ctx, "SELECT 1 UNION SELECT 2")
			if err != nil {
				return err
			}
			defer func() { _ = found.Close() }() // closing twice gives it back once
			has("rows", 1)
			return errors.Join(found.Close(), found.Err())
		},
		"a commit":   func() error { return transaction(ctx, db, has, (*sql.Tx).Commit) },
		"a rollback": func() error { return transaction(ctx, db, has, (*sql.Tx).Rollback) },
		"a write of the store": func() error {
			return store.write(ctx, func(*gorm.DB) error {
				has("a write", 1)
				return nil
			})
		},
	} {
		if err := fn(); err != nil {
			t.Errorf("%s: got error %v, want none", what, err)
		}
		has("after "+what, 0)
	}
}

func transaction(ctx context.Context, db *sql.DB, has func(string, int), end func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	has("a transaction", 1)
	_, err = tx.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS other (n INTEGER)")
	return errors.Join(err, end(tx))
}
