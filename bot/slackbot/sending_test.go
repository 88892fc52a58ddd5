package slackbot_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fifteen/bot"
	"fifteen/bot/bottest"
)

// digest is the sample that has details: a headline, 300 deals, a chart and a
// sentence.
func digest(t *testing.T) bot.Message {
	t.Helper()
	samples := bottest.Samples()
	i := slices.IndexFunc(samples, func(s bottest.Sample) bool { return s.Name == "details" })
	if i < 0 {
		t.Fatal("there is no sample with details")
	}
	return samples[i].Message
}

// posts stores a post for a chat, to be sent by the next sweep.
func (d *desk) posts(chat bot.Chat, msg bot.Message) {
	chat.Platform = "slack"
	d.memory.Post(bot.Post{Workspace: workspace, Chat: chat, Message: msg}, time.Now())
}

// complete checks that messages are the digest's: each deal once, the picture,
// the sentence, in this order.
func complete(t *testing.T, all []bottest.SlackMessage) {
	t.Helper()
	text := spoken(all)
	for i := range 300 {
		if got := strings.Count(text, fmt.Sprintf("Company %03d ", i)); got != 1 {
			t.Fatalf("got deal %d %d times, want once", i, got)
		}
	}
	if n := len(all); n != 7 || len(all[5].Files) != 1 || !strings.Contains(text, "Nobody slipped.") {
		t.Errorf("got %d messages, want the headline, three of deals, the chart's title, its picture and the sentence:\n%.300s", n, text)
	}
	if !strings.HasPrefix(text, "*Who is 14 and 15?") {
		t.Errorf("got %.60q first, want the headline", text)
	}
}

// The details of a digest are in its thread in a channel, and follow it where one
// person reads.
func TestDetails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		dm := d.DM("U2")
		d.posts(bot.Chat{ID: sales}, digest(t))
		d.posts(bot.Chat{ID: dm, Private: true}, digest(t))
		d.seconds(t, 20)
		for channel, threaded := range map[string]bool{sales: true, dm: false} {
			got := d.answers(channel, "U2")
			complete(t, got)
			for i, m := range got {
				want := ""
				if threaded && i > 0 {
					want = got[0].TS
				}
				if m.Thread != want {
					t.Errorf("%s: got message %d below %q, want %q", channel, i, m.Thread, want)
				}
			}
		}
		if got := d.memory.Unsent(); len(got) != 0 {
			t.Errorf("got %v unsent, want none", got)
		}
	})
}

// Whoever asks something while a digest comes in, message by message, is answered
// between two of these, wherever the digest was addressed: to the chat, or to the
// person, which is the same chat to Slack.
func TestAnswerDuringADigest(t *testing.T) {
	t.Parallel()
	for _, to := range []string{"U2", "the chat"} {
		t.Run(to, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				dm := d.DM("U2")
				if to == "the chat" {
					to = dm
				}
				d.posts(bot.Chat{ID: to, Private: true}, digest(t))
				stop := d.sweeping(t)
				time.Sleep(2 * time.Second) // of the bubble's clock
				before := len(d.answers(dm, "U2"))
				if _, err := d.Type(t.Context(), "U2", dm, "add deal1"); err != nil {
					t.Fatal(err)
				}
				time.Sleep(3 * time.Second)
				const answer = `added deal1 in ""`
				if got := spoken(d.answers(dm, "U2")[before:]); !strings.Contains(got, answer) {
					t.Errorf("got within 3 s %.300s, want %s", got, answer)
				}
				time.Sleep(time.Minute)
				stop()
				all := d.answers(dm, "U2")
				if n := strings.Count(spoken(all), answer); n != 1 {
					t.Errorf("got the answer %d times, want once", n)
				}
				complete(t, slices.DeleteFunc(all, func(m bottest.SlackMessage) bool { return m.Plain() == answer }))
			})
		})
	}
}

