package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/mattn/go-sqlite3"
)

func TestWaitingRequestsShareACommit(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	release := d.hold()
	results := d.submit(requests(64))
	d.commits.Store(0)
	counted := d.w.commits.Load()
	release()
	d.check(results(), nil)
	if got := d.commits.Load(); got != 2 {
		t.Errorf("commits that SQLite made: got %d, want 2, of the write that held the writer and of 64 together", got)
	}
	if got := d.w.commits.Load() - counted; got != 2 {
		t.Errorf("commits that the writer counted: got %d, want 2", got)
	}
}

func TestFullBatch(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	release := d.hold()
	results := d.submit(requests(batchSize))
	ctx, cancel := context.WithCancel(t.Context())
	late := make(chan error)
	go func() {
		late <- d.store.Write(ctx, d.home, func(*Tx) error {
			t.Error("a request that was given up: got a start, want none")
			return nil
		})
	}()
	cancel()
	if err := <-late; !errors.Is(err, context.Canceled) {
		t.Errorf("a request that was given up: got error %v, want %v", err, context.Canceled)
	}
	d.commits.Store(0)
	release()
	d.check(results(), nil)
	if got := d.commits.Load(); got != 2 {
		t.Errorf("commits: got %d, want 2", got)
	}
}

// Full disks and cancelled, panicking and failing requests of one batch harm
// nobody else.
func TestOneBatchOfTrouble(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	all := requests(64)
	want := map[string]error{}

	var cancel context.CancelFunc
	all[7].ctx, cancel = context.WithCancel(t.Context())
	d.raw(func(conn *sqlite3.SQLiteConn) {
		if err := conn.RegisterFunc("give_up", func() int64 { cancel(); return 1 }, false); err != nil {
			t.Error(err)
		}
	})
	all[7].between = func(ctx context.Context, tx *Tx) error {
		_, err := tx.exec(ctx, "INSERT INTO cursors (stream, position) SELECT 'given up', give_up()")
		return err
	}
	all[13].between = func(context.Context, *Tx) error { panic("thirteen") }
	want[all[13].key] = errPanic
	all[21].between = func(ctx context.Context, tx *Tx) error {
		_, err := tx.Post(ctx, Post{EventKey: all[20].key})
		return err
	}
	want[all[21].key] = ErrExists
	all[34].between = fillDisk
	want[all[34].key] = errFull
	all[35].between = func(ctx context.Context, tx *Tx) error {
		_ = fillDisk(ctx, tx) // goes on as if nothing had happened
		return nil
	}
	want[all[35].key] = errLost
	all[36].between = func(ctx context.Context, tx *Tx) error {
		_ = fillDisk(ctx, tx)
		_, _ = tx.next(ctx, "lost")
		return nil
	}
	want[all[36].key] = errLost
	all[50].between = func(ctx context.Context, tx *Tx) error {
		_, err := tx.Post(ctx, Post{Body: huge}) // here SQLite only takes the statement back
		return err
	}
	want[all[50].key] = errFull

	d.limit(100)
	release := d.hold()
	results := d.submit(all)
	release()
	got := results()
	for key, err := range got {
		got[key] = known(err)
	}
	d.check(got, want)
	var lost int
	if err := d.w.conn.QueryRowContext(t.Context(), "SELECT count(*) FROM counters WHERE name = 'lost'").Scan(&lost); err != nil || lost != 0 {
		t.Errorf("counters written after the transaction had ended: got %d, error %v, want 0", lost, err)
	}
}

// Errors that are told apart by their text or code.
var (
	errPanic = errors.New("panic")
	errFull  = errors.New("full disk")
)

func known(err error) error {
	var full sqlite3.Error
	switch {
	case err != nil && strings.HasPrefix(err.Error(), "panic in a write: thirteen"):
		return errPanic
	case errors.As(err, &full) && full.Code == sqlite3.ErrFull:
		return errFull
	default:
		return err
	}
}

// limit lets the database grow by some pages and no more.
func (d *desk) limit(more int) {
	d.Helper()
	var pages int
	if err := d.w.conn.QueryRowContext(d.Context(), "PRAGMA page_count").Scan(&pages); err != nil {
		d.Fatal(err)
	}
	if _, err := d.w.conn.ExecContext(d.Context(), fmt.Sprintf("PRAGMA max_page_count = %d", pages+more)); err != nil {
		d.Fatal(err)
	}
}

// huge is more than limit leaves room for.
var huge = strings.Repeat("full ", 1<<20)

