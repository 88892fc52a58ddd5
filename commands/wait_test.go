package commands_test

import (
	"strings"
	"testing"
	"time"

	"fifteen/bot"
)

// openMonday is a firm with a deal. It is nine on Monday, 23 November 2026.
func openMonday(t *testing.T) *firm {
	t.Helper()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR")
	return f
}

func TestWait(t *testing.T) {
	t.Parallel()
	f := openMonday(t)
	for _, c := range []struct{ line, want string }{
		{"wait acme until 8 Feb new budget year", "2027-02-08 new budget year"},
		{"wait acme fri their buyer is ill", "2026-11-27 their buyer is ill"},
		{"wait acme till in 2 weeks: they move", "2026-12-07 they move"},
		{"wait acme a fair in May until 8 Feb", "2027-02-08 a fair in May"},
		{"wait acme to be decided by 9 Feb", "2027-02-09 to be decided"},
		{"wait acme over budget until tomorrow", "2026-11-24 over budget"},
		{`wait acme until fri "until sat"`, "2026-11-27 until sat"},
		{"wait acme in a year *b* <!channel>", "2027-11-23 *b* <!channel>"},
	} {
		on, why, _ := strings.Cut(c.want, " ")
		holds(t, c.line, f.types(f.ivanov, c.line), "Acme waits until ", ": "+why)
		if got := f.rows("SELECT wait_on, wait_why FROM deals"); got[0] != on+" | "+why {
			t.Errorf("%s: got %q, want %q", c.line, got[0], c.want)
		}
	}
	for _, over := range []string{"over", "none", "off"} {
		f.does(f.ivanov, "wait acme until fri they move")
		holds(t, over, f.types(f.ivanov, "wait acme "+over), "Acme waits no longer.")
		holds(t, over+" again", f.types(f.ivanov, "wait acme "+over), "Acme stands like that already, so nothing was changed.")
		if got := f.rows("SELECT wait_on, wait_why FROM deals"); got[0] != " | " {
			t.Errorf("wait acme %s: got %q, want nothing", over, got[0])
		}
	}
}

func TestWaitRefuses(t *testing.T) {
	t.Parallel()
	f := openMonday(t)
	for line, want := range map[string]string{
		"wait acme until 31 Feb new budget":                     `There is no such day as "31 Feb".`,
		"wait acme until Monday 5 Dec 2026 new budget":          "does not fall on that weekday",
		"wait acme until 5/6/2027 new budget":                   "can be two days. Which one do you mean?\n[2027-06-05]  > wait #1 2027-06-05 new budget ~1\n",
		"wait acme until":                                       `A day is missing behind "until".`,
		"wait acme until funday they move":                      `"funday they move" is not a day that I read.`,
		"wait acme until today they move":                       "Mon 23 Nov has come already. Name a day from tomorrow on",
		"wait acme until 1 Nov 2026 they move":                  "Sun 1 Nov has come already.",
		"wait acme until 24 Nov 2027 they move":                 "Wed 24 Nov 2027 is more than a year away.",
		"wait acme they move until 31 Feb":                      `There is no such day as "31 Feb".`,
		"wait acme until fri " + strings.Repeat("x", maxWait+1): "The reason to wait has at most 200 characters.",
		"wait nobody until fri they move":                       `No deal is called "nobody".`,
	} {
		holds(t, line, f.types(f.ivanov, line), want)
	}
	if got := f.rows("SELECT wait_on, wait_why FROM deals"); got[0] != " | " {
		t.Errorf("got %q, want nothing kept", got[0])
	}
	holds(t, "no day", f.types(f.ivanov, "wait acme they move"), "Until when? For example 8 Feb, or in 2 weeks.")
	holds(t, "none yet", f.types(f.ivanov, "whenever"), `"whenever" is not a day that I read.`)
	holds(t, "now", f.types(f.ivanov, "8 Feb"), "Acme waits until Mon 8 Feb 2027: they move")
	holds(t, "no reason", f.types(f.ivanov, "wait acme until 9 Feb"), "Why does the customer wait?")
	holds(t, "now there is one", f.types(f.ivanov, "new budget"), "Acme waits until Tue 9 Feb 2027: new budget")
	f.does(f.ivanov, "lost acme price")
	holds(t, "lost", f.types(f.ivanov, "wait acme until fri they move"), "Acme is lost")
}

// maxWait is how long a reason may be, in characters.
const maxWait = 200

