package slackbot_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fifteen/bot/bottest"
)

// TestCommandTravels has commands answered in their acknowledgement, or where
// that has no room at the address that came with them.
func TestCommandTravels(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, channel, line string
		want                string // how the answer begins
		ephemeral           bool
		acked, responses    int // how many answers came which way
	}{
		{name: "for everybody", channel: sales, line: "say hello", want: "said hello", acked: 1},
		{name: "for one", channel: sales, line: "whisper hello", want: "whispered hello", ephemeral: true, acked: 1},
		{name: "in a direct message", line: "say hello", want: "said hello", ephemeral: true, acked: 1},
		{name: "where the bot is not", channel: other, line: "say hello", want: "said hello", acked: 1},
		{name: "nothing said", channel: sales, line: "", want: "this is help", acked: 1},
		{name: "too long for it", channel: sales, line: "long 4", want: "жжж", responses: 1},
		{name: "too long, where the bot is not", channel: other, line: "long 4", want: "жжж", responses: 1},
		{name: "too long for one message", channel: sales, line: "long 6", want: "slack.part number=1 of=2", responses: 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				channel := test.channel
				if channel == "" {
					channel = d.DM("U1")
				}
				ack := d.says(t, "U1", channel, test.line)
				got := d.answers(channel, "U1")
				if len(got) != test.acked+test.responses {
					t.Fatalf("got %d answers, want %d", len(got), test.acked+test.responses)
				}
				if acked := len(ack.Body) > 0; acked != (test.acked > 0) || d.Calls("response_url") != test.responses {
					t.Errorf("got answered in the acknowledgement %v, at the address %d times, want %d and %d times",
						acked, d.Calls("response_url"), test.acked, test.responses)
				}
				for _, m := range got {
					if m.Ephemeral != test.ephemeral {
						t.Errorf("got an ephemeral message %v, want %v", m.Ephemeral, test.ephemeral)
					}
				}
				if !strings.HasPrefix(got[0].Plain(), test.want) {
					t.Errorf("got %.60q, want it to begin with %q", got[0].Plain(), test.want)
				}
			})
		})
	}
}

// TestClickTravels has buttons pressed in a message that everybody sees and in
// one that only one person does.
func TestClickTravels(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, board, press string
		// place says what became of the message itself, and more what else is seen.
		place, more  string
		moreIsHidden bool
		updates      int // calls of chat.update
		responses    int // uses of the address
	}{
		{name: "redrawn", board: "board", press: "redraw 1", place: "*Redrawn 1*", updates: 1},
		{name: "answered", board: "board", press: "say pressed", place: "*Board*", more: "said pressed"},
		{name: "answered to one", board: "board", press: "whisper pressed", place: "*Board*", more: "whispered pressed", moreIsHidden: true},
		{name: "hidden, redrawn", board: "board x", press: "redraw 1", place: "*Redrawn 1*", responses: 1},
		{name: "hidden, answered", board: "board x", press: "say pressed", place: "*Board*", more: "said pressed", moreIsHidden: true, responses: 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.says(t, "U1", sales, test.board)
				asked := d.only(t, sales, "U1")
				d.presses(t, "U1", asked, test.press)
				got := d.answers(sales, "U1")
				want := []string{test.place}
				if test.more != "" {
					want = append(want, test.more)
				}
				if len(got) != len(want) {
					t.Fatalf("got %s, want %v", spoken(got), want)
				}
				for i := range want {
					if !strings.HasPrefix(got[i].Plain(), want[i]) {
						t.Errorf("got %.40q, want it to begin with %q", got[i].Plain(), want[i])
					}
				}
				if last := got[len(got)-1]; test.more != "" && last.Ephemeral != test.moreIsHidden {
					t.Errorf("got an ephemeral answer %v, want %v", last.Ephemeral, test.moreIsHidden)
				}
				if got := [2]int{d.Calls("chat.update"), d.Calls("response_url")}; got != [2]int{test.updates, test.responses} {
					t.Errorf("got chat.update and response_url %v times, want %d and %d", got, test.updates, test.responses)
				}
				if seen := d.answers(sales, "U2"); test.moreIsHidden && test.board == "board" && (len(seen) != 1 || seen[0].Edits != 0) {
					t.Errorf("got %s for the others, want the board alone, unchanged", spoken(seen))
				}
			})
		})
	}
}

// TestEachClickBringsAnAddress clicks through a private message more often than
// one address can be used.
func TestEachClickBringsAnAddress(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.says(t, "U1", sales, "board x")
		for i := range 12 {
			line := fmt.Sprintf("redraw %d", i%2+1)
			d.presses(t, "U1", d.only(t, sales, "U1"), line)
			if got, want := d.only(t, sales, "U1").Plain(), fmt.Sprintf("*Redrawn %d*", i%2+1); !strings.HasPrefix(got, want) {
				t.Fatalf("click %d: got %.40q, want it to begin with %q", i, got, want)
			}
		}
	})
}

// TestAddressIsUsedUp lets the address of a command grow old: then a message has
// to do.
func TestAddressIsUsedUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.says(t, "U1", sales, "pair")
		time.Sleep(31 * time.Minute)
		if _, err := d.Submit(t.Context(), "U1", map[string]string{"name": "a", "second": "b"}); err != nil {
			t.Fatal(err)
		}
		settle()
		wantSays(t, d.only(t, sales, "U1"), "paired a b")
		if got := d.Calls("response_url"); got != 0 {
			t.Errorf("got the address used %d times, want never", got)
		}
	})
}

