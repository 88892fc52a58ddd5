package storage

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"strings"
	"sync"

	"gorm.io/gorm"
)

//go:embed migrations
var migrations embed.FS

// A Store is an open database. It is safe for use by many goroutines.
type Store struct {
	engine engine
	mu     sync.Mutex
	closed bool
	busy   sync.WaitGroup
}

// engine is what differs between the databases.
type engine interface {
	access
	locks() bool
	jobs(ctx context.Context, j jobs) error
	close() error
}

// access is how an engine runs transactions. write may run fn more than once; an
// error of fn leaves nothing behind.
type access interface {
	read(ctx context.Context, fn func(*gorm.DB) error) error
	write(ctx context.Context, fn func(*gorm.DB) error) error
}

// Open opens the database at dsn, a file name for SQLite or a postgres:// URL,
// creates what is missing in it and migrates it to this program's version. It
// returns ErrNewer for a database of a newer program.
func Open(ctx context.Context, dsn string) (*Store, error) {
	open := openSQLite
	if dsn == "" || !IsPostgres(dsn) && (strings.Contains(dsn, "://") || strings.Contains(dsn, "password=")) {
		return nil, errors.New("the database is neither a file nor a postgres:// URL")
	}
	if IsPostgres(dsn) {
		open = openPostgres
	}
	e, err := open(ctx, dsn)
	if err != nil {
		return nil, err
	}
	s := &Store{engine: e}
	if err := s.writeTracks(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// IsPostgres tells whether dsn names a PostgreSQL database and not a file.
func IsPostgres(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

// Close waits for what is under way and closes the database. What comes later
// returns ErrClosed; closing twice does nothing.
func (s *Store) Close() error {
	s.mu.Lock()
	closed := s.closed
	s.closed = true
	s.mu.Unlock()
	if closed {
		return nil
	}
	s.busy.Wait()
	return s.engine.close()
}

// enter begins a use of the database, which Close waits for, and which s.busy.Done
// ends.
func (s *Store) enter() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrClosed
	}
	s.busy.Add(1)
	return nil
}

func (s *Store) read(ctx context.Context, fn func(*gorm.DB) error) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.busy.Done()
	return s.engine.read(ctx, fn)
}

func (s *Store) write(ctx context.Context, fn func(*gorm.DB) error) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.busy.Done()
	return s.engine.write(ctx, fn)
}

// Read runs fn on a snapshot of one workspace. fn must not keep tx.
func (s *Store) Read(ctx context.Context, workspace int64, fn func(tx *Tx) error) error {
	return s.read(ctx, func(db *gorm.DB) error {
		return fn(&Tx{db: db, workspace: workspace})
	})
}

// Write runs fn in a transaction on one workspace. When Write returns nil, all
// that fn wrote is durable; when it returns an error, nothing of it is stored.
// fn may be run more than once and so must have no effect but its rows; it
// should be short, because on SQLite all writers wait for it. A ctx that is
// done before fn starts prevents it; one that is done later does not interrupt
// it, and Write still tells what became of it.
func (s *Store) Write(ctx context.Context, workspace int64, fn func(tx *Tx) error) error {
	return s.write(ctx, func(db *gorm.DB) error {
		return fn(&Tx{db: db, workspace: workspace, writes: true, locks: s.engine.locks()})
	})
}

// A Tx is a transaction on one workspace: no row of another one can be read or
// written through it.
type Tx struct {
	db        *gorm.DB
	workspace int64
	writes    bool
	locks     bool
	home      *Workspace
	// line is the number that the changes share which are made now, or 0.
	line int64
}

// in returns the database for a statement. One that writes goes by the context
// that the transaction was begun with and is never interrupted by the caller's:
// on SQLite the transaction is shared with other requests.
func (tx *Tx) in(ctx context.Context) *gorm.DB {
	if tx.writes {
		return tx.db
	}
	return tx.db.WithContext(ctx)
}

// forUpdate ends a SELECT of a row that is about to be changed.
func (tx *Tx) forUpdate() string {
	if tx.locks {
		return " FOR NO KEY UPDATE" // rows that only name the locked one go on
	}
	return ""
}

