package commands_test

import (
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/terminal"
)

// repeated are lines, or presses of buttons, that a chat service may deliver
// twice; before is said first, and the answer of the last of it waits.
var repeated = []struct {
	name, line string
	way        bot.Way
	values     map[string]string
	before     []string
	// settled says that the answer is stored, so that it stays the same whatever
	// happens meanwhile.
	settled bool
}{
	{name: "add", line: "deal add Nimbus 5 EUR", settled: true},
	{name: "add a second one of that name", line: "deal add Acme 5 EUR", settled: true},
	{name: "add a second one, confirmed", line: "deal add Acme 5 EUR ~1", way: bot.Pressed, settled: true},
	{name: "amount", line: "deal #1 amount 5 EUR", settled: true},
	{name: "the amount that it has", line: "deal #1 amount 12000 EUR", settled: true},
	{name: "owner", line: "deal #1 owner @petra", settled: true},
	{name: "delete", line: "deal delete #1", settled: true},
	{name: "score", line: "score #1 5 4 5", settled: true},
	{name: "answer", line: "answer #1 urgent yes", settled: true},
	{name: "answer by button", line: "answer #1 urgent yes ~1", way: bot.Pressed, settled: true},
	{name: "answer by stale button", line: "answer #1 urgent yes ~9", way: bot.Pressed, settled: true},
	{name: "skip", line: "answer #1 urgent skip", settled: true},
	{name: "evidence", line: "evidence #1 urgent Petr", before: []string{"answer #1 urgent yes"}, settled: true},
	{name: "step", line: "step #1 contact", settled: true},
	{name: "step that is the contract", line: "step #1 contract", settled: true},
	{name: "won", line: "won #1 9 EUR", settled: true},
	{name: "won without an amount", line: "won #2", settled: true},
	{name: "lost", line: "lost #1 price", settled: true},
	{name: "lost without a reason", line: "lost #1", settled: true},
	{name: "lost with a wrong reason", line: "lost #1 tooexpensive", settled: true},
	{name: "disqualify", line: "disqualify #1 two people", settled: true},
	{name: "disqualify without words", line: "disqualify #1", settled: true},
	{name: "reopen", line: "reopen #1", before: []string{"lost #1 price"}, settled: true},
	{name: "reopen what is open", line: "reopen #1", settled: true},
	{name: "note", line: "note #1 Petr is back", settled: true},
	{name: "note about no deal", line: "note Wyvern is slow", settled: true},
	{name: "note about a guess", line: "note Acmee is slow", settled: true},
	{name: "a guess, confirmed", line: "note #1 is slow ~1", way: bot.Pressed, settled: true},
	{name: "next step", line: "nextstep #1 call Petr Thu", settled: true},
	{name: "next step in the past", line: "nextstep #1 call 1 Jan 2020", settled: true},
	{name: "undo", line: "undo", before: []string{"note #1 a word"}, settled: true},
	{name: "undo of an undo", line: "undo", before: []string{"note #1 a word", "undo"}, settled: true},
	{name: "undo by button", line: "undo ~2", way: bot.Pressed, settled: true},
	{name: "undo by stale button", line: "undo ~1", way: bot.Pressed, settled: true},
	{name: "target", line: "target 2026-12 80000 EUR", settled: true},
	{name: "setting", line: "settings visibility team", settled: true},
	{name: "wrong setting", line: "settings zone Mars", settled: true},
	{name: "steps", line: ownFunnel, settled: true},
	{name: "steps that ask", line: ownFunnel, before: []string{"step #1 presentation"}, settled: true},
	{name: "the answer to steps that ask", line: "draft 1 was presentation=demo", way: bot.Pressed, before: []string{"step #1 presentation", ownFunnel}, settled: true},
	{name: "wrong steps", line: "settings steps a 5%", settled: true},
	{name: "one step", line: "settings step contact 90%", settled: true},
	{name: "reason", line: "settings reason price too dear", settled: true},
	{name: "new reason", line: "settings reason add legal their lawyers", settled: true},
	{name: "company", line: "company #1 size mid", settled: true},
	{name: "log", line: "log calls 12", settled: true},
	{name: "log at a deal by button", line: "log call #1 ~1", way: bot.Pressed, settled: true},
	{name: "answer about a no", line: "refusal #1 winner Nordwind", before: []string{"lost #1 price"}, settled: true},
	{name: "answer about a no by button", line: "refusal #1 door 2027-01-25 ~2", way: bot.Pressed, before: []string{"lost #1 price"}, settled: true},
	{name: "answer about a no by stale button", line: "refusal #1 winner nobody ~1", way: bot.Pressed, before: []string{"lost #1 price"}, settled: true},
	{name: "answer about a no that is wrong", line: "refusal #1 return someday", before: []string{"lost #1 price"}, settled: true},
	{name: "question about a no that asks", line: "refusal #1 winner", before: []string{"lost #1 price"}, settled: true},
	{name: "a promise that was kept", line: "refusal #1 door done", before: []string{"lost #1 price", "refusal #1 door 2027-01-25"}, settled: true},
	{name: "words about a no", line: "lost #1 price a tenth less", before: []string{"lost #1 price"}, settled: true},
	{name: "overcome", line: "overcame #1 price half now", before: []string{"won #1"}, settled: true},
	{name: "nothing to overcome", line: "overcame #1 none ~2", way: bot.Pressed, before: []string{"won #1"}, settled: true},
	{name: "overcome, which asks", line: "overcame #1 price", before: []string{"won #1"}, settled: true},
	{name: "decision", line: "decide @petra contact calls late; calls before nine", settled: true},
	{name: "decision that asks twice", line: "decide @petra contact"},
	{name: "decision to look at too early", line: "decisions seen #1 ~1", way: bot.Pressed, before: []string{"decide @petra contact calls late; calls early"}, settled: true},
	{name: "decision that is not there", line: "decisions seen #7", settled: true},
	{name: "reason in use, taken back", line: "undo", before: []string{"lost #1 price", "settings reason add legal words", "lost #2 legal"}, settled: true},
	{name: "company that asks", line: "company #1 size", settled: true},
	{name: "no pitch", line: "pitch none", before: []string{"pitch We wrap it"}, settled: true},
	{name: "product", line: "product add Film", settled: true},
	{name: "product that is there", line: "product add Film", before: []string{"product add Film"}, settled: true},
	{name: "product delete", line: "product delete Film", before: []string{"product add Film"}, settled: true},
	{name: "pitch", line: "pitch We wrap it", settled: true},
	{name: "role", line: "role @petra manager", settled: true},
	{name: "handover", line: "handover me @petra", settled: true},
	{name: "undo of a handover", line: "undo", before: []string{"handover me @petra"}, settled: true},
	{name: "handover to oneself", line: "handover me @boss", settled: true},
	{name: "the last admin", line: "role @boss rep", settled: true},
	{name: "form", line: "won #2", way: bot.Submitted, values: map[string]string{"amount": "16500"}, settled: true},
	{name: "form with a wrong value", line: "won #2", way: bot.Submitted, values: map[string]string{"amount": "-1"}, settled: true},
	{name: "form of a question", line: "draft 1", way: bot.Submitted, values: map[string]string{"amount": "16500"}, before: []string{"won #2"}, settled: true},
	{name: "typed answer to a question", line: "16500", before: []string{"won #2"}, settled: true},
	{name: "wrong answer to a question", line: "lots", before: []string{"won #2"}, settled: true},
	{name: "words that answer a question", line: "They buy from Nordwind", before: []string{"lost #1 price", "lost #1 price"}, settled: true},
	{name: "words that begin a line", line: "won", before: []string{"note #1"}, settled: true},
	{name: "a line or the answer", line: "deal #2", before: []string{"note #1"}, settled: true},
	{name: "a line that writes or the answer", line: "note #2 a word", before: []string{"note #1"}, settled: true},
	{name: "saved as the answer", line: "draft 1", way: bot.Pressed, before: []string{"note #1", "deal #2"}, settled: true},
	{name: "left out", line: "draft 1 drop", way: bot.Pressed, before: []string{"note #1"}, settled: true},
	{name: "a question that is gone", line: "draft 7", way: bot.Pressed},
	{name: "form with several fields", line: "answer #1"},
	{name: "reading", line: "deals"},
	{name: "no line", line: "frobnicate"},
}

