package commands_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fifteen/bot"
)

func TestHours(t *testing.T) {
	t.Parallel()
	f := openMonday(t)
	f.does(f.boss, "settings zone Europe/Prague", "settings holidays Czechia", "settings hours 8:30-17:00 mon-thu")
	holds(t, "the organisation's", f.types(f.ivanov, "hours"),
		"You work 08:30-17:00, Mon-Thu (Europe/Prague).", "Next day off: Thu 24 Dec", "These are the organisation's.")
	for _, c := range []struct{ line, want, kept string }{
		{"hours 9-12", "09:00-12:00, Mon-Thu", "09:00-12:00 | "},
		{"hours mon, wed, fri", "09:00-12:00, Mon, Wed, Fri", "09:00-12:00 | mon,wed,fri"},
		{"hours sat-mon 22:00-0:00", "22:00-24:00, Mon, Sat, Sun", "22:00-24:00 | mon,sat,sun"},
		{"hours 0:00-24:00 mon-sun", "00:00-24:00, Mon-Sun", "00:00-24:00 | mon,tue,wed,thu,fri,sat,sun"},
		{"hours mon-tue", "00:00-24:00, Mon, Tue", "00:00-24:00 | mon,tue"},
		{"hours default", "08:30-17:00, Mon-Thu", " | "},
		{"hours 8am to 5 pm", "08:00-17:00, Mon-Thu", "08:00-17:00 | "},
	} {
		holds(t, c.line, f.types(f.ivanov, c.line), "You work "+c.want+" (Europe/Prague).", "> undo")
		if got := f.rows("SELECT hours, days FROM members WHERE key = 'ivanov'"); got[0] != c.kept {
			t.Errorf("%s: got %q, want %q", c.line, got[0], c.kept)
		}
	}
	holds(t, "again", f.types(f.ivanov, "hours 8-17"), "It is like that already")
	holds(t, "own", f.types(f.ivanov, "hours"), "These are your own.")
	f.does(f.ivanov, "undo") // of "hours 8am to 5 pm"
	holds(t, "undone", f.types(f.ivanov, "hours"), "08:30-17:00, Mon-Thu")
}

func TestHoursRefuse(t *testing.T) {
	t.Parallel()
	f := openMonday(t)
	start := f.dump(bookkeeping...)
	for words, want := range map[string]string{
		"25:00-26:00":         `"25:00-26:00" has a time that no clock shows. Try: LINE 9:00-18:00`,
		"9:00-18:60":          "has a time that no clock shows.",
		"18:00-9:00":          `"18:00-9:00" ends before it begins, and hours end on the day they begin. Try: LINE 09:00-18:00`,
		"9-5":                 "Try: LINE 09:00-17:00",
		"9:00-9:00":           `"9:00-9:00" begins and ends at the same time.`,
		"9:00":                `I do not read working hours in "9:00". Try: LINE 9:00-18:00, or LINE mon-fri`,
		"funday":              `I do not read working hours in "funday".`,
		"9:00-18:00 funday":   "I do not read working hours in",
		"<!channel>":          `I do not read working hours in "<!channel>".`,
		"every second monday": "I do not read working hours in",
	} {
		for line, who := range map[string]bot.Account{"hours": f.ivanov, "settings hours": f.boss, "settings days": f.boss} {
			holds(t, line+" "+words, f.types(who, line+" "+words), strings.ReplaceAll(want, "LINE", line))
		}
	}
	if f.dump(bookkeeping...) != start {
		t.Error("got a change, want none")
	}
}

