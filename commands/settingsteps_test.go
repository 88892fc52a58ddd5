package commands_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"fifteen/bot"
)

const ownFunnel = "settings steps contact 100% 30d, demo 70% 20d, signed* 80% 30d, paid 95% 30d"

// funnelOf returns the stored funnel, "" for the method's.
func (f *firm) funnelOf() string {
	f.t.Helper()
	return f.column("SELECT funnel FROM workspaces")[0]
}

// TestStepsTable has what stands beside the steps: of a hundred companies
// 100 × 1 × 0.8 × 0.8 × 0.95 = 100, 80, 64 and 60.8 come to them, so 20 and 16
// say no, 36 in all.
func TestStepsTable(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	holds(t, "the method's", f.types(f.novak, "settings steps"),
		"The funnel: contact, presentation, contract, payment",
		"Of 100 companies on the list 36 should be expected to say no: 20 before presentation, 16 before contract.",
		"contract (won)    80 %  30 days                64", "payment           95 %  30 days              60.8",
		"settings steps contact 100% 30d, presentation 80% 30d, contract* 80% 30d, payment 95% 30d")
	// 100 × 0.7 × 0.8 = 56: 30 and 14 say no
	holds(t, "own ones", f.types(f.novak, ownFunnel), "The funnel is now: contact, demo, signed, paid",
		"44 should be expected to say no: 30 before demo, 14 before signed.", "> undo")
	holds(t, "in the settings", f.types(f.novak, "settings"), "contact 100 % · demo 70 % · signed 80 % · paid 95 %")
	// 100 × 0.625 = 62.5, and 0.8 of it are 50
	holds(t, "one of them", f.types(f.novak, "settings step demo 62,5% 4 weeks"), "demo          62.5 %  28 days              62.5",
		"37.5 before demo, 12.5 before signed")
	holds(t, "its days only", f.types(f.novak, "settings step demo 20d"), "demo          62.5 %  20 days")
	holds(t, "the same", f.types(f.novak, "settings step demo 20d"), "It is like that already, so nothing was changed.")
	holds(t, "nobody says no", f.types(f.novak, "settings steps a 100%, b* 100%"), "b (won)")
	lacks(t, "nobody says no", f.types(f.novak, "settings steps"), "say no")
}

// TestStepsForms types one funnel in many ways.
func TestStepsForms(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		ownFunnel,
		"settings steps contact 100%, demo 70% 20 days, signed* 80%, paid 95%",
		"settings steps contact 100 %, demo 70,0% 20d; signed * 80 percent 30d;paid 95%,",
		"settings steps contact 100% 1m\ndemo 70% 20d\nsigned* 80%\npaid 95%",
		`settings steps "contact" 100%, "demo" 70% 20d, "signed"* 80%, paid 95.0%`,
		"settings steps contact 100%, demo 70% 20d, signed 80%, paid 95%", // signed is what a contract is called too
		"SETTINGS STEPS Contact 100%, demo 70% 20d, signed* 80%, paid 95%",
	} {
		f := openFirm(t)
		f.does(f.novak, line)
		want := `{"steps":[{"id":"contact","target":1,"patience":30},{"id":"demo","name":"demo","target":0.7,"patience":20},` +
			`{"id":"signed","name":"signed","target":0.8,"patience":30,"signed":true},{"id":"paid","name":"paid","target":0.95,"patience":30}]}`
		if got := f.funnelOf(); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", line, got, want)
		}
	}
}

