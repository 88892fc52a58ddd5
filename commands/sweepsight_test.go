package commands_test

import (
	"testing"

	"fifteen/bot"
)

// TestReminderOfADealGivenAway does not show a rep, by a reminder that they had set,
// a deal that is somebody else's now, unless everybody sees everything.
func TestReminderOfADealGivenAway(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		visibility string
		want       []string
	}{
		"own":  {"own", []string{"petra: Acme: call Petr"}},
		"team": {"team", []string{"ivanov: Acme: call Petr", "petra: Acme: call Petr"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := openFirm(t)
			f.at("2026-11-27 12:00")
			f.does(f.boss, "settings nudge off", "settings visibility "+test.visibility)
			f.does(f.ivanov, "deal add Acme 12000 EUR", "remind Acme mon 9:00 call Petr")
			f.does(f.novak, "deal Acme owner @petra")
			f.does(f.petra, "note Acme the king decides")
			f.at("2026-11-30 09:00")
			same(t, "on Monday", f.wake(), test.want...)
		})
	}
}

// TestScheduleOfARepAndAManager keeps them apart where they say different things: a
// rep's in a channel shows what the rep sees, and must not stand in the way.
func TestScheduleOfARepAndAManager(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-27 12:00")
	f.in(channel2, f.ivanov, "schedule who mon 09:00")
	hear := func(who bot.Account, line string) string {
		return text(t, f.hear(bot.Request{Account: who, Line: line, Chat: channel2}).Message)
	}
	holds(t, "his own again", hear(f.ivanov, "schedule who mon 09:00"), "That is schedule 1 already")
	holds(t, "another rep's", hear(f.petra, "schedule who mon 09:00"), "Schedule 2: who")
	holds(t, "offered", hear(f.novak, "who"), "schedule mondays ~")
	holds(t, "a manager's", hear(f.novak, "schedule who mon 09:00"), "Schedule 3: who")
	holds(t, "another manager's", hear(f.boss, "schedule who mon 09:00"), "That is schedule 3 already")
	lacks(t, "not offered", hear(f.novak, "who"), "schedule mondays ~")
}

// TestScheduleForSomebodyGone ends what was scheduled for somebody who is gone, with a
// word to the managers, and what they had scheduled for themselves waits for them.
func TestScheduleForSomebodyGone(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-27 12:00")
	f.does(f.boss, "settings nudge off")
	f.does(f.novak, "schedule who mon 09:00 to @petra")
	f.does(f.petra, "schedule deals mon 09:00")
	f.leaves("petra")
	for _, post := range f.woken() {
		said := text(t, post.Message)
		holds(t, post.Name, said, "who, every Mon at 09:00, to @petra")
		lacks(t, post.Name, said, "deals", "schedule take")
	}
	same(t, "how they ended", f.column("SELECT ended FROM schedules ORDER BY number"), "person", "")
	f.at("2026-11-30 09:00")
	same(t, "on Monday", f.wake())
}

// TestScheduleOfOnesOwnEnds tells only whoever has scheduled something for themselves
// that it can be said no more.
func TestScheduleOfOnesOwnEnds(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-27 12:00")
	f.does(f.boss, "settings nudge off")
	f.does(f.ivanov, "schedule next @petra mon 09:00")
	f.at("2026-11-30 09:00")
	same(t, "on Monday", f.wake(), "ivanov: Stopped, because it cannot be answered a")
}

// TestRepWhoChanges moves one rep to another zone, and to another role and back: the
// others' turns stay as they are.
func TestRepWhoChanges(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-27 12:00")
	f.does(f.boss, "settings nudge off")
	f.does(f.novak, "schedule deals workdays 9:00 each rep")
	f.wake()
	turns := func() []string {
		f.wake()
		return f.rows("SELECT m.name, t.slot, t.due_at FROM turns t JOIN members m ON m.id = t.member_id ORDER BY m.name")
	}
	const ivanov, petra = "ivanov | 2026-11-30 09:00 | 2026-11-30 09:00:00 +0000 UTC", "petra | 2026-11-30 09:00 | 2026-11-30 09:00:00 +0000 UTC"
	f.moves("sidorov", "Asia/Tokyo")
	same(t, "in Tokyo", turns(), ivanov, petra, "sidorov | 2026-11-30 09:00 | 2026-11-30 00:00:00 +0000 UTC")
	f.does(f.boss, "role @sidorov manager")
	same(t, "a manager", turns(), ivanov, petra)
	f.does(f.boss, "role @sidorov rep")
	f.leaves("petra")
	same(t, "a rep again", turns(), ivanov, "sidorov | 2026-11-30 09:00 | 2026-11-30 00:00:00 +0000 UTC")
}
