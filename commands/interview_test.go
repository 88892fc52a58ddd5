package commands_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fifteen/bot"
)

// questions is the order in which a deal is asked about when every answer is
// yes: the criteria whose yes is worth most now, ties in the method's order.
const questions = "necessary urgent specific means leadership credible suitable advantageous timely"

// TestInterviewScores answers eight questions with yes, then doubts.
func TestInterviewScores(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR", "deal add Borealis")
	for _, name := range strings.Fields(questions)[:8] {
		f.does(f.ivanov, "answer acme "+name+" yes")
	}
	// 5 + 5 + floor(5 × (2+2+1) ÷ 6) = 14
	holds(t, "one doubt", f.types(f.ivanov, "answer acme timely unsure"),
		"all nine asked · score 14 of 15 (Pain 5, Power 5, Fit 4)", "Acme now counts in November with 12,000 EUR.",
		"Closing: 14 and 15 sign within one to two weeks.", "One doubt is left: Does it meet their own goals and dates? A yes makes it 15.")
	for _, who := range []bot.Account{f.ivanov, f.novak} {
		holds(t, "who", f.types(who, "who"), "Who is 14 and 15? 1 deal, 12,000 EUR", "14  Acme  12,000 EUR  @ivanov  today")
		holds(t, "forecast", f.types(who, "forecast"), "November: 12,000 EUR (won 0 + closing 12,000)")
	}
	// 5 + floor(5 × (2+2+1) ÷ 6) + 4 = 13
	holds(t, "two doubts", f.types(f.ivanov, "answer acme means unsure"),
		"Power 5 → 4, score 13: Acme no longer counts in November.", "2 doubts are left, these first:")
	for _, who := range []bot.Account{f.ivanov, f.novak} {
		lacks(t, "who", f.types(who, "who"), "14  Acme")
		holds(t, "who", f.types(who, "who"), "Nobody is 14 or 15 right now.", "The nearest is Acme at 13, 1 yes away.")
		holds(t, "forecast", f.types(who, "forecast"), "No deal is 14 or 15 and nothing is won yet in November.")
	}
	holds(t, "a no", f.types(f.ivanov, "answer acme means no"), "Power 4 → 3, score 12.")
	holds(t, "back", f.types(f.ivanov, "answer acme means yes"), "Power 3 → 5, score 14: Acme now counts in November")
	for name := range strings.FieldsSeq(questions) {
		f.does(f.ivanov, "answer borealis "+name+" yes")
	}
	holds(t, "who", f.types(f.ivanov, "who"), "Who is 14 and 15? 2 deals, 12,000 EUR", "15  Borealis   no amount",
		"1 deal has no amount and is in no sum.")
}

// TestInterviewOrder follows the questions as they are proposed.
func TestInterviewOrder(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR")
	msg := f.hear(bot.Request{Account: f.ivanov, Line: "score acme"}).Message
	holds(t, "score acme", msg.Title, "Acme, 12,000 EUR · Pain, question 1 of 9 · score 0 of 15")
	for i, name := range strings.Fields(questions) {
		holds(t, "question", fmt.Sprintf("question %d: %s\n", i+1, lines(msg)[0]), "answer #1 "+name+" yes")
		if got := len(lines(msg)); got > 6 {
			t.Errorf("question %d: got %d buttons, want few", i+1, got)
		}
		msg = f.hear(bot.Request{Account: f.ivanov, Line: lines(msg)[0], Way: bot.Pressed}).Message
	}
	holds(t, "the end", msg.Title, "nothing left to ask · score 15 of 15 (Pain 5, Power 5, Fit 5)")
	if got := f.column("SELECT count(*) FROM answers"); got[0] != "9" {
		t.Errorf("got %s answers stored, want 9", got[0])
	}
}

