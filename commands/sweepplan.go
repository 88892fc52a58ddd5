package commands

import (
	"context"
	"errors"
	"slices"
	"time"

	"fifteen/bot"
	"fifteen/commands/internal/rule"
	"fifteen/commands/internal/typed"
	"fifteen/storage"
)

// plan works out anew the turns of something that has changed, or puts what
// depends on it on the list.
func (s *sweep) plan(ctx context.Context, p storage.Plan) error {
	err := contained(func() error {
		return s.write(ctx, p.Workspace, func(ctx context.Context, c *call) error {
			if ok, err := c.tx.Planned(ctx, p); err != nil || !ok {
				return err
			}
			return c.plan(ctx, p)
		})
	})
	if err == nil {
		s.did.Add(1)
	}
	if err == nil || ctx.Err() != nil {
		return err
	}
	return s.planLater(ctx, p, err)
}

// plan works out the turns of one thing. What has no plan of its own, as a question
// that is asked again, has nothing to be worked out.
func (c *call) plan(ctx context.Context, p storage.Plan) error {
	switch p.Kind {
	case storage.PlanWorkspace:
		return c.tx.PlanHome(ctx)
	case storage.PlanMember:
		if err := c.planNudge(ctx, p.Number); err != nil {
			return err
		}
		if err := c.planRep(ctx, p.Number); err != nil {
			return err
		}
		return c.tx.PlanWhatConcerns(ctx, p.Number)
	case storage.PlanSchedule:
		return c.planSchedule(ctx, p.Number)
	case storage.PlanReminder:
		return c.planReminder(ctx, p.Number)
	case storage.PlanDeal:
		return c.planDeal(ctx, p.Number)
	}
	return nil
}

// planSchedule works out the turns of a schedule: one for its chat or member, or
// one for each rep. Whoever had to wait for an answer until they are at work still
// gets it.
func (c *call) planSchedule(ctx context.Context, number int64) error {
	before, err := c.tx.Turns(ctx, storage.PlanSchedule, number)
	if err != nil {
		return err
	}
	if err := c.tx.DropTurns(ctx, storage.PlanSchedule, number); err != nil {
		return err
	}
	s, err := c.tx.Schedule(ctx, number)
	if errors.Is(err, storage.ErrNotFound) || err == nil && !s.Live() {
		return nil
	}
	if err != nil {
		return err
	}
	targets, err := c.targets(ctx, s)
	if err != nil {
		return err
	}
	if len(targets) == 0 && s.Audience == storage.ForMember && s.Maker != s.Member { // what is their own goes on when they come back
		return c.endSchedule(ctx, s, endPerson, "")
	}
	for _, member := range targets {
		if err := c.planSlot(ctx, s, member); err != nil {
			return err
		}
		if err := c.keepHeld(ctx, s, member, before); err != nil {
			return err
		}
	}
	return nil
}

// keepHeld puts the turn of a member back that had been put off, to be looked at
// now or when it was put off to.
func (c *call) keepHeld(ctx context.Context, s storage.Schedule, member int64, before []storage.Turn) error {
	at := slices.IndexFunc(before, func(t storage.Turn) bool { return t.Member == member })
	if at < 0 || member == 0 || before[at].Attempts > 0 || !before[at].DueAt.After(before[at].At) {
		return nil
	}
	held := before[at]
	slot, err := c.stillDue(ctx, s, held)
	if err != nil || !slot {
		return err
	}
	if c.now.Before(held.DueAt) {
		held.DueAt = latest(held.At, c.now)
	}
	return c.tx.SetTurn(ctx, held)
}

// stillDue tells whether a schedule's rule still names a turn's slot, and it was not
// dealt with.
func (c *call) stillDue(ctx context.Context, s storage.Schedule, t storage.Turn) (bool, error) {
	when, err := rule.Read(s.Rule)
	if err != nil {
		return false, err
	}
	zone, err := c.zoneOfTurn(ctx, s, t.Member)
	if err != nil {
		return false, err
	}
	off, err := c.daysOff(ctx)
	if err != nil {
		return false, err
	}
	if slot, ok := when.Next(t.At.Add(-time.Second), zone, off); !ok || slot.String() != t.Slot {
		return false, nil
	}
	fired, err := c.tx.HasFired(ctx, t)
	return !fired, err
}

// targets returns the members that a schedule has turns for, 0 for its chat.
func (c *call) targets(ctx context.Context, s storage.Schedule) ([]int64, error) {
	if s.Audience == storage.ForChat {
		return []int64{0}, nil
	}
	members, err := c.tx.Members(ctx)
	if err != nil {
		return nil, err
	}
	c.know(members...)
	var targets []int64
	for _, m := range members {
		if isFor(s, m) {
			targets = append(targets, m.ID)
		}
	}
	return targets, nil
}

// isFor tells whether a schedule that is not for a chat has a turn for a member.
func isFor(s storage.Schedule, m storage.Member) bool {
	if s.Audience == storage.ForReps {
		return m.Active && m.Role == bot.Rep.String()
	}
	return m.Active && m.ID == s.Member
}

