package slackbot_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fifteen/bot/bottest"
)

// submits has U1 fill in the form that is open.
func (d *desk) submits(t *testing.T, values map[string]string) {
	t.Helper()
	if _, err := d.Submit(t.Context(), "U1", values); err != nil {
		t.Fatalf("submit %v: got %v, want no error", values, err)
	}
	settle()
}

// TestFormTravels has a form opened by a command and by clicks, and its answer
// go where it was asked for.
func TestFormTravels(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, channel string
		board         string // what is clicked in; "" for a command
		hidden        bool   // whether the answer is for one person only
	}{
		{name: "by a command", channel: sales, hidden: true},
		{name: "by a command where the bot is not", channel: other, hidden: true},
		{name: "by a click", channel: sales, board: "board"},
		{name: "by a click in a private message", channel: sales, board: "board x", hidden: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				before := 0
				if test.board == "" {
					d.says(t, "U1", test.channel, "pair")
				} else {
					d.says(t, "U1", test.channel, test.board)
					d.presses(t, "U1", d.only(t, test.channel, "U1"), "pair")
					before = 1
				}
				view := d.View("U1")
				if view == nil || len(view.Fields) != 2 || !strings.Contains(view.PrivateMetadata, `"c":"`+test.channel+`"`) {
					t.Fatalf("got %+v, want a form with two fields that carries the channel", view)
				}
				if got := d.answers(test.channel, "U1"); len(got) != before {
					t.Errorf("got %s, want no message beside the form", spoken(got))
				}
				d.submits(t, map[string]string{"name": "a", "second": "b"})
				got := d.answers(test.channel, "U1")
				if d.View("U1") != nil || len(got) != before+1 {
					t.Fatalf("got %s, want the form closed and one answer", spoken(got))
				}
				wantSays(t, got[before], "paired a b")
				if got[before].Ephemeral != test.hidden {
					t.Errorf("got an ephemeral answer %v, want %v", got[before].Ephemeral, test.hidden)
				}
			})
		})
	}
}

// TestTriggerExpired has a form come too late to be shown: it is offered as a
// message, whose button opens it.
func TestTriggerExpired(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.refused = true
		d.Fail("views.open", bottest.SlackFailure{Error: "expired_trigger_id"})
		d.says(t, "U1", sales, "add")
		offer := d.only(t, sales, "U1")
		buttons := offer.Buttons()
		if !offer.Ephemeral || d.View("U1") != nil || len(buttons) != 2 || !strings.HasPrefix(buttons[0].Value, "draft ") {
			t.Fatalf("got %s with %v, want the draft with a button that opens it and one that drops it",
				spoken([]bottest.SlackMessage{offer}), buttons)
		}
		d.presses(t, "U1", offer, buttons[0].Value)
		if d.View("U1") == nil {
			t.Fatal("got no form, want it opened by the button")
		}
		d.submits(t, map[string]string{"name": "Acme"})
		if got := d.stored(); !slices.Equal(got, []string{"Acme@"}) {
			t.Errorf("got %v stored, want Acme", got)
		}
	})
}

// TestFormComplains shows what is wrong beside the field, and asks in the same
// form for what turns out to be missing.
func TestFormComplains(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.says(t, "U1", sales, "add")
		d.submits(t, map[string]string{"name": "bad"})
		view := d.View("U1")
		if view == nil || view.Errors["name"] != "add.bad" || len(d.stored()) != 0 {
			t.Fatalf("got %+v, want the error at its field", view)
		}
		d.submits(t, map[string]string{"name": "nowhere"})
		view = d.View("U1")
		if view == nil || len(view.Fields) != 1 || view.Fields[0].BlockID != "place" {
			t.Fatalf("got %+v, want the form to ask for the place", view)
		}
		d.submits(t, map[string]string{"place": "Rome"})
		if got := d.stored(); d.View("U1") != nil || !slices.Equal(got, []string{"nowhere@Rome"}) {
			t.Errorf("got %v stored, want one deal in Rome", got)
		}
		wantSays(t, d.only(t, sales, "U1"), `added nowhere in "Rome"`)
		if got := d.memory.Unsent(); len(got) != 0 {
			t.Errorf("got %v unsent, want none", got)
		}
	})
}

// TestFormClosed ends the question of a form that was left: what is typed next
// is not its answer.
func TestFormClosed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		dm := d.DM("U1")
		d.types(t, "U1", dm, "add")
		offer := d.only(t, dm, "U1")
		d.presses(t, "U1", offer, offer.Buttons()[0].Value)
		if _, err := d.CloseView(t.Context(), "U1"); err != nil {
			t.Fatal(err)
		}
		settle()
		if got := len(d.answers(dm, "U1")); got != 1 {
			t.Errorf("got %d messages, want none about a form that was closed", got)
		}
		d.types(t, "U1", dm, "say hello")
		wantSays(t, d.answers(dm, "U1")[1], "said hello")
		d.types(t, "U1", dm, "Acme")
		if got := d.stored(); len(got) != 0 {
			t.Errorf("got %v stored, want nothing", got)
		}
		d.presses(t, "U1", offer, offer.Buttons()[0].Value) // it can be opened again
		if d.View("U1") == nil {
			t.Error("got no form, want the one that was closed")
		}
		if got := d.memory.Unsent(); len(got) != 0 {
			t.Errorf("got %v unsent, want none", got)
		}
	})
}

// TestQuestionInADirectMessage is answered by what is typed next.
func TestQuestionInADirectMessage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		dm := d.DM("U1")
		d.types(t, "U1", dm, "add")
		d.types(t, "U1", dm, "Acme")
		if got := d.stored(); !slices.Equal(got, []string{"Acme@"}) {
			t.Errorf("got %v stored, want Acme", got)
		}
	})
}

// TestFormIsLate has a form submitted long after its address has expired, to
// a message that can still be written below.
func TestFormIsLate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.says(t, "U1", sales, "board x")
		d.presses(t, "U1", d.only(t, sales, "U1"), "pair")
		time.Sleep(40 * time.Minute)
		d.submits(t, map[string]string{"name": "a", "second": "b"})
		got := d.answers(sales, "U1")
		if len(got) != 2 || !got[1].Ephemeral || d.Calls("response_url") != 0 {
			t.Fatalf("got %s, want one more private message, not sent to the old address", spoken(got))
		}
	})
}
