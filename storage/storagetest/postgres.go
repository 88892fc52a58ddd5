package storagetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver named "pgx"
)

// Postgres creates an empty database on the server at a postgres:// URL. It
// returns the URL of the database, and a function that drops it.
func Postgres(ctx context.Context, server string) (dsn string, drop func(context.Context) error, err error) {
	place, err := url.Parse(server)
	if err != nil {
		return "", nil, fmt.Errorf("read URL of the server: %w", err)
	}
	name := "fifteen_" + strings.ToLower(rand.Text())
	if err := administer(ctx, server, "CREATE DATABASE "+name); err != nil {
		return "", nil, err
	}
	place.Path = "/" + name
	drop = func(ctx context.Context) error {
		return administer(ctx, server, "DROP DATABASE "+name+" WITH (FORCE)")
	}
	return place.String(), drop, nil
}

func administer(ctx context.Context, server, statement string) error {
	db, err := sql.Open("pgx", server)
	if err != nil {
		return fmt.Errorf("open server: %w", err)
	}
	_, err = db.ExecContext(ctx, statement)
	if err = errors.Join(err, db.Close()); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}
