package storage_test

import (
	"context"
	"testing"
	"time"

	"fifteen/scoring"
	"fifteen/storage"
)

// history returns the rows of a history table, oldest first, without what all
// histories share but the revision and the revision undone.
func (p *place) history(table, columns string) []string {
	p.Helper()
	return rows(p.T, p.raw(), "SELECT rev, undoes, "+columns+" FROM "+table+" ORDER BY workspace_id, deal, rev")
}

// undo undoes a member's last change.
func (p *place) undo(m storage.Member) error {
	p.Helper()
	by := p.by(m)
	return p.try(func(ctx context.Context, tx *storage.Tx) error {
		last, err := tx.LastChange(ctx, m.ID)
		if err != nil {
			return err
		}
		return tx.Undo(ctx, last, by)
	})
}

// mustUndo undoes a member's last change, which must succeed.
func (p *place) mustUndo(m storage.Member) {
	p.Helper()
	if err := p.undo(m); err != nil {
		p.Fatalf("undo: got error %v, want none", err)
	}
}

// score gives a deal direct scores.
func (p *place) score(number int64, points ...int) {
	p.Helper()
	by := p.by(p.anna)
	p.change(number, by, func(d *storage.Deal) {
		for pillar, n := range points {
			d.Card.Direct[pillar] = scoring.Direct{Given: true, Points: n, At: by.At, Rev: d.Revision + 1}
		}
	})
}

// answer answers one question of a deal.
func (p *place) answer(number int64, c scoring.Criterion, reply scoring.Reply, evidence string) storage.Deal {
	p.Helper()
	by := p.by(p.anna)
	return write(p, func(ctx context.Context, tx *storage.Tx) (storage.Deal, error) {
		deal, err := tx.Deal(ctx, number)
		if err != nil {
			return storage.Deal{}, err
		}
		return tx.Answer(ctx, deal, c, reply, evidence, by)
	})
}

// skip passes over one question of a deal.
func (p *place) skip(number int64, c scoring.Criterion) storage.Deal {
	p.Helper()
	by := p.by(p.anna)
	return write(p, func(ctx context.Context, tx *storage.Tx) (storage.Deal, error) {
		deal, err := tx.Deal(ctx, number)
		if err != nil {
			return storage.Deal{}, err
		}
		return tx.Skip(ctx, deal, c, by)
	})
}

func TestHistorySharedColumns(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			number := p.add(storage.Deal{Name: "Acme"}).Number
			p.answer(number, scoring.Urgent, scoring.Yes, "")
			p.same("who, when and where", rows(t, p.raw(),
				"SELECT workspace_id, deal, rev, member_id, platform, chat, undoes, at FROM answers"),
				[]string{text(p.home) + " 1 2 " + text(p.anna.ID) + " terminal dm 0 " + p.now.Format(time.RFC3339)})
		})
	}
}

func TestScoreHistory(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			number := p.add(storage.Deal{Name: "Acme"}).Number                                       // revision 1
			p.score(number, 5, 4, 3)                                                                 // 2
			p.score(number, 5, 4, 3)                                                                 // 3: given again, so kept again
			p.answer(number, scoring.Urgent, scoring.Yes, "")                                        // 4: 5 stays 5
			p.answer(number, scoring.Specific, scoring.No, "")                                       // 5: floor(5 × 4 ÷ 6) = 3
			p.skip(number, scoring.Means)                                                            // 6: no points
			p.change(number, p.by(p.anna), func(d *storage.Deal) { d.Words = "no change of score" }) // 7
			p.mustUndo(p.anna)                                                                       // 8
			p.mustUndo(p.anna)                                                                       // 9
			want := []string{
				"2 0 5 4 3 12 true",
				"3 0 5 4 3 12 true",
				"5 0 3 4 3 10 false",
			}
			p.same("scores", p.history("scores", "pain, power, fit, total, direct"), want)
		})
	}
}

func TestScoreHistoryKeepsWhatWasUndone(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			number := p.add(storage.Deal{Name: "Acme"}).Number
			p.score(number, 5, 5, 5)
			p.mustUndo(p.anna)
			p.mustUndo(p.anna)
			p.same("scores", p.history("scores", "pain, power, fit, total, direct"), []string{
				"2 0 5 5 5 15 true",
				"3 2 0 0 0 0 true",
				"4 3 5 5 5 15 true",
			})
		})
	}
}

