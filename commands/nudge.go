package commands

import (
	"context"
	"errors"
	"time"

	"fifteen/bot"
	"fifteen/commands/internal/hours"
	"fifteen/commands/internal/rule"
	"fifteen/commands/internal/typed"
	"fifteen/scoring"
	"fifteen/storage"
)

// How the bot asks by itself.
const (
	// askAgain is how long nothing is asked about a deal that was asked about.
	askAgain = 3 * day
	// steplessFor is how long a deal may be without a next step before it is asked
	// about, and proposeAfter how long after that it is proposed to disqualify it,
	// and again.
	steplessFor  = 2 * day
	proposeAfter = 14 * day
	// adriftLooked is how many deals without a next step are looked at.
	adriftLooked = 20
)

// planNudge sets when a member is asked the next question: on the next working day
// on which none was asked.
func (c *call) planNudge(ctx context.Context, number int64) error {
	if err := c.tx.DropTurns(ctx, storage.PlanMember, number); err != nil {
		return err
	}
	m, err := c.member(ctx, number)
	if err != nil || !m.Active {
		return err
	}
	home, err := c.tx.Workspace(ctx)
	if err != nil || home.Nudge == storage.NudgeOff {
		return err
	}
	zone := zoneOf(m.Zone, c.home)
	calendar := calendarOf(home, m, zone)
	from := c.now
	for range dayLimit {
		t, ok := nudgeAfter(calendar, nudgeClock(home, calendar), from)
		if !ok {
			return nil
		}
		t.Number, t.Member = number, number
		fired, err := c.tx.HasFired(ctx, t)
		if err != nil {
			return err
		}
		if !fired {
			return c.tx.SetTurn(ctx, t)
		}
		from = typed.DateOf(t.At.In(zone)).AddDays(1).In(zone)
	}
	return nil
}

// dayLimit bounds the search for a day on which nothing was asked.
const dayLimit = 100

// nudgeClock is when on a working day a question is asked: when the day begins for
// somebody whose hours have ended by the time that was set.
func nudgeClock(home storage.Workspace, calendar hours.Calendar) rule.Clock {
	once, err := rule.Read("2026-01-01 " + home.Nudge)
	if err == nil && home.Nudge != "" && (calendar.Span.Has(once.At) || once.At.String() < calendar.Span.From.String()) {
		return once.At
	}
	return calendar.Span.From
}

// nudgeAfter is the turn of the first working day whose time to ask is at a moment
// or later, or was earlier that day while the day's hours still last.
func nudgeAfter(calendar hours.Calendar, clock rule.Clock, from time.Time) (storage.Turn, bool) {
	date := typed.DateOf(from.In(calendar.Zone))
	if calendar.Away(date) {
		date = calendar.Back
		from = date.In(calendar.Zone)
	}
	for range dayLimit {
		slot, ok := rule.OnceAt(date, clock).Next(date.AddDays(-2).In(calendar.Zone), calendar.Zone, nil)
		if ok && calendar.Working(date) {
			at, open := calendar.Next(latest(slot.Time, from))
			if open && typed.DateOf(at.In(calendar.Zone)) == date {
				return storage.Turn{Kind: storage.PlanMember, Slot: date.String(), At: at, DueAt: at}, true
			}
		}
		date = date.AddDays(1)
		from = latest(from, date.In(calendar.Zone))
	}
	return storage.Turn{}, false
}

// runNudge asks a member the question of the day, if there is one.
func (s *sweep) runNudge(ctx context.Context, t storage.Turn) error {
	said := false
	err := s.write(ctx, t.Workspace, func(ctx context.Context, c *call) error {
		said = false
		m, err := c.member(ctx, t.Member)
		if err != nil {
			return err
		}
		home, err := c.tx.Workspace(ctx)
		if err != nil {
			return err
		}
		calendar := calendarOf(home, m, zoneOf(m.Zone, c.home))
		missed := slotDate(t.Slot) != typed.DateOf(c.now.In(calendar.Zone)).String()
		if !m.Active || missed || !calendar.Open(c.now) {
			return c.planNudge(ctx, t.Member)
		}
		if err := c.tx.Fire(ctx, t, s.now); err != nil {
			if errors.Is(err, storage.ErrMoved) {
				return nil
			}
			if !errors.Is(err, storage.ErrExists) {
				return err
			}
			return c.planNudge(ctx, t.Member)
		}
		asker := *c
		asker.speakTo(m)
		msg, nudge, err := asker.questionOfTheDay(ctx)
		if err != nil {
			return err
		}
		if !msg.Empty() {
			nudge.Member, nudge.Day, nudge.At = m.ID, slotDate(t.Slot), s.now
			err = c.tx.AddNudge(ctx, nudge)
			if said = err == nil; said {
				err = c.prompt(ctx, m, msg, turnKey(t))
			}
		}
		if err != nil && !errors.Is(err, storage.ErrExists) {
			return err
		}
		return c.planNudge(ctx, t.Member)
	})
	if err == nil {
		s.counted(t.Kind, said, false)
	}
	return err
}

