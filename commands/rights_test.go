package commands_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fifteen/bot"
)

// act is a line about one deal, whose name or number is put in place of %s.
type act struct {
	line string
	// before is said about each deal first, by a manager.
	before []string
	// reads says that the line changes nothing; sees, that a rep may say it about
	// every deal that is open to the team; asks, that it is answered with a form.
	reads, sees, asks bool
}

var acts = []act{
	{line: "deal %s", reads: true, sees: true},
	{line: "deal %s amount 5 EUR"},
	{line: "deal %s name Nimbus"},
	{line: "deal %s owner @petra"},
	{line: "deal %s close 5 Dec"},
	{line: "deal %s amount", reads: true, asks: true},
	{line: "deal delete %s"},
	{line: `deal retake %s "Nimbus 54"`},
	{line: "score %s", reads: true},
	{line: "score %s 5 4 5"},
	{line: "answer %s urgent yes their fiscal year ends"},
	{line: "answer %s urgent skip"},
	{line: "answer %s urgent", reads: true, asks: true},
	{line: "evidence %s urgent Petr said so", before: []string{"answer %s urgent yes"}},
	{line: "step %s presentation"},
	{line: "step %s payment", before: []string{"won %s 9 EUR"}},
	{line: "won %s 11500 EUR"},
	{line: "lost %s", reads: true},
	{line: "lost %s price they pay a tenth less"},
	{line: "refusal %s", reads: true, before: []string{"lost %s price"}},
	{line: "refusal %s winner Nordwind", before: []string{"lost %s price"}},
	{line: "refusal %s door 25 Jan", before: []string{"lost %s price"}},
	{line: "refusal %s winner", reads: true, asks: true, before: []string{"lost %s price"}},
	{line: "overcame %s price they saw what waiting costs", before: []string{"won %s 9 EUR"}},
	{line: "disqualify %s two people and no budget"},
	{line: "disqualify %s", reads: true, asks: true},
	{line: "reopen %s", before: []string{"lost %s price"}},
	{line: "note %s Petr is back on Monday"},
	{line: "note %s", reads: true, asks: true},
	{line: "nextstep %s call Petr Thu"},
	{line: "remind %s Thu call Petr"},
	{line: "remind %s Thu", reads: true, asks: true},
	{line: "wait %s until 8 Feb new budget year"},
	{line: "wait %s over", before: []string{"wait %s until 8 Feb new budget year"}},
	{line: "wait %s until 8 Feb", reads: true, asks: true},
	{line: "company %s", reads: true, sees: true},
	{line: "company %s size mid"},
	{line: "company %s industry", reads: true, asks: true},
	{line: "checkin move %s presentation"},
	{line: "log meeting %s", sees: true},
	{line: "log calls %s 12", sees: true},
}

// The deals of the matrix, by number. Their names are unlike one another.
var matrixDeals = []string{
	1: "Borealis", // ivanov's, changed by himself
	2: "Kestrel",  // sidorov's, changed by a manager
	3: "Mirador",  // sidorov's, changed by an admin
	4: "Thimble",  // sidorov's
	5: "Oxbow",    // ivanov's, deleted
	6: "Lazuli",   // sidorov's, deleted
	7: "Wyvern",   // never there
}

const (
	others, ownDeleted, othersDeleted, missing = 4, 5, 6, 7
)

func openMatrix(t *testing.T, a act) *firm {
	t.Helper()
	f := openFirm(t)
	for number, owner := range []string{1: "@ivanov", 2: "@sidorov", 3: "@sidorov", 4: "@sidorov", 5: "@ivanov", 6: "@sidorov"} {
		if number > 0 {
			f.does(f.novak, fmt.Sprintf("deal add %s 7000 EUR %s", matrixDeals[number], owner))
		}
	}
	for _, line := range a.before {
		for number := range 6 {
			f.does(f.novak, fmt.Sprintf(line, fmt.Sprintf("#%d", number+1)))
		}
	}
	f.does(f.novak, "deal delete #5", "deal delete #6")
	return f
}

