package storage_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"fifteen/storage"
)

// failedOnce are seeds with which a cache did not follow.
var failedOnce = []uint64{
	1795669997995462533, // an undo after others had handed the deal over and back
}

// TestCachesFollowTheAuditTrail lets three people change, hand over, delete and
// undo whatever they like, with clocks that do not always agree, and checks that
// what is cached of the deals is what the audit trail says.
func TestCachesFollowTheAuditTrail(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		for _, seed := range append([]uint64{uint64(time.Now().UnixNano())}, failedOnce...) {
			t.Run(fmt.Sprint(k.name, " ", seed), func(t *testing.T) {
				t.Parallel()
				followTheTrail(t, k, seed)
			})
		}
	}
}

// followTheTrail changes whatever the seed says.
func followTheTrail(t *testing.T, k kind, seed uint64) {
	t.Helper()
	edits := make([]edit, 0, len(dealEdits)+len(addedEdits))
	for _, e := range append(append(edits, dealEdits...), addedEdits...) {
		switch e.name {
		case "name", "owner", "step", "outcome", "aftermath", "objection", "add deal", "delete":
			edits = append(edits, e)
		}
	}
	random := rand.New(rand.NewPCG(seed, 16))
	p := open(t, k)
	people := []storage.Member{p.petra, p.anna, p.boris}
	for i := range 5 {
		p.add(storage.Deal{Name: []string{"Acme", "Bolt"}[i%2], Owner: people[i%3].ID})
	}
	for i := range 300 {
		who := people[random.IntN(3)]
		if random.IntN(4) == 0 {
			p.now = p.now.Add(-3 * time.Minute)
		}
		switch deals := p.numbers(); random.IntN(10) {
		case 0, 1, 2, 3:
			if err := p.undo(who); err != nil && !errors.Is(err, storage.ErrMoved) && !errors.Is(err, storage.ErrNotFound) {
				t.Fatalf("seed %d: undo %d: %v", seed, i, err)
			}
		case 4:
			p.handOver(who, people[random.IntN(3)])
		default:
			e := edits[random.IntN(len(edits))]
			if len(deals) > 2 || e.name != "delete" {
				p.make(e, who, deals[random.IntN(len(deals))], random)
			}
		}
		if i%10 == 9 {
			p.agree()
		}
		if t.Failed() {
			t.Fatalf("seed %d: it was change %d", seed, i)
		}
	}
}

// agree checks the tracks and the rows of noes against the deals and their
// audit trails.
func (p *place) agree() {
	p.Helper()
	tracks := func() []string {
		return rows(p.T, p.raw(), fmt.Sprintf("SELECT company_id, listed_at, left_at, moves FROM tracks WHERE workspace_id = %d ORDER BY company_id", p.home))
	}
	kept := tracks()
	for _, statement := range []string{"DELETE FROM tracks", "INSERT INTO cursors (stream, position) VALUES ('tracks to write', 0)"} {
		if _, err := p.raw().ExecContext(p.Context(), statement); err != nil {
			p.Fatal(err)
		}
	}
	p.reopen()
	p.same("tracks", kept, tracks())

	numbers := p.numbers()
	lost := read(p, func(ctx context.Context, tx *storage.Tx) (all []string, err error) {
		for _, number := range numbers {
			d, err := tx.Deal(ctx, number)
			if err != nil {
				return nil, err
			}
			if d.Outcome == "lost" {
				all = append(all, fmt.Sprintf("%d %s %s %s %s %d %s %s", d.Number, text(d.EndedAt), d.Reason, d.Words,
					d.Aftermath.Probe, d.Aftermath.Product, d.Aftermath.Winner.Kind, d.Aftermath.Door.State))
			}
		}
		return all, nil
	})
	p.same("noes that stand", rows(p.T, p.raw(), fmt.Sprintf(`SELECT r.deal, r.at, r.reason, r.words, r.probe, r.product, r.winner, r.door
		FROM refusals r WHERE r.workspace_id = %d AND NOT r.deleted AND r.back_at > '9000-01-01' ORDER BY r.deal`, p.home)), lost)
	p.same("noes of deleted deals", rows(p.T, p.raw(), `SELECT r.deal FROM refusals r
		JOIN deals d ON d.workspace_id = r.workspace_id AND d.number = r.deal WHERE r.deleted <> d.deleted`), []string(nil))
	p.same("promises of deals that are not lost", rows(p.T, p.raw(),
		"SELECT number FROM deals WHERE outcome <> 'lost' AND (follow_on <> '' OR aftermath <> '{}')"), []string(nil))
}
