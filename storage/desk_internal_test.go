package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/mattn/go-sqlite3"
)

// desk is a store on SQLite whose writer can be held.
type desk struct {
	*testing.T
	file  string
	store *Store
	w     *writer
	home  int64
	// commits is what SQLite itself counts.
	commits atomic.Int64
	// refused is the commit that fails, counted from 1.
	refused int64
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{T: t, file: filepath.Join(t.TempDir(), "fifteen.db")}
	d.open()
	t.Cleanup(func() { shut(t, d.store) })
	home, err := d.store.AddWorkspace(t.Context(), Workspace{Name: "Acme", Key: "acme"})
	if err != nil {
		t.Fatal(err)
	}
	d.home = home.ID
	d.raw(func(conn *sqlite3.SQLiteConn) {
		conn.RegisterCommitHook(func() int {
			if d.commits.Add(1) == d.refused {
				return 1
			}
			return 0
		})
	})
	return d
}

func (d *desk) open() {
	d.Helper()
	store, err := Open(d.Context(), d.file)
	if err != nil {
		d.Fatal(err)
	}
	e, ok := store.engine.(*sqliteEngine)
	if !ok {
		d.Fatalf("engine: got %T, want SQLite's", store.engine)
	}
	d.store, d.w = store, e.writer
}

// raw gives fn the writer's own connection.
func (d *desk) raw(fn func(*sqlite3.SQLiteConn)) {
	d.Helper()
	err := d.w.conn.Raw(func(c any) error {
		conn, ok := c.(*sqlite3.SQLiteConn)
		if !ok {
			return fmt.Errorf("connection: got %T", c)
		}
		fn(conn)
		return nil
	})
	if err != nil {
		d.Fatal(err)
	}
}

// hold keeps the writer busy until release is called.
func (d *desk) hold() (release func()) {
	d.Helper()
	started, finish, done := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() {
		done <- d.store.Write(d.Context(), d.home, func(*Tx) error {
			close(started)
			<-finish
			return nil
		})
	}()
	<-started
	return func() {
		d.Helper()
		close(finish)
		if err := <-done; err != nil {
			d.Errorf("the write that held the writer: got error %v, want none", err)
		}
	}
}

// queued waits until n requests wait for the writer.
func (d *desk) queued(n int) {
	for len(d.w.queue) < n {
		runtime.Gosched()
	}
}

// A request is a write that leaves its key in two tables if it is acknowledged,
// with something of its own between.
type request struct {
	ctx     context.Context //nolint:containedctx // it is an argument to come
	key     string
	between func(ctx context.Context, tx *Tx) error
	runs    atomic.Int64
}

// run is what a request does in a write.
func (r *request) run(tx *Tx) error {
	r.runs.Add(1)
	if _, err := tx.Post(r.ctx, Post{EventKey: r.key}); err != nil {
		return err
	}
	if r.between != nil {
		if err := r.between(r.ctx, tx); err != nil {
			return err
		}
	}
	_, err := tx.KeepDraft(r.ctx, Draft{EventKey: r.key})
	return err
}

// submit starts the requests in their order and returns what will come of them.
func (d *desk) submit(requests []*request) (results func() map[string]error) {
	d.Helper()
	type result struct {
		key string
		err error
	}
	ch := make(chan result, len(requests))
	for i, r := range requests {
		if r.ctx == nil {
			r.ctx = d.Context()
		}
		go func() { ch <- result{r.key, d.store.Write(r.ctx, d.home, r.run)} }()
		d.queued(i + 1)
	}
	return func() map[string]error {
		all := map[string]error{}
		for range requests {
			r := <-ch
			all[r.key] = r.err
		}
		return all
	}
}

func requests(n int) []*request {
	all := make([]*request, n)
	for i := range all {
		all[i] = &request{key: fmt.Sprintf("request %02d", i)}
	}
	return all
}

// check compares what was acknowledged with what is stored, and the errors with
// those that are wanted.
func (d *desk) check(results, want map[string]error) {
	d.Helper()
	var acknowledged []string
	for key, err := range results {
		if err == nil {
			acknowledged = append(acknowledged, key)
		}
		if !errors.Is(err, want[key]) {
			d.Errorf("%s: got error %v, want %v", key, err, want[key])
		}
	}
	slices.Sort(acknowledged)
	for _, table := range []string{"outbox", "drafts"} {
		if got := d.keys(table); !slices.Equal(got, acknowledged) {
			d.Errorf("%s: got %q, want what was acknowledged, %q", table, got, acknowledged)
		}
	}
}

// keys returns the keys of requests that a table holds.
func (d *desk) keys(table string) (keys []string) {
	d.Helper()
	err := d.store.Read(d.Context(), d.home, func(tx *Tx) error {
		return tx.scan(d.Context(), &keys, "SELECT event_key FROM "+table+" ORDER BY event_key")
	})
	if err != nil {
		d.Fatal(err)
	}
	return keys
}

// shut closes what a test has opened.
func shut(tb testing.TB, c io.Closer) {
	tb.Helper()
	if err := c.Close(); err != nil {
		tb.Errorf("close: got error %v, want none", err)
	}
}
