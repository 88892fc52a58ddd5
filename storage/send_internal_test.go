package storage

import (
	"database/sql"
	"strings"
	"testing"
	"time"
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
		if !strings.Contains(plan, "INDEX outbox_due (platform=? AND due_at<?)") || strings.Contains(plan, "SCAN") {
			t.Errorf("plan: got %s, want a search of the index outbox_due", plan)
		}
	}
}
