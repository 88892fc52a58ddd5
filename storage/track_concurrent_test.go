package storage_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"fifteen/scoring"
	"fifteen/storage"
)

// Two deals of one company that are brought back at once, when the company has no
// track any more, are both on the track again.
func TestTrackMadeAtOnce(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			for round := range 15 {
				name := fmt.Sprint("Acme ", round)
				var gone []storage.Change
				for _, m := range []storage.Member{p.anna, p.boris} {
					number := p.add(storage.Deal{Name: name, Owner: m.ID}).Number
					p.change(number, p.by(m), func(d *storage.Deal) { d.Deleted = true })
					gone = append(gone, p.last(m))
				}
				by := p.by(p.petra)
				begun := make(chan struct{}, 2)
				for _, err := range together(2, func(i int) error {
					return p.try(func(ctx context.Context, tx *storage.Tx) error {
						if storage.IsPostgres(p.dsn) { // on SQLite there is one writer
							begun <- struct{}{}
							for len(begun) < 2 {
								runtime.Gosched()
							}
						}
						return tx.Undo(ctx, gone[i], by)
					})
				}) {
					if err != nil {
						t.Errorf("undo: got error %v, want none", err)
					}
				}
			}
			for _, track := range p.tracks(start, p.now.Add(time.Hour)) {
				if strings.Count(track, " l") != 2 {
					t.Errorf("got the track %q, want both deals on it", track)
				}
			}
		})
	}
}

// All deals of some companies step, are renamed to one another and are handed
// over at once: nothing is lost, and nobody is told of a deadlock.
func TestTracksChangedAtOnce(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			const deals = 8
			for i := range deals {
				p.add(storage.Deal{Name: []string{"Acme", "Bolt"}[i%2], Owner: []int64{p.anna.ID, p.boris.ID}[i/2%2]})
			}
			by := p.by(p.petra)
			for _, err := range together(60, func(i int) error {
				if i%15 == 14 {
					return p.try(func(ctx context.Context, tx *storage.Tx) error {
						_, err := tx.HandOver(ctx, []int64{p.anna.ID, p.boris.ID}[i%2], p.petra.ID, by)
						return err
					})
				}
				return p.try(func(ctx context.Context, tx *storage.Tx) error {
					before, err := tx.Deal(ctx, int64(1+i%deals))
					if err != nil {
						return err
					}
					after := before
					if i%3 == 0 {
						after.Name = map[string]string{"Acme": "Bolt", "Bolt": "Acme"}[before.Name]
						after.Key = strings.ToLower(after.Name)
					} else {
						after.Step = []scoring.Step{scoring.Contact, scoring.Presentation}[i%2]
					}
					_, err = tx.SaveDeal(ctx, before, after, by)
					return err
				})
			}) {
				if err != nil {
					t.Errorf("change: got error %v, want none", err)
				}
			}
			p.agree()
		})
	}
}
