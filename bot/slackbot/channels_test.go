package slackbot_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"fifteen/bot/bottest"
)

// withRooms adds channels to a desk that people name.
func withRooms(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	people := []string{"U1", "U2"}
	d.AddChannel(bottest.SlackChannel{ID: "C5", Name: "bosses", Members: people, BotIn: true, Private: true})
	d.AddChannel(bottest.SlackChannel{ID: "C6", Name: "secret", Members: people, Private: true})
	d.AddChannel(bottest.SlackChannel{ID: "C7", Name: "2026", Members: people})
	d.AddChannel(bottest.SlackChannel{ID: "C8", Name: "hidden", Members: people, Private: true})
	d.AddChannel(bottest.SlackChannel{ID: "C9", Name: "*all*<!here>", Members: people})
	d.refused = true // the secret ones
	return d
}

// TestChannelsByName finds the channels that a line names, in each form in which
// Slack sends them, and what they are called.
func TestChannelsByName(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, channel, said, want string }{
		{"with its name", other, "find <#C1|sales>", "#sales=C1/true/#sales here=#other"},
		{"with an empty name", sales, "find <#C2|>", "#other=C2/true/#other here=#sales"},
		{"without a name", sales, "find <#C2>", "#other=C2/true/#other here=#sales"},
		{"a private one", sales, "find <#C5|>", "#bosses=C5/true/#bosses here=#sales"},
		{"in a private one", "C5", "find x", "x=/false/ here=#bosses"},
		{"where the bot is not", "C6", "find x", "x=/false/ here="},
		{"one that is not told of", sales, "find <#C6|>", "#slack.channel=C6/true/ here=#sales"},
		{
			"several that are not told of", sales, "find <#C6> <#C8> <#C6>",
			"#slack.channel=C6/true/ #slack.channel-2=C8/true/ #slack.channel=C6/true/ here=#sales",
		},
		{"a number", sales, "find <#C7|2026>", "#2026=C7/true/#2026 here=#sales"},
		{"what looks like markup", sales, "find <#C9|*all*&lt;!here&gt;>", "#*all*<!here>=C9/true/#*all*<!here> here=#sales"},
		{"letters only", sales, "find #sales", "#sales=/false/ here=#sales"},
		{"letters like a mark", sales, "find &lt;#C2|other&gt;", "<#C2|other>=/false/ here=#sales"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := withRooms(t)
				d.says(t, "U1", test.channel, test.said)
				if got := d.lines(); !slices.Equal(got, []string{test.want}) {
					t.Errorf("as a command: got %q, want %q", got, test.want)
				}
			})
		})
	}
}

// TestJoined names the public channels that the bot is in, by name.
func TestJoined(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := withRooms(t)
		d.AddChannel(bottest.SlackChannel{ID: "C10", Name: "deals", BotIn: true})
		d.AddChannel(bottest.SlackChannel{ID: "C11", Name: "partners", BotIn: true, External: true})
		d.AddChannel(bottest.SlackChannel{ID: "C12", Name: "old", BotIn: true, Archived: true})
		d.says(t, "U1", sales, "rooms")
		if got, want := d.lines(), []string{"[{#archive C4} {#deals C10} {#sales C1}]"}; !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

// TestChannelsInMessages finds them in what is written to the bot directly, and
// where it is mentioned.
func TestChannelsInMessages(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := withRooms(t)
		d.types(t, "U1", d.DM("U1"), "find <#C2|>")
		d.types(t, "U1", d.DM("U1"), "find <#C2|other>")
		d.types(t, "U1", sales, mention+"find <#C2>")
		want := []string{"#other=C2/true/#other here=", "#other=C2/true/#other here=", "#other=C2/true/#other here=#sales"}
		if got := d.lines(); !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
		// Nothing asks Slack for the name of a direct message, or twice for one.
		if calls := d.Calls("conversations.info"); calls != 2 {
			t.Errorf("got Slack asked %d times, want once for each channel", calls)
		}
	})
}

// TestChannelNamesAreKept believes Slack for an hour, and asks again soon when it
// has not said.
func TestChannelNamesAreKept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.Fail("conversations.info", bottest.SlackFailure{Error: "missing_scope"})
		d.says(t, "U1", sales, "find <#C2>")
		d.says(t, "U1", sales, "find <#C2>")
		time.Sleep(time.Minute)
		d.says(t, "U1", sales, "find <#C2>")
		d.AddChannel(bottest.SlackChannel{ID: other, Name: "renamed", Members: []string{"U1"}})
		d.says(t, "U1", sales, "find <#C2>")
		time.Sleep(time.Hour)
		d.says(t, "U1", sales, "find <#C2>")
		unknown, known := "#slack.channel=C2/true/ here=#sales", "#other=C2/true/#other here=#sales"
		want := []string{unknown, unknown, known, known, "#renamed=C2/true/#renamed here=#sales"}
		if got := d.lines(); !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
		if calls := d.Calls("conversations.info"); calls != 3 {
			t.Errorf("got Slack asked %d times, want 3", calls)
		}
	})
}
