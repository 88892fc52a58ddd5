package commands_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// walks answers the questions about a no by pressing the buttons that begin so,
// one after the other, and returns the last answer.
func (f *firm) walks(who bot.Account, line string, presses ...string) bot.Message {
	f.t.Helper()
	msg := f.hear(bot.Request{Account: who, Line: line}).Message
	for _, begins := range presses {
		msg = f.hear(bot.Request{Account: who, Line: button(f.t, msg, begins), Way: bot.Pressed}).Message
	}
	return msg
}

// aftermath is what is stored of the only deal's no.
func (f *firm) aftermath() string {
	f.t.Helper()
	return f.rows("SELECT outcome, reason, words, aftermath, follow_on FROM deals")[0]
}

// TestRefusalFlows answers all questions of each reason.
func TestRefusalFlows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, line string
		presses    []string
		want       string // reason, words, aftermath, first promise
	}{
		// 23 November + 75 days is 6 February 2027, a Saturday
		{
			"no budget", "lost acme no_budget",
			[]string{"refusal #1 return 2027-02-08", "refusal #1 winner nobody", "refusal #1 door 2027-01-25"},
			`lost | no_budget |  | {"winner":{"kind":"nobody"},"return":{"on":"2027-02-08"},"door":{"state":"accepted","on":"2027-01-25"}} | 2027-01-25`,
		},
		{
			"a supplier", "lost acme has_supplier",
			[]string{"refusal #1 probe delivery", "refusal #1 winner unknown", "refusal #1 door declined"},
			`lost | has_supplier |  | {"probe":"delivery","winner":{"kind":"unknown"},"door":{"state":"declined"}} | `,
		},
		{
			"a supplier and no time", "lost acme has_supplier",
			[]string{"refusal #1 probe no_time", "refusal #1 return 2026-11-30", "refusal #1 winner nobody", "refusal #1 door unoffered"},
			`lost | has_supplier |  | {"probe":"no_time","winner":{"kind":"nobody"},"return":{"on":"2026-11-30"},"door":{"state":"unoffered"}} | 2026-11-30`,
		},
		{
			"skipped", "lost acme has_supplier",
			[]string{"refusal #1 probe skip", "refusal #1 winner unknown", "refusal #1 door unoffered"},
			`lost | has_supplier |  | {"winner":{"kind":"unknown"},"door":{"state":"unoffered"},"skipped":["probe"]} | `,
		},
		// 23 November + 3 months is 23 February 2027, a Tuesday
		{
			"not planned", "lost acme not_planned",
			[]string{"refusal #1 return 2027-02-23", "refusal #1 winner nobody", "refusal #1 door declined"},
			`lost | not_planned |  | {"winner":{"kind":"nobody"},"return":{"on":"2027-02-23"},"door":{"state":"declined"}} | 2027-02-23`,
		},
		{
			"price, in words at once", "lost acme price a tenth less",
			[]string{"refusal #1 winner unknown", "refusal #1 door unoffered"},
			`lost | price | a tenth less | {"winner":{"kind":"unknown"},"door":{"state":"unoffered"}} | `,
		},
		{
			"stopped half-way", "lost acme has_supplier",
			[]string{"refusal #1 probe cheaper"},
			`lost | has_supplier |  | {"probe":"cheaper"} | `,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := openFirm(t)
			f.does(f.ivanov, "deal add Acme 12000 EUR")
			f.walks(f.ivanov, c.line, c.presses...)
			if got := f.aftermath(); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// TestRefusalGoesOn stops after the first question, and goes on a day later by
// name.
func TestRefusalGoesOn(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR")
	f.walks(f.ivanov, "lost acme has_supplier", "refusal #1 probe skip")
	f.after(24 * time.Hour)
	holds(t, "refusal", f.types(f.ivanov, "refusal acme"), "Acme is lost: Other supplier.", "Did someone else win it?")
	msg := f.walks(f.ivanov, "refusal acme", "refusal #1 winner nobody", "refusal #1 door unoffered")
	holds(t, "all but one", text(t, msg), "Nothing is left to ask")
	msg = f.hear(bot.Request{Account: f.ivanov, Line: "refusal acme"}).Message
	holds(t, "the one that was skipped", text(t, msg), "Would they switch for the same thing", "refusal #1 probe quality")
	f.presses(f.ivanov, button(t, msg, "refusal #1 probe quality"))
	holds(t, "deal", f.types(f.ivanov, "deal acme"), "Other supplier: better quality", "Who won  ", "nobody, they made no decision")
}

// TestAnotherReason keeps of a no only what does not belong to the reason that it
// had.
func TestAnotherReason(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR")
	f.walks(f.ivanov, "lost acme no_budget", "refusal #1 return 2027-02-08", "refusal #1 winner nobody", "refusal #1 door 2027-01-25")
	f.does(f.ivanov, "lost acme has_supplier")
	const rest = `"winner":{"kind":"nobody"},"door":{"state":"accepted","on":"2027-01-25"}`
	if got, want := f.aftermath(), `lost | has_supplier |  | {`+rest+`} | 2027-01-25`; got != want {
		t.Errorf("no budget, then a supplier:\ngot  %s\nwant %s", got, want)
	}
	f.does(f.ivanov, "refusal acme probe skip")
	f.does(f.ivanov, "lost acme price a tenth less")
	if got, want := f.aftermath(), `lost | price | a tenth less | {`+rest+`} | 2027-01-25`; got != want {
		t.Errorf("then the price:\ngot  %s\nwant %s", got, want)
	}
}

// TestPromisedDays reads when something is promised on 27 November 2026.
func TestPromisedDays(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.now = time.Date(2026, 11, 27, 9, 0, 0, 0, time.UTC)
	f.does(f.ivanov, "deal add Acme", "lost acme not_planned")
	for _, c := range []struct{ answer, day, said string }{
		{"in 3 months", "2027-03-01", "Mon 1 Mar 2027"}, // 27 February 2027 is a Saturday
		{"in 75 days", "2027-02-10", "Wed 10 Feb 2027"},
		{"27 Feb 2027", "2027-03-01", "Mon 1 Mar 2027"},
		{"26 Feb 2027", "2027-02-26", "Fri 26 Feb 2027"},
		{"today", "2026-11-27", "Fri 27 Nov"},
	} {
		holds(t, c.answer, f.types(f.ivanov, "refusal acme return "+c.answer), "you come back on "+c.said)
		if got := f.column("SELECT follow_on FROM deals")[0]; got != c.day {
			t.Errorf("%s: got %s, want %s", c.answer, got, c.day)
		}
	}
	f.now = time.Date(2027, 1, 31, 9, 0, 0, 0, time.UTC)
	// 28 February 2027 is a Sunday
	holds(t, "in a month", f.types(f.ivanov, "refusal acme door in a month"), "Mon 1 Mar")
}

// TestRefusalAsksAgain keeps a question open for the next words when the first
// were no answer to it.
func TestRefusalAsksAgain(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR", "lost acme no_budget")
	holds(t, "the question", f.types(f.ivanov, "refusal acme return"), "When do you come back?")
	holds(t, "no day", f.types(f.ivanov, "in march"), `"in march" is not a day that I read.`)
	holds(t, "a day", f.types(f.ivanov, "in 3 weeks"), "Noted: you come back on Mon 14 Dec.")
	holds(t, "the question is closed", f.types(f.ivanov, "in 4 weeks"), "I do not understand")
}

// TestRefusalBadInput types what cannot be meant, and checks that nothing is
// lost by it.
func TestRefusalBadInput(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme", "deal add Bolt", "lost acme price", "deal add Cork 5 EUR", "won cork")
	for line, want := range map[string]string{
		"refusal acme return 1 Nov 2026":                              "Sun 1 Nov has passed. Name a day from today on.",
		"refusal acme return 25 Jan 2036":                             "Fri 25 Jan 2036 is more than 2 years away. Name an earlier day.",
		"refusal acme return in 10 years":                             "Sun 23 Nov 2036 is more than 2 years away.",
		"refusal acme return someday":                                 `"someday" is not a day that I read.`,
		"refusal acme door a price list":                              `I find no day at the end of "a price list".`,
		"refusal acme door done":                                      "No day was promised to Acme",
		"refusal acme return done":                                    "No day was promised to Acme",
		"refusal acme probe cheaper":                                  "Acme was lost for another reason (Price too high)",
		"refusal acme weather fine":                                   `"weather" is not a question about a no.`,
		"refusal acme product yes":                                    "Only none can be said of the product",
		"refusal bolt":                                                "Bolt is open, so there is no refusal to ask about.",
		"refusal bolt winner nobody":                                  "Bolt is open, so there is no refusal to ask about.",
		"refusal cork":                                                "Cork is won, so there is no refusal to ask about.",
		"overcame acme price so":                                      "Acme is not won",
		"overcame cork colour so":                                     `"colour" is not one of the reasons.`,
		"lost bolt dear":                                              `"dear" is not one of the reasons.`,
		"refusal acme winner " + strings.Repeat("w", 121):             "That has at most 120 characters.",
		"refusal acme door " + strings.Repeat("w", 121) + " tomorrow": "That has at most 120 characters.",
		"refusals 0 weeks":                                            "A window is 1 day to 2 years. Try: 13 weeks",
		"refusals 10000 days":                                         "A window is 1 day to 2 years. Try: 13 weeks",
		"objections colour":                                           `"colour" is not one of the reasons.`,
	} {
		start := f.dump(bookkeeping...)
		msg := f.hear(bot.Request{Account: f.ivanov, Line: line, Chat: f.room()}).Message
		if len(msg.Text) != 1 || !strings.HasPrefix(msg.Text[0], want) {
			t.Errorf("%s: got %q, want one sentence that begins %q", line, msg.Text, want)
		}
		if f.dump(bookkeeping...) != start {
			t.Errorf("%s: got a change, want none", line)
		}
	}
}

// TestUnsuitableIsLookedUp finds what a customer missed in the product list.
func TestUnsuitableIsLookedUp(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	err := f.app.Store.Write(t.Context(), f.home.ID, func(tx *storage.Tx) error {
		by := storage.Author{Member: 5, At: f.now, Command: "product add"}
		if _, err := tx.AddProduct(t.Context(), storage.Product{Name: "Stretch film, black", Key: "stretch film, black"}, by); err != nil {
			return err
		}
		home, err := tx.Workspace(t.Context())
		home.Pitch = "Boxes and film from one hand"
		if err != nil {
			return err
		}
		return tx.SaveWorkspace(t.Context(), home, by)
	})
	if err != nil {
		t.Fatal(err)
	}
	f.does(f.ivanov, "deal add Acme", "deal add Bolt")
	reply := f.hear(bot.Request{Account: f.ivanov, Line: "lost acme unsuitable they need black stretch film for pallets"})
	got := text(t, reply.Message)
	holds(t, "we have it", got, "We have that: Stretch film, black.", "Boxes and film from one hand", "Did someone else win it?")
	told := map[string]bool{}
	for _, post := range reply.Posts {
		told[post.Name] = true
		holds(t, "told "+post.Name, text(t, post.Message), "To talk over with @ivanov: Acme said no for want of something that we have.")
		if !post.Chat.Private {
			t.Errorf("told %s: got it in %q, want in private", post.Name, post.Chat.ID)
		}
	}
	if !told["novak"] || !told["boss"] || len(told) != 2 {
		t.Errorf("told: got %v, want both managers and nobody else", told)
	}
	// The same no again is no news to them.
	if reply = f.hear(bot.Request{Account: f.ivanov, Line: "refusal acme winner nobody"}); len(reply.Posts) != 0 {
		t.Errorf("the next answer: got %d people told, want none", len(reply.Posts))
	}
	f.presses(f.ivanov, "refusal #1 product none ~"+f.revision(1))
	if got := f.column("SELECT product FROM refusals"); got[0] != "0" {
		t.Errorf("after 'that is something else': got product %s, want none", got[0])
	}
	reply = f.hear(bot.Request{Account: f.ivanov, Line: "lost bolt unsuitable a forklift"})
	lacks(t, "not ours", text(t, reply.Message), "We have that")
	if len(reply.Posts) != 0 {
		t.Errorf("not ours: got %d people told, want none", len(reply.Posts))
	}
}

// TestPromisesFollowTheOwner hands a deal over between the promise and its day.
func TestPromisesFollowTheOwner(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR", "lost acme price a tenth less", "refusal acme door price list in 2 months")
	f.does(f.novak, "deal acme owner @petra")
	lacks(t, "before", f.types(f.petra, "due"), "Acme")
	f.after(60 * 24 * time.Hour)
	lacks(t, "the one before", f.types(f.ivanov, "due"), "Acme")
	holds(t, "the owner that day", f.types(f.petra, "due"), "Mon 25 Jan", "send price list. They said no: Price too high: a tenth less")
	f.after(4 * 24 * time.Hour)
	holds(t, "late", f.types(f.petra, "due"), "1 late", "Mon 25 Jan, late")
	holds(t, "a manager sees all", f.types(f.novak, "due"), "@petra")
	f.presses(f.petra, "refusal #1 door done ~"+f.revision(1))
	holds(t, "sent", f.types(f.petra, "due"), "Nothing is due")
}

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
		"Price too high           6 · 50 %  10 · 100 %", "Other supplier: cheaper  4 · 33 %", "another supplier, and no reason behind it was found")
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
	holds(t, "the rows behind it", rows, "8 noes in 4 weeks, the newest first", "Firm no26", "Supply terms", "six weeks", "Other supplier: none of these")
	lacks(t, "the rows behind it", rows, "@ivanov")
	own := f.types(f.ivanov, "why refusals 4 weeks")
	holds(t, "a rep's rows", own, "16 noes in 4 weeks", "@ivanov", "dear", "the team's report counts more")
	lacks(t, "a rep's rows", own, "@sidorov")
	holds(t, "nothing said", f.types(f.petra, "why refusals"), "Nobody whose deals you see said no in the last 2 weeks.")
	holds(t, "somebody else's", f.types(f.ivanov, "refusals @sidorov"), "Only a manager looks at other people's deals.")
}

