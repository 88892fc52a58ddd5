package rule_test

import (
	"slices"
	"testing"
	"time"
	_ "time/tzdata" // the zones of every machine

	"fifteen/commands/internal/rule"
	"fifteen/commands/internal/typed"

	"github.com/google/go-cmp/cmp"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func stored(t *testing.T, text string) rule.Rule {
	t.Helper()
	r, err := rule.Read(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func moment(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestNextAcrossClockChanges(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, zone, rule, after string
		want                    string // in the zone
	}{
		{"an ordinary day", "Europe/Prague", "daily 02:30", "2026-11-27T00:00:00Z", "2026-11-27T02:30:00+01:00"},
		{"strictly after", "Europe/Prague", "daily 02:30", "2026-11-27T01:30:00Z", "2026-11-28T02:30:00+01:00"},
		{"a nanosecond before", "Europe/Prague", "daily 02:30", "2026-11-27T01:29:59.999999999Z", "2026-11-27T02:30:00+01:00"},
		// 2:00 to 3:00 does not exist on 29 March 2026; 3:00 there is 1:00 UTC.
		{"in a gap", "Europe/Prague", "daily 02:30", "2026-03-29T00:00:00Z", "2026-03-29T03:00:00+02:00"},
		{"after the gap", "Europe/Prague", "daily 02:30", "2026-03-29T01:00:00Z", "2026-03-30T02:30:00+02:00"},
		{"at a gap's beginning", "Europe/Prague", "daily 02:00", "2026-03-29T00:00:00Z", "2026-03-29T03:00:00+02:00"},
		{"at a gap's end", "Europe/Prague", "daily 03:00", "2026-03-29T00:00:00Z", "2026-03-29T03:00:00+02:00"},
		// 2:30 comes at 0:30 and at 1:30 UTC on 25 October 2026.
		{"the first of two", "Europe/Prague", "daily 02:30", "2026-10-25T00:00:00Z", "2026-10-25T02:30:00+02:00"},
		{"not the second of two", "Europe/Prague", "daily 02:30", "2026-10-25T00:30:00Z", "2026-10-26T02:30:00+01:00"},
		// Samoa went from 29 December 2011 to 31 December.
		{"a day without", "Pacific/Apia", "2011-12-30 09:00", "2011-12-29T00:00:00Z", "2011-12-31T00:00:00+14:00"},
		{"the day after it", "Pacific/Apia", "daily 09:00", "2011-12-30T10:00:00Z", "2011-12-31T09:00:00+14:00"},
		{"the day before it", "Pacific/Apia", "daily 09:00", "2011-12-29T00:00:00Z", "2011-12-29T09:00:00-10:00"},
		{"quarter hours", "Asia/Kathmandu", "mon 09:00", "2026-11-27T00:00:00Z", "2026-11-30T09:00:00+05:45"},
		// Iran's clocks went from 0:00 to 1:00 on 22 March 2022, and back to 23:00 at 0:00 on 22 September.
		{"a gap at midnight", "Asia/Tehran", "2022-03-22 00:30", "2022-03-01T00:00:00Z", "2022-03-22T01:00:00+04:30"},
		{"back over midnight", "Asia/Tehran", "2022-09-21 23:30", "2022-09-01T00:00:00Z", "2022-09-21T23:30:00+04:30"},
		// Brazil's went from 0:00 to 1:00 on 4 November 2018, and back to 23:00 at 0:00 on 18 February.
		{"midnight itself", "America/Sao_Paulo", "2018-11-04 00:00", "2018-11-01T00:00:00Z", "2018-11-04T01:00:00-02:00"},
		{"twice before midnight", "America/Sao_Paulo", "2018-02-17 23:30", "2018-02-01T00:00:00Z", "2018-02-17T23:30:00-02:00"},
		{"a leap year far ahead", "Europe/Prague", "2040-12-31 09:00", "2026-11-27T00:00:00Z", "2040-12-31T09:00:00+01:00"},
		// Lord Howe Island moves by half an hour: 2:00 to 2:30 on 4 October 2026.
		{"half an hour", "Australia/Lord_Howe", "daily 02:15", "2026-10-03T12:00:00Z", "2026-10-04T02:30:00+11:00"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			slot, ok := stored(t, tc.rule).Next(moment(t, tc.after), zone(t, tc.zone), nil)
			if got := slot.Time.Format(time.RFC3339); got != tc.want || !ok {
				t.Errorf("%s in %s after %s: got %s, %v, want %s", tc.rule, tc.zone, tc.after, got, ok, tc.want)
			}
		})
	}
}

func TestUpcoming(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, rule, country string
		after               string // noon in Prague of this day
		want                []string
	}{
		{
			"over new year", "every 2 weeks fri 16:00 from 2026-12-18", "", "2026-12-01",
			[]string{"2026-12-18 16:00", "2027-01-01 16:00", "2027-01-15 16:00"},
		},
		{
			"over the clock change", "every 2 weeks fri 16:00 from 2026-03-20", "", "2026-03-01",
			[]string{"2026-03-20 16:00", "2026-04-03 16:00", "2026-04-17 16:00"},
		},
		{ // the week of Friday the 27th is one, its Monday before it is not
			"two days of every other week", "every 2 weeks mon,fri 09:00 from 2026-11-27", "", "2026-11-01",
			[]string{"2026-11-27 09:00", "2026-12-07 09:00", "2026-12-11 09:00", "2026-12-21 09:00"},
		},
		{"once a year", "every 52 weeks mon 09:00 from 2026-11-30", "", "2026-12-01", []string{"2027-11-29 09:00"}},
		{"once", "2027-02-10 09:00", "", "2026-11-27", []string{"2027-02-10 09:00"}},
		{"once, over", "2026-11-26 09:00", "", "2026-11-27", nil},
		{ // 28 February 2027 is a Sunday
			"the 29th", "monthly 29 09:00", "", "2027-01-30", []string{"2027-02-26 09:00", "2027-03-29 09:00"},
		},
		{"the 29th of February", "2028-02-29 09:00", "", "2026-11-27", []string{"2028-02-29 09:00"}},
		{ // 31 January 2027 is a Sunday, 28 February too
			"the last day", "monthly 31 09:00", "", "2027-01-01",
			[]string{"2027-01-29 09:00", "2027-02-26 09:00", "2027-03-31 09:00", "2027-04-30 09:00"},
		},
		{"a Saturday that was named", "sat 10:00", "", "2026-11-27", []string{"2026-11-28 10:00"}},
		{"workdays", "workdays 17:30", "", "2026-11-27", []string{"2026-11-27 17:30", "2026-11-30 17:30"}},
		{ // Friday 26 and Monday 29 March 2027 are holidays
			"Easter Monday", "mon 09:00", "cz", "2027-03-23", []string{"2027-03-30 09:00", "2027-04-05 09:00"},
		},
		{"Good Friday", "fri 09:00", "cz", "2027-03-23", []string{"2027-03-30 09:00", "2027-04-02 09:00"}},
		{"two on one day", "mon,fri 09:00", "cz", "2027-03-23", []string{"2027-03-30 09:00", "2027-03-30 09:00", "2027-04-02 09:00"}},
		{ // Friday 1 May 2026 moves past the Saturday
			"past a later one", "fri,sat 09:00", "cz", "2026-04-30", []string{"2026-05-02 09:00", "2026-05-04 09:00", "2026-05-09 09:00"},
		},
		{"once on a holiday", "2026-12-24 09:00", "cz", "2026-11-27", []string{"2026-12-28 09:00"}},
		{"moved past today", "2026-12-24 09:00", "cz", "2026-12-26", []string{"2026-12-28 09:00"}},
		{
			"workdays without holidays", "workdays 09:00", "cz", "2026-12-23", []string{"2026-12-28 09:00", "2026-12-29 09:00"},
		},
		{ // 24 to 26 December are holidays, the 27th is a Sunday
			"daily without holidays", "daily 09:00", "cz", "2026-12-22", []string{"2026-12-23 09:00", "2026-12-27 09:00"},
		},
		{"the first workday", "monthly first workday 09:00", "cz", "2026-12-15", []string{"2027-01-04 09:00", "2027-02-01 09:00"}},
		{"the last workday", "monthly last workday 09:00", "sk", "2027-01-01", []string{"2027-01-29 09:00", "2027-02-26 09:00"}},
		{"not on a May Day", "monthly 1 09:00", "cz", "2027-04-15", []string{"2027-05-03 09:00", "2027-06-01 09:00"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			prague := zone(t, "Europe/Prague")
			off, _ := rule.Holidays(tc.country)
			noon := day(t, tc.after).In(prague).Add(12 * time.Hour)
			got := shown(stored(t, tc.rule).Upcoming(max(1, len(tc.want)), noon, prague, off))
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("%s after %s (-want +got):\n%s", tc.rule, tc.after, diff)
			}
		})
	}
}

