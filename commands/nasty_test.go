package commands_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fifteen/bot"
)

// openNasty is a firm with a deal that every bad line can be about: Acme, #1.
func openNasty(t *testing.T) *firm {
	t.Helper()
	f := openFirm(t)
	f.does(f.novak, "deal add Acme 12000 EUR")
	return f
}

var (
	quotation = regexp.MustCompile(`"[^"]*"`)
	endings   = regexp.MustCompile(`[.?!](\s|$)`)
)

// sentences counts the sentences of a message, without what it repeats in
// quotes.
func sentences(msg bot.Message) int {
	said := strings.TrimSpace(msg.Title + " " + strings.Join(msg.Text, " "))
	said = quotation.ReplaceAllString(said, "X")
	n := len(endings.FindAllString(said, -1))
	if said != "" && !strings.ContainsAny(said[len(said)-1:], ".?!") {
		n++
	}
	return n
}

// nasty are lines that nobody should be able to break anything with, and what
// they are told. The lines that ask something back say so.
var nasty = []struct {
	line, want string
	asks       bool
}{
	{line: "won Wyvern", want: `No deal is called "Wyvern". Try: deals`},
	{line: "deal #0", want: `No deal is called "#0". Try: deals`},
	{line: "deal 0", want: `No deal is called "0". Try: deals`},
	{line: "deal -1", want: `No deal is called "-1". Try: deals`},
	{line: "deal 99999999999999999999", want: `No deal is called "99999999999999999999". Try: deals`},
	{line: "deal 9223372036854775807", want: "There is no deal 9223372036854775807 that you can see. Try: deals"},
	{line: "deal #1.5", want: `No deal is called "#1.5".`},
	{line: "deal #", want: `No deal is called "#". Try: deals`},
	{line: "won ~7", want: "Which deal?", asks: true},
	{line: "#", want: "I do not understand"},
	{line: "~7", want: "I do not understand"},
	{line: `"`, want: "I do not understand"},
	{line: `""`, want: "I do not understand"},
	{line: "'' ''", want: "I do not understand"},
	{line: "“”", want: "I do not understand"},
	{line: "...", want: "I do not understand"},
	{line: "🎉🎉🎉", want: "I do not understand"},
	{line: "<!channel>", want: `I do not understand "<!channel>"`},
	{line: "{{.deal}}", want: `I do not understand "{{.deal}}"`},
	{line: "'; DROP TABLE deals;--", want: "I do not understand"},
	{line: "", want: "That line was empty."},
	{line: " \t\r\n ", want: "That line was empty."},
	{line: "\x00\x01\x1b[2J", want: "I do not understand"},
	{line: "\u202e\u2066", want: "That line was empty."},
	{line: "won \xff\xfe", want: "Some of those characters arrived broken"},
	{line: "note #1 " + strings.Repeat("x", 100_000), want: "longer than 4000 characters"},
	{line: "note #1 " + strings.Repeat("é", 4_000), want: "longer than 4000 characters"},
	{line: "deal add " + strings.Repeat("x", 5_000), want: "longer than 4000 characters"},
	{line: "deal add " + strings.Repeat("x", 3_000), want: "A name has at most 100 characters, and this one has 3000."},
	{line: "deal #1 name " + strings.Repeat("x", 101), want: "A name has at most 100 characters, and this one has 101."},
	{line: "deal add \x00\x07\x1b", want: "What is the deal called?", asks: true},
	{line: "deal add \u200b\u200b", want: "A deal needs a name with letters or digits in it."},
	{line: "deal add <!channel>", want: "A name cannot hold < or >."},
	{line: "deal add <@U0123> 500 EUR", want: "A name cannot hold < or >."},
	{line: "deal #1 name <script>", want: "A name cannot hold < or >."},
	{line: "deal add 🎉🎉", want: "A deal needs a name with letters or digits in it."},
	{line: `deal add "🎉"`, want: "A deal needs a name with letters or digits in it."},
	{line: `deal add ""`, want: "A deal needs a name with letters or digits in it."},
	{line: `deal add "`, want: "A deal needs a name with letters or digits in it."},
	{line: "deal add Nimbus 12,34,5", want: `The digits of "12,34,5" do not stand in groups of three.`},
	{line: "deal add Nimbus -3", want: "An amount cannot be below zero"},
	{line: "deal add Nimbus +3", want: "An amount needs no sign"},
	{line: "deal add Nimbus 9e99", want: `"9e99" is not an amount that I read.`},
	{line: "deal add Nimbus 1e5 EUR", want: `"1e5 EUR" is not an amount that I read.`},
	{line: "deal add Nimbus 0x10", want: `"0x10" is not an amount.`},
	{line: "deal add Nimbus 99999999999999999999", want: `"99999999999999999999" is more than I keep.`},
	{line: "deal add Nimbus 1.2345 EUR", want: "has more decimals than EUR has"},
	{line: "deal add Nimbus 12 XYZ", want: `"XYZ" is not a currency that I know.`},
	{line: "deal add Nimbus €12 CZK", want: "names two currencies"},
	{line: "deal add Nimbus 5 EUR @nobody", want: `Nobody here is called "@nobody". Try: team`},
	{line: "deal #1 amount 12,34,5", want: `The digits of "12,34,5" do not stand in groups of three.`},
	{line: "deal #1 amount lots", want: `"lots" is not an amount.`},
	{line: "deal #1 amount 12 XYZ", want: `"XYZ" is not a currency that I know.`},
	{line: "deal #1 owner nobody", want: `Nobody here is called "nobody". Try: team`},
	{line: "deal #1 close someday", want: `"someday" is not a day that I read.`},
	{line: "deal #1 close 31 Feb", want: `There is no such day as "31 Feb".`},
	{line: "deal #1 colour red", want: `"colour" cannot be corrected.`},
	{line: "won #1 -5", want: "An amount cannot be below zero"},
	{line: "won #1 NaN", want: `"NaN" is not an amount.`},
	{line: "score #1 5 9 4", want: "A pillar scores 0 to 5, so 9 cannot stand. Try: score #1 5 5 4"},
	{line: "score #1 -1 5 5", want: "A pillar scores 0 to 5, so -1 cannot stand. Try: score #1 0 5 5"},
	{line: "score #1 99999999999999999999 5 5", want: "is not a direct score, which is three numbers of 0 to 5"},
	{line: "score #1 5 5", want: "is not a direct score, which is three numbers of 0 to 5"},
	{line: "score #1 4.5 5 5", want: "is not a direct score, which is three numbers of 0 to 5"},
	{line: "score #1 five four five", want: "is not a direct score, which is three numbers of 0 to 5"},
	{line: "answer #1 hurry yes", want: `"hurry" is not one of the criteria`},
	{line: "answer #1 urgent perhaps", want: `"perhaps" is not an answer.`},
	{line: "evidence #1 urgent Petr", want: `"urgent" has no answer yet`},
	{line: "lost #1 tooexpensive", want: `"tooexpensive" is not one of the reasons. Closest is Price too high.`},
	{line: "lost #1 because", want: `"because" is not one of the reasons`},
	{line: "step #1 tooearly", want: `"tooearly" is not a step.`},
	{line: "step #1 payment", want: "Payment comes after contract"},
	{line: "nextstep #1 call 1 Jan 2020", want: "Wed 1 Jan 2020 has passed."},
	{line: "nextstep #1 " + strings.Repeat("x", 201), want: "A next step has at most 200 characters."},
	{line: "reopen #1", want: "Acme is open already, so nothing was changed."},
	{line: "target smarch 5 EUR", want: `"smarch" is not a month.`},
	{line: "target 2026-13 5 EUR", want: `"2026-13" is not a month.`},
	{line: "target 2026-12 0", want: "A target is more than zero."},
	{line: "target 2026-12 none", want: "A target is more than zero."},
	{line: "forecast 2026-12 EUR", want: `"EUR"`},
	{line: "forecast 99999-12", want: `"99999-12" is not a month.`},
	{line: "why profit", want: `I can show what is behind who, forecast, funnel, refusals, not "profit".`},
	{line: "why forecast 2026-11 XYZ", want: `"XYZ" is not a currency that I know.`},
	{line: "settings zone Mars/Olympus", want: `"Mars/Olympus" is not a zone.`},
	{line: "settings zone ../../etc/passwd", want: `"../../etc/passwd" is not a zone.`},
	{line: "settings zone Local", want: `"Local" is not a zone.`},
	{line: "settings currency XYZ", want: `"XYZ" is not a currency that I know.`},
	{line: "settings visibility all", want: `"all" is neither own nor team.`},
	{line: "settings rate USD NaN", want: `"NaN" is not a rate.`},
	{line: "settings rate USD -1", want: `"-1" is not a rate.`},
	{line: "settings rate USD 0x1p3", want: `"0x1p3" is not a rate.`},
	{line: "settings rate EUR 1", want: `"EUR" is not a foreign currency here`},
	{line: "settings rate USD", want: "A rate is a currency and a number."},
	{line: "settings steps ,;,", want: "A funnel has 2 to 8 steps, and this one has 0."},
	{line: "settings steps <!channel> 5%, b* 5%", want: `"<!channel>" cannot be a step's name.`},
	{line: "settings steps " + strings.Repeat("a 5%, ", 600), want: "A funnel has 2 to 8 steps, and this one has 600."},
	{line: "settings steps " + strings.Repeat("a=b ", 900), want: "A funnel has 2 to 8 steps, and this one has 0."},
	{line: "settings steps " + strings.Repeat("x", 3_000) + " 5%, b* 5%", want: "A step's name has at most 40 characters"},
	{line: "settings steps '; DROP TABLE deals;-- 5%, b* 5%", want: "is not a step with its target."},
	{line: "settings step contact 1e2%", want: `"1e2%" cannot stand.`},
	{line: "settings step {{.deal}} 5%", want: `"{{.deal}}" is not a step.`},
	{line: "settings stpes", want: `"stpes" is not a setting.`},
	{line: `settings "steps" contact 5%`, want: "That is a line of its own. Type settings steps"},
	{line: "settings reason price " + strings.Repeat("x", 3_000), want: "at most 60 characters, and these have 3000."},
	{line: "settings reason price <!channel>", want: "A name cannot hold < or >."},
	{line: "settings reason add {{.deal}} words", want: `"{{.deal}}" cannot be a short name`},
	{line: "company #1 size <!channel>", want: `"<!channel>" is not a size.`},
	{line: "company #1 industry <!channel>", want: "A name cannot hold < or >."},
	{line: "company #1 source " + strings.Repeat("x", 3_000), want: "at most 60 characters, and this has 3000."},
	{line: "company #99", want: "There is no deal 99 that you can see."},
	{line: "log call 1e3", want: `No deal is called "1e3".`},
	{line: "log call 99999999999999999999", want: "is not a number that I log."},
	{line: "log <!channel>", want: `"<!channel>" is not something I log.`},
	{line: "log call #99", want: "There is no deal 99 that you can see."},
	{line: "activities @nobody", want: `Nobody here is called "@nobody".`},
	{line: "product add <!channel>", want: "A name cannot hold < or >."},
	{line: "product add " + strings.Repeat("x", 3_000), want: "A name has at most 100 characters, and this one has 3000."},
	{line: "product delete {{.deal}}", want: `No product is called "{{.deal}}".`},
	{line: "product delete #99999999999999999999", want: `No product is called "#99999999999999999999".`},
	{line: "pitch " + strings.Repeat("x", 3_000), want: "A pitch has at most 1500 characters"},
	{line: "pitch 🎉", want: "A pitch needs words."},
	{line: "role @nobody rep", want: `Nobody here is called "@nobody".`},
	{line: "role @novak king", want: `"king" is not a role.`},
	{line: "help frobnicate", want: `There is no command "frobnicate".`},
	{line: "deals page0", want: `Nobody here is called "page0".`},
	{line: "deals page99999999999999999999", want: `Nobody here is called "page99999999999999999999".`},
	{line: "draft", want: "That question is no longer open"},
	{line: "draft 1", want: "That question is no longer open"},
	{line: "draft 99 deal #1", want: "That question is no longer open"},
	{line: "draft -1 drop", want: "That question is no longer open"},
	{line: "undo everything", want: `I do not know what to do with "everything" there`},
}

