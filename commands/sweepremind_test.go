package commands_test

import (
	"strings"
	"testing"
)

// arrivals returns the posts to one person, a line for each.
func arrivals(all []string, who string) []string {
	var to []string
	for _, line := range all {
		if strings.HasPrefix(line, who+": ") {
			to = append(to, line)
		}
	}
	return to
}

// TestRemindersArrive reminds whoever has set a reminder when they said, and the
// deal's owner on their own clock and within their hours; each once.
func TestRemindersArrive(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-26 12:00") // a Thursday
	f.does(f.boss, "settings nudge off")
	f.moves("ivanov", "America/New_York")
	f.does(f.novak, "deal add Acme 12000 EUR @ivanov", "remind Acme sat 10:00 call Petra")
	for _, test := range []struct {
		at            string
		novak, ivanov []string
	}{
		{"2026-11-28 09:59", nil, nil},
		{"2026-11-28 10:00", []string{"novak: Acme: call Petra"}, nil}, // a Saturday, which novak has named
		{"2026-11-28 15:00", nil, nil},                                 // ten in New York, where nobody works that day
		{"2026-11-30 13:59", nil, nil},
		{"2026-11-30 14:00", nil, []string{"ivanov: Acme: call Petra"}}, // Monday at nine
		{"2026-12-30 14:00", nil, nil},
	} {
		f.at(test.at)
		got := f.wake()
		same(t, test.at+", novak", arrivals(got, "novak"), test.novak...)
		same(t, test.at+", ivanov", arrivals(got, "ivanov"), test.ivanov...)
	}
}

// TestReminderStory tells what is known of the deal, offers to put it off, and is
// silent about what was done meanwhile.
func TestReminderStory(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-26 12:00")
	f.does(f.boss, "settings nudge off")
	f.does(f.ivanov, "deal add Acme 12000 EUR", "note Acme Petr is back on Monday", "remind Acme fri 14:00 send the offer", "remind Acme fri 15:00 ring again")
	f.at("2026-11-27 14:00")
	posts := f.woken()
	if len(posts) != 1 {
		t.Fatalf("got %d posts, want the reminder", len(posts))
	}
	holds(t, "the reminder", text(t, posts[0].Message), "Acme: send the offer", "You asked on Thu 26 Nov to be reminded.",
		"Not scored yet.", "Petr is back on Monday", "remind done #1", "remind later #1 tomorrow")
	f.presses(f.ivanov, "remind later #1 tomorrow")
	f.presses(f.ivanov, "remind done #2")
	f.at("2026-11-27 15:00")
	same(t, "one that is done", f.wake())
	f.at("2026-11-28 08:59")
	same(t, "before nine", f.wake())
	f.at("2026-11-28 09:00")
	same(t, "put off to tomorrow", f.wake(), "ivanov: Acme: send the offer")
	f.presses(f.ivanov, "remind done #1")
	f.presses(f.ivanov, "undo")
	f.at("2026-12-28 09:00")
	same(t, "taken back after it was told", f.wake())
}

// TestPromisesArrive reminds a deal's owner of what was promised after a no, with
// the old objection, on the next day on which they work.
func TestPromisesArrive(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-26 12:00")
	f.does(f.boss, "settings nudge off", "settings dayoff 11 Jan")
	f.does(f.ivanov, "deal add Acme 12000 EUR", "lost Acme price they pay a tenth less", "refusal Acme door price list for film 9 Jan")
	f.does(f.novak, "handover @ivanov @petra") // open deals only
	f.does(f.petra, "away until 13 Jan")
	f.does(f.novak, "deal Acme owner @petra")
	for _, test := range []struct {
		at   string
		want []string
	}{
		{"2027-01-09 09:00", nil}, // a Saturday, which was moved to Monday
		{"2027-01-11 09:00", nil}, // a day off
		{"2027-01-12 09:00", nil}, // she is away
		{"2027-01-13 09:00", []string{"petra: Since Mon 11 Jan: what you promised Acme"}},
		{"2027-02-13 09:00", nil},
	} {
		f.at(test.at)
		same(t, test.at, f.wake(), test.want...)
	}
}