// TestRights has every line about a deal, said by each role about each kind of
// deal.
func TestRights(t *testing.T) {
	t.Parallel()
	for _, a := range acts {
		t.Run(a.line, func(t *testing.T) {
			t.Parallel()
			f := openMatrix(t, a)
			f.refuses(a, f.ivanov, others, "")
			for _, who := range []bot.Account{f.ivanov, f.novak, f.boss} {
				f.refuses(a, who, ownDeleted, "")
				f.refuses(a, who, othersDeleted, "")
			}
			f.does(f.boss, "settings visibility team")
			if !a.sees && !a.asks {
				f.refuses(a, f.ivanov, others, "Thimble is not your deal, so only its owner or a manager can change it.")
			}
			f.does(f.boss, "settings visibility own")
			for number, who := range map[int]bot.Account{1: f.ivanov, 2: f.novak, 3: f.boss} {
				f.obeys(a, who, number)
			}
		})
	}
}

// refuses checks that a line about a deal is answered as if there were no such
// deal, or with the given sentence, and changes nothing.
func (f *firm) refuses(a act, who bot.Account, number int, sentence string) {
	f.t.Helper()
	start := f.dump(bookkeeping...)
	mark := " ~" + f.revision(number)
	for _, way := range []struct {
		how         bot.Way
		deal, blank string
		mark        string
	}{
		{bot.Typed, matrixDeals[number], matrixDeals[missing], ""},
		{bot.Typed, fmt.Sprintf("#%d", number), fmt.Sprintf("#%d", missing), ""},
		{bot.Pressed, fmt.Sprintf("#%d", number), fmt.Sprintf("#%d", missing), mark},
		{bot.Pressed, matrixDeals[number], matrixDeals[missing], mark},
	} {
		line := fmt.Sprintf(a.line, way.deal) + way.mark
		got := f.hear(bot.Request{Account: who, Line: line, Way: way.how, Chat: f.room()})
		blank := f.hear(bot.Request{Account: who, Line: fmt.Sprintf(a.line, way.blank) + way.mark, Way: way.how, Chat: f.room()})
		if sentence != "" {
			if len(got.Message.Text) != 1 || got.Message.Text[0] != sentence {
				f.t.Errorf("%s by %s: got %q, want %q", line, who.ID, got.Message.Text, sentence)
			}
		} else if got, want := f.anonymous(got.Message, way.deal), f.anonymous(blank.Message, way.blank); got != want {
			f.t.Errorf("%s by %s: got\n%swant what a deal that does not exist gets\n%s", line, who.ID, got, want)
		}
		if len(got.Posts) != 0 {
			f.t.Errorf("%s by %s: got %d people told, want none", line, who.ID, len(got.Posts))
		}
	}
	if got := f.dump(bookkeeping...); got != start {
		f.t.Errorf("%s by %s about #%d: got a change, want none", a.line, who.ID, number)
	}
}

var draftNumber = regexp.MustCompile(`draft \d+`)

// anonymous writes a message without the deal that was typed.
func (f *firm) anonymous(msg bot.Message, deal string) string {
	f.t.Helper()
	drawn := draftNumber.ReplaceAllString(asJSON(f.t, msg), "draft")
	return strings.ReplaceAll(drawn, strings.TrimPrefix(deal, "#"), "…")
}

// obeys checks that a line about a deal does what it says.
func (f *firm) obeys(a act, who bot.Account, number int) {
	f.t.Helper()
	start := f.dump(bookkeeping...)
	line := fmt.Sprintf(a.line, fmt.Sprintf("#%d", number))
	got := f.hear(bot.Request{Account: who, Line: line, Chat: f.room()})
	if refused(got.Message) || a.asks != (got.Message.Form != nil) {
		f.t.Errorf("%s by %s: got\n%swant it done", line, who.ID, text(f.t, got.Message))
	}
	if changed := f.dump(bookkeeping...) != start; changed == a.reads {
		f.t.Errorf("%s by %s: got a change %v, want %v", line, who.ID, changed, !a.reads)
	}
}

