package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"fifteen/bot/slackbot"
)

// noteText is what a client types behind /ppf.
func noteText(client int) string { return fmt.Sprintf("note #%d %s", dealOf(client), remark) }

// noteForm is a command as Slack sends it, with all its fields; the trigger
// makes it unique. api is where answers are sent to that come late.
func noteForm(api string, client, i int) string {
	form := url.Values{
		"token": {"gIkuvaNzQIHg97ATvDxqgjtO"}, "team_id": {teamID}, "team_domain": {"bench"},
		"channel_id": {dmOf(client)}, "channel_name": {"directmessage"}, "user_id": {userOf(client)},
		"user_name": {"rep"}, "command": {"/ppf"}, "text": {noteText(client)}, "api_app_id": {"A0BENCH"},
		"is_enterprise_install": {"false"}, "trigger_id": {triggerOf(client, i)},
		"response_url": {responseURL(api)},
	}
	return form.Encode()
}

// responseURL is as long as Slack's.
func responseURL(api string) string {
	return api + "response/commands/" + teamID + "/1234567890123/pYn2YJVwgPzJbO4NOzYGqAv1"
}

func triggerOf(client, i int) string {
	return fmt.Sprintf("%d.%d.4d6ccd8b5b2b8e1d1c3a5f0e7b9a2c4d", 1_000_000_000+client, 1_000_000_000+i)
}

// noteRequest is a whole signed request.
func noteRequest(api string, client, i int, now time.Time) []byte {
	form := noteForm(api, client, i)
	stamp := strconv.FormatInt(now.Unix(), 10)
	var b strings.Builder
	fmt.Fprintf(&b, "POST /slack/commands HTTP/1.1\r\nHost: bot.example.com\r\nUser-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\n"+
		"Accept-Encoding: gzip,deflate\r\nAccept: application/json,*/*\r\nX-Slack-Signature: %s\r\nX-Slack-Request-Timestamp: %s\r\n"+
		"Content-Length: %d\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n%s", signature(stamp, []byte(form)), stamp, len(form), form)
	return []byte(b.String())
}

// signature is Slack's.
// Source: https://docs.slack.dev/authentication/verifying-requests-from-slack.
func signature(stamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = mac.Write([]byte("v0:" + stamp + ":"))
	_, _ = mac.Write(body)
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// signed tells whether Slack signed a body, within five minutes of now, as the
// bot does.
func signed(header http.Header, body []byte, now time.Time) bool {
	stamp := header.Get("X-Slack-Request-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || now.Sub(time.Unix(seconds, 0)).Abs() > 5*time.Minute {
		return false
	}
	return hmac.Equal([]byte(signature(stamp, body)), []byte(header.Get("X-Slack-Signature")))
}

// noted reads what a form is to write.
func noted(form url.Values, members map[string]int64, now time.Time) (entry, error) {
	words := strings.SplitN(form.Get("text"), " ", 3)
	member, known := members[form.Get("user_id")]
	if len(words) < 3 || words[0] != command || !known || form.Get("team_id") != teamID {
		return entry{}, fmt.Errorf("no note line of a member: %q", form.Get("text"))
	}
	deal, err := strconv.ParseInt(strings.TrimPrefix(words[1], "#"), 10, 64)
	if err != nil {
		return entry{}, fmt.Errorf("read deal: %w", err)
	}
	return entry{
		deal: deal, member: member, platform: slackbot.Platform, chat: form.Get("channel_id"),
		key: form.Get("trigger_id"), remark: words[2], at: now.UTC(),
	}, nil
}