// TestWaitingIsSeen follows a closing deal and one below from the wait to its day.
func TestWaitingIsSeen(t *testing.T) {
	t.Parallel()
	f := openMonday(t)
	f.does(f.ivanov, "score acme 5 5 4", "deal add Bolt 9000 EUR")
	f.does(f.novak, "deal add Cobalt 7 EUR")
	f.after(20 * 24 * time.Hour) // Sunday, 13 December: overdue, and stale
	holds(t, "before", f.types(f.ivanov, "who"), "overdue by 6 days, stale, last asked 20 days ago")
	reply := f.hear(bot.Request{Account: f.novak, Line: "wait acme until 21 Dec new budget year"})
	holds(t, "wait", text(t, reply.Message), "It stays in who, and after 14 days it is overdue as any other.")
	if len(reply.Posts) != 1 || reply.Posts[0].Name != "ivanov" {
		t.Errorf("got %d people told, want the owner alone", len(reply.Posts))
	}
	f.does(f.ivanov, "wait bolt until 28 Dec a fair")

	who := f.types(f.ivanov, "who")
	holds(t, "who", who, "overdue by 6 days, waits until Mon 21 Dec, no next step")
	lacks(t, "who", who, "stale", "new budget")
	holds(t, "deals", f.types(f.ivanov, "deals"), "waits until Mon 21 Dec", "waits until Mon 28 Dec")
	holds(t, "next", f.types(f.ivanov, "next"), "Nothing to ask right now")
	card := f.types(f.ivanov, "deal acme")
	holds(t, "card", card, "Waits until Mon 21 Dec: new budget year", "[No longer waiting: Acme]  > wait #1 over ~")
	lacks(t, "card", card, "stale")
	public := text(t, f.hear(bot.Request{Account: f.novak, Line: "deal acme", Chat: channel}).Message)
	holds(t, "card in a channel", public, "Waits until Mon 21 Dec")
	lacks(t, "card in a channel", public, "new budget")
	lacks(t, "due", f.types(f.ivanov, "due"), "Acme")

	f.after(24 * time.Hour) // a week before
	due := f.types(f.ivanov, "due")
	holds(t, "due a week before", due, "1 thing is due by Mon 21 Dec, 0 late", "waits until then: new budget year")
	lacks(t, "due in a channel", text(t, f.hear(bot.Request{Account: f.novak, Line: "due", Chat: channel}).Message), "new budget")

	f.after(7 * 24 * time.Hour) // the day has come
	holds(t, "next on the day", f.types(f.ivanov, "next"), "Acme, 12,000 EUR")
	holds(t, "due on the day", f.types(f.ivanov, "due"), "Mon 21 Dec  #1  Acme  @ivanov  has waited until then: new budget year")
	holds(t, "card on the day", f.types(f.ivanov, "deal acme"), "Waited until Mon 21 Dec: new budget year", "stale")
	f.does(f.ivanov, "wait acme over")
	lacks(t, "due afterwards", f.types(f.ivanov, "due"), "#1")
	f.does(f.ivanov, "won bolt 5 EUR")
	lacks(t, "a won deal", f.types(f.ivanov, "due"), "#2")
	f.does(f.ivanov, "undo")
	holds(t, "open again", f.types(f.ivanov, "deal bolt"), "Waits until Mon 28 Dec: a fair")
}

// TestWaitWhereTheyAre waits until Tuesday, which begins on Kiritimati at 10:00 in
// London on Monday.
func TestWaitWhereTheyAre(t *testing.T) {
	t.Parallel()
	f := openMonday(t)
	f.does(f.ivanov, "wait acme until tomorrow they move")
	f.does(f.boss, "settings zone Pacific/Kiritimati")
	holds(t, "monday", f.types(f.ivanov, "next"), "Nothing to ask right now")
	f.after(time.Hour)
	holds(t, "tuesday", f.types(f.ivanov, "next"), "Acme, 12,000 EUR")
}

// TestWaitingIsNotAskedAbout has a deal that is stale and not overdue, because it
// was opened again.
func TestWaitingIsNotAskedAbout(t *testing.T) {
	t.Parallel()
	f := openMonday(t)
	f.does(f.ivanov, "score acme 5 5 4")
	f.after(20 * 24 * time.Hour)
	f.does(f.ivanov, "lost acme price", "reopen acme")
	holds(t, "stale", f.types(f.ivanov, "who"), "today  stale, last asked 20 days ago", "[Ask about Acme]")
	f.does(f.ivanov, "wait acme until 21 Dec new budget year")
	lacks(t, "waiting", f.types(f.ivanov, "who"), "stale", "[Ask about Acme]")
}