func TestAway(t *testing.T) {
	t.Parallel()
	f := openMonday(t)
	f.does(f.boss, "settings holidays cz", "settings hours 8:00-16:00")
	for _, c := range []struct{ line, want, kept string }{
		{"away until fri", "You are away until Fri 27 Nov. I ask you nothing before Fri 27 Nov at 08:00.", "2026-11-27"},
		{"away tomorrow", "until Tue 24 Nov. I ask you nothing before Tue 24 Nov at 08:00", "2026-11-24"},
		{"away until 24 Dec", "until Thu 24 Dec. I ask you nothing before Mon 28 Dec at 08:00", "2026-12-24"},
		{"away till in a year", "until Tue 23 Nov 2027.", "2027-11-23"},
	} {
		holds(t, c.line, f.types(f.ivanov, c.line), c.want, "> undo")
		if got := f.column("SELECT away_until FROM members WHERE key = 'ivanov'"); got[0] != c.kept {
			t.Errorf("%s: got %q, want %q", c.line, got[0], c.kept)
		}
	}
	holds(t, "again", f.types(f.ivanov, "away in a year"), "It is like that already")
	holds(t, "over", f.types(f.ivanov, "away over"), "You are here again.", "> undo")
	holds(t, "not away", f.types(f.ivanov, "back"), "You are not away, so nothing was changed.")
	holds(t, "nobody", f.types(f.petra, "away"), "Nobody is away.")

	reply := f.hear(bot.Request{Account: f.novak, Line: "away until 8 Dec @sidorov"})
	holds(t, "another's", text(t, reply.Message), "@sidorov is away until Tue 8 Dec.")
	if len(reply.Posts) != 1 || reply.Posts[0].Name != "sidorov" {
		t.Fatalf("got %d people told, want sidorov alone", len(reply.Posts))
	}
	holds(t, "told", text(t, reply.Posts[0].Message), "@novak noted that you are away until Tue 8 Dec.")
	f.does(f.petra, "away until fri")
	holds(t, "who is away", f.types(f.ivanov, "away"), "2 people are away", "@petra    away until Fri 27 Nov\n@sidorov  away until Tue 8 Dec")
	holds(t, "team for a manager", f.types(f.novak, "team"), "rep, away until Tue 8 Dec")
	lacks(t, "team for a rep", f.types(f.ivanov, "team"), "away")
	holds(t, "own hours", f.types(f.sidorov, "hours"), "You are away until Tue 8 Dec.", "[I am back]  > back ~2")
	reply = f.hear(bot.Request{Account: f.novak, Line: "back @sidorov"})
	holds(t, "back", text(t, reply.Message), "@sidorov is here again.")
	if len(reply.Posts) != 1 {
		t.Errorf("got %d people told, want sidorov alone", len(reply.Posts))
	}
	holds(t, "back", f.presses(f.petra, "back ~2"), "You are here again.")
	f.does(f.petra, "away until fri")
	holds(t, "an old button", f.presses(f.petra, "back ~2"), "so nothing was changed. Try: away")
	holds(t, "still away", f.types(f.petra, "away"), "@petra  away until Fri 27 Nov", "[I am back]  > back ~4")
	f.after(4 * 24 * time.Hour) // Friday
	holds(t, "back by itself", f.types(f.ivanov, "away"), "Nobody is away.")
	holds(t, "not away", f.types(f.novak, "back @petra"), "@petra is not away, so nothing was changed.")
}

func TestAwayRefuses(t *testing.T) {
	t.Parallel()
	f := openMonday(t)
	start := f.dump(bookkeeping...)
	for line, want := range map[string]string{
		"away until 31 Feb":           `There is no such day as "31 Feb".`,
		"away until":                  `A day is missing behind "until".`,
		"away until funday":           `"funday" is not a day that I read.`,
		"away until 5/6/2027":         "can be two days. Which one do you mean?\n[2027-06-05]  > away 2027-06-05\n",
		"away until today":            "Mon 23 Nov has come already.",
		"away until 1 Nov 2026":       "Sun 1 Nov has come already.",
		"away until 24 Nov 2027":      "Wed 24 Nov 2027 is more than a year away. Name a day before that.",
		"away until fri on a train":   `"on a train"`,
		"away until fri @nobody":      `Nobody here is called "@nobody".`,
		"away until fri @petra":       "Only a manager says that somebody else is away or back.",
		"back @petra":                 "Only a manager says that somebody else is away or back.",
		"away until fri or sat @boss": "I do not know what to do with",
	} {
		holds(t, line, f.types(f.ivanov, line), want)
	}
	if f.dump(bookkeeping...) != start {
		t.Error("got a change, want none")
	}
	holds(t, "of whom", f.types(f.novak, "away @petra"), "Until when? For example fri, or 8 Dec.")
	holds(t, "until when", f.types(f.novak, "8 Dec"), "@petra is away until Tue 8 Dec.")
}

