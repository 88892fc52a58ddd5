package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"fifteen/storage"
	"fifteen/storage/storagetest"

	_ "github.com/mattn/go-sqlite3" // the driver named "sqlite3"
)

// openWriter opens the database with the options that package storage uses.
func openWriter(dir string) (*sql.DB, error) {
	db, err := sql.Open("sqlite3", "file:"+file(dir)+
		"?_journal_mode=WAL&_busy_timeout=5000&_txlock=immediate&_foreign_keys=1&_synchronous=FULL&_stmt_cache_size=128")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

// noteLine are the prepared statements of a note line.
type noteLine struct{ readDeal, touchDeal, addNote, addChange, addPost *sql.Stmt }

// preparer is a database or a connection.
type preparer interface {
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

func prepareLine(ctx context.Context, p preparer) (l noteLine, err error) {
	n := storagetest.NoteLine
	for text, stmt := range map[string]**sql.Stmt{
		n.ReadDeal: &l.readDeal, n.TouchDeal: &l.touchDeal, n.AddNote: &l.addNote, n.AddChange: &l.addChange, n.AddPost: &l.addPost,
	} {
		if *stmt, err = p.PrepareContext(ctx, text); err != nil { //nolint:sqlclosecheck // close does
			return l, err
		}
	}
	return l, nil
}

func (l noteLine) close() error {
	return errors.Join(l.readDeal.Close(), l.touchDeal.Close(), l.addNote.Close(), l.addChange.Close(), l.addPost.Close())
}

// within returns the statements for use in a transaction.
func (l noteLine) within(ctx context.Context, tx *sql.Tx) noteLine {
	return noteLine{
		tx.StmtContext(ctx, l.readDeal), tx.StmtContext(ctx, l.touchDeal), tx.StmtContext(ctx, l.addNote),
		tx.StmtContext(ctx, l.addChange), tx.StmtContext(ctx, l.addPost),
	}
}

// deal is a row of deals as Go has it.
type deal struct {
	number, company, owner, amount, worth, createdBy, revision      int64
	name, key, currency, closeOn, step, outcome, reason, words      string
	nextStep, nextStepOn, card                                      string
	aftermath, overcame, overcameHow, followOn                      string
	pain, power, fit, score, yeses                                  int
	endedAt, liftAt, doubtAt, askAt, scoredAt, bandSince, createdAt time.Time
	deleted                                                         bool
}

func (l noteLine) read(ctx context.Context, number int64) (d deal, err error) {
	err = l.readDeal.QueryRowContext(ctx, workspace, number).Scan(
		&d.number, &d.company, &d.owner, &d.amount, &d.worth, &d.createdBy, &d.revision, &d.name, &d.key, &d.currency,
		&d.closeOn, &d.step, &d.outcome, &d.reason, &d.words, &d.nextStep, &d.nextStepOn, &d.card, &d.pain, &d.power,
		&d.fit, &d.score, &d.yeses, &d.endedAt, &d.liftAt, &d.doubtAt, &d.askAt, &d.scoredAt, &d.bandSince, &d.createdAt,
		&d.deleted, &d.aftermath, &d.overcame, &d.overcameHow, &d.followOn)
	return d, err
}

// run does what a note line does.
func (l noteLine) run(ctx context.Context, e entry) error {
	d, err := l.read(ctx, e.deal)
	if err != nil {
		return err
	}
	touched, err := l.touchDeal.ExecContext(ctx, d.revision+1, workspace, d.number, d.revision)
	if err != nil {
		return err
	}
	if n, err := touched.RowsAffected(); err != nil || n != 1 {
		return errors.Join(err, fmt.Errorf("deal %d has moved", d.number))
	}
	rev := d.revision + 1
	if _, err := l.addNote.ExecContext(ctx, workspace, d.number, rev, e.member, e.at, e.platform, e.chat, 0, e.remark); err != nil {
		return err
	}
	diff := fmt.Sprintf(`{"note":[0,%d]}`, rev)
	if _, err := l.addChange.ExecContext(ctx,
		workspace, "deal", d.number, rev, e.member, e.at, e.platform, e.chat, command, diff, 0); err != nil {
		return err
	}
	var id int64
	return l.addPost.QueryRowContext(ctx, workspace, e.key, e.member, e.platform, e.chat, "", false, body,
		e.at, e.at.Add(storage.AnswerGrace), false, true, 0, "").Scan(&id)
}

// An entry is what a note line writes.
type entry struct {
	deal, member        int64
	platform, chat, key string
	remark              string
	at                  time.Time
}

// entryOf is the entry of a client.
func entryOf(client, i int) entry {
	return entry{
		deal: dealOf(client), member: member, platform: platform, chat: chat, key: eventKey(client, i), remark: remark, at: at,
	}
}

// A writer writes entries, and returns when they are durable.
type writer func(ctx context.Context, e entry) error

// byClients makes a program of a writer.
func byClients(w writer, shut func() error, err error) (func(ctx context.Context, client, i int) error, func() error, error) {
	write := func(ctx context.Context, client, i int) error { return w(ctx, entryOf(client, i)) }
	return write, shut, err
}

// openSingle is a program with a transaction and a commit for each write, as
// one writes it first.
func openSingle(dir string) (write func(ctx context.Context, client, i int) error, shut func() error, err error) {
	return byClients(singleWriter(dir))
}

func singleWriter(dir string) (write writer, shut func() error, err error) {
	db, err := openWriter(dir)
	if err != nil {
		return nil, nil, err
	}
	line, err := prepareLine(context.Background(), db)
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	write = func(ctx context.Context, e entry) error {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		if err := line.within(ctx, tx).run(ctx, e); err != nil {
			return errors.Join(err, tx.Rollback())
		}
		return tx.Commit()
	}
	return write, func() error { return errors.Join(line.close(), db.Close()) }, nil
}
