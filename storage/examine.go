package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/pressly/goose/v3"
	gormsqlite "gorm.io/driver/sqlite"
)

// A Condition is how a database is.
type Condition struct {
	// Missing says that there is none yet; then only Write is known.
	Missing bool
	// Server names what keeps it, such as "SQLite 3.54.1".
	Server string
	// Version is the database's, Newest that of this program.
	Version, Newest int64
	// Write is how long it takes until what is written is safe: the median of some.
	Write time.Duration
	// Busy says that another program has held the right to write for a second.
	Busy bool
	// Jobs says that a program is at the jobs.
	Jobs bool
	// Now is the time on the machine that keeps the database, as close as it is
	// known; zero for this machine.
	Now time.Time
}

// writes is how many writes the time is taken of.
const writes = 11

// Examine finds out how a database is, without changing anything in it: it is neither
// made nor brought to another version. The clock measures its writes. Errors never hold the URL.
func Examine(ctx context.Context, dsn string, clock func() time.Time) (Condition, error) {
	if IsPostgres(dsn) {
		return examinePostgres(ctx, dsn, clock)
	}
	return examineSQLite(ctx, dsn, clock)
}

// newest is the version of this program's databases.
func newest(dialect string) (int64, error) {
	files, err := fs.Sub(migrations, "migrations/"+dialect)
	if err != nil {
		return 0, fmt.Errorf("open migrations: %w", err)
	}
	names, err := fs.Glob(files, "*.sql")
	if err != nil || len(names) == 0 {
		return 0, fmt.Errorf("list migrations: %w", errors.Join(err, fs.ErrNotExist))
	}
	version, err := goose.NumericComponent(slices.Max(names))
	if err != nil {
		return 0, fmt.Errorf("read the newest migration's version: %w", err)
	}
	return version, nil
}

func examineSQLite(ctx context.Context, file string, clock func() time.Time) (c Condition, err error) {
	if !hasCGO {
		return c, ErrNoCGO
	}
	version, _ := sqliteVersion()
	c.Server = "SQLite " + version
	if c.Newest, err = newest("sqlite"); err != nil {
		return c, err
	}
	if c.Write, err = syncTime(filepath.Dir(file), clock); err != nil {
		return c, err
	}
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		c.Missing = true
		return c, nil
	}
	db, err := sql.Open(gormsqlite.DriverName, dsn(file, url.Values{"mode": {"rw"}, "_busy_timeout": {"1000"}, "_txlock": {"immediate"}}))
	if err != nil {
		return c, fmt.Errorf("open %s: %w", file, err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	const leaders = `SELECT COUNT(*) FROM river_leader WHERE expires_at > datetime('now')`
	if err := c.ask(ctx, db, `SELECT name FROM sqlite_master WHERE name = 'river_leader'`, leaders); err != nil {
		return c, fmt.Errorf("read %s: %w", file, err)
	}
	tx, err := db.BeginTx(ctx, nil)
	if c.Busy = err != nil; c.Busy {
		return c, nil
	}
	if err := tx.Rollback(); err != nil {
		return c, fmt.Errorf("write to %s: %w", file, err)
	}
	return c, nil
}

// ask reads the version and whether somebody is at the jobs, which have a table
// once somebody was.
func (c *Condition) ask(ctx context.Context, db *sql.DB, table, leaders string) error {
	if err := db.QueryRowContext(ctx, `SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version WHERE is_applied`).Scan(&c.Version); err != nil {
		return fmt.Errorf("its version: %w", err)
	}
	var there sql.NullString
	if err := db.QueryRowContext(ctx, table).Scan(&there); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("its jobs: %w", err)
	}
	if !there.Valid {
		return nil
	}
	var count int64
	if err := db.QueryRowContext(ctx, leaders).Scan(&count); err != nil {
		return fmt.Errorf("its jobs: %w", err)
	}
	c.Jobs = count > 0
	return nil
}

// syncTime is how long a small write into a folder takes to be safe.
func syncTime(folder string, clock func() time.Time) (took time.Duration, err error) {
	file, err := os.CreateTemp(folder, ".fifteen-*")
	if err != nil {
		return 0, fmt.Errorf("write beside the database: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close(), os.Remove(file.Name())) }()
	return median(clock, func() error {
		if _, err := file.Write(make([]byte, 4096)); err != nil {
			return err
		}
		return file.Sync()
	})
}

// median is how long something takes.
func median(clock func() time.Time, do func() error) (time.Duration, error) {
	took := make([]time.Duration, writes)
	for i := range took {
		began := clock()
		if err := do(); err != nil {
			return 0, fmt.Errorf("measure a write: %w", err)
		}
		took[i] = clock().Sub(began)
	}
	slices.Sort(took)
	return took[writes/2], nil
}

func examinePostgres(ctx context.Context, address string, clock func() time.Time) (c Condition, err error) {
	if c.Newest, err = newest("postgres"); err != nil {
		return c, err
	}
	db, err := sql.Open("pgx", address)
	if err != nil {
		return c, errors.New("open postgres: the URL cannot be read")
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.QueryRowContext(ctx, `SELECT 'PostgreSQL ' || current_setting('server_version'), clock_timestamp()`).Scan(&c.Server, &c.Now); err != nil {
		return c, fmt.Errorf("open postgres: %w", err)
	}
	var there sql.NullString
	if err := db.QueryRowContext(ctx, `SELECT to_regclass('goose_db_version')::text`).Scan(&there); err != nil {
		return c, fmt.Errorf("read postgres: %w", err)
	}
	if c.Missing = !there.Valid; !c.Missing {
		if err := c.ask(ctx, db, `SELECT to_regclass('river_leader')::text`, `SELECT COUNT(*) FROM river_leader WHERE expires_at > now()`); err != nil {
			return c, fmt.Errorf("read postgres: %w", err)
		}
	}
	c.Write, err = median(clock, func() error { // a message in the log is written and synced, and changes nothing
		_, err := db.ExecContext(ctx, `SELECT pg_logical_emit_message(true, 'fifteen', 'examined')`)
		return err
	})
	return c, err
}