func TestClaimHistory(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			number := p.add(storage.Deal{Name: "Acme", Amount: eur(700)}).Number // revision 1
			set := func(outcome scoring.Outcome) {
				p.change(number, p.by(p.anna), func(d *storage.Deal) { d.Outcome = outcome })
			}
			p.score(number, 5, 5, 4) // 2: enters
			p.score(number, 5, 5, 5) // 3: is there already
			p.score(number, 1, 5, 5) // 4: leaves, which is no claim
			p.score(number, 4, 5, 5) // 5: enters again
			set(scoring.Won)         // 6
			set(scoring.Open)        // 7: enters again
			p.score(number, 0, 0, 0) // 8
			p.score(number, 5, 5, 5) // 9: enters
			p.mustUndo(p.anna)       // 10: takes that back
			p.mustUndo(p.anna)       // 11: and claims it again
			p.change(number, p.by(p.anna), func(d *storage.Deal) { d.Owner, d.Amount = p.boris.ID, scoring.Money{} })
			anna := text(p.anna.ID)
			p.same("claims", p.history("claims", "total, amount, currency, owner_id"), []string{
				"2 0 14 700 EUR " + anna,
				"5 0 14 700 EUR " + anna,
				"7 0 14 700 EUR " + anna,
				"9 0 15 700 EUR " + anna,
				"10 9 0 700 EUR " + anna,
				"11 10 15 700 EUR " + anna,
			})
		})
	}
}

func TestUndoOfLeavingTheClosingBandIsNoClaim(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			number := p.add(storage.Deal{Name: "Acme"}).Number
			p.score(number, 5, 5, 5)
			p.score(number, 0, 5, 5)
			p.mustUndo(p.anna)
			p.same("claims", p.history("claims", "total"), []string{"2 0 15"})
		})
	}
}

func TestStepHistory(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			number := p.add(storage.Deal{Name: "Acme"}).Number // revision 1
			for _, step := range []scoring.Step{scoring.Contact, scoring.Contract, scoring.Contact} {
				p.change(number, p.by(p.anna), func(d *storage.Deal) { d.Step = step }) // 2, 3, 4
			}
			p.mustUndo(p.anna)                                                                        // 5
			p.change(number, p.by(p.anna), func(d *storage.Deal) { d.Words = "no change of a step" }) // 6
			p.same("step changes", p.history("step_changes", "'from ' || from_step, 'to ' || to_step"), []string{
				"2 0 from  to contact",
				"3 0 from contact to contract",
				"4 0 from contract to contact",
				"5 4 from contact to contract",
			})
		})
	}
}

func TestRefusalHistory(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			number := p.add(storage.Deal{Name: "Acme", Step: scoring.Contact}).Number // revision 1
			set := func(outcome scoring.Outcome, reason scoring.Reason, words string) {
				p.change(number, p.by(p.anna), func(d *storage.Deal) {
					d.Outcome, d.Reason, d.Words = outcome, reason, words
				})
			}
			set(scoring.Lost, scoring.NoBudget, "none")         // 2
			set(scoring.Lost, scoring.PriceTooHigh, "none")     // 3: another reason
			set(scoring.Lost, scoring.PriceTooHigh, "too dear") // 4: other words
			set(scoring.Open, "", "")                           // 5: reopened, the refusals stand
			set(scoring.Disqualified, "", "not ours")           // 6: is no refusal
			set(scoring.Lost, scoring.NotPlanned, "next year")  // 7
			p.mustUndo(p.anna)                                  // 8: takes it back
			p.mustUndo(p.anna)                                  // 9: and does it again
			p.same("refusals", p.history("refusal_changes", "reason, words, step"), []string{
				"2 0 no_budget none contact",
				"3 0 price none contact",
				"4 0 price too dear contact",
				"7 0 not_planned next year contact",
				"8 7 not_planned next year contact",
				"9 8 not_planned next year contact",
			})
		})
	}
}
