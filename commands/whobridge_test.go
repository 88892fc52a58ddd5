package commands_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fifteen/bot"
)

// aWeekOf opens an office with deals, shows them in a digest of a member, and
// turns the clock on by two days.
func aWeekOf(t *testing.T, role bot.Role, before ...string) (o *office, who bot.Account, digest *rhythm) {
	t.Helper()
	o = open(t)
	o.member("sidorov", bot.Rep)
	who = o.member("ivanov", role)
	o.tells(who, before...)
	o.now = o.now.Add(time.Hour)
	digest = &rhythm{office: o, who: who, chat: channel, line: "who"}
	digest.days(0)
	o.now = o.now.AddDate(0, 0, 2)
	return o, who, digest
}

// closing are the lines that make deals of 1,000 EUR closing.
func closing(names ...string) []string {
	lines := make([]string, 0, 2*len(names))
	for i, name := range names {
		lines = append(lines, fmt.Sprintf("deal add %q 1000 EUR", name), fmt.Sprintf("score #%d 5 5 4", i+1))
	}
	return lines
}

// TestBridgeSentences says each thing that can happen to a deal in a week.
func TestBridgeSentences(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		lines []string
		want  string
	}{
		{[]string{"deal add New 500 EUR", "score new 5 5 5"}, "1,000 → 1,500 EUR: +500 New is new"},
		{[]string{"deal acme amount 1200 EUR"}, "1,000 → 1,200 EUR: +200 Acme now 1,200 EUR"},
		{[]string{"score acme 5 5 5"}, "1,000 → 1,000 EUR: 0 Acme 14 → 15"},
		{[]string{"deal acme owner @sidorov"}, "1,000 → 1,000 EUR: 0 Acme from @ivanov to @sidorov"},
		{[]string{"score acme 5 5 3", "score acme 5 5 4"}, "1,000 → 1,000 EUR: 0 Acme slipped and came back"},
		{[]string{"score acme 5 5 3", "undo"}, "1,000 EUR, unchanged."},
		{[]string{"note acme nothing new"}, "1,000 EUR, unchanged."},
		{[]string{"won acme"}, "1,000 → 0 EUR: -1,000 Acme won"},
		{[]string{"lost acme price"}, "1,000 → 0 EUR: -1,000 Acme lost (Price too high)"},
		{[]string{"disqualify acme two people"}, "1,000 → 0 EUR: -1,000 Acme disqualified"},
		{[]string{"deal delete acme"}, "1,000 → 0 EUR: -1,000 Acme deleted"},
		{[]string{"deal add New 500 EUR", "score new 5 5 5", "won new"}, "1,000 → 1,000 EUR: 0 New moved up and was won"},
		{[]string{"deal add New 500 EUR", "score new 5 5 5", "lost new price"}, "1,000 → 1,000 EUR: 0 New moved up and was lost"},
		{[]string{"deal add New 500 EUR", "score new 5 5 5", "disqualify new two people"}, "1,000 → 1,000 EUR: 0 New moved up and was disqualified"},
		{[]string{"deal add New 500 EUR", "score new 5 5 5", "deal delete new"}, "1,000 → 1,000 EUR: 0 New moved up and was deleted"},
	} {
		t.Run(strings.Join(test.lines, ", "), func(t *testing.T) {
			t.Parallel()
			o, who, digest := aWeekOf(t, bot.Manager, closing("Acme")...)
			o.tells(who, test.lines...)
			holds(t, "a week later", digest.days(5), "Since Mon 23 Nov "+test.want+"\n")
		})
	}
}

// TestBridgeCurrencies changes a currency, and has a deal without an amount.
func TestBridgeCurrencies(t *testing.T) {
	t.Parallel()
	o, who, digest := aWeekOf(t, bot.Manager, closing("Acme", "Borealis")...)
	o.tells(who, "deal acme amount 900 USD", "deal add Omega", "score omega 5 5 5")
	holds(t, "a week later", digest.days(5),
		"Since Mon 23 Nov 2,000 → 1,000 EUR: -1,000 Acme now 900 USD\n", "Since Mon 23 Nov 0 → 900 USD: +900 Acme now 900 USD\n",
		"Since Mon 23 Nov, deals without an amount: Omega is new\n")
}

// TestDigestOfNobody tells the bridge and the ends also when no deal is closing,
// and without any past that nothing has changed.
func TestDigestOfNobody(t *testing.T) {
	t.Parallel()
	_, _, empty := aWeekOf(t, bot.Manager)
	holds(t, "an empty week", empty.days(5), "Nobody is 14 or 15 right now.", "Since Mon 23 Nov nothing has changed.")
	o, who, digest := aWeekOf(t, bot.Manager, closing("Acme")...)
	o.tells(who, "won acme")
	lacks(t, "a week later", digest.days(5), "Shown")
	holds(t, "two weeks later", digest.days(7), "Nobody is 14 or 15 right now.", "Shown two weeks ago: Acme won\n")
}