// TestInterviewResumes stops in the middle, starts the program anew, and goes
// on with the next question in another chat.
func TestInterviewResumes(t *testing.T) {
	t.Parallel()
	file := newFile(t)
	f := openFirmAt(t, file)
	f.does(f.ivanov, "deal add Acme 12000 EUR", "answer acme necessary yes", "answer acme urgent yes", "answer acme specific skip")
	want := f.hear(bot.Request{Account: f.ivanov, Line: "score acme"}).Message
	holds(t, "score", want.Title, "Power, question 3 of 9 · score 3 of 15 (Pain 3)")
	holds(t, "stop", f.presses(f.ivanov, "deal #1"), "Acme (#1) · 12,000 EUR · @ivanov")
	if err := f.app.Store.Close(); err != nil {
		t.Fatal(err)
	}
	f = openFirmAt(t, file)
	f.runs = 1_000 // new events
	got := f.hear(bot.Request{Account: f.ivanov, Line: "score acme", Chat: f.room()}).Message
	if got, want := asJSON(t, got), asJSON(t, want); got != want {
		t.Errorf("after a restart: got\n%swant\n%s", got, want)
	}
	f.presses(f.ivanov, button(t, got, "answer #1 means yes"))
	holds(t, "score", f.types(f.novak, "score acme"), "question 4 of 9 · score 4 of 15 (Pain 3, Power 1)")
}

// TestInterviewRests checks that a question that was skipped or doubted is not
// proposed for twelve hours, and is after.
func TestInterviewRests(t *testing.T) {
	t.Parallel()
	for _, reply := range []string{"skip", "unsure"} {
		t.Run(reply, func(t *testing.T) {
			t.Parallel()
			f := openFirm(t)
			f.does(f.ivanov, "deal add Acme 12000 EUR")
			for _, name := range strings.Fields(questions)[:8] {
				f.does(f.ivanov, "answer acme "+name+" yes")
			}
			asks := func() bool {
				return strings.Contains(f.types(f.ivanov, "score acme"), "> answer #1 timely yes")
			}
			proposes := func() bool { return strings.Contains(f.types(f.ivanov, "next"), "> answer #1 timely yes") }
			if !asks() || !proposes() {
				t.Error("before: got the ninth question not asked, want it asked")
			}
			f.does(f.ivanov, "answer acme timely "+reply)
			for _, moment := range []struct {
				after time.Duration
				want  bool
			}{
				{0, false},
				{12*time.Hour - time.Second, false},
				{time.Second, true},
				{24 * time.Hour, true},
			} {
				f.after(moment.after)
				if got := asks(); got != moment.want {
					t.Errorf("score, %s later: got it asked %v, want %v", f.now.Sub(monday), got, moment.want)
				}
				if got := proposes(); got != moment.want {
					t.Errorf("next, %s later: got it asked %v, want %v", f.now.Sub(monday), got, moment.want)
				}
			}
		})
	}
}

// TestInterviewGoesStale checks that answers are asked again when they are old,
// those of a closing deal after two weeks.
func TestInterviewGoesStale(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR")
	for name := range strings.FieldsSeq(questions) {
		f.does(f.ivanov, "answer acme "+name+" yes")
	}
	f.after(14 * 24 * time.Hour)
	holds(t, "score", f.types(f.ivanov, "score acme"), "nothing left to ask")
	f.after(time.Second)
	holds(t, "score", f.types(f.ivanov, "score acme"), "asked again, last on Mon 23 Nov", "The last answer is old.")
	holds(t, "who", f.types(f.ivanov, "who"), "stale, last asked 14 days ago", "> score #1")
	holds(t, "next", f.types(f.ivanov, "next"), "Acme counts at 15, but one answer is doubtful or old")
}

// TestEvidence adds who said it, by the question that waits for the next words.
func TestEvidence(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR")
	msg := f.hear(bot.Request{Account: f.ivanov, Line: "answer acme urgent yes"}).Message
	holds(t, "evidence", f.presses(f.ivanov, button(t, msg, "evidence #1 urgent")), "Who said it, and when?")
	holds(t, "words", f.types(f.ivanov, "Petr, on Monday: \"before the fair\""), "Kept as the evidence: Petr, on Monday", "question 2 of 9")
	holds(t, "card", f.types(f.ivanov, "deal acme"), "Yes, Mon 23 Nov  Petr, on Monday: \"before the fair\"", "score 1 of 15")
	holds(t, "undo", f.types(f.ivanov, "undo"), "Taken back: the evidence")
	holds(t, "card", f.types(f.ivanov, "deal acme"), "Yes, Mon 23 Nov  no evidence", "score 1 of 15")
	holds(t, "the words were no line", f.types(f.ivanov, "deals"), "1 open deal")
	holds(t, "with the answer", f.types(f.ivanov, "answer acme necessary yes Eva said so"), "Yes, they want to act right now.")
	lacks(t, "with the answer", f.types(f.ivanov, "answer acme specific yes Eva said so"), "Add who said it")
	holds(t, "card", f.types(f.ivanov, "deal acme"), "Eva said so")
}

