package commands_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/terminal"
	"fifteen/storage"
)

// wake does what is due and returns what arrives, a line for each message: to
// whom, and its first words.
func (o *office) wake() []string {
	o.t.Helper()
	return drawn(o.woken())
}

// woken sends what was left to send, does what is due, and returns what arrives.
func (o *office) woken() []bot.Post {
	o.t.Helper()
	o.posted()
	if err := o.app.Wake(o.t.Context()); err != nil {
		o.t.Fatalf("wake at %s: got error %v, want none", o.now, err)
	}
	return o.posted()
}

// drawn writes a line for each post.
func drawn(posts []bot.Post) []string {
	got := make([]string, 0, len(posts))
	for _, post := range posts {
		got = append(got, post.Chat.ID+": "+firstWords(post.Message))
	}
	return got
}

// posted sends what the outbox holds and returns it.
func (o *office) posted() []bot.Post {
	o.t.Helper()
	var all []bot.Post
	for {
		due, err := o.app.Outbox.Due(o.t.Context(), []string{terminal.Platform}, 100)
		if err != nil {
			o.t.Fatalf("look into the outbox: %v", err)
		}
		if len(due) == 0 {
			return all
		}
		for _, post := range due {
			sound(o.t, "a post to "+post.Chat.ID, post.Message)
			if err := o.app.Outbox.Sent(o.t.Context(), post.ID); err != nil {
				o.t.Fatalf("mark as sent: %v", err)
			}
		}
		all = append(all, due...)
	}
}

func firstWords(msg bot.Message) string {
	text := msg.Title
	if text == "" && len(msg.Text) > 0 {
		text = msg.Text[0]
	}
	text, _, _ = strings.Cut(text, "\n")
	if runes := []rune(text); len(runes) > 40 {
		text = string(runes[:40])
	}
	return text
}

// at turns the clock to a moment of November or December 2026, UTC: "30 09:00".
func (o *office) at(moment string) {
	o.t.Helper()
	at, err := time.Parse("2006-01-02 15:04", moment)
	if err != nil {
		o.t.Fatal(err)
	}
	o.now = at
}

var channel2 = bot.Chat{Platform: terminal.Platform, ID: "#sales"}

// in types a line in a channel; it must be more than a refusal.
func (f *firm) in(chat bot.Chat, who bot.Account, line string) {
	f.t.Helper()
	if reply := f.hear(bot.Request{Account: who, Line: line, Chat: chat}); refused(reply.Message) {
		f.t.Fatalf("%s: got %q, want no problem", line, reply.Message.Text)
	}
}

