package commands_test

import (
	"strings"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/terminal"
	"fifteen/storage"
)

// TestSentencesNeverWrite has sentences whose slot holds more than a deal.
func TestSentencesNeverWrite(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"what about acme owner @sidorov", "tell me about Acme amount 5000", "ask me about acme 5 5 5",
		"how is acme name Zed", "show acme close tomorrow",
	} {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			o := open(t)
			o.member("sidorov", bot.Rep)
			me := o.member("novak", bot.Manager)
			o.say(me, "deal add Acme 12000 EUR")
			before := text(t, o.say(me, "deal #1").Message)
			o.say(me, line)
			if got := text(t, o.say(me, "deal #1").Message); got != before {
				t.Errorf("got\n%s\nwant\n%s", got, before)
			}
		})
	}
}

func TestUndoNeedsTheRightsOfToday(t *testing.T) {
	t.Parallel()
	o := open(t)
	rep, boss, admin := o.member("ivanov", bot.Rep), o.member("novak", bot.Manager), o.member("chief", bot.Admin)
	o.say(rep, "deal add Acme 12000 EUR")
	o.say(boss, "deal #1 owner @novak")
	o.say(boss, "undo")
	o.say(admin, "role @novak rep")
	if got := text(t, o.say(boss, "undo").Message); !strings.Contains(got, "nothing was undone") {
		t.Errorf("got\n%s\nwant a refusal", got)
	}
	if got := text(t, o.say(rep, "deal #1").Message); !strings.Contains(got, "@ivanov") {
		t.Errorf("got\n%s\nwant ivanov's deal", got)
	}
}

func TestQuestionThatCannotBeAnsweredEnds(t *testing.T) {
	t.Parallel()
	o := open(t)
	rep, boss := o.member("ivanov", bot.Rep), o.member("novak", bot.Manager)
	o.say(rep, "deal add Acme")
	o.say(rep, "note Acme")
	o.say(boss, "deal delete #1")
	if got := text(t, o.say(rep, "Petr is back").Message); !strings.Contains(got, "no deal 1") {
		t.Errorf("the answer: got\n%s\nwant that there is no deal 1", got)
	}
	if got := text(t, o.say(rep, "what closes this month?").Message); !strings.Contains(got, "No deal is 14 or 15") {
		t.Errorf("the line after it: got\n%s\nwant the forecast", got)
	}
}

func TestLineSaidBeforeTheQuestionIsNotItsAnswer(t *testing.T) {
	t.Parallel()
	o := open(t)
	rep := o.member("ivanov", bot.Rep)
	o.say(rep, "deal add Acme")
	early := bot.Request{Account: rep, Line: "thank you", EventID: "early"}
	o.send(early)
	o.now = o.now.Add(time.Minute)
	o.say(rep, "note Acme")
	o.now = o.now.Add(-time.Minute) // the same event again, as it was
	if got := text(t, o.send(early).Message); strings.Contains(got, "Noted") {
		t.Errorf("got\n%s\nwant no note", got)
	}
}

func TestWordsOfALossThatWasReopened(t *testing.T) {
	t.Parallel()
	o := open(t)
	rep, boss := o.member("ivanov", bot.Rep), o.member("novak", bot.Manager)
	o.say(rep, "deal add Acme")
	o.say(rep, "lost Acme price")
	o.say(rep, "lost Acme price") // which asks for their words
	o.say(boss, "reopen #1")
	if got := text(t, o.say(rep, "they pay less today").Message); !strings.Contains(got, "open again") {
		t.Errorf("got\n%s\nwant that it is open again", got)
	}
	if got := text(t, o.say(rep, "deal #1").Message); strings.Contains(got, "lost on") {
		t.Errorf("got\n%s\nwant an open deal", got)
	}
}

func TestPostThatCannotBeReadHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.member("ivanov", bot.Rep)
	err := o.app.Store.Write(t.Context(), o.home.ID, func(tx *storage.Tx) error {
		for _, body := range []string{`{"title":`, `{"title":"good"}`} {
			if _, err := tx.Post(t.Context(), storage.Post{Platform: "terminal", Chat: "ivanov", Body: body, CreatedAt: o.now, DueAt: o.now}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	due, err := o.app.Outbox.Due(t.Context(), []string{terminal.Platform}, 10)
	if err != nil || len(due) != 1 || due[0].Message.Title != "good" {
		t.Errorf("got %v, %v, want the good post", due, err)
	}
}

func TestTypedTextKeepsWhatLooksLikeARevision(t *testing.T) {
	t.Parallel()
	o := open(t)
	me := o.member("novak", bot.Manager)
	if got := text(t, o.say(me, "deal add Windows ~95").Message); !strings.Contains(got, "Windows ~95 is deal #1") {
		t.Errorf("got\n%s\nwant the whole name", got)
	}
}

func TestZonesOfOneMachineAreRefused(t *testing.T) {
	t.Parallel()
	o := open(t)
	admin := o.member("chief", bot.Admin)
	for _, zone := range []string{"posix/Europe/Prague", "right/UTC", "localtime", "posixrules", "Local"} {
		if got := text(t, o.say(admin, "settings zone "+zone).Message); !strings.Contains(got, "is not a zone") {
			t.Errorf("%s: got\n%s\nwant a refusal", zone, got)
		}
	}
	if got := text(t, o.say(admin, "settings zone europe/prague").Message); !strings.Contains(got, "Europe/Prague") {
		t.Errorf("got\n%s\nwant Europe/Prague", got)
	}
}
