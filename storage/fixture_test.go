package storage_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fifteen/scoring"
	"fifteen/storage"
	"fifteen/storage/storagetest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// serverEnv names the postgres:// URL of a server where databases may be
// created. Without it the contract is checked on SQLite only.
const serverEnv = "FIFTEEN_TEST_POSTGRES"

// A kind is a database that the contract holds on.
type kind struct {
	name string
	// empty returns the name of a new, empty database.
	empty func(t *testing.T) string
}

func kinds() []kind {
	all := []kind{{name: "sqlite", empty: emptySQLite}}
	if os.Getenv(serverEnv) != "" {
		all = append(all, kind{name: "postgres", empty: emptyPostgres})
	}
	return all
}

func emptySQLite(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "fifteen.db")
}

func emptyPostgres(t *testing.T) string {
	t.Helper()
	dsn, drop, err := storagetest.Postgres(t.Context(), os.Getenv(serverEnv))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := drop(context.Background()); err != nil { //nolint:usetesting // the test's context is over
			t.Error(err)
		}
	})
	return dsn
}

// start is when every test begins.
var start = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// A place is an open store with a workspace in euros, a manager and two reps.
type place struct {
	*testing.T
	dsn                string
	store              *storage.Store
	home               int64
	petra, anna, boris storage.Member
	fresh              storage.Member // nobody has greeted them; only where linked
	now                time.Time
	db                 *sql.DB
}

// open makes a place in a new database.
func open(t *testing.T, k kind) *place {
	t.Helper()
	p := &place{T: t, dsn: k.empty(t), now: start}
	p.reopen()
	t.Cleanup(func() { shut(t, p.store) })
	p.settle("acme")
	return p
}

// settle adds a workspace with its people and goes there.
func (p *place) settle(key string) {
	p.Helper()
	home, err := p.store.AddWorkspace(p.Context(), storage.Workspace{
		Name: strings.ToUpper(key), Key: key, Currency: "EUR", Zone: "Europe/Prague",
		Visibility: storage.VisibleOwn, CreatedAt: p.now,
	})
	if err != nil {
		p.Fatal(err)
	}
	p.home = home.ID
	p.petra, p.anna, p.boris = p.join("petra", "manager"), p.join("anna", "rep"), p.join("boris", "rep")
}

// join adds a member whose account in the terminal has the same name.
func (p *place) join(name, role string) storage.Member {
	p.Helper()
	return write(p, func(ctx context.Context, tx *storage.Tx) (storage.Member, error) {
		return tx.AddMember(ctx, storage.Member{
			Name: strings.ToUpper(name), Key: name, Role: role, Locale: "cs", CreatedAt: p.now,
		}, "terminal", name)
	})
}

// reopen closes the store, if it is open, and opens it again.
func (p *place) reopen() {
	p.Helper()
	if p.store != nil {
		shut(p, p.store)
	}
	store, err := storage.Open(p.Context(), p.dsn)
	if err != nil {
		p.Fatal(err)
	}
	p.store = store
}

// by is a member who does something now, a minute after what was before.
func (p *place) by(m storage.Member) storage.Author {
	p.now = p.now.Add(time.Minute)
	return storage.Author{Member: m.ID, At: p.now, Platform: "terminal", Chat: "dm", Command: "test"}
}

// try runs fn in a Write and returns its error.
func (p *place) try(fn func(ctx context.Context, tx *storage.Tx) error) error {
	return p.store.Write(p.Context(), p.home, func(tx *storage.Tx) error { return fn(p.Context(), tx) })
}

// write returns what fn returns in a Write, which must succeed.
func write[T any](p *place, fn func(ctx context.Context, tx *storage.Tx) (T, error)) T {
	p.Helper()
	var result T
	err := p.try(func(ctx context.Context, tx *storage.Tx) (err error) {
		result, err = fn(ctx, tx)
		return err
	})
	if err != nil {
		p.Fatal(err)
	}
	return result
}

// read returns what fn returns in a Read, which must succeed.
func read[T any](p *place, fn func(ctx context.Context, tx *storage.Tx) (T, error)) T {
	p.Helper()
	var result T
	err := p.store.Read(p.Context(), p.home, func(tx *storage.Tx) (err error) {
		result, err = fn(p.Context(), tx)
		return err
	})
	if err != nil {
		p.Fatal(err)
	}
	return result
}

// add stores a deal of Anna's, or of who is set as its owner.
func (p *place) add(d storage.Deal) storage.Deal {
	p.Helper()
	d.Key = strings.ToLower(d.Name)
	if d.Owner == 0 {
		d.Owner = p.anna.ID
	}
	by := p.by(p.anna)
	return write(p, func(ctx context.Context, tx *storage.Tx) (storage.Deal, error) { return tx.AddDeal(ctx, d, by) })
}

// change reads a deal, lets fn change it and saves it.
func (p *place) change(number int64, by storage.Author, fn func(*storage.Deal)) storage.Deal {
	p.Helper()
	return write(p, func(ctx context.Context, tx *storage.Tx) (storage.Deal, error) {
		before, err := tx.Deal(ctx, number)
		if err != nil {
			return storage.Deal{}, err
		}
		after := before
		fn(&after)
		return tx.SaveDeal(ctx, before, after, by)
	})
}

// deal returns a deal as it is stored.
func (p *place) deal(number int64) storage.Deal {
	p.Helper()
	return read(p, func(ctx context.Context, tx *storage.Tx) (storage.Deal, error) { return tx.Deal(ctx, number) })
}

// same reports a difference between what was got and wanted.
func (p *place) same(what string, got, want any) {
	p.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		p.Errorf("%s: got +, want -:\n%s", what, diff)
	}
}

// raw opens the database beside the store.
func (p *place) raw() *sql.DB {
	p.Helper()
	if p.db == nil {
		p.db = rawDB(p.T, p.dsn)
	}
	return p.db
}

func rawDB(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	driver, name := "sqlite3", "file:"+dsn+"?_busy_timeout=5000"
	if storage.IsPostgres(dsn) {
		driver, name = "pgx", dsn
	}
	db, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut(t, db) })
	return db
}

// shut closes what a test has opened.
func shut(tb testing.TB, c io.Closer) {
	tb.Helper()
	if err := c.Close(); err != nil {
		tb.Errorf("close: got error %v, want none", err)
	}
}

// rows returns the rows of a query, each as its values with a space between,
// without the columns named in except.
func rows(t *testing.T, db *sql.DB, query string, except ...string) []string {
	t.Helper()
	found, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := found.Close(); err != nil {
			t.Error(err)
		}
	}()
	columns, err := found.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for found.Next() {
		values, places := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			places[i] = &values[i]
		}
		if err := found.Scan(places...); err != nil {
			t.Fatal(err)
		}
		var row []string
		for i, column := range columns {
			if !slices.Contains(except, column) {
				row = append(row, text(values[i]))
			}
		}
		all = append(all, strings.Join(row, " "))
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// text writes a value alike for both databases.
func text(value any) string {
	switch v := value.(type) {
	case time.Time:
		return v.UTC().Format(time.RFC3339Nano)
	case []byte:
		return string(v)
	default:
		return fmt.Sprint(v)
	}
}

// sure is a card that scores 15: nine answers given at the same time.
func sure(at time.Time) scoring.Card {
	var card scoring.Card
	for c := range card.Answers {
		card.Answers[c] = scoring.Answer{Reply: scoring.Yes, At: at, Rev: 1}
	}
	return card
}

// eur is an amount in euros.
func eur(cents int64) scoring.Money { return scoring.Money{Minor: cents, Currency: "EUR"} }
