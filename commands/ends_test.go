package commands_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/scoring"
)

// unreasoned returns the deals, and the entries of the history, that say no
// without one of the seven reasons.
func (f *firm) unreasoned() []string {
	f.t.Helper()
	list := "'no_budget', 'has_supplier', 'price', 'not_planned', 'unsuitable', 'not_interested', 'supply_terms'"
	return slices.Concat(
		f.rows("SELECT name, reason FROM deals WHERE outcome = 'lost' AND reason NOT IN ("+list+")"),
		f.rows("SELECT deal, reason FROM refusals WHERE reason NOT IN ("+list+")"),
	)
}

// TestNoLossWithoutReason types whatever might end a deal as lost.
func TestNoLossWithoutReason(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.novak, "deal add Acme 12000 EUR", "deal add Borealis")
	for _, line := range []string{
		"lost #1", "lost acme", `lost #1 ""`, `lost #1 " "`, "lost #1 none", "lost #1 skip", "lost #1 lost", "lost #1 ?", "lost #1 -", "lost #1 0",
		"lost #1 reason", "lost #1 tooexpensive", "lost #1 they said no", "lost #1 no idea why", "lost #1 unknown", "lost #1 ~1",
		"step #1 lost", "step #1 closed", "deal #1 outcome lost", "deal #1 state lost", "deal #1 reason", "deal #1 close lost", "acme said no",
		"acme is lost", "we lost acme", "acme said no, because of reasons", "lost", "loose acme", "lots acme",
	} {
		f.hear(bot.Request{Account: f.novak, Line: line, Chat: f.room()})
		if got := f.column("SELECT outcome FROM deals WHERE outcome <> 'open'"); len(got) > 0 {
			t.Errorf("%s: got a deal %s, want both open", line, got)
		}
	}
	for _, values := range []map[string]string{
		{"deal": "#1"},
		{"deal": "#1", "reason": ""},
		{"deal": "#1", "reason": " "},
		{"deal": "#1", "reason": "none"},
		{"deal": "#1", "words": "they said no"},
		{"deal": "#1", "outcome": "lost"},
	} {
		for _, line := range []string{"lost", "deal", "disqualify"} {
			f.hear(bot.Request{Account: f.novak, Line: line, Values: values, Way: bot.Submitted, Chat: f.room()})
			if line != "disqualify" && len(f.column("SELECT name FROM deals WHERE outcome <> 'open'")) > 0 {
				t.Errorf("%s with %q: got a deal ended, want both open", line, values)
			}
			f.hear(bot.Request{Account: f.novak, Line: "reopen #1", Chat: f.room()})
		}
	}
	if got := f.unreasoned(); len(got) > 0 {
		t.Errorf("got %q, want a reason for each no", got)
	}
}

// TestLossKeepsItsReason follows a loss through undo, redo, reopening and
// corrections.
func TestLossKeepsItsReason(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.novak, "deal add Acme 12000 EUR")
	for i, step := range []struct{ line, outcome, reason, words string }{
		{"lost acme price they pay less", "lost", "price", "they pay less"},
		{"undo", "open", "", ""},
		{"undo", "lost", "price", "they pay less"},
		{"reopen acme", "open", "", ""},
		{"undo", "lost", "price", "they pay less"},
		{"undo", "open", "", ""},
		{"lost acme not_planned", "lost", "not_planned", ""},
		{"lost acme not_planned next year at the earliest", "lost", "not_planned", "next year at the earliest"},
		{"lost acme has a supplier", "lost", "has_supplier", "next year at the earliest"},
		{"undo", "lost", "not_planned", "next year at the earliest"},
		{"won acme", "lost", "not_planned", "next year at the earliest"},
		{"disqualify acme no", "lost", "not_planned", "next year at the earliest"},
		{"step acme contact", "lost", "not_planned", "next year at the earliest"},
		{"score acme 5 5 5", "lost", "not_planned", "next year at the earliest"},
		{"answer acme urgent yes", "lost", "not_planned", "next year at the earliest"},
		{"deal acme amount 5 EUR", "lost", "not_planned", "next year at the earliest"},
		{"reopen acme", "open", "", ""},
		{"disqualify acme two people", "disqualified", "", "two people"},
		{"lost acme price", "disqualified", "", "two people"},
		{"undo", "open", "", ""},
		{"undo", "disqualified", "", "two people"},
		{"reopen acme", "open", "", ""},
	} {
		f.hear(bot.Request{Account: f.novak, Line: step.line})
		got := f.rows("SELECT outcome, reason, words FROM deals")
		if want := fmt.Sprintf("%s | %s | %s", step.outcome, step.reason, step.words); got[0] != want {
			t.Fatalf("step %d, %s: got %q, want %q", i, step.line, got[0], want)
		}
	}
	if got := f.unreasoned(); len(got) > 0 {
		t.Errorf("got %q, want a reason for each no", got)
	}
}

