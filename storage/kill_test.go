package storage_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"fifteen/storage"
)

const (
	// victimEnv tells the test binary to be the program that is killed, and on
	// which database.
	victimEnv = "FIFTEEN_TEST_VICTIM"
	// runEnv tells the killed programs apart.
	runEnv = "FIFTEEN_TEST_RUN"
	// writers is how many goroutines of a victim write, each to its own deal.
	writers = 8
	// kills is how often a victim is killed.
	kills = 50
)

// victim writes until it is killed. It prints each id as soon as its write is
// acknowledged.
func victim(dsn string) error {
	ctx := context.Background()
	store, err := storage.Open(ctx, dsn)
	if err != nil {
		return err
	}
	errs := make(chan error)
	for writer := range writers {
		go func() {
			for i := 0; ; i++ {
				id := fmt.Sprintf("%s-%d-%d", os.Getenv(runEnv), writer, i)
				if err := store.Write(ctx, 1, func(tx *storage.Tx) error { return leave(ctx, tx, int64(writer+1), id) }); err != nil {
					errs <- err
				}
				fmt.Println(id)
			}
		}()
	}
	return <-errs
}

// leave stores an id in two tables, as a note and as an answer.
func leave(ctx context.Context, tx *storage.Tx, deal int64, id string) error {
	d, err := tx.Deal(ctx, deal)
	if err != nil {
		return err
	}
	if _, err := tx.AddNote(ctx, d, id, storage.Author{Member: 1, At: start}); err != nil {
		return err
	}
	_, err = tx.Post(ctx, storage.Post{EventKey: id, CreatedAt: start, DueAt: start})
	return err
}

// What was acknowledged survives a program that is killed at any moment, and
// nothing is stored by half.
func TestKilled(t *testing.T) {
	t.Parallel()
	p := open(t, kinds()[0])
	for range writers {
		p.add(storage.Deal{Name: "Acme"})
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 15))
	acknowledged := 0
	for run := range kills {
		shut(t, p.store)
		ids := kill(t, p.dsn, run, random)
		acknowledged += len(ids)
		p.reopen()
		p.survived(fmt.Sprintf("%d-", run), ids)
		if t.Failed() {
			t.Fatalf("seed %d: it was run %d", seed, run)
		}
	}
	t.Logf("%d writes acknowledged over %d kills", acknowledged, kills)
}

// kill starts a victim, kills it some time after an acknowledgement and returns
// what it has acknowledged.
func kill(t *testing.T, dsn string, run int, random *rand.Rand) (ids []string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), victimEnv+"="+dsn, fmt.Sprintf("%s=%d", runEnv, run))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	read, last := bufio.NewReader(out), random.IntN(150)
	for {
		line, err := read.ReadString('\n')
		if err == io.EOF {
			break // a line that was cut off is no acknowledgement
		}
		if err != nil {
			t.Fatal(err)
		}
		if ids = append(ids, strings.TrimSpace(line)); len(ids) == last+1 {
			// The pause spreads the kills over a commit's phases; nothing waits for it.
			time.AfterFunc(time.Duration(random.IntN(3000))*time.Microsecond, func() {
				if err := cmd.Process.Kill(); err != nil {
					t.Errorf("kill: got error %v, want none", err)
				}
			})
		}
	}
	if err := cmd.Wait(); err == nil || len(ids) <= last {
		t.Fatalf("victim: got an end of its own (%v) after %d writes, want it killed", err, len(ids))
	}
	return ids
}

// survived checks that all ids are stored, whatever is stored is whole, and the
// database is sound.
func (p *place) survived(prefix string, ids []string) {
	p.Helper()
	db := rawDB(p.T, p.dsn)
	defer shut(p, db) // or the database would not be recovered when it is opened again
	stored := map[string]bool{}
	for _, id := range rows(p.T, db, "SELECT event_key FROM outbox WHERE event_key LIKE '"+prefix+"%'") {
		stored[id] = true
	}
	for _, id := range ids {
		if !stored[id] {
			p.Errorf("acknowledged write %s: got nothing stored, want it", id)
		}
	}
	halves := `SELECT text FROM notes WHERE text NOT IN (SELECT event_key FROM outbox)
		UNION ALL SELECT event_key FROM outbox WHERE event_key NOT IN (SELECT text FROM notes)
		UNION ALL SELECT 'deal ' || number FROM deals
			WHERE revision <> 1 + (SELECT count(*) FROM notes WHERE deal = number)
		UNION ALL SELECT 'note ' || text FROM notes n
			WHERE NOT EXISTS (SELECT 1 FROM changes c WHERE c.deal = n.deal AND c.rev = n.rev)`
	if got := rows(p.T, db, halves); len(got) > 0 {
		p.Errorf("stored by half: got %q, want nothing", got)
	}
	if got := rows(p.T, db, "PRAGMA integrity_check"); len(got) != 1 || got[0] != "ok" {
		p.Errorf("integrity check: got %q, want ok", got)
	}
	if got := rows(p.T, db, "PRAGMA foreign_key_check"); len(got) > 0 {
		p.Errorf("foreign key check: got %q, want nothing", got)
	}
}
