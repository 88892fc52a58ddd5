package demo_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fifteen/commands/demo"
	"fifteen/storage"
)

// A company is a database with the demo in it.
type company struct {
	*testing.T
	moment
	store *storage.Store
	home  int64
	dsn   string
}

// A fileCopy is an SQLite file with the demo of a moment in it, loaded by the first
// test that needs it: loading takes seconds.
type fileCopy struct {
	sync.Once
	file []byte
	home int64
}

// copies are the files of all moments, by moment.
var copies = func() map[string]*fileCopy {
	all := map[string]*fileCopy{}
	for _, m := range moments {
		all[m.String()] = &fileCopy{}
	}
	return all
}()

// load opens a new SQLite file with the demo of one of the moments in it.
func load(t *testing.T, m moment) *company {
	t.Helper()
	kept := copies[m.String()]
	kept.Do(func() { kept.file, kept.home = keep(t, loadAnew(t, m)) })
	if kept.file == nil {
		t.Fatalf("%s: could not be loaded", m)
	}
	file := filepath.Join(t.TempDir(), "fifteen.db")
	if err := os.WriteFile(file, kept.file, 0o600); err != nil {
		t.Fatal(err)
	}
	c := open(t, m, file)
	c.home = kept.home
	return c
}

// keep returns an SQLite file as it stands, and its workspace.
func keep(t *testing.T, c *company) (file []byte, home int64) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "copy.db")
	db, err := sql.Open("sqlite3", "file:"+c.dsn+"?_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.ExecContext(t.Context(), "VACUUM INTO ?", name)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	if file, err = os.ReadFile(name); err != nil {
		t.Fatal(err)
	}
	return file, c.home
}

// loadAnew loads the demo into a new SQLite file.
func loadAnew(t *testing.T, m moment) *company {
	t.Helper()
	c := settle(t, m, filepath.Join(t.TempDir(), "fifteen.db"))
	if err := demo.Load(t.Context(), c.store, c.home, m.at); err != nil {
		t.Fatalf("load: %v", err)
	}
	return c
}

// settle opens a database and makes an empty workspace in it.
func settle(t *testing.T, m moment, dsn string) *company {
	t.Helper()
	c := open(t, m, dsn)
	c.home = c.workspace("local")
	return c
}

// open opens a database; the company has no workspace yet.
func open(t *testing.T, m moment, dsn string) *company {
	t.Helper()
	store, err := storage.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return &company{T: t, moment: m, store: store, dsn: dsn}
}

// workspace adds an empty workspace.
func (c *company) workspace(key string) int64 {
	c.Helper()
	home, err := c.store.AddWorkspace(c.Context(), storage.Workspace{
		Name: key, Key: key, Currency: "EUR", Zone: c.zone, Visibility: storage.VisibleOwn, CreatedAt: c.at,
	})
	if err != nil {
		c.Fatal(err)
	}
	return home.ID
}

// rows returns what a query finds beside the store, each row as its values.
func (c *company) rows(query string, args ...any) [][]any {
	c.Helper()
	driver, name := "sqlite3", "file:"+c.dsn+"?mode=ro&_busy_timeout=5000"
	if storage.IsPostgres(c.dsn) {
		driver, name = "pgx", c.dsn
	}
	db, err := sql.Open(driver, name)
	if err != nil {
		c.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			c.Error(err)
		}
	}()
	found, err := db.QueryContext(c.Context(), query, args...)
	if err != nil {
		c.Fatalf("%s: %v", query, err)
	}
	defer found.Close() //nolint:errcheck // found.Err tells
	columns, err := found.Columns()
	if err != nil {
		c.Fatal(err)
	}
	var all [][]any
	for found.Next() {
		row, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := found.Scan(into...); err != nil {
			c.Fatal(err)
		}
		all = append(all, row)
	}
	if err := found.Err(); err != nil {
		c.Fatal(err)
	}
	return all
}

// count returns the one number that a query finds.
func (c *company) count(query string) int {
	c.Helper()
	rows := c.rows(query)
	if len(rows) != 1 || len(rows[0]) != 1 {
		c.Fatalf("%s: got %v, want one number", query, rows)
	}
	return int(value[int64](c, rows[0][0]))
}

// value is v as a T.
func value[T any](c *company, v any) T {
	c.Helper()
	typed, ok := v.(T)
	if !ok {
		c.Fatalf("got %v, a %T, want a %T", v, v, typed)
	}
	return typed
}

// tables are all tables of storage.
var tables = []string{
	"workspaces", "counters", "members", "accounts", "companies", "deals", "changes", "answers", "scores", "claims",
	"step_changes", "refusal_changes", "refusals", "tracks", "notes", "targets", "drafts", "outbox", "cursors", "products",
	"activities", "decisions", "checkins",
}

// dump writes every row of every table, alike for both databases.
func (c *company) dump() []string {
	c.Helper()
	lines := make([]string, 0, 6000)
	for _, table := range tables {
		var rows []string
		for _, row := range c.rows("SELECT * FROM " + table) {
			fields := make([]string, len(row))
			for i, v := range row {
				if at, ok := v.(time.Time); ok {
					v = at.UTC().Format(time.RFC3339Nano)
				}
				fields[i] = fmt.Sprint(v)
			}
			rows = append(rows, table+" "+strings.Join(fields, " "))
		}
		slices.Sort(rows)
		lines = append(lines, rows...)
	}
	return lines
}
