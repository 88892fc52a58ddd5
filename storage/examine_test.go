package storage_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"fifteen/storage"
)

// A database is examined without being made, changed or brought up.
func TestExamine(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			dsn := k.empty(t)
			for range 2 { // the first look makes nothing
				got, err := storage.Examine(t.Context(), dsn, time.Now)
				if err != nil || !got.Missing || got.Version != 0 || got.Newest == 0 || got.Server == "" || got.Write <= 0 {
					t.Fatalf("none yet: got %+v and %v, want it missing", got, err)
				}
			}
			p := open(t, k)
			before := p.everything(p.home)
			got, err := storage.Examine(t.Context(), p.dsn, time.Now)
			if err != nil || got.Missing || got.Version != got.Newest || got.Jobs || got.Busy {
				t.Fatalf("got %+v and %v, want it at its newest version, and nobody at the jobs", got, err)
			}
			p.same("rows", p.everything(p.home), before)
			if k.name == "postgres" && got.Now.IsZero() {
				t.Error("got no time of the server's")
			}
		})
	}
}

// While a program is at the jobs, others see it.
func TestExamineJobs(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			ctx, stop := context.WithCancel(t.Context())
			ran, ended := make(chan struct{}, 100), make(chan error, 1)
			go func() {
				ended <- p.store.RunJobs(ctx, slog.New(slog.DiscardHandler), storage.Work{
					Name: "look", Every: time.Second, Run: func(context.Context) error { ran <- struct{}{}; return nil },
				})
			}()
			<-ran
			if got, err := storage.Examine(t.Context(), p.dsn, time.Now); err != nil || !got.Jobs {
				t.Errorf("got %+v and %v, want somebody at the jobs", got, err)
			}
			stop()
			if err := <-ended; err != nil {
				t.Fatal(err)
			}
			if got, err := storage.Examine(t.Context(), p.dsn, time.Now); err != nil || got.Jobs {
				t.Errorf("after the end: got %+v and %v, want nobody at the jobs", got, err)
			}
		})
	}
}

// The next turn of any workspace is known.
func TestNextTurn(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			if _, ok, err := p.store.NextTurn(t.Context()); ok || err != nil {
				t.Errorf("none: got %v and %v, want none", ok, err)
			}
			for _, days := range []int{7, 3, 5} {
				at := start.AddDate(0, 0, days)
				err := p.store.Write(t.Context(), p.home, func(tx *storage.Tx) error {
					return tx.SetTurn(t.Context(), storage.Turn{Kind: storage.PlanReminder, Number: int64(days), Slot: at.Format("2006-01-02 15:04"), At: at, DueAt: at})
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			if at, ok, err := p.store.NextTurn(t.Context()); !ok || err != nil || !at.Equal(start.AddDate(0, 0, 3)) {
				t.Errorf("got %v, %v and %v, want the one in three days", at, ok, err)
			}
		})
	}
}
