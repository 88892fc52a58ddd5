package commands

import (
	"testing"
	"time"

	"fifteen/storage"
)

// TestCalendarOf asks a week before Christmas 2026, in Prague.
func TestCalendarOf(t *testing.T) {
	t.Parallel()
	prague, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		t.Fatal(err)
	}
	home := storage.Workspace{
		Hours: "08:00-16:00", Days: "mon,tue,wed,thu", Country: "cz", DaysOff: []storage.DayOff{{On: "2026-12-28", Name: "a trip"}},
	}
	garbled := storage.Workspace{Hours: "x", Days: "x", Country: "x", DaysOff: []storage.DayOff{{On: "x"}}}
	for _, test := range []struct {
		name     string
		home     storage.Workspace
		member   storage.Member
		at, want string // wall clocks
	}{
		{"the usual", storage.Workspace{}, storage.Member{}, "2026-12-18 18:00", "2026-12-21 09:00"},
		{"the organisation's", home, storage.Member{}, "2026-12-17 16:00", "2026-12-21 08:00"},
		{"the own hours on the organisation's days", home, storage.Member{Hours: "13:00-20:00"}, "2026-12-17 20:00", "2026-12-21 13:00"},
		{"the own days in the organisation's hours", home, storage.Member{Days: "fri"}, "2026-12-17 20:00", "2026-12-18 08:00"},
		{"a holiday and a day off", home, storage.Member{}, "2026-12-23 16:00", "2026-12-29 08:00"}, // Thu 24 is a holiday, Mon 28 a trip
		{"they are everybody's", home, storage.Member{Days: "mon,thu,fri"}, "2026-12-23 16:00", "2026-12-31 08:00"},
		{"away", home, storage.Member{AwayUntil: "2026-12-22"}, "2026-12-17 10:00", "2026-12-22 08:00"},
		{"back", home, storage.Member{AwayUntil: "2026-12-17"}, "2026-12-17 10:00", "2026-12-17 10:00"},
		{"what cannot be read is the usual", garbled, storage.Member{Hours: "18:00-09:00", AwayUntil: "soon"}, "2026-12-18 18:00", "2026-12-21 09:00"},
	} {
		const wall = "2006-01-02 15:04"
		at, err := time.ParseInLocation(wall, test.at, prague)
		if err != nil {
			t.Fatal(err)
		}
		next, ok := calendarOf(test.home, test.member, prague).Next(at)
		if got := next.Format(wall); !ok || got != test.want {
			t.Errorf("%s: got %s, %v, want %s", test.name, got, ok, test.want)
		}
	}
}
