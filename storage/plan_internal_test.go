package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fifteen/scoring"
	"fifteen/storage/storagetest"

	"gorm.io/gorm"
)

// many is how many deals the plans are made for: 20,000 of them open, 300 at 14
// or 15, of 50 reps.
const many = 100_000

// A statement is what gorm sent for a method.
type statement struct {
	text string
	args []any
}

// A plan is what a database should do for a method: which index each of its
// statements uses on SQLite, and whether the order comes from it too.
type plan struct {
	name    string
	run     func(ctx context.Context, tx *Tx) error
	indexes []string
	sorts   bool
}

const (
	anybody = 0
	rep     = 7
	nobody  = storagetest.Reps + 1
)

var plans = []plan{
	{"who", func(ctx context.Context, tx *Tx) error {
		_, err := tx.OpenDeals(ctx, anybody, scoring.ClosingFrom, scoring.BestScore, 50)
		return err
	}, []string{"deals_score"}, false},
	{"who of a rep", func(ctx context.Context, tx *Tx) error {
		_, err := tx.OpenDeals(ctx, rep, scoring.ClosingFrom, scoring.BestScore, 50)
		return err
	}, []string{"deals_owner"}, false},
	{"open deals", func(ctx context.Context, tx *Tx) error {
		_, err := tx.OpenDeals(ctx, anybody, 0, scoring.BestScore, 20)
		return err
	}, []string{"deals_score"}, false},
	{"won in a month", func(ctx context.Context, tx *Tx) error {
		_, err := tx.WonDeals(ctx, anybody, storagetest.Now.AddDate(0, -1, 0), storagetest.Now)
		return err
	}, []string{"deals_won"}, true},
	{"won in a month by a rep", func(ctx context.Context, tx *Tx) error {
		_, err := tx.WonDeals(ctx, rep, storagetest.Now.AddDate(0, -1, 0), storagetest.Now)
		return err
	}, []string{"deals_won_owner"}, false},
	{"amounts won in a month", func(ctx context.Context, tx *Tx) error {
		_, err := tx.WonAmounts(ctx, anybody, storagetest.Now.AddDate(0, -1, 0), storagetest.Now)
		return err
	}, []string{"deals_won"}, false},
	{"amounts at 14 and 15", func(ctx context.Context, tx *Tx) error {
		_, err := tx.OpenAmounts(ctx, anybody, scoring.ClosingFrom, scoring.BestScore)
		return err
	}, []string{"deals_score"}, false},
	{"next", func(ctx context.Context, tx *Tx) error {
		if _, _, err := tx.NextDeal(ctx, nobody, storagetest.Now); !errors.Is(err, ErrNotFound) {
			return err // all three statements are tried for somebody without deals
		}
		return nil
	}, []string{"deals_lift", "deals_doubt", "deals_ask"}, false},
	{"count of open deals", func(ctx context.Context, tx *Tx) error {
		_, err := tx.CountOpen(ctx, anybody)
		return err
	}, []string{anyIndex}, false},
	{"count of a rep's open deals", func(ctx context.Context, tx *Tx) error {
		_, err := tx.CountOpen(ctx, rep)
		return err
	}, []string{anyIndex}, false},
	{"by name", func(ctx context.Context, tx *Tx) error {
		_, err := tx.DealsByKey(ctx, []string{"company 5", "company 77777", "nobody"}, anybody)
		return err
	}, []string{"deals_key"}, true},
	{"by name among a rep's", func(ctx context.Context, tx *Tx) error {
		_, err := tx.DealsByKey(ctx, []string{"company 5", "company 35", "nobody"}, rep)
		return err
	}, []string{"deals_key"}, true},
	{"names of open deals", func(ctx context.Context, tx *Tx) error {
		_, err := tx.OpenDealNames(ctx, anybody, 10)
		return err
	}, []string{"deals_score"}, false},
	{"names of a rep's open deals", func(ctx context.Context, tx *Tx) error {
		_, err := tx.OpenDealNames(ctx, rep, 10)
		return err
	}, []string{"deals_owner"}, false},
	{"activities of a month", func(ctx context.Context, tx *Tx) error {
		_, err := tx.ActivityTotals(ctx, anybody, storagetest.Now.AddDate(0, -1, 0), storagetest.Now)
		return err
	}, []string{"activities_at"}, true},
	{"last reports", func(ctx context.Context, tx *Tx) error {
		_, err := tx.LastReports(ctx)
		return err
	}, []string{anyIndex}, false},
	{"newest decisions", func(ctx context.Context, tx *Tx) error {
		_, err := tx.Decisions(ctx, anybody, 20)
		return err
	}, []string{"decisions_at"}, false},
	{"decisions to review", func(ctx context.Context, tx *Tx) error {
		_, err := tx.DecisionsDue(ctx, storagetest.Now, storagetest.Now)
		return err
	}, []string{"decisions_due"}, false},
	{"reminders until a day", func(ctx context.Context, tx *Tx) error {
		_, err := tx.Reminders(ctx, anybody, "2026-12-01", 20)
		return err
	}, []string{"reminders_day"}, false},
	{"reminders of a rep", func(ctx context.Context, tx *Tx) error {
		_, err := tx.Reminders(ctx, rep, "2026-12-01", 20)
		return err
	}, []string{"reminders_day"}, false},
	{"deals adrift", func(ctx context.Context, tx *Tx) error {
		_, err := tx.Adrift(ctx, rep, storagetest.Now, "2026-12-01", 20)
		return err
	}, []string{"deals_adrift"}, false},
	{"nudges about a deal", func(ctx context.Context, tx *Tx) error {
		_, err := tx.Nudges(ctx, 1, storagetest.Now)
		return err
	}, []string{"nudges_deal"}, false},
	{"due turns", func(ctx context.Context, tx *Tx) error {
		_, err := dueTurns(tx.in(ctx), storagetest.Now, 20)
		return err
	}, []string{"turns_due"}, false},
	{"refusals of a fortnight", func(ctx context.Context, tx *Tx) error {
		_, err := tx.RefusalTotals(ctx, anybody, storagetest.Now.AddDate(0, 0, -14), storagetest.Now)
		return err
	}, []string{"refusals_at"}, true},
	{"noes of a fortnight", func(ctx context.Context, tx *Tx) error {
		_, err := tx.Refusals(ctx, anybody, storagetest.Now.AddDate(0, 0, -14), storagetest.Now, 1000)
		return err
	}, []string{"refusals_at"}, true},
	{"disqualified in a fortnight", func(ctx context.Context, tx *Tx) error {
		_, err := tx.CountDisqualified(ctx, anybody, storagetest.Now.AddDate(0, 0, -14), storagetest.Now)
		return err
	}, []string{"deals_disqualified"}, false},
	{"promises", func(ctx context.Context, tx *Tx) error {
		_, err := tx.FollowOns(ctx, anybody, "2026-12-01", 20)
		return err
	}, []string{"deals_follow"}, false},
	{"next steps", func(ctx context.Context, tx *Tx) error {
		_, err := tx.NextSteps(ctx, anybody, "2026-12-01", 20)
		return err
	}, []string{"deals_promised"}, false},
	{"waiting deals", func(ctx context.Context, tx *Tx) error {
		_, err := tx.Waiting(ctx, anybody, "2026-12-01", 20)
		return err
	}, []string{"deals_waiting"}, false},
	{"closing band since two weeks", func(ctx context.Context, tx *Tx) error {
		_, err := tx.ClosingsSince(ctx, storagetest.Now.AddDate(0, 0, -14))
		return err
	}, []string{"closings_at"}, true},
	{"what overcame the price", func(ctx context.Context, tx *Tx) error {
		_, err := tx.Overcomings(ctx, scoring.PriceTooHigh, 20)
		return err
	}, []string{"deals_overcame"}, true},
}

