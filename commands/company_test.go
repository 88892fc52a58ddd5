package commands_test

import (
	"fmt"
	"strings"
	"testing"

	"fifteen/bot"
)

// TestCompany sets what is known of a company, takes it away, and undoes it.
func TestCompany(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR")
	holds(t, "nothing", f.types(f.ivanov, "company acme"), "What is known of Acme", "Industry  not known", "> company #1 size")
	lacks(t, "card", f.types(f.ivanov, "deal acme"), "Industry")
	for _, test := range []struct{ line, want, row string }{
		{"company acme size big", "Acme, size: large.", " | large | "},
		{"company acme size Medium", "Acme, size: mid.", " | mid | "},
		{"company acme size mid", "Acme is known like that already, so nothing was changed.", " | mid | "},
		{"company #1 industry  steel and   film", "Acme, industry: steel and film.", "steel and film | mid | "},
		{"company acme source trade fair, Brno", "Acme, source: trade fair, Brno.", "steel and film | mid | trade fair, Brno"},
		{"company acme sector none", "Acme, industry: not known any more.", " | mid | trade fair, Brno"},
		{"undo", "Taken back: what is known of the company.", "steel and film | mid | trade fair, Brno"},
		{"company acme size huge", `"huge" is not a size.`, "steel and film | mid | trade fair, Brno"},
		{"company acme industry 🎉", "needs letters or digits", "steel and film | mid | trade fair, Brno"},
		{"company acme source <!here>", "A name cannot hold < or >.", "steel and film | mid | trade fair, Brno"},
		{"company acme source " + strings.Repeat("x", 61), "at most 60 characters, and this has 61.", "steel and film | mid | trade fair, Brno"},
		{"company acme colour red", `"colour" is not kept of a company.`, "steel and film | mid | trade fair, Brno"},
	} {
		holds(t, test.line, f.types(f.ivanov, test.line), test.want)
		if got := f.rows("SELECT industry, size, source FROM companies")[0]; got != test.row {
			t.Errorf("%s: got %q, want %q", test.line, got, test.row)
		}
	}
	holds(t, "card", f.types(f.ivanov, "deal acme"), "Industry   steel and film", "Size       mid", "Source     trade fair, Brno")
	reply := f.hear(bot.Request{Account: f.novak, Line: "company acme size small"})
	if len(reply.Posts) != 1 || reply.Posts[0].Name != "ivanov" {
		t.Errorf("by a manager: got %d people told, want the owner", len(reply.Posts))
	}
	holds(t, "asked", f.types(f.ivanov, "company acme size"), "Are they small, mid or large?")
	holds(t, "the answer", f.types(f.ivanov, "large"), "Acme, size: large.")
	f.does(f.novak, "deal acme owner @sidorov")
	holds(t, "undo of what is somebody else's now", f.types(f.ivanov, "undo"), "nothing was undone")
}

