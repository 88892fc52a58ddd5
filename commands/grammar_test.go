package commands_test

import (
	"strings"
	"testing"

	"fifteen/bot"
)

// grammar has every example of the grammar: what stands before it, the line,
// and what its answer must hold.
var grammar = []struct {
	name, line string
	before     []string
	want       []string
}{
	{name: "straight quotes", line: `deal add "Studio 54"`, want: []string{"Studio 54 is deal #1: no amount"}},
	{name: "single quotes", line: `deal add 'Studio 54'`, want: []string{"Studio 54 is deal #1: no amount"}},
	{name: "phone quotes", line: `deal add “Studio 54”`, want: []string{"Studio 54 is deal #1: no amount"}},
	{name: "low quotes", line: `deal add „Studio 54“`, want: []string{"Studio 54 is deal #1: no amount"}},
	{name: "guillemets", line: `deal add «Studio 54»`, want: []string{"Studio 54 is deal #1: no amount"}},
	{name: "apostrophe", line: `deal add O'Brien 500`, want: []string{"O'Brien is deal #1: 500 EUR"}},
	{
		name: "longest name first", before: []string{"deal add Acme", `deal add "Acme Corp"`},
		line: "note Acme Corp is slow", want: []string{"Noted on Acme Corp."},
	},
	{
		name: "the shorter of two names", before: []string{"deal add Acme", `deal add "Acme Corp"`},
		line: "note Acme is slow", want: []string{"Noted on Acme."},
	},
	{name: "diacritics", before: []string{"deal add Škoda"}, line: "note SKODA is slow", want: []string{"Noted on Škoda."}},
	{name: "fuzzy reads", before: []string{"deal add Acme"}, line: "deal acmee", want: []string{"Acme (#1)"}},
	{
		name: "fuzzy writes are shown", before: []string{"deal add Acme"}, line: "won acmee 500",
		want: []string{`No deal is called "acmee". Did you mean Acme (#1)?`, "> won #1 500 EUR ~1"},
	},
	{
		name: "close candidates are asked about", before: []string{"deal add Smith", "deal add Smyth"},
		line: "deal smoth", want: []string{"Which of these did you mean?", "> deal #1", "> deal #2"},
	},
	{
		name: "exact wins over close", before: []string{"deal add Smith", "deal add Smyth"},
		line: "deal smyth", want: []string{"Smyth (#2)"},
	},
	{name: "amount and currency", line: "deal add Acme 12000 EUR", want: []string{"Acme is deal #1: 12,000 EUR"}},
	{
		name: "the number may belong to the name", line: "deal add Studio 54",
		want: []string{"Studio is deal #1: 54 EUR", "No, 54 belongs to the name", `> deal retake #1 "Studio 54" ~1`},
	},
	{name: "owner", line: "deal add Acme 12k @novak", want: []string{"12,000 EUR, @novak"}},
	{name: "one separator, three digits", line: "deal add Acme 12.000", want: []string{"12,000 EUR"}},
	{name: "thousands with a k", line: "deal add Acme 12,5k", want: []string{"12,500 EUR"}},
	{name: "a symbol", line: "deal add Acme €9.500", want: []string{"9,500 EUR"}},
	{name: "Czech", line: "deal add Acme 1.234,50 Kč", want: []string{"1,234.50 CZK"}},
	{name: "bad groups", line: "deal add Acme 12,34,5", want: []string{"do not stand in groups of three"}},
	{name: "below zero", line: "deal add Acme -3", want: []string{"cannot be below zero"}},
	{name: "exponent", line: "deal add Acme 9e99", want: []string{"not an amount that I read"}},
	{name: "three numbers score", before: []string{"deal add Acme"}, line: "score Acme 5 4 5", want: []string{"score 14 of 15"}},
	{
		name: "scores out of range", before: []string{"deal add Acme"}, line: "score Acme 5 9 4",
		want: []string{"so 9 cannot stand. Try: score Acme 5 5 4"},
	},
	{
		name: "a name that ends in a number", before: []string{`deal add "Studio 54"`}, line: "score Studio 54 5 5 5",
		want: []string{"score 15 of 15"},
	},
	{name: "a bare number is a deal", before: []string{"deal add Acme"}, line: "score 1 5 5 5", want: []string{"Acme · score 15 of 15"}},
	{
		name: "the last word is the step", before: []string{`deal add "Acme contact"`},
		line: "step Acme contact presentation", want: []string{"Acme contact is at the step presentation now."},
	},
	{
		name: "the longest leading text is the deal", before: []string{`deal add "Price Waterhouse"`},
		line: "lost Price Waterhouse price", want: []string{"Price Waterhouse is lost: Price too high."},
	},
	{
		name: "reason with words", before: []string{"deal add Acme"}, line: "lost Acme price they pay less today",
		want: []string{"Acme is lost: Price too high."},
	},
	{
		name: "a wrong reason", before: []string{"deal add Acme"}, line: "lost acme tooexpensive",
		want: []string{`"tooexpensive" is not one of the reasons. Closest is Price too high.`, "> lost #1 price ~1"},
	},
	{
		name: "next step with a day", before: []string{"deal add Acme"}, line: "nextstep Acme contract with their lawyer Thu",
		want: []string{"next: contract with their lawyer, Thu 26 Nov"},
	},
	{
		name: "a sentence that writes", before: []string{"deal add Acme"}, line: "Acme said no, too expensive",
		want: []string{"I changed nothing yet", "> lost #1 price ~1"},
	},
	{name: "a near miss", before: []string{"deal add Acme"}, line: "scroe acme", want: []string{"Did you mean this?", "> score #1"}},
	{
		name: "a near miss that writes carries its revision", before: []string{"deal add Acme"}, line: "ntoe acme is slow",
		want: []string{"> note #1 is slow ~1"},
	},
	{name: "an unknown deal", line: "won acme", want: []string{`No deal is called "acme". Try: deals`}},
	{name: "a deal that is not there", line: "deal 9", want: []string{"There is no deal 9 that you can see. Try: deals"}},
	{name: "an unknown currency", line: "deal add Acme 12 XYZ", want: []string{"XYZ"}},
}

func TestGrammar(t *testing.T) {
	t.Parallel()
	for _, test := range grammar {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := open(t)
			me := o.member("novak", bot.Manager)
			for _, line := range test.before {
				o.say(me, line)
			}
			got := text(t, o.say(me, test.line).Message)
			for _, want := range test.want {
				if !strings.Contains(got, want) {
					t.Errorf("%s: got\n%swant in it %q", test.line, got, want)
				}
			}
		})
	}
}
