package commands_test

import (
	"slices"
	"testing"

	"fifteen/bot"
)

// TestHeldOverTheWeekend has a digest that comes after hours on a Friday: it waits
// until Monday, whatever is planned anew meanwhile, and comes once.
func TestHeldOverTheWeekend(t *testing.T) {
	t.Parallel()
	for name, meanwhile := range map[string]func(f *firm){
		"nothing":           func(*firm) {},
		"another setting":   func(f *firm) { f.does(f.boss, "settings nudge 10:00") },
		"a clock goes back": func(f *firm) { f.looks("2026-11-29 20:00"); f.looks("2026-11-29 12:00"); f.logs.Reset() },
		"other hours":       func(f *firm) { f.does(f.ivanov, "hours 9:00-17:00") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := openFirm(t)
			f.at("2026-11-27 12:00")
			f.does(f.boss, "settings nudge off")
			f.does(f.novak, "schedule deals fri 19:00 to @ivanov")
			f.settles()
			same(t, "after hours", f.wakeAt("2026-11-27 19:00"))
			f.at("2026-11-29 11:00")
			meanwhile(f)
			f.settles()
			same(t, "on Sunday", f.wakeAt("2026-11-29 12:10"))
			same(t, "too early", f.wakeAt("2026-11-30 08:59"))
			same(t, "on Monday", f.wakeAt("2026-11-30 09:00"), "ivanov: There is no open deal here. Add one: dea")
			same(t, "twice", f.wakeAt("2026-11-30 09:10"))
			same(t, "a week later", f.wakeAt("2026-12-04 19:00"))
			same(t, "and then", f.wakeAt("2026-12-07 09:00"), "ivanov: There is no open deal here. Add one: dea")
		})
	}
}

// TestBesideADigest has people who are not at work when a digest comes: they are
// told in their own hours, even when the bot was down in the next ones, and not
// while they are away.
func TestBesideADigest(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before string // what ivanov says
		looks  []string
		want   string // when ivanov is told
	}{
		"at work":                  {"", nil, "2026-11-30 09:00"},
		"later that day":           {"hours 14:00-18:00", nil, "2026-11-30 14:00"},
		"the bot was down":         {"hours 14:00-18:00", []string{"2026-11-30 09:00", "2026-11-30 18:30", "2026-12-01 13:59", "2026-12-01 14:00"}, "2026-12-01 14:00"},
		"away":                     {"away until 2026-12-02", nil, ""},
		"away once the digest was": {"hours 14:00-18:00", []string{"2026-11-30 09:00", "away", "2026-11-30 14:00", "2026-12-03 14:00"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := openFirm(t)
			f.at("2026-11-20 12:00")
			f.does(f.boss, "settings nudge off")
			f.does(f.ivanov, "deal add Acme 12000 EUR", "step acme contact")
			f.in(channel2, f.novak, "schedule funnel monthly 30 09:00")
			if test.before != "" {
				f.does(f.ivanov, test.before)
			}
			looks := test.looks
			if looks == nil {
				looks = []string{"2026-11-30 09:00", "2026-11-30 13:59", "2026-11-30 14:00", "2026-12-01 09:00", "2026-12-01 14:00"}
			}
			at := ""
			f.at("2026-11-27 12:00")
			f.wake()
			for _, look := range looks {
				if look == "away" {
					f.does(f.ivanov, "away until 2026-12-03")
					f.settles()
					continue
				}
				arrived := f.wakeAt(look)
				if slices.ContainsFunc(arrived, func(line string) bool { return len(onlyOf("ivanov", []string{line})) > 0 }) {
					at += look
				}
			}
			if at != test.want {
				t.Errorf("got ivanov told at %q, want %q", at, test.want)
			}
		})
	}
}

// TestTokyoIsAskedAboutToday schedules a check-in on a clock that shows another day
// than the one where the rep is.
func TestTokyoIsAskedAboutToday(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-25 12:00")
	f.does(f.boss, "settings nudge off")
	f.moves("ivanov", "Asia/Tokyo")
	f.does(f.ivanov, "hours 1:00-12:00")
	f.does(f.novak, "schedule checkin workdays 17:30 to @ivanov UTC")
	f.settles()
	f.looks("2026-11-26 17:30") // 2:30 on Friday there
	asked := f.posted()
	same(t, "asked", drawn(asked), "ivanov: Check-in for Fri 27 Nov, question 1 of 2")
	f.looks("2026-11-26 19:00")
	again := f.posted()
	same(t, "reminded", titlesOf(again), "Check-in for Fri 27 Nov, question 1 of 2")
}

func titlesOf(posts []bot.Post) (titles []string) {
	for _, post := range posts {
		titles = append(titles, post.Message.Title)
	}
	return titles
}
