package storage_test

import (
	"context"
	"testing"

	"fifteen/scoring"
	"fifteen/storage"
)

// evidence returns the evidence of a deal's present answers.
func (p *place) evidence(number int64) map[scoring.Criterion]storage.Evidence {
	p.Helper()
	return read(p, func(ctx context.Context, tx *storage.Tx) (map[scoring.Criterion]storage.Evidence, error) {
		deal, err := tx.Deal(ctx, number)
		if err != nil {
			return nil, err
		}
		return tx.Evidence(ctx, deal)
	})
}

func TestAnswer(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			want := p.add(storage.Deal{Name: "Acme"})
			got := p.answer(want.Number, scoring.Urgent, scoring.Unsure, "she said so")
			want.Card.Answers[scoring.Urgent] = scoring.Answer{Reply: scoring.Unsure, At: p.now, Rev: 2}
			want.Revision, want.Standing = 2, want.Card.Standing()
			p.same("answered deal", got, want)

			got = p.skip(want.Number, scoring.Urgent)
			want.Card.Answers[scoring.Urgent].Skipped = p.now
			want.Revision, want.Standing = 3, want.Card.Standing()
			p.same("deal after a skip", got, want)

			got = p.answer(want.Number, scoring.Urgent, scoring.Yes, "")
			skipped := want.Card.Answers[scoring.Urgent].Skipped
			want.Card.Answers[scoring.Urgent] = scoring.Answer{Reply: scoring.Yes, At: p.now, Rev: 4, Skipped: skipped}
			want.Revision, want.Standing = 4, want.Card.Standing()
			p.same("deal answered again", got, want)
			p.same("stored deal", p.deal(want.Number), want)

			p.same("answers", p.history("answers", "criterion, reply, evidence"), []string{
				"2 0 urgent unsure she said so",
				"3 0 urgent skip ",
				"4 0 urgent yes ",
			})
		})
	}
}

func TestSkipOfTheSameMomentIsStoredOnce(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			number, by := p.add(storage.Deal{Name: "Acme"}).Number, p.by(p.anna)
			for range 2 {
				write(p, func(ctx context.Context, tx *storage.Tx) (storage.Deal, error) {
					deal, err := tx.Deal(ctx, number)
					if err != nil {
						return deal, err
					}
					return tx.Skip(ctx, deal, scoring.Urgent, by)
				})
			}
			p.same("answers", p.history("answers", "reply"), []string{"2 0 skip"})
		})
	}
}

func TestEvidence(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			number := p.add(storage.Deal{Name: "Acme"}).Number
			p.same("evidence of a new deal", p.evidence(number), map[scoring.Criterion]storage.Evidence{})

			p.answer(number, scoring.Means, scoring.Yes, "")
			p.answer(number, scoring.Urgent, scoring.Unsure, "an old word")
			p.answer(number, scoring.Urgent, scoring.Yes, "'; DROP TABLE deals; -- ☃")
			urgent := storage.Evidence{Text: "'; DROP TABLE deals; -- ☃", Member: p.anna.ID, At: p.now}
			want := map[scoring.Criterion]storage.Evidence{scoring.Urgent: urgent}
			p.same("evidence of the present answers", p.evidence(number), want)

			p.answer(number, scoring.Timely, scoring.No, "too late")
			want[scoring.Timely] = storage.Evidence{Text: "too late", Member: p.anna.ID, At: p.now}
			p.same("evidence of two answers", p.evidence(number), want)

			p.skip(number, scoring.Urgent)
			p.same("evidence after a skip", p.evidence(number), want)

			p.answer(number, scoring.Urgent, scoring.Yes, "")
			p.same("evidence after an answer without", p.evidence(number),
				map[scoring.Criterion]storage.Evidence{scoring.Timely: want[scoring.Timely]})

			p.mustUndo(p.anna)
			p.same("evidence after undo", p.evidence(number), want)
		})
	}
}
