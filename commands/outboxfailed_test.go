package commands_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fifteen/bot"

	"github.com/google/go-cmp/cmp"
)

// waits stores posts for chats, to be sent at once, and returns them as the
// outbox gives them out: of each chat the first.
func (o *office) waits(chats ...string) []bot.Post {
	o.t.Helper()
	for i, chat := range chats {
		post := bot.Post{Workspace: o.home.ID, Chat: bot.Chat{Platform: slack, ID: chat}, Message: bot.Message{Title: fmt.Sprint(i)}}
		if err := o.app.Outbox.Hold(o.t.Context(), post, 0); err != nil {
			o.t.Fatal(err)
		}
	}
	return o.due(0, slack)
}

// titles are what posts say, in their order.
func titles(posts []bot.Post) string {
	said := make([]string, len(posts))
	for i, post := range posts {
		said[i] = post.Message.Title
	}
	return strings.Join(said, " ")
}

// dropped returns why posts were given up, by number of the message.
func (f *firm) dropped() string {
	return strings.Join(f.column("SELECT body || ' ' || dropped FROM outbox WHERE dropped <> '' ORDER BY id"), "; ")
}

// What can never be sent is given up at once; other posts of its chat only when
// the chat is gone.
func TestOutboxGivesUp(t *testing.T) {
	t.Parallel()
	away := &bot.GoneError{Chat: bot.Chat{ID: "C1"}, Err: errors.New("is_archived")}
	for _, test := range []struct {
		name     string
		attempts int
		cause    error
		outcome  bot.Outcome
		later    string // what is due in two days, of each chat the first
	}{
		{"archived", 0, away, bot.Dropped, "2"},
		{"archived after some parts", 0, &bot.PartError{Sent: 2, Err: away}, bot.Dropped, "2"},
		{"no such message", 0, fmt.Errorf("send: %w", bot.ErrUnfit), bot.Dropped, "1 2"},
		{"three days", 80, errors.New("broken"), bot.Dropped, "1 2"},
		{"not yet three days", 79, errors.New("broken"), bot.Delayed, "2 0"}, // by when they are due
		{"rate limited for weeks", 80, &bot.WaitError{For: time.Minute, Err: errors.New("slow down")}, bot.Delayed, "0 2"},
		{"the bot's token", 80, fmt.Errorf("%w: token_revoked", bot.ErrLocked), bot.Delayed, "0 2"},
		{"another workspace", 80, bot.ErrElsewhere, bot.Delayed, "0 2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := openFirm(t)
			posts := o.waits("C1", "C1", "C2")
			if got := titles(posts); got != "0 2" {
				t.Fatalf("got %q due, want the first of each chat", got)
			}
			posts[0].Attempts = test.attempts
			outcome, err := o.app.Outbox.Failed(t.Context(), posts[0], test.cause)
			if err != nil || outcome != test.outcome {
				t.Errorf("got %v, %v, want %v", outcome, err, test.outcome)
			}
			o.now = o.now.AddDate(0, 0, 2)
			if got := titles(o.due(0, slack)); got != test.later {
				t.Errorf("two days later: got %q, want %q", got, test.later)
			}
			if got := o.dropped(); (got != "") != (test.outcome == bot.Dropped) || strings.Contains(o.logs.String(), "given up") != (got != "") {
				t.Errorf("got dropped %q and the log %s", got, o.logs.String())
			}
		})
	}
}

