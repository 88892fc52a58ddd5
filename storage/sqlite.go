package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"

	"github.com/pressly/goose/v3"
	gormsqlite "gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// oldestSQLite is 3.51.3 as sqlite3_libversion_number writes it. Older ones
// have a bug that can corrupt a database in WAL mode (sqlite.org, WAL-reset).
const oldestSQLite = 3_051_003

// readers is how many snapshots can be read at once. More connections than
// that gain nothing on the few cores that a chat bot gets.
const readers = 4

// statements is how many prepared statements each connection keeps.
const statements = "128"

type sqliteEngine struct {
	file               string
	writerDB, readerDB *sql.DB
	reader             *gorm.DB
	writer             *writer
}

// openSQLite opens or creates a database file.
func openSQLite(ctx context.Context, file string) (engine, error) {
	if !hasCGO {
		return nil, ErrNoCGO
	}
	if err := checkSQLite(); err != nil {
		return nil, err
	}
	writerDB, err := sql.Open(gormsqlite.DriverName, dsn(file, url.Values{
		"_journal_mode": {"WAL"}, "_busy_timeout": {"5000"}, "_txlock": {"immediate"},
		"_foreign_keys": {"1"}, "_synchronous": {"FULL"}, "_stmt_cache_size": {statements},
	}))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", file, err)
	}
	writerDB.SetMaxOpenConns(1)
	e := &sqliteEngine{file: file, writerDB: writerDB}
	if err := e.start(ctx, file); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", file, err), e.close())
	}
	return e, nil
}

func (e *sqliteEngine) start(ctx context.Context, file string) (err error) {
	if err := migrate(ctx, e.writerDB, goose.DialectSQLite3, "sqlite"); err != nil {
		return err
	}
	e.readerDB, err = sql.Open(gormsqlite.DriverName, dsn(file, url.Values{
		"mode": {"ro"}, "_busy_timeout": {"5000"}, "_query_only": {"1"}, "_stmt_cache_size": {statements},
	}))
	if err != nil {
		return err
	}
	e.readerDB.SetMaxOpenConns(readers)
	e.readerDB.SetMaxIdleConns(readers)
	if e.reader, err = openGorm(gormsqlite.Dialector{Conn: e.readerDB}); err != nil {
		return err
	}
	conn, err := e.writerDB.Conn(ctx)
	if err != nil {
		return err
	}
	e.writer, err = newWriter(conn)
	return err
}

func (e *sqliteEngine) read(ctx context.Context, fn func(*gorm.DB) error) error {
	return snapshot(ctx, e.reader, nil, fn)
}

func (e *sqliteEngine) write(ctx context.Context, fn func(*gorm.DB) error) error {
	return e.writer.do(ctx, fn)
}

// locks is false: there is one writer, so nobody else changes what it has read.
func (e *sqliteEngine) locks() bool { return false }

func (e *sqliteEngine) close() error {
	var errs []error
	if e.writer != nil {
		errs = append(errs, e.writer.close())
	}
	if e.readerDB != nil {
		errs = append(errs, e.readerDB.Close())
	}
	return errors.Join(append(errs, e.writerDB.Close())...)
}

func checkSQLite() error {
	version, number := sqliteVersion()
	if number < oldestSQLite {
		return fmt.Errorf("%w: it is %s", ErrOldSQLite, version)
	}
	return nil
}

func dsn(file string, options url.Values) string {
	return (&url.URL{Scheme: "file", Opaque: url.PathEscape(file), RawQuery: options.Encode()}).String()
}

// openGorm opens gorm over a connection that is already there. Transactions are
// ours, and so is logging.
func openGorm(dialector gorm.Dialector) (*gorm.DB, error) {
	return gorm.Open(dialector, &gorm.Config{
		SkipDefaultTransaction: true, TranslateError: true, Logger: counter{logger.Discard},
		DisableAutomaticPing: true,
	})
}

// snapshot runs fn in a transaction that only reads.
func snapshot(ctx context.Context, db *gorm.DB, options *sql.TxOptions, fn func(*gorm.DB) error) error {
	tx := db.WithContext(ctx).Begin(options)
	if tx.Error != nil {
		return fmt.Errorf("begin to read: %w", tx.Error)
	}
	defer tx.Rollback() // nothing was written; also after a panic in fn
	return fn(tx)
}
