package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver named "pgx"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	gormpostgres "gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// connections is how many requests PostgreSQL serves at once for one process.
const connections = 16

// reruns is how often a write is tried again after a deadlock, a serialization
// failure, or when it has read what others were changing.
const reruns = 20

type postgresEngine struct {
	url  string
	db   *sql.DB
	gorm *gorm.DB
}

// openPostgres opens a PostgreSQL database. Its errors never hold the URL,
// which may have a password in it.
func openPostgres(ctx context.Context, url string) (engine, error) {
	db, err := sql.Open("pgx", url)
	if err != nil {
		return nil, errors.New("open postgres: the URL cannot be read")
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	e := &postgresEngine{url: url, db: db}
	if err := e.start(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open postgres: %w", err), e.close())
	}
	return e, nil
}

func (e *postgresEngine) start(ctx context.Context) error {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300)) // every second, for 5 minutes
	if err != nil {
		return err
	}
	if err := migrate(ctx, e.db, goose.DialectPostgres, "postgres", goose.WithSessionLocker(locker)); err != nil {
		return err
	}
	e.gorm, err = openGorm(gormpostgres.New(gormpostgres.Config{Conn: e.db}))
	return err
}

func (e *postgresEngine) read(ctx context.Context, fn func(*gorm.DB) error) error {
	return snapshot(ctx, e.gorm, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, fn)
}

// write runs fn in a transaction of its own. Rows that fn is about to change
// are locked as they are read, so that the last reader does not overwrite what
// it has not seen; a deadlock runs fn again.
func (e *postgresEngine) write(ctx context.Context, fn func(*gorm.DB) error) error {
	for attempt := 0; ; attempt++ {
		err := e.attempt(ctx, fn)
		if attempt >= reruns || !again(err) {
			return err
		}
	}
}

// attempt runs fn once. ctx ends the wait for a connection, and nothing after it.
func (e *postgresEngine) attempt(ctx context.Context, fn func(*gorm.DB) error) (err error) {
	running, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	stop := context.AfterFunc(ctx, cancel)
	tx := e.gorm.WithContext(running).Begin()
	if !stop() {
		tx.Rollback()
		return fmt.Errorf("wait to write: %w", ctx.Err())
	}
	if tx.Error != nil {
		return fmt.Errorf("begin to write: %w", tx.Error)
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a write: %v\n%s", p, debug.Stack())
		}
		if err != nil {
			tx.Rollback()
		}
	}()
	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.Commit().Error; err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// errAgain says that what a transaction has read is no longer so.
var errAgain = errors.New("read what has changed meanwhile")

// again tells whether the transaction should be tried again.
func again(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01") || errors.Is(err, errAgain)
}

func (e *postgresEngine) locks() bool { return true }

func (e *postgresEngine) close() error { return e.db.Close() }
