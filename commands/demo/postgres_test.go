package demo_test

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"strings"
	"testing"

	"fifteen/commands/demo"

	"github.com/google/go-cmp/cmp"
)

// serverEnv names the postgres:// URL of a server where databases may be
// created, as in storage's tests.
const serverEnv = "FIFTEEN_TEST_POSTGRES"

// TestSameRows compares a load with one on SQLite.
func TestSameRows(t *testing.T) {
	t.Parallel()
	databases := map[string]func(t *testing.T) *company{
		"sqlite": func(t *testing.T) *company { t.Helper(); return loadAnew(t, monday) },
	}
	if server := os.Getenv(serverEnv); server != "" {
		databases["postgres"] = func(t *testing.T) *company {
			t.Helper()
			c := settle(t, monday, emptyPostgres(t, server))
			if err := demo.Load(t.Context(), c.store, c.home, c.at); err != nil {
				t.Fatalf("load: %v", err)
			}
			return c
		}
	}
	for name, fill := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(load(t, monday).dump(), fill(t).dump()); diff != "" {
				t.Errorf("got +, want as on SQLite -:\n%s", diff)
			}
		})
	}
}

// emptyPostgres creates a database, which is dropped after the test.
func emptyPostgres(t *testing.T, server string) string {
	t.Helper()
	place, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	name := "fifteen_demo_" + strings.ToLower(rand.Text())
	if _, err := db.ExecContext(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, err := db.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)") //nolint:usetesting // the test's context is over
		if err := errors.Join(err, db.Close()); err != nil {
			t.Error(err)
		}
	})
	place.Path = "/" + name
	return place.String()
}
