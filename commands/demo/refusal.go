package demo

import (
	"context"
	"slices"

	"fifteen/commands/internal/stock"
	"fifteen/commands/internal/typed"
	"fifteen/scoring"
	"fifteen/storage"
)

// lose ends a deal as lost; what the customer missed is looked up among the
// products.
func lose(reason scoring.Reason, words string) act {
	return act{"lost", func(ctx context.Context, s *stage, before storage.Deal, by storage.Author) (storage.Deal, error) {
		after := before
		after.Outcome, after.EndedAt, after.Reason, after.Words = scoring.Lost, by.At, reason, words
		if err := stock.LookUp(ctx, s.tx, &after); err != nil {
			return before, err
		}
		return s.tx.SaveDeal(ctx, before, after, by)
	}}
}

// quote adds the customer's words to a no.
func quote(words string) act {
	return act{"refusal", func(ctx context.Context, s *stage, before storage.Deal, by storage.Author) (storage.Deal, error) {
		after := before
		after.Words = words
		if err := stock.LookUp(ctx, s.tx, &after); err != nil {
			return before, err
		}
		return s.tx.SaveDeal(ctx, before, after, by)
	}}
}

// found is an answer to another question about a no.
func found(edit func(a *scoring.Aftermath)) act {
	return change("refusal", func(d *storage.Deal, _ storage.Author) { edit(&d.Aftermath) })
}

// objections are the weights of the seven reasons in the method's order, by how
// many steps the company had taken.
var objections = [3][]int{
	{15, 30, 3, 15, 5, 30, 2},
	{18, 28, 10, 16, 12, 10, 6},
	{16, 14, 32, 6, 12, 2, 18},
}

// shortsighted is of how many in a hundred customers whom nothing suited a rep
// could have had what they missed.
var shortsighted = [len(people)]int{ivanov: 30, sidorov: 10, petra: 20}

// missed is the section of what customers said who missed what the team has.
const missed = "unsuitable had"

// no is why a customer refused after so many steps, most of the time in their
// words.
func (s *story) no(steps int) (reason scoring.Reason, words string) {
	reason = scoring.Reasons[s.pick(objections[steps])]
	if s.chance(75) {
		words = s.theirWords(reason)
	}
	return reason, words
}

func (s *story) theirWords(reason scoring.Reason) string {
	section := string(reason)
	switch {
	case reason == scoring.Unsuitable && s.chance(shortsighted[s.owner]):
		section = missed
	case s.chance(15) && s.firm.country != english:
		section += " " + s.firm.country
	}
	return s.words.draw(section)
}

// inquired is after how many in a hundred noes the rep went on to ask.
const inquired = 80

// refuse is a no so many days ago, after so many steps, with what the rep then
// found out and did.
func (s *story) refuse(steps, days int) []moment {
	reason, words := s.no(steps)
	return s.refused(days, reason, words)
}

func (s *story) refused(days int, reason scoring.Reason, words string) []moment {
	acts := []act{lose(reason, words)}
	q := inquiry{story: s, day: typed.DateOf(s.weekday(days)), refusal: scoring.Refusal{Reason: reason, Words: words}}
	if s.chance(inquired) {
		acts = append(acts, q.ask()...)
	}
	moments := make([]moment, 0, 1+len(q.promises))
	moments = append(moments, when(days, acts...))
	for _, promise := range q.promises {
		moments = append(moments, s.keep(promise)...)
	}
	return moments
}

// A promise is something that the rep will do on a day, and how it is then
// noted.
type promise struct {
	on   typed.Date
	done func(a *scoring.Aftermath)
}

// Promises whose day is past were kept, so many in a hundred of them, and all
// that are older than three weeks.
const (
	kept      = 70
	forgotten = 21
)

// keep is how a promise was kept on its day.
func (s *story) keep(p promise) []moment {
	days := s.since(p.on)
	if days <= 0 || days <= forgotten && !s.chance(kept) {
		return nil
	}
	return []moment{when(days, found(p.done))}
}

// pass leaves a question out.
func pass(question scoring.RefusalQuestion) func(a *scoring.Aftermath) {
	return func(a *scoring.Aftermath) { a.Skipped = append(slices.Clip(a.Skipped), question) }
}