// same compares what arrived with what should.
func same(t *testing.T, when string, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s: got\n  %s\nwant\n  %s", when, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

const nobodyCloses = "#sales: Nobody is 14 or 15 right now."

// TestScheduleOncePerSlot looks at a weekly schedule around its slots: on time,
// twice at the same moment, late, and too late.
func TestScheduleOncePerSlot(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-27 12:00") // a Friday
	f.in(channel2, f.novak, "schedule who mon 09:00")
	for _, test := range []struct {
		at   string
		want []string
	}{
		{"2026-11-27 12:00", nil},
		{"2026-11-30 08:59", nil},
		{"2026-11-30 09:00", []string{nobodyCloses}},
		{"2026-11-30 09:00", nil},
		{"2026-11-30 23:00", nil},
		{"2026-12-08 08:59", []string{nobodyCloses}}, // the bot was down all Monday: late
		{"2026-12-08 09:01", nil},
		{"2026-12-15 09:01", nil}, // more than a day late: skipped
		{"2026-12-21 09:00", []string{nobodyCloses}},
		{"2027-02-01 12:00", []string{nobodyCloses}}, // of several that were missed the last, late
		{"2027-02-08 09:00", []string{nobodyCloses}},
	} {
		f.at(test.at)
		same(t, test.at, f.wake(), test.want...)
		f.quiet(test.at)
	}
}

// TestLateIsMarked checks that what comes late says so, and what is on time does
// not.
func TestLateIsMarked(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-27 12:00")
	f.in(channel2, f.novak, "schedule who mon 09:00")
	for _, test := range []struct{ at, note string }{
		{"2026-11-30 09:10", ""},
		{"2026-12-07 11:00", "Late: this was due on Mon 7 Dec at 09:00."},
		{"2026-12-14 09:00", ""},
	} {
		f.at(test.at)
		posts := f.woken()
		if len(posts) != 1 || posts[0].Message.Note != test.note {
			t.Errorf("%s: got %d posts (%+v), want one with the note %q", test.at, len(posts), posts, test.note)
		}
	}
}

// TestClockJumps moves the clock back and forth around a slot: it is said once,
// and a clock that was a month ahead does not silence the bot.
func TestClockJumps(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-27 12:00")
	f.in(channel2, f.novak, "schedule who mon 09:00")
	for _, test := range []struct {
		at   string
		want []string
	}{
		{"2026-11-30 09:00", []string{nobodyCloses}},
		{"2026-11-30 07:00", nil}, // -2 h
		{"2026-11-30 09:00", nil},
		{"2026-11-30 11:00", nil}, // +2 h
		{"2026-12-30 11:00", nil}, // +30 days, two days after a Monday
		{"2026-11-30 11:05", nil}, // and back
		{"2026-12-07 09:00", []string{nobodyCloses}},
		{"2027-01-11 10:00", []string{nobodyCloses}}, // ahead again, on a Monday
		{"2026-12-14 09:00", []string{nobodyCloses}}, // and back
		{"2026-12-21 09:00", []string{nobodyCloses}},
		{"2026-12-28 09:00", []string{nobodyCloses}},
		{"2027-01-04 09:00", []string{nobodyCloses}},
		{"2027-01-11 09:00", nil}, // that one was said when the clock was ahead
		{"2027-01-18 09:00", []string{nobodyCloses}},
	} {
		f.at(test.at)
		same(t, test.at, f.wake(), test.want...)
	}
	f.logs.Reset() // which names the clock
}

// TestScheduleZones follows each rep's own clock, and the workspace's when it is
// set to another zone.
func TestScheduleZones(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-26 12:00")
	f.does(f.novak, `deal add "Studio 1" 5 EUR @ivanov`, `deal add "Studio 2" 5 EUR @sidorov`, "schedule deals workdays 9:00 each rep")
	f.in(channel2, f.novak, "schedule team fri 17:00")
	f.does(f.boss, "settings nudge off")
	f.moves("sidorov", "Asia/Tokyo")
	for _, test := range []struct {
		at   string
		want []string
	}{
		{"2026-11-27 00:00", []string{"sidorov: 1 open deal"}},
		{"2026-11-27 09:00", []string{"ivanov: 1 open deal", "petra: There is no open deal here. Add one: dea"}},
		{"2026-11-27 16:59", nil},
		{"2026-11-27 17:00", []string{"#sales: 5 people"}},
	} {
		f.at(test.at)
		got := f.wake()
		slices.Sort(got)
		same(t, test.at, got, test.want...)
	}
	f.does(f.boss, "settings zone Asia/Tokyo")
	f.at("2026-11-30 00:00")
	monday := f.wake()
	slices.Sort(monday)
	same(t, "Monday in Tokyo", monday, "ivanov: 1 open deal", "petra: There is no open deal here. Add one: dea", "sidorov: 1 open deal")
	f.at("2026-12-04 08:00")
	f.wake()
	same(t, "Friday at five in Tokyo was said", f.column("SELECT slot FROM fired WHERE kind = 'schedule' AND number = 2 ORDER BY slot"), "2026-11-27 17:00", "2026-12-04 17:00")
}

// moves sets a member's zone, as a platform would.
func (f *firm) moves(name, zone string) {
	f.t.Helper()
	err := f.app.Store.Write(f.t.Context(), f.home.ID, func(tx *storage.Tx) error {
		m, err := tx.MemberByAccount(f.t.Context(), terminal.Platform, name)
		if err != nil {
			return err
		}
		after := m
		after.Zone = zone
		return tx.SaveMember(f.t.Context(), m, after, storage.Author{At: f.now, Command: "people"})
	})
	if err != nil {
		f.t.Fatal(err)
	}
	f.app.Directory.Forget()
}

// leaves closes a member's account, as a platform would.
func (f *firm) leaves(name string) {
	f.t.Helper()
	person := bot.Person{Account: bot.Account{Platform: terminal.Platform, ID: name}, Gone: true}
	if err := f.app.People.Refresh(f.t.Context(), f.home.ID, person); err != nil {
		f.t.Fatal(err)
	}
}

// TestScheduleOfSomebodyGone ends when its maker is gone or may not say it any
// more; a manager takes it over and it goes on.
func TestScheduleOfSomebodyGone(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		happens func(f *firm)
		says    string
	}{
		"gone":    {func(f *firm) { f.leaves("novak") }, "Stopped, because @novak is gone: settings, every Mon at 09:00, in #sales."},
		"demoted": {func(f *firm) { f.does(f.boss, "role @novak rep") }, "Stopped, because @novak may not say that line any more: settings"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := openFirm(t)
			f.at("2026-11-27 12:00")
			f.in(channel2, f.novak, "schedule settings mon 09:00")
			test.happens(f)
			f.at("2026-11-30 09:00")
			var took string
			for _, post := range f.woken() {
				if post.Chat.ID == "#sales" {
					t.Errorf("got %q in the channel, want nothing", firstWords(post.Message))
				}
				if post.Name == "boss" {
					holds(t, "told", post.Message.Text[0], test.says)
					took = button(t, post.Message, "schedule take #1 ~")
				}
			}
			f.hear(bot.Request{Account: f.boss, Line: took, Way: bot.Pressed})
			again := f.hear(bot.Request{Account: f.boss, Line: took, Way: bot.Pressed})
			holds(t, "pressed again", text(t, again.Message), "Schedule 1 has changed since")
			f.at("2026-12-07 09:00")
			same(t, "a week later", f.wake(), "#sales: Settings of local")
		})
	}
}