// TestEveryReasonButton presses each of the seven reasons, and adds the words.
func TestEveryReasonButton(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR")
	for _, reason := range scoring.Reasons {
		msg := f.hear(bot.Request{Account: f.ivanov, Line: "lost acme"}).Message
		if got := len(msg.Buttons); got != len(scoring.Reasons) {
			t.Fatalf("lost acme: got %d buttons, want the seven reasons", got)
		}
		msg = f.hear(bot.Request{Account: f.ivanov, Line: button(t, msg, "lost #1 "+string(reason)), Way: bot.Pressed}).Message
		f.presses(f.ivanov, button(t, msg, "lost #1 "+string(reason)))
		holds(t, "words", f.types(f.ivanov, "no budget, they say: not before May"), "Acme is lost")
		got := f.rows("SELECT outcome, reason, words FROM deals")
		if want := "lost | " + string(reason) + " | no budget, they say: not before May"; got[0] != want {
			t.Errorf("%s: got %q, want %q", reason, got[0], want)
		}
		f.does(f.ivanov, "reopen acme")
	}
}

// TestCrawl presses every button that every message has, and every button of
// the answers, and checks that no deal is lost without a reason, or won
// without a contract and an amount.
func TestCrawl(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.novak, "deal add Acme 12000 EUR", "deal add Borealis", "answer acme urgent yes", "deal add Kestrel 5 EUR", "won kestrel")
	seen, pressed := map[string]bool{}, 0
	start := []string{
		"deals", "who", "forecast", "next", "deal acme", "deal borealis", "lost acme", "won borealis", "step acme contract", "score acme",
		"score borealis 5 5 5", "won acmee", "lost acmee price", "lost acme dear", "deal kestrel", "step kestrel contact", "undo",
		"acme said no, too expensive", "acme is not interested", "disqualify borealis", "nextstep acme", "settings", "target 2026-12 5 EUR",
	}
	var visit func(msg bot.Message, depth int)
	visit = func(msg bot.Message, depth int) {
		for _, line := range lines(msg) {
			key := unmarked(draftNumber.ReplaceAllString(line, "draft"))
			if depth == 0 || seen[key] && depth < 3 {
				continue
			}
			seen[key] = true
			pressed++
			next := f.hear(bot.Request{Account: f.novak, Line: line, Way: bot.Pressed, Chat: f.room()}).Message
			if got := f.unreasoned(); len(got) > 0 {
				t.Fatalf("%s: got %q, want a reason for each no", line, got)
			}
			if got := f.rows(`SELECT name, step, currency FROM deals
				WHERE outcome = 'won' AND (step NOT IN ('contract', 'payment') OR currency = '')`); len(got) > 0 {
				t.Fatalf("%s: got %q won, want a contract and an amount", line, got)
			}
			visit(next, depth-1)
		}
	}
	for _, line := range start {
		visit(f.hear(bot.Request{Account: f.novak, Line: line, Chat: f.room()}).Message, 3)
	}
	if pressed < 60 {
		t.Errorf("got %d buttons pressed, want more", pressed)
	}
}

