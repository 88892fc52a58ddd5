package storage

import (
	"context"
	"database/sql"
	"os"
	"strings"
	"testing"
	"time"

	"fifteen/storage/storagetest"
)

// A sweep runs every few seconds: without anything to send it writes nothing,
// and does not look through what other platforms have not sent.
func TestClaimPostsWithoutAny(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	post := func(platform string, due time.Time) {
		t.Helper()
		err := d.store.Write(t.Context(), d.home, func(tx *Tx) error {
			_, err := tx.Post(t.Context(), Post{Platform: platform, DueAt: due})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	post("terminal", now)
	post("slack", now.Add(time.Second))
	before := d.w.commits.Load()
	if got, err := d.store.ClaimPosts(t.Context(), []string{"slack"}, now, 10); err != nil || len(got) != 0 {
		t.Errorf("got %v, %v, want nothing", got, err)
	}
	if got := d.w.commits.Load() - before; got != 0 {
		t.Errorf("commits: got %d, want none", got)
	}
	db, err := sql.Open("sqlite3", "file:"+d.file+"?_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut(t, db) })
	for _, query := range []string{anyDue, claimable} {
		s := statement{strings.Replace(query, "IN ?", "IN (?)", 1), []any{"slack", now, 10}[:strings.Count(query, "?")]}
		plan := strings.Join(explain(t, db, s), "; ")
		if !strings.Contains(plan, "INDEX outbox_due (platform=? AND due_at<?)") ||
			!strings.Contains(plan, "INDEX outbox_chat (platform=? AND workspace_id=? AND chat=? AND id<?)") ||
			strings.Contains(plan, "SCAN") {
			t.Errorf("plan: got %s, want a search of the indexes outbox_due and outbox_chat", plan)
		}
	}
	s := statement{putOffChat, []any{now, now, 1, "slack", 1, "C1"}}
	if plan := explain(t, db, s)[0]; !strings.Contains(plan, "INDEX outbox_chat (platform=? AND workspace_id=? AND chat=?)") {
		t.Errorf("plan of a chat that is put off: got %s, want a search of the index outbox_chat", plan)
	}
}

// A look into the outbox of PostgreSQL follows what is due, not what waits or was
// sent: of 20,000 posts in 2,000 chats, all but those of twenty chats are put off;
// and 4,000 chats are due, behind 32,000 posts that were sent.
func TestClaimPostsOnPostgres(t *testing.T) {
	t.Parallel()
	server := os.Getenv("FIFTEEN_TEST_POSTGRES")
	if server == "" {
		return // SQLite's plans do not depend on what is stored
	}
	for name, posts := range map[string]string{
		"waiting": "'C' || i % 2000, FALSE, CASE WHEN i % 2000 < 20 THEN 8 ELSE 10 END FROM generate_series(1, 20000) i",
		"sent":    "'C' || i, i <= 32000, 8 FROM generate_series(1, 36000) i",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			claimsWhatIsDue(t, server, posts)
		})
	}
}

func claimsWhatIsDue(t *testing.T, server, rows string) {
	t.Helper()
	store, db := filledOutbox(t, server, rows)
	e, ok := store.engine.(*postgresEngine)
	if !ok {
		t.Fatalf("engine: got %T, want PostgreSQL's", store.engine)
	}
	sent := spy(t, e.gorm)
	posts, err := store.ClaimPosts(t.Context(), []string{"slack"}, storagetest.Now, 16)
	if err != nil || len(posts) != 16 {
		t.Fatalf("claim: got %d posts, %v, want 16", len(posts), err)
	}
	if _, err := db.ExecContext(t.Context(), "UPDATE outbox SET due_at = $1 WHERE claimed", storagetest.Now); err != nil {
		t.Fatal(err)
	}
	for _, s := range *sent {
		root, text := analyze(t, db, s)
		if read, _ := root.reads(); read > 500 || strings.Contains(text, "Seq Scan on outbox") {
			t.Errorf("got %.0f rows read, want no more than those of the chats that are due:\n%s", read, text)
		}
	}
}

// filledOutbox opens a store with posts: rows selects their chat, whether they were
// sent, and the hour at which they are due.
func filledOutbox(t *testing.T, server, rows string) (*Store, *sql.DB) {
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
	store, db := filled(t, "pgx", dsn, dsn, 100)
	for _, s := range []string{
		`INSERT INTO outbox (workspace_id, event_key, member_id, platform, chat, thread, private, body, sent, attempts, created_at, due_at)
			SELECT 1, '', 1, 'slack', chat, '', FALSE, '{}', sent, 0, now(), TIMESTAMPTZ '2026-11-22 00:00:00+00' + hour * interval '1 hour'
			FROM (SELECT ` + rows + ") v (chat, sent, hour)",
		"VACUUM ANALYZE outbox, members, accounts",
	} {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	return store, db
}