// TestAwayWhereTheyAre is at 9:00 in London on Monday, which is 23:00 on Kiritimati:
// there Tuesday is near.
func TestAwayWhereTheyAre(t *testing.T) {
	t.Parallel()
	f := openMonday(t)
	f.does(f.ivanov, "away until tomorrow")
	f.does(f.boss, "settings zone Pacific/Kiritimati")
	holds(t, "still monday", f.types(f.ivanov, "away"), "1 person is away")
	f.after(time.Hour)
	holds(t, "tuesday", f.types(f.ivanov, "away"), "Nobody is away.")

	f.does(f.ivanov, "away until tomorrow") // which is Wednesday there
	f.does(f.boss, "settings zone UTC")
	f.after(24 * time.Hour) // Tuesday, 10:00 in London
	holds(t, "back in london a day later", f.types(f.ivanov, "away"), "1 person is away")
}

func TestDaysOff(t *testing.T) {
	t.Parallel()
	f := openMonday(t)
	for _, c := range []struct{ line, want string }{
		{"settings dayoff 28 Dec Between the years", "Own days off            Mon 28 Dec, Between the years\n"},
		{"settings days off Company trip 1 Dec", "Tue 1 Dec, Company trip · Mon 28 Dec, Between the years\n"},
		{"settings dayoff 1 Dec", "Tue 1 Dec · Mon 28 Dec, Between the years\n"},
		{"settings dayoff 1 Dec none", "Own days off            Mon 28 Dec, Between the years\n"},
		{"settings holidays czech republic", "Holidays                Czechia. Next day off: Thu 24 Dec\n"},
		{"settings holidays SK", "Holidays                Slovakia. Next day off: Thu 24 Dec\n"},
		{"settings holidays no", "Holidays                Norway. Next day off: Fri 25 Dec\n"},
		{"settings holidays none", "Holidays                none are kept. Next day off: Mon 28 Dec, Between the years\n"},
		{"settings nudge 9:30", "A question a day        at 09:30\n"},
		{"settings nudge never", "A question a day        off\n"},
		{"settings nudge on", "A question a day        when their day begins\n"},
		{"settings nudge 8am", "A question a day        at 08:00\n"},
		{"settings working hours 9-18", "Working hours           09:00-18:00, Mon-Fri\n"},
		{"settings workdays sun-thu", "Working hours           09:00-18:00, Mon-Thu, Sun\n"},
		{"settings days default", "Working hours           09:00-18:00, Mon-Fri\n"},
	} {
		holds(t, c.line, f.types(f.boss, c.line), c.want)
	}
	f.does(f.boss, "undo")
	holds(t, "undone", f.types(f.boss, "settings"), "Mon-Thu, Sun")
	for n := range 12 {
		f.does(f.boss, fmt.Sprintf("settings dayoff %d Jan 2027", n+1))
	}
	holds(t, "many", f.types(f.boss, "settings"), "Thu 7 Jan 2027 · and 5 more\n")
}

