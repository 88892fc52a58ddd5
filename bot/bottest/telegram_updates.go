package bottest

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// telegramUpdate is an update on its way to the bot.
type telegramUpdate struct {
	id    int64
	body  map[string]any
	times int // how often it is still given
	busy  bool
}

// telegramTimes is in a context under which updates are given several times.
type telegramTimes struct{}

// TelegramTimes returns a context under which what people do reaches the bot n
// times: each time after the first with another update_id, as when Telegram begins
// to count anew.
func TelegramTimes(ctx context.Context, n int) context.Context {
	return context.WithValue(ctx, telegramTimes{}, n)
}

// queue sends an update on its way, and returns its id. The lock is held.
func (t *Telegram) queue(ctx context.Context, kind string, what any) int64 {
	times, _ := ctx.Value(telegramTimes{}).(int)
	u := &telegramUpdate{id: t.nextID, body: map[string]any{kind: what}, times: max(times, 1)}
	t.nextID++
	t.updates = append(t.updates, u)
	t.stir()
	return u.id
}

// Forge sends an update that Telegram would never send, as JSON, and returns its
// id.
func (t *Telegram) Forge(ctx context.Context, kind, body string) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.queue(ctx, kind, json.RawMessage(body))
}

// RestartIDs has the next update begin at a number, as after a quiet week.
func (t *Telegram) RestartIDs(at int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.nextID = at
}

// Pending counts the updates that the bot has not confirmed.
func (t *Telegram) Pending() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.updates)
}

// WaitPending waits until so many updates are not confirmed, or fewer.
func (t *Telegram) WaitPending(ctx context.Context, most int) error {
	return t.await(ctx, func() bool { return len(t.updates) <= most })
}

// WaitPolls waits until so many requests for updates are held.
func (t *Telegram) WaitPolls(ctx context.Context, n int) error {
	return t.await(ctx, func() bool { return t.polls == n })
}

// WaitSaid waits until the bot has said so many messages in a chat.
func (t *Telegram) WaitSaid(ctx context.Context, chat int64, n int) error {
	return t.await(ctx, func() bool {
		said := 0
		for _, m := range t.messages[chat] {
			if m.From == TelegramBotID && !m.Deleted {
				said++
			}
		}
		return said >= n
	})
}

// Wait waits until something is so, and looks anew whenever something has happened
// here, and now and then for what happens elsewhere.
func (t *Telegram) Wait(ctx context.Context, so func() bool) error {
	for {
		t.mu.Lock()
		changed := t.changed
		t.mu.Unlock()
		if so() {
			return nil
		}
		select {
		case <-changed:
		case <-time.After(telegramAgain):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// confirm forgets the updates below an offset; those that are given several times
// come again under another number. The lock is held.
func (t *Telegram) confirm(offset int64) {
	var again []*telegramUpdate
	t.updates = slices.DeleteFunc(t.updates, func(u *telegramUpdate) bool {
		if u.id >= offset {
			return false
		}
		u.times--
		if u.times > 0 {
			again = append(again, u)
		}
		return true
	})
	for _, u := range again {
		u.id = t.nextID
		t.nextID++
	}
	t.updates = append(t.updates, again...)
	t.stir()
}

// Why a request for updates ends.
const (
	telegramOther = "terminated by other getUpdates request; make sure that only one bot instance is running"
	telegramHooks = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)

// getUpdates gives updates, or holds the request until there are some. A second
// request ends the first.
// Source: https://core.telegram.org/bots/api#getupdates.
func (t *Telegram) getUpdates(call telegramCall) (any, *telegramError) {
	offset, _ := strconv.ParseInt(call.params.Get("offset"), 10, 64)
	limit, err := strconv.Atoi(call.params.Get("limit"))
	if err != nil || limit < 1 || limit > 100 {
		limit = 100
	}
	seconds, _ := strconv.Atoi(call.params.Get("timeout"))
	hold := time.Duration(min(seconds, 50)) * time.Second
	if t.config.Hold > 0 {
		hold = min(hold, t.config.Hold)
	}
	t.mu.Lock()
	if t.webhook.url != "" {
		t.mu.Unlock()
		return nil, telegramRefusal(http.StatusConflict, telegramHooks)
	}
	if t.held != nil {
		close(t.held)
	}
	mine := make(chan struct{})
	t.held = mine
	if offset > 0 {
		t.confirm(offset)
	}
	t.polls++
	sated := t.sated
	t.stir()
	t.mu.Unlock()
	defer t.unhold(mine)
	timer := time.NewTimer(hold)
	defer timer.Stop()
	for {
		given, ends, changed := t.given(offset, limit, sated)
		if len(given) > 0 || ends {
			return given, nil
		}
		select {
		case <-changed:
		case <-timer.C:
			return []any{}, nil
		case <-mine:
			return nil, telegramRefusal(http.StatusConflict, telegramOther)
		case <-call.ctx.Done():
			return []any{}, nil
		case <-t.done:
			return []any{}, nil
		}
	}
}

// unhold ends a request for updates.
func (t *Telegram) unhold(mine chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.polls--
	if t.held == mine {
		t.held = nil
	}
	t.stir()
}

// given are the updates from an offset on, whether the request ends without any,
// and what tells that there are others.
func (t *Telegram) given(offset int64, limit, sated int) (all []any, ends bool, changed <-chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	given := []any{}
	from := t.updates
	if offset < 0 {
		from = from[max(0, len(from)+int(offset)):]
	}
	for _, u := range from {
		if (offset <= 0 || u.id >= offset) && len(given) < limit {
			given = append(given, u.shown())
		}
	}
	return given, t.sated > sated, t.changed
}

// shown is an update as the Bot API shows it.
func (u *telegramUpdate) shown() map[string]any {
	all := map[string]any{"update_id": u.id}
	maps.Copy(all, u.body)
	return all
}

// EndPolls answers the request for updates that is held, with none.
func (t *Telegram) EndPolls() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sated++
	t.stir()
}
