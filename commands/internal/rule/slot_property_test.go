package rule_test

import (
	_ "embed"
	"strings"
	"testing"
	"time"

	"fifteen/commands/internal/rule"
	"fifteen/commands/internal/typed"

	"pgregory.net/rapid"
)

// zones names every zone of the tz database, one a line.
//
//go:embed testdata/zones.txt
var zones string

// TestMondaysOfAYear has the usual digest in every zone, in a year in which Samoa
// skipped a day and Russia changed its clocks for good, and in this one.
func TestMondaysOfAYear(t *testing.T) {
	t.Parallel()
	mondays := rule.Rule{Kind: rule.Weekly, Days: rule.On(time.Monday), Weeks: 1, At: rule.Morning}
	for name := range strings.FieldsSeq(zones) {
		loc := zone(t, name)
		for _, year := range []int{2011, 2026} {
			from, to := time.Date(year, 1, 1, 0, 0, 0, 0, loc), time.Date(year+1, 1, 1, 0, 0, 0, 0, loc)
			var before rule.Slot
			n := 0
			for slot := range mondays.Slots(from.Add(-1), loc, nil) {
				if !slot.Time.Before(to) {
					break
				}
				if got := slot.Time.Format("Mon 15:04"); got != "Mon 09:00" || n > 0 && before.Date.AddDays(7) != slot.Date {
					t.Errorf("%s: got %s after %s, want the Monday after it", name, slot.Time, before.Time)
				}
				before = slot
				n++
			}
			if n != 52 && n != 53 {
				t.Errorf("%s in %d: got %d slots, want 52 or 53", name, year, n)
			}
		}
	}
}

// anyZone draws a zone of the tz database.
func anyZone() *rapid.Generator[*time.Location] {
	names := strings.Fields(zones)
	return rapid.Custom(func(t *rapid.T) *time.Location {
		name := rapid.OneOf(rapid.SampledFrom(names), rapid.SampledFrom([]string{
			"Europe/Prague", "Pacific/Apia", "Asia/Tehran", "America/Sao_Paulo", "America/St_Johns", "Australia/Lord_Howe",
			"Pacific/Kwajalein", "Africa/Casablanca", "America/Caracas", "Asia/Pyongyang",
		})).Draw(t, "zone")
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Fatalf("LoadLocation(%s): got %v", name, err)
		}
		return loc
	})
}

// anyDaysOff draws days off: single ones here and there, and a long rest.
func anyDaysOff() *rapid.Generator[func(typed.Date) bool] {
	return rapid.Custom(func(t *rapid.T) func(typed.Date) bool {
		every := rapid.SampledFrom([]int{2, 3, 10, 1000}).Draw(t, "every")
		from := anyDay().Draw(t, "rest")
		to := from.AddDays(rapid.IntRange(0, 60).Draw(t, "rest days"))
		return func(d typed.Date) bool {
			return (d.Day*31+int(d.Month)*7+d.Year)%every == 0 || !d.Before(from) && d.Before(to)
		}
	})
}

// anyMoment draws a moment near a change of a zone's clocks, or any other.
func anyMoment(loc *time.Location) *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		at := anyDay().Draw(t, "day").In(loc)
		if _, end := at.ZoneBounds(); !end.IsZero() && rapid.Bool().Draw(t, "at a change") {
			at = end.Add(-2 * time.Hour)
		}
		return at.Add(time.Duration(rapid.Int64Range(0, int64(26*time.Hour)).Draw(t, "later")))
	})
}

