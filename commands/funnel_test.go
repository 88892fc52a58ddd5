package commands_test

import (
	"fmt"
	"strings"
	"testing"

	"fifteen/bot"
)

// table returns the lines of a text from the one that begins so to the next empty
// one.
func table(drawn, begins string) string {
	_, rest, _ := strings.Cut("\n"+drawn, "\n"+begins)
	rows, _, _ := strings.Cut(begins+rest, "\n\n")
	return rows + "\n"
}

// The method's example: 160 of 200 are 80 %, 112 of 160 are 70 %, 95 of 112 are
// 84.8 %, 91 of 95 are 95.8 %; 191 of 200 are 95.5 %, 172 of 191 are 90.1 %, 120 of
// 172 are 69.8 %, 96 of 120 are 80 %. The team has 351 of 400, 284 of 351, 215 of
// 284 and 187 of 215. Contact costs (1 × 400 − 351) × 0.8 × 0.8 = 31.4 deals in 91
// days, 10.5 a month of 30.4 days, at 10,000 EUR each.
const articleTable = `           contact  presentation  contract   payment
target       100 %          80 %      80 %      95 %
@ivanov   80 % low      70 % low      85 %      96 %
@sidorov  96 % low          90 %  70 % low  80 % low
team      88 % low          81 %  76 % low  87 % low
decided        400           351       284       215
pending          0             0         0         0
reached        351           284       215       187
days            10            10        10        10
`

func TestFunnelOfTheArticle(t *testing.T) {
	t.Parallel()
	f := openArticle(t)
	msg := f.hear(bot.Request{Account: f.novak, Line: "funnel"}).Message
	got := text(t, msg)
	if want := "Team, last 13 weeks: 400 companies; contact is the costliest leak (about 10 deals, 100,000 EUR a month)"; msg.Title != want {
		t.Errorf("title: got %q, want %q", msg.Title, want)
	}
	if rows := table(got, "           contact"); rows != articleTable {
		t.Errorf("got\n%swant\n%s", rows, articleTable)
	}
	holds(t, "funnel", got, "@ivanov: contact, then presentation\n@sidorov: payment, then contract, then contact\n",
		"> why funnel\n", "> coach\n", "> decide\n")
	chart := msg.Chart
	for i, want := range []string{"[80 70 85 96]", "[96 90 70 80]"} {
		if got := fmt.Sprint(chart.Series[i].Values); got != want {
			t.Errorf("bars of %s: got %s, want %s", chart.Series[i].Name, got, want)
		}
	}
	if got := fmt.Sprint(chart.Targets); got != "[100 80 80 95]" || chart.Unit != "%" {
		t.Errorf("targets: got %s in %q, want [100 80 80 95] in %%", got, chart.Unit)
	}
}

func TestFunnelOfOneRep(t *testing.T) {
	t.Parallel()
	f := openArticle(t)
	// Wilson's interval of 112 of 160: (0.7 + 3.84/320 ± 1.96 √(0.21/160 + 3.84/102400)) ÷ 1.024
	want := `step          target     ratio        95 %    moved on  pending  reached  days
contact        100 %  80 % low  74 to 85 %  160 of 200        0      160    10
presentation    80 %  70 % low  62 to 77 %  112 of 160        0      112    10
contract        80 %      85 %  77 to 90 %   95 of 112        0       95    10
payment         95 %      96 %  90 to 98 %    91 of 95        0       91    10
`
	for _, said := range []struct {
		who  bot.Account
		line string
	}{{f.novak, "funnel @ivanov"}, {f.boss, "funnel ivanov 13 weeks"}, {f.ivanov, "funnel me"}, {f.ivanov, "funnel @ivanov 91 days"}} {
		got := f.types(said.who, said.line)
		holds(t, said.line, got, "@ivanov, last 13 weeks: 200 companies; below target: contact, then presentation\n")
		if rows := table(got, "step  "); rows != want {
			t.Errorf("%s: got\n%swant\n%s", said.line, rows, want)
		}
	}
	holds(t, "buttons", f.types(f.novak, "funnel @ivanov"), "> decide @ivanov contact\n", "> decide @ivanov presentation\n")
	lacks(t, "a rep's buttons", f.types(f.ivanov, "funnel me"), "> decide")
	holds(t, "nobody's", f.types(f.novak, "funnel @petra"), "@petra had no company on the list in the last 13 weeks.")
}

