package storage_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fifteen/storage"
)

// generous is how long a test waits for what takes seconds.
const generous = 3 * time.Minute

// office is a store whose jobs run.
type office struct {
	*testing.T
	log  *record
	stop context.CancelFunc
	done chan error
}

// record is a log that tests read.
type record struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (r *record) Write(line []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(line)
}

func (r *record) lines() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.FieldsFunc(r.text.String(), func(c rune) bool { return c == '\n' })
}

// count returns how many lines hold a text.
func (r *record) count(text string) (n int) {
	for _, line := range r.lines() {
		if strings.Contains(line, text) {
			n++
		}
	}
	return n
}

// hire starts jobs over a store of their own, which ends with them.
func hire(t *testing.T, dsn string, works ...storage.Work) *office {
	t.Helper()
	store, err := storage.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	o := &office{T: t, log: &record{}, stop: stop, done: make(chan error, 1)}
	go func() {
		o.done <- errors.Join(store.RunJobsSoon(ctx, o.logger(), works...), store.Close())
	}()
	t.Cleanup(o.fire)
	return o
}

func (o *office) logger() *slog.Logger { return slog.New(slog.NewTextHandler(o.log, nil)) }

// fire stops the jobs, which must end without an error. Twice does nothing.
func (o *office) fire() {
	o.Helper()
	o.stop()
	if err, open := <-o.done; open {
		close(o.done)
		if err != nil {
			o.Errorf("jobs: got error %v, want none", err)
		}
	}
}

// await waits for so many values and returns the last.
func await[T any](t *testing.T, what string, ch <-chan T, times int) (last T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), generous)
	defer cancel()
	for i := range times {
		select {
		case last = <-ch:
		case <-ctx.Done():
			t.Fatalf("%s: got %d, want %d", what, i, times)
		}
	}
	return last
}

// ticking is a work that tells ch of each run, as far as anybody listens.
func ticking[T any](name string, every time.Duration, ch chan<- T, value T) storage.Work {
	return storage.Work{Name: name, Every: every, Run: func(context.Context) error {
		select {
		case ch <- value:
		default:
		}
		return nil
	}}
}

// A work that fails or panics is logged once for each run, and neither its next
// run nor another work suffers. Nothing of what it said is in the database.
func TestJobsTickOn(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			dsn, good := k.empty(t), make(chan int)
			var failed, panicked atomic.Int32
			o := hire(t, dsn,
				storage.Work{Name: "bad", Every: time.Second, Run: func(context.Context) error {
					failed.Add(1)
					return errors.New("Acme is slow")
				}},
				storage.Work{Name: "worse", Every: time.Second, Run: func(context.Context) error {
					panicked.Add(1)
					panic("Acme is gone")
				}},
				storage.Work{Name: "good", Every: time.Second, Run: func(ctx context.Context) error {
					if failed.Load() >= 2 && panicked.Load() >= 2 {
						hand(ctx, good)
					}
					return nil
				}})
			await(t, "ticks of the good work beside the others", good, 2)
			o.fire()
			for what, want := range map[string]int32{
				"Acme is slow": failed.Load(), "Acme is gone": panicked.Load(), "": failed.Load() + panicked.Load(),
			} {
				if got := o.log.count(what); got != int(want) {
					t.Errorf("log lines with %q: got %d, want %d, one for each run", what, got, want)
				}
			}
			db := rawDB(t, dsn)
			if got := rows(t, db, "SELECT id FROM river_job WHERE state <> 'completed' OR errors IS NOT NULL"); len(got) > 0 {
				t.Errorf("ticks that are not simply done: got %q, want none", got)
			}
		})
	}
}

// hand gives one value to who listens, until ctx is done.
func hand(ctx context.Context, ch chan<- int) {
	select {
	case ch <- 0:
	case <-ctx.Done():
	}
}