// TestRightsAreComplete checks that the matrix has every command about a deal.
func TestRightsAreComplete(t *testing.T) {
	t.Parallel()
	for _, cmd := range everyCommand(t) {
		about := slices.ContainsFunc(cmd.Args, func(a bot.Arg) bool { return a.Kind.ID() == "deal" })
		tested := slices.ContainsFunc(acts, func(a act) bool { return strings.HasPrefix(a.line, cmd.Name+" ") })
		if about && !tested {
			t.Errorf("%s: got no line in the matrix of rights, want one", cmd.Name)
		}
	}
}

// TestSightOfLists checks that nothing which a rep can say shows, offers or
// hints at a deal that is open to managers only.
func TestSightOfLists(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.sidorov, "deal add Borealis 18000 EUR", "score borealis 5 5 5", "deal add Kestrel 11000 EUR", "won kestrel", "deal add Acme 7 EUR")
	f.does(f.ivanov, "deal add Acme 12000 EUR", "score acme 5 5 4")
	for _, line := range []string{
		"deals", "deals closing", "who", "forecast", "forecast 2026-11", "why who", "why forecast", "why forecast 2026-11 EUR", "next",
		"team", "help", "won", "reopen", "deal", "deal acme", "deal borealiss", "deal Borea", "won borealiss 5", "won kestral", "reopen kestral",
		"score borealis 5 4 9", "how is borealis?", "borealis", "tell me about kestrel", "we won borealis", "borealis said no, too expensive",
		"scroe borealis", "wno borealis", "deal acmee", "lost borealis tooexpensive", "deals @sidorov", "next @sidorov", "undo",
	} {
		got := f.hear(bot.Request{Account: f.ivanov, Line: line, Chat: f.room()})
		shown := strings.ReplaceAll(asJSON(t, got.Message), typedBack(line), "…")
		for _, never := range []string{"Borealis", "Kestrel", "#1", "#2", "#3", "18,000", "11,000"} {
			if strings.Contains(shown, never) {
				t.Errorf("%s: got %s, want no %q in it", line, shown, never)
			}
		}
	}
	for _, begun := range []string{"deal ", "deal b", "deal #", "won ", "reopen ", "deal acme owner ", "score #1 "} {
		for _, line := range f.app.Router.Complete(t.Context(), bot.Request{Workspace: f.home.ID, Account: f.ivanov, Line: begun, At: f.now}) {
			if regexp.MustCompile(`#[123]\b`).MatchString(strings.TrimPrefix(line, begun)) {
				t.Errorf("complete %q: got %q, want only own deals", begun, line)
			}
		}
	}
	holds(t, "deal acme", f.types(f.ivanov, "deal acme"), "Acme (#4)")
	holds(t, "deal acme", f.types(f.novak, "deal acme"), "2 deals are called", "> deal #3", "> deal #4")
	f.does(f.boss, "settings visibility team")
	holds(t, "deal acme", f.types(f.ivanov, "deal acme"), "2 deals are called", "> deal #3", "> deal #4")
	holds(t, "deals", f.types(f.ivanov, "deals"), "Borealis")
}

// typedBack is the part of a line that an answer may repeat.
func typedBack(line string) string {
	_, rest, _ := strings.Cut(line, " ")
	return rest
}

