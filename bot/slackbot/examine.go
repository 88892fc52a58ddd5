package slackbot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"fifteen/bot"
	"fifteen/bot/dispatch"
)

// Examine finds out whether Slack accepts the bot as it is configured: its tokens
// and scopes, and how news reach it. address is where the world sees the bot, ""
// when that is not to be tried. Nothing is changed, and nothing is said in Slack.
func Examine(ctx context.Context, config Config, address string) []bot.Finding {
	if config.Client == nil {
		config.Client = &http.Client{Timeout: sendTimeout}
	}
	options := []slack.Option{slack.OptionHTTPClient(config.Client), slack.OptionAppLevelToken(config.AppToken)}
	if config.APIURL != "" {
		options = append(options, slack.OptionAPIURL(strings.TrimRight(config.APIURL, "/")+"/"))
	}
	b := &Bot{config: config, client: config.Client, api: slack.New(config.BotToken, options...)}
	found := b.examineToken(ctx)
	if config.AppToken != "" {
		found = append(found, b.examineSocket(ctx))
	}
	if config.AppToken == "" || address != "" {
		found = append(found, b.examineAddress(ctx, address))
	}
	return found
}

// examineToken looks at the bot token, its scopes, and Slack's clock.
func (b *Bot) examineToken(ctx context.Context) []bot.Finding {
	const part = "Slack bot token"
	if !strings.HasPrefix(b.config.BotToken, "xoxb-") {
		return []bot.Finding{{
			Part: part, State: bot.Broken, Found: "SLACK_BOT_TOKEN does not begin with xoxb-",
			Do: "copy the Bot User OAuth Token from Install App, at https://api.slack.com/apps",
		}}
	}
	who, err := b.api.AuthTestContext(ctx)
	if _, refused := errors.AsType[slack.SlackErrorResponse](err); err != nil && !refused {
		return []bot.Finding{{
			Part: part, State: bot.Broken, Found: "Slack cannot be asked: " + b.failure(err).Error(), Do: "see that this machine reaches Slack",
		}}
	} else if refused {
		return []bot.Finding{{
			Part: part, State: bot.Broken, Found: "Slack does not take it: " + b.failure(err).Error(),
			Do: "install the app anew at https://api.slack.com/apps and set SLACK_BOT_TOKEN to its Bot User OAuth Token",
		}}
	}
	found := []bot.Finding{{Part: part, State: bot.Well, Found: fmt.Sprintf("it is %s's in %s", who.User, who.Team)}}
	found = append(found, scopes(who.Header.Get("X-Oauth-Scopes")))
	if skew, ok := dispatch.Skew("Slack", who.Header, b.config.Now()); ok {
		found = append(found, skew)
	}
	return found
}

// scopes compares what the token may do with what the bot does.
func scopes(given string) bot.Finding {
	f := bot.Finding{Part: "Slack scopes", State: bot.Well, Found: "all that are needed are there"}
	if given == "" {
		return bot.Finding{Part: f.Part, State: bot.Doubt, Found: "Slack did not say which ones the token has", Do: "compare them with those of `fifteen slack-manifest`"}
	}
	var missing []string
	has := strings.FieldsFunc(given, func(r rune) bool { return r == ',' || r == ' ' })
	for _, scope := range Scopes {
		if !slices.Contains(has, scope) {
			missing = append(missing, scope)
		}
	}
	if len(missing) > 0 {
		f.State, f.Found = bot.Broken, "missing: "+strings.Join(missing, ", ")
		f.Do = "paste the output of `fifteen slack-manifest` at App Manifest, and install the app anew"
	}
	return f
}

// examineSocket asks for a connection of Socket Mode, and does not open it.
func (b *Bot) examineSocket(ctx context.Context) bot.Finding {
	f := bot.Finding{Part: "Slack Socket Mode", State: bot.Well, Found: "Slack offers a connection"}
	if !strings.HasPrefix(b.config.AppToken, "xapp-") {
		f.State, f.Found = bot.Broken, "SLACK_APP_TOKEN does not begin with xapp-"
		f.Do = "make one at Basic Information, App-Level Tokens, with the scope connections:write"
		return f
	}
	if _, _, err := b.api.StartSocketModeContext(ctx); err != nil {
		f.State, f.Found = bot.Broken, "Slack offers no connection: "+b.failure(err).Error()
		f.Do = "switch Socket Mode on, and give the app-level token the scope connections:write"
	}
	return f
}

// examineAddress sends the bot's own address a challenge as Slack does, and one
// that is not signed by Slack.
func (b *Bot) examineAddress(ctx context.Context, address string) bot.Finding {
	f := bot.Finding{Part: "Slack request URL", State: bot.Well, Found: address + eventsPath + " answers what Slack has signed, and nothing else"}
	switch {
	case b.config.SigningSecret == "":
		f.State, f.Found, f.Do = bot.Broken, "SLACK_SIGNING_SECRET is not set", "copy it from Basic Information, App Credentials"
		return f
	case address == "":
		f.State, f.Found = bot.Doubt, "not tried: nobody has said where it is"
		f.Do = "run this again with --url, the address that Slack's requests go to, while the bot is served"
		return f
	}
	challenge := strconv.FormatInt(b.config.Now().UnixNano(), 36)
	body := []byte(`{"type":"url_verification","challenge":"` + challenge + `"}`)
	answered, err := b.knock(ctx, address, body, b.config.SigningSecret)
	if err != nil || answered.status != http.StatusOK || !strings.Contains(answered.body, challenge) {
		f.State, f.Found = bot.Broken, "it does not answer as it should: "+answered.or(err)
		f.Do = "have " + address + eventsPath + " lead to where `fifteen serve` listens, which must run with the same signing secret"
		return f
	}
	if forged, err := b.knock(ctx, address, body, b.config.SigningSecret+"x"); err != nil || forged.status == http.StatusOK {
		f.State, f.Found = bot.Broken, "it takes what Slack has not signed: "+forged.or(err)
		f.Do = "see what answers at that address: it is not this program"
	}
	return f
}

// A knocked is what an address answered.
type knocked struct {
	status int
	body   string
}

// or is what came of it, for operators.
func (k knocked) or(err error) string {
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("HTTP status %d", k.status)
}

// knock sends an address a signed body.
func (b *Bot) knock(ctx context.Context, address string, body []byte, secret string) (knocked, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimRight(address, "/")+eventsPath, bytes.NewReader(body))
	if err != nil {
		return knocked{}, fmt.Errorf("ask %s: %w", address, err)
	}
	stamp := strconv.FormatInt(b.config.Now().Unix(), 10)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Slack-Request-Timestamp", stamp)
	req.Header.Set("X-Slack-Signature", signature(secret, stamp, body))
	ctx, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	res, err := b.client.Do(req.WithContext(ctx))
	if err != nil {
		return knocked{}, fmt.Errorf("ask %s: %w", address, err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(res.Body, 1<<16))
	if err != nil {
		return knocked{}, fmt.Errorf("ask %s: %w", address, err)
	}
	return knocked{status: res.StatusCode, body: string(text)}, nil
}
