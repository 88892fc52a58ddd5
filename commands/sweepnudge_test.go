package commands_test

import (
	"strings"
	"testing"
	"time"
)

// days lets days pass, an hour at a time, and returns when somebody was told
// something that begins so: "30 09:00".
func (f *firm) days(n int, to, begins string) (when []string) {
	f.t.Helper()
	for range n * 24 {
		f.after(time.Hour)
		for _, line := range f.wake() {
			if strings.HasPrefix(line, to+": ") && strings.Contains(line, begins) {
				when = append(when, f.now.Format("02 15:04"))
			}
		}
	}
	return when
}

// TestNudgeStep asks about a deal that has had no next step for two days, and every
// two weeks after that whether to disqualify it, at the beginning of a working day.
func TestNudgeStep(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-30 08:00")
	f.does(f.ivanov, "deal add Acme 12000 EUR", "step acme contact")
	f.settles()
	f.at("2026-11-30 08:00")
	same(t, "in three days", f.days(3, "ivanov", "Acme"), "02 09:00")
	same(t, "in the two weeks after", f.days(14, "ivanov", "Acme"), "16 09:00")
	if got := f.column("SELECT what FROM nudges ORDER BY at"); strings.Join(got, " ") != "step drop" {
		t.Errorf("got %q asked, want about the step, and then to disqualify it", got)
	}
	f.does(f.ivanov, "nextstep acme call them 2027-01-05")
	same(t, "with a next step", f.days(10, "ivanov", "Acme"))
}

// TestNudgeAnswer asks about a doubtful answer, and again after it has rested.
func TestNudgeAnswer(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-30 08:00")
	f.does(f.ivanov, "deal add Acme 12000 EUR", "nextstep acme call them 2027-01-15")
	f.replies(f.ivanov, "acme", "yyyyyyyyu")
	f.settles()
	f.at("2026-11-30 08:00")
	same(t, "in eight days", f.days(8, "ivanov", "Acme"), "01 09:00", "07 09:00")
	f.does(f.ivanov, "wait acme until 2026-12-21 they move")
	same(t, "while it waits", f.days(7, "ivanov", "Acme"))
}

// TestOneOfTheDay schedules next beside the question of the day: one of both comes.
func TestOneOfTheDay(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-30 08:00")
	f.does(f.ivanov, "deal add Acme 12000 EUR", "nextstep acme call them 2027-01-15", "schedule next workdays 11:00")
	f.replies(f.ivanov, "acme", "yyyyyyyyu")
	f.settles()
	f.at("2026-11-30 08:00")
	same(t, "in two days", f.days(2, "ivanov", "Acme"), "01 09:00")
}

// TestRemindersAndPromises come once, on the clock of whom they are for, to who owns
// the deal then, and not when they are done with.
func TestRemindersAndPromises(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before []string
		novak  []string // what the manager says afterwards
		to     string
		want   []string
	}{
		"a reminder":             {[]string{"remind acme 2026-12-02 14:00 ring them"}, nil, "ivanov", []string{"02 14:00"}},
		"one that is done":       {[]string{"remind acme 2026-12-02 14:00 ring them", "remind done 1"}, nil, "ivanov", nil},
		"of somebody's deal":     {[]string{"remind acme 2026-12-02 14:00 ring them"}, []string{"deal acme owner @petra"}, "petra", []string{"02 14:00"}},
		"a promise":              {[]string{"lost acme price", "refusal acme door 2026-12-02"}, nil, "ivanov", []string{"02 09:00"}},
		"of a deal that is back": {[]string{"lost acme price", "refusal acme door 2026-12-02", "reopen acme"}, nil, "ivanov", nil},
		"of another's":           {[]string{"lost acme price", "refusal acme door 2026-12-02"}, []string{"deal acme owner @petra"}, "ivanov", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := openFirm(t)
			f.at("2026-11-30 08:00")
			f.does(f.boss, "settings nudge off")
			f.does(f.ivanov, "deal add Acme 12000 EUR")
			f.does(f.ivanov, test.before...)
			f.does(f.novak, test.novak...)
			f.settles()
			f.at("2026-11-30 10:00")
			same(t, "told", f.days(4, test.to, "Acme"), test.want...)
			f.looks("2026-12-02 01:00") // a clock that goes back
			f.logs.Reset()
			same(t, "told again", f.days(2, test.to, "Acme"))
		})
	}
}

// TestAwayIsAskedNothing has somebody away on a working day.
func TestAwayIsAskedNothing(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-27 12:00")
	f.does(f.boss, "settings nudge off")
	f.does(f.novak, "schedule checkin workdays 14:00 each rep", "schedule deals workdays 10:00 each rep")
	f.does(f.ivanov, "away until 2026-12-02")
	f.settles()
	f.at("2026-11-29 23:00")
	same(t, "told", f.days(3, "ivanov", ""), "02 10:00", "02 14:00", "02 16:00")
}
