package bottest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// SlackSign returns the headers of a request with that body that Slack signed at
// that time.
// Source: https://docs.slack.dev/authentication/verifying-requests-from-slack.
func SlackSign(secret string, at time.Time, body []byte) http.Header {
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = mac.Write([]byte("v0:" + stamp + ":")) // a hash takes everything
	_, _ = mac.Write(body)
	header := http.Header{}
	header.Set("X-Slack-Request-Timestamp", stamp)
	header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	return header
}

// UseHTTP makes deliveries signed HTTP requests to base + "/slack/events",
// "/slack/commands" and "/slack/interactivity" instead of Socket Mode envelopes.
// A nil client means one with a fresh transport.
func (s *Slack) UseHTTP(client *http.Client, base string) {
	if client == nil {
		client = &http.Client{Transport: &http.Transport{}}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.client, s.base = client, base
}

// overHTTP delivers by a signed request.
func (s *Slack) overHTTP(ctx context.Context, d *slackDelivery) (slackCarried, error) {
	body, mediaType, err := d.request()
	if err != nil {
		return slackCarried{}, err
	}
	s.mu.Lock()
	client, base := s.client, s.base
	s.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, s.patience())
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+d.path, bytes.NewReader(body))
	if err != nil {
		return slackCarried{}, err
	}
	req.Header = SlackSign(SlackSecret, s.config.Clock(), body)
	req.Header.Set("Content-Type", mediaType)
	req.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	if d.attempt > 0 {
		req.Header.Set("X-Slack-Retry-Num", strconv.Itoa(d.attempt))
		req.Header.Set("X-Slack-Retry-Reason", "http_timeout")
	}
	resp, err := client.Do(req)
	if err != nil {
		return slackCarried{}, slackWaited(ctx, err)
	}
	defer func() { _ = resp.Body.Close() }() // it has been read
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return slackCarried{}, slackWaited(ctx, err)
	}
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	return slackCarried{status: resp.StatusCode, mediaType: kind, body: answer}, nil
}

// slackWaited tells late from broken.
func slackWaited(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fmt.Errorf("%w: %w", ErrSlackLate, err)
	}
	return err
}

// patience is how long it waits for an acknowledgement in real time.
func (s *Slack) patience() time.Duration {
	if s.config.Patience > 0 {
		return s.config.Patience
	}
	return slackPatience
}

// request is the body of the HTTP request and its media type.
func (d *slackDelivery) request() (body []byte, mediaType string, err error) {
	const form = "application/x-www-form-urlencoded"
	if d.form != nil {
		return []byte(d.form.Encode()), form, nil
	}
	body, err = d.body()
	if err == nil && d.kind == "interactive" {
		return []byte(url.Values{"payload": {string(body)}}.Encode()), form, nil
	}
	return body, "application/json", err
}
