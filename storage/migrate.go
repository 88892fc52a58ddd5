package storage

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// migrate brings the database to this program's version. It returns ErrNewer
// when the database is ahead of it.
func migrate(ctx context.Context, db *sql.DB, dialect goose.Dialect, folder string, options ...goose.ProviderOption) error {
	files, err := fs.Sub(migrations, "migrations/"+folder)
	if err != nil {
		return fmt.Errorf("open migrations: %w", err)
	}
	provider, err := goose.NewProvider(dialect, db, files, options...)
	if err != nil {
		return fmt.Errorf("prepare migrations: %w", err)
	}
	sources := provider.ListSources()
	newest := sources[len(sources)-1].Version
	current, err := provider.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("read database version: %w", err)
	}
	if current > newest {
		return fmt.Errorf("%w: it is at version %d, this program knows %d", ErrNewer, current, newest)
	}
	if current == newest {
		return nil
	}
	if _, err := provider.Up(ctx); err != nil {
		// On SQLite another program may have been quicker.
		if current, again := provider.GetDBVersion(ctx); again == nil && current == newest {
			return nil
		}
		return fmt.Errorf("migrate database: %w", err)
	}
	return nil
}