func TestNextIsTheFirstSlotAfter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r, loc, off := anyRule().Draw(t, "rule"), anyZone().Draw(t, "in"), anyDaysOff().Draw(t, "off")
		after := anyMoment(loc).Draw(t, "after")
		slot, ok := r.Next(after, loc, off)
		// Far enough back that no slot before it can have moved this far.
		var want rule.Slot
		for early := range r.Slots(after.AddDate(-2, 0, 0), loc, off) {
			if early.Time.After(after) {
				want = early
				break
			}
		}
		if slot != want || ok != (want != rule.Slot{}) {
			t.Fatalf("%s in %s after %s: got %s at %s, want %s at %s", r, loc, after, slot, slot.Time, want, want.Time)
		}
		if !ok {
			return
		}
		if !slot.Time.After(after) {
			t.Fatalf("%s in %s after %s: got %s, want a later one", r, loc, after, slot.Time)
		}
		if again, _ := r.Next(slot.Time.Add(-1), loc, off); again != slot {
			t.Fatalf("%s in %s just before %s: got %s, want the same", r, loc, slot.Time, again.Time)
		}
		later := after.Add(time.Duration(rapid.Int64Range(0, int64(400*24*time.Hour)).Draw(t, "later")))
		if next, ok := r.Next(later, loc, off); ok && next.Time.Before(slot.Time) {
			t.Fatalf("%s in %s: got %s after %s, but %s after %s", r, loc, next.Time, later, slot.Time, after)
		}
	})
}

func TestSlotsAreInOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r, loc, off := anyRule().Draw(t, "rule"), anyZone().Draw(t, "in"), anyDaysOff().Draw(t, "off")
		slots := r.Upcoming(20, anyMoment(loc).Draw(t, "after"), loc, off)
		names := map[string]bool{}
		for i, slot := range slots {
			if i > 0 && slot.Time.Before(slots[i-1].Time) {
				t.Fatalf("%s in %s: got %s after %s", r, loc, slot.Time, slots[i-1].Time)
			}
			if names[slot.String()] {
				t.Fatalf("%s in %s: got %s twice", r, loc, slot)
			}
			names[slot.String()] = true
			on := typed.DateOf(slot.Time)
			if on.Before(slot.Date) && (r.Kind != rule.Monthly || on.Month != slot.Date.Month) {
				t.Fatalf("%s in %s: got %s on %s, want no slot before its day", r, loc, slot, on)
			}
			if on == slot.Date && slot.Time.Format("15:04") != r.At.String() && !inGap(slot.Time, r.At) {
				t.Fatalf("%s in %s: got %s at %s, want its time or the end of a gap", r, loc, slot, slot.Time)
			}
		}
	})
}

// inGap reports whether a moment is the first after a gap that holds a time.
func inGap(at time.Time, c rule.Clock) bool {
	start, _ := at.ZoneBounds()
	return at.Equal(start) && at.Add(-1).Format("15:04") < c.String() && c.String() < at.Format("15:04") ||
		at.Equal(start) && typed.DateOf(at.Add(-1)) != typed.DateOf(at) && c.String() < at.Format("15:04")
}

// TestTimeOnTheClock compares with the clock itself, read once a minute.
func TestTimeOnTheClock(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		loc := anyZone().Draw(t, "in")
		near := anyMoment(loc).Draw(t, "near")
		clock := rule.Clock{Hour: rapid.IntRange(0, 23).Draw(t, "hour"), Minute: rapid.IntRange(0, 59).Draw(t, "minute")}
		r := rule.OnceAt(typed.DateOf(near), clock)
		got, ok := r.Next(near.AddDate(0, 0, -3), loc, nil)
		want := firstShown(r, near, loc)
		if !ok || !got.Time.Equal(want) {
			t.Fatalf("%s in %s: got %s, want %s", r, loc, got.Time, want)
		}
	})
}

// firstShown returns the first minute at which the clocks show a rule's day and
// time, or else the first at which they have passed them.
func firstShown(r rule.Rule, near time.Time, loc *time.Location) time.Time {
	var passed time.Time
	minute := near.Truncate(time.Minute).AddDate(0, 0, -2)
	for range 4 * 24 * 60 {
		minute = minute.Add(time.Minute)
		switch shown := minute.In(loc).Format("2006-01-02 15:04"); {
		case shown == r.String():
			return minute
		case shown > r.String() && passed.IsZero():
			passed = minute
		}
	}
	return passed
}
