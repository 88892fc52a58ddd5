package bottest_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"fifteen/bot/bottest"
)

// wantSigned checks the signature of a request by hand.
func wantSigned(t *testing.T, r request) {
	t.Helper()
	stamp := strconv.FormatInt(slackNoon.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(bottest.SlackSecret))
	_, _ = mac.Write([]byte("v0:" + stamp + ":" + string(r.body)))
	want := "v0=" + hex.EncodeToString(mac.Sum(nil))
	if got := r.header.Get("X-Slack-Signature"); got != want || r.header.Get("X-Slack-Request-Timestamp") != stamp {
		t.Errorf("%s: got the signature %q at %q, want %q at %s", r.path, got, r.header.Get("X-Slack-Request-Timestamp"), want, stamp)
	}
}

// A known signature, from Slack's page on verifying requests.
func TestSlackSign(t *testing.T) {
	t.Parallel()
	body := "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V" +
		"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=" +
		"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN" +
		"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
	got := bottest.SlackSign("8f742231b10e8888abcd99yyyzzz85a5", time.Unix(1531420618, 0), []byte(body))
	want := "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
	if got.Get("X-Slack-Signature") != want {
		t.Errorf("got %q, want %q", got.Get("X-Slack-Signature"), want)
	}
}

func TestSlackSendsEvents(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	w.AddChannel(bottest.SlackChannel{ID: "C3", Members: []string{"U3"}, BotIn: true, External: true})
	w.AddUser(bottest.SlackUser{ID: "U3", Team: "T0OTHER"})
	sent := w.plugQuiet(t)
	for _, c := range []struct{ user, channel, text, kind, userTeam string }{
		{"U1", w.DM("U1"), "hello", "message", ""},
		{"U1", "C1", "<@U0BOT> hello", "app_mention", ""},
		{"U3", "C3", "hello <@U0BOT|bot>", "app_mention", "T0OTHER"},
	} {
		if ack, err := w.Type(t.Context(), c.user, c.channel, c.text); err != nil || ack.Status != http.StatusOK {
			t.Fatalf("got %+v, %v", ack, err)
		}
		r := <-sent
		wantSigned(t, r)
		var got struct {
			Team     string `json:"team_id"`
			App      string `json:"api_app_id"`
			ID       string `json:"event_id"`
			Type     string `json:"type"`
			Time     int64  `json:"event_time"`
			External bool   `json:"is_ext_shared_channel"`
			Event    struct {
				Type, User, Channel, Text, TS string
				UserTeam                      string `json:"user_team"`
				ChannelType                   string `json:"channel_type"`
			} `json:"event"`
		}
		if err := json.Unmarshal(r.body, &got); err != nil {
			t.Fatal(err)
		}
		e := got.Event
		if r.path != "/slack/events" || got.Type != "event_callback" || got.Team != bottest.SlackTeam || got.App != bottest.SlackApp ||
			!strings.HasPrefix(got.ID, "Ev") || got.Time != slackNoon.Unix() || got.External != (c.channel == "C3") ||
			e.Type != c.kind || e.User != c.user || e.Channel != c.channel || e.Text != c.text || e.TS == "" ||
			e.UserTeam != c.userTeam || (e.ChannelType == "im") != (c.kind == "message") {
			t.Errorf("got %s, want %+v", r.body, c)
		}
	}
	// talk, and a mention where the bot is not
	for channel, text := range map[string]string{"C1": "hello", "C2": "<@U0BOT> hello"} {
		if ack, err := w.Type(t.Context(), "U1", channel, text); err != nil || ack.Delivery != 0 {
			t.Errorf("%s in %s: got %+v, %v, want nothing delivered", text, channel, ack, err)
		}
	}
}

func TestSlackSendsCommands(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	sent := w.plugQuiet(t)
	ack, err := w.Command(t.Context(), "U1", "C2", "/ppf", "deals <@U2|bob> &amp; co")
	if err != nil {
		t.Fatal(err)
	}
	r := <-sent
	wantSigned(t, r)
	form, err := url.ParseQuery(string(r.body))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"team_id": bottest.SlackTeam, "channel_id": "C2", "channel_name": "other", "user_id": "U1", "command": "/ppf",
		"text": "deals <@U2|bob> &amp; co", "api_app_id": bottest.SlackApp,
	} {
		if got := form.Get(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if r.path != "/slack/commands" || form.Get("trigger_id") == "" || form.Get("response_url") == "" {
		t.Errorf("got %s %s, want a trigger and a response_url", r.path, r.body)
	}
	if got := r.header.Get("X-Slack-Retry-Num"); got != "" {
		t.Errorf("got retry %q, want none", got)
	}
	for i := range 2 {
		if _, err := w.Redeliver(t.Context(), ack.Delivery); err != nil {
			t.Fatal(err)
		}
		again := <-sent
		wantSigned(t, again)
		if string(again.body) != string(r.body) || again.header.Get("X-Slack-Retry-Num") != strconv.Itoa(i+1) {
			t.Errorf("got %s, retry %s, want the same again", again.body, again.header.Get("X-Slack-Retry-Num"))
		}
	}
}

func TestSlackVerifiesTheURL(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	w.plugQuiet(t)
	if _, err := w.VerifyURL(t.Context()); err == nil {
		t.Error("got no error, want a challenge that did not come back")
	}
	w.plugHTTP(t, func(rw http.ResponseWriter, r request) {
		wantSigned(t, r)
		var got struct{ Challenge string }
		if err := json.Unmarshal(r.body, &got); err != nil {
			t.Error(err)
		}
		_, _ = rw.Write([]byte(got.Challenge))
	})
	if _, err := w.VerifyURL(t.Context()); err != nil {
		t.Error(err)
	}
}