// TestStepIDs has what histories call steps.
func TestStepIDs(t *testing.T) {
	t.Parallel()
	ids := regexp.MustCompile(`"id":"([^"]*)"`)
	for _, test := range []struct {
		name, line, want string
		before           []string
	}{
		{name: "the method's own words", line: "Payment 1%, CONTRACT* 1%", want: "payment contract"},
		{name: "two words", line: "product demo 1%, signed* 1%", want: "product_demo signed"},
		{name: "accents and marks", line: "Předvedení č. 2 1%, sleva/akce* 1%", want: "predvedeni_c_2 sleva_akce"},
		{name: "long ones that begin alike", line: "a presentation of the film 1%, a presentation of the machine* 1%", want: "a_presentation_o a_presentation_2"},
		{name: "no plain letter", line: "Показ 1%, 合同* 1%, 3 1%", want: "step1 step2 step3"},
		{name: "a name that is another's id", line: "Показ 1%, step2* 1%", want: "step1 step2"},
		{name: "one that is typed as an id would be", line: "product demo 1%, product/demo* 1%", want: "product_demo product_demo2"},
		{name: "the method's id with a mark", line: "payment! 1%, contract* 1%", want: "payment1 contract"},
		{
			name: "kept when others come before it", before: []string{"Показ 1%, signed* 1%"}, line: "first 1%, Показ 1%, signed* 1%",
			want: "first step1 signed",
		},
		{name: "kept in another spelling", before: []string{"Demo 1%, signed* 1%"}, line: "DEMO 1%, signed* 1%", want: "demo signed"},
	} {
		f := openFirm(t)
		for _, line := range append(test.before, test.line) {
			f.does(f.novak, "settings steps "+line)
		}
		found := ids.FindAllStringSubmatch(f.funnelOf(), -1)
		got := make([]string, len(found))
		for i, m := range found {
			got[i] = m[1]
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: got %q, want %q", test.name, strings.Join(got, " "), test.want)
		}
	}
}

// TestStepsRefused has what is wrong with steps, and that nothing comes of it.
func TestStepsRefused(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.novak, "deal add Acme 12000 EUR")
	start := f.dump(bookkeeping...)
	for line, want := range map[string]string{
		"a 100%": "A funnel has 2 to 8 steps, and this one has 1.",
		"a 1%,b 1%,c 1%,d 1%,e 1%,f 1%,g 1%,h 1%,i* 1%": "A funnel has 2 to 8 steps, and this one has 9.",
		",":                                    "and this one has 0.",
		"presentation=contact":                 "and this one has 0.",
		"a 0%, b* 1%":                          `"0%" cannot stand.`,
		"a 120%, b* 1%":                        `"120%" cannot stand.`,
		"a -5%, b* 1%":                         `"-5%" cannot stand.`,
		"a 62.55%, b* 1%":                      `"62.55%" cannot stand.`,
		"a NaN%, b* 1%":                        `"NaN%" cannot stand.`,
		"a 0.0%, b* 1%":                        `"0.0%" cannot stand.`,
		"a 100.1%, b* 1%":                      `"100.1%" cannot stand.`,
		"a 99999999999999999999%, b* 1%":       "cannot stand.",
		"a, b* 1%":                             `"a" is not a step with its target.`,
		"a 1, b* 1%":                           `"a 1" is not a step with its target.`,
		"a 1% 30 lunches, b* 1%":               `"a 1% 30 lunches" is not a step with its target.`,
		"a 1% 0d, b* 1%":                       `"0d" cannot stand.`,
		"a 1% 366d, b* 1%":                     `"366d" cannot stand.`,
		"a 1% 9999999999999999d, b* 1%":        "cannot stand.",
		"1%, b* 1%":                            `"1%" has no name.`,
		"* 1%, b 1%":                           `"* 1%" has no name.`,
		"🎉 1%, b* 1%":                          `"🎉 1%" has no name.`,
		"a 1%, b 1%":                           "Which step is what won records? Put a star behind its name, such as b*",
		"a* 1%, b* 1%":                         "Only one step is what won records, and you marked a, b.",
		"a 1%, A* 1%":                          "Two steps would be called A.",
		"á 1%, a* 1%":                          "Two steps would be called a.",
		"contact 1%, Contact* 1%":              "Two steps would be called contact.",
		strings.Repeat("x", 41) + " 1%, b* 1%": "A step's name has at most 40 characters",
		"<!channel> 1%, b* 1%":                 `"<!channel>" cannot be a step's name.`,
		"a 1% b* 1%":                           `"a 1% b* 1%" is more than one step.`,
		"a~7 1%, b* 1%":                        `"a~7" cannot be a step's name.`,
		"a=b c 1%, b* 1%, d 1%":                `"a" is not one of the steps there are now`,
		"contact=x a 1%, b* 1%":                `"x" is not one of the new steps`,
		"contact=b contact 1%, b* 1%":          "contact stays, so nothing has to stand for it.",
	} {
		got := f.hear(bot.Request{Account: f.novak, Line: "settings steps " + line, Chat: f.room()})
		holds(t, line, text(t, got.Message), want)
		if n := sentences(got.Message); n < 1 || n > 2 || !refused(got.Message) {
			t.Errorf("%s: got %d sentences, want one or two that say what was wrong", line, n)
		}
	}
	for line, want := range map[string]string{
		"settings step kickoff 1%":       `"kickoff" is not a step.`,
		"settings step contact 0%":       `"0%" cannot stand.`,
		"settings step contact 400d":     `"400d" cannot stand.`,
		"settings step contact soon":     `"soon" is neither a target nor a number of days.`,
		"settings step contact soon 90%": `"soon" is neither a target nor a number of days.`,
		"settings step contact":          "Which target, and how many days?",
		"settings step":                  "Which step?",
	} {
		holds(t, line, text(t, f.hear(bot.Request{Account: f.novak, Line: line, Chat: f.room()}).Message), want)
	}
	if f.dump(bookkeeping...) != start {
		t.Error("got a change, want none")
	}
}