// TestObjectionBook keeps what overcame an objection and shows it to whoever
// meets it next.
func TestObjectionBook(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR", "deal add Bolt 5 EUR")
	f.does(f.sidorov, "deal add Cork", "deal add Dune")
	msg := f.hear(bot.Request{Account: f.ivanov, Line: "won acme"}).Message
	if msg.Menu == nil || len(msg.Menu.Options) != len(scoring.Reasons)+1 {
		t.Fatalf("won: got the menu %v, want the seven reasons and none", msg.Menu)
	}
	f.does(f.ivanov, "overcame acme price they saw what waiting costs")
	if msg = f.hear(bot.Request{Account: f.ivanov, Line: "deal acme amount 13000 EUR"}).Message; msg.Menu != nil {
		t.Error("after it was answered: got the question again, want it once")
	}
	f.does(f.ivanov, "won bolt", "overcame bolt none")
	holds(t, "lost for the price", f.types(f.sidorov, "lost cork price"), "What worked before: they saw what waiting costs (@ivanov)")
	lacks(t, "lost for another reason", f.types(f.sidorov, "lost dune no_budget"), "What worked before")
	got := f.types(f.sidorov, "objections")
	holds(t, "objections", got, "they saw what waiting costs", "@ivanov, Mon 23 Nov")
	lacks(t, "objections", got, "Acme", "Bolt")
	holds(t, "of another reason", f.types(f.sidorov, "objections supply_terms"), "Nobody has written down yet")
	f.does(f.ivanov, "reopen acme")
	holds(t, "no longer won", f.types(f.sidorov, "objections"), "Nobody has written down yet")
}

