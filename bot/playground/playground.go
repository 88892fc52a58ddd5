package playground

import (
	"context"
	"crypto/rand"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"fifteen/bot"
	"fifteen/bot/dispatch"
)

// Config is what a playground needs. Fields that may be left out say so.
type Config struct {
	Router    *bot.Router
	Directory bot.Directory
	Outbox    bot.Outbox
	Words     bot.Words
	Log       *slog.Logger
	// Platform is the platform of the accounts and chats on the page. An account's
	// ID is also the ID of the member's private chat.
	Platform  string
	Workspace int64
	// Title is what the workspace is called.
	Title string
	// People returns those whom one can be on the page, the usual one first.
	People func(ctx context.Context) ([]Person, error)
	// Channels are those that are there from the start, such as "#sales". A channel
	// that the bot writes to is there from then on.
	Channels []string
	// Chats knows the channels that lines name.
	Chats bot.Chats
	// First is the line whose answer somebody finds in their chat with the bot before
	// anything was said there; "" for none.
	First string
	// Starters are lines to begin with, offered to somebody who has said nothing yet.
	Starters []Starter
	// Zone is where the page's clock is.
	Zone *time.Location
	Now  func() time.Time
	// Clock turns the time; its zero value has the page without such a control.
	Clock Clock
	// Views show what a message would be elsewhere, in this order.
	Views []View
	// Transcript keeps what was said; nil forgets it with the program.
	Transcript Transcript
	// Token must be known to open the page; "" is for a page that only this machine
	// can reach, which then answers to no other name than the machine's own.
	Token string
}

// A Person is somebody whom one can be.
type Person struct {
	ID, Name string
	// Role is a role's id, such as "rep".
	Role string
}

// A Starter is a line with the key of what the button is called that says it.
type Starter struct{ Line, Name string }

// A View shows what a message would be on a platform.
type View struct {
	Name string
	Draw func(locale string, msg bot.Message) ([]byte, error)
}

// Bot is the bot on a page. It is a bot.Sender, and its Handler answers the page's
// requests.
type Bot struct {
	config  Config
	rooms   *rooms
	lanes   *dispatch.Lanes
	seen    dispatch.Seen
	forms   forms
	pages   *template.Template
	run     string
	events  atomic.Int64
	travels sync.Mutex
	keeping sync.Mutex
	// life ends the streams, which never end by themselves.
	life context.Context //nolint:containedctx // the streams outlive no request but end with the bot
	end  context.CancelFunc
}

// How many people are answered at once, and how many lines wait.
const (
	atOnce  = 16
	waiting = 256
)

// New returns a playground in whose rooms is what the transcript holds. A clock that
// can be turned is not behind what was said last.
func New(ctx context.Context, config Config) (*Bot, error) {
	b := &Bot{config: config, rooms: newRooms(config.Channels), run: rand.Text(), pages: pages()}
	b.lanes = dispatch.NewLanes(atOnce, waiting, func(p any) {
		config.Log.Error("a line panicked", "platform", config.Platform, "err", p)
	})
	if err := b.recall(ctx); err != nil {
		return nil, err
	}
	b.life, b.end = context.WithCancel(context.WithoutCancel(ctx))
	return b, nil
}

// recall fills the rooms from the transcript.
func (b *Bot) recall(ctx context.Context) error {
	if b.config.Transcript == nil {
		return nil
	}
	messages, err := b.config.Transcript.Kept(ctx)
	if err != nil {
		return fmt.Errorf("read what was said: %w", err)
	}
	last, err := b.rooms.restore(messages)
	if err == nil && b.config.Clock.Set != nil && last.After(b.config.Now()) {
		b.config.Clock.Set(last)
	}
	return err
}

// Run waits until ctx is done: the page comes to the bot by itself.
func (b *Bot) Run(ctx context.Context) error {
	<-ctx.Done()
	b.end()
	return nil
}

// Healthy returns nil: there is no service that could refuse the bot.
func (b *Bot) Healthy() error { return nil }

// Close ends the streams and waits for the lines that are being answered, until
// ctx is done. What could not be kept until then is tried once more.
func (b *Bot) Close(ctx context.Context) error {
	b.end()
	err := b.lanes.Close(ctx)
	b.keep(ctx)
	return err
}

// Send implements bot.Sender.
func (b *Bot) Send(ctx context.Context, post bot.Post) error {
	if post.Workspace != b.config.Workspace {
		return bot.ErrElsewhere
	}
	e := entry{at: b.config.Now(), msg: post.Message, way: bot.Scheduled}
	if post.Message.Private && !post.Chat.Private {
		if post.Account == "" {
			return fmt.Errorf("%w: nobody is named who may see it", bot.ErrUnfit)
		}
		e.only = post.Account
	}
	below, _ := strconv.ParseInt(post.Chat.Thread, 10, 64)
	b.rooms.add(post.Chat.ID, below, e)
	b.keep(ctx)
	return nil
}

// Handler answers the page's requests.
func (b *Bot) Handler() http.Handler {
	all := http.NewServeMux()
	all.Handle("GET /static/", statics())
	all.HandleFunc("GET /{$}", b.enter)
	all.HandleFunc("GET /as/{me}/in/{room}", b.page)
	all.HandleFunc("GET /as/{me}/in/{room}/stream", b.listen)
	all.HandleFunc("GET /as/{me}/in/{room}/older", b.older)
	all.HandleFunc("GET /as/{me}/in/{room}/complete", b.complete)
	all.HandleFunc("GET /as/{me}/in/{room}/thread/{id}", b.thread)
	all.HandleFunc("GET /as/{me}/in/{room}/replies/{id}", b.replies)
	all.HandleFunc("GET /as/{me}/in/{room}/inside/{id}", b.inside)
	all.HandleFunc("GET /as/{me}/in/{room}/chart/{id}", b.chart)
	all.HandleFunc("GET /as/{me}/in/{room}/form/{id}", b.form)
	all.HandleFunc("POST /as/{me}/in/{room}/say", b.say)
	all.HandleFunc("POST /as/{me}/in/{room}/press", b.press)
	all.HandleFunc("POST /as/{me}/in/{room}/submit", b.submit)
	all.HandleFunc("POST /as/{me}/in/{room}/leave", b.leave)
	all.HandleFunc("POST /as/{me}/in/{room}/clock", b.turn)
	return b.guard(all)
}