// TestWinning has the ways to a signed contract.
func TestWinning(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme", "deal add Borealis 9000 EUR")
	holds(t, "none", f.types(f.ivanov, "won acme none"), "A signed contract has an amount, even if it is 0. Try: won #1 12000 EUR")
	for _, line := range []string{"won acme", "won #1 ~1"} {
		holds(t, line, f.types(f.ivanov, line), "Won, for how much?")
		f.presses(f.ivanov, lines(f.hear(bot.Request{Account: f.ivanov, Line: line}).Message)[0]) // leave it out
	}
	holds(t, "still open", f.types(f.ivanov, "deal acme"), "no amount", "on the list")
	msg := f.hear(bot.Request{Account: f.ivanov, Line: "step acme contract"}).Message
	holds(t, "contract", text(t, msg), "Contract means that Acme is won.")
	holds(t, "press", f.presses(f.ivanov, button(t, msg, "won #1")), "Won, for how much?")
	holds(t, "not an amount", f.types(f.ivanov, "quite a lot"), "is not an amount")
	holds(t, "amount", f.types(f.ivanov, "16,5k"), "Acme is won: 16,500 EUR.", "November: 16,500 EUR")
	holds(t, "card", f.types(f.ivanov, "deal acme"), "won on Mon 23 Nov", "Step  contract")
	holds(t, "again", f.types(f.ivanov, "won acme"), "Acme is won, so I changed nothing.")
	holds(t, "back", f.types(f.ivanov, "step acme presentation"), "so it cannot go back before the step contract")
	holds(t, "same", f.types(f.ivanov, "step acme contract"), "is at the step contract already")
	holds(t, "payment", f.types(f.ivanov, "step acme payment"), "Acme is at the step payment now.")
	holds(t, "back to the contract", f.types(f.ivanov, "step acme contract"), "Acme is back at the step contract.")
	holds(t, "another amount", f.types(f.ivanov, "deal acme amount 15000"), "16,500 EUR → 15,000 EUR")
	holds(t, "month", f.types(f.ivanov, "forecast"), "November: 15,000 EUR (won 15,000 + closing 0)")
	holds(t, "reopen", f.types(f.ivanov, "reopen acme"), "Acme is open again")
	holds(t, "card", f.types(f.ivanov, "deal acme"), "Step       presentation")
	lacks(t, "month", f.types(f.ivanov, "forecast"), "15,000")
	holds(t, "known amount", f.types(f.ivanov, "won borealis"), "Borealis is won: 9,000 EUR.")
	holds(t, "unpaid", f.types(f.ivanov, "step acme payment"), "Payment comes after contract")
}

// TestDeleting has who may take a deal away, and when.
func TestDeleting(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		before []string
		later  time.Duration
		rep    bool
	}{
		{name: "just added", rep: true},
		{name: "with notes and corrections", before: []string{"note #1 a word", "deal #1 amount 5 EUR"}, rep: true},
		{name: "almost a day old", later: 24*time.Hour - time.Second, rep: true},
		{name: "a day old", later: 24 * time.Hour},
		{name: "with an answer", before: []string{"answer #1 urgent no"}},
		{name: "with a score", before: []string{"score #1 0 0 0"}},
		{name: "with a step", before: []string{"step #1 contact"}},
		{name: "lost", before: []string{"lost #1 price"}},
		{name: "won", before: []string{"won #1"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := openFirm(t)
			f.does(f.ivanov, "deal add Acme 12000 EUR")
			f.does(f.ivanov, test.before...)
			f.after(test.later)
			card := f.types(f.ivanov, "deal #1")
			got := f.types(f.ivanov, "deal delete #1")
			if test.rep {
				holds(t, "by its rep", got, "Acme (#1) is deleted. undo brings it back for a day.")
				holds(t, "undo", f.types(f.ivanov, "undo"), "Taken back: the deletion, Acme (#1).")
			} else {
				holds(t, "by its rep", got, "Acme has a history by now, so only a manager deletes it.")
			}
			holds(t, "by a manager", f.types(f.novak, "deal delete #1"), "Acme (#1) is deleted.")
			for _, line := range []string{"deal #1", "deal acme", "deals", "forecast", "who", "next"} {
				lacks(t, line, f.types(f.ivanov, line), "Acme (#1)", "12,000")
			}
			holds(t, "undo", f.types(f.novak, "undo"), "Taken back: the deletion, Acme (#1).")
			if got := unmarked(f.types(f.ivanov, "deal #1")); got != unmarked(card) {
				t.Errorf("brought back: got\n%swant\n%s", got, card)
			}
			if got := f.rows("SELECT command FROM changes WHERE command = 'deal delete'"); len(got) == 0 {
				t.Error("got nothing in the audit trail, want the deletion")
			}
		})
	}
}
