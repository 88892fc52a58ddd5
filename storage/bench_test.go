package storage_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"fifteen/scoring"
	"fifteen/storage"
	"fifteen/storage/storagetest"
)

// sizes are the numbers of deals that reads are measured with.
var sizes = []int{1_000, 10_000, 100_000}

// samples is where the filled databases lie; TestMain removes it.
var samples = filepath.Join(os.TempDir(), fmt.Sprintf("fifteen-bench-%d", os.Getpid()))

// sample returns a file with that many deals, made once.
var sample = func() func(deals int) (string, error) {
	files := map[int]func() (string, error){}
	for _, deals := range sizes {
		files[deals] = sync.OnceValues(func() (string, error) {
			file := filepath.Join(samples, fmt.Sprintf("%d.db", deals))
			return file, fill(file, deals)
		})
	}
	return func(deals int) (string, error) { return files[deals]() }
}()

func fill(file string, deals int) error {
	ctx := context.Background()
	if err := os.MkdirAll(samples, 0o700); err != nil {
		return err
	}
	store, err := storage.Open(ctx, file) // makes the tables
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite3", "file:"+file+"?_busy_timeout=5000")
	if err != nil {
		return errors.Join(err, store.Close())
	}
	return errors.Join(storagetest.Fill(ctx, db, deals), db.Close(), store.Close())
}

// reading measures fn in a Read at every size.
func reading(b *testing.B, fn func(ctx context.Context, tx *storage.Tx) (found int, err error)) {
	b.Helper()
	for _, deals := range sizes {
		b.Run(fmt.Sprint(deals), func(b *testing.B) {
			file, err := sample(deals)
			if err != nil {
				b.Fatal(err)
			}
			store, err := storage.Open(b.Context(), file)
			if err != nil {
				b.Fatal(err)
			}
			defer shut(b, store)
			found := 0
			for b.Loop() {
				err := store.Read(b.Context(), storagetest.Workspace, func(tx *storage.Tx) (err error) {
					found, err = fn(b.Context(), tx)
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(found), "rows")
		})
	}
}

// BenchmarkWho reads the first fifty deals at 14 and 15.
func BenchmarkWho(b *testing.B) {
	reading(b, func(ctx context.Context, tx *storage.Tx) (int, error) {
		deals, err := tx.OpenDeals(ctx, 0, scoring.ClosingFrom, scoring.BestScore, 50)
		return len(deals), err
	})
}

// BenchmarkWon reads the deals won in a month.
func BenchmarkWon(b *testing.B) {
	reading(b, func(ctx context.Context, tx *storage.Tx) (int, error) {
		deals, err := tx.WonDeals(ctx, 0, november[0], november[1])
		return len(deals), err
	})
}

// BenchmarkNext reads the deal that a rep is asked about.
func BenchmarkNext(b *testing.B) {
	reading(b, func(ctx context.Context, tx *storage.Tx) (int, error) {
		_, _, err := tx.NextDeal(ctx, 1, storagetest.Now)
		return 1, err
	})
}

// BenchmarkTracks reads the companies of the last 13 weeks, without counting
// them.
func BenchmarkTracks(b *testing.B) {
	reading(b, func(ctx context.Context, tx *storage.Tx) (found int, err error) {
		err = tx.Tracks(ctx, storagetest.Now.AddDate(0, 0, -91), storagetest.Now, func([]scoring.Move) { found++ })
		return found, err
	})
}

// BenchmarkTracksAlike reads the same companies by industry and size.
func BenchmarkTracksAlike(b *testing.B) {
	reading(b, func(ctx context.Context, tx *storage.Tx) (found int, err error) {
		from := storagetest.Now.AddDate(0, 0, -91)
		err = tx.TracksAlike(ctx, from, storagetest.Now, func(string, string, []scoring.Move) { found++ })
		return found, err
	})
}

// BenchmarkRefusalTotals counts the noes of two weeks.
func BenchmarkRefusalTotals(b *testing.B) {
	reading(b, func(ctx context.Context, tx *storage.Tx) (int, error) {
		totals, err := tx.RefusalTotals(ctx, 0, storagetest.Now.AddDate(0, 0, -14), storagetest.Now)
		return len(totals), err
	})
}

// BenchmarkRefusalTotalsOfAll counts all noes there are.
func BenchmarkRefusalTotalsOfAll(b *testing.B) {
	reading(b, func(ctx context.Context, tx *storage.Tx) (int, error) {
		totals, err := tx.RefusalTotals(ctx, 0, storagetest.Now.AddDate(-2, 0, 0), storagetest.Now)
		return len(totals), err
	})
}