// prompt stores a question to a member.
func (c *call) prompt(ctx context.Context, m storage.Member, msg bot.Message, key string) error {
	if err := msg.Validate(); err != nil {
		return err
	}
	return c.post(ctx, m, msg, showing{prompt: true}, key)
}

// questionOfTheDay is the one thing that a member is asked by itself today: an
// answer that is stale or doubtful, or a deal without a next step. Both kinds take
// turns, and a deal that was asked about rests for some days. An empty message says
// that there is nothing to ask.
func (c *call) questionOfTheDay(ctx context.Context) (bot.Message, storage.Nudge, error) {
	answer, about, err := c.answerToAsk(ctx)
	if err != nil {
		return answer, about, err
	}
	step, adrift, err := c.stepToAsk(ctx)
	if err != nil {
		return step, adrift, err
	}
	odd := c.today().Day%2 == 1
	if answer.Empty() || !step.Empty() && odd {
		return step, adrift, nil
	}
	return answer, about, nil
}

// answerToAsk is the question of next, where it is about an answer that was given
// once, or decides whether a deal counts.
func (c *call) answerToAsk(ctx context.Context) (bot.Message, storage.Nudge, error) {
	deal, urgency, err := c.tx.NextDeal(ctx, c.req.Member.ID, c.now.In(c.zone))
	if errors.Is(err, storage.ErrNotFound) {
		return bot.Message{}, storage.Nudge{}, nil
	}
	if err != nil {
		return bot.Message{}, storage.Nudge{}, err
	}
	question := pressing(deal.Card, urgency, c.now)
	if urgency == storage.Climb && question.Opening == scoring.Missing {
		return bot.Message{}, storage.Nudge{}, nil
	}
	asked, err := c.tx.Nudges(ctx, deal.Number, c.now.Add(-askAgain))
	if err != nil || len(asked) > 0 {
		return bot.Message{}, storage.Nudge{}, err
	}
	return c.nextQuestion(deal, urgency, question), storage.Nudge{What: storage.NudgeAnswer, Deal: deal.Number}, nil
}

// stepToAsk asks about the deal that has been without a next step for the longest,
// and after two weeks proposes to disqualify it.
func (c *call) stepToAsk(ctx context.Context) (bot.Message, storage.Nudge, error) {
	deals, err := c.tx.Adrift(ctx, c.req.Member.ID, c.now.Add(-steplessFor), c.today().String(), adriftLooked)
	for i := 0; err == nil && i < len(deals); i++ {
		var since time.Time
		if since, err = c.tx.SteplessSince(ctx, deals[i]); err != nil || c.now.Sub(since) < steplessFor {
			continue
		}
		var asked []storage.Nudge
		if asked, err = c.tx.Nudges(ctx, deals[i].Number, since); err != nil {
			continue
		}
		what := stepNudge(asked, c.now)
		if what == "" {
			continue
		}
		return c.stepQuestion(deals[i], what, since), storage.Nudge{What: what, Deal: deals[i].Number}, nil
	}
	return bot.Message{}, storage.Nudge{}, err
}

// stepNudge says what to ask about a deal that has had no next step since before
// these nudges: first what is next, two weeks later and every two weeks after that
// whether to disqualify it, "" for nothing now.
func stepNudge(asked []storage.Nudge, now time.Time) string {
	var first, last time.Time
	for _, n := range asked {
		if n.What == storage.NudgeAnswer {
			continue
		}
		if first.IsZero() {
			first = n.At
		}
		last = n.At
	}
	switch {
	case first.IsZero():
		return storage.NudgeStep
	case now.Sub(last) >= proposeAfter:
		return storage.NudgeDrop
	}
	return ""
}

// stepQuestion asks what happens next with a deal, or whether to disqualify it.
func (c *call) stepQuestion(deal storage.Deal, what string, since time.Time) bot.Message {
	key := "nudge." + what
	args := []any{"deal", brief(deal.Name, 60), "amount", c.money(deal.Amount), "score", deal.Standing.Total, "count", c.days(since)}
	next := c.button("button.nextstep", lookLine("nextstep", deal))
	wait := c.button("button.wait", lookLine("wait", deal))
	drop := c.button("button.disqualify", lookLine("disqualify", deal))
	msg := bot.Message{
		Title: brief(c.say(key+".title", args...), bot.MaxTitle), Text: []string{c.say(key, args...)},
		Buttons: []bot.Button{next, wait, drop, c.showButton(deal)},
	}
	if what == storage.NudgeDrop {
		msg.Buttons[0], msg.Buttons[1], msg.Buttons[2] = drop, next, wait
	}
	return msg
}
