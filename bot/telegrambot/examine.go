package telegrambot

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"fifteen/bot"
	"fifteen/bot/dispatch"
)

// webhookState is what Telegram says of where it delivers updates.
// Source: https://core.telegram.org/bots/api#webhookinfo.
type webhookState struct {
	URL       string `json:"url"`
	Pending   int    `json:"pending_update_count"`
	ErrorDate int64  `json:"last_error_date"`
	Error     string `json:"last_error_message"`
}

// freshError is how recent a failed delivery counts, and manyPending how many
// updates that wait are worth a word.
const (
	freshError  = time.Hour
	manyPending = 100
)

// Examine finds out whether Telegram accepts the bot as it is configured: its token,
// how updates reach it, and what it hears in groups. Nothing is changed, and nothing
// is said in Telegram.
func Examine(ctx context.Context, config Config) []bot.Finding {
	const part = "Telegram bot token"
	var date dateOf
	config.Client = &http.Client{Transport: &date}
	config.Log = slog.New(slog.DiscardHandler)
	b, err := New(ctx, config)
	if err != nil {
		return []bot.Finding{{
			Part: part, State: bot.Broken, Found: err.Error(),
			Do: "set TELEGRAM_BOT_TOKEN to what @BotFather gives, and TELEGRAM_WEBHOOK_SECRET to letters, digits, _ and -",
		}}
	}
	defer func() { _ = b.Close(ctx) }() // it has taken nothing
	var me self
	if err := b.ask(ctx, "getMe", nil, &me); err != nil {
		return []bot.Finding{{
			Part: part, State: bot.Broken, Found: "Telegram does not take it: " + err.Error(),
			Do: "see that this machine reaches Telegram, and ask @BotFather for the token with /token",
		}}
	}
	found := []bot.Finding{{Part: part, State: bot.Well, Found: "it is @" + me.UserName + "'s"}}
	if skew, ok := dispatch.Skew("Telegram", date.header, config.Now()); ok {
		found = append(found, skew)
	}
	return append(found, b.examineUpdates(ctx), privacy(me))
}

// privacy says what the bot hears in groups.
func privacy(me self) bot.Finding {
	if me.HearsAll {
		return bot.Finding{Part: "Telegram groups", State: bot.Well, Found: "it hears all that is said in groups, and answers what is for it"}
	}
	return bot.Finding{
		Part: "Telegram groups", State: bot.Doubt, Found: "group privacy is on: it hears only lines with a slash, and replies",
		Do: "if it shall hear its name too: @BotFather, /setprivacy, @" + me.UserName + ", Disable; then add it to the groups anew",
	}
}

// examineUpdates looks at where Telegram delivers updates.
func (b *Bot) examineUpdates(ctx context.Context) bot.Finding {
	var hook webhookState
	f := bot.Finding{Part: "Telegram updates", State: bot.Well}
	if err := b.ask(ctx, "getWebhookInfo", nil, &hook); err != nil {
		f.State, f.Found, f.Do = bot.Broken, "Telegram does not say where they go: "+err.Error(), "try again in a minute"
		return f
	}
	failed := hook.ErrorDate > 0 && b.config.Now().Sub(time.Unix(hook.ErrorDate, 0)) < freshError
	switch {
	case b.config.Secret == "" && hook.URL != "":
		f.State, f.Found = bot.Doubt, "they are to be fetched, but a webhook is set at "+hook.URL
		f.Do = "nothing, if no other program serves this bot: `fifteen serve` takes the webhook away when it starts"
	case b.config.Secret == "":
		f.Found = "they are fetched; no address is needed"
	case hook.URL == "":
		f.State, f.Found = bot.Broken, "they are to be delivered, but no webhook is set"
		f.Do = "set TELEGRAM_WEBHOOK_URL to the address that leads to " + WebhookPath + " and start `fifteen serve`"
	case b.config.WebhookURL != "" && hook.URL != b.config.WebhookURL:
		f.State, f.Found = bot.Broken, "they are delivered to another address: "+hook.URL
		f.Do = "start `fifteen serve`, which sets TELEGRAM_WEBHOOK_URL, or end the other program"
	case failed:
		f.State, f.Found = bot.Broken, fmt.Sprintf("Telegram could not deliver to %s: %s", hook.URL, hook.Error)
		f.Do = "see that the address leads to where `fifteen serve` listens, with a certificate, and that the secret is the same"
	default:
		f.Found = "they are delivered to " + hook.URL
	}
	if f.State == bot.Well && hook.Pending > manyPending {
		f.State, f.Found = bot.Doubt, fmt.Sprintf("%s, and %d wait", f.Found, hook.Pending)
		f.Do = "see that `fifteen serve` runs; Telegram keeps them for a day"
	}
	return f
}

// dateOf keeps the head of the last answer.
type dateOf struct{ header http.Header }

// RoundTrip implements http.RoundTripper.
func (d *dateOf) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := http.DefaultTransport.RoundTrip(r)
	if err == nil {
		d.header = res.Header
	}
	return res, err //nolint:wrapcheck // as if nobody stood between
}
