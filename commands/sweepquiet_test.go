package commands_test

import (
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/terminal"
)

// disturbs has a chat service refuse what is due to those who do not want to be
// disturbed before a moment, and returns what was refused.
func (f *firm) disturbs(until string) []string {
	f.t.Helper()
	at, err := time.Parse("2006-01-02 15:04", until)
	if err != nil {
		f.t.Fatal(err)
	}
	due, err := f.app.Outbox.Due(f.t.Context(), []string{terminal.Platform}, 100)
	if err != nil {
		f.t.Fatal(err)
	}
	held := make([]bot.Post, 0, len(due))
	for _, post := range due {
		if !post.Prompt {
			f.t.Errorf("%s: got %q as no question, want it one", post.Chat.ID, firstWords(post.Message))
		}
		held = append(held, post)
		outcome, err := f.app.Outbox.Failed(f.t.Context(), post, &bot.QuietError{Until: at})
		if err != nil || outcome != bot.Delayed {
			f.t.Fatalf("held until %s: got %v, %v, want it delayed", until, outcome, err)
		}
	}
	return drawn(held)
}

// looks does what is due.
func (f *firm) looks(at string) {
	f.t.Helper()
	f.at(at)
	if err := f.app.Wake(f.t.Context()); err != nil {
		f.t.Fatal(err)
	}
}

// settles sends the answers to lines, as a chat has done by then.
func (f *firm) settles() {
	f.t.Helper()
	f.after(10 * time.Second)
	f.posted()
}

// openQuiet has one rep who is asked, and a clock on Thursday, 26 November 2026.
func openQuiet(t *testing.T, lines ...string) *firm {
	t.Helper()
	f := openFirm(t)
	f.at("2026-11-26 08:00")
	f.does(f.boss, "settings nudge off")
	f.does(f.ivanov, "deal add Acme 12000 EUR", "score acme 5 5 3")
	f.does(f.ivanov, lines...)
	f.settles()
	return f
}

const (
	callsAsked = "ivanov: Check-in for Thu 26 Nov, question 1 of 3"
	nextAsked  = "ivanov: Acme, 12,000 EUR · Pain, question 1 of 9"
)

// TestQuietQuestions holds questions back from somebody who does not want to be
// disturbed: they are asked anew afterwards, a check-in about its own day, but not when
// they were answered meanwhile.
func TestQuietQuestions(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		line, asked, until, meanwhile string
		at, again                     string
		want                          []string
	}{
		"a check-in": {
			line: "schedule checkin workdays 15:00", at: "2026-11-26 15:00", asked: callsAsked,
			until: "2026-11-26 16:30", again: "2026-11-26 16:30", want: []string{callsAsked},
		},
		"a check-in that was answered": {
			line: "schedule checkin workdays 15:00", at: "2026-11-26 15:00", asked: callsAsked,
			until: "2026-11-26 17:00", meanwhile: "checkin done", again: "2026-11-26 17:00",
		},
		"a check-in until tomorrow": {
			line: "schedule checkin workdays 15:00", at: "2026-11-26 15:00", asked: callsAsked,
			until: "2026-11-27 09:30", again: "2026-11-27 09:30", want: []string{callsAsked},
		},
		"next": {
			line: "schedule next workdays 10:00", at: "2026-11-26 10:00", asked: nextAsked,
			until: "2026-11-26 12:00", again: "2026-11-26 12:00", want: []string{nextAsked},
		},
		"next without an answer to give": {
			line: "schedule next workdays 10:00", at: "2026-11-26 10:00", asked: nextAsked,
			until: "2026-11-26 12:00", meanwhile: "won acme", again: "2026-11-26 12:00",
		},
		"next until after work": {
			line: "schedule next workdays 10:00", at: "2026-11-26 10:00", asked: nextAsked,
			until: "2026-11-26 20:00", again: "2026-11-26 20:00",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := openQuiet(t, test.line)
			f.looks(test.at)
			same(t, "refused", f.disturbs(test.until), test.asked)
			f.looks(test.at)
			same(t, "asked at once", drawn(f.posted()))
			if test.meanwhile != "" {
				f.does(f.ivanov, test.meanwhile)
				f.settles()
			}
			f.after(time.Minute)
			for f.now.Format("2006-01-02 15:04") < test.again {
				same(t, "asked at "+f.now.String(), f.wake())
				f.after(10 * time.Minute)
			}
			same(t, "asked anew", onlyOf("ivanov", f.wakeAt(test.again)), test.want...)
			same(t, "asked twice", f.wake())
			if len(test.want) > 0 && test.asked == callsAsked {
				holds(t, "a number", f.types(f.ivanov, "7"), "Noted: 7 calls.")
			}
			f.looks("2026-11-27 09:00")
			f.posted()
		})
	}
}