// shown writes when slots are due, nil for none.
func shown(slots []rule.Slot) []string {
	if len(slots) == 0 {
		return nil
	}
	list := make([]string, len(slots))
	for i, slot := range slots {
		list[i] = slot.Time.Format("2006-01-02 15:04")
	}
	return list
}

func TestSlotKeepsItsNameWhenItMoves(t *testing.T) {
	t.Parallel()
	off, _ := rule.Holidays("cz")
	for text, want := range map[string]string{
		"mon 09:00":                   "2027-03-29 09:00", // Easter Monday, told on Tuesday
		"monthly first workday 09:00": "2027-04-01 09:00",
		"2027-03-29 02:30":            "2027-03-29 02:30",
	} {
		slot, _ := stored(t, text).Next(moment(t, "2027-03-28T12:00:00Z"), zone(t, "Europe/Prague"), off)
		if got := slot.String(); got != want {
			t.Errorf("%s: got the slot %s, want %s", text, got, want)
		}
	}
	shut := func(d typed.Date) bool { return d.Month == time.December && d.Day >= 24 }
	slot, _ := stored(t, "monthly last workday 09:00").Next(moment(t, "2026-12-01T12:00:00Z"), time.UTC, shut)
	if slot.String() != "2026-12-31 09:00" || slot.Time.Day() != 23 {
		t.Errorf("shut from the 24th on: got %s on %s, want that of the 31st on the 23rd", slot, slot.Time)
	}
}

