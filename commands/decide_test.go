package commands_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fifteen/bot"
)

// decided are the decisions as they are stored.
func (f *firm) decided() []string {
	f.t.Helper()
	return f.rows("SELECT number, step, why, what, moved, decided, reviews FROM decisions WHERE NOT deleted ORDER BY number")
}

func TestDecide(t *testing.T) {
	t.Parallel()
	f := openArticle(t)
	for i, test := range []struct{ line, why, what string }{
		{`decide @ivanov presentation "he talks price too early" "joins two of Sidorov's presentations"`, "he talks price too early", "joins two of Sidorov's presentations"},
		{"decide @ivanov presentation talks price too early; joins two presentations", "talks price too early", "joins two presentations"},
		{`decide ivanov demo "talks too much, too early"; listens; then talks`, "talks too much, too early", "listens; then talks"},
	} {
		reply := f.hear(bot.Request{Account: f.novak, Line: test.line, Chat: f.room()})
		want := "@ivanov at presentation, so far 70 % of 160.\nWhy: " + test.why + "\nWhat will be done: " + test.what +
			"\nLook at it again on Mon 7 Dec and on Mon 14 Dec; due will say so."
		if got := reply.Message.Text[0]; got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.line, got, want)
		}
		if got, want := f.decided()[i], fmt.Sprintf("%d | presentation | %s | %s | 112 | 160 | 0", i+1, test.why, test.what); got != want {
			t.Errorf("%s: got %s, want %s", test.line, got, want)
		}
		if len(reply.Posts) != 1 || reply.Posts[0].Name != "ivanov" || !reply.Posts[0].Chat.Private {
			t.Fatalf("%s: got %d posts, want one to ivanov alone", test.line, len(reply.Posts))
		}
		holds(t, "what ivanov is told", text(t, reply.Posts[0].Message), "@novak decided with you about presentation, so far 70 % of 160.",
			"Why: "+test.why, "What will be done: "+test.what, "You will both see on Mon 7 Dec and on Mon 14 Dec whether it helps.")
		if !reply.Message.Private {
			t.Errorf("%s: got it for all, want it private", test.line)
		}
	}
	holds(t, "undo", f.presses(f.novak, "undo"), "Taken back: the decision.")
	if got := len(f.decided()); got != 2 {
		t.Errorf("after undo: got %d decisions, want 2", got)
	}
	holds(t, "undo of the undo", f.types(f.novak, "undo"), "Done again: the decision.")
	f.does(f.boss, "role @novak rep")
	holds(t, "undo by a rep", f.types(f.novak, "undo"), `"decide" is only for managers.`)
	if got := len(f.decided()); got != 3 {
		t.Errorf("after undo by a rep: got %d decisions, want 3", got)
	}
}

// TestDecideAsks says too little, and answers the questions.
func TestDecideAsks(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	for _, line := range []string{
		"decide", "decide @ivanov", "decide @ivanov contact", "decide @ivanov contact talks too early", `decide @ivanov contact ; calls daily`,
		`decide @ivanov contact "" "calls daily"`, `decide @ivanov contact "too early" ""`, "decide @ivanov contact too early; ;",
	} {
		reply := f.hear(bot.Request{Account: f.novak, Line: line, Chat: f.room()})
		if reply.Message.Form == nil || len(f.decided()) > 0 {
			t.Errorf("%s: got\n%swant a form and nothing decided", line, text(t, reply.Message))
		}
	}
	room := f.room()
	f.hear(bot.Request{Account: f.novak, Line: "decide @ivanov contact calls too late;", Chat: room})
	f.hear(bot.Request{Account: f.novak, Line: "calls before nine", Chat: room})
	if got, want := strings.Join(f.decided(), ""), "1 | contact | calls too late | calls before nine | 0 | 0 | 0"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	f.hear(bot.Request{Account: f.novak, Line: "decide", Way: bot.Submitted, Values: map[string]string{
		"who": "@ivanov", "step": "contact", "why": "waits; for mail", "what": "calls; then writes",
	}})
	if got, want := f.decided()[1], "2 | contact | waits; for mail | calls; then writes | 0 | 0 | 0"; got != want {
		t.Errorf("a form: got %s, want %s", got, want)
	}
	holds(t, "nobody decided", f.types(f.ivanov, "decisions"), "nobody decided")
}