// TestRepeatedEvents delivers each line twice as the same event, and once more
// after the state has moved on.
func TestRepeatedEvents(t *testing.T) {
	t.Parallel()
	for _, test := range repeated {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := openFirm(t)
			f.does(f.boss, append([]string{"deal add Acme 12000 EUR", "deal add Borealis"}, test.before...)...)
			event := bot.Request{Account: f.boss, Line: test.line, Way: test.way, Values: test.values, EventID: "the event"}
			first := f.hear(event)
			start := f.dump("outbox")
			posts := f.rows("SELECT id FROM outbox")
			again := f.hear(event)
			if got, want := asJSON(t, again.Message), asJSON(t, first.Message); got != want {
				t.Errorf("%s again: got\n%swant\n%s", test.line, got, want)
			}
			if f.dump("outbox") != start || len(f.rows("SELECT id FROM outbox")) != len(posts) {
				t.Errorf("%s again: got another effect, want one", test.line)
			}
			if again.Repeated != test.settled {
				t.Errorf("%s again: got repeated %v, want %v", test.line, again.Repeated, test.settled)
			}
			if !test.settled {
				return
			}
			f.say(f.boss, "undo") // as far as there is anything
			f.does(f.novak, "deal add Kestrel 3 EUR", "note kestrel later")
			f.say(f.novak, "note #1 later") // if it is there
			f.say(f.boss, "note kestrel")   // a question that waits, and not for the event
			f.after(time.Minute)
			start = f.dump("outbox")
			later := f.hear(event)
			if got, want := asJSON(t, later.Message), asJSON(t, first.Message); got != want {
				t.Errorf("%s later: got\n%swant the first answer\n%s", test.line, got, want)
			}
			if f.dump("outbox") != start {
				t.Errorf("%s later: got another effect, want none", test.line)
			}
		})
	}
}

