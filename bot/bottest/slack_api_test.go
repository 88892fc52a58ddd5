package bottest_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fifteen/bot/bottest"
)

func TestSlackWantsTheRightToken(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	for _, c := range []struct{ method, token, want string }{
		{"auth.test", bottest.SlackBotToken, ""},
		{"apps.connections.open", bottest.SlackAppToken, ""},
		{"auth.test", "", "not_authed"},
		{"auth.test", "xoxb-other", "invalid_auth"},
		{"apps.connections.open", bottest.SlackBotToken, "not_allowed_token_type"},
		{"chat.postMessage", bottest.SlackAppToken, "not_allowed_token_type"},
		{"admin.everything", bottest.SlackBotToken, "unknown_method"},
	} {
		if got := w.post(t, w.APIURL()+c.method, c.token, fields{}); got.Error != c.want || got.OK != (c.want == "") {
			t.Errorf("%s with %q: got %+v, want the error %q", c.method, c.token, got, c.want)
		}
	}
	w.RevokeTokens()
	wantError(t, w.call(t, "auth.test", fields{}), "token_revoked")
}

// A form carries the token and blocks as text.
func TestSlackReadsForms(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	form := url.Values{
		"token": {bottest.SlackBotToken}, "channel": {"C1"}, "text": {"fallback"},
		"blocks": {`[{"type":"header","text":{"type":"plain_text","text":"Head"}}]`},
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.APIURL()+"chat.postMessage", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if got := w.do(t, req); !got.OK {
		t.Fatalf("got %+v, want ok", got)
	}
	if got := w.Messages("C1"); len(got) != 1 || got[0].Plain() != "Head" || got[0].Text != "fallback" {
		t.Errorf("got %+v, want the message", got)
	}
}

func TestSlackScopes(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{Scopes: []string{"chat:write", "commands"}, Commands: []string{"/ppf"}})
	w.plugQuiet(t)
	got := w.call(t, "users.info", fields{"user": "U1"})
	wantError(t, got, "missing_scope")
	if got.Needed != "users:read" {
		t.Errorf("got needed %q, want users:read", got.Needed)
	}
	wantError(t, w.call(t, "conversations.open", fields{"users": "U1"}), "missing_scope")
	ctx := t.Context()
	_, err := w.Type(ctx, "U1", w.DM("U1"), "hello")
	wantIs(t, err, bottest.ErrSlackNotInstalled)
	_, err = w.Type(ctx, "U1", "C1", "<@U0BOT> hello")
	wantIs(t, err, bottest.ErrSlackNotInstalled)
	wantIs(t, w.AnnounceUser(ctx, "U1"), bottest.ErrSlackNotInstalled)
	_, err = w.Command(ctx, "U1", "C1", "/other", "")
	wantIs(t, err, bottest.ErrSlackNotInstalled)
	if got := w.Scopes(); len(got) != 0 {
		t.Errorf("got %v, want no scope used by what was refused", got)
	}
	w.must(t, "chat.postMessage", fields{"channel": "C1", "text": "x"})
	if _, err := w.Command(ctx, "U1", "C1", "/ppf", ""); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]bool{"chat:write": true, "commands": true}, w.Scopes()); diff != "" {
		t.Error(diff)
	}
}

func TestSlackChannels(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	w.AddChannel(bottest.SlackChannel{ID: "C3", BotIn: true, Archived: true})
	w.AddChannel(bottest.SlackChannel{ID: "C4", Private: true})
	w.AddUser(bottest.SlackUser{ID: "U3", Deleted: true})
	w.AddUser(bottest.SlackUser{ID: "U4", Stranger: true, Team: "T0OTHER"})
	for channel, want := range map[string]string{
		"C1": "", "U1": "", w.DM("U2"): "", "C2": "not_in_channel", "C3": "is_archived", "C4": "channel_not_found",
		"C9": "channel_not_found", "U3": "channel_not_found", "U4": "channel_not_found", "U0BOT": "cannot_dm_bot",
		"": "channel_not_found",
	} {
		if got := w.call(t, "chat.postMessage", fields{"channel": channel, "text": "x"}); got.Error != want {
			t.Errorf("post in %q: got %q, want %q", channel, got.Error, want)
		}
	}
	if got := w.Messages(w.DM("U1")); len(got) != 1 {
		t.Errorf("got %+v, want what was posted to U1 in the DM", got)
	}
	for user, want := range map[string]string{
		"U1": "", "U3": "user_disabled", "U4": "user_not_found", "U9": "user_not_found",
		"U0BOT": "cannot_dm_bot", "": "users_list_not_supplied",
	} {
		if got := w.call(t, "conversations.open", fields{"users": user}); got.Error != want {
			t.Errorf("open %q: got %q, want %q", user, got.Error, want)
		}
	}
}

func TestSlackThreads(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	post := func(thread string) said {
		return w.call(t, "chat.postMessage", fields{"channel": "C1", "text": "x", "thread_ts": thread})
	}
	parent := post("").TS
	reply := post(parent)
	if got := w.Messages("C1"); len(got) != 2 || got[1].Thread != parent {
		t.Errorf("got %+v, want a reply", got)
	}
	wantError(t, post(reply.TS), "cannot_reply_to_message")
	wantError(t, post("1.000001"), "thread_not_found")
}

