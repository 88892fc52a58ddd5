package slackbot_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fifteen/bot"
	"fifteen/bot/bottest"
)

// TestWhoIsRefused has people speak whom the bot does not work for: they are
// told in private, and nothing happens.
func TestWhoIsRefused(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		user bottest.SlackUser
		want string // "" for no answer at all
	}{
		{name: "a guest", user: bottest.SlackUser{Guest: true}, want: "slack.guest"},
		{name: "a stranger", user: bottest.SlackUser{Stranger: true, Team: "T9"}, want: "slack.stranger"},
		{name: "of another team", user: bottest.SlackUser{Team: "T9"}, want: "slack.stranger"},
		{name: "a bot", user: bottest.SlackUser{Bot: true}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				test.user.ID, test.user.Name = "U9", "eve"
				d.AddUser(test.user)
				d.AddChannel(bottest.SlackChannel{ID: sales, Name: "sales", Members: []string{"U1", "U9"}, BotIn: true})
				d.says(t, "U9", sales, "add Acme")
				d.types(t, "U9", sales, "<@"+bottest.SlackBotUser+"> add Delta")
				got := d.answers(sales, "U9")
				if test.want == "" && len(got) != 0 || test.want != "" && len(got) != 2 {
					t.Fatalf("got %s, want %q for each line", spoken(got), test.want)
				}
				for _, m := range got {
					wantSays(t, m, test.want)
					if !m.Ephemeral {
						t.Errorf("got %q for everybody, want it in private", m.Plain())
					}
				}
				if _, known := d.crew.found("U9"); known || len(d.stored()) != 0 {
					t.Errorf("got a member %v and %v stored, want neither", known, d.stored())
				}
			})
		})
	}
}

// TestGoneIsRefused has somebody speak whose account was closed meanwhile.
func TestGoneIsRefused(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.says(t, "U1", sales, "board")
		d.says(t, "U2", sales, "add Acme")
		board := d.answers(sales, "U1")[0]
		d.AddUser(bottest.SlackUser{ID: "U2", Name: "Bob", Deleted: true})
		if err := d.AnnounceUser(t.Context(), "U2"); err != nil {
			t.Fatal(err)
		}
		settle()
		if _, known := d.crew.found("U2"); known {
			t.Error("got U2 a member, want them gone after user_change")
		}
		payload := fmt.Sprintf(`{"type":"block_actions","team":{"id":%q},"user":{"id":"U2"},"channel":{"id":%q,"name":"sales"},`+
			`"container":{"message_ts":%q},"actions":[{"type":"button","value":"add Delta","action_ts":"1.2"}]}`,
			bottest.SlackTeam, sales, board.TS)
		if got := d.post(t, interactivity(payload)).Code; got != 200 {
			t.Errorf("got status %d, want 200", got)
		}
		settle()
		if got := d.stored(); !slices.Equal(got, []string{"Acme@"}) {
			t.Errorf("got %v stored, want nothing after U2 has gone", got)
		}
	})
}

// TestFirstContact takes somebody in with what Slack knows of them, once.
func TestFirstContact(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		before := d.Calls("users.info")
		for range 3 {
			d.says(t, "U1", sales, "say hello")
		}
		got, _ := d.crew.found("U1")
		if got.Name != "Ann" || got.Role != bot.Admin || got.Locale != "en-GB" {
			t.Errorf("got %+v, want Ann, an admin who speaks British English", got)
		}
		if calls := d.Calls("users.info") - before; calls != 1 {
			t.Errorf("got Slack asked %d times, want once", calls)
		}
		d.AddUser(bottest.SlackUser{ID: "U1", Name: "Anna", Locale: "de-DE"})
		if err := d.AnnounceUser(t.Context(), "U1"); err != nil {
			t.Fatal(err)
		}
		settle()
		if got, _ := d.crew.found("U1"); got.Name != "Anna" || got.Locale != "de-DE" {
			t.Errorf("got %+v, want what user_change says", got)
		}
		if err := d.AnnounceUser(t.Context(), "U3"); err != nil {
			t.Fatal(err)
		}
		if _, known := d.crew.found("U3"); known {
			t.Error("got U3 a member by news alone, want them left alone")
		}
	})
}

