package bottest_test

import (
	"errors"
	"strings"
	"testing"

	"fifteen/bot/bottest"
)

// wantIs fails the test unless err is target.
func wantIs(t *testing.T, err, target error) {
	t.Helper()
	if !errors.Is(err, target) {
		t.Errorf("got the error %v, want %v", err, target)
	}
}

func TestSlackUsersInfo(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	w.AddUser(bottest.SlackUser{ID: "U3", Name: "eve", Team: "T0OTHER", Stranger: true, Admin: true, Locale: "fr-FR"})
	told := func(user string) map[string]any {
		got, ok := w.must(t, "users.info", fields{"user": user, "include_locale": true}).User.(map[string]any)
		if !ok {
			t.Fatalf("got no user %s", user)
		}
		return got
	}
	ann := told("U1")
	// Berlin is one hour ahead in November.
	for name, want := range map[string]any{
		"id": "U1", "team_id": bottest.SlackTeam, "tz": "Europe/Berlin", "tz_offset": 3600.0, "locale": "de-DE",
		"is_admin": false, "is_bot": false, "deleted": false,
	} {
		if ann[name] != want {
			t.Errorf("%s: got %v, want %v", name, ann[name], want)
		}
	}
	eve := told("U3")
	for name, want := range map[string]any{"team_id": "T0OTHER", "is_stranger": true, "is_admin": nil, "locale": nil} {
		if eve[name] != want {
			t.Errorf("%s of a stranger: got %v, want %v", name, eve[name], want)
		}
	}
	wantError(t, w.call(t, "users.info", fields{"user": "U9"}), "user_not_found")
}

func TestSlackUsersListHasPages(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{UserPage: 3})
	w.AddUser(bottest.SlackUser{ID: "U3", Stranger: true, Team: "T0OTHER"})
	w.AddUser(bottest.SlackUser{ID: "U4", Deleted: true})
	var ids []string
	cursor, pages := "", 0
	for {
		got := w.must(t, "users.list", fields{"cursor": cursor, "limit": 1000})
		pages++
		for _, member := range got.Members {
			ids = append(ids, member.ID)
		}
		if cursor = got.Metadata.Next; cursor == "" {
			break
		}
	}
	// the bot, Slackbot, ann, bob and U4, three a page
	if pages != 2 || len(ids) != 5 {
		t.Errorf("got %d pages of %v, want 2 of 5 without the stranger", pages, ids)
	}
	wantError(t, w.call(t, "users.list", fields{"cursor": "dXNlcjo="}), "invalid_cursor")
}

// TestSlackConversationsInfo tells of public channels, and of private ones where
// the bot is, to an app that may know it.
func TestSlackConversationsInfo(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, scope, channel, want, needed string }{
		{name: "public", scope: "channels:read", channel: "C5", want: ""},
		{name: "public, without the scope", scope: "groups:read", channel: "C5", want: "missing_scope", needed: "channels:read"},
		{name: "private", scope: "groups:read", channel: "C6", want: ""},
		{name: "private, without the scope", scope: "channels:read", channel: "C6", want: "missing_scope", needed: "groups:read"},
		{name: "private, without the bot", scope: "groups:read", channel: "C7", want: "channel_not_found"},
		{name: "none", scope: "channels:read", channel: "C9", want: "channel_not_found"},
		{name: "unsaid", scope: "channels:read", channel: "", want: "invalid_arguments"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newSlackWorld(t, bottest.SlackConfig{Scopes: []string{test.scope}})
			w.AddChannel(bottest.SlackChannel{ID: "C5", Name: "deals", Members: []string{"U1"}})
			w.AddChannel(bottest.SlackChannel{ID: "C6", Name: "bosses", Members: []string{"U1"}, Private: true, BotIn: true})
			w.AddChannel(bottest.SlackChannel{ID: "C7", Name: "owners", Members: []string{"U1"}, Private: true})
			got := w.call(t, "conversations.info", fields{"channel": test.channel})
			if got.Error != test.want || got.Needed != test.needed {
				t.Errorf("got the error %q, needed %q, want %q and %q", got.Error, got.Needed, test.want, test.needed)
			}
			if used := w.Scopes()[test.scope]; used != (test.want == "") {
				t.Errorf("got the scope used %v, want it used by what went through only", used)
			}
		})
	}
}

// TestSlackUsersConversations tells which channels the bot is in, to an app that may
// know of their kind.
func TestSlackUsersConversations(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, scope, types, want, refused string }{
		{name: "public", scope: "channels:read", types: "public_channel", want: "C1 C5"},
		{name: "private", scope: "groups:read", types: "private_channel", want: "C6"},
		{name: "usual", scope: "channels:read", want: "C1 C5"},
		{name: "without the scope", scope: "channels:read", types: "public_channel,private_channel", refused: "missing_scope"},
		{name: "unknown", scope: "channels:read", types: "secret", refused: "invalid_types"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newSlackWorld(t, bottest.SlackConfig{Scopes: []string{test.scope}})
			w.AddChannel(bottest.SlackChannel{ID: "C5", Name: "deals", BotIn: true})
			w.AddChannel(bottest.SlackChannel{ID: "C6", Name: "bosses", Private: true, BotIn: true})
			w.AddChannel(bottest.SlackChannel{ID: "C7", Name: "others"})
			w.AddChannel(bottest.SlackChannel{ID: "C8", Name: "old", BotIn: true, Archived: true})
			got := w.call(t, "users.conversations", fields{"types": test.types, "exclude_archived": "true"})
			var ids []string
			for _, channel := range got.Channels {
				ids = append(ids, channel.ID)
			}
			if told := strings.Join(ids, " "); got.Error != test.refused || told != test.want {
				t.Errorf("got %q, refused %q, want %q and %q", told, got.Error, test.want, test.refused)
			}
		})
	}
}

// What Slack's own client would not let people do.
func TestSlackUnable(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	w.plugQuiet(t)
	w.AddChannel(bottest.SlackChannel{ID: "C3", Members: []string{"U1"}, Archived: true})
	w.AddUser(bottest.SlackUser{ID: "U3", Deleted: true})
	ctx := t.Context()
	for _, c := range []struct{ user, channel string }{
		{"U9", "C1"}, {"U1", "C9"}, {"U2", "C2"}, {"U1", "C3"}, {"U3", w.DM("U3")}, {"U2", w.DM("U1")},
	} {
		_, err := w.Type(ctx, c.user, c.channel, "x")
		wantIs(t, err, bottest.ErrSlackUnable)
		_, err = w.Command(ctx, c.user, c.channel, "/ppf", "")
		wantIs(t, err, bottest.ErrSlackUnable)
	}
	_, err := w.TypeInThread(ctx, "U1", "C1", "1.000001", "x")
	wantIs(t, err, bottest.ErrSlackUnable)
	_, err = w.Submit(ctx, "U1", nil)
	wantIs(t, err, bottest.ErrSlackUnable)
	_, err = w.CloseView(ctx, "U1")
	wantIs(t, err, bottest.ErrSlackUnable)
	_, err = w.Redeliver(ctx, 0)
	wantIs(t, err, bottest.ErrSlackUnable)
	wantIs(t, w.AnnounceUser(ctx, "U9"), bottest.ErrSlackUnable)
}