func TestDaysOffRefuse(t *testing.T) {
	t.Parallel()
	f := openMonday(t)
	start := f.dump(bookkeeping...)
	for line, want := range map[string]string{
		"settings dayoff 31 Feb":            `There is no such day as "31 Feb".`,
		"settings dayoff party":             `"party" names no day that I read.`,
		"settings dayoff 1 Nov 2026":        "Sun 1 Nov has passed.",
		"settings dayoff 24 Dec 2029":       "Mon 24 Dec 2029 is more than 2 years away.",
		"settings dayoff 24 Dec none":       "Thu 24 Dec is not one of your own days off",
		"settings dayoff 24 Dec <!channel>": "A name cannot hold < or >.",
		"settings dayoff 5/6/2027":          "can be two days. Which one do you mean?\n[2027-06-05]  > settings dayoff 2027-06-05\n",
		"settings holidays narnia":          `I do not know the holidays of "narnia". I know those of Austria, Belgium, Croatia, Czechia,`,
		"settings holidays cz and sk":       `I do not know the holidays of "cz and sk".`,
		"settings holidays slovakya":        "Closest is Slovakia.\n[Slovakia]  > settings holidays sk\n",
		"settings nudge 25:00":              `"25:00" is a time that no clock shows. Try: settings nudge 9:30`,
		"settings nudge often":              `"often" is not a time. Try: settings nudge 9:30, or settings nudge off`,
	} {
		holds(t, line, f.types(f.boss, line), want)
	}
	if f.dump(bookkeeping...) != start {
		t.Error("got a change, want none")
	}
	for line, want := range map[string]string{
		"settings hours": "From when to when do you work?", "settings days": "On which days do you work?",
		"settings holidays": "Whose public holidays do you keep?", "settings dayoff": "Which day is off",
		"settings nudge": "When do reps get their question of the day?",
	} {
		holds(t, line, text(t, f.hear(bot.Request{Account: f.boss, Line: line, Chat: f.room()}).Message), want)
	}
}

// TestRolesOfWorkingTime has the lines about working time that only some may say.
func TestRolesOfWorkingTime(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	for _, test := range []struct {
		line     string
		who      bot.Account
		want     string
		unchange bool
	}{
		{"settings hours 8-16", f.ivanov, `"settings" is only for managers.`, true},
		{"settings hours 8-16", f.novak, "Only an admin changes that setting.", true},
		{"settings hours 8-16", f.boss, "08:00-16:00, Mon-Fri", false},
		{"settings dayoff 24 Dec", f.novak, "Only an admin changes that setting.", true},
		{"hours 8-16", f.ivanov, "You work 08:00-16:00", false},
		{"away until 8 Dec @sidorov", f.ivanov, "Only a manager says that somebody else is away or back.", true},
		{"away until 8 Dec @sidorov", f.novak, "@sidorov is away until Tue 8 Dec.", false},
		{"back @sidorov", f.ivanov, "Only a manager says that somebody else is away or back.", true},
		{"back", f.sidorov, "You are here again.", false},
		{"away", f.ivanov, "Nobody is away.", true},
	} {
		start := f.dump(bookkeeping...)
		holds(t, test.who.ID+": "+test.line, f.types(test.who, test.line), test.want)
		if changed := f.dump(bookkeeping...) != start; changed == test.unchange {
			t.Errorf("%s: %s: got a change %v, want %v", test.who.ID, test.line, changed, !test.unchange)
		}
	}
}

// TestQuestionsAfterMonthsAway asks again on the first day on which somebody is here
// after months, and at the beginning of the day where it is over by the time that
// the organisation has set.
func TestQuestionsAfterMonthsAway(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-27 12:00")
	f.does(f.boss, "settings nudge 15:00")
	f.does(f.ivanov, "deal add Acme 12000 EUR", "score Acme 5 5 5", "hours 6:00-14:00", "away until 2027-06-01")
	f.at("2027-05-31 15:00")
	same(t, "away", arrivals(f.wake(), "ivanov"))
	f.at("2027-06-01 05:59")
	same(t, "before the day", arrivals(f.wake(), "ivanov"))
	f.at("2027-06-01 06:00")
	same(t, "the first day", arrivals(f.wake(), "ivanov"), "ivanov: Acme, 12,000 EUR · score 15: what is nex")
}