// TestRepeatedAcrossRestart delivers an event again after the program was
// started anew.
func TestRepeatedAcrossRestart(t *testing.T) {
	t.Parallel()
	file := newFile(t)
	f := openFirmAt(t, file)
	event := bot.Request{Account: f.ivanov, Line: "deal add Acme 5 EUR", EventID: "the event"}
	first := f.hear(event)
	if err := f.app.Store.Close(); err != nil {
		t.Fatal(err)
	}
	f = openFirmAt(t, file)
	again := f.hear(event)
	if got, want := asJSON(t, again.Message), asJSON(t, first.Message); got != want || !again.Repeated {
		t.Errorf("got\n%srepeated %v, want\n%s", got, again.Repeated, want)
	}
	if got := f.column("SELECT count(*) FROM deals"); got[0] != "1" {
		t.Errorf("got %s deals, want 1", got[0])
	}
}

// TestSameWordsInAnotherEvent checks that only the event's key makes a
// repetition.
func TestSameWordsInAnotherEvent(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 5 EUR", "note acme a word", "note acme a word")
	if got := f.column("SELECT count(*) FROM notes"); got[0] != "2" {
		t.Errorf("got %s notes, want 2", got[0])
	}
	f.hear(bot.Request{Account: f.ivanov, Line: "note #1 no key", EventID: "", Chat: bot.Chat{Platform: terminal.Platform, ID: "x", Private: true}})
}