// TestMessagesTravel has what people type answered in its thread.
func TestMessagesTravel(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.types(t, "U1", sales, "<@"+bottest.SlackBotUser+"> say hello")
		asked := d.Messages(sales)[0]
		answer := d.only(t, sales, "U2")
		wantSays(t, answer, "said hello")
		if answer.Thread != asked.TS {
			t.Errorf("got the thread %q, want that of the question, %q", answer.Thread, asked.TS)
		}
		if _, err := d.TypeInThread(t.Context(), "U2", sales, asked.TS, "<@"+bottest.SlackBotUser+"> whisper more"); err != nil {
			t.Fatal(err)
		}
		settle()
		private := d.answers(sales, "U2")[1]
		if private.Thread != asked.TS || !private.Ephemeral || len(d.answers(sales, "U1")) != 1 {
			t.Errorf("got %+v, want it in the thread, for U2 alone", private)
		}
		dm := d.DM("U1")
		d.types(t, "U1", dm, "whisper hello")
		answer = d.only(t, dm, "U1")
		wantSays(t, answer, "whispered hello")
		if answer.Thread != "" || answer.Ephemeral {
			t.Errorf("got %+v, want an ordinary message outside any thread", answer)
		}
		d.types(t, "U1", sales, "say nothing to the bot")
		if _, err := d.Echo(t.Context(), answer); err != nil {
			t.Fatal(err)
		}
		settle()
		if got := len(d.answers(dm, "U1")); got != 1 {
			t.Errorf("got %d answers in the direct message, want none to the bot's own words", got)
		}
	})
}

// TestWhereTheBotCannotWrite has answers go to the person instead.
func TestWhereTheBotCannotWrite(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.refused = true
		d.says(t, "U1", other, "board")
		d.presses(t, "U1", d.only(t, other, "U1"), "say pressed")
		wantSays(t, d.only(t, d.DM("U1"), "U1"), "said pressed | slack.elsewhere")

		d.says(t, "U2", archive, "board")
		asked := d.only(t, archive, "U2")
		d.says(t, "U2", archive, "pair")
		d.AddChannel(bottest.SlackChannel{ID: archive, Name: "archive", Members: []string{"U2"}, BotIn: true, Archived: true})
		time.Sleep(31 * time.Minute)
		if _, err := d.Submit(t.Context(), "U2", map[string]string{"name": "a", "second": "b"}); err != nil {
			t.Fatal(err)
		}
		settle()
		wantSays(t, d.only(t, d.DM("U2"), "U2"), "paired a b | slack.elsewhere")
		if got := d.only(t, archive, "U2"); got.TS != asked.TS || got.Edits != 0 {
			t.Errorf("got %+v, want the archive as it was", got)
		}
	})
}

// TestOutsidersAreThere has a channel that people of other organisations are in:
// only who asked sees the answer.
func TestOutsidersAreThere(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.types(t, "U1", outside, "<@"+bottest.SlackBotUser+"> say hello")
		answer := d.only(t, outside, "U1")
		wantSays(t, answer, "said hello")
		d.Fail("chat.postEphemeral", bottest.SlackFailure{Status: 503}) // and a sweep sends it
		d.types(t, "U1", outside, "<@"+bottest.SlackBotUser+"> add Acme")
		d.seconds(t, 120)
		d.says(t, "U1", outside, "say more")
		want := "said hello\nadded Acme in \"\"\nsaid more"
		if got := spoken(d.answers(outside, "U1")); got != want || !answer.Ephemeral {
			t.Errorf("got %q, want %q", got, want)
		}
		if others := d.answers(outside, "U2"); len(others) != 0 {
			t.Errorf("got %s for the others, want nothing", spoken(others))
		}
	})
}

// TestCommandInUnknownChannel answers in private until a mention has told whose
// channel it is.
func TestCommandInUnknownChannel(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		const fresh = "C9"
		d.AddChannel(bottest.SlackChannel{ID: fresh, Name: "fresh", Members: []string{"U1", "U2"}, BotIn: true})
		for _, line := range []string{"say one", "say two"} {
			d.says(t, "U1", fresh, line)
			if line == "say one" {
				d.types(t, "U1", fresh, mention+"say hello")
			}
		}
		if got, want := spoken(d.answers(fresh, "U2")), "said hello\nsaid two"; got != want {
			t.Errorf("got %q for the others, want %q", got, want)
		}
		if got, want := spoken(d.answers(fresh, "U1")), "said one\nsaid hello\nsaid two"; got != want {
			t.Errorf("got %q for the asker, want %q", got, want)
		}
	})
}

// TestChartTravels sends a picture where everybody sees it, and letters where
// only one person does.
func TestChartTravels(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.types(t, "U1", sales, "<@"+bottest.SlackBotUser+"> chart")
		got := d.answers(sales, "U1")
		if len(got) != 2 || len(got[1].Files) != 1 || got[1].Files[0].Alt == "" {
			t.Fatalf("got %s, want the message, and a picture with a description", spoken(got))
		}
		d.says(t, "U2", sales, "board x")
		board := d.answers(sales, "U2")[2]
		d.presses(t, "U2", board, "chart")
		got = d.answers(sales, "U2")
		if last := got[len(got)-1]; !last.Ephemeral || !strings.Contains(last.Plain(), "Ann") {
			t.Errorf("got %s, want the bars in letters for U2 alone", spoken(got))
		}
		d.Fail("files.getUploadURLExternal", bottest.SlackFailure{Error: "internal_error"})
		time.Sleep(2 * time.Second)
		d.types(t, "U3", d.DM("U3"), "chart")
		time.Sleep(2 * time.Second)
		settle()
		got = d.answers(d.DM("U3"), "U3")
		if len(got) != 2 || len(got[1].Files) != 0 || !strings.Contains(got[1].Plain(), "Ann") {
			t.Errorf("got %s, want the bars in letters when the picture fails", spoken(got))
		}
	})
}