// Lock makes the transactions of a workspace that take it run one after the
// other. On SQLite they do so anyway.
func (tx *Tx) Lock(ctx context.Context) error { return tx.lock(ctx, tx.forUpdate()) }

// Share makes a transaction wait for those of its workspace that take Lock, and
// them for it; those that take Share run at the same time.
func (tx *Tx) Share(ctx context.Context) error { return tx.lock(ctx, " FOR SHARE") }

func (tx *Tx) lock(ctx context.Context, how string) error {
	if !tx.locks {
		return nil
	}
	if _, err := tx.exec(ctx, "SELECT 1 FROM workspaces WHERE id = ?"+how, tx.workspace); err != nil {
		return fmt.Errorf("lock workspace %d: %w", tx.workspace, err)
	}
	return nil
}

// exec runs one statement and returns how many rows it touched.
func (tx *Tx) exec(ctx context.Context, statement string, args ...any) (int64, error) {
	res := tx.in(ctx).Exec(statement, args...)
	return res.RowsAffected, translate(res, res.Error)
}

// scan reads rows into dest, a pointer to a slice, which may stay empty.
func (tx *Tx) scan(ctx context.Context, dest any, query string, args ...any) error {
	res := tx.in(ctx).Raw(query, args...).Scan(dest)
	return translate(res, res.Error)
}

// row reads the values of a single row into the pointers in dest, without the
// reflection that one needs, and returns ErrNotFound when there is none.
func (tx *Tx) row(ctx context.Context, query string, args []any, dest ...any) error {
	db := tx.in(ctx)
	err := db.Raw(query, args...).Row().Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return translate(db, err)
}

// one reads a single row into dest and returns ErrNotFound when there is none.
func (tx *Tx) one(ctx context.Context, dest any, query string, args ...any) error {
	res := tx.in(ctx).Raw(query, args...).Scan(dest)
	if res.Error == nil && res.RowsAffected == 0 {
		return ErrNotFound
	}
	return translate(res, res.Error)
}

// next returns the next number of a counter of the workspace, from 1.
func (tx *Tx) next(ctx context.Context, counter string) (int64, error) {
	var n int64
	err := tx.row(ctx, `INSERT INTO counters (workspace_id, name, value) VALUES (?, ?, 1)
		ON CONFLICT (workspace_id, name) DO UPDATE SET value = counters.value + 1 RETURNING value`,
		[]any{tx.workspace, counter}, &n)
	if err != nil {
		return 0, fmt.Errorf("next %s number: %w", counter, err)
	}
	return n, nil
}

// Errors that callers tell apart.
var (
	// ErrNotFound says that the workspace has no such row.
	ErrNotFound = errors.New("not found")
	// ErrExists says that a row with that key is there already.
	ErrExists = errors.New("already there")
	// ErrMoved says that a row has changed since it was read.
	ErrMoved = errors.New("changed meanwhile")
	// ErrClosed says that the store is closed.
	ErrClosed = errors.New("store is closed")
	// ErrNewer says that the database belongs to a newer program.
	ErrNewer = errors.New("the database was made by a newer version of this program")
	// ErrOldSQLite says that the SQLite library can corrupt a database.
	ErrOldSQLite = errors.New("SQLite is older than 3.51.3 and can corrupt a database in WAL mode")
	// ErrNoCGO says that the program was built without a C compiler.
	ErrNoCGO = errors.New("this program was built with CGO_ENABLED=0, but SQLite needs CGO: " +
		"build it again with a C compiler and CGO_ENABLED=1, or use --db with a postgres:// URL")
)

// translate returns a statement's error, a driver's as one of ours. gorm does so
// for some statements only: not for INSERT ... RETURNING in Raw.
func translate(db *gorm.DB, err error) error {
	if err == nil {
		return nil
	}
	cause := err
	if translator, ok := db.Dialector.(gorm.ErrorTranslator); ok {
		err = translator.Translate(err)
	}
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return ErrNotFound
	case errors.Is(err, gorm.ErrDuplicatedKey):
		return fmt.Errorf("%w: %w", ErrExists, cause)
	default:
		return err
	}
}
