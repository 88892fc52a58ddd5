package storage_test

import (
	"context"
	"errors"
	"testing"

	"fifteen/storage"
)

// mondays is a schedule as it is stored first.
var mondays = storage.Schedule{
	Line: "who", Rule: "mon 09:00", Audience: storage.ForChat, Platform: "slack", Chat: "C1", Name: "#sales",
	Role: "manager",
}

// schedule adds a schedule of a member's.
func (p *place) schedule(m storage.Member, s storage.Schedule) storage.Schedule {
	p.Helper()
	by := p.by(m)
	return write(p, func(ctx context.Context, tx *storage.Tx) (storage.Schedule, error) { return tx.AddSchedule(ctx, s, by) })
}

// saveSchedule lets fn change a schedule and saves it for Anna.
func (p *place) saveSchedule(number int64, fn func(*storage.Schedule)) error {
	by := p.by(p.anna)
	return p.try(func(ctx context.Context, tx *storage.Tx) error {
		before, err := tx.Schedule(ctx, number)
		if err != nil {
			return err
		}
		after := before
		fn(&after)
		return tx.SaveSchedule(ctx, before, after, by)
	})
}

// live returns the numbers of the schedules that go on, of a chat's too.
func (p *place) live() (all, chat []int64) {
	p.Helper()
	numbers := func(schedules []storage.Schedule) []int64 {
		list := make([]int64, 0, len(schedules))
		for _, s := range schedules {
			list = append(list, s.Number)
		}
		return list
	}
	all = numbers(read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.Schedule, error) { return tx.Schedules(ctx) }))
	chat = numbers(read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.Schedule, error) {
		return tx.ChatSchedules(ctx, "slack", "C1")
	}))
	return all, chat
}

func TestSchedules(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			first := p.schedule(p.anna, mondays)
			want := mondays
			want.Number, want.Maker, want.MadeAt, want.Revision = 1, p.anna.ID, p.now, 1
			p.same("the first", first, want)
			p.schedule(p.boris, storage.Schedule{Line: "next", Rule: "workdays 09:30", Audience: storage.ForReps, Platform: "slack"})
			p.schedule(p.boris, storage.Schedule{Line: "funnel", Rule: "mon 09:00", Audience: storage.ForChat, Platform: "slack", Chat: "C2"})
			p.reopen()
			all, chat := p.live()
			p.same("those that go on", all, []int64{1, 2, 3})
			p.same("those of the chat", chat, []int64{1})

			if err := p.saveSchedule(1, func(s *storage.Schedule) { s.Ended = "stopped" }); err != nil {
				t.Fatal(err)
			}
			all, chat = p.live()
			p.same("those that go on after one was stopped", all, []int64{2, 3})
			p.same("those of the chat after it was stopped", chat, []int64{})
			if err := p.undo(p.anna); err != nil {
				t.Fatal(err)
			}
			if err := p.undo(p.boris); err != nil {
				t.Fatal(err)
			}
			all, _ = p.live()
			p.same("those that go on after undo", all, []int64{1, 2})
			if err := p.saveSchedule(3, func(*storage.Schedule) {}); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("one that was taken back: got error %v, want %v", err, storage.ErrNotFound)
			}
		})
	}
}

func TestSchedulesTogether(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			by := p.by(p.anna)
			funnel := mondays
			funnel.Line = "funnel"
			added := write(p, func(ctx context.Context, tx *storage.Tx) ([]storage.Schedule, error) {
				return tx.AddSchedules(ctx, []storage.Schedule{mondays, funnel}, by)
			})
			p.same("their numbers", []int64{added[0].Number, added[1].Number}, []int64{1, 2})
			if err := p.undo(p.anna); err != nil {
				t.Fatal(err)
			}
			all, _ := p.live()
			p.same("those that go on after undo", all, []int64{})
		})
	}
}
