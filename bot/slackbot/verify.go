package slackbot

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"time"
)

// signed tells whether Slack signed a body, within five minutes of now, and
// when. Source: https://docs.slack.dev/authentication/verifying-requests-from-slack.
func signed(secret string, header http.Header, body []byte, now time.Time) (at time.Time, ok bool) {
	stamp := header.Get("X-Slack-Request-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	at = time.Unix(seconds, 0)
	if age := now.Sub(at); age > signatureLife || age < -signatureLife {
		return time.Time{}, false
	}
	return at, hmac.Equal([]byte(signature(secret, stamp, body)), []byte(header.Get("X-Slack-Signature")))
}

// signature is what Slack signs a body with that it sends at a time.
func signature(secret, stamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = mac.Write([]byte("v0:" + stamp + ":"))
	_, _ = mac.Write(body)
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}
