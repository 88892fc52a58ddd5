package commands_test

import (
	"database/sql"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/terminal"
	"fifteen/storage"

	"github.com/google/go-cmp/cmp"
)

// due claims what is due after a while.
func (o *office) due(after time.Duration, platforms ...string) []bot.Post {
	o.t.Helper()
	now := o.now
	o.now = now.Add(after)
	defer func() { o.now = now }()
	posts, err := o.app.Outbox.Due(o.t.Context(), platforms, 100)
	if err != nil {
		o.t.Fatal(err)
	}
	return posts
}

// drain claims what is due after a while and marks it as sent, until nothing is.
func (o *office) drain(after time.Duration, platforms ...string) (all []bot.Post) {
	o.t.Helper()
	for posts := o.due(after, platforms...); len(posts) > 0; posts = o.due(after, platforms...) {
		for _, post := range posts {
			if err := o.app.Outbox.Sent(o.t.Context(), post.ID); err != nil {
				o.t.Fatal(err)
			}
		}
		all = append(all, posts...)
	}
	return all
}

// TestOutboxHolds follows a post that could not be sent at once.
func TestOutboxHolds(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, dsn string) {
		t.Helper()
		o := openAt(t, dsn)
		o.meets(somebody("U1", "Petra"))
		post := bot.Post{
			Workspace: o.home.ID, Member: 1, Chat: bot.Chat{Platform: slack, ID: "C1", Thread: "1.2"}, Message: bot.Message{Title: "later"},
		}
		if err := o.app.Outbox.Hold(t.Context(), post, 7*time.Second); err != nil {
			t.Fatal(err)
		}
		if got := o.due(7*time.Second-time.Millisecond, slack); len(got) != 0 {
			t.Errorf("before the wait is over: got %v, want nothing", got)
		}
		got := o.due(7*time.Second, slack)
		post.Name, post.Account = "Petra", "U1"
		if len(got) == 1 {
			post.ID = got[0].ID
		}
		if diff := cmp.Diff([]bot.Post{post}, got); diff != "" {
			t.Fatalf("when it is over (-want +got):\n%s", diff)
		}
		for _, test := range []struct {
			name     string
			attempts int
			cause    error
			want     time.Duration
		}{
			{"the first failure", 0, errors.New("broken"), 5 * time.Second},
			{"the third", 2, errors.New("broken"), 20 * time.Second},
			{"the eightieth", 79, errors.New("broken"), time.Hour},
			{"a short wait", 2, &bot.WaitError{For: time.Second, Err: errors.New("slow down")}, time.Second},
			{"a wait that is none", 2, &bot.WaitError{For: -time.Hour, Err: errors.New("slow down")}, 100 * time.Millisecond},
			{"the bot is refused", 2, bot.ErrLocked, time.Minute},
			{"a long wait", 0, &bot.WaitError{For: 3 * time.Hour, Err: errors.New("slow down")}, 3 * time.Hour},
			{"a wait within", 0, errors.Join(errors.New("send"), &bot.WaitError{For: time.Minute}), time.Minute},
		} {
			post.Attempts = test.attempts
			if outcome, err := o.app.Outbox.Failed(t.Context(), post, test.cause); err != nil || outcome != bot.Delayed {
				t.Fatalf("%s: got %v, %v, want it delayed", test.name, outcome, err)
			}
			if got := o.due(test.want-time.Millisecond, slack); len(got) != 0 {
				t.Errorf("%s: got %v before %s, want nothing", test.name, got, test.want)
			}
			if got := o.due(test.want, slack); len(got) != 1 {
				t.Errorf("%s: got %v after %s, want the post", test.name, got, test.want)
			}
		}
		if o.logs.Len() > 0 {
			t.Errorf("got in the log %s, want nothing", o.logs.String())
		}
	})
}

// TestGraceCountsFromTheArrival delivers a line late: whoever answers it has as
// long to send the answer as for any other.
func TestGraceCountsFromTheArrival(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.member("ivanov", bot.Rep)
	boss := o.member("boss", bot.Admin)
	said := o.now
	o.now = said.Add(time.Hour)
	account := bot.Request{
		Account: boss, Line: "deal add Acme @ivanov", EventID: "late", Workspace: o.home.ID, At: said, Arrived: o.now,
		Chat: bot.Chat{Platform: terminal.Platform, ID: "boss", Private: true},
	}
	if reply := o.app.Router.Serve(t.Context(), account); reply.Stored == 0 || len(reply.Posts) != 1 {
		t.Fatalf("got %+v, want an answer and a post", reply)
	}
	refused := account
	refused.Line, refused.EventID = "won wyvern", "refused"
	o.app.Router.Serve(t.Context(), refused)
	if got := o.due(storage.AnswerGrace-time.Millisecond, terminal.Platform); len(got) != 0 {
		t.Errorf("before the grace is over: got %v, want nothing", got)
	}
	if got := o.drain(storage.AnswerGrace, terminal.Platform); len(got) != 3 || !got[0].Again {
		t.Errorf("after it: got %v, want both answers and a post, which may have been sent", got)
	}
}

// TestToldWhereOneAsks gives a member two accounts: what somebody does is told in
// Slack, because at a terminal nobody may sit.
func TestToldWhereOneAsks(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.meets(somebody("U1", "Eva"))
	f.does(f.boss, "role @eva manager")
	db, err := sql.Open("sqlite3", "file:"+url.PathEscape(f.file)+"?_busy_timeout=5000")
	if err == nil {
		_, err = db.ExecContext(t.Context(),
			"INSERT INTO accounts (workspace_id, platform, external_id, member_id) VALUES (1, 'slack', 'U2', 1)")
	}
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	for account, want := range map[bot.Account]bot.Chat{
		inSlack("U1"): {Platform: slack, ID: "U2", Private: true},
		f.novak:       {Platform: slack, ID: "U2", Private: true},
	} {
		reply := f.send(bot.Request{
			Account: account, Line: "deal add " + account.ID + " @ivanov", Chat: bot.Chat{Platform: account.Platform, ID: "dm", Private: true},
		})
		if len(reply.Posts) != 1 || reply.Posts[0].Chat != want || reply.Posts[0].Account != want.ID {
			t.Errorf("told by %s: got %+v, want it told in %v", account.ID, reply.Posts, want)
		}
	}
}

// TestPrune forgets what was sent and asked long ago.
func TestPrune(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	first := bot.Request{Account: f.novak, Line: "deal add Acme", EventID: "the event", At: f.now}
	f.hear(first)
	f.types(f.novak, "note acme") // a question that waits
	f.drain(time.Hour, terminal.Platform)
	for _, step := range []struct {
		after         time.Duration
		posts, drafts string
	}{
		{48 * time.Hour, "2", "1"},
		{time.Second, "2", "0"},
		{6*24*time.Hour - time.Second, "2", "0"},
		{time.Second, "0", "0"},
	} {
		f.after(step.after)
		if err := f.app.Prune(t.Context()); err != nil {
			t.Fatal(err)
		}
		got := f.rows("SELECT (SELECT count(*) FROM outbox), (SELECT count(*) FROM drafts)")
		if want := step.posts + " | " + step.drafts; got[0] != want {
			t.Errorf("%s later: got %s posts and drafts, want %s", step.after, got[0], want)
		}
		if repeated := f.send(first).Repeated; repeated != (step.posts != "0") {
			t.Errorf("%s later: got the event repeated %v", step.after, repeated)
		}
	}
	if got := strings.Join(f.column("SELECT name FROM deals"), " "); got != "Acme" {
		t.Errorf("deals: got %s, want Acme", got)
	}
}