// fillDisk meets a full disk, after which SQLite ends the transaction.
func fillDisk(ctx context.Context, tx *Tx) error {
	_, err := tx.exec(ctx, "INSERT INTO cursors (stream, position) VALUES (?, 1)", huge)
	return err
}

func TestRequestThatWasGivenUp(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	release := d.hold()
	all := requests(3)
	first := d.submit(all[:1])
	ctx, cancel := context.WithCancel(t.Context())
	all[1].ctx = ctx
	given := make(chan error)
	go func() { given <- d.store.Write(ctx, d.home, all[1].run) }()
	d.queued(2)
	cancel()
	if err := <-given; !errors.Is(err, context.Canceled) {
		t.Errorf("a request that was given up while it waits: got error %v, want %v", err, context.Canceled)
	}
	late, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	all[2].ctx = late
	if err := d.store.Write(late, d.home, all[2].run); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a request whose time was over: got error %v, want %v", err, context.DeadlineExceeded)
	}
	release()
	d.check(first(), nil)
	if all[1].runs.Load()+all[2].runs.Load() != 0 {
		t.Errorf("runs of requests that were given up: got %d and %d, want none", all[1].runs.Load(), all[2].runs.Load())
	}
}

func TestLostTransactionRunsEachAlone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	all := requests(8)
	all[5].between = func(ctx context.Context, tx *Tx) error {
		_, err := tx.exec(ctx, "ROLLBACK")
		return err
	}
	release := d.hold()
	results := d.submit(all)
	d.commits.Store(0)
	release()
	d.check(results(), map[string]error{all[5].key: errLost})
	for i, r := range all {
		want := int64(2) // once in the batch and once alone
		if i > 5 {
			want = 1
		}
		if got := r.runs.Load(); got != want {
			t.Errorf("%s: got %d runs, want %d", r.key, got, want)
		}
	}
	if got := d.commits.Load(); got != 8 {
		t.Errorf("commits: got %d, want 8, of the write that held the writer and of 7 alone", got)
	}
}

func TestFailedCommitRunsEachAlone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	all := requests(8)
	release := d.hold()
	results := d.submit(all)
	d.refused = d.commits.Load() + 2 // after that of the write that holds the writer
	release()
	d.check(results(), nil)
	for _, r := range all {
		if got := r.runs.Load(); got != 2 {
			t.Errorf("%s: got %d runs, want 2, in the batch and alone", r.key, got)
		}
	}
}

func TestFailedCommitOfOneRequest(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.refused = 1
	all := requests(1)
	var refused sqlite3.Error
	all[0].ctx = t.Context()
	if err := d.store.Write(t.Context(), d.home, all[0].run); !errors.As(err, &refused) {
		t.Errorf("got error %v, want SQLite's", err)
	}
	d.check(map[string]error{all[0].key: d.store.Write(t.Context(), d.home, all[0].run)}, nil)
}

func TestLockedDatabase(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	other, err := sql.Open("sqlite3", "file:"+d.file+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer shut(t, other)
	if _, err := d.w.conn.ExecContext(t.Context(), "PRAGMA busy_timeout = 0"); err != nil {
		t.Fatal(err)
	}
	lock, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	all := requests(4)
	for i, r := range all {
		var busy sqlite3.Error
		r.ctx = t.Context()
		if err := d.store.Write(t.Context(), d.home, r.run); !errors.As(err, &busy) || busy.Code != sqlite3.ErrBusy {
			t.Errorf("write %d of a locked database: got error %v, want that it is busy", i, err)
		}
	}
	if err := lock.Rollback(); err != nil {
		t.Fatal(err)
	}
	got := map[string]error{}
	for _, r := range all {
		got[r.key] = d.store.Write(t.Context(), d.home, r.run)
	}
	d.check(got, nil)
}

func TestCloseFinishesWhatWaits(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	release := d.hold()
	all := requests(32)
	results := d.submit(all)
	closed := make(chan error)
	go func() { closed <- d.store.Close() }()
	for d.store.enter() == nil { // until Close has begun
		d.store.busy.Done()
		runtime.Gosched()
	}
	release()
	if err := <-closed; err != nil {
		t.Errorf("close: got error %v, want none", err)
	}
	if err := d.store.Write(t.Context(), d.home, all[0].run); !errors.Is(err, ErrClosed) {
		t.Errorf("write after close: got error %v, want %v", err, ErrClosed)
	}
	got := results()
	d.open()
	d.check(got, nil)
}