// TestDirectScore checks how a direct score and the answers after it go
// together.
func TestDirectScore(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR")
	for _, step := range []struct{ line, want string }{
		{"score acme 5 5 5", "score 15 of 15 (Pain 5, Power 5, Fit 5)"},
		{"answer acme timely unsure", "Fit 5 → 4, score 14."},       // 5 and one 'not sure' is 4
		{"answer acme timely no", "Fit 4 → 3, score 13: Acme no"},   // 5 and one 'no' is 3
		{"answer acme timely yes", "Fit 3 → 5, score 15: Acme now"}, // the best still possible
		{"score acme 0 0 1", "score 1 of 15 (Pain 0, Power 0, Fit 1)"},
		{"answer acme suitable yes", "Yes, it answers most of their concerns."}, // 1 stands until all three are newer
		{"answer acme advantageous yes", "score 1 of 15"},
		{"answer acme timely yes", "Fit 1 → 5, score 5."},
	} {
		holds(t, step.line, f.types(f.ivanov, step.line), step.want)
	}
}

// TestOwnerIsTold checks that the owner of a deal learns what others do to it,
// and nobody what they did themselves.
func TestOwnerIsTold(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	for _, test := range []struct{ line, want string }{
		{"deal add Acme 12000 EUR @ivanov", "@novak gave you Acme, 12,000 EUR."},
		{"answer acme urgent yes", "@novak answered a question about your deal Acme: 1 of 15."},
		{"score acme 5 5 4", "@novak scored your deal Acme: 14 of 15."},
		{"step acme contact", "@novak changed your deal Acme."},
		{"nextstep acme call Petr Thu", "@novak changed your deal Acme."},
		{"deal acme amount 9 EUR", "@novak changed your deal Acme."},
		{"deal acme amount 9 EUR", ""}, // which changes nothing
		{"lost acme price", "@novak recorded your deal Acme as lost."},
		{"reopen acme", "@novak reopened your deal Acme."},
		{"disqualify acme two people", "@novak disqualified your deal Acme."},
		{"undo", "@novak took back a change of your deal Acme."},
		{"won acme", "@novak recorded your deal Acme as won."},
		{"reopen acme", "@novak reopened your deal Acme."},
		{"deal delete acme", "@novak deleted your deal Acme."},
		{"undo", "@novak took back a change of your deal Acme."},
		{"deal acme owner @sidorov", "@novak gave you Acme, 9 EUR."},
	} {
		reply := f.hear(bot.Request{Account: f.novak, Line: test.line})
		got := ""
		if len(reply.Posts) > 0 {
			got = strings.Join(reply.Posts[0].Message.Text, "\n")
		}
		if got != test.want {
			t.Errorf("%s: got %q told to the owner, want %q", test.line, got, test.want)
		}
		for _, post := range reply.Posts {
			if post.Name == "novak" || !post.Chat.Private {
				t.Errorf("%s: got @%s told in %s, want the owner told in private", test.line, post.Name, post.Chat.ID)
			}
		}
	}
	reply := f.hear(bot.Request{Account: f.novak, Line: "deal #1 owner @petra"})
	if len(reply.Posts) != 2 || reply.Posts[0].Name != "petra" || reply.Posts[1].Name != "sidorov" {
		t.Errorf("hand over: got %d told, want petra and sidorov", len(reply.Posts))
	}
	for _, line := range []string{"note #1 a word", "answer #1 necessary yes", "won #1 5 EUR"} {
		if reply := f.hear(bot.Request{Account: f.petra, Line: line}); len(reply.Posts) != 0 {
			t.Errorf("%s by the owner: got %d told, want nobody", line, len(reply.Posts))
		}
	}
}
