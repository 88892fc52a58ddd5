package demo

import (
	"context"
	"time"

	"fifteen/scoring"
	"fifteen/storage"
)

// reported is how many days reach back for which the reps have said what they
// did: 13 weeks, until yesterday.
const reported = 91

// A habit is how often in a hundred days a rep does something, and how many
// times then; research is in hours.
type habit struct {
	kind        string
	often       int
	least, most int
}

// habits are the reps' days. Of ten conversations one or two are to become an
// appointment: Ivanov dials more than he prepares.
var habits = [len(people)][]habit{
	ivanov: {
		{"call", 100, 28, 42},
		{"conversation", 100, 7, 13},
		{"appointment", 45, 1, 1},
		{"meeting", 35, 1, 2},
		{"proposal", 25, 1, 2},
		{"research", 30, 1, 1},
		{"referral", 6, 1, 1},
		{"training", 5, 1, 1},
	},
	sidorov: {
		{"call", 100, 10, 18},
		{"conversation", 100, 5, 9},
		{"appointment", 70, 1, 2},
		{"meeting", 60, 1, 2},
		{"proposal", 45, 1, 2},
		{"research", 75, 1, 3},
		{"referral", 25, 1, 2},
		{"training", 3, 1, 1},
	},
	petra: {
		{"call", 100, 18, 28},
		{"conversation", 100, 6, 10},
		{"appointment", 55, 1, 1},
		{"meeting", 40, 1, 1},
		{"proposal", 30, 1, 1},
		{"research", 50, 1, 2},
		{"referral", 12, 1, 1},
		{"training", 8, 1, 2},
	},
}

// dayOff is how many in a hundred days a rep is away.
const dayOff = 4

// workload tells what the reps wrote down at the end of their days.
func (b *book) workload() {
	for days := reported; days > 0; days-- {
		day := b.midnight(-days)
		if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
			continue
		}
		for rep, habits := range habits {
			if len(habits) == 0 || b.chance(dayOff) {
				continue
			}
			last := b.evening(person(rep), day.Add(closing-b.within(time.Hour)-sitting), habits)
			if every := rarely[rep]; days%every == 1%every { // yesterday all of them
				b.lines = append(b.lines, line{at: last, by: person(rep), act: checkedIn(day.Format(time.DateOnly))})
			}
		}
	}
}

// rarely is on each how many-th day a rep checks in.
var rarely = [len(people)]int{ivanov: 3, sidorov: 1, petra: 2}

// evening tells what a rep wrote down, and returns when that was done.
func (b *book) evening(rep person, at time.Time, habits []habit) time.Time {
	for _, h := range habits {
		if !b.chance(h.often) {
			continue
		}
		b.lines = append(b.lines, line{at: at, by: rep, act: logged(h.kind, b.between(h.least, h.most))})
		at = at.Add(time.Duration(b.between(20, 50)) * time.Second)
	}
	return at
}

// checkedIn is a check-in whose figures had been logged before.
func checkedIn(day string) act {
	return act{"checkin", func(ctx context.Context, s *stage, d storage.Deal, by storage.Author) (storage.Deal, error) {
		before, err := s.tx.Checkin(ctx, by.Member, day)
		if err != nil {
			return d, err
		}
		told := storage.Checkin{Calls: true, Meetings: true, Steps: true}
		_, err = s.tx.SaveCheckin(ctx, before, told, storage.Activity{}, by)
		return d, err
	}}
}

// visited is after how many in a hundred presentations the rep wrote down that
// it was a meeting.
const visited = 20

// presented is a presentation.
func (s *story) presented() []act {
	acts := []act{step(scoring.Presentation)}
	if s.chance(visited) {
		acts = append(acts, logged("meeting", 1))
	}
	return acts
}

// logged is so many of a kind of activity, for the deal that the line is about
// if it is about one.
func logged(kind string, count int) act {
	return act{"log", func(ctx context.Context, s *stage, d storage.Deal, by storage.Author) (storage.Deal, error) {
		_, err := s.tx.AddActivity(ctx, storage.Activity{Member: by.Member, Deal: d.Number, Kind: kind, Count: int64(count)}, by)
		return d, err
	}}
}