// planRep works out anew a member's own turns of the schedules for each rep: those of
// the others stay as they are, however many they are.
func (c *call) planRep(ctx context.Context, id int64) error {
	m, err := c.member(ctx, id)
	if err != nil {
		return err
	}
	live, err := c.tx.Schedules(ctx)
	if err != nil {
		return err
	}
	for _, s := range live {
		if s.Audience != storage.ForReps {
			continue
		}
		if err := c.tx.DropTurn(ctx, storage.PlanSchedule, s.Number, id); err != nil {
			return err
		}
		now, err := c.tx.Schedule(ctx, s.Number) // whoever plans all of it waits
		switch {
		case errors.Is(err, storage.ErrNotFound):
			continue
		case err == nil && now.Live() && isFor(now, m):
			err = c.planSlot(ctx, now, id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// planSlot sets the next turn of a schedule for a member, or for its chat: the
// first slot that was not dealt with, from a day ago on. A schedule that has no
// more ends.
func (c *call) planSlot(ctx context.Context, s storage.Schedule, member int64) error {
	when, err := rule.Read(s.Rule)
	if err != nil {
		return err
	}
	zone, err := c.zoneOfTurn(ctx, s, member)
	if err != nil {
		return err
	}
	off, err := c.daysOff(ctx)
	if err != nil {
		return err
	}
	turn := func(slot rule.Slot) storage.Turn {
		return storage.Turn{
			Kind: storage.PlanSchedule, Number: s.Number, Member: member, Slot: slot.String(), At: slot.Time, DueAt: slot.Time,
		}
	}
	slot, ok, err := when.Pending(latest(s.MadeAt, c.now.Add(-tooLate)), zone, off, func(slot rule.Slot) (bool, error) {
		return c.tx.HasFired(ctx, turn(slot))
	})
	switch {
	case err != nil:
		return err
	case !ok && s.Audience != storage.ForReps: // others may still be ahead of theirs
		return c.endSchedule(ctx, s, endOver, "")
	case !ok:
		return nil
	}
	return c.tx.SetTurn(ctx, turn(slot))
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// zoneOfTurn returns where the clock of a schedule's turn stands.
func (c *call) zoneOfTurn(ctx context.Context, s storage.Schedule, member int64) (*time.Location, error) {
	zone := zoneOf(s.Zone, c.home)
	if s.Zone != "" || member == 0 {
		return zone, nil
	}
	m, err := c.member(ctx, member)
	return zoneOf(m.Zone, c.home), err
}

// planReminder works out the turns of a reminder, for whoever has set it and for
// the deal's owner.
func (c *call) planReminder(ctx context.Context, number int64) error {
	before, err := c.lift(ctx, storage.PlanReminder, number)
	if err != nil {
		return err
	}
	r, err := c.tx.Reminder(ctx, number)
	if errors.Is(err, storage.ErrNotFound) || err == nil && r.Done {
		return nil
	}
	if err != nil {
		return err
	}
	deal, err := c.tx.Deal(ctx, r.Deal)
	if errors.Is(err, storage.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	once, err := rule.Read(r.Day + " " + r.Clock)
	if err != nil {
		return err
	}
	for _, member := range unique(r.Member, deal.Owner) {
		if err := c.planOnce(ctx, storage.PlanReminder, number, member, once, before); err != nil {
			return err
		}
	}
	return nil
}

func unique(a, b int64) []int64 {
	if a == b {
		return []int64{a}
	}
	return []int64{a, b}
}

// lift ends the turns of something that is planned anew, and returns what they were.
func (c *call) lift(ctx context.Context, kind string, number int64) ([]storage.Turn, error) {
	before, err := c.tx.Turns(ctx, kind, number)
	if err == nil {
		err = c.tx.DropTurns(ctx, kind, number)
	}
	return before, err
}

// oldNews is how long ago a day must have been for somebody who was not to be told
// then not to be told any more: whoever takes over a customer is not told of all that
// was due before. The list of what is due shows it.
const oldNews = 7 * day

// planOnce sets the only turn of something for a member, on their clock, unless it
// was dealt with. before are the turns that it had.
func (c *call) planOnce(ctx context.Context, kind string, number, member int64, once rule.Rule, before []storage.Turn) error {
	m, err := c.member(ctx, member)
	if err != nil || !m.Active {
		return err
	}
	zone := zoneOf(m.Zone, c.home)
	slot, ok := once.Next(once.Date.AddDays(-2).In(zone), zone, nil)
	if !ok {
		return nil
	}
	known := slices.ContainsFunc(before, func(t storage.Turn) bool { return t.Member == member })
	if !known && c.now.Sub(slot.Time) > oldNews {
		return nil
	}
	t := storage.Turn{Kind: kind, Number: number, Member: member, Slot: slot.String(), At: slot.Time, DueAt: slot.Time}
	if fired, err := c.tx.HasFired(ctx, t); err != nil || fired {
		return err
	}
	return c.tx.SetTurn(ctx, t)
}

// planDeal works out the turn of what was promised to a customer after a no, and
// puts the deal's reminders on the list, which may have another owner to remind.
func (c *call) planDeal(ctx context.Context, number int64) error {
	before, err := c.lift(ctx, storage.PlanDeal, number)
	if err != nil {
		return err
	}
	if err := c.tx.PlanDealReminders(ctx, number); err != nil {
		return err
	}
	deal, err := c.tx.Deal(ctx, number)
	if errors.Is(err, storage.ErrNotFound) {
		return nil
	}
	if err != nil || deal.Outcome != "lost" || deal.Aftermath.FollowOn() == "" {
		return err
	}
	on, err := time.Parse(time.DateOnly, deal.Aftermath.FollowOn())
	if err != nil {
		return err
	}
	return c.planOnce(ctx, storage.PlanDeal, number, deal.Owner, rule.OnceAt(typed.DateOf(on), rule.Morning), before)
}
