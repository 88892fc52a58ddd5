package demo

import (
	"context"
	"time"

	"fifteen/commands/internal/names"
	"fifteen/scoring"
	"fifteen/storage"
)

// An act is what one line does to a deal.
type act struct {
	command string
	run     func(ctx context.Context, s *stage, d storage.Deal, by storage.Author) (storage.Deal, error)
}

// change is an act that sets fields of a deal.
func change(command string, edit func(d *storage.Deal, by storage.Author)) act {
	return act{command, func(ctx context.Context, s *stage, before storage.Deal, by storage.Author) (storage.Deal, error) {
		after := before
		edit(&after, by)
		return s.tx.SaveDeal(ctx, before, after, by)
	}}
}

func add(name string, amount scoring.Money) act {
	return act{"deal add", func(ctx context.Context, s *stage, _ storage.Deal, by storage.Author) (storage.Deal, error) {
		return s.tx.AddDeal(ctx, storage.Deal{Name: name, Key: names.Fold(name), Owner: by.Member, Amount: amount}, by)
	}}
}

func step(to scoring.Step) act {
	return change("step", func(d *storage.Deal, _ storage.Author) { d.Step = to })
}

// win ends a deal as won, for an amount if it is named here.
func win(amount scoring.Money) act {
	return change("won", func(d *storage.Deal, by storage.Author) {
		d.Outcome, d.EndedAt, d.Step = scoring.Won, by.At, scoring.Contract
		if amount.Known() {
			d.Amount = amount
		}
	})
}

func disqualify(words string) act {
	return change("disqualify", func(d *storage.Deal, by storage.Author) {
		d.Outcome, d.EndedAt, d.Words = scoring.Disqualified, by.At, words
	})
}

// reopen makes a lost deal open again.
func reopen() act {
	return change("reopen", func(d *storage.Deal, _ storage.Author) {
		d.Outcome, d.EndedAt, d.Reason, d.Words, d.Aftermath = scoring.Open, time.Time{}, "", "", scoring.Aftermath{}
	})
}

func score(points [3]int) act {
	return change("score", func(d *storage.Deal, by storage.Author) {
		for i := range points {
			d.Card.Direct[i] = scoring.Direct{Given: true, Points: points[i], At: by.At, Rev: d.Revision + 1}
		}
	})
}

func nextStep(text, on string) act {
	return change("nextstep", func(d *storage.Deal, _ storage.Author) { d.NextStep, d.NextStepOn = text, on })
}

func remind(what, on, clock string) act {
	return act{"remind", func(ctx context.Context, s *stage, d storage.Deal, by storage.Author) (storage.Deal, error) {
		_, err := s.tx.AddReminder(ctx, storage.Reminder{Deal: d.Number, What: what, Day: on, Clock: clock}, by)
		return d, err
	}}
}

func expect(on string) act {
	return change("deal close", func(d *storage.Deal, _ storage.Author) { d.Close = on })
}

func answer(c scoring.Criterion, reply scoring.Reply, evidence string) act {
	return act{"answer", func(ctx context.Context, s *stage, d storage.Deal, by storage.Author) (storage.Deal, error) {
		return s.tx.Answer(ctx, d, c, reply, evidence, by)
	}}
}

func skip(c scoring.Criterion) act {
	return act{"answer", func(ctx context.Context, s *stage, d storage.Deal, by storage.Author) (storage.Deal, error) {
		return s.tx.Skip(ctx, d, c, by)
	}}
}

func note(text string) act {
	return act{"note", func(ctx context.Context, s *stage, d storage.Deal, by storage.Author) (storage.Deal, error) {
		return s.tx.AddNote(ctx, d, text, by)
	}}
}

// target sets a month's target for the team, or for a rep; it belongs to no
// deal.
func target(month string, amount scoring.Money, rep person) act {
	return act{"target", func(ctx context.Context, s *stage, d storage.Deal, by storage.Author) (storage.Deal, error) {
		t := storage.Target{Month: month, Amount: amount}
		if rep != novak {
			t.Member = s.members[rep].ID
		}
		return d, s.tx.SetTarget(ctx, t, by)
	}}
}
