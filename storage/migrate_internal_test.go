package storage

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fifteen/scoring"
	"fifteen/storage/storagetest"

	"github.com/pressly/goose/v3"
)

// TestOldDatabase opens a database that the first migration made, with a change
// in it.
func TestOldDatabase(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		file := filepath.Join(t.TempDir(), "fifteen.db")
		migrates(t, "sqlite3", "file:"+file, file, goose.DialectSQLite3, os.DirFS("migrations/sqlite"))
	})
	if server := os.Getenv("FIFTEEN_TEST_POSTGRES"); server != "" {
		t.Run("postgres", func(t *testing.T) {
			t.Parallel()
			dsn, drop, err := storagetest.Postgres(t.Context(), server)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := drop(context.Background()); err != nil { //nolint:usetesting // the test's context is over
					t.Error(err)
				}
			})
			migrates(t, "pgx", dsn, dsn, goose.DialectPostgres, os.DirFS("migrations/postgres"))
		})
	}
}

// change inserts a change of deal 1, made by member 1; undoes is the number of
// the row that it takes back.
func change(rev int, at, diff string, undoes int) string {
	return fmt.Sprintf(`INSERT INTO changes (workspace_id, subject, deal, rev, member_id, at, platform, chat, command, diff, undoes)
		VALUES (1, 'deal', 1, %d, 1, '%s+00:00', '', '', 'step', '%s', %d)`, rev, at, diff, undoes)
}

// knowsItsPast checks that what came with later versions is known of what was
// there before: the deal's way through the funnel, and its no.
func knowsItsPast(t *testing.T, tx *Tx) {
	t.Helper()
	ever := [2]time.Time{time.Unix(0, 0), scoring.Never}
	var moves []string
	err := tx.Tracks(t.Context(), ever[0], ever[1], func(track []scoring.Move) {
		for _, m := range track {
			moves = append(moves, fmt.Sprintf("%s %c%s", m.At.Format("2 15:04"), moveLetters[m.Kind], m.To))
		}
	})
	if got, want := strings.Join(moves, ", "), "20 09:00 l, 21 09:00 scontact, 21 12:00 r"; got != want || err != nil {
		t.Errorf("track: got %q, error %v, want %q", got, err, want)
	}
	totals, err := tx.RefusalTotals(t.Context(), 0, ever[0], ever[1])
	if len(totals) != 1 || totals[0].Reason != scoring.PriceTooHigh || totals[0].Count != 1 || err != nil {
		t.Errorf("refusals: got %v, error %v, want one for the price", totals, err)
	}
}

func migrates(t *testing.T, driver, name, dsn string, dialect goose.Dialect, files fs.FS) {
	t.Helper()
	db, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut(t, db) })
	provider, err := goose.NewProvider(dialect, db, files)
	if err == nil {
		_, err = provider.UpTo(t.Context(), 1)
	}
	for _, row := range []string{
		"INSERT INTO workspaces (name, key, currency, zone, visibility, created_at) VALUES ('Old', 'old', 'EUR', 'UTC', 'own', '2026-11-22')",
		`INSERT INTO changes (workspace_id, subject, deal, rev, member_id, at, platform, chat, command, diff, undoes)
			VALUES (1, 'settings', 0, 0, 7, '2026-11-22', '', '', 'settings', '{"zone":["CET","UTC"]}', 0)`,
		"INSERT INTO members (workspace_id, name, key, role, created_at) VALUES (1, 'Anna', 'anna', 'rep', '2026-11-20')",
		"INSERT INTO companies (workspace_id, name, key, created_at) VALUES (1, 'Acme', 'acme', '2026-11-20')",
		`INSERT INTO deals (workspace_id, number, company_id, name, key, owner_id, amount, currency, worth, close_on, step,
			outcome, ended_at, reason, words, next_step, next_step_on, card, pain, power, fit, score, yeses, lift_at,
			doubt_at, ask_at, scored_at, band_since, created_at, created_by, deleted, revision)
			VALUES (1, 1, 1, 'Acme', 'acme', 1, 0, '', -1, '', 'contact', 'lost', '2026-11-21 12:00:00+00:00', 'price',
			'too dear', '', '', '{}', 0, 0, 0, 0, 9, '9999-12-31', '9999-12-31', '0001-01-01', '0001-01-01',
			'2026-11-20', '2026-11-20', 1, FALSE, 4)`,
		change(1, "2026-11-20 09:00:00", `{"deleted":[true,false]}`, 0),
		change(2, "2026-11-20 12:00:00", `{"step":["","presentation"]}`, 0), // which was taken back
		change(3, "2026-11-20 13:00:00", `{"step":["presentation",""]}`, 3),
		change(4, "2026-11-21 09:00:00", `{"step":["","contact"]}`, 0),
		change(5, "2026-11-21 12:00:00", `{"outcome":["open","lost"],"ended":["0001-01-01T00:00:00Z","2026-11-21T12:00:00Z"]}`, 0),
	} {
		if err == nil {
			_, err = db.ExecContext(t.Context(), row)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // up, and up again after a way down
		store, err := Open(t.Context(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		err = store.Write(t.Context(), 1, func(tx *Tx) error {
			change, err := tx.LastChange(t.Context(), 7)
			if err != nil {
				return err
			}
			if change.ID != 1 || change.Line != 0 {
				t.Errorf("got change %d of line %d, want change 1 of no line", change.ID, change.Line)
			}
			knowsItsPast(t, tx)
			return tx.Undo(t.Context(), change, Author{Member: 8})
		})
		if err != nil {
			t.Errorf("undo: got error %v, want none", err)
		}
		shut(t, store)
		if _, err := provider.DownTo(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		if _, err := db.ExecContext(t.Context(), "UPDATE workspaces SET zone = 'UTC'"); err != nil {
			t.Fatal(err)
		}
	}
}