// Who asks for something with details gets all of it, whichever way they ask.
func TestDetailsOfAnswers(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		ask  func(t *testing.T, d *desk) (channel string)
	}{
		{"a command", func(t *testing.T, d *desk) string {
			t.Helper()
			d.says(t, "U1", sales, "sample plain")
			return sales
		}},
		{"a mention", func(t *testing.T, d *desk) string {
			t.Helper()
			d.types(t, "U1", sales, mention+"sample plain")
			return sales
		}},
		{"a direct message", func(t *testing.T, d *desk) string {
			t.Helper()
			d.types(t, "U1", d.DM("U1"), "sample plain")
			return d.DM("U1")
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.samples["plain"] = digest(t)
				channel := test.ask(t, d)
				d.seconds(t, 60)
				complete(t, d.answers(channel, "U1"))
			})
		})
	}
}

// A post that is interrupted goes on where it was, an hour later; nothing of it
// comes twice.
func TestPartsGoOn(t *testing.T) {
	t.Parallel()
	for _, failure := range []bottest.SlackFailure{
		{Status: 429, RetryAfter: "3600"}, {Status: 429}, {Error: "service_unavailable"}, {Status: 503},
	} {
		for skip := range 6 {
			t.Run(fmt.Sprintf("%+v after %d", failure, skip), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					d := newDesk(t)
					failure.Skip = skip
					d.Fail("chat.postMessage", failure)
					d.posts(bot.Chat{ID: sales}, digest(t))
					d.seconds(t, 20)
					before := len(d.answers(sales, "U1"))
					time.Sleep(3500 * time.Second) // nobody sweeps
					d.seconds(t, 200)
					got := d.answers(sales, "U1")
					complete(t, got)
					if want := skip + skip/5; before != want { // the picture comes before the last
						t.Errorf("got %d messages before the wait, want %d", before, want)
					}
					for i, m := range got[1:] {
						if m.Thread != got[0].TS {
							t.Errorf("got message %d below %q, want %q", i+1, m.Thread, got[0].TS)
						}
					}
				})
			})
		}
	}
}

// What a platform says of a post decides what becomes of it.
func TestSendSays(t *testing.T) {
	t.Parallel()
	gone := func(person bool) func(error) bool {
		return func(err error) bool {
			g, ok := errors.AsType[*bot.GoneError](err)
			return ok && g.Person == person && g.Chat.ID != ""
		}
	}
	is := func(want error) func(error) bool { return func(err error) bool { return errors.Is(err, want) } }
	for _, test := range []struct {
		name    string
		chat    bot.Chat
		failure bottest.SlackFailure
		want    func(error) bool
	}{
		{"no channel", bot.Chat{ID: "C9"}, bottest.SlackFailure{Skip: 9}, gone(false)},
		{"the bot was removed", bot.Chat{ID: other}, bottest.SlackFailure{Skip: 9}, gone(false)},
		{"archived", bot.Chat{ID: sales}, bottest.SlackFailure{Error: "is_archived"}, gone(false)},
		{"a person has left", bot.Chat{ID: "U9", Private: true}, bottest.SlackFailure{Skip: 9}, gone(true)},
		{"the bot's token", bot.Chat{ID: sales}, bottest.SlackFailure{Error: "account_inactive"}, is(bot.ErrLocked)},
		{"too long", bot.Chat{ID: sales}, bottest.SlackFailure{Error: "msg_too_long"}, is(bot.ErrUnfit)},
		{"Slack is broken", bot.Chat{ID: sales}, bottest.SlackFailure{Status: 500}, is(bot.ErrUnsure)},
		{"the line is cut", bot.Chat{ID: sales}, bottest.SlackFailure{Drop: true, Times: 3}, is(bot.ErrUnsure)},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.refused = true
				d.AddUser(bottest.SlackUser{ID: "U9", Name: "Left", Deleted: true})
				d.Fail("chat.postMessage", test.failure)
				post := bot.Post{Workspace: workspace, Chat: test.chat, Message: bot.Message{Title: "x"}}
				if err := d.bot.Send(t.Context(), post); !test.want(err) {
					t.Errorf("got %v (%T), want another", err, err)
				}
			})
		})
	}
}

