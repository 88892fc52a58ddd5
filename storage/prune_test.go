package storage_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fifteen/storage"
)

func TestPruneOutbox(t *testing.T) {
	t.Parallel()
	const old = 1_200 // more than two writes take away
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			if err := p.try(func(ctx context.Context, tx *storage.Tx) error {
				for i := range old {
					if _, err := tx.Post(ctx, p.message(fmt.Sprint("old ", i), "old", 0)); err != nil {
						return err
					}
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			if _, err := p.raw().ExecContext(t.Context(), "UPDATE outbox SET sent = TRUE"); err != nil {
				t.Fatal(err)
			}
			p.post(p.message("", "old, and not sent", 0))
			limit := p.now.Add(time.Second)
			p.now = limit
			fresh := p.post(p.message("fresh", "fresh", 0))
			if err := p.store.MarkSent(t.Context(), fresh.ID); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if err := p.store.PruneOutbox(t.Context(), limit); err != nil {
					t.Fatal(err)
				}
				p.same("what is left", rows(t, p.raw(), "SELECT body, sent FROM outbox ORDER BY id"),
					[]string{"old, and not sent false", "fresh true"})
			}
		})
	}
}

func TestPruneDrafts(t *testing.T) {
	t.Parallel()
	const old = 1_200
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			if err := p.try(func(ctx context.Context, tx *storage.Tx) error {
				for i := range old {
					if _, err := tx.KeepDraft(ctx, p.draft(fmt.Sprint("old ", i), "note", "text")); err != nil {
						return err
					}
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			p.settle("bolt")
			p.keep(p.draft("old", "note", "text"))
			p.now = p.now.Add(time.Second)
			p.keep(p.draft("fresh", "note", "text"))
			for range 2 {
				if err := p.store.PruneDrafts(t.Context(), p.now); err != nil {
					t.Fatal(err)
				}
				p.same("what is left", rows(t, p.raw(), "SELECT number, event_key FROM drafts"), []string{"2 fresh"})
			}
		})
	}
}
