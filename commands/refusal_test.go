package commands_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fifteen/bot"
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
	holds(t, "deal", f.types(f.ivanov, "deal acme"), "Other supplier, better quality", "Who won  ", "nobody, they made no decision")
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

// TestRefusalListens takes words for the answer where a no is asked about in words
// or days, and a line for a line.
func TestRefusalListens(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR", "deal add Bolt", "deal add Cork")
	holds(t, "asked", f.types(f.ivanov, "lost acme price"), "Too high against what", "Your next message here is the answer.")
	holds(t, "a line", f.types(f.ivanov, "deals"), "Bolt")
	holds(t, "a line with a mistake", f.types(f.ivanov, "won bolt 5 cows"), "is not a")
	holds(t, "a sentence", f.types(f.ivanov, "who is 14 and 15?"), "Nobody is 14 or 15")
	holds(t, "perhaps a line", f.types(f.ivanov, "log dance"), "Save as the answer", "> log dance")
	lacks(t, "nothing is kept", f.column("SELECT words FROM deals WHERE number = 1")[0], "dance")
	holds(t, "the line after all", f.types(f.ivanov, "log dance"), "is not something I log")
	f.does(f.ivanov, "lost acme price")
	holds(t, "words", f.types(f.ivanov, "A tenth above Nordwind, they say"), "Did someone else win it?")
	if got := f.column("SELECT words FROM deals WHERE number = 1")[0]; got != "A tenth above Nordwind, they say" {
		t.Errorf("words: got %q", got)
	}
	holds(t, "asked no more", f.types(f.ivanov, "overview of the market"), "I do not")
	holds(t, "a day", f.types(f.ivanov, "lost bolt no_budget"), "When do you come back?", "Your next message here is the answer.")
	holds(t, "no day", f.types(f.ivanov, "after the summer"), "is not a day that I read")
	holds(t, "a day after all", f.types(f.ivanov, "in 2 weeks"), "you come back on Mon 7 Dec")
	f.does(f.ivanov, "lost cork price")
	f.presses(f.ivanov, "refusal #3 words skip ~"+f.revision(3))
	holds(t, "skipped", f.types(f.ivanov, "too late for that"), "I do not")
	public := f.hear(bot.Request{Account: f.ivanov, Line: "lost cork supply_terms", Chat: channel}).Message
	lacks(t, "in a channel", text(t, public), "Your next message")
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
	// Where a manager finds out, the rep is told too.
	f.does(f.ivanov, "deal add Cork")
	reply = f.hear(bot.Request{Account: f.novak, Line: "lost cork unsuitable they need black stretch film"})
	told = map[string]bool{}
	for _, post := range reply.Posts {
		told[post.Name] = true
		if body := text(t, post.Message); post.Name == "ivanov" && !strings.Contains(body, "recorded your deal") {
			holds(t, "the rep", body, "To talk over: Cork said no for want of something that we have.")
		}
	}
	if !told["ivanov"] || !told["boss"] || told["novak"] || told["petra"] {
		t.Errorf("told of a manager's answer: got %v, want the rep and the other manager", told)
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