// TestLog has the grammar of what was done: a bare number says how many.
func TestLog(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR", `deal add "Studio 54" 5 EUR`, "deal add Cobalt 9 EUR", "deal add Nord Research 9 EUR")
	for _, test := range []struct{ line, want, row string }{
		{"log call 3", "Noted: 3 calls. This week: 3 calls.", "0 | call | 3"},
		{"log call #3", "Noted: 1 call at Cobalt. This week: 4 calls.", "3 | call | 1"},
		{"log calls 12", "Noted: 12 calls. This week: 16 calls.", "0 | call | 12"},
		{"log meeting Acme 2", "Noted: 2 meetings at Acme. This week: 16 calls, 2 meetings.", "1 | meeting | 2"},
		{"log visit studio 54", "Noted: 1 meeting at Studio 54.", "2 | meeting | 1"},
		{"log meeting studio 54 2", "Noted: 2 meetings at Studio 54.", "2 | meeting | 2"},
		{`log meeting "studio 54" 3`, "Noted: 3 meetings at Studio 54.", "2 | meeting | 3"},
		{"log research", "Noted: 1 piece of research.", "0 | research | 1"},
		{"LOG Phone Calls 1000", "Noted: 1,000 calls. This week: 1,016 calls,", "0 | call | 1000"},
		{"log call #1 4", "Noted: 4 calls at Acme.", "1 | call | 4"},
		{"log 3 calls", "Noted: 3 calls. This week: 1,023 calls,", "0 | call | 3"},
		{"log 2 meetings acme", "Noted: 2 meetings at Acme.", "1 | meeting | 2"},
		{"log acme call", "Noted: 1 call at Acme.", "1 | call | 1"},
		{"log a visit acme", "Noted: 1 meeting at Acme.", "1 | meeting | 1"},
		{"log call nord research", "Noted: 1 call at Nord Research.", "4 | call | 1"},
	} {
		holds(t, test.line, f.types(f.ivanov, test.line), test.want)
		rows := f.rows("SELECT deal, kind, count FROM activities ORDER BY number")
		if got := rows[len(rows)-1]; got != test.row {
			t.Errorf("%s: got %q, want %q", test.line, got, test.row)
		}
	}
	start := f.dump(bookkeeping...)
	for line, want := range map[string]string{
		"log call 0": `"0" is not a number that I log.`, "log call 1001": `"1001" is not a number that I log.`,
		"log call -3": `"-3" is not a number that I log.`, "log call 2.5": `"2.5" is not a number that I log.`,
		"log call +3": `"+3" is not a number that I log.`, "log call 99999999999999999999": "is not a number that I log.",
		"log call 3 4": `I do not know what to do with "3" there`, "log call wyvern": `No deal is called "wyvern".`,
		"log call #99": "There is no deal 99 that you can see.", "log lunch": `"lunch" is not something I log.`,
		"log calling": "Closest is calls.", "log": "What did you do?", "log 0 calls": `"0" is not a number that I log.`,
	} {
		holds(t, line, text(t, f.hear(bot.Request{Account: f.ivanov, Line: line, Chat: f.room()}).Message), want)
	}
	if f.dump(bookkeeping...) != start {
		t.Error("got a change, want none of what was wrong")
	}
	holds(t, "undo", f.types(f.ivanov, "undo"), "Taken back: what you logged.")
	holds(t, "after the undo", f.types(f.ivanov, "log call"), "This week: 1,025 calls,")
	fresh := bot.Request{Account: f.sidorov, Line: "log call", Way: bot.Pressed}
	holds(t, "a click", text(t, f.hear(fresh).Message), "Noted: 1 call.")
	holds(t, "a second click", text(t, f.hear(fresh).Message), "You logged that just now, so nothing was added.")
	lacks(t, "in a channel", text(t, f.hear(bot.Request{Account: f.sidorov, Line: "log call", Chat: channel}).Message), "This week")
}

// TestActivities has who sees what was done: a manager each rep, a rep the own
// beside the week before, a channel the sums of the team.
func TestActivities(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	holds(t, "nothing", f.types(f.novak, "activities"), "Nothing was logged in that time.")
	f.does(f.ivanov, "log calls 5")
	f.after(8 * 24 * 3600e9)
	f.does(f.ivanov, "log calls 12", "log meeting 2")
	f.does(f.sidorov, "log calls 30")
	holds(t, "by rep", f.types(f.novak, "activities"), "What was done in 1 week", "calls  meetings",
		"@ivanov      12         2", "@petra        0         0", "@sidorov     30         0", "team         42         2")
	// 12 + 5 calls in two weeks
	holds(t, "by rep, longer", f.types(f.novak, "activities 2 weeks"), "@ivanov      17         2", "team         47         2")
	holds(t, "the own", f.types(f.ivanov, "activities"), "@ivanov: what was done in 1 week", "calls      12       5", "meetings    2       0")
	lacks(t, "the own", f.types(f.ivanov, "activities"), "30", "42", "@sidorov")
	holds(t, "a rep's by a manager", f.types(f.novak, "activities @sidorov"), "@sidorov: what was done", "calls   30       0")
	holds(t, "another's by a rep", f.types(f.ivanov, "activities @sidorov"), "Only a manager looks at other people's")
	holds(t, "a window", f.types(f.ivanov, "activities 0 days"), "A window is 1 day to 2 years.")
	for _, who := range []bot.Account{f.ivanov, f.novak} {
		msg := f.hear(bot.Request{Account: who, Line: "activities", Chat: channel}).Message
		holds(t, "in a channel", text(t, msg), "calls      42       5")
		lacks(t, "in a channel", text(t, msg), "@")
		if msg.Private {
			t.Error("the team's sums in a channel: got them in private, want them for everybody")
		}
		if msg := f.hear(bot.Request{Account: who, Line: "activities me", Chat: channel}).Message; !msg.Private {
			t.Error("one's own in a channel: got them for everybody, want them in private")
		}
	}
}

