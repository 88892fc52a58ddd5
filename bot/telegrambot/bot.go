package telegrambot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"fifteen/bot"
	"fifteen/bot/dispatch"
)

// Config is what a Bot needs. Fields that may be left out say so.
type Config struct {
	Router    *bot.Router
	Directory bot.Directory
	Inbox     bot.Inbox
	Outbox    bot.Outbox
	Shelf     bot.Shelf
	Links     bot.Links
	Titles    bot.Titles
	// Whereabouts is told what becomes of chats and accounts.
	Whereabouts bot.Whereabouts
	// Leases lets one program at a time fetch updates.
	Leases bot.Leases
	Words  bot.Words
	Log    *slog.Logger
	Now    func() time.Time
	// Tally counts the answers that are sent at once, and what becomes of those
	// that cannot be; nil counts nothing. What a sweep sends, the sweep counts.
	Tally bot.Tally
	// Languages are those that the menu of commands is shown in, beside the usual
	// one.
	Languages []string

	// Token is the bot's. With Secret updates come over HTTP, and each has to bear
	// it; without it they are fetched.
	Token, Secret string
	// WebhookURL is where Telegram is told to deliver, "" for a place that somebody
	// else has told it.
	WebhookURL string
	// APIURL is another server than Telegram's; "" for Telegram's own.
	APIURL string
	// Unpaced leaves no pause between messages: for an APIURL that wants none, as
	// Telegram does.
	Unpaced bool
	// Client calls the Bot API; nil for a usual one. It must have no timeout below a
	// minute: each call has its own.
	Client *http.Client
}

// How much is worked on and held at once.
const (
	maxWorking = 256
	maxSending = 64
	maxWaiting = 10_000
)

// A Bot is the bot in Telegram, for all workspaces that are linked to it.
type Bot struct {
	config Config
	api    *api
	id     int64
	self   atomic.Pointer[self]

	lines   *dispatch.Lanes // by person
	resting *dispatch.Lanes // buttons that come to rest
	intake  intake
	pace    *dispatch.Pacer
	courier *dispatch.Courier
	health  dispatch.Health
	// life is the context of all work; it ends when the bot is closed for good.
	life    context.Context //nolint:containedctx // work outlives the request that brought it
	endLife context.CancelFunc
}

// self is what Telegram says of the bot.
type self struct {
	tgbotapi.User
	HearsAll bool `json:"can_read_all_group_messages"`
}

// secretForm is what a webhook's secret may be.
// Source: https://core.telegram.org/bots/api#setwebhook.
const secretSigns = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"

// New returns a bot, ready to work once it runs. It asks Telegram nothing, so
// that it can be made while Telegram is away. A token or a secret that cannot be
// one is an error, which does not show it.
func New(ctx context.Context, config Config) (*Bot, error) {
	parts := tokenForm.FindStringSubmatch(config.Token)
	if parts == nil {
		return nil, errors.New("telegram: the bot token does not look like one: it is 123456789:letters, as @BotFather gives it")
	}
	id, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return nil, errors.New("telegram: the bot token does not begin with a bot's number")
	}
	if strings.Trim(config.Secret, secretSigns) != "" || len(config.Secret) > 256 {
		return nil, errors.New("telegram: a webhook secret has 1 to 256 letters A to Z and a to z, digits, _ and -")
	}
	if config.WebhookURL != "" && config.Secret == "" {
		return nil, errors.New("telegram: a webhook needs a secret")
	}
	client := config.Client
	if client == nil {
		client = &http.Client{}
	}
	b := &Bot{config: config, id: id, api: newAPI(config.Token, config.APIURL, client)}
	b.pace = dispatch.NewPacer(paces(config.Unpaced))
	b.lines = dispatch.NewLanes(maxWorking, maxWaiting, b.panicked)
	b.resting = dispatch.NewLanes(maxSending, maxWaiting, b.panicked)
	b.life, b.endLife = context.WithCancel(context.WithoutCancel(ctx))
	b.courier = dispatch.NewCourier(b.life, dispatch.CourierConfig{
		Platform: Platform, Outbox: config.Outbox, Tally: config.Tally, Log: config.Log, Now: config.Now, Passing: passing,
		AtOnce: maxSending, Waiting: maxWaiting,
	})
	b.health.Lose(errors.New("not known yet to Telegram"))
	return b, nil
}

func (b *Bot) panicked(p any) {
	b.config.Log.Error("a job panicked", "platform", Platform, "err", b.api.hide(fmt.Errorf("%v", p)))
}

// Run fetches updates, or has them delivered, until ctx is done. It returns an
// error when Telegram refuses the token.
func (b *Bot) Run(ctx context.Context) error {
	if err := b.begin(ctx); err != nil {
		return err
	}
	if b.config.Secret != "" {
		<-ctx.Done()
		return nil
	}
	return b.poll(ctx)
}

// begin asks Telegram who the bot is, and says what it can do and where it
// listens, as often as it takes.
func (b *Bot) begin(ctx context.Context) error {
	for n := 0; ctx.Err() == nil; n++ {
		err := b.introduce(ctx)
		if err == nil {
			b.health.Lose(nil)
			return nil
		}
		if errors.Is(err, errRefused) {
			return err
		}
		b.config.Log.WarnContext(ctx, "Telegram cannot be reached", "platform", Platform, "err", err)
		b.health.Lose(fmt.Errorf("no way to Telegram: %w", err))
		dispatch.Pause(ctx, backOff(n, err))
	}
	return nil
}

func (b *Bot) introduce(ctx context.Context) error {
	var me self
	if err := b.ask(ctx, "getMe", nil, &me); err != nil {
		return err
	}
	b.self.Store(&me)
	if err := b.offer(ctx); err != nil { // lines are answered without a menu too
		b.config.Log.WarnContext(ctx, "Telegram did not take the menu of commands", "platform", Platform, "err", err)
	}
	return b.listen(ctx)
}

// ask is a call of the Bot API with a time of its own.
func (b *Bot) ask(ctx context.Context, method string, params map[string]string, into any) error {
	ctx, stop := context.WithTimeout(ctx, sendTimeout)
	defer stop()
	return b.failure(b.api.call(ctx, method, params, into))
}

// username is what the bot is called, "" before Telegram has said so.
func (b *Bot) username() string {
	if me := b.self.Load(); me != nil {
		return me.UserName
	}
	return ""
}

// URL is where people open a chat with the bot, "" before Telegram has said who it
// is.
func (b *Bot) URL() string {
	if name := b.username(); name != "" {
		return "https://t.me/" + name
	}
	return ""
}

// Healthy returns why the bot cannot work, nil if it can.
func (b *Bot) Healthy() error { return b.health.Err() }

// Close takes nothing more in and finishes what was taken, until ctx is done.
// What could not be sent by then is in the outbox.
func (b *Bot) Close(ctx context.Context) error {
	err := errors.Join(b.lines.Close(ctx), b.resting.Close(ctx), b.courier.Close(ctx))
	b.endLife()
	if err != nil {
		return fmt.Errorf("telegram: finish what was taken: %w", err)
	}
	return nil
}