func TestDecideNasty(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.novak, "decide @ivanov contact too late; calls before nine")
	f.refreshes(bot.Person{Account: f.petra, Gone: true})
	for _, test := range []struct {
		who        bot.Account
		line, want string
	}{
		{f.novak, "decide @ivanov nonsense x; y", `"nonsense" is not a step. The steps are contact, presentation, contract, payment.`},
		{f.novak, "decide @nobody contact x; y", `Nobody here is called "@nobody". Try: team`},
		{f.novak, "decide @petra contact x; y", "@petra"},
		{f.novak, "decide @ivanov contact " + strings.Repeat("x", 301) + "; y", "A reason and what will be done have at most 300 characters each. Shorten them."},
		{f.novak, "decide @ivanov contact x; " + strings.Repeat("y", 301), "A reason and what will be done have at most 300 characters each. Shorten them."},
		{f.ivanov, "decide @ivanov contact x; y", `"decide" is only for managers.`},
		{f.ivanov, "decide", `"decide" is only for managers.`},
		{f.ivanov, "decisions seen 1", `"decisions seen" is only for managers.`},
		{f.novak, "decisions seen 1", "That decision is looked at again on Mon 7 Dec, so nothing was changed."},
		{f.novak, "decisions seen 99", "There is no decision 99. Try: decisions"},
		{f.novak, "decisions seen x", `"x" is not a whole number.`},
	} {
		start := f.dump(bookkeeping...)
		reply := f.hear(bot.Request{Account: test.who, Line: test.line, Chat: f.room()})
		holds(t, test.line, text(t, reply.Message), test.want)
		if len(reply.Message.Text) != 1 || len(reply.Posts) > 0 || f.dump(bookkeeping...) != start {
			t.Errorf("%s: got %q and %d posts, want one sentence and nothing changed", test.line, reply.Message.Text, len(reply.Posts))
		}
	}
}

// TestDecisionsAreLookedAtAgain follows a decision over three weeks. Since it was
// taken 12 companies heard a presentation and 3 said no before it: 80 % of 15.
func TestDecisionsAreLookedAtAgain(t *testing.T) {
	t.Parallel()
	f := openArticle(t)
	f.does(f.novak, "decide @ivanov presentation talks price too early; joins two presentations", "decide @sidorov payment trusts too much; asks for a deposit")
	f.after(7 * day)
	holds(t, "due after a week", f.types(f.novak, "due"), "Mon 7 Dec", "look again whether it helped: joins two presentations")
	lacks(t, "due after a week", f.types(f.novak, "due"), "> decisions seen")
	holds(t, "nothing since", f.types(f.novak, "decisions"), "0 to look at again", "nobody decided")
	for i := range 15 {
		name := fmt.Sprintf("Later%d", i)
		f.does(f.ivanov, "deal add "+name, "step "+name+" contact")
		if i < 12 {
			f.does(f.ivanov, "step "+name+" presentation")
		} else {
			f.does(f.ivanov, "lost "+name+" price too dear")
		}
		if i == 4 {
			holds(t, "few since", f.types(f.novak, "decisions @ivanov"), "5 of 5, too few")
		}
	}
	f.after(7*day - 8*time.Hour) // the day of the review has begun, not the hour
	got := f.types(f.novak, "decisions")
	holds(t, "decisions", got, "2 decisions, 2 to look at again", "70 % of 160", "80 % of 15", "look at it again")
	mine := f.hides(f.ivanov, "decisions", bot.Chat{}, "deposit", "sidorov", "payment")
	holds(t, "a rep's", mine, "1 decision, 1 to look at again", "joins two presentations", "70 % of 160", "80 % of 15")
	lacks(t, "a rep's", mine, "> decisions seen")
	holds(t, "funnel", f.types(f.ivanov, "funnel me"), "Mon 23 Nov, presentation: joins two presentations (before: 70 % of 160; since: 80 % of 15)")
	holds(t, "due", f.types(f.novak, "due"), "> decisions seen #1 ~1", "> decisions seen #2 ~1", "Mon 7 Dec")
	lacks(t, "due of a rep", f.types(f.ivanov, "due"), "look again")
	lacks(t, "due in a channel", text(t, f.hear(bot.Request{Account: f.novak, Line: "due", Chat: channel}).Message), "look again")
	lacks(t, "due of another", f.types(f.novak, "due @petra"), "look again")

	holds(t, "seen", f.presses(f.novak, "decisions seen #1 ~1"), "Looked at again: @ivanov at presentation. Once more on Mon 14 Dec.")
	again := f.hear(bot.Request{Account: f.novak, Line: "decisions seen #1 ~1", Way: bot.Pressed}).Message
	holds(t, "seen twice", text(t, again), "That decision has changed since the message was drawn, so nothing was written.")
	if !again.Redraw {
		t.Error("seen twice: got a message of its own, want the old one drawn anew")
	}
	f.after(7 * day)
	holds(t, "seen after three weeks", f.presses(f.novak, "decisions seen #2 ~1"), "Looked at again: @sidorov at payment.\n")
	f.presses(f.novak, "decisions seen #1 ~2")
	holds(t, "over", f.types(f.novak, "decisions seen 1"), "Decision 1 was looked at twice already, so nothing was changed.")
	holds(t, "undo", f.types(f.novak, "undo"), "Taken back: the look at a decision.")
	holds(t, "due", f.types(f.novak, "due"), "> decisions seen #1 ~4", "Mon 14 Dec")
}