// TestProducts adds products, finds them, and takes them away.
func TestProducts(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	holds(t, "nothing", f.types(f.ivanov, "products"), "Nothing is on the list of what we sell yet.")
	holds(t, "add", f.types(f.novak, "product add Stretch film, black"), "Stretch film, black is on the list, which has 1 product.")
	holds(t, "twice", f.types(f.novak, "product add  STRETCH film,  black"), "Stretch film, black is on the list already, so nothing was added.")
	f.does(f.novak, "product add Pallet wrapper X2")
	holds(t, "list", f.types(f.ivanov, "products"), "We sell 2 products", "Pallet wrapper X2", "Stretch film, black")
	start := f.dump(bookkeeping...)
	for _, test := range []struct{ line, want string }{
		{"product add", "What is it called?"},
		{"product add ...", "A product needs a name with letters or digits in it."},
		{"product add <!here>", "A name cannot hold < or >."},
		{"product add " + strings.Repeat("x", 101), "A name has at most 100 characters"},
		{"product delete", "Which product?"},
		{"product delete zeppelin", `No product is called "zeppelin". Try: products`},
		{"product delete strech film", `No product is called "strech film". Did you mean one of these?`},
		{"product delete #99", "There is no product 99 on the list."},
		{"product delete film", "[Stretch film, black]"},
	} {
		holds(t, test.line, text(t, f.hear(bot.Request{Account: f.novak, Line: test.line, Chat: f.room()}).Message), test.want)
	}
	for _, line := range []string{"product add Bubble wrap", "product delete #1"} {
		holds(t, line, f.types(f.ivanov, line), "is only for managers.")
	}
	if f.dump(bookkeeping...) != start {
		t.Error("got a change, want none of what was wrong")
	}
	press := button(t, f.hear(bot.Request{Account: f.novak, Line: "product delete strech film", Chat: f.room()}).Message, "product delete #1")
	holds(t, "delete", f.presses(f.novak, press), "Stretch film, black is off the list.")
	holds(t, "a second click", f.presses(f.novak, press), "There is no product 1 on the list.")
	holds(t, "undo", f.types(f.novak, "undo"), "Taken back: the deletion of a product.")
	holds(t, "the old button", f.presses(f.novak, press), "has changed since that message was drawn, so nothing was written.")
	holds(t, "by name", f.types(f.novak, "product delete pallet wrapper x2"), "Pallet wrapper X2 is off the list.")
	for i := range 201 {
		f.does(f.novak, fmt.Sprintf("product add Film %03d", i))
	}
	holds(t, "many", f.types(f.ivanov, "products"), "We sell 202 products", "2 more are on the list.")
}

// TestPitch sets the team's pitch, which a rep reads only.
func TestPitch(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	holds(t, "nothing", f.types(f.ivanov, "pitch"), "Nobody has written down yet")
	holds(t, "by a rep", f.types(f.ivanov, "pitch We wrap it"), "Only a manager changes the pitch.")
	holds(t, "set", f.types(f.novak, "pitch We wrap pallets in 40 seconds,\nwith film from our own mill"), "How we put ourselves across in a minute",
		"We wrap pallets in 40 seconds,\nwith film from our own mill", "> undo")
	holds(t, "read", f.types(f.ivanov, "pitch"), "We wrap pallets in 40 seconds,\nwith film from our own mill")
	holds(t, "too long", f.types(f.novak, "pitch "+strings.Repeat("x", 1501)), "at most 1500 characters, about what a minute holds, and this one has 1501.")
	holds(t, "no words", f.types(f.novak, "pitch ..."), "A pitch needs words.")
	holds(t, "the longest", f.types(f.novak, "pitch "+strings.Repeat("é", 1500)), "ééé")
	holds(t, "none", f.types(f.novak, "pitch none"), "The pitch is gone.")
	holds(t, "undo", f.types(f.novak, "undo"), "Taken back: the pitch.")
	holds(t, "read", f.types(f.ivanov, "pitch"), "ééé")
}