// TestRefusalUndo takes back one answer at a time.
func TestRefusalUndo(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR")
	said := []string{
		"lost acme has_supplier", "refusal acme probe no_time", "refusal acme return in 2 weeks", "refusal acme winner Nordwind",
		"refusal acme door in 2 months",
	}
	states := make([]string, 0, len(said)+1)
	states = append(states, f.aftermath())
	for _, line := range said {
		f.does(f.ivanov, line)
		states = append(states, f.aftermath())
	}
	for i, state := range slices.Backward(states[:len(states)-1]) {
		f.undoOnce()
		if got := f.aftermath(); got != state {
			t.Errorf("undo to %d: got\n%s\nwant\n%s", i, got, state)
		}
	}
	if got := f.rows("SELECT * FROM refusals"); len(got) != 0 {
		t.Errorf("all taken back: got %q, want no refusal", got)
	}
}

// undoOnce takes back the last change that was not taken back yet.
func (f *firm) undoOnce() {
	f.t.Helper()
	err := f.app.Store.Write(f.t.Context(), f.home.ID, func(tx *storage.Tx) error {
		changes, err := tx.DealChanges(f.t.Context(), 1, 100)
		if err != nil {
			return err
		}
		undone := map[int64]bool{}
		for _, c := range changes {
			undone[c.Undoes] = true
		}
		for _, c := range changes {
			if c.Undoes == 0 && !undone[c.ID] {
				return tx.Undo(f.t.Context(), c, storage.Author{Member: c.Author.Member, At: f.now, Command: "undo"})
			}
		}
		return context.Canceled
	})
	if err != nil {
		f.t.Fatal(err)
	}
}