// Whoever ends schedules is told of a chat that is gone before its posts are
// given up, and again if that failed.
func TestOutboxTellsWhoIsGone(t *testing.T) {
	t.Parallel()
	o := openFirm(t)
	posts := o.waits("C1", "C1")
	var told []string
	fails := errors.New("busy")
	o.app.Outbox.Gone = func(_ context.Context, post bot.Post, err error) error {
		gone, _ := errors.AsType[*bot.GoneError](err)
		told = append(told, fmt.Sprintf("%d %s %v", post.Workspace, gone.Chat.ID, gone.Person))
		return fails
	}
	cause := fmt.Errorf("send: %w", &bot.GoneError{Chat: posts[0].Chat, Person: true, Err: errors.New("user_not_found")})
	if _, err := o.app.Outbox.Failed(t.Context(), posts[0], cause); !errors.Is(err, fails) || o.dropped() != "" {
		t.Errorf("got %v and dropped %q, want the error and nothing", err, o.dropped())
	}
	fails = nil
	if _, err := o.app.Outbox.Failed(t.Context(), posts[0], cause); err != nil {
		t.Error(err)
	}
	if want := []string{"1 C1 true", "1 C1 true"}; cmp.Diff(want, told) != "" || strings.Count(o.dropped(), "user_not_found") != 2 {
		t.Errorf("got told %q and dropped %q, want %q and both", told, o.dropped(), want)
	}
}

// A post whose first parts went out is continued; one that may have arrived says
// so for good; and both survive a restart.
func TestOutboxContinues(t *testing.T) {
	t.Parallel()
	o := open(t)
	post := o.waits("C1")[0]
	for _, test := range []struct {
		name  string
		cause error
		parts int
		below string
		again bool
	}{
		{"a failure", errors.New("broken"), 0, "", false},
		{"in the middle", &bot.PartError{Sent: 2, Below: "1.2", Err: &bot.WaitError{For: time.Hour}}, 2, "1.2", false},
		{"again", errors.New("broken"), 2, "1.2", false},
		{"nobody knows", &bot.PartError{Sent: 3, Below: "1.2", Err: bot.ErrUnsure}, 3, "1.2", true},
		{"and now it was surely refused", &bot.WaitError{For: time.Second}, 3, "1.2", true},
	} {
		if _, err := o.app.Outbox.Failed(t.Context(), post, test.cause); err != nil {
			t.Fatal(err)
		}
		o.now = o.now.Add(2 * time.Hour)
		got := o.due(0, slack)
		if len(got) != 1 || got[0].Parts != test.parts || got[0].Below != test.below || got[0].Again != test.again {
			t.Fatalf("%s: got %+v, want %d parts below %q, again %v", test.name, got, test.parts, test.below, test.again)
		}
		post = got[0]
	}
	o.now = o.now.Add(time.Minute) // nobody has said what became of it
	if got := o.due(0, slack); len(got) != 1 || !got[0].Again {
		t.Errorf("after a crash: got %+v, want it again", got)
	}
}

// A question waits for whoever does not want to be disturbed, or is taken back to
// be asked anew.
func TestOutboxKeepsQuiet(t *testing.T) {
	t.Parallel()
	for _, handled := range []bool{false, true} {
		o := open(t)
		if handled {
			o.app.Outbox.Quiet = func(context.Context, bot.Post, time.Time) (bool, error) { return true, nil }
		}
		ask := bot.Post{Workspace: o.home.ID, Chat: bot.Chat{Platform: slack, ID: "U1", Private: true}, Message: bot.Message{Title: "ask"}, Prompt: true}
		if err := o.app.Outbox.Hold(t.Context(), ask, 0); err != nil {
			t.Fatal(err)
		}
		got := o.due(0, slack)
		if len(got) != 1 || !got[0].Prompt {
			t.Fatalf("got %+v, want the question", got)
		}
		outcome, err := o.app.Outbox.Failed(t.Context(), got[0], &bot.QuietError{Until: o.now.Add(8 * time.Hour)})
		if err != nil || outcome != bot.Delayed {
			t.Fatalf("got %v, %v, want it delayed", outcome, err)
		}
		if got := o.due(8*time.Hour-time.Second, slack); len(got) != 0 {
			t.Errorf("got %+v in the night, want nothing", got)
		}
		want := 1
		if handled {
			want = 0
		}
		if got := o.due(8*time.Hour, slack); len(got) != want || want > 0 && got[0].Attempts != 0 {
			t.Errorf("handled %v: got %+v in the morning, want %d that nobody tried", handled, got, want)
		}
	}
}