// TestDigestOfARep shows only the rep's own deals in the channel, and privately
// what is more.
func TestDigestOfARep(t *testing.T) {
	t.Parallel()
	o, ivanov, digest := aWeekOf(t, bot.Rep, closing("Acme", "Borealis", "Cobalt")...)
	novak := o.member("novak", bot.Manager)
	o.tells(novak, "deal add Foreign 7000 EUR @sidorov", "score foreign 5 5 5", "deal acme owner @sidorov", "lost acme price",
		"deal add Given 300 EUR @sidorov", "score given 5 5 5")
	o.tells(ivanov, "won borealis")
	o.now = o.now.AddDate(0, 0, 1)
	o.tells(novak, "deal given owner @ivanov")
	o.now = o.now.AddDate(0, 0, 4)
	msg := digest.on(o.now)
	got := text(t, msg)
	holds(t, "a week later", got, "Since Mon 23 Nov 3,000 → 1,300 EUR: +300 Given is new · -1,000 Borealis won · -1,000 Acme handed over\n")
	lacks(t, "a week later", got, "Foreign", "Price")
	if msg.Private {
		t.Error("a rep's own deals: got private, want them in the channel")
	}
	got = digest.days(7)
	holds(t, "two weeks later", got, "Shown two weeks ago: Borealis won · Cobalt slipped\n")
	lacks(t, "two weeks later", got, "Foreign", "Acme")
	admin := o.member("boss", bot.Admin)
	o.tells(admin, "settings visibility team")
	if msg := digest.on(o.now); !msg.Private {
		t.Errorf("the team's deals: got\n%swant it private", text(t, msg))
	}
}

// TestDigestOfMany shows 300 closing deals, each once, and what became of them.
func TestDigestOfMany(t *testing.T) {
	t.Parallel()
	names := make([]string, 300)
	for i := range names {
		names[i] = fmt.Sprintf("Firm %03d.", i)
	}
	o, who, digest := aWeekOf(t, bot.Manager, closing(names...)...)
	o.now = o.now.AddDate(0, 0, 5)
	msg := digest.on(o.now)
	table := text(t, msg.Details[0])
	for _, name := range names {
		if n := strings.Count(table, name); n != 1 {
			t.Errorf("%s: got it %d times, want once", name, n)
		}
	}
	o.now = o.now.Add(time.Minute)
	for i := range 60 {
		o.tells(who, fmt.Sprintf("won #%d", i+1))
	}
	got := digest.days(7)
	holds(t, "the next week", got, "Since Mon 30 Nov 300,000 → 240,000 EUR:\n", "Shown two weeks ago:\n")
	sum := strings.Count(got, "-1,000  Firm")
	for _, name := range names[:60] {
		if n := strings.Count(got, name+" won"); n != 2 {
			t.Errorf("%s: got it won %d times, want it in the bridge and at the end", name, n)
		}
	}
	for _, name := range names[60:] {
		if n := strings.Count(got, name+" slipped"); n != 1 {
			t.Errorf("%s: got it slipped %d times, want once", name, n)
		}
	}
	if sum != 60 {
		t.Errorf("got %d lines of -1,000, want 60", sum)
	}
}

// TestDigestOfHostileNames keeps what people wrote as text on one line.
func TestDigestOfHostileNames(t *testing.T) {
	t.Parallel()
	hostile := "*Acme* @here {{.deal}} · " + strings.Repeat("far along ", 7)
	o, who, digest := aWeekOf(t, bot.Manager, closing(hostile, "_b_ &amp; `100 %`")...)
	o.tells(who, "score #1 5 5 3", "won #2")
	got := digest.days(5)
	holds(t, "the bridge", got, "*Acme* @here {{.deal}} · far along far along far along far… slipped to 13", "_b_ &amp; `100 %` won")
}

// TestBridgeBegins looks for the digest of a week ago, of schedules with another
// rhythm than that.
func TestBridgeBegins(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		steps []int // days from one digest to the next, from Mon 23 Nov on
		want  string
	}{
		{"every day", []int{1, 1, 1, 1, 1, 1, 1}, "Mon 23 Nov"},
		{"a day late", []int{8}, "Mon 23 Nov"},
		{"three days late", []int{10}, "Mon 23 Nov"},
		{"four days late", []int{11}, "Fri 27 Nov"}, // a week ago itself
		{"every two weeks", []int{14, 14}, "Mon 14 Dec"},
		{"two near it, the nearer one", []int{2, 6}, "Wed 25 Nov"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o, _, digest := aWeekOf(t, bot.Manager, closing("Acme")...)
			o.now = o.now.AddDate(0, 0, -2) // the day of the first digest
			got := ""
			for _, step := range test.steps {
				got = digest.days(step)
			}
			holds(t, test.name, got, "Since "+test.want+" 1,000 EUR, unchanged.")
		})
	}
}