// wakeAt is wake at a moment.
func (f *firm) wakeAt(at string) []string {
	f.t.Helper()
	f.at(at)
	return f.wake()
}

// onlyOf keeps what arrived for somebody.
func onlyOf(name string, arrived []string) (kept []string) {
	for _, line := range arrived {
		if len(line) > len(name) && line[:len(name)+1] == name+":" {
			kept = append(kept, line)
		}
	}
	return kept
}

// TestQuietNudge asks the question of the day anew, once.
func TestQuietNudge(t *testing.T) {
	t.Parallel()
	f := openQuiet(t)
	f.does(f.boss, "settings nudge 10:00")
	f.does(f.ivanov, "answer acme urgent unsure", "step acme contact")
	f.settles()
	f.looks("2026-11-30 10:00")
	refused := f.disturbs("2026-11-30 13:00")
	if len(refused) != 1 {
		t.Fatalf("got %q, want a question", refused)
	}
	same(t, "too early", f.wakeAt("2026-11-30 12:50"))
	same(t, "asked anew", f.wakeAt("2026-11-30 13:00"), refused...)
	same(t, "asked twice", f.wakeAt("2026-11-30 13:10"))

	f.looks("2026-12-04 10:00")
	if refused = f.disturbs("2026-12-04 13:00"); len(refused) != 1 {
		t.Fatalf("got %q, want a question", refused)
	}
	f.does(f.ivanov, "lost acme price")
	f.settles()
	same(t, "about a deal that is lost", f.wakeAt("2026-12-04 13:00"))
}

// TestQuietReminder holds back what reminds of a check-in: it comes afterwards,
// unless the check-in was answered.
func TestQuietReminder(t *testing.T) {
	t.Parallel()
	for _, answered := range []bool{false, true} {
		f := openQuiet(t, "schedule checkin workdays 14:00")
		same(t, "asked", f.wakeAt("2026-11-26 14:00"), callsAsked)
		f.looks("2026-11-26 15:30")
		if got := f.disturbs("2026-11-26 17:00"); len(got) != 1 {
			t.Fatalf("got %q, want what reminds", got)
		}
		want := []string{callsAsked}
		if answered {
			f.does(f.ivanov, "checkin done")
			f.settles()
			want = nil
		}
		same(t, "too early", f.wakeAt("2026-11-26 16:50"))
		same(t, "afterwards", f.wakeAt("2026-11-26 17:00"), want...)
		same(t, "twice", f.wakeAt("2026-11-26 18:00"))
	}
}

// TestQuietTwice tells twice that a question would disturb, as after a crash: it is
// asked once afterwards.
func TestQuietTwice(t *testing.T) {
	t.Parallel()
	f := openQuiet(t, "schedule checkin workdays 14:00")
	f.looks("2026-11-26 14:00")
	due, err := f.app.Outbox.Due(t.Context(), []string{terminal.Platform}, 100)
	if err != nil || len(due) != 1 {
		t.Fatalf("got %d due, %v, want the question", len(due), err)
	}
	quiet := &bot.QuietError{Until: f.now.Add(time.Hour)}
	for range 2 {
		if handled, err := f.app.Outbox.Quiet(t.Context(), due[0], quiet.Until); err != nil {
			t.Fatalf("got %v, %v, want no error", handled, err)
		}
		f.after(2 * time.Minute)
		same(t, "meanwhile", f.wake())
	}
	same(t, "afterwards", f.wakeAt("2026-11-26 15:00"), callsAsked)
}
