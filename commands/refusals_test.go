package commands_test

import (
	"fmt"
	"testing"
	"time"

	"fifteen/bot"
)

// TestDoorsAreCounted has one door declined, one accepted, and a customer who
// came back.
func TestDoorsAreCounted(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	for i, door := range []string{"declined", "in 2 months", "in 2 months", "unoffered"} {
		f.does(f.ivanov, fmt.Sprintf("deal add Firm%c 5 EUR", 'a'+i), fmt.Sprintf("lost #%d price dear", i+1), fmt.Sprintf("refusal #%d door %s", i+1, door))
	}
	f.does(f.ivanov, "reopen #2", "refusal #3 winner Nordwind", "refusal #4 winner nobody")
	holds(t, "refusals", f.types(f.novak, "refusals"), "4 noes in 2 weeks", "3 offered, 2 accepted, 1 came back",
		"1 somebody else, 1 nobody (no decision), 2 not known")
}

// TestRefusalsOfTheWeeks compares two fortnights.
func TestRefusalsOfTheWeeks(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	number := 0
	say := func(count int, who bot.Account, lines ...string) {
		for range count {
			number++
			f.does(who, fmt.Sprintf(`deal add "Firm no%d"`, number))
			for _, line := range lines {
				f.does(who, fmt.Sprintf(line, number))
			}
		}
	}
	say(10, f.ivanov, "lost #%d price dear")
	say(2, f.ivanov, "disqualify #%d two people")
	f.after(14 * 24 * time.Hour)
	say(6, f.ivanov, "lost #%d price dear")
	say(4, f.sidorov, "lost #%d has_supplier", "refusal #%d probe cheaper")
	say(2, f.sidorov, "lost #%d has_supplier", "refusal #%d probe none")
	say(2, f.sidorov, "step #%d contact", "lost #%d supply_terms six weeks")
	say(1, f.petra, "disqualify #%d two people")
	// Price is 6 of 12 with a reason, and 10 of 12 dislike it.
	got := f.types(f.novak, "refusals")
	holds(t, "refusals", got, "14 noes in 2 weeks, 10 in the time before", "The market dislikes: price 10 · 83 % · supply terms 2 · 17 %",
		"2 of them are excuses", "@ivanov 6 · @sidorov 8 (2 excuses)", "on the list 12 (2 excuses) · contact 2", "1, 2 in the time before",
		"Price too high           6 · 50 %  10 · 100 %", "Other supplier, cheaper  4 · 33 %", "another supplier, and no reason behind it was found")
	rep := f.types(f.sidorov, "refusals")
	holds(t, "a rep sees the team's reasons", rep, "14 noes", "To talk over:", "(#23, @sidorov)")
	lacks(t, "and no other rep", rep, "@ivanov", "By rep")
	lacks(t, "and nobody else's talks", f.types(f.ivanov, "refusals"), "To talk over:")
	public := text(t, f.hear(bot.Request{Account: f.novak, Line: "refusals", Chat: channel}).Message)
	lacks(t, "in a channel", public, "@ivanov", "@sidorov", "To talk over", "Firm")
	holds(t, "in a channel", public, "14 noes")
	holds(t, "one rep", f.types(f.novak, "refusals @sidorov"), "@sidorov: 8 noes in 2 weeks, 0 in the time before")
	msg := f.hear(bot.Request{Account: f.novak, Line: "refusals @sidorov 4 weeks"}).Message
	rows := f.presses(f.novak, button(t, msg, "why refusals @sidorov 28d"))
	holds(t, "the rows behind it", rows, "8 noes in 4 weeks, the newest first", "Firm no26", "Supply terms", "six weeks", "Other supplier, none of these")
	lacks(t, "the rows behind it", rows, "@ivanov")
	own := f.types(f.ivanov, "why refusals 4 weeks")
	holds(t, "a rep's rows", own, "16 noes in 4 weeks", "@ivanov", "dear", "the team's report counts more")
	lacks(t, "a rep's rows", own, "@sidorov")
	holds(t, "nothing said", f.types(f.petra, "why refusals"), "Nobody whose deals you see said no in the last 2 weeks.")
	holds(t, "somebody else's", f.types(f.ivanov, "refusals @sidorov"), "Only a manager looks at other people's deals.")
}
