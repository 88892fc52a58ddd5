package commands_test

import (
	"strings"
	"testing"
	"time"

	"fifteen/bot"
)

// noon is Tuesday, 24 November 2026.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func openCheckin(t *testing.T) *firm {
	t.Helper()
	f := openFirm(t)
	f.now = noon
	return f
}

// asks sends the check-in as a schedule does.
func (f *firm) asks(who bot.Account) bot.Message {
	f.t.Helper()
	reply := f.send(bot.Request{Account: who, Line: "checkin", Way: bot.Scheduled})
	f.quiet("checkin")
	return reply.Message
}

// logged returns what ivanov has logged, a line for each.
func (f *firm) logged() []string {
	return f.column("SELECT kind || ' ' || count FROM activities WHERE count > 0 ORDER BY number")
}

// TestCheckinInThreeClicks presses the first button of each question: what is known
// is all.
func TestCheckinInThreeClicks(t *testing.T) {
	t.Parallel()
	f := openCheckin(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR", "log calls 3")
	msg := f.hear(bot.Request{Account: f.ivanov, Line: "checkin"}).Message
	for _, want := range []string{"3 are logged so far.", "How many meetings in all?", "Did a deal move on?"} {
		holds(t, "question", text(t, msg), want)
		if len(msg.Buttons) > 5 {
			t.Errorf("%s: got %d buttons, want at most five", want, len(msg.Buttons))
		}
		msg = f.hear(bot.Request{Account: f.ivanov, Line: msg.Buttons[0].Line, Way: bot.Pressed}).Message
	}
	holds(t, "summary", text(t, msg), "Checked in for Tue 24 Nov: 3 calls, no meetings, no deal moved on.")
	if got := strings.Join(f.logged(), ", "); got != "call 3" {
		t.Errorf("got logged %q, want what was logged before", got)
	}
}

// TestCheckinTotals types numbers: they are the day's total, and what is missing is
// logged on that day.
func TestCheckinTotals(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ line, said, logged string }{
		{"checkin 7", "Noted: 7 calls.", "call 3, call 4"},
		{"checkin 3", "Noted: 3 calls.", "call 3"},
		{"checkin calls 7", "Noted: 7 calls.", "call 3, call 4"},
		{"checkin 7 calls", "Noted: 7 calls.", "call 3, call 4"},
		{"check-in today 7", "Noted: 7 calls.", "call 3, call 4"},
		{"checkin meetings 2", "Noted: 2 meetings.", "call 3, meeting 2"},
		{"checkin none", "3 calls are logged for Tue 24 Nov already. Say 3 or more", "call 3"},
		{"checkin 2", "3 calls are logged for Tue 24 Nov already. Say 3 or more", "call 3"},
		{"checkin -3", `"-3" is not how many there were. The check-in takes a number, 0 to 1,000.`, "call 3"},
		{"checkin 1001", `"1001" is not how many there were.`, "call 3"},
		{"checkin yesterday 5", "Check-in for Mon 23 Nov, question 2", "call 3, call 5"},
		{"checkin mon 5", "Check-in for Mon 23 Nov, question 2", "call 3, call 5"},
		{"checkin 23 Nov 5", "Check-in for Mon 23 Nov, question 2", "call 3, call 5"},
		{"checkin Nov 23", "Check-in for Mon 23 Nov, question 1", "call 3"},
		{"checkin 17 Nov", "Check-in for Tue 17 Nov, question 1", "call 3"},
		{"checkin tue", "Check-in for Tue 24 Nov, question 1", "call 3"},
		{"checkin 16 Nov", `"16 Nov" is not one of the last 7 days.`, "call 3"},
		{"checkin 25 Nov", `"25 Nov" is not one of the last 7 days.`, "call 3"},
		{"checkin tomorrow", `"tomorrow" is not one of the last 7 days.`, "call 3"},
		{"checkin lunch", `"lunch" is not one of the last 7 days.`, "call 3"},
		{"checkin done", "Checked in for Tue 24 Nov: 3 calls, no meetings, no deal moved on.", "call 3"},
	} {
		t.Run(test.line, func(t *testing.T) {
			t.Parallel()
			f := openCheckin(t)
			f.does(f.ivanov, "log calls 3")
			holds(t, test.line, f.types(f.ivanov, test.line), test.said)
			if got := strings.Join(f.logged(), ", "); got != test.logged {
				t.Errorf("%s: got logged %q, want %q", test.line, got, test.logged)
			}
		})
	}
}