func TestDaysOffWithoutEnd(t *testing.T) {
	t.Parallel()
	always := func(typed.Date) bool { return true }
	december := func(d typed.Date) bool { return d.Month == time.December }
	for _, tc := range []struct {
		rule string
		off  func(typed.Date) bool
		want string
	}{
		{"workdays 09:00", always, ""},
		{"daily 09:00", always, ""},
		{"mon 09:00", always, "2026-11-30 09:00"}, // never lost: on its own day
		{"2026-12-24 09:00", always, "2026-12-24 09:00"},
		{"2026-12-24 09:00", december, "2027-01-01 09:00"},
		{"monthly last workday 09:00", december, "2026-11-30 09:00"},
		{"monthly first workday 09:00", december, "2027-01-01 09:00"},
	} {
		slot, ok := stored(t, tc.rule).Next(moment(t, "2026-11-27T12:00:00Z"), time.UTC, tc.off)
		got := ""
		if ok {
			got = slot.Time.Format("2006-01-02 15:04")
		}
		if got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.rule, got, tc.want)
		}
	}
	lastWorkdays := stored(t, "monthly last workday 09:00").Upcoming(3, moment(t, "2026-11-27T12:00:00Z"), time.UTC, december)
	if got := lastWorkdays[1].Time.Format(time.DateOnly); got != "2027-01-01" {
		t.Errorf("a December off as a whole: got its last workday on %s, want 2027-01-01", got)
	}
	if got := (rule.Rule{}).Upcoming(3, time.Time{}, time.UTC, nil); got != nil {
		t.Errorf("no rule: got %v, want no slots", got)
	}
	if got := stored(t, "daily 09:00").Upcoming(0, time.Time{}, time.UTC, nil); got != nil {
		t.Errorf("none asked for: got %v", got)
	}
}

func TestBothSlotsOfOneInstantAreTold(t *testing.T) {
	t.Parallel()
	off, _ := rule.Holidays("cz")
	prague := zone(t, "Europe/Prague")
	var got []string
	for slot := range stored(t, "mon,fri 09:00").Slots(moment(t, "2027-03-23T12:00:00Z"), prague, off) {
		if slot.Time.After(moment(t, "2027-03-30T07:00:00Z")) {
			break
		}
		got = append(got, slot.String())
	}
	if want := []string{"2027-03-26 09:00", "2027-03-29 09:00"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
