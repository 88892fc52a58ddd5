package rule_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fifteen/commands/internal/rule"
	"fifteen/commands/internal/typed"
)

func TestHolidays(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		country, day string
		want         bool
	}{
		// Easter Sunday is 28 March 2027.
		{"cz", "2027-03-26", true}, // Good Friday
		{"cz", "2027-03-29", true}, // Easter Monday
		{"cz", "2027-03-30", false},
		{"pl", "2027-03-26", false}, // Good Friday is a working day there
		{"PL", "2027-03-29", true},
		{"pl", "2027-05-27", true},  // Corpus Christi: 60 days after Easter Sunday
		{"pl", "2024-12-24", false}, // a day off since 2025
		{"pl", "2025-12-24", true},
		{"cz", "2026-05-01", true},
		{"cz", "2026-05-08", true},
		{"cz", "2026-09-28", true},
		{"cz", "2026-11-17", true},
		{"sk", "2026-05-01", true},
		{"sk", "2026-05-08", false}, // working days in 2026 only
		{"sk", "2027-05-08", true},
		{"sk", "2026-09-15", false},
		{"sk", "2023-09-01", true}, // a working day since 2024
		{"sk", "2025-09-01", false},
		{"sk", "2024-11-17", true}, // a working day since 2025
		{"sk", "2025-11-17", false},
		{"sk", "2026-12-24", true},
		{"de", "2026-10-03", true},
		{"de", "2026-11-01", false}, // in some states only
		{"at", "2026-10-26", true},
		{"fr", "2026-07-14", true},
		{"gb", "2026-12-28", true}, // Boxing Day is a Saturday
		{"gb", "2026-05-25", true}, // the last Monday of May
		{"us", "2026-07-04", true}, // a Saturday
		{"us", "2026-07-03", true}, // and kept on the Friday before
		{"us", "2027-07-05", true}, // 4 July is a Sunday
		{"us", "2027-12-31", true}, // 1 January 2028 is a Saturday
		{"us", "2026-11-26", true}, // the fourth Thursday
		{"ru", "2027-01-05", true},
		{"ru", "2027-01-11", false},
		{"ru", "2026-05-11", true}, // 9 May is a Saturday
	} {
		off, ok := rule.Holidays(tc.country)
		if !ok {
			t.Errorf("Holidays(%s): got none", tc.country)
			continue
		}
		if got := off(day(t, tc.day)); got != tc.want {
			t.Errorf("%s in %s: got a holiday %v, want %v", tc.day, tc.country, got, tc.want)
		}
	}
}

func TestCountries(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"", "tr", "xx", "czech"} {
		if off, ok := rule.Holidays(code); ok || off != nil {
			t.Errorf("Holidays(%q): got some, want none", code)
		}
	}
	codes := rule.Countries()
	if !slices.IsSorted(codes) || len(codes) < 10 {
		t.Errorf("got the countries %v, want more than 10 in order", codes)
	}
	for _, code := range codes {
		off, ok := rule.Holidays(strings.ToUpper(code))
		if !ok {
			t.Fatalf("Holidays(%s): got none", code)
		}
		n := 0
		for d := (typed.Date{Year: 2027, Month: time.January, Day: 1}); d.Year == 2027; d = d.AddDays(1) {
			if off(d) {
				n++
			}
		}
		if n < 8 || n > 20 {
			t.Errorf("%s: got %d holidays in 2027, want 8 to 20", code, n)
		}
	}
}

// day reads a date of a test.
func day(t *testing.T, text string) typed.Date {
	t.Helper()
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return typed.DateOf(at)
}