// TestFunnelIsPrivate checks that a rep learns nothing of what the other one did,
// and that a channel learns nothing of any.
func TestFunnelIsPrivate(t *testing.T) {
	t.Parallel()
	f := openArticle(t)
	sidorovs := []string{"191", "172", "120", "\"90 %", "\"96 % low", "sidorov", "[96,90"}
	for _, visibility := range []string{"own", "team"} {
		f.does(f.boss, "settings visibility "+map[string]string{"own": "team", "team": "own"}[visibility], "settings visibility "+visibility)
		for _, chat := range []bot.Chat{{}, channel} {
			for _, line := range []string{"funnel", "funnel me", "why funnel", "why funnel me", "funnel 14 weeks", "decisions"} {
				f.hides(f.ivanov, line, chat, sidorovs...)
			}
		}
		for _, line := range []string{"funnel @sidorov", "why funnel @sidorov", "decisions @sidorov", "funnel sidorov 4 weeks"} {
			if got := f.types(f.ivanov, line); !strings.HasPrefix(got, "Only a manager") {
				t.Errorf("%s: got\n%swant that only a manager looks", line, got)
			}
		}
	}
	got := f.hides(f.ivanov, "funnel", bot.Chat{}, sidorovs...)
	holds(t, "own rows", got, "@ivanov         80 % low", "team            88 % low", "decided, yours       200")
	for _, who := range []bot.Account{f.novak, f.boss} {
		msg := f.hear(bot.Request{Account: who, Line: "funnel", Chat: channel}).Message
		if msg.Private {
			t.Errorf("funnel in a channel by %s: got it private, want it for all", who.ID)
		}
		lacks(t, "in a channel", asJSON(t, msg), "ivanov", "sidorov", "80 % low")
		holds(t, "in a channel", text(t, msg), "team     88 % low", "Each rep's figures are private: ask me alone.")
		for _, line := range []string{"funnel @ivanov", "why funnel", "coach", "decisions"} {
			if msg := f.hear(bot.Request{Account: who, Line: line, Chat: channel}).Message; !msg.Private {
				t.Errorf("%s in a channel by %s: got it for all, want it private", line, who.ID)
			}
		}
	}
	if msg := f.hear(bot.Request{Account: f.ivanov, Line: "funnel", Chat: channel}).Message; !msg.Private {
		t.Error("funnel in a channel by a rep: got it for all, want it private")
	}
}

// TestFunnelOfFew checks that there is no percentage of fewer than ten.
func TestFunnelOfFew(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	holds(t, "funnel", f.types(f.novak, "funnel"), "No company was on the list in the last 13 weeks.")
	f.list("ivanov", 6, 4)
	got := f.types(f.novak, "funnel")
	holds(t, "funnel", got, "Team, last 13 weeks: 6 companies; too few companies are decided yet\n",
		"@ivanov  4 of 6, few   0 of 4, few         –        –\n", "Below 10 decided companies there is no percentage.")
	if n := strings.Count(got, "%"); n != 4 { // the targets
		t.Errorf("got %d percentages, want only the four targets:\n%s", n, got)
	}
	lacks(t, "a rep", f.hides(f.sidorov, "funnel", bot.Chat{}, "4 of 6", "ivanov"), "4 of")
	holds(t, "of one", f.types(f.ivanov, "funnel me"), "@ivanov, last 13 weeks: 6 companies; too few companies are decided yet", "4 of 6, few")
	f.list("sidorov", 5, 5)
	// 9 of 11; nobody alone has ten
	holds(t, "both", f.types(f.novak, "funnel"), "team         82 % low   0 of 9, few", "@sidorov  5 of 5, few")
}

