package storage_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// Undo restores the state before any change, also after a restart, and undo of
// undo the state after it.
func TestUndoRestoresWhatWas(t *testing.T) {
	t.Parallel()
	const changes = 200
	edits := slices.Concat(dealEdits, dealEdits, addedEdits, houseEdits)
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			seed := uint64(time.Now().UnixNano())
			t.Logf("seed %d", seed)
			random := rand.New(rand.NewPCG(seed, 15))
			p := open(t, k)
			p.furnish("bolt")
			before := p.state()
			past := p.past()
			for i := range changes {
				e, deals := edits[random.IntN(len(edits))], p.numbers()
				p.make(e, p.anna, deals[random.IntN(len(deals))], random)
				after := p.state()
				p.restart(random)
				p.mustUndo(p.anna)
				p.restart(random)
				p.same(e.name+": state after undo", p.state(), before)
				if random.IntN(3) > 0 && (e.name != "delete" || len(deals) > 2) && !strings.HasPrefix(e.name, "delete ") { // there is one only
					p.mustUndo(p.anna)
					p.restart(random)
					p.same(e.name+": state after undo of undo", p.state(), after)
					before = after
				}
				p.standing(past)
				past = p.past()
				if t.Failed() {
					t.Fatalf("seed %d: it was change %d", seed, i)
				}
			}
		})
	}
}

// restart closes the store and opens it again, now and then.
func (p *place) restart(random *rand.Rand) {
	p.Helper()
	if random.IntN(12) == 0 {
		p.reopen()
	}
}
