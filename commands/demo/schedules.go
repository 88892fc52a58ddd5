package demo

import (
	"context"
	"time"

	"fifteen/storage"
)

// channel is where the team reads its digests.
const channel = "#sales"

// A digest is a line that the manager has scheduled, so many days ago.
type digest struct {
	days     int
	schedule storage.Schedule
}

// digests are what the bot says by itself: the Monday pair, the refusals of every
// fortnight, and each rep's check-in.
var digests = [...]digest{
	{80, storage.Schedule{Line: "who", Rule: "mon 09:00", Audience: storage.ForChat}},
	{80, storage.Schedule{Line: "funnel", Rule: "mon 09:00", Audience: storage.ForChat}},
	{40, storage.Schedule{Line: "refusals", Rule: "fri 16:00", Audience: storage.ForChat}},
	{30, storage.Schedule{Line: "checkin", Rule: "workdays 17:30", Audience: storage.ForReps}},
}

// setUp is how many days ago the manager said which channel is the team's.
const setUp = 81

// schedules tells what the manager has scheduled, and for which channel.
func (b *book) schedules() {
	b.lines = append(b.lines, line{at: b.earlier(b.midnight(-setUp).Add(opening)), by: novak, act: settled()})
	for _, d := range digests {
		made := b.midnight(-d.days).Add(opening)
		b.lines = append(b.lines, line{at: b.earlier(made), by: novak, act: scheduled(d.schedule, made, b.now)})
	}
}

// settled says which channel is the team's.
func settled() act {
	return act{"settings", func(ctx context.Context, s *stage, d storage.Deal, by storage.Author) (storage.Deal, error) {
		home, err := s.tx.Workspace(ctx)
		if err != nil {
			return d, err
		}
		home.Channel = storage.Channel{Platform: platform, ID: channel, Name: channel}
		return d, s.tx.SaveWorkspace(ctx, home, by)
	}}
}

// scheduled schedules a line. The Mondays and Fridays since then have seen it.
func scheduled(schedule storage.Schedule, made, now time.Time) act {
	return act{"schedule", func(ctx context.Context, s *stage, d storage.Deal, by storage.Author) (storage.Deal, error) {
		schedule.Platform, schedule.Role = platform, s.members[novak].Role
		if schedule.Audience == storage.ForChat {
			schedule.Chat, schedule.Name = channel, channel
		}
		added, err := s.tx.AddSchedule(ctx, schedule, by)
		if err != nil || schedule.Audience != storage.ForChat {
			return d, err
		}
		for _, at := range past(schedule.Rule, made, now) {
			slot := storage.Turn{Kind: storage.PlanSchedule, Number: added.Number, Slot: at.Format("2006-01-02 15:04"), At: at, DueAt: at}
			if err := s.tx.SetTurn(ctx, slot); err != nil {
				return d, err
			}
			if err := s.tx.Fire(ctx, slot, at); err != nil {
				return d, err
			}
		}
		return d, nil
	}}
}

// past returns when a weekly rule, "mon 09:00" or "fri 16:00", was due from a moment
// until another.
func past(weekly string, from, to time.Time) []time.Time {
	weekday, clock := time.Monday, 9
	if weekly == "fri 16:00" {
		weekday, clock = time.Friday, 16
	}
	var due []time.Time
	for day := from; ; day = day.AddDate(0, 0, 1) {
		at := time.Date(day.Year(), day.Month(), day.Day(), clock, 0, 0, 0, day.Location())
		if at.After(to) {
			return due
		}
		if at.Weekday() == weekday && at.After(from) {
			due = append(due, at)
		}
	}
}

// told has had everybody reminded of what was promised and set until a moment, as
// the bot would have.
func (s *stage) told(ctx context.Context, now time.Time) error {
	today := now.Format(time.DateOnly)
	promised, err := s.tx.FollowOns(ctx, 0, today, everything)
	if err != nil {
		return err
	}
	for _, deal := range promised {
		if err := s.fire(ctx, storage.PlanDeal, deal.Number, deal.Owner, deal.Aftermath.FollowOn(), "09:00", now); err != nil {
			return err
		}
	}
	reminders, err := s.tx.Reminders(ctx, 0, today, everything)
	if err != nil {
		return err
	}
	for _, r := range reminders {
		if err := s.fire(ctx, storage.PlanReminder, r.Number, r.Member, r.Day, r.Clock, now); err != nil {
			return err
		}
	}
	return nil
}

// everything is a limit for lists that are never cut.
const everything = 1 << 30

// fire has a slot dealt with on its day, if that moment has come.
func (s *stage) fire(ctx context.Context, kind string, number, member int64, day, clock string, now time.Time) error {
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" "+clock, now.Location())
	if err != nil || at.After(now) {
		return err
	}
	slot := storage.Turn{Kind: kind, Number: number, Member: member, Slot: day + " " + clock, At: at, DueAt: at}
	if err := s.tx.SetTurn(ctx, slot); err != nil {
		return err
	}
	return s.tx.Fire(ctx, slot, at)
}