func TestFunnelOfManyReps(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	for i := range 7 {
		f.member(fmt.Sprintf("rep%d", i), bot.Rep)
		f.list(fmt.Sprintf("rep%d", i), 10, 10-i)
	}
	msg := f.hear(bot.Request{Account: f.novak, Line: "funnel"}).Message
	if len(msg.Chart.Series) != 1 || msg.Chart.Series[0].Name != "team" {
		t.Errorf("seven reps: got %d bars a group, want the team's alone", len(msg.Chart.Series))
	}
	if got := len(msg.Table.Rows); got != 13 { // target, seven, team, decided, pending, reached, days
		t.Errorf("got %d rows, want 13", got)
	}
	if got := msg.Chart.Series[0].Blank; got[0] || !got[3] {
		t.Errorf("blank: got %v, want contact known and payment not", got)
	}
}

func TestWhyFunnel(t *testing.T) {
	t.Parallel()
	f := openArticle(t)
	got := f.types(f.novak, "why funnel")
	holds(t, "why funnel", got, "Behind the funnel of the last 13 weeks\n",
		"@ivanov   presentation  70 % low  62 to 77 %  112 of 160       48                0        0             0\n",
		"@sidorov  payment       80 % low  72 to 86 %   96 of 120        0               24        0             0\n",
		"team      contact       88 % low  84 to 91 %  351 of 400       49                0        0             0\n")
	for _, said := range []struct {
		who  bot.Account
		line string
	}{{f.novak, "why funnel @ivanov"}, {f.novak, "why funnel ivanov 13 weeks"}, {f.ivanov, "why funnel"}, {f.ivanov, "why funnel me 100d"}} {
		got := f.types(said.who, said.line)
		holds(t, said.line, got, "112 of 160")
		lacks(t, said.line, got, "sidorov", "team ")
	}
	holds(t, "nothing", f.types(f.novak, "why funnel 2 days"), "Nothing was decided and nothing is pending in the last 2 days.")
}

// TestFunnelNasty has lines that make no sense.
func TestFunnelNasty(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	for _, test := range []struct{ line, want string }{
		{"funnel 0 weeks", "A window is 1 day to 2 years. Try: 13 weeks\n"},
		{"funnel 10000 days", "A window is 1 day to 2 years. Try: 13 weeks\n"},
		{"funnel @nobody", "Nobody here is called \"@nobody\". Try: team\n"},
		{"funnel @nobody 4 weeks", "Nobody here is called \"@nobody\". Try: team\n"},
		{"funnel 13", "\"13\" is not a window that I read. It stands last and counts back from today, such as 4 weeks or 90 days.\n"},
		{"funnel @ivanov last month", "\"last month\" is not a window that I read. It stands last and counts back from today, such as 4 weeks or 90 days.\n"},
		{"funnel this quarter", "\"this quarter\" is not a window that I read. It stands last and counts back from today, such as 4 weeks or 90 days.\n"},
		{"funnel presentation", "Nobody here is called \"presentation\". Try: team\n"},
		{"why funnel december", "\"december\" is not a window that I read. It stands last and counts back from today, such as 4 weeks or 90 days.\n"},
		{"why funnel EUR", "Behind funnel stands a window, and no month or currency. Try: why funnel 13 weeks\n"},
		{"why forecast @ivanov", "Only funnel and refusals are shown for one person or a window. Try: why funnel @ivanov 13 weeks\n"},
		{"why who 4 weeks", "Only funnel and refusals are shown for one person or a window. Try: why funnel @ivanov 13 weeks\n"},
		{"coach @ivanov", "I do not know what to do with \"@ivanov\" there, so I changed nothing. Leave it out, or say help.\n"},
		{"decisions @nobody", "Nobody here is called \"@nobody\". Try: team\n"},
	} {
		start := f.dump(bookkeeping...)
		if got := f.types(f.novak, test.line); got != test.want {
			t.Errorf("%s: got\n%swant\n%s", test.line, got, test.want)
		}
		if f.dump(bookkeeping...) != start {
			t.Errorf("%s: got a change, want none", test.line)
		}
	}
	holds(t, "why forecast", f.types(f.novak, "why forecast 2026-12 EUR"), "No deal stands behind December.")
}
