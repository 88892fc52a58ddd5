package bottest

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"time"
)

// telegramWebhook is where updates are delivered.
type telegramWebhook struct {
	url, secret string
	client      *http.Client
	open        int           // how many are on their way
	slots       chan struct{} // how many are at once
}

// telegramConnections is how many updates are delivered at once.
// Source: https://core.telegram.org/bots/api#setwebhook.
const telegramConnections = 40

// telegramAgain is how long it waits, in real time, before an update that was not
// taken is delivered again.
const telegramAgain = 10 * time.Millisecond

// UseWebhook delivers updates through a client, for handlers in hand.
func (t *Telegram) UseWebhook(client *http.Client) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.webhook.client = client
}

func (t *Telegram) setWebhook(call telegramCall) (any, *telegramError) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.webhook.url, t.webhook.secret = call.params.Get("url"), call.params.Get("secret_token")
	t.webhook.slots = make(chan struct{}, telegramConnections)
	if t.webhook.client == nil {
		t.webhook.client = &http.Client{Transport: &http.Transport{}}
	}
	waiting := t.updates
	t.updates = nil
	for _, u := range waiting {
		t.deliver(u)
	}
	return true, nil
}

func (t *Telegram) deleteWebhook(telegramCall) (any, *telegramError) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.webhook.url = ""
	t.stir()
	return true, nil
}

func (t *Telegram) getWebhookInfo(telegramCall) (any, *telegramError) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return map[string]any{"url": t.webhook.url, "pending_update_count": t.webhook.open}, nil
}

// deliver delivers an update until it is taken. The lock is held.
func (t *Telegram) deliver(u *telegramUpdate) {
	if t.closed {
		return
	}
	t.webhook.open++
	hook := t.webhook
	t.work.Go(func() {
		defer func() {
			t.mu.Lock()
			defer t.mu.Unlock()
			t.webhook.open--
			t.stir()
		}()
		for n := range u.times {
			for !hook.give(t.done, u, int64(n)) {
				select {
				case <-time.After(telegramAgain):
				case <-t.done:
					return
				}
			}
		}
	})
}

// give delivers an update once, and tells whether it was taken.
func (h telegramWebhook) give(done <-chan struct{}, u *telegramUpdate, more int64) bool {
	h.slots <- struct{}{}
	defer func() { <-h.slots }()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go func() {
		select {
		case <-done:
			stop()
		case <-ctx.Done():
		}
	}()
	all := u.shown()
	all["update_id"] = u.id + more<<40 // another number each time
	body, err := json.Marshal(all)
	if err != nil {
		panic(err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url, bytes.NewReader(body))
	if err != nil {
		panic(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if h.secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
	}
	resp, err := h.client.Do(req) //nolint:gosec // a test's
	if err != nil {
		return false
	}
	_ = resp.Body.Close() // only its status counts
	return resp.StatusCode/100 == 2
}
