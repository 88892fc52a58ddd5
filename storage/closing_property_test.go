package storage_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"fifteen/scoring"
	"fifteen/storage"
)

// closingEdits are the edits that can move a deal with regard to the band.
func closingEdits() []edit {
	var edits []edit
	for _, e := range slices.Concat(dealEdits, addedEdits) {
		switch e.name {
		case "amount", "no amount", "owner", "outcome", "direct score", "answer", "add deal", "delete", "name":
			edits = append(edits, e)
		}
	}
	return edits
}

// TestClosingsFollowTheAuditTrail lets three people change, hand over, delete and
// undo, and checks what the closing band is said to have been at every moment
// against the audit trail.
func TestClosingsFollowTheAuditTrail(t *testing.T) {
	t.Parallel()
	edits := closingEdits()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			seed := uint64(time.Now().UnixNano())
			t.Logf("seed %d", seed)
			random := rand.New(rand.NewPCG(seed, 14))
			p := open(t, k)
			people := []storage.Member{p.petra, p.anna, p.boris}
			for i := range 5 {
				p.add(storage.Deal{Name: []string{"Acme", "Bolt"}[i%2], Owner: people[i%3].ID, Amount: eur(int64(100 * i))})
			}
			const changes = 200
			moments := make([]time.Time, 0, changes)
			for range changes {
				moments = append(moments, p.now)
				who := people[random.IntN(3)]
				switch deals := p.numbers(); random.IntN(10) {
				case 0, 1, 2:
					if err := p.undo(who); err != nil && !errors.Is(err, storage.ErrMoved) && !errors.Is(err, storage.ErrNotFound) {
						t.Fatalf("undo: %v", err)
					}
				case 3:
					p.handOver(who, people[random.IntN(3)])
				default:
					e := edits[random.IntN(len(edits))]
					if len(deals) > 2 || e.name != "delete" {
						p.make(e, who, deals[random.IntN(len(deals))], random)
					}
				}
			}
			now := p.bandAt(p.now)
			for range 40 {
				then := moments[random.IntN(len(moments))]
				p.bridges(then, p.bandAt(then), now)
			}
		})
	}
}

// bandAt returns the closing band as the audit trail knows it: each deal is taken
// back change by change.
func (p *place) bandAt(moment time.Time) map[int64]scoring.ClosingState {
	p.Helper()
	band := map[int64]scoring.ClosingState{}
	for _, number := range p.allNumbers() {
		deal, deleted := p.present(number)
		for _, c := range p.changes(number) { // newest first
			if c.Author.At.After(moment) {
				p.takeBack(&deal, &deleted, c.Diff)
			}
		}
		if total := deal.Card.Total(); deal.Open() && !deleted && total >= scoring.ClosingFrom {
			band[number] = scoring.ClosingState{Where: scoring.InBand, Score: total, Amount: deal.Amount, Owner: deal.Owner}
		}
	}
	return band
}

func (p *place) allNumbers() (numbers []int64) {
	p.Helper()
	for _, row := range rows(p.T, p.raw(), fmt.Sprintf("SELECT number FROM deals WHERE workspace_id = %d", p.home)) {
		var number int64
		if _, err := fmt.Sscan(row, &number); err != nil {
			p.Fatal(err)
		}
		numbers = append(numbers, number)
	}
	return numbers
}

// present reads what the band depends on, also of a deal that was deleted.
func (p *place) present(number int64) (deal storage.Deal, deleted bool) {
	p.Helper()
	var card string
	err := p.raw().QueryRowContext(p.Context(), `SELECT owner_id, amount, currency, outcome, deleted, card FROM deals
		WHERE workspace_id = $1 AND number = $2`, p.home, number).
		Scan(&deal.Owner, &deal.Amount.Minor, &deal.Amount.Currency, &deal.Outcome, &deleted, &card)
	if err == nil {
		err = json.Unmarshal([]byte(card), &deal.Card)
	}
	if err != nil {
		p.Fatal(err)
	}
	return deal, deleted
}

// takeBack sets what a diff has changed to what it was before.
func (p *place) takeBack(deal *storage.Deal, deleted *bool, diff storage.Diff) {
	p.Helper()
	parts := map[string]any{
		"owner": &deal.Owner, "amount": &deal.Amount, "outcome": &deal.Outcome, "deleted": deleted,
	}
	for _, c := range scoring.Criteria {
		parts["answer."+c.String()] = &deal.Card.Answers[c]
	}
	for _, pillar := range scoring.Pillars {
		parts["direct."+pillar.String()] = &deal.Card.Direct[pillar]
	}
	for name, values := range diff {
		switch part := parts[name].(type) {
		case nil:
			continue
		case *scoring.Money:
			*part = scoring.Money{}
		case *scoring.Answer:
			*part = scoring.Answer{}
		case *scoring.Direct:
			*part = scoring.Direct{}
		}
		if err := json.Unmarshal(values[0], parts[name]); err != nil {
			p.Fatal(err)
		}
	}
}

// bridges checks what is remembered of the band since a moment: what it was then,
// and that bridges lead from there to what it is now.
func (p *place) bridges(then time.Time, was, now map[int64]scoring.ClosingState) {
	p.Helper()
	pasts := p.pasts(then)
	got := map[int64]scoring.ClosingState{}
	for _, past := range pasts {
		if state := past.At(then); state.Where == scoring.InBand {
			got[past.Deal] = state
		}
	}
	p.same("closing band at "+text(then), got, was)
	for _, owner := range []int64{0, p.petra.ID, p.anna.ID, p.boris.ID} {
		sums := map[string][2]int64{}
		for _, bridge := range scoring.BridgesOf(pasts, then, owner) {
			sum := bridge.Then
			for _, line := range bridge.Lines {
				sum += line.Change
			}
			sums[bridge.Currency] = [2]int64{bridge.Then, sum}
		}
		totals := map[string][2]int64{}
		for i, band := range []map[int64]scoring.ClosingState{was, now} {
			for _, state := range band {
				if owner == 0 || state.Owner == owner {
					total := totals[state.Amount.Currency]
					total[i] += state.Amount.Minor
					totals[state.Amount.Currency] = total
				}
			}
		}
		maps.DeleteFunc(sums, func(_ string, sum [2]int64) bool { return sum == [2]int64{} })
		maps.DeleteFunc(totals, func(_ string, sum [2]int64) bool { return sum == [2]int64{} })
		p.same(fmt.Sprintf("bridges of %d since %s", owner, text(then)), sums, totals)
	}
}

// pasts returns all deals that a bridge from a moment on needs.
func (p *place) pasts(then time.Time) []scoring.ClosingPast {
	p.Helper()
	return read(p, func(ctx context.Context, tx *storage.Tx) (pasts []scoring.ClosingPast, err error) {
		changed, err := tx.ClosingsSince(ctx, then)
		if err != nil {
			return nil, err
		}
		known := map[int64]bool{}
		for _, deal := range changed {
			known[deal.Deal] = true
			pasts = append(pasts, deal.ClosingPast)
		}
		closing, err := tx.OpenDeals(ctx, 0, scoring.ClosingFrom, scoring.BestScore, 1000)
		for _, deal := range closing {
			if !known[deal.Number] {
				pasts = append(pasts, storage.ClosingOf(deal).ClosingPast)
			}
		}
		return pasts, err
	})
}