// TestScheduleRefusals has one clear sentence for everything that cannot be
// scheduled.
func TestScheduleRefusals(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-27 12:00")
	f.does(f.novak, "deal add Acme 12000 EUR @ivanov")
	for _, test := range []struct {
		who        bot.Account
		line, want string
	}{
		{f.novak, "schedule who funday", `"who funday" does not end in a day or time that I know. Try: schedule who mon 09:00`},
		{f.novak, "schedule who mon 25:00", `"mon 25:00" has a time that no clock shows. Try: mon 09:00`},
		{f.novak, "schedule who mon 9:00 Mars/Olympus", `"Mars/Olympus" is not a zone. Try a name such as Europe/Prague.`},
		{f.novak, "schedule won acme mon 9:00", `"won" cannot be scheduled: it changes something, or is not meant for that.`},
		{f.novak, "schedule settings currency USD mon 9:00", `"settings" cannot be scheduled: it changes something, or is not meant for that.`},
		{f.novak, "schedule \"schedule who mon 9:00\" tue 9:00", `"schedule" cannot be scheduled: it changes something, or is not meant for that.`},
		{f.novak, "schedule undo mon 9:00", `"undo" cannot be scheduled: it changes something, or is not meant for that.`},
		{f.novak, "schedule mon 9:00", "Say first what to schedule, then when."},
		{f.novak, "schedule frobnicate mon 9:00", `"frobnicate" is no line of mine. Try: schedule who mon 09:00`},
		{f.novak, "schedule why mon 9:00", `The line is not complete: why <number>`},
		{f.novak, "schedule who 2026-11-05 9:00", `"2026-11-05 9:00" has passed.`},
		{f.novak, "schedule who today 9:00", "09:00 today has passed."},
		{f.novak, "schedule who every 0 weeks fri", `"every 0 weeks fri" never comes.`},
		{f.novak, "schedule who every month", "On which day?"},
		{f.novak, "schedule who mon 9:00 to @nobody", `Nobody here is called "@nobody"`},
		{f.ivanov, "schedule who mon 9:00 each rep", "Only a manager schedules for others."},
		{f.ivanov, "schedule who mon 9:00 to @petra", "Only a manager schedules for others."},
		{f.ivanov, "schedule due mon 9:00 in #sales", `"due" is answered in private, so not in a channel.`},
		{f.novak, "schedule next mon 9:00 in #sales", `"next" asks one person, so not in a channel.`},
		{f.ivanov, "schedule settings mon 9:00", `"settings" is only for managers.`},
		{f.novak, "schedule stop 9", "There is no schedule 9 of yours. Try: schedules"},
	} {
		start := f.dump(bookkeeping...)
		reply := f.hear(bot.Request{Account: test.who, Line: test.line})
		holds(t, test.line, text(t, reply.Message), test.want)
		if f.dump(bookkeeping...) != start {
			t.Errorf("%s: got a change, want none", test.line)
		}
	}
}

// TestManySchedules refuses more than anybody reads, and says what to do.
func TestManySchedules(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-27 12:00")
	rules := func(i int) string { return fmt.Sprintf("monthly %d %d:%02d", 1+i%28, i/28, i%60) }
	for i := range 10 {
		f.does(f.ivanov, "schedule deals "+rules(i))
	}
	holds(t, "the eleventh of a rep", f.types(f.ivanov, "schedule deals "+rules(11)), "You have 10 schedules already.")
	for i := range 90 {
		f.does(f.novak, "schedule deals "+rules(i))
	}
	for i := 90; i < 400; i += 100 {
		holds(t, "one too many", f.types(f.novak, "schedule deals "+rules(i)), "There are 100 schedules already. Stop one first")
	}
	holds(t, "the same again", f.types(f.novak, "schedule deals "+rules(3)), "That is schedule 14 already")
	holds(t, "the list", f.types(f.novak, "schedules"), "100 schedules")
}
