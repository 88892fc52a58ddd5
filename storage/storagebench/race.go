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
	"text/tabwriter"
	"time"
)

// A result is what one contestant did in one round.
type result struct {
	// rate is in writes per second.
	rate float64
	// half and slowest are how long half the writes took at most, and 99 of 100.
	half, slowest time.Duration
	// syncs is how many syncs were made for each write, if they are counted.
	syncs float64
}

// race lets all contestants write in turns and prints their medians.
func race(ctx context.Context, out io.Writer, title string, o options, writes int) error {
	results := make([][]result, len(contestants))
	for round := range o.rounds {
		for i := range contestants {
			n := (i + round) % len(contestants) // nobody is always first
			r, err := measure(ctx, contestants[n], o, fmt.Sprintf("%d-%d-%d", writes, round, n), writes/o.clients)
			if err != nil {
				return fmt.Errorf("%s: %w", contestants[n].Name, err)
			}
			results[n] = append(results[n], r)
		}
	}
	var rows strings.Builder
	rows.WriteString("program\twrites/s\tfrom\tto\tratio\thalf within\t99 % within\tsyncs/write\t\n")
	base := 0.0
	for i, c := range contestants {
		m, low, high := median(results[i])
		if i == 0 {
			base = m.rate
		}
		syncs := "-"
		if m.syncs > 0 {
			syncs = fmt.Sprintf("%.3f", m.syncs)
		}
		fmt.Fprintf(&rows, "%s\t%.0f\t%.0f\t%.0f\t%.2f\t%s\t%s\t%s\t\n", c.Name, m.rate, low, high, m.rate/base,
			m.half.Round(10*time.Microsecond), m.slowest.Round(10*time.Microsecond), syncs)
	}
	return table(out, title+" (median, and from the slowest to the fastest)", rows.String())
}

// table prints rows of cells with a tab behind each.
func table(out io.Writer, title, rows string) error {
	if _, err := fmt.Fprintf(out, "\n%s\n\n", title); err != nil {
		return err
	}
	columns := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	if _, err := io.WriteString(columns, rows); err != nil {
		return err
	}
	return columns.Flush()
}

// median returns the round in the middle, and the lowest and the highest rate.
func median(results []result) (middle result, low, high float64) {
	slices.SortFunc(results, func(a, b result) int { return int(a.rate - b.rate) })
	return results[len(results)/2], results[0].rate, results[len(results)-1].rate
}

// measure lets a contestant write on a database of its own.
func measure(ctx context.Context, c Contestant, o options, name string, each int) (result, error) {
	dir := filepath.Join(o.dir, name)
	if err := os.Mkdir(dir, 0o700); err != nil {
		return result{}, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := prepare(ctx, dir, o.clients); err != nil {
		return result{}, err
	}
	write, shut, err := c.Open(dir)
	if err != nil {
		return result{}, err
	}
	synced := syncs()
	start := time.Now()
	took, err := crowd(ctx, write, o.clients, each)
	elapsed := time.Since(start)
	synced = syncs() - synced
	if err := errors.Join(err, shut()); err != nil {
		return result{}, err
	}
	if err := check(ctx, dir, o.clients*each); err != nil {
		return result{}, err
	}
	slices.Sort(took)
	return result{
		rate: float64(len(took)) / elapsed.Seconds(), half: took[len(took)/2], slowest: took[len(took)*99/100],
		syncs: float64(synced) / float64(len(took)),
	}, nil
}

// crowd lets all clients write at once and returns how long each write took.
func crowd(ctx context.Context, write func(ctx context.Context, client, i int) error, clients, each int) ([]time.Duration, error) {
	type client struct {
		took []time.Duration
		err  error
	}
	done := make(chan client, clients)
	for number := range clients {
		go func() {
			c := client{took: make([]time.Duration, each)}
			for i := range c.took {
				start := time.Now()
				if c.err = write(ctx, number, i); c.err != nil {
					break
				}
				c.took[i] = time.Since(start)
			}
			done <- c
		}()
	}
	took := make([]time.Duration, 0, clients*each)
	var err error
	for range clients {
		c := <-done
		took, err = append(took, c.took...), errors.Join(err, c.err)
	}
	return took, err
}

// check counts what is stored: as many notes, changes and posts as writes.
func check(ctx context.Context, dir string, writes int) error {
	db, err := sql.Open("sqlite3", "file:"+file(dir)+"?mode=ro")
	if err != nil {
		return err
	}
	var notes, changes, posts int
	err = db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM notes), (SELECT count(*) FROM changes WHERE command = 'note'),
		(SELECT count(*) FROM outbox)`).Scan(&notes, &changes, &posts)
	if err == nil && (notes != writes || changes != writes || posts != writes) {
		err = fmt.Errorf("stored: got %d notes, %d changes and %d posts, want %d of each", notes, changes, posts, writes)
	}
	return errors.Join(err, db.Close())
}
