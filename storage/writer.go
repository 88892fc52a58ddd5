package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"

	gormsqlite "gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

// batchSize is the most requests that share one commit.
const batchSize = 256

// writer is SQLite's one writer. Requests that wait at the same time share a
// commit, each in a savepoint of its own, because on a durable database the
// sync of a commit is what costs. The writer owns the connection and runs every
// statement under its own context, never under a request's: an interrupted
// statement would roll back everybody's.
type writer struct {
	conn    *sql.Conn
	gorm    *gorm.DB
	floor   floor
	queue   chan *job
	closing chan struct{}
	ended   chan struct{}
	once    sync.Once
	// commits counts commits; the tests read it.
	commits atomic.Int64
}

// job is one request's part of a batch.
type job struct {
	fn    func(*gorm.DB) error
	state atomic.Int32
	done  chan error
	err   error
}

// The states of a job. Whoever moves it out of waiting decides its fate.
const (
	waiting int32 = iota
	started
	givenUp
)

// errLost says that SQLite has ended the transaction by itself, as it may after
// a full disk or an I/O error; all requests of the batch have to run again.
var errLost = errors.New("transaction ended by the database")

// errBegin says that a transaction could not even be begun.
var errBegin = errors.New("begin to write")

func newWriter(conn *sql.Conn) (*writer, error) {
	w := &writer{
		conn: conn, floor: newFloor(), queue: make(chan *job, batchSize),
		closing: make(chan struct{}), ended: make(chan struct{}),
	}
	var err error
	if w.gorm, err = openGorm(gormsqlite.Dialector{Conn: guarded{conn, w}}); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	go w.loop()
	return w, nil
}

// do runs fn in the next batch and returns when its commit is durable. If ctx
// ends before fn has started, fn is skipped.
func (w *writer) do(ctx context.Context, fn func(*gorm.DB) error) error {
	j := &job{fn: fn, done: make(chan error, 1)}
	select {
	case w.queue <- j:
	case <-ctx.Done():
		return fmt.Errorf("wait to write: %w", ctx.Err())
	case <-w.closing:
		return ErrClosed
	}
	select {
	case err := <-j.done:
		return err
	case <-ctx.Done():
		if j.state.CompareAndSwap(waiting, givenUp) {
			return fmt.Errorf("wait to write: %w", ctx.Err())
		}
		return <-j.done
	case <-w.ended:
		select {
		case err := <-j.done:
			return err
		default:
			return ErrClosed
		}
	}
}

func (w *writer) loop() {
	defer close(w.ended)
	for {
		select {
		case j := <-w.queue:
			w.run(w.collect(j))
		case <-w.closing:
			if len(w.queue) == 0 {
				return
			}
			w.run(w.collect(<-w.queue))
		}
	}
}

// collect takes what waits right now.
func (w *writer) collect(first *job) []*job {
	batch := []*job{first}
	for len(batch) < batchSize {
		select {
		case j := <-w.queue:
			batch = append(batch, j)
		default:
			return batch
		}
	}
	return batch
}

// run runs a batch in one transaction. If the transaction is lost, each request
// runs again alone, so that one of them cannot take the others down.
func (w *writer) run(batch []*job) {
	live := batch[:0]
	for _, j := range batch {
		if j.state.CompareAndSwap(waiting, started) {
			live = append(live, j)
		}
	}
	if len(live) == 0 {
		return
	}
	err := w.attempt(live)
	for _, j := range live {
		switch {
		case err == nil: // it has its own error, if any
		case len(live) == 1 || errors.Is(err, errBegin): // another process holds the database; each would wait as long
			j.err = err
		default:
			j.err = w.attempt([]*job{j})
		}
	}
	for _, j := range live {
		j.done <- j.err
	}
}

// attempt runs jobs in one transaction and sets their errors. It returns an
// error when nothing of it was committed.
func (w *writer) attempt(jobs []*job) error {
	ctx := context.Background()
	if err := w.floor.take(ctx); err != nil {
		return fmt.Errorf("%w: %w", errBegin, err)
	}
	defer w.floor.give()
	if err := w.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return fmt.Errorf("%w: %w", errBegin, err)
	}
	for _, j := range jobs {
		if j.err = w.savepoint(ctx, j); errors.Is(j.err, errLost) {
			return errors.Join(j.err, w.rollback(ctx))
		}
	}
	if err := w.exec(ctx, "COMMIT"); err != nil {
		return errors.Join(fmt.Errorf("commit: %w", err), w.rollback(ctx))
	}
	w.commits.Add(1)
	if len(jobs) == 1 {
		return jobs[0].err
	}
	return nil
}

// savepoint runs one job so that its failure leaves nothing behind and the
// transaction as it was.
func (w *writer) savepoint(ctx context.Context, j *job) error {
	if err := w.exec(ctx, "SAVEPOINT request"); err != nil {
		return errors.Join(errLost, err)
	}
	err := w.contained(ctx, j)
	if err == nil {
		err = w.exec(ctx, "RELEASE request")
	}
	if err == nil {
		return nil
	}
	if !w.open() {
		return errors.Join(errLost, err)
	}
	if undo := w.exec(ctx, "ROLLBACK TO request"); undo != nil {
		return errors.Join(errLost, err, undo)
	}
	if undo := w.exec(ctx, "RELEASE request"); undo != nil {
		return errors.Join(errLost, err, undo)
	}
	return err
}

// contained runs the job's function and turns a panic into an error.
func (w *writer) contained(ctx context.Context, j *job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a write: %v\n%s", p, debug.Stack())
		}
	}()
	return j.fn(w.gorm.WithContext(ctx))
}

// guarded is the writer's connection as a request sees it. It sends nothing once
// SQLite has ended the transaction, because that would be stored by itself.
type guarded struct {
	*sql.Conn
	w *writer
}

// ExecContext returns errLost when the transaction has ended.
func (g guarded) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if !g.w.open() {
		return nil, errLost
	}
	return g.Conn.ExecContext(ctx, query, args...)
}

// QueryContext returns errLost when the transaction has ended.
func (g guarded) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if !g.w.open() {
		return nil, errLost
	}
	return g.Conn.QueryContext(ctx, query, args...)
}

// QueryRowContext returns a row whose error is that the context is cancelled
// when the transaction has ended: a row has no place for errLost.
func (g guarded) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if g.w.gorm != nil && !g.w.open() { // while gorm is set up, nothing is open yet
		ended, cancel := context.WithCancel(ctx)
		cancel()
		ctx = ended
	}
	return g.Conn.QueryRowContext(ctx, query, args...)
}

// open tells whether the transaction is still there.
func (w *writer) open() bool {
	open := false
	err := w.conn.Raw(func(conn any) (err error) {
		open, err = inTransaction(conn)
		return err
	})
	return err == nil && open
}

func (w *writer) rollback(ctx context.Context) error {
	if !w.open() {
		return nil
	}
	return w.exec(ctx, "ROLLBACK")
}

func (w *writer) exec(ctx context.Context, statement string) error {
	_, err := w.conn.ExecContext(ctx, statement)
	return err
}

// close lets the writer finish what waits and gives the connection back.
func (w *writer) close() error {
	w.once.Do(func() { close(w.closing) })
	<-w.ended
	return w.conn.Close()
}
