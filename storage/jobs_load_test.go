package storage_test

import (
	"context"
	"strconv"
	"sync"
	"testing"
	"time"

	"fifteen/storage"
)

// Ticks come while the writer has no pause, and neither is in the other's way.
func TestJobsBesideABusyWriter(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			for range writers {
				p.add(storage.Deal{Name: "Acme"})
			}
			var writing sync.WaitGroup
			ctx, stop := context.WithCancel(t.Context())
			for writer := range writers {
				writing.Go(func() {
					for i := 0; ctx.Err() == nil; i++ {
						id := strconv.Itoa(writer) + "-" + strconv.Itoa(i)
						write := func(ctx context.Context, tx *storage.Tx) error { return leave(ctx, tx, int64(writer+1), id) }
						if err := p.try(write); err != nil { //nolint:contextcheck // a write is finished when ctx is done
							t.Errorf("write: got error %v, want none", err)
						}
					}
				})
			}
			ran := make(chan int)
			o := &office{T: t, log: &record{}, stop: stop, done: make(chan error, 1)}
			go func() {
				o.done <- p.store.RunJobsSoon(ctx, o.logger(), ticking("sweep", time.Second, ran, 0))
			}()
			await(t, "ticks", ran, 5)
			o.fire()
			writing.Wait()
			if got := o.log.lines(); len(got) > 0 {
				t.Errorf("log: got %q, want nothing", got)
			}
		})
	}
}
