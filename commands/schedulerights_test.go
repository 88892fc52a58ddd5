package commands_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/bot/terminal"
)

// openSchedules is a firm on a Friday: a manager's schedule for the channel, a rep's
// own, and a manager's for a rep.
func openSchedules(t *testing.T) *firm {
	t.Helper()
	f := openFirm(t)
	f.at("2026-11-27 12:00")
	f.does(f.boss, "settings nudge off")
	f.does(f.ivanov, "deal add Acme 5 EUR")
	f.in(channel2, f.novak, "schedule who mon 09:00")
	f.does(f.ivanov, "schedule deals mon 10:00")
	f.does(f.novak, "schedule forecast mon 11:00 to @ivanov")
	f.settles()
	return f
}

// said returns the numbers of the schedules that are answered on a Monday.
func (f *firm) said(monday string) string {
	f.t.Helper()
	f.looks(monday + " 12:00")
	f.posted()
	slots := f.column("SELECT DISTINCT number FROM fired WHERE kind = 'schedule' AND slot LIKE ? ORDER BY number", monday+"%")
	return strings.Join(slots, " ")
}

// TestWhoStops has everybody try to stop each schedule.
func TestWhoStops(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		who, number string
		may         bool
		told        string // whose it was
	}{
		{"ivanov", "1", false, ""},
		{"ivanov", "2", true, ""},
		{"ivanov", "3", true, "novak"},
		{"petra", "1", false, ""},
		{"petra", "2", false, ""},
		{"petra", "3", false, ""},
		{"boss", "1", true, "novak"},
		{"novak", "2", true, "ivanov"},
	} {
		t.Run(test.who+" "+test.number, func(t *testing.T) {
			t.Parallel()
			f := openSchedules(t)
			f.at("2026-11-30 08:00")
			who := bot.Account{Platform: terminal.Platform, ID: test.who}
			reply := f.hear(bot.Request{Account: who, Line: "schedule stop " + test.number})
			want := "1 2 3"
			if test.may {
				holds(t, "stopped", text(t, reply.Message), "> undo")
				want = strings.Trim(strings.ReplaceAll(want, test.number, ""), " ")
				want = strings.Join(strings.Fields(want), " ")
			} else {
				holds(t, "refused", text(t, reply.Message), "There is no schedule "+test.number+" of yours.")
			}
			var told []string
			for _, post := range reply.Posts {
				told = append(told, post.Name)
			}
			same(t, "told", told, strings.Fields(test.told)...)
			if got := f.said("2026-11-30"); got != want {
				t.Errorf("got schedules %q answered, want %q", got, want)
			}
			if !test.may {
				return
			}
			holds(t, "again", f.types(f.boss, "schedule stop "+test.number), "Schedule "+test.number)
			f.does(who, "undo")
			if got := f.said("2026-12-07"); got != "1 2 3" {
				t.Errorf("undone: got schedules %q answered, want all", got)
			}
		})
	}
}

// TestUndoOfSchedules takes back schedules, one and two at once.
func TestUndoOfSchedules(t *testing.T) {
	t.Parallel()
	f := openSchedules(t)
	f.does(f.ivanov, "undo")
	f.in(bot.Chat{Platform: terminal.Platform, ID: "#other"}, f.boss, "schedule mondays")
	if got := f.said("2026-11-30"); got != "1 3 4 5" {
		t.Errorf("got schedules %q answered, want it without the rep's", got)
	}
	f.at("2026-11-30 12:01")
	f.in(bot.Chat{Platform: terminal.Platform, ID: "#third"}, f.boss, "schedule mondays")
	f.does(f.boss, "undo")
	if got := f.said("2026-12-07"); got != "1 3 4 5" {
		t.Errorf("got schedules %q answered, want neither of those that were taken back", got)
	}
}