// anyIndex stands for an index of SQLite's choice.
const anyIndex = "any"

// search is how SQLite tells that it uses an index.
var search = regexp.MustCompile(`^SEARCH \w+ USING (?:COVERING )?INDEX (\w+) .*`)

// spy notes the statements that gorm sends.
func spy(t *testing.T, db *gorm.DB) *[]statement {
	t.Helper()
	sent := &[]statement{}
	err := db.Callback().Row().After("gorm:row").Register("test:spy", func(db *gorm.DB) {
		*sent = append(*sent, statement{db.Statement.SQL.String(), db.Statement.Vars})
	})
	if err != nil {
		t.Fatal(err)
	}
	return sent
}

// statements returns what a plan's method sends.
func (p plan) statements(t *testing.T, store *Store, sent *[]statement) []statement {
	t.Helper()
	*sent = nil
	err := store.Read(t.Context(), storagetest.Workspace, func(tx *Tx) error { return p.run(t.Context(), tx) })
	if err != nil {
		t.Fatalf("%s: %v", p.name, err)
	}
	if len(*sent) != len(p.indexes) {
		t.Fatalf("%s: got statements %v, want %d", p.name, *sent, len(p.indexes))
	}
	return *sent
}

// filled opens a store with many deals, and the database beside it.
func filled(t *testing.T, driver, dsn, name string, deals int) (*Store, *sql.DB) {
	t.Helper()
	store, err := Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut(t, store) })
	db, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut(t, db) })
	if err := storagetest.Fill(t.Context(), db, deals); err != nil {
		t.Fatal(err)
	}
	return store, db
}