// TestStepsThatGoAway follows deals through a funnel that changes under them.
func TestStepsThatGoAway(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR", "step acme presentation", "deal add Borealis 9 EUR", "won borealis",
		"deal add Cobalt", "step cobalt presentation", "step cobalt contact", "lost cobalt price")
	// Acme stands at the presentation, and Cobalt was there: 2. Borealis is signed: 1.
	msg := f.hear(bot.Request{Account: f.novak, Line: ownFunnel}).Message
	holds(t, "first", text(t, msg), "2 deals are or were at presentation, which goes away. Which step stands for it now?",
		"[demo]", "before the first step: presentation=demo")
	if got := f.funnelOf(); got != "" {
		t.Errorf("after the question: got the funnel %s, want the method's", got)
	}
	first := button(t, msg, "draft 2 was presentation=demo")
	if lines(msg)[0] != first {
		t.Errorf("got the buttons %q, want the likely one first", lines(msg))
	}
	msg = f.hear(bot.Request{Account: f.novak, Line: first, Way: bot.Pressed}).Message
	holds(t, "second", text(t, msg), "1 deal is or was at contract, which goes away.", "[signed]")
	second := lines(msg)[0]
	holds(t, "done", f.presses(f.novak, second), "What was presentation is demo now. What was contract is signed now.")
	holds(t, "a second click", f.presses(f.novak, second), "That question is no longer open")
	holds(t, "acme", f.types(f.ivanov, "deal acme"), "Step       demo")
	holds(t, "borealis", f.types(f.ivanov, "deal borealis"), "won on", "Step  signed")
	holds(t, "the same step", f.types(f.ivanov, "step acme demo"), "is at the step demo already")
	holds(t, "won at the step with the star", f.types(f.ivanov, "won acme"), "say: step #1 paid")
	holds(t, "acme", f.types(f.ivanov, "deal acme"), "Step  signed")
	if got := f.column("SELECT step FROM deals ORDER BY number"); fmt.Sprint(got) != "[signed contract contact]" {
		t.Errorf("got the steps %v, want histories as they were written", got)
	}
	holds(t, "again, demo was presentation", f.types(f.novak, "settings steps contact 100%, signed* 80%"), "2 deals are or were at demo")
	holds(t, "typed", f.types(f.novak, "settings steps demo=contact, contact 100%, signed* 80%"), "What was demo is contact now.")
	holds(t, "presentation is there again", f.types(f.novak, "settings steps contact 100%, presentation 50%, signed* 80%"), "The funnel is now")
	if got := f.funnelOf(); !strings.Contains(got, `"was":{"contract":"signed","demo":"contact"}`) {
		t.Errorf("got the funnel %s, want contract and demo replaced only", got)
	}
	holds(t, "undo", f.types(f.novak, "undo"), "Taken back: the steps.")
	holds(t, "redo", f.types(f.novak, "undo"), "Done again: the steps.")
}

