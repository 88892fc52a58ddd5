package commands_test

import (
	"testing"

	"fifteen/bot"
	"fifteen/bot/terminal"
)

// channel is where everybody reads along.
var channel = bot.Chat{Platform: terminal.Platform, ID: "#sales"}

// TestPrivacy says of each line typed in a channel whether its answer is for
// the asker only: what shows more than the asker's own deals unless a manager
// asked, what questions, and what was wrong. The lines are said in this order.
func TestPrivacy(t *testing.T) {
	t.Parallel()
	for _, visibility := range []string{"own", "team"} {
		for _, name := range []string{"rep", "manager"} {
			t.Run(name+", visibility "+visibility, func(t *testing.T) {
				t.Parallel()
				f := openFirm(t)
				who := map[string]bot.Account{"rep": f.ivanov, "manager": f.novak}[name]
				f.does(f.boss, "settings visibility team", "settings visibility "+visibility)
				f.does(who, "deal add Acme 7 EUR", "score acme 5 5 5", "answer acme necessary yes", "deal add Borealis",
					"deal add Smith", "deal add Smyth", "deal add Nimbus")
				f.does(f.sidorov, "deal add Omega 3 EUR", "score omega 5 5 5")
				for _, test := range private {
					want := test.rep
					if name == "manager" {
						want = test.manager
					}
					reply := f.hear(bot.Request{Account: who, Line: test.line, Chat: channel})
					if got := reply.Message.Private; got != want {
						t.Errorf("%s: got private %v, want %v:\n%s", test.line, got, want, text(t, reply.Message))
					}
					for _, post := range reply.Posts {
						if !post.Chat.Private {
							t.Errorf("%s: got a post to %s, want posts to private chats only", test.line, post.Chat.ID)
						}
					}
				}
			})
		}
	}
}

// TestChannelKeepsWordsBack checks that what customers said, and what was noted,
// is never shown to everybody.
func TestChannelKeepsWordsBack(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.novak, "deal add Acme 7 EUR", "answer acme urgent yes Eva told me in private", "note acme Petr is ill")
	for _, line := range []string{"deal acme", "deal #1", "acme", "score acme", "score acme 5 5 5", "who", "why who", "next", "deals"} {
		msg := f.hear(bot.Request{Account: f.novak, Line: line, Chat: channel}).Message
		if !msg.Private {
			lacks(t, line, text(t, msg), "Eva", "Petr")
		}
	}
	holds(t, "in private", f.types(f.novak, "deal acme"), "Eva told me in private", "Petr is ill")
	f.does(f.novak, "lost acme price Eva says they pay less")
	if msg := f.hear(bot.Request{Account: f.novak, Line: "deal acme", Chat: channel}).Message; !msg.Private {
		lacks(t, "a lost deal", text(t, msg), "Eva")
	}
}

var private = []struct {
	line         string
	rep, manager bool
}{
	{"help", false, false},
	{"home", true, true},
	{"deals", true, false},
	{"deals closing", true, false},
	{"who", true, false},
	{"forecast", true, false},
	{"why forecast", true, false},
	{"why who", true, false},
	{"team", true, false},
	{"funnel", true, false}, // the team's alone
	{"funnel me", true, true},
	{"why funnel", true, true},
	{"coach", true, true},
	{"decisions", true, true},
	{"decide @ivanov contact too late; calls before nine", true, true},
	{"deal #1", true, false}, // without what customers said
	{"score #2", true, true},
	{"next", true, true},
	{"answer #2 urgent yes", true, true},
	{"evidence #1 necessary Petr said so", true, true},
	{"lost #2", true, true},
	{"won #2", true, true}, // which asks for the amount
	{"step #1 contact", false, false},
	{"note #1 Petr is back", false, false},
	{"nextstep #1 call Petr Thu", false, false},
	{"deal #1 amount 9 EUR", false, false},
	{"deal #2 name Kestrel", false, false},
	{"deal add Mirador 9 EUR", false, false},
	{"deal add Acme", true, true}, // there is one already
	{"deal add", true, true},      // which asks for the name
	{"deal acmee", true, false},
	{"won acmee 9 EUR", true, true},
	{"deal #99", true, true},
	{"deal smith", true, false},
	{"deal smoth", true, true}, // which of two
	{"frobnicate", true, true},
	{"disqualify #2 two people", false, false},
	{"deal delete #5", false, false},
	{"undo", false, false},
	{"won #1 9 EUR", true, false}, // which says what the month stands at
	{"forecast 2026-11", true, false},
	{"forecast 2026-10", false, false}, // shows no deal
	{"forecast 2026-12", false, false},
	{"company #1", true, false},
	{"company #1 size mid", false, false},
	{"company #1 size", true, true}, // which asks
	{"log calls 12", false, false},
	{"log lunch", true, true},
	{"checkin", true, true},
	{"checkin calls 40", true, true},
	{"checkin meetings", true, true}, // which asks
	{"activities", false, false},     // the team's sums
	{"activities me", true, true},
	{"products", false, false},
	{"product delete zeppelin", true, true},
	{"pitch", false, false},
	{"handover @sidorov @petra", true, false},
	{"handover @sidorov", true, true}, // which asks to whom
}
