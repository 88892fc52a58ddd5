package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fifteen/scoring"
	"fifteen/storage"
	"fifteen/storage/storagetest"
)

// A question is what a line that reads asks of the database.
type question struct {
	name string
	read func(ctx context.Context, tx *storage.Tx) (rows int, err error)
}

// limit is more than there are closing deals.
const limit = 1000

var questions = []question{
	{"who: deals at 14 and 15", func(ctx context.Context, tx *storage.Tx) (int, error) {
		deals, err := tx.OpenDeals(ctx, 0, scoring.ClosingFrom, scoring.BestScore, limit)
		return len(deals), err
	}},
	{"forecast: won this month, and closing", func(ctx context.Context, tx *storage.Tx) (int, error) {
		month := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
		won, err := tx.WonDeals(ctx, 0, month, month.AddDate(0, 1, 0))
		if err != nil {
			return 0, err
		}
		closing, err := tx.OpenDeals(ctx, 0, scoring.ClosingFrom, scoring.BestScore, limit)
		if err != nil {
			return 0, err
		}
		targets, err := tx.Targets(ctx, "2026-11", 0)
		return len(won) + len(closing) + len(targets), err
	}},
	{"next: the deal to ask a rep about", func(ctx context.Context, tx *storage.Tx) (int, error) {
		_, _, err := tx.NextDeal(ctx, 1, storagetest.Now)
		return 1, err
	}},
}

// reads measures the questions among more and more deals and prints the medians.
func reads(ctx context.Context, out io.Writer, o options) error {
	var rows strings.Builder
	rows.WriteString("deals\tquestion\trows\thalf within\t99 % within\t\n")
	for _, deals := range o.sizes {
		if err := readAmong(ctx, &rows, o, deals); err != nil {
			return fmt.Errorf("read among %d deals: %w", deals, err)
		}
	}
	return table(out, fmt.Sprintf("Reads, one after the other, %d of each", o.reads), rows.String())
}

func readAmong(ctx context.Context, rows io.Writer, o options, deals int) error {
	dir := filepath.Join(o.dir, fmt.Sprintf("reads-%d", deals))
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	store, err := storage.Open(ctx, file(dir))
	if err != nil {
		return err
	}
	err = fill(ctx, dir, deals)
	for _, q := range questions {
		if err == nil {
			err = ask(ctx, rows, store, q, deals, o.reads)
		}
	}
	if err == nil {
		err = readLines(ctx, rows, store, deals, o.reads)
	}
	return errors.Join(err, store.Close())
}

func fill(ctx context.Context, dir string, deals int) error {
	db, err := sql.Open("sqlite3", "file:"+file(dir)+"?_busy_timeout=5000")
	if err != nil {
		return err
	}
	return errors.Join(storagetest.Fill(ctx, db, deals), db.Close())
}

func ask(ctx context.Context, rows io.Writer, store *storage.Store, q question, deals, times int) error {
	took := make([]time.Duration, times)
	found := 0
	for i := range took {
		start := time.Now()
		err := store.Read(ctx, storagetest.Workspace, func(tx *storage.Tx) (err error) {
			found, err = q.read(ctx, tx)
			return err
		})
		if err != nil {
			return err
		}
		took[i] = time.Since(start)
	}
	slices.Sort(took)
	_, err := fmt.Fprintf(rows, "%d\t%s\t%d\t%s\t%s\t\n", deals, q.name, found,
		took[times/2].Round(time.Microsecond), took[times*99/100].Round(time.Microsecond))
	return err
}
