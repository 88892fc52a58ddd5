package storage_test

import (
	"context"
	"testing"
	"time"

	"fifteen/scoring"
	"fifteen/storage"
)

func TestTracksAlike(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			for i, c := range []storage.Company{
				{Name: "Acme", Industry: "steel", Size: "small"},
				{Name: "Bolt"},
				{Name: "Cog", Industry: "steel", Size: "large"},
				{Name: "Dam", Industry: "steel", Size: "small"},
				{Name: "Elm", Size: "small"},
			} {
				p.add(storage.Deal{Name: c.Name})
				p.describe(int64(i+1), func(d *storage.Company) { d.Industry, d.Size = c.Industry, c.Size })
			}
			p.step(4, scoring.Contact)
			p.lose(5, scoring.Refusal{Reason: scoring.NoBudget})
			left := p.now
			alike := func(from time.Time) map[string][]int64 {
				return read(p, func(ctx context.Context, tx *storage.Tx) (map[string][]int64, error) {
					found := map[string][]int64{}
					err := tx.TracksAlike(ctx, from, p.now.Add(time.Hour), func(industry, size string, moves []scoring.Move) {
						for _, m := range moves {
							found[industry+"/"+size] = append(found[industry+"/"+size], m.Deal)
						}
					})
					return found, err
				})
			}
			// The deals of all moves: Dam has moved twice, Elm is gone.
			p.same("until it left", alike(left), map[string][]int64{
				"steel/small": {1, 4, 4}, "/": {2}, "steel/large": {3}, "/small": {5, 5},
			})
			p.same("since it left", alike(left.Add(time.Microsecond)), map[string][]int64{
				"steel/small": {1, 4, 4}, "/": {2}, "steel/large": {3},
			})
		})
	}
}
