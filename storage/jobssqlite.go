package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"

	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
)

// futureSQLite takes away ticks and a leader from more than a minute ahead,
// which only a wrong clock can have left, and which would hold everybody up
// until then.
var futureSQLite = []string{
	"DELETE FROM river_job WHERE finalized_at IS NULL AND (scheduled_at > datetime('now', '+1 minute') OR attempted_at > datetime('now', '+1 minute'))",
	"DELETE FROM river_leader WHERE expires_at > datetime('now', '+1 minute')",
}

// jobs runs River over a connection of its own to the same file.
func (e *sqliteEngine) jobs(ctx context.Context, j jobs) (err error) {
	db, err := e.openBeside()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	driver := riversqlite.New(db)
	migrator, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: quiet(j.log, j.ending)})
	if err != nil {
		return fmt.Errorf("prepare River's tables: %w", err)
	}
	if err := migrateRiver(ctx, db, migrator); err != nil {
		return fmt.Errorf("migrate River's tables: %w", err)
	}
	return runRiver(ctx, j, driver, futureSQLite)
}

// openBeside opens a connection that shares the floor with the writer. It does not
// sync its commits: what a tick leaves may be lost with the power, and the
// writer's next commit syncs it all the same.
func (e *sqliteEngine) openBeside() (*sql.DB, error) {
	db, err := openOnFloor(dsn(e.file, url.Values{
		"_busy_timeout": {"5000"}, "_txlock": {"immediate"}, "_synchronous": {"NORMAL"}, "_stmt_cache_size": {statements},
	}), e.writer.floor)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

// migrateRiver does all in one transaction, so that who starts at the same time
// waits for it and finds it done.
func migrateRiver(ctx context.Context, db *sql.DB, migrator *rivermigrate.Migrator[*sql.Tx]) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit it does nothing
	//nolint:staticcheck // it is for PostgreSQL that one transaction does not do for all migrations
	if _, err := migrator.MigrateTx(ctx, tx, rivermigrate.DirectionUp, nil); err != nil {
		return err
	}
	return tx.Commit()
}
