package bottest

import (
	"net/http"
	"time"
)

// TelegramFailure is how calls of a method fail.
type TelegramFailure struct {
	// Skip is how many calls go through before.
	Skip int
	// Times is how many calls; 0 means 1.
	Times int
	// Status is the HTTP status and Telegram's error code.
	Status int
	// RetryAfter is for how long Telegram asks to be left alone, in seconds.
	RetryAfter int
	// Description is Telegram's; "" is the status's text. HTML answers something
	// before Telegram.
	Description string
	HTML        bool
	// Drop closes the connection instead of answering.
	Drop bool
	// After lets the call have its effect first, so that only the answer fails.
	After bool
}

// Fail makes the next calls of a method fail.
func (t *Telegram) Fail(method string, f TelegramFailure) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f.Times = max(f.Times, 1)
	t.failures[method] = append(t.failures[method], f)
}

// count counts a call and returns how it fails, if it does.
func (t *Telegram) count(method string) (TelegramFailure, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.calls[method]++
	t.stir()
	queue := t.failures[method]
	if len(queue) == 0 {
		return TelegramFailure{}, false
	}
	if queue[0].Skip > 0 {
		queue[0].Skip--
		return TelegramFailure{}, false
	}
	failure := queue[0]
	queue[0].Times--
	if queue[0].Times == 0 {
		t.failures[method] = queue[1:]
	}
	return failure, true
}

// answer fails a call.
func (f TelegramFailure) answer(w http.ResponseWriter) {
	switch {
	case f.Drop:
		slackDrop(w)
	case f.HTML:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(f.Status)
		_, _ = w.Write([]byte("<html>Bad Gateway</html>"))
	default:
		refused := &telegramError{Code: f.Status, Description: f.Description}
		if refused.Description == "" {
			refused.Description = http.StatusText(f.Status)
		}
		if f.RetryAfter > 0 {
			refused.Parameters = map[string]any{"retry_after": f.RetryAfter}
		}
		telegramWrite(w, nil, refused)
	}
}

// The pace that Telegram allows.
// Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this.
const (
	telegramAll   = 30 // a second
	telegramGroup = 20 // a minute
)

// paced counts a message and refuses one that comes too fast. The lock is held.
func (t *Telegram) paced(chat int64) *telegramError {
	if !t.config.Rate {
		return nil
	}
	now := t.config.Clock()
	within := func(all []time.Time, span time.Duration) int {
		n := 0
		for _, at := range all {
			if now.Sub(at) < span {
				n++
			}
		}
		return n
	}
	if within(t.sent[chat], time.Second) >= 1 || within(t.all, time.Second) >= telegramAll ||
		chat < 0 && within(t.sent[chat], time.Minute) >= telegramGroup {
		refused := telegramRefusal(http.StatusTooManyRequests, "retry after %d", 3)
		refused.Parameters = map[string]any{"retry_after": 3}
		return refused
	}
	t.sent[chat], t.all = append(t.sent[chat], now), append(t.all, now)
	return nil
}
