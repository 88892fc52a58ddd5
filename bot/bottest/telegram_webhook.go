package bottest

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"time"
)

// telegramWebhook is where updates are delivered.
type telegramWebhook struct {
	url, secret string
	client      *http.Client
	ended       chan struct{} // closed when the webhook is deleted or set anew
}

// telegramConnections is how many updates are delivered at once.
// Source: https://core.telegram.org/bots/api#setwebhook.
const telegramConnections = 40

// telegramAgain is how long it waits, in real time, before it delivers again after
// an update was not taken.
const telegramAgain = 5 * time.Millisecond

// UseWebhook delivers updates through a client, for handlers in hand.
func (t *Telegram) UseWebhook(client *http.Client) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.webhook.client = client
}

func (t *Telegram) setWebhook(call telegramCall) (any, *telegramError) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.unhook()
	t.webhook.url, t.webhook.secret = call.params.Get("url"), call.params.Get("secret_token")
	t.webhook.ended = make(chan struct{})
	if t.webhook.client == nil {
		t.webhook.client = &http.Client{Transport: &http.Transport{}}
	}
	if t.closed {
		return true, nil
	}
	for range telegramConnections {
		hook := t.webhook
		t.work.Go(func() { t.deliver(hook) })
	}
	return true, nil
}

func (t *Telegram) deleteWebhook(telegramCall) (any, *telegramError) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.unhook()
	return true, nil
}

// unhook ends the delivery. The lock is held.
func (t *Telegram) unhook() {
	if t.webhook.url != "" {
		close(t.webhook.ended)
	}
	t.webhook.url = ""
	t.stir()
}

func (t *Telegram) getWebhookInfo(telegramCall) (any, *telegramError) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return map[string]any{"url": t.webhook.url, "pending_update_count": len(t.updates)}, nil
}

// deliver delivers one update after the other, until the webhook ends.
func (t *Telegram) deliver(hook telegramWebhook) {
	for {
		t.mu.Lock()
		i := slices.IndexFunc(t.updates, func(u *telegramUpdate) bool { return !u.busy })
		changed := t.changed
		var u *telegramUpdate
		if i >= 0 {
			u = t.updates[i]
			u.busy = true
		}
		t.mu.Unlock()
		if u == nil {
			select {
			case <-changed:
				continue
			case <-hook.ended:
				return
			case <-t.done:
				return
			}
		}
		taken := hook.give(t.done, u)
		t.settle(u, taken)
		select {
		case <-hook.ended:
			return
		case <-t.done:
			return
		default:
		}
		if !taken {
			time.Sleep(telegramAgain)
		}
	}
}

// settle takes note of an update that was delivered, or was not.
func (t *Telegram) settle(u *telegramUpdate, taken bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	u.busy = false
	if !taken {
		return
	}
	t.updates = slices.DeleteFunc(t.updates, func(o *telegramUpdate) bool { return o == u })
	u.times--
	if u.times > 0 {
		u.id = t.nextID
		t.nextID++
		t.updates = append(t.updates, u)
	}
	t.stir()
}

// give delivers an update once, and tells whether it was taken.
func (h telegramWebhook) give(done <-chan struct{}, u *telegramUpdate) bool {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go func() {
		select {
		case <-done:
			stop()
		case <-h.ended:
			stop()
		case <-ctx.Done():
		}
	}()
	body, err := json.Marshal(u.shown())
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
	resp, err := h.client.Do(req)
	if err != nil {
		return false
	}
	_ = resp.Body.Close() // only its status counts
	return resp.StatusCode/100 == 2
}