func TestPlans(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		plansOnSQLite(t)
	})
	if server := os.Getenv("FIFTEEN_TEST_POSTGRES"); server != "" {
		t.Run("postgres", func(t *testing.T) {
			t.Parallel()
			plansOnPostgres(t, server)
		})
	}
}

func plansOnSQLite(t *testing.T) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "fifteen.db")
	store, db := filled(t, "sqlite3", file, "file:"+file+"?_busy_timeout=5000", many)
	e, ok := store.engine.(*sqliteEngine)
	if !ok {
		t.Fatalf("engine: got %T, want SQLite's", store.engine)
	}
	sent := spy(t, e.reader)
	for _, p := range plans {
		for i, s := range p.statements(t, store, sent) {
			steps := explain(t, db, s)
			got := strings.Join(steps, "; ")
			index := search.ReplaceAllString(steps[0], "$1")
			if index == steps[0] || p.indexes[i] != anyIndex && index != p.indexes[i] {
				t.Errorf("%s: got plan %q, want a search of the index %s", p.name, got, p.indexes[i])
			}
			if strings.Contains(got, "SCAN") || !p.sorts && strings.Contains(got, "TEMP B-TREE") {
				t.Errorf("%s: got plan %q, want no scan, and an order that comes from the index", p.name, got)
			}
		}
	}
}

// explain returns the steps of SQLite's plan for a statement.
func explain(t *testing.T, db *sql.DB, s statement) (steps []string) {
	t.Helper()
	found, err := db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+s.text, s.args...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := found.Close(); err != nil {
			t.Error(err)
		}
	}()
	for found.Next() {
		var id, parent, unused int
		var step string
		if err := found.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	if err := found.Err(); err != nil || len(steps) == 0 {
		t.Fatalf("explain %s: got steps %v, error %v", s.text, steps, err)
	}
	return steps
}

// plansOnPostgres counts the rows that the statements read: at most five for each
// that they return.
func plansOnPostgres(t *testing.T, server string) {
	t.Helper()
	dsn, drop, err := storagetest.Postgres(t.Context(), server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := drop(context.Background()); err != nil { //nolint:usetesting // the test's context is over
			t.Error(err)
		}
	})
	store, db := filled(t, "pgx", dsn, dsn, many)
	if _, err := db.ExecContext(t.Context(), "VACUUM ANALYZE deals, activities, decisions, closings, changes"); err != nil {
		t.Fatal(err)
	}
	e, ok := store.engine.(*postgresEngine)
	if !ok {
		t.Fatalf("engine: got %T, want PostgreSQL's", store.engine)
	}
	sent := spy(t, e.gorm)
	for _, p := range plans {
		for _, s := range p.statements(t, store, sent) {
			for i, arg := range s.args {
				if arg == int64(nobody) {
					s.args[i] = int64(rep)
				}
			}
			root, text := analyze(t, db, s)
			read, passed := root.reads()
			returned := root.Rows
			if strings.Contains(text, `"Aggregate"`) {
				returned = passed
			}
			t.Logf("%s: read %.0f rows, returned %.0f", p.name, read, returned)
			if read > 5*max(1, returned) || strings.Contains(text, "Seq Scan") {
				t.Errorf("%s: got %.0f rows read, %.0f returned, want at most 5 for each, and no sequential scan:\n%s\n%v",
					p.name, read, returned, text, s)
			}
		}
	}
}

// node is a step of PostgreSQL's plan with what it did, each time it ran.
type node struct {
	Type     string  `json:"Node Type"`
	Relation string  `json:"Relation Name"`
	Rows     float64 `json:"Actual Rows"`
	Loops    float64 `json:"Actual Loops"`
	Filtered float64 `json:"Rows Removed by Filter"`
	Rechecks float64 `json:"Rows Removed by Index Recheck"`
	Plans    []node
}

// reads returns how many rows of a table were read, and how many of them passed.
func (n node) reads() (read, passed float64) {
	if n.Relation != "" {
		read, passed = (n.Rows+n.Filtered+n.Rechecks)*n.Loops, n.Rows*n.Loops
	}
	for _, child := range n.Plans {
		r, p := child.reads()
		read, passed = read+r, passed+p
	}
	return read, passed
}

// analyze runs a statement on PostgreSQL and returns what it did.
func analyze(t *testing.T, db *sql.DB, s statement) (root node, text string) {
	t.Helper()
	err := db.QueryRowContext(t.Context(), "EXPLAIN (ANALYZE, FORMAT JSON) "+s.text, s.args...).Scan(&text)
	if err != nil {
		t.Fatalf("explain %s: %v", s.text, err)
	}
	var all []struct{ Plan node }
	if err := json.Unmarshal([]byte(text), &all); err != nil || len(all) != 1 {
		t.Fatalf("plan of %s: got %s, error %v", s.text, text, err)
	}
	return all[0].Plan, text
}
