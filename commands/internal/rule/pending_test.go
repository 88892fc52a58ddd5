package rule_test

import (
	"strings"
	"testing"
	"time"

	"fifteen/commands/internal/rule"
)

// TestOnceAWeekForTenYears goes through ten years in every zone whose clocks
// change in them, by half days, and by quarter hours for a day and a half around
// each change. It does what a sweep does: it deals with the slot that is pending
// once it is due, and finds the next one. Every local week must have exactly one.
func TestOnceAWeekForTenYears(t *testing.T) {
	t.Parallel()
	from, to := time.Date(2019, 12, 30, 0, 0, 0, 0, time.UTC), time.Date(2029, 12, 31, 0, 0, 0, 0, time.UTC)
	seen := 0
	for name := range strings.FieldsSeq(zones) {
		loc := zone(t, name)
		moments, changes := around(loc, from, to)
		if changes == 0 {
			continue
		}
		seen++
		for _, r := range []rule.Rule{
			{Kind: rule.Weekly, Days: rule.On(time.Monday), Weeks: 1, At: rule.Morning},
			{Kind: rule.Weekly, Days: rule.On(time.Sunday), Weeks: 1, At: rule.Clock{Hour: 2, Minute: 30}}, // in many gaps
			{Kind: rule.Weekly, Days: rule.On(time.Saturday), Weeks: 1, At: rule.Clock{Hour: 0, Minute: 15}},
		} {
			checkWeeks(t, r, loc, moments)
		}
	}
	if seen < 100 {
		t.Errorf("got %d zones with changes, want those of the tz database", seen)
	}
}

// around returns the moments of a clock that goes by half days, and by quarter
// hours around each change of a zone's offset, and how many changes there are.
func around(loc *time.Location, from, to time.Time) (moments []time.Time, changes int) {
	offset := func(at time.Time) int {
		_, seconds := at.In(loc).Zone()
		return seconds
	}
	for at := from; at.Before(to); at = at.Add(12 * time.Hour) {
		moments = append(moments, at)
		if offset(at) == offset(at.Add(12*time.Hour)) {
			continue
		}
		changes++
		for quarter := at.Add(15 * time.Minute); quarter.Before(at.Add(36 * time.Hour)); quarter = quarter.Add(15 * time.Minute) {
			moments = append(moments, quarter)
		}
		at = at.Add(24 * time.Hour)
	}
	return moments, changes
}

// checkWeeks plays a schedule over moments.
func checkWeeks(t *testing.T, r rule.Rule, loc *time.Location, moments []time.Time) {
	t.Helper()
	weeks := map[string]int{}
	done := map[rule.Slot]bool{}
	isDone := func(s rule.Slot) (bool, error) { return done[s], nil }
	pending, _, _ := r.Pending(moments[0].Add(-1), loc, nil, isDone)
	for i, now := range moments {
		if pending.Time.After(now) {
			continue
		}
		if i > 0 && !pending.Time.After(moments[i-1]) {
			t.Fatalf("%s in %s: got %s dealt with at %s, want it at the moment before", r, loc, pending, now)
		}
		weeks[pending.Date.AddDays(-(int(pending.Date.Weekday())+6)%7).String()]++
		done[pending] = true
		pending, _, _ = r.Pending(now.Add(-24*time.Hour), loc, nil, isDone)
	}
	want := int(moments[len(moments)-1].Sub(moments[0]) / (7 * 24 * time.Hour))
	if len(weeks) < want {
		t.Errorf("%s in %s: got %d weeks, want %d", r, loc, len(weeks), want)
	}
	for week, n := range weeks {
		if n != 1 {
			t.Errorf("%s in %s: got %d in the week of %s, want 1", r, loc, n, week)
		}
	}
}
