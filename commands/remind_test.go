package commands_test

import (
	"strings"
	"testing"
	"time"

	"fifteen/bot"
)

// TestRemind reads when somebody is reminded; it is Monday, 23 November 2026, 9:00.
func TestRemind(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	f.does(f.ivanov, "deal add Acme 12000 EUR")
	for _, c := range []struct{ line, want string }{
		{"remind acme in 75 days call Petra", "2027-02-06 09:00 call Petra"},
		{"remind acme fri 14:00 send the offer", "2026-11-27 14:00 send the offer"},
		{"remind acme send it again fri 14:00", "2026-11-27 14:00 send it again"},
		{"remind acme today 17:30 write it down", "2026-11-23 17:30 write it down"},
		{"remind acme tomorrow: ring them", "2026-11-24 09:00 ring them"},
		{"remind acme mon 10 boxes", "2026-11-30 09:00 10 boxes"},
		{`remind acme "fri 14:00 is too late" thu`, "2026-11-26 09:00 fri 14:00 is too late"},
		{"remind acme 2027-02-08 *b* <!channel> `x`", "2027-02-08 09:00 *b* <!channel> `x`"},
	} {
		holds(t, c.line, f.types(f.ivanov, c.line), " for Acme: ", strings.SplitN(c.want, " ", 3)[2], "> reminders")
		all := f.column("SELECT day || ' ' || clock || ' ' || what FROM reminders ORDER BY number DESC")
		if all[0] != c.want {
			t.Errorf("%s: got %q, want %q", c.line, all[0], c.want)
		}
	}
}

func TestRemindRefuses(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	f.does(f.ivanov, "deal add Acme 12000 EUR")
	for line, want := range map[string]string{
		"remind acme 31 Feb call":                     `There is no such day as "31 Feb".`,
		"remind acme fri 25:00 call":                  "has a time that no clock shows",
		"remind acme 1 Nov 2026 call":                 "has passed. Name a day from today on.",
		"remind acme today 8:00 call":                 "08:00 today has passed.",
		"remind acme in 10 years call":                "is more than 2 years away.",
		"remind acme call workdays 17:30":             `"workdays 17:30" is not one moment.`,
		"remind acme 5/6/2027 14:00 call":             "can be two days. Which one do you mean?\n[2027-06-05]  > remind #1 2027-06-05 14:00 call ~1\n",
		"remind acme mon " + strings.Repeat("x", 201): "has at most 200 characters",
		"remind done 1":                               "There is no reminder 1 of yours.",
		"remind nobody fri call":                      `No deal is called "nobody".`,
	} {
		holds(t, line, f.types(f.ivanov, line), want)
	}
	if got := f.column("SELECT number FROM reminders"); len(got) != 0 {
		t.Errorf("got reminders %v, want none", got)
	}
	holds(t, "no moment", f.types(f.ivanov, "remind acme call them"), "When? For example in 75 days, or fri 14:00.")
	holds(t, "none yet", f.types(f.ivanov, "whenever"), `"whenever" is not one moment.`)
	holds(t, "now", f.types(f.ivanov, "mon 10"), "Reminder on Mon 30 Nov at 10:00 for Acme: call them")
	holds(t, "no text", f.types(f.ivanov, "remind acme tue"), "Of what shall I remind you?")
	holds(t, "now there is one", f.types(f.ivanov, "write to them"), "Reminder on Tue 24 Nov at 09:00 for Acme: write to them")
}

// TestRemindersOfWhom shows a reminder to who has set it, to the deal's owner of
// the day, and to managers.
func TestRemindersOfWhom(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	f.does(f.ivanov, "deal add Acme 12000 EUR")
	reply := f.hear(bot.Request{Account: f.novak, Line: "remind acme wed ask how it went"})
	holds(t, "a manager's", text(t, reply.Message), "Reminder on Wed 25 Nov at 09:00 for Acme: ask how it went", "@ivanov sees it too.")
	if len(reply.Posts) != 1 || reply.Posts[0].Name != "ivanov" {
		t.Fatalf("told: got %d people, want the owner alone", len(reply.Posts))
	}
	holds(t, "told", text(t, reply.Posts[0].Message), "@novak set a reminder on Wed 25 Nov at 09:00 for your deal Acme: ask how it went")
	f.does(f.petra, "deal add Bolt")
	f.does(f.petra, "remind bolt 1 Dec buy rope")

	holds(t, "the owner's", f.types(f.ivanov, "reminders"), "1 reminder\n", "ask how it went")
	lacks(t, "the owner's", f.types(f.ivanov, "reminders"), "rope")
	holds(t, "another rep's", f.types(f.petra, "reminders"), "1 reminder\n", "buy rope")
	holds(t, "a manager's", f.types(f.novak, "reminders"), "2 reminders\n", "ask how it went", "buy rope")
	holds(t, "due", f.types(f.ivanov, "due"), "Wed 25 Nov  #1  Acme  @novak  ask how it went", "> remind done #1")
	lacks(t, "due within a week", f.types(f.petra, "due"), "rope")
	lacks(t, "in a channel", text(t, f.hear(bot.Request{Account: f.novak, Line: "due", Chat: channel}).Message), "how it went")

	holds(t, "twice", f.types(f.petra, "remind bolt 1 Dec buy rope"), "That reminder is set already")
	holds(t, "not another's", f.types(f.petra, "remind done 1"), "There is no reminder 1 of yours.")
	f.does(f.novak, "handover @ivanov @petra")
	holds(t, "handed over", f.types(f.petra, "reminders"), "2 reminders\n")
	holds(t, "done", f.types(f.petra, "remind done 1"), "Off the list: ask how it went (Acme).")
	holds(t, "twice", f.types(f.petra, "remind done 1"), "Reminder 1 is off the list already")
	holds(t, "gone", f.types(f.novak, "reminders"), "1 reminder\n")
	holds(t, "taken back", f.types(f.petra, "undo"), "Taken back: taking a reminder off the list.")
	holds(t, "there again", f.types(f.novak, "reminders"), "2 reminders\n")
	f.now = f.now.AddDate(0, 0, 4)
	holds(t, "late", f.types(f.petra, "due"), "Wed 25 Nov, late  #1  Acme  @novak  ask how it went")
}

// TestStaleReminderButtons presses the buttons of a reminder that was put off or
// taken off the list since.
func TestStaleReminderButtons(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-26 12:00")
	f.does(f.boss, "settings nudge off")
	f.does(f.ivanov, "deal add Acme 12000 EUR", "remind Acme fri 14:00 send the offer")
	f.at("2026-11-27 14:00")
	posts := f.woken()
	if len(posts) != 1 {
		t.Fatalf("got %d posts, want the reminder", len(posts))
	}
	tomorrow := button(t, posts[0].Message, "remind later #1 tomorrow ~")
	done := button(t, posts[0].Message, "remind done #1 ~")
	holds(t, tomorrow, f.presses(f.ivanov, button(t, posts[0].Message, "remind later #1 in 7 days ~")), "Fri 4 Dec")
	start := f.dump(bookkeeping...)
	for _, line := range []string{tomorrow, done} {
		holds(t, line, f.presses(f.ivanov, line), "Reminder 1 has changed since, so nothing was done.")
	}
	if f.dump(bookkeeping...) != start {
		t.Error("got a change, want none")
	}
	holds(t, "typed", f.types(f.ivanov, "remind done 1"), "send the offer")
}
