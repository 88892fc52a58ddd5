package main

import (
	"context"
	"database/sql"
	"errors"
)

// most is the most writes that share a commit.
const most = 256

// shared is a program whose writes wait for one writer, which takes all that
// wait into one transaction, each in a savepoint.
type shared struct {
	conn    *sql.Conn
	line    noteLine
	begin   *sql.Stmt
	commit  *sql.Stmt
	save    *sql.Stmt
	release *sql.Stmt
	queue   chan request
	ended   chan struct{}
}

type request struct {
	entry entry
	done  chan error
}

// openShared is the program with shared commits.
func openShared(dir string) (write func(ctx context.Context, client, i int) error, shut func() error, err error) {
	return byClients(sharedWriter(dir))
}

// sharedWriter opens the program and starts its writer.
func sharedWriter(dir string) (write writer, shut func() error, err error) {
	ctx := context.Background()
	db, err := openWriter(dir)
	if err != nil {
		return nil, nil, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	s := &shared{conn: conn, queue: make(chan request, most), ended: make(chan struct{})}
	if err := s.prepare(ctx); err != nil {
		return nil, nil, errors.Join(err, conn.Close(), db.Close())
	}
	go s.loop(ctx)
	write = func(ctx context.Context, e entry) error {
		r := request{e, make(chan error, 1)}
		select {
		case s.queue <- r:
			return <-r.done
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	shut = func() error {
		close(s.queue)
		<-s.ended
		return errors.Join(s.line.close(), s.begin.Close(), s.commit.Close(), s.save.Close(), s.release.Close(),
			conn.Close(), db.Close())
	}
	return write, shut, nil
}

func (s *shared) prepare(ctx context.Context) (err error) {
	if s.line, err = prepareLine(ctx, s.conn); err != nil {
		return err
	}
	for text, stmt := range map[string]**sql.Stmt{
		"BEGIN IMMEDIATE": &s.begin, "COMMIT": &s.commit, "SAVEPOINT request": &s.save, "RELEASE request": &s.release,
	} {
		if *stmt, err = s.conn.PrepareContext(ctx, text); err != nil { //nolint:sqlclosecheck // openShared does
			return err
		}
	}
	return nil
}

// loop runs what waits, until the queue is closed.
func (s *shared) loop(ctx context.Context) {
	defer close(s.ended)
	for first := range s.queue {
		batch := []request{first}
		for len(batch) < most && len(s.queue) > 0 {
			batch = append(batch, <-s.queue)
		}
		s.run(ctx, batch)
	}
}

// run runs a batch in one transaction. When that fails, all of it fails.
func (s *shared) run(ctx context.Context, batch []request) {
	errs := make([]error, len(batch))
	_, err := s.begin.ExecContext(ctx)
	for i, r := range batch {
		if err == nil {
			errs[i], err = s.one(ctx, r)
		}
	}
	if err == nil {
		_, err = s.commit.ExecContext(ctx)
	}
	if err != nil {
		_, undo := s.conn.ExecContext(ctx, "ROLLBACK")
		err = errors.Join(err, undo)
	}
	for i, r := range batch {
		r.done <- errors.Join(err, errs[i])
	}
}

// one runs a write in a savepoint; lost is an error that ends the batch.
func (s *shared) one(ctx context.Context, r request) (err, lost error) {
	if _, lost := s.save.ExecContext(ctx); lost != nil {
		return nil, lost
	}
	if err = s.line.run(ctx, r.entry); err != nil {
		if _, lost := s.conn.ExecContext(ctx, "ROLLBACK TO request"); lost != nil {
			return err, lost
		}
	}
	_, lost = s.release.ExecContext(ctx)
	return err, lost
}
