package storage_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fifteen/storage"
)

func TestCursor(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			at := time.Date(2026, time.November, 26, 9, 0, 0, 0, time.UTC)
			check := func(name, stream string, want int64) {
				t.Helper()
				got, err := p.store.Position(t.Context(), stream, at)
				if err != nil || got != want {
					t.Errorf("%s: got position %d, error %v, want %d", name, got, err, want)
				}
			}
			advance := func(stream string, position int64) {
				t.Helper()
				if err := p.store.Advance(t.Context(), stream, position, at); err != nil {
					t.Error(err)
				}
			}
			check("before anything was read", "telegram", 0)
			advance("telegram", 1<<40)
			check("after the first", "telegram", 1<<40)
			advance("telegram", 5)
			check("it never goes back", "telegram", 1<<40)
			check("another stream", "slack", 0)

			write(p, func(ctx context.Context, tx *storage.Tx) (struct{}, error) {
				return struct{}{}, tx.Advance(ctx, "slack", 3, at)
			})
			check("advanced in a transaction", "slack", 3)
			failed := errors.New("failed")
			if err := p.try(func(ctx context.Context, tx *storage.Tx) error {
				return errors.Join(tx.Advance(ctx, "slack", 4, at), failed)
			}); !errors.Is(err, failed) {
				t.Errorf("write: got error %v, want %v", err, failed)
			}
			check("advanced in a transaction that failed", "slack", 3)

			at = at.Add(6 * 24 * time.Hour)
			advance("telegram", 7)
			check("six days later it still counts", "telegram", 1<<40)
			at = at.Add(6*24*time.Hour + time.Second)
			check("after six days without any", "telegram", 0)
			advance("telegram", 7)
			check("then it begins anew, lower too", "telegram", 7)
		})
	}
}