// Retry-After is obeyed, and when it is not to be understood half a minute is.
func TestRetryAfter(t *testing.T) {
	t.Parallel()
	for after, want := range map[string]time.Duration{
		"7": 7 * time.Second, "90": 90 * time.Second, "10072": 10072 * time.Second,
		"": 30 * time.Second, "0": 30 * time.Second, "-5": 30 * time.Second, "soon": 30 * time.Second, "1.5": 30 * time.Second,
		"Wed, 21 Oct 2026 07:28:00 GMT": 30 * time.Second, "99999999999999999999999": 30 * time.Second, "4000000000": 24 * time.Hour,
	} {
		t.Run(after, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.Fail("chat.postMessage", bottest.SlackFailure{Status: 429, RetryAfter: after})
				post := bot.Post{Workspace: workspace, Chat: bot.Chat{ID: sales}, Message: bot.Message{Title: "x"}}
				wait, ok := errors.AsType[*bot.WaitError](d.bot.Send(t.Context(), post))
				if !ok || wait.For != want {
					t.Errorf("got %v, want a wait of %s", wait, want)
				}
			})
		})
	}
}

// A question to somebody who does not want to be disturbed is held back, and only
// that.
func TestQuiet(t *testing.T) {
	t.Parallel()
	now := func(after time.Duration) time.Time { return time.Now().Add(after) }
	for _, test := range []struct {
		name   string
		rest   func() bottest.SlackRest
		prompt bool
		quiet  time.Duration // 0 for sent
	}{
		{"at night", func() bottest.SlackRest { return bottest.SlackRest{From: now(-time.Hour), To: now(8 * time.Hour)} }, true, 8 * time.Hour},
		{"a pause", func() bottest.SlackRest { return bottest.SlackRest{Snooze: now(20 * time.Minute)} }, true, 20 * time.Minute},
		{"by day", func() bottest.SlackRest { return bottest.SlackRest{From: now(time.Hour), To: now(9 * time.Hour)} }, true, 0},
		{"after a pause", func() bottest.SlackRest { return bottest.SlackRest{Snooze: now(-time.Minute)} }, true, 0},
		{"never", func() bottest.SlackRest { return bottest.SlackRest{} }, true, 0},
		{"what is no question", func() bottest.SlackRest { return bottest.SlackRest{Snooze: now(time.Hour)} }, false, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				d.Rest("U2", test.rest())
				post := bot.Post{
					Workspace: workspace, Account: "U2", Prompt: test.prompt, Message: bot.Message{Title: "How was it?"},
					Chat: bot.Chat{ID: d.DM("U2"), Private: true},
				}
				err := d.bot.Send(t.Context(), post)
				quiet, held := errors.AsType[*bot.QuietError](err)
				if held != (test.quiet > 0) || !held && err != nil {
					t.Fatalf("got %v, want it held back %v", err, test.quiet > 0)
				}
				if held && time.Until(quiet.Until).Round(time.Minute) != test.quiet {
					t.Errorf("got %s, want %s from now", quiet.Until, test.quiet)
				}
				d.Rest("U2", bottest.SlackRest{})
				time.Sleep(time.Minute) // so long is an answer believed
				if err := d.bot.Send(t.Context(), post); err != nil {
					t.Errorf("a minute after it ended: got %v, want it sent", err)
				}
			})
		})
	}
}

// When Slack does not say whether somebody may be disturbed, they are asked.
func TestQuietUnknown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.Fail("dnd.info", bottest.SlackFailure{Error: "missing_scope"})
		post := bot.Post{Workspace: workspace, Account: "U2", Prompt: true, Chat: bot.Chat{ID: "U2", Private: true}, Message: bot.Message{Title: "x"}}
		for range 2 {
			if err := d.bot.Send(t.Context(), post); err != nil {
				t.Errorf("got %v, want it sent", err)
			}
			settle()
		}
		if got := d.Calls("dnd.info"); got != 1 {
			t.Errorf("got Slack asked %d times, want once", got)
		}
	})
}