// TestNasty checks that whatever is typed gets one message of one or two
// sentences, and changes nothing.
func TestNasty(t *testing.T) {
	t.Parallel()
	f := openNasty(t)
	start, drafts := f.dump(bookkeeping...), 0
	for _, test := range nasty {
		who := f.boss
		if strings.HasPrefix(test.line, "draft") {
			who = f.petra
		}
		reply := f.hear(bot.Request{Account: who, Line: test.line, Chat: f.room()})
		got := text(t, reply.Message)
		holds(t, fmt.Sprintf("%.80q", test.line), got, test.want)
		if n := sentences(reply.Message); n < 1 || n > 2 {
			t.Errorf("%.80q: got %d sentences, want one or two:\n%s", test.line, n, got)
		}
		if asks := reply.Message.Form != nil; asks != test.asks {
			t.Errorf("%.80q: got a question %v, want %v:\n%s", test.line, asks, test.asks, got)
		}
		if len(got) > 1_000 {
			t.Errorf("%.80q: got an answer of %d bytes, want a short one", test.line, len(got))
		}
		if test.asks {
			drafts++
		}
		if f.dump(bookkeeping...) != start {
			t.Fatalf("%.80q: got a change, want none:\n%s", test.line, got)
		}
	}
	if got := len(f.rows("SELECT number FROM drafts WHERE waiting <> ''")); got != drafts {
		t.Errorf("got %d questions that wait, want %d", got, drafts)
	}
}