// TestTakeOver has a manager take over what others made, and take that back.
func TestTakeOver(t *testing.T) {
	t.Parallel()
	f := openSchedules(t)
	holds(t, "a rep", f.types(f.ivanov, "schedule take 1"), "only for managers")
	f.at("2026-11-30 08:00")
	f.does(f.boss, "schedule take 1")
	maker := func() string { return f.column("SELECT maker_id FROM schedules WHERE number = 1")[0] }
	if got, want := maker(), f.id("boss"); got != f.column("SELECT id FROM members WHERE id = ?", want)[0] {
		t.Errorf("got member %s as maker, want %d", got, want)
	}
	f.leaves("novak")
	if got := f.said("2026-11-30"); got != "1 2" {
		t.Errorf("got schedules %q answered, want those whose maker is here", got)
	}
	f.at("2026-11-30 13:00")
	f.does(f.boss, "undo")
	if got := f.said("2026-12-07"); got != "2" {
		t.Errorf("taken back: got schedules %q answered, want it without the one of who is gone", got)
	}
}

// TestMakerComesBack has who made a schedule leave and come back, before its slot
// and after it.
func TestMakerComesBack(t *testing.T) {
	t.Parallel()
	for back, want := range map[string]string{"2026-11-29 12:00": "1 2 3", "2026-11-30 13:00": "2"} {
		f := openSchedules(t)
		f.leaves("novak")
		f.looks("2026-11-28 12:00")
		if back > "2026-11-30" {
			f.said("2026-11-30")
		}
		f.at(back)
		person := bot.Person{Account: f.novak, Name: "novak"}
		if err := f.app.People.Refresh(t.Context(), f.home.ID, person); err != nil {
			t.Fatal(err)
		}
		if got := f.said("2026-12-07"); got != want {
			t.Errorf("back at %s: got schedules %q answered, want %q", back, got, want)
		}
	}
}

// fails has a chat service say that the chat of what is due is gone, to every post,
// and returns what all others get.
func (f *firm) fails(chat string) (arrived []string) {
	f.t.Helper()
	for {
		due, err := f.app.Outbox.Due(f.t.Context(), []string{terminal.Platform}, 100)
		if err != nil {
			f.t.Fatal(err)
		}
		if len(due) == 0 {
			slices.Sort(arrived)
			return arrived
		}
		for _, post := range due {
			if post.Chat.ID == chat {
				gone := &bot.GoneError{Chat: post.Chat, Person: post.Chat.Private, Err: errors.New("gone")}
				if outcome, err := f.app.Outbox.Failed(f.t.Context(), post, gone); err != nil || outcome != bot.Dropped {
					f.t.Fatalf("gone: got %v, %v, want it dropped", outcome, err)
				}
				continue
			}
			arrived = append(arrived, drawn([]bot.Post{post})...)
			if err := f.app.Outbox.Sent(f.t.Context(), post.ID); err != nil {
				f.t.Fatal(err)
			}
		}
	}
}

// TestChatIsGone ends the schedules of a channel that is archived, and of a person
// who cannot be reached, and tells managers once.
func TestChatIsGone(t *testing.T) {
	t.Parallel()
	for chat, test := range map[string]struct{ told, left string }{
		"#sales": {"Stopped, because I cannot write in #sale", "2 3"},
		"ivanov": {"Stopped, because nobody can be reached", "1"},
	} {
		t.Run(chat, func(t *testing.T) {
			t.Parallel()
			f := openSchedules(t)
			f.looks("2026-11-30 12:00")
			told := map[string]int{}
			for _, line := range f.fails(chat) {
				name, words, _ := strings.Cut(line, ": ")
				if strings.HasPrefix(words, test.told) {
					told[name]++
				}
			}
			want := map[string]int{"#sales": 1, "ivanov": 2}[chat]
			if told["novak"] != want || told["boss"] != want || told["petra"] > 0 {
				t.Errorf("got %v told, want each manager of each schedule once", told)
			}
			f.logs.Reset() // which names what was given up
			if got := f.said("2026-12-07"); got != test.left {
				t.Errorf("a week later: got schedules %q answered, want %q", got, test.left)
			}
			same(t, "told again", f.fails(chat))
		})
	}
}
