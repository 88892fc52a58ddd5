package telegrambot

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"io"
	"net/http"
	"time"
)

// WebhookPath is where Telegram delivers updates.
const WebhookPath = "/telegram/webhook"

// secretHeader is where it says that it is Telegram.
// Source: https://core.telegram.org/bots/api#setwebhook.
const secretHeader = "X-Telegram-Bot-Api-Secret-Token" //nolint:gosec // a header's name

// Handler answers what Telegram delivers over HTTP.
func (b *Bot) Handler() http.Handler {
	routes := http.NewServeMux()
	routes.HandleFunc("POST "+WebhookPath, b.serve)
	return routes
}

// serve checks the secret before anything is read, and says that an update was
// taken when its effects are stored. Telegram comes again with any other.
func (b *Bot) serve(w http.ResponseWriter, r *http.Request) {
	if b.config.Secret == "" || !same(r.Header.Get(secretHeader), b.config.Secret) {
		http.Error(w, "the secret is not valid", http.StatusUnauthorized)
		return
	}
	if b.self.Load() == nil {
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
	if err != nil {
		http.Error(w, "the update cannot be read", http.StatusRequestEntityTooLarge)
		return
	}
	var u update
	if err := json.Unmarshal(body, &u); err != nil {
		b.config.Log.WarnContext(r.Context(), "update was not taken", "platform", Platform, "err", err)
		http.Error(w, "the update cannot be read", http.StatusBadRequest)
		return
	}
	done, err := b.take(r.Context(), u)
	if err != nil {
		http.Error(w, "busy", http.StatusServiceUnavailable)
		return
	}
	timer := time.NewTimer(webhookBudget)
	defer timer.Stop()
	select {
	case <-done:
		w.WriteHeader(http.StatusOK)
	case <-timer.C:
		http.Error(w, "busy", http.StatusServiceUnavailable)
	case <-r.Context().Done():
	}
}

// same compares secrets in a time that tells nothing of either.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}