// hostile are texts that are nobody's business but the writer's: they are kept
// and shown as they were typed.
var hostile = []string{
	"{{.deal}}", "{{range $x := .}}{{end}}", "'; DROP TABLE deals;--", `" OR 1=1 --`, "%s %d %v", "<!channel> <@U0123>",
	"*bold* ~7 _it_ `code`", "[link](http://example.com)", "🎉 👩‍👩‍👧 نص", "O'Brien said: \"no\"", `"quoted"  twice "over"`,
	"\\n \\x00 \\u202e", "draft 1", "#1", "-- note", "$1 $2 ?", strings.Repeat("long ", 700),
}

// TestHostileTexts keeps hostile words wherever words are kept.
func TestHostileTexts(t *testing.T) {
	t.Parallel()
	f := openNasty(t)
	f.does(f.novak, "answer #1 urgent yes", "deal add Nimbus", "deal add Kestrel")
	for _, words := range hostile {
		words = strings.TrimSpace(words)
		kept := words
		if len(bot.Split(words)) == 1 { // one quoted word comes without its quotes
			kept = bot.Split(words)[0].Text
		}
		for _, test := range []struct{ line, query string }{
			{"note #1 ", "SELECT text FROM notes ORDER BY rev DESC LIMIT 1"},
			{"evidence #1 urgent ", "SELECT evidence FROM answers ORDER BY rev DESC LIMIT 1"},
			{"lost #2 price ", "SELECT words FROM deals WHERE number = 2"},
			{"disqualify #3 ", "SELECT words FROM deals WHERE number = 3"},
		} {
			reply := f.hear(bot.Request{Account: f.novak, Line: test.line + words, Chat: f.room()})
			if got := f.rows(test.query); refused(reply.Message) || len(got) != 1 || got[0] != kept {
				t.Errorf("%s%.60q: got %.80q, want %.80q:\n%s", test.line, words, got, kept, text(t, reply.Message))
			}
			if strings.HasPrefix(test.line, "disqualify") {
				f.does(f.novak, "reopen #3")
			}
		}
		card := f.hear(bot.Request{Account: f.novak, Line: "deal #1", Chat: f.room()}).Message
		if got := card.Fields[2].Value; len(kept) < 500 && got != kept { // behind the step and the next step
			t.Errorf("note %.60q: got %q on the card, want it as it was typed", words, got)
		}
	}
}

