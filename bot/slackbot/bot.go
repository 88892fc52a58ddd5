// Package slackbot is the bot in Slack. What people type, click and submit
// comes over Socket Mode or signed HTTP; both share everything behind the
// envelope: payload.go reads it, work.go has it answered, answer.go decides how
// the answer travels, and send.go sends it. It knows nothing of selling.
package slackbot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"fifteen/bot"
	"fifteen/bot/dispatch"
)

// Platform is the platform of every account, chat and post of Slack.
const Platform = "slack"

// Config is what a Bot needs. Fields that may be left out say so.
type Config struct {
	Router    *bot.Router
	Directory bot.Directory
	Outbox    bot.Outbox
	People    bot.People
	Words     bot.Words
	Log       *slog.Logger
	Now       func() time.Time
	// Tally counts the answers that are sent at once, and what becomes of those
	// that cannot be; nil counts nothing. What a sweep sends, the sweep counts.
	Tally bot.Tally

	// BotToken is for the Web API. AppToken, if there is one, is for Socket Mode;
	// without it SigningSecret is needed, for what comes over HTTP.
	BotToken, AppToken, SigningSecret string
	// Home is the line that the app's own page is drawn from; "" for no such page.
	Home string
	// Shortcuts are those that Slack's menus have, as in the manifest.
	Shortcuts []Shortcut
	// APIURL is another server than Slack's; "" for Slack's own.
	APIURL string
	// Unpaced leaves no pause between two messages in a channel: for an APIURL that
	// wants none, as Slack does.
	Unpaced bool
	// Client calls the Web API; nil for a usual one.
	Client *http.Client
}

// How much is worked on and held at once.
const (
	maxWorking = 256
	maxSending = 64
	maxWaiting = 10_000
)

// A Bot is the bot in one workspace of Slack.
type Bot struct {
	config Config
	client *http.Client
	api    *slack.Client

	team, self string // the team's id and the bot's own user id
	workspace  int64

	lines    *dispatch.Lanes // by person
	courier  *dispatch.Courier
	seen     dispatch.Seen
	crowd    crowd
	abroad   outsiders
	rests    rests
	channels channels
	pace     *dispatch.Pacer
	health   dispatch.Health
	// life is the context of all work; it ends when the bot is closed for good.
	life    context.Context //nolint:containedctx // work outlives the request that brought it
	endLife context.CancelFunc
}

// New asks Slack who the bot is and returns it, ready to work. A token that
// Slack refuses is an error.
func New(ctx context.Context, config Config) (*Bot, error) {
	if config.BotToken == "" || config.AppToken == "" && config.SigningSecret == "" {
		return nil, errors.New("slack: a bot token is needed, and an app-level token or a signing secret")
	}
	client := config.Client
	if client == nil {
		client = &http.Client{Timeout: sendTimeout}
	}
	options := []slack.Option{slack.OptionHTTPClient(client), slack.OptionAppLevelToken(config.AppToken)}
	if config.APIURL != "" {
		options = append(options, slack.OptionAPIURL(strings.TrimRight(config.APIURL, "/")+"/"))
	}
	b := &Bot{config: config, client: client, api: slack.New(config.BotToken, options...)}
	who, err := b.api.AuthTestContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("slack: ask who the bot is: %w", b.failure(err))
	}
	b.team, b.self = who.TeamID, who.UserID
	team := bot.Team{Platform: Platform, ID: who.TeamID, Name: who.Team}
	if b.workspace, err = config.People.Workspace(ctx, team); err != nil {
		return nil, fmt.Errorf("slack: find the team's workspace: %w", err)
	}
	b.pace = dispatch.NewPacer(paces(config.Unpaced))
	b.lines = dispatch.NewLanes(maxWorking, maxWaiting, b.panicked)
	b.life, b.endLife = context.WithCancel(context.WithoutCancel(ctx))
	b.courier = dispatch.NewCourier(b.life, dispatch.CourierConfig{
		Platform: Platform, Outbox: config.Outbox, Log: config.Log, Now: config.Now, Tally: config.Tally, Passing: passing,
		AtOnce: maxSending, Waiting: maxWaiting,
	})
	return b, nil
}

func (b *Bot) panicked(p any) {
	b.config.Log.Error("a job panicked", "platform", Platform, "err", fmt.Sprint(p))
}

// Run keeps the connection to Slack until ctx is done; over HTTP there is none
// to keep. It returns an error when Slack refuses the app's token.
func (b *Bot) Run(ctx context.Context) error {
	counted := make(chan struct{})
	go func() {
		defer close(counted)
		b.census(ctx)
	}()
	err := b.listen(ctx)
	<-counted
	return err
}

// listen keeps the connection to Slack.
func (b *Bot) listen(ctx context.Context) error {
	if b.config.AppToken == "" {
		<-ctx.Done()
		return nil
	}
	return b.socket().run(ctx)
}

// socket returns the Socket Mode connection, whose envelopes are answered like
// requests over HTTP.
func (b *Bot) socket() *socket {
	return &socket{
		open: func(ctx context.Context) (string, error) {
			_, url, err := b.api.StartSocketModeContext(ctx)
			if err == nil {
				return url, nil
			}
			err = b.failure(err)
			if errors.Is(err, errRefused) {
				return "", fatalError{err}
			}
			return "", err
		},
		handle: b.envelope, log: b.config.Log, state: b.connection, now: b.config.Now,
	}
}

// envelope answers one delivery of Socket Mode.
func (b *Bot) envelope(ctx context.Context, e envelope) any {
	body, after, err := b.receive(ctx, e.Type, e.Payload, e.Retry > 0)
	if err != nil {
		b.config.Log.WarnContext(ctx, "payload was not taken", "platform", Platform, "type", e.Type, "err", err)
	}
	if errors.Is(err, dispatch.ErrBusy) || ctx.Err() != nil {
		return unacknowledged
	}
	return given{body: body, after: after}
}

// unacknowledged says that Slack is not to hear of an envelope, and sends it
// again.
var unacknowledged any = new(struct{ _ byte })

// Healthy returns why the bot cannot work, nil if it can.
func (b *Bot) Healthy() error { return b.health.Err() }

// Close takes nothing more in and finishes what was taken, until ctx is done.
// What could not be sent by then is in the outbox.
func (b *Bot) Close(ctx context.Context) error {
	err := errors.Join(b.lines.Close(ctx), b.courier.Close(ctx))
	b.endLife()
	if err != nil {
		return fmt.Errorf("slack: finish what was taken: %w", err)
	}
	return nil
}
