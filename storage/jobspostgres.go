package storage

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/pressly/goose/v3/lock"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

// jobConnections are those that River needs: it waits for none of them long.
const jobConnections = 3

// riverLock is the advisory lock of those who migrate River's tables.
const riverLock = 15_141_515

// futurePostgres is futureSQLite by the database's clock.
var futurePostgres = []string{
	"DELETE FROM river_job WHERE finalized_at IS NULL AND (scheduled_at > now() + interval '1 minute' OR attempted_at > now() + interval '1 minute')",
	"DELETE FROM river_leader WHERE expires_at > now() + interval '1 minute'",
}

// jobs runs River over a few connections of its own.
func (e *postgresEngine) jobs(ctx context.Context, j jobs) error {
	config, err := pgxpool.ParseConfig(e.url)
	if err != nil {
		return errors.New("the URL cannot be read")
	}
	config.MaxConns, config.MinConns = jobConnections, 0
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return fmt.Errorf("open connections: %w", err)
	}
	driver := riverpgxv5.New(pool)
	migrator, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: quiet(j.log, j.ending)})
	if err == nil {
		err = e.alone(ctx, func() error {
			_, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
			return err
		})
	}
	if err != nil {
		pool.Close()
		return fmt.Errorf("migrate River's tables: %w", err)
	}
	err = runRiver(ctx, j, driver, futurePostgres)
	if !errors.Is(err, errStuck) { // River may still be at a connection, which Close would wait for
		pool.Close()
	}
	return err
}

// alone runs fn while no other process does, as goose migrates our own tables.
func (e *postgresEngine) alone(ctx context.Context, fn func() error) (err error) {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockID(riverLock), lock.WithLockTimeout(1, 300)) // every second, for 5 minutes
	if err != nil {
		return err
	}
	conn, err := e.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if err := locker.SessionLock(ctx, conn); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, locker.SessionUnlock(context.WithoutCancel(ctx), conn)) }()
	return fn()
}
