package commands_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/scoring"
)

// press is a button that writes about deal #1, without its revision, and what is
// said before.
type press struct {
	line   string
	before []string
}

var pressed = []press{
	{line: "answer #1 urgent yes"},
	{line: "answer #1 urgent unsure"},
	{line: "answer #1 urgent no"},
	{line: "answer #1 urgent skip"},
	{line: "evidence #1 urgent Petr said so", before: []string{"answer #1 urgent yes"}},
	{line: "score #1 5 4 5"},
	{line: "won #1"},
	{line: "won #1 5 EUR"},
	{line: "lost #1 price"},
	{line: "lost #1 price they pay less"},
	{line: "step #1 contact"},
	{line: "checkin move #1 contact"},
	{line: "step #1 payment", before: []string{"won #1"}},
	{line: "disqualify #1 two people"},
	{line: "reopen #1", before: []string{"lost #1 price"}},
	{line: "refusal #1 probe cheaper", before: []string{"lost #1 has_supplier"}},
	{line: "refusal #1 door declined", before: []string{"lost #1 price"}},
	{line: "overcame #1 price they saw what waiting costs", before: []string{"won #1"}},
	{line: "deal delete #1"},
	{line: `deal retake #1 "Acme 5"`},
	{line: "deal #1 amount 5 EUR"},
	{line: "deal #1 name Nimbus"},
	{line: "deal #1 owner @petra"},
	{line: "deal #1 close 5 Dec"},
	{line: "note #1 Petr is back"},
	{line: "nextstep #1 call Petr Thu"},
	{line: "wait #1 until 8 Feb new budget year"},
	{line: "wait #1 over", before: []string{"wait #1 until 8 Feb new budget year"}},
}

// TestStaleButtons presses buttons that were drawn before the deal moved on,
// and buttons twice.
func TestStaleButtons(t *testing.T) {
	t.Parallel()
	for _, test := range pressed {
		t.Run(test.line, func(t *testing.T) {
			t.Parallel()
			f := openFirm(t)
			f.does(f.ivanov, "deal add Acme 12000 EUR")
			f.does(f.novak, test.before...)
			line := test.line + " ~" + f.revision(1)
			f.does(f.novak, "note #1 another word")
			f.isStale(line)
			fresh := test.line + " ~" + f.revision(1)
			moved := f.hear(bot.Request{Account: f.ivanov, Line: fresh, Way: bot.Pressed})
			if refused(moved.Message) || moved.Message.Form != nil {
				t.Fatalf("%s: got\n%swant it done", fresh, text(t, moved.Message))
			}
			f.isStale(fresh)
		})
	}
}

// isStale presses a button as ivanov, and checks that it changes nothing and,
// where the deal is still his, only shows how it stands now.
func (f *firm) isStale(line string) {
	f.t.Helper()
	start := f.dump("outbox")
	reply := f.hear(bot.Request{Account: f.ivanov, Line: line, Way: bot.Pressed})
	if f.dump("outbox") != start {
		f.t.Errorf("%s: got a change, want none", line)
	}
	if his := f.column("SELECT name FROM deals WHERE owner_id = 1 AND NOT deleted"); len(his) > 0 {
		holds(f.t, line, text(f.t, reply.Message), "has changed since that message was drawn, so nothing was written.")
		if !reply.Message.Redraw {
			f.t.Errorf("%s: got a message of its own, want the old one drawn anew", line)
		}
	}
}

// unrevised are the commands about a deal that leave its revision as it is; what
// a second click does there has a test of its own.
var unrevised = []string{"company", "log", "remind"}

// TestStaleButtonsAreComplete checks that the table has every command that
// changes a deal.
func TestStaleButtonsAreComplete(t *testing.T) {
	t.Parallel()
	for _, cmd := range everyCommand(t) {
		about := slices.ContainsFunc(cmd.Args, func(a bot.Arg) bool { return a.Kind.ID() == "deal" })
		writes := cmd.Writes || slices.ContainsFunc(cmd.Args, func(a bot.Arg) bool { return a.Writes })
		tested := slices.ContainsFunc(pressed, func(p press) bool { return strings.HasPrefix(p.line, cmd.Name+" #1") })
		if about && writes && !tested && !slices.Contains(unrevised, cmd.Name) {
			t.Errorf("%s: got no line among the stale buttons, want one", cmd.Name)
		}
	}
}

// TestButtonsWithoutRevision presses every button that carries no revision, and
// checks that it changes nothing by itself.
func TestButtonsWithoutRevision(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.novak, "deal add Smith", "deal add Smyth 5 EUR")
	seen := 0
	look := func(f *firm, line string) {
		reply := f.hear(bot.Request{Account: f.novak, Line: line, Chat: channel})
		start := f.dump(bookkeeping...)
		for _, button := range reply.Message.Buttons {
			if revisionMark.MatchString(button.Line) {
				continue
			}
			seen++
			f.hear(bot.Request{Account: f.novak, Line: button.Line, Way: bot.Pressed, Chat: channel})
			if f.dump(bookkeeping...) != start {
				t.Fatalf("%s, then [%s] %s: got a change, want a revision in it", line, button.Label, button.Line)
			}
		}
	}
	for _, line := range []string{
		"who", "forecast", "deals", "next", "deal smoth", "won smoth 5", "forecast 2026-12", "deal smith", "lost smith", "frobnicate", "score smith",
		"scroe smith", "how is smith", "we won smith", "settings", "target 2026-12 5 EUR", "deal add Smith", "note smith", "team", "why who",
	} {
		look(f, line)
	}
	for _, test := range pressed {
		f := openFirm(t)
		f.does(f.novak, "deal add Acme 12000 EUR")
		f.does(f.novak, test.before...)
		look(f, test.line)
	}
	if seen < 30 {
		t.Errorf("got %d buttons without a revision, want more", seen)
	}
}

// TestEveryReplyButton presses each button of the interview from the first
// question on, and compares what is stored with what the button said.
func TestEveryReplyButton(t *testing.T) {
	t.Parallel()
	for _, reply := range []string{"yes", "unsure", "no", "skip"} {
		t.Run(reply, func(t *testing.T) {
			t.Parallel()
			f := openFirm(t)
			f.does(f.ivanov, "deal add Acme 12000 EUR")
			msg := f.hear(bot.Request{Account: f.ivanov, Line: "score acme"}).Message
			asked := map[string]bool{}
			for range scoring.Criteria {
				var criterion string
				if _, err := fmt.Sscanf(button(t, msg, "answer #1 "), "answer #1 %s", &criterion); err != nil {
					t.Fatalf("got %q: %v", lines(msg), err)
				}
				if asked[criterion] {
					t.Errorf("%s: got asked twice, want once", criterion)
				}
				asked[criterion] = true
				msg = f.hear(bot.Request{
					Account: f.ivanov, Line: button(t, msg, "answer #1 "+criterion+" "+reply), Way: bot.Pressed,
				}).Message
			}
			if len(asked) != len(scoring.Criteria) || slices.ContainsFunc(lines(msg), func(l string) bool { return strings.HasPrefix(l, "answer") }) {
				t.Errorf("got %d asked and then %q, want all asked and no question", len(asked), lines(msg))
			}
			want := map[string]string{"yes": "15", "unsure": "6", "no": "0", "skip": "0"}[reply]
			if got := f.column("SELECT score FROM deals"); got[0] != want {
				t.Errorf("nine times %s: got %s, want %s", reply, got[0], want)
			}
		})
	}
}