func TestSlackEphemeral(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	whisper := func(user string) said {
		return w.call(t, "chat.postEphemeral", fields{"channel": "C1", "user": user, "text": "psst"})
	}
	if got := whisper("U1"); !got.OK {
		t.Fatalf("got %+v, want ok", got)
	}
	wantError(t, whisper("U9"), "user_not_in_channel")
	seen := w.Seen("C1", "U1")
	if len(seen) != 1 || !seen[0].Ephemeral || seen[0].User != "U1" {
		t.Fatalf("got %+v, want the ephemeral message", seen)
	}
	if got := len(w.Seen("C1", "U2")) + len(w.Messages("C1")) + len(w.Seen("C1", "U9")); got != 0 {
		t.Errorf("got %d messages that others see, want none", got)
	}
	wantError(t, w.call(t, "chat.update", fields{"channel": "C1", "ts": seen[0].TS, "text": "x"}), "message_not_found")
}

func TestSlackUpdate(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	ts := w.must(t, "chat.postMessage", fields{"channel": "C1", "text": "1", "blocks": []fields{header("1")}}).TS
	if _, err := w.Type(t.Context(), "U1", "C1", "mine"); err != nil {
		t.Fatal(err)
	}
	change := func(values fields) said { return w.call(t, "chat.update", with(values, "channel", "C1")) }
	if got := change(fields{"ts": ts, "text": "2"}); !got.OK || w.Messages("C1")[0].Plain() != "1" {
		t.Errorf("got %+v, want the blocks as they were", w.Messages("C1")[0])
	}
	if got := change(fields{"ts": ts, "text": "3", "blocks": []fields{}}); !got.OK || w.Messages("C1")[0].Plain() != "3" {
		t.Errorf("got %+v, want the blocks gone", w.Messages("C1")[0])
	}
	if got := w.Messages("C1")[0].Edits; got != 2 {
		t.Errorf("got %d edits, want 2", got)
	}
	wantError(t, change(fields{"ts": w.Messages("C1")[1].TS, "text": "x"}), "cant_update_message")
	wantError(t, change(fields{"ts": "1.000001", "text": "x"}), "message_not_found")
	wantError(t, w.call(t, "chat.update", fields{"channel": "U1", "ts": ts, "text": "x"}), "channel_not_found")
	wantError(t, w.call(t, "chat.delete", fields{"channel": "C1", "ts": w.Messages("C1")[1].TS}), "cant_delete_message")
	w.must(t, "chat.delete", fields{"channel": "C1", "ts": ts})
	if got := w.Messages("C1"); len(got) != 1 {
		t.Errorf("got %+v, want the bot's message gone", got)
	}
}

func TestSlackRate(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{Rate: true})
	post := func(channel string) said {
		return w.call(t, "chat.postMessage", fields{"channel": channel, "text": "x"})
	}
	post("C1")
	if got := post("C1"); got.status != http.StatusTooManyRequests || got.retry != "1" || got.Error != "ratelimited" {
		t.Errorf("got %+v, want 429", got)
	}
	if got := post("U1"); !got.OK {
		t.Errorf("got %+v, want another channel to go on", got)
	}
	w.advance(time.Second)
	if got := post("C1"); !got.OK {
		t.Errorf("got %+v, want ok a second later", got)
	}
}

func TestSlackFail(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	post := func() said { return w.call(t, "chat.postMessage", fields{"channel": "C1", "text": "x"}) }
	w.Fail("chat.postMessage", bottest.SlackFailure{Times: 2, Status: http.StatusTooManyRequests})
	w.Fail("chat.postMessage", bottest.SlackFailure{Status: http.StatusTooManyRequests, RetryAfter: "30"})
	w.Fail("chat.postMessage", bottest.SlackFailure{Status: http.StatusBadGateway})
	w.Fail("chat.postMessage", bottest.SlackFailure{Error: "fatal_error", After: true})
	for i, want := range []said{
		{status: 429, Error: "ratelimited"},
		{status: 429, Error: "ratelimited"},
		{status: 429, Error: "ratelimited", retry: "30"},
		{status: 502},
		{status: 200, Error: "fatal_error"},
	} {
		if got := post(); got.status != want.status || got.Error != want.Error || got.retry != want.retry {
			t.Errorf("call %d: got %+v, want %+v", i, got, want)
		}
	}
	if got := w.Messages("C1"); len(got) != 1 {
		t.Errorf("got %+v, want the one message of After", got)
	}
	w.Fail("chat.postMessage", bottest.SlackFailure{Drop: true})
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.APIURL()+"chat.postMessage", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if resp, err := w.client.Do(req); err == nil {
		_ = resp.Body.Close()
		t.Errorf("got %s, want a closed connection", resp.Status)
	}
	if got := w.Calls("chat.postMessage"); got != 6 {
		t.Errorf("got %d calls, want 6", got)
	}
	if got := w.Refusals(); len(got) != 0 {
		t.Errorf("got %v, want no refusal: they were faults", got)
	}
}