// TestDisguise checks that what cannot be seen is not kept.
func TestDisguise(t *testing.T) {
	t.Parallel()
	f := openNasty(t)
	for _, line := range []string{"deal add Nim\u202ebus", "deal #2 name Kes\u2066tr\u2069el", "note #2 a\u202eb\x00c\x1b[31m"} {
		f.does(f.novak, line)
	}
	got := f.rows("SELECT name, text FROM deals JOIN notes ON notes.deal = deals.number WHERE number = 2")
	if want := []string{"Kestrel | ab c [31m"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := f.rows("SELECT name FROM companies ORDER BY id"), []string{"Acme", "Nimbus", "Kestrel"}; !slices.Equal(got, want) {
		t.Errorf("got the companies %q, want %q", got, want)
	}
}

// TestNastyForms submits what no keyboard can type.
func TestNastyForms(t *testing.T) {
	t.Parallel()
	f := openNasty(t)
	start := f.dump(bookkeeping...)
	for _, test := range []struct {
		line   string
		values map[string]string
		want   string
	}{
		{"deal add", map[string]string{"name": "\xff\xfe"}, "A deal needs a name"},
		{"deal add", map[string]string{"name": strings.Repeat("x", 5_000)}, "longer than 4000 characters"},
		{"deal add", map[string]string{"name": "Nimbus", "amount": "12 34"}, "groups of three"},
		{"deal add", map[string]string{"name": "Nimbus", "amount": "5 EUR and more"}, `"EUR and more" is not a currency`},
		{"deal add", map[string]string{"name": "Nimbus", "owner": "@novak @boss"}, `I do not know what to do with "@boss"`},
		{"won", map[string]string{"deal": "#1 #2"}, "I do not know what to do with"},
		{"won", map[string]string{"deal": "#1", "amount": "-5"}, "below zero"},
		{"answer", map[string]string{"deal": "#1", "criterion": "urgent", "reply": "yes no"}, "I do not know what to do with"},
		{"score", map[string]string{"deal": "#1", "scores": "5 5 9"}, "so 9 cannot stand"},
		{"frobnicate", map[string]string{"deal": "#1"}, "I do not understand"},
	} {
		got := text(t, f.hear(bot.Request{Account: f.boss, Line: test.line, Values: test.values, Way: bot.Submitted, Chat: f.room()}).Message)
		holds(t, fmt.Sprintf("%s %.60q", test.line, test.values), got, test.want)
	}
	if f.dump(bookkeeping...) != start {
		t.Error("got a change, want none")
	}
}