// TestRoles has the lines that only some roles may say.
func TestRoles(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	for _, test := range []struct {
		line     string
		who      bot.Account
		want     string
		unchange bool
	}{
		{"target 2026-12 80000 EUR", f.ivanov, `"target" is only for managers.`, true},
		{"target 2026-12 80000 EUR", f.novak, "The target for December is 80,000 EUR.", false},
		{"target 2026-12 70000 EUR", f.boss, "The target for December is 70,000 EUR.", false},
		{"settings", f.ivanov, `"settings" is only for managers.`, true},
		{"settings", f.novak, "Settings of local", true},
		{"settings zone Europe/Prague", f.ivanov, `"settings" is only for managers.`, true},
		{"settings zone Europe/Prague", f.novak, "Only an admin changes that setting.", true},
		{"settings zone", f.novak, "Only an admin changes that setting.", true},
		{"settings zone Europe/Prague", f.boss, "Changed.", false},
		{"settings steps", f.ivanov, `"settings steps" is only for managers.`, true},
		{ownFunnel, f.ivanov, `"settings steps" is only for managers.`, true},
		{ownFunnel, f.novak, "The funnel is now: contact, demo, signed, paid", false},
		{"settings step contact 90%", f.ivanov, `"settings step" is only for managers.`, true},
		{"settings step contact 90%", f.novak, "The funnel is now", false},
		{"settings reasons", f.ivanov, `"settings reason" is only for managers.`, true},
		{"settings reason price dear", f.ivanov, `"settings reason" is only for managers.`, true},
		{"settings reason price dear", f.novak, `"Price too high" is called "dear" now.`, false},
		{"product add Film", f.ivanov, `"product add" is only for managers.`, true},
		{"product add Film", f.novak, "Film is on the list", false},
		{"products", f.ivanov, "We sell 1 product", true},
		{"product delete Film", f.ivanov, `"product delete" is only for managers.`, true},
		{"pitch We wrap it", f.ivanov, "Only a manager changes the pitch.", true},
		{"pitch We wrap it", f.novak, "We wrap it", false},
		{"pitch", f.ivanov, "We wrap it", true},
		{"activities @sidorov", f.ivanov, "Only a manager looks at other people's", true},
		{"log calls 3", f.novak, "Noted: 3 calls.", false},
		{"role @ivanov manager", f.ivanov, `"role" is only for admins.`, true},
		{"role @ivanov manager", f.novak, `"role" is only for admins.`, true},
		{"role @boss rep", f.boss, "@boss is the only admin.", true},
		{"role @boss admin", f.boss, "@boss is an admin already", true},
		{"role @petra manager", f.boss, "@petra is a manager now.", false},
		{"handover @sidorov @petra", f.ivanov, `"handover" is only for managers.`, true},
		{"handover @sidorov @petra", f.novak, "@sidorov has no open deal, so nothing was changed.", true},
		{"handover me @novak", f.novak, "@novak has those deals already.", true},
		{"deal add Borealis 5 EUR @sidorov", f.ivanov, "Only a manager adds deals for others.", true},
		{"deals @sidorov", f.ivanov, "Only a manager looks at other people's deals.", true},
		{"next @sidorov", f.ivanov, "Only a manager looks at other people's deals.", true},
		{"deals @ivanov", f.ivanov, "There is no open deal here.", true},
		{"next me", f.ivanov, "You have no open deal.", true},
		{"decide @ivanov contact too late; calls before nine", f.ivanov, `"decide" is only for managers.`, true},
		{"decide @ivanov contact too late; calls before nine", f.novak, "@ivanov at contact, so far nobody decided.", false},
		{"decisions seen 1", f.ivanov, `"decisions seen" is only for managers.`, true},
		{"decisions @ivanov", f.sidorov, "Only a manager looks at other people's deals.", true},
		{"decisions", f.sidorov, "Nothing is decided yet.", true},
		{"funnel @ivanov", f.sidorov, "Only a manager looks at other people's deals.", true},
		{"why funnel @ivanov", f.sidorov, "Only a manager looks at other people's deals.", true},
	} {
		start := f.dump(bookkeeping...)
		holds(t, test.who.ID+": "+test.line, f.types(test.who, test.line), test.want)
		if changed := f.dump(bookkeeping...) != start; changed == test.unchange {
			t.Errorf("%s: %s: got a change %v, want %v", test.who.ID, test.line, changed, !test.unchange)
		}
	}
}

