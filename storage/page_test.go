package storage_test

import (
	"context"
	"testing"

	"fifteen/storage"
)

func TestPageMessages(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			keep := func(all ...storage.PageMessage) {
				t.Helper()
				write(p, func(ctx context.Context, tx *storage.Tx) (any, error) {
					for _, m := range all {
						if err := tx.KeepPageMessage(ctx, m); err != nil {
							return nil, err
						}
					}
					return nil, nil
				})
			}
			kept := func(most int) []storage.PageMessage {
				t.Helper()
				return read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.PageMessage, error) {
					return tx.PageMessages(ctx, most)
				})
			}
			p.same("nothing", len(kept(10)), 0)
			one, two := storage.PageMessage{Number: 1, Room: "#sales", Body: `{"text":"“x”"}`}, storage.PageMessage{Number: 2, Room: "anna", Body: "{}"}
			keep(two, one)
			p.same("by number", kept(10), []storage.PageMessage{one, two})
			one.Body = `{"text":"y"}`
			keep(one)
			p.reopen()
			p.same("changed, and there after a restart", kept(10), []storage.PageMessage{one, two})
			p.same("the newest", kept(1), []storage.PageMessage{two})
			write(p, func(ctx context.Context, tx *storage.Tx) (any, error) { return nil, tx.PrunePageMessages(ctx, 1) })
			p.same("pruned", kept(10), []storage.PageMessage{two})
		})
	}
}