// Two processes start at the same time on a new database. One does the work, and
// the other one when that has stopped.
func TestJobsTakeTurns(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			dsn, ran := k.empty(t), make(chan int)
			var atIt atomic.Int32
			offices := make([]*office, 2)
			for i := range offices {
				offices[i] = hire(t, dsn, storage.Work{Name: "sweep", Every: time.Second, Run: func(ctx context.Context) error {
					if n := atIt.Add(1); n != 1 {
						t.Errorf("runs at the same time: got %d, want 1", n)
					}
					defer atIt.Add(-1)
					select {
					case ran <- i:
					case <-ctx.Done():
					}
					return nil
				}})
			}
			first := await(t, "ticks", ran, 3)
			offices[first].fire()
			for other := first; other == first; {
				other = await(t, "ticks of the other", ran, 1)
			}
			for _, o := range offices {
				o.fire()
				if got := o.log.lines(); len(got) > 0 {
					t.Errorf("log: got %q, want nothing", got)
				}
			}
		})
	}
}

// What processes have left that were killed, or whose clock was a month ahead,
// holds nobody up.
func TestJobsAfterTrouble(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		for name, left := range map[string]map[string][]string{
			"a tick that was killed":    {"sqlite": {stray("'-2 minutes'")}, "postgres": {strayPostgres("-2 minutes")}},
			"a tick from next month":    {"sqlite": {stray("'+30 days'")}, "postgres": {strayPostgres("30 days")}},
			"a tick to come next month": {"sqlite": {ahead}, "postgres": {aheadPostgres}},
			"a leader until next month": {"sqlite": {reign}, "postgres": {reignPostgres}},
		} {
			t.Run(k.name+"/"+name, func(t *testing.T) {
				t.Parallel()
				dsn, ran := k.empty(t), make(chan int)
				o := hire(t, dsn, ticking("sweep", time.Second, ran, 0))
				await(t, "ticks before", ran, 1)
				o.fire()
				db := rawDB(t, dsn)
				for _, statement := range left[k.name] {
					if _, err := db.ExecContext(t.Context(), statement); err != nil {
						t.Fatal(err)
					}
				}
				shut(t, db)
				again := make(chan int)
				hire(t, dsn, ticking("sweep", time.Second, again, 0))
				await(t, "ticks after", again, 2)
			})
		}
	}
}

// stray makes the last tick one that somebody who is gone has begun.
func stray(begun string) string {
	return `UPDATE river_job SET state = 'running', finalized_at = NULL, attempt = 1,
		attempted_at = strftime('%Y-%m-%d %H:%M:%f', 'now', ` + begun + `) WHERE id = (SELECT max(id) FROM river_job)`
}

func strayPostgres(begun string) string {
	return `UPDATE river_job SET state = 'running', finalized_at = NULL, attempt = 1,
		attempted_at = now() + interval '` + begun + `' WHERE id = (SELECT max(id) FROM river_job)`
}

const (
	ahead = `UPDATE river_job SET state = 'available', finalized_at = NULL, attempted_at = NULL,
		scheduled_at = datetime('now', '+30 days') WHERE id = (SELECT max(id) FROM river_job)`
	aheadPostgres = `UPDATE river_job SET state = 'available', finalized_at = NULL, attempted_at = NULL,
		scheduled_at = now() + interval '30 days' WHERE id = (SELECT max(id) FROM river_job)`
	reign = `INSERT INTO river_leader (elected_at, expires_at, leader_id)
		VALUES (datetime('now', '+30 days'), datetime('now', '+31 days'), 'gone')`
	reignPostgres = `INSERT INTO river_leader (elected_at, expires_at, leader_id)
		VALUES (now() + interval '30 days', now() + interval '31 days', 'gone')`
)

func TestJobsRefuse(t *testing.T) {
	t.Parallel()
	store, err := storage.Open(t.Context(), emptySQLite(t))
	if err != nil {
		t.Fatal(err)
	}
	defer shut(t, store)
	idle := func(context.Context) error { return nil }
	for name, works := range map[string][]storage.Work{
		"no name":     {{Every: time.Second, Run: idle}},
		"no function": {{Name: "sweep", Every: time.Second}},
		"too often":   {{Name: "sweep", Every: time.Millisecond, Run: idle}},
		"twice":       {{Name: "sweep", Every: time.Second, Run: idle}, {Name: "sweep", Every: time.Second, Run: idle}},
	} {
		if err := store.RunJobs(t.Context(), slog.New(slog.DiscardHandler), works...); err == nil {
			t.Errorf("%s: got no error, want one", name)
		}
	}
}