// TestRightsThatWereLost checks that undo is no way around a role that somebody
// has had, and that an admin always remains.
func TestRightsThatWereLost(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, line, becomes, want string }{
		{"target by a rep", "target 2026-12 80000 EUR", "rep", `"target" is only for managers.`},
		{"target by a manager", "target 2026-12 80000 EUR", "manager", "Taken back: the target."},
		{"settings by a manager", "settings visibility team", "manager", `"settings" is only for admins.`},
		{"steps by a rep", ownFunnel, "rep", `"settings steps" is only for managers.`},
		{"steps by a manager", ownFunnel, "manager", "Taken back: the steps."},
		{"reason by a rep", "settings reason price dear", "rep", `"settings reason" is only for managers.`},
		{"reason by a manager", "settings reason price dear", "manager", "Taken back: the words for a reason."},
		{"pitch by a rep", "pitch We wrap it", "rep", `"pitch" is only for managers.`},
		{"pitch by a manager", "pitch We wrap it", "manager", "Taken back: the pitch."},
		{"somebody else's absence by a rep", "away until 8 Dec @ivanov", "rep", "Only a manager says that somebody else is away or back."},
		{"somebody else's absence by a manager", "away until 8 Dec @ivanov", "manager", "Taken back: the absence."},
		{"the own absence by a rep", "away until 8 Dec", "rep", "Taken back: the absence."},
		{"own hours by a rep", "hours 8-16", "rep", "Taken back: the working hours."},
		{"product by a rep", "product add Film", "rep", `"product add" is only for managers.`},
		{"product by a manager", "product add Film", "manager", "Taken back: the new product."},
		{"log by a rep", "log calls 3", "rep", "Taken back: what you logged."},
		{"check-in by a rep", "checkin calls 3", "rep", "Taken back: your answer."},
		{"company by a rep who owns none of its deals", "company acme size mid", "rep", "nothing was undone"},
		{"handover by a rep", "handover @sidorov @ivanov", "rep", `"handover" is only for managers.`},
		{"handover by a manager", "handover @sidorov @ivanov", "manager", "Taken back: the handover. 1 deal is @sidorov's again."},
		{"decision by a rep", "decide @ivanov contact x; y", "rep", `"decide" is only for managers.`},
		{"decision by a manager", "decide @ivanov contact x; y", "manager", "Taken back: the decision."},
		{"role by a manager", "role @boss manager", "manager", `"role" is only for admins.`},
		{"role by a rep", "role @novak admin", "rep", `"role" is only for admins.`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := openFirm(t)
			f.does(f.sidorov, "deal add Acme 12000 EUR")
			f.does(f.boss, "role @petra admin")
			f.does(f.petra, test.line)
			if test.line == "role @boss manager" { // then petra is the only admin, and makes another
				f.does(f.petra, "role @novak admin", "role @sidorov manager")
				f.does(f.novak, "role @petra "+test.becomes)
			} else {
				f.does(f.boss, "role @petra "+test.becomes)
			}
			holds(t, "undo", f.types(f.petra, "undo"), test.want)
			f.types(f.petra, "undo") // and the same for doing it again
			if admins := f.column("SELECT name FROM members WHERE role = 'admin'"); len(admins) == 0 {
				t.Error("got no admin left, want one")
			}
		})
	}
	t.Run("done again by a rep", func(t *testing.T) {
		t.Parallel()
		f := openFirm(t)
		f.does(f.novak, "target 2026-12 80000 EUR", "undo")
		f.does(f.boss, "role @novak rep")
		holds(t, "undo", f.types(f.novak, "undo"), `"target" is only for managers.`)
	})
	t.Run("a deal that was taken away", func(t *testing.T) {
		t.Parallel()
		f := openFirm(t)
		f.does(f.ivanov, "deal add Acme 12000 EUR", "step acme contact")
		f.does(f.novak, "deal acme owner @sidorov")
		start := f.dump(bookkeeping...)
		holds(t, "undo", f.types(f.ivanov, "undo"), "nothing was undone")
		if f.dump(bookkeeping...) != start {
			t.Error("undo of a change of a deal that is somebody else's now: got a change, want none")
		}
	})
}