// TestCheckinTypedNumber answers by a bare number, although deals have numbers too.
func TestCheckinTypedNumber(t *testing.T) {
	t.Parallel()
	f := openCheckin(t)
	f.does(f.ivanov, "deal add Acme", "deal add Bolt")
	f.does(f.ivanov, "checkin")
	holds(t, "a line", f.types(f.ivanov, "acme"), "Acme (#1)")
	holds(t, "words", f.types(f.ivanov, "quite a few"), `"quite a few" is not how many there were.`)
	holds(t, "calls", f.types(f.ivanov, "2"), "Noted: 2 calls.")
	holds(t, "meetings", f.types(f.ivanov, "1 meeting"), "Noted: 1 meeting.", "Did a deal move on?")
	holds(t, "no number is asked for", f.types(f.ivanov, "2"), "Bolt (#2)")
}

// TestCheckinOldButtons presses buttons twice, after an answer from elsewhere, and
// after the day is told: nothing is written, and the day is drawn as it is.
func TestCheckinOldButtons(t *testing.T) {
	t.Parallel()
	f := openCheckin(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR")
	first := f.hear(bot.Request{Account: f.ivanov, Line: "checkin"}).Message
	stale := func(line, now string) {
		t.Helper()
		start := f.dump(bookkeeping...)
		msg := f.hear(bot.Request{Account: f.ivanov, Line: line, Way: bot.Pressed}).Message
		holds(t, line, text(t, msg), now, "so nothing was written.")
		if f.dump(bookkeeping...) != start || !msg.Redraw {
			t.Errorf("%s: got a change or a new message, want the old one drawn anew", line)
		}
	}
	ten := button(t, first, "checkin 2026-11-24 calls 10")
	f.presses(f.ivanov, ten)
	stale(ten, "How many meetings in all?")
	stale(button(t, first, "checkin 2026-11-24 calls 5"), "How many meetings in all?")
	if got := strings.Join(f.logged(), ", "); got != "call 10" {
		t.Errorf("got logged %q, want one answer", got)
	}
	f.does(f.ivanov, "checkin meetings 2")
	moves := f.hear(bot.Request{Account: f.ivanov, Line: "checkin"}).Message
	contact, done := button(t, moves, "checkin move #1 contact"), button(t, moves, "checkin 2026-11-24 done")
	f.presses(f.ivanov, contact)
	stale(contact, "So far: Acme at contact.")
	next := button(t, f.hear(bot.Request{Account: f.ivanov, Line: "checkin"}).Message, "checkin move #1 presentation")
	f.presses(f.ivanov, done)
	stale(done, "Checked in for Tue 24 Nov: 10 calls, 2 meetings, Acme at contact.")
	stale(next, "Checked in for Tue 24 Nov: 10 calls, 2 meetings, Acme at contact.")

	f.after(24 * time.Hour)
	stale(ten, "Checked in for Tue 24 Nov")
	f.after(7 * 24 * time.Hour)
	holds(t, "an old day", f.presses(f.ivanov, ten), "is not one of the last 7 days")
}

// TestCheckinOvertakenByLog presses a number that is too small by now.
func TestCheckinOvertakenByLog(t *testing.T) {
	t.Parallel()
	f := openCheckin(t)
	msg := f.hear(bot.Request{Account: f.ivanov, Line: "checkin"}).Message
	f.does(f.ivanov, "log calls 7")
	start := f.dump(bookkeeping...)
	holds(t, "none", f.presses(f.ivanov, msg.Buttons[0].Line), "7 are logged so far.", "so nothing was written.")
	if f.dump(bookkeeping...) != start {
		t.Error("got a change, want none")
	}
	holds(t, "ten", f.presses(f.ivanov, button(t, msg, "checkin 2026-11-24 calls 10")), "Noted: 10 calls.")
	if got := strings.Join(f.logged(), ", "); got != "call 7, call 3" {
		t.Errorf("got logged %q, want ten in all", got)
	}
}

// TestCheckinScheduled asks as the sweep does: the open question, nothing written,
// and silence once the day is told.
func TestCheckinScheduled(t *testing.T) {
	t.Parallel()
	f := openCheckin(t)
	f.does(f.ivanov, "log calls 3")
	start := f.dump()
	holds(t, "asked", text(t, f.asks(f.ivanov)), "How many calls in all? 3 are logged so far.", "Or say, for example: checkin 7")
	if f.dump() != start {
		t.Error("a scheduled check-in: got a change, want none")
	}
	f.does(f.ivanov, "checkin 7")
	holds(t, "reminded", text(t, f.asks(f.ivanov)), "How many meetings in all?")
	f.does(f.ivanov, "checkin 0")
	if msg := f.asks(f.ivanov); !msg.Empty() {
		t.Errorf("told: got %s, want nothing to say", text(t, msg))
	}
	holds(t, "the others", text(t, f.asks(f.petra)), "How many calls in all?")
}

// TestCheckinIsPrivate asks in a channel for one pair of eyes.
func TestCheckinIsPrivate(t *testing.T) {
	t.Parallel()
	f := openCheckin(t)
	f.does(f.ivanov, "deal add Acme")
	line := "checkin"
	for range 4 {
		msg := f.hear(bot.Request{Account: f.ivanov, Line: line, Chat: channel, Way: bot.Pressed}).Message
		if !msg.Private {
			t.Errorf("%s: got %s for everybody, want it for one", line, text(t, msg))
		}
		if len(msg.Buttons) > 0 {
			line = msg.Buttons[0].Line
		}
	}
}

// TestCheckinUndo takes an answer back with what was logged for it.
func TestCheckinUndo(t *testing.T) {
	t.Parallel()
	f := openCheckin(t)
	f.does(f.ivanov, "log calls 3", "checkin 7")
	holds(t, "undo", f.types(f.ivanov, "undo"), "Taken back: your answer.", "[Check-in]")
	holds(t, "asked again", f.types(f.ivanov, "checkin"), "How many calls in all? 3 are logged so far.")
	holds(t, "undo again", f.types(f.ivanov, "undo"), "Done again: your answer.")
	holds(t, "not asked again", f.types(f.ivanov, "checkin"), "How many meetings in all?")
	if got := strings.Join(f.logged(), ", "); got != "call 3, call 4" {
		t.Errorf("got logged %q, want it again", got)
	}
}

// TestCheckinOfYesterday tells of a day that is over where the rep lives: what is
// logged counts on that day, and deals that are moved meanwhile belong to it.
func TestCheckinOfYesterday(t *testing.T) {
	t.Parallel()
	f := openCheckin(t)
	f.does(f.boss, "settings zone Asia/Tokyo")
	f.does(f.ivanov, "deal add Acme", "deal add Bolt")
	f.now = time.Date(2026, 11, 24, 15, 30, 0, 0, time.UTC) // half past midnight on Wednesday
	f.does(f.ivanov, "step bolt contact")
	f.after(time.Minute)
	holds(t, "today", f.types(f.ivanov, "checkin"), "Check-in for Wed 25 Nov")
	f.does(f.ivanov, "checkin yesterday 7", "checkin yesterday 1")
	if got := f.column("SELECT at FROM activities"); !strings.HasPrefix(got[0], "2026-11-24 14:59:59.999999") {
		t.Errorf("got logged at %q, want the end of the day there", got)
	}
	f.after(time.Minute)
	msg := f.hear(bot.Request{Account: f.ivanov, Line: "checkin yesterday"}).Message
	msg = f.hear(bot.Request{Account: f.ivanov, Line: button(t, msg, "checkin move #1"), Way: bot.Pressed}).Message
	holds(t, "moved", text(t, msg), "So far: Acme at contact.")
	done := f.presses(f.ivanov, msg.Buttons[0].Line)
	holds(t, "told", done, "Checked in for Tue 24 Nov: 7 calls, 1 meeting, Acme at contact.", "Acme has no next step yet.")
	f.after(time.Hour)
	f.does(f.ivanov, "step acme presentation", "step bolt presentation")
	holds(t, "told before", f.types(f.ivanov, "checkin yesterday"), "7 calls, 1 meeting, Acme at presentation.")
	holds(t, "today", f.types(f.ivanov, "checkin 0"), "Check-in for Wed 25 Nov, question 2")
}

// TestCheckinOffersDeals puts deals first that something was done for, in buttons
// and then in the menu, and asks for the amount of what is signed.
func TestCheckinOffersDeals(t *testing.T) {
	t.Parallel()
	f := openCheckin(t)
	for _, name := range []string{"Acme", "Bolt", "Crane", "Dune", "Ether"} {
		f.does(f.ivanov, "deal add "+name)
	}
	f.does(f.sidorov, "deal add Fjord")
	f.does(f.ivanov, "step bolt presentation", "lost dune price", "log meeting acme", "checkin 0", "checkin 1")
	msg := f.hear(bot.Request{Account: f.ivanov, Line: "checkin"}).Message
	holds(t, "question", text(t, msg), "So far: Bolt at presentation.",
		"[That is all]", "[Acme: contact]", "[Bolt: contract]", "> won #2", "[Ether: contact]", "Another deal", "Crane: contact")
	lacks(t, "question", text(t, msg), "Dune", "Fjord")
	holds(t, "won", f.presses(f.ivanov, button(t, msg, "won #2")), "Won, for how much?")
}