// TestSlackDoesNotKnow has looking people up fail: a member is believed, and
// nobody else gets anything done.
func TestSlackDoesNotKnow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.Fail("users.info", bottest.SlackFailure{Status: 500})
		d.says(t, "U2", sales, "add Acme")
		if got := d.only(t, sales, "U2"); got.Plain() != "slack.unknown" || !got.Ephemeral {
			t.Errorf("got %q, want in private that nobody knows who they are", got.Plain())
		}
		if err := d.crew.Meet(t.Context(), workspace, bot.Person{Account: bot.Account{Platform: "slack", ID: "U1"}, Name: "Ann"}, true); err != nil {
			t.Fatal(err)
		}
		d.Fail("users.info", bottest.SlackFailure{Drop: true})
		d.says(t, "U1", sales, "add Delta")
		d.says(t, "U2", sales, "add Gamma")
		if got := d.stored(); !slices.Equal(got, []string{"Delta@", "Gamma@"}) {
			t.Errorf("got %v stored, want Delta by a member, and Gamma when Slack knows again", got)
		}
	})
}

// TestNamedColleague takes in somebody who is named to the bot, and nobody who
// is not a colleague.
func TestNamedColleague(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.AddUser(bottest.SlackUser{ID: "U8", Name: "Four words of name", RealName: "x"})
		d.AddUser(bottest.SlackUser{ID: "U9", Name: "eve", Guest: true})
		d.AddUser(bottest.SlackUser{ID: "UBOTTY", Name: "robot", Bot: true})
		for _, test := range []struct{ said, want string }{
			{"log <@U2>", "@Bob"},
			{"log <@U2|bobby>", "@Bob"},
			{"log <@U8> x", `"@Four words of name" x`},
			{"log <@U9|eve>", "@eve"},
			{"log <@UBOTTY>", "@UBOTTY"},
			{"log a &lt;b&gt; &amp;amp; <https://x.example/a&amp;b|x.example/a&amp;b> <#C1|sales> <!here>", "a <b> &amp; x.example/a&b #sales @here"},
		} {
			d.says(t, "U1", sales, test.said)
			if got := d.lines(); got[len(got)-1] != test.want {
				t.Errorf("%s: got %q, want %q", test.said, got[len(got)-1], test.want)
			}
		}
		if got, want := d.crew.named, []string{"U2", "U8"}; !slices.Equal(got, want) {
			t.Errorf("got %v taken in, want %v", got, want)
		}
	})
}

// TestCensus takes in at the start what has changed with members meanwhile,
// over several pages and through a 429.
func TestCensus(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		for _, user := range []string{"U2", "U3"} {
			person := bot.Person{Account: bot.Account{Platform: "slack", ID: user}, Name: "old"}
			if err := d.crew.Meet(t.Context(), workspace, person, true); err != nil {
				t.Fatal(err)
			}
		}
		for i := range 450 {
			d.AddUser(bottest.SlackUser{ID: fmt.Sprintf("UX%d", i), Name: "x"})
		}
		d.AddUser(bottest.SlackUser{ID: "U3", Name: "Cy", Deleted: true})
		d.Fail("users.list", bottest.SlackFailure{Status: 429, RetryAfter: "7"})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- d.bot.Run(ctx) }()
		time.Sleep(10 * time.Second)
		stop()
		if err := <-ended; err != nil {
			t.Errorf("run: got %v, want no error", err)
		}
		settle()
		got, _ := d.crew.found("U2")
		if _, known := d.crew.found("U3"); got.Name != "Bob" || known || len(d.crew.members) != 1 {
			t.Errorf("got %q, U3 known %v, %d members, want Bob alone", got.Name, known, len(d.crew.members))
		}
		if calls := d.Calls("users.list"); calls != 4 {
			t.Errorf("got %d calls of users.list, want one refused and three pages", calls)
		}
		if strings.Contains(d.log.String(), "to its end") {
			t.Errorf("got the log %s, want the census complete", d.log)
		}
	})
}