// TestStepsUndoKeepsDeals checks that undo takes no step away that a deal has
// come to since, and that a question drawn from other steps is asked anew.
func TestStepsUndoKeepsDeals(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR", "step acme presentation")
	msg := f.hear(bot.Request{Account: f.novak, Line: ownFunnel}).Message
	stale := lines(msg)[0]
	f.does(f.boss, "settings step contact 90%")
	holds(t, "other steps meanwhile", f.presses(f.novak, stale), "The steps have changed since that message was drawn")
	f.does(f.novak, strings.Replace(ownFunnel, "steps ", "steps presentation=demo ", 1))
	f.does(f.ivanov, "deal add Borealis", "step borealis demo")
	start := f.dump(bookkeeping...)
	holds(t, "undo", f.types(f.novak, "undo"), "1 deal has come to demo since, which would go away, so nothing was undone.")
	if f.dump(bookkeeping...) != start {
		t.Error("undo: got a change, want none")
	}
}

// TestOwnStepsBeforeOtherWords checks that a step is found by its name although
// another is also called so.
func TestOwnStepsBeforeOtherWords(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	name := "they saw our demo and said very well" // more words than a choice usually has
	f.does(f.novak, "settings steps presentation 90%, demo 80%, "+name+" 70%, contract* 60%", "deal add Acme")
	for _, step := range []string{"demo", name, "presentation"} {
		got := f.types(f.novak, "step acme "+step)
		if !strings.Contains(got, "the step "+step+" now") && !strings.Contains(got, "back at the step "+step) {
			t.Errorf("step acme %s: got\n%s", step, got)
		}
	}
}

// TestPairsTypedTwice types the same pair so often that the answer would have no
// room for it, and two pairs for one step, of which the last one counts.
func TestPairsTypedTwice(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.novak, "deal add Acme", "step acme presentation")
	line := "settings steps " + strings.Repeat("presentation=contact ", 90) + strings.Repeat("presentation=demo ", 90) + "contact 100%, demo 80%, contract* 80%"
	got := f.types(f.novak, line)
	if n := strings.Count(got, "Presentation"); n > 1 {
		t.Errorf("got it said %d times, want once:\n%s", n, got)
	}
	holds(t, "step", f.types(f.novak, "deal acme"), "demo")
}

// TestStepWhileStepsChange takes a deal to a step while the step goes away: either
// the step stays until somebody has said what stands for it, or the deal does not
// come to it.
func TestStepWhileStepsChange(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, dsn string) {
		t.Helper()
		f := &firm{office: openAt(t, dsn)}
		f.ivanov, f.novak, f.boss = f.member("ivanov", bot.Rep), f.member("novak", bot.Manager), f.member("boss", bot.Admin)
		for i := 1; i <= 40; i++ {
			own := fmt.Sprintf("stage%d", i)
			f.does(f.novak, "settings steps contact 100%, "+own+" 80%, contract* 80%, payment 95%")
			f.does(f.ivanov, fmt.Sprint("deal add Acme", i))
			replies := f.atOnce(
				bot.Request{Account: f.novak, Line: "settings steps contact 100%, presentation 80%, contract* 80%, payment 95%", EventID: "steps " + own},
				bot.Request{Account: f.ivanov, Line: fmt.Sprintf("step #%d %s", i, own), EventID: "step " + own},
				bot.Request{Account: f.boss, Line: "settings step contact 90%", EventID: "aim " + own},
			)
			if strings.Contains(strings.Join(replies[1].Message.Text, " "), "is at the step "+own) {
				holds(t, "the deal", f.types(f.ivanov, fmt.Sprintf("deal #%d", i)), own)
				f.does(f.novak, "settings steps "+own+"=presentation contact 100%, presentation 80%, contract* 80%, payment 95%")
			}
		}
	})
}
