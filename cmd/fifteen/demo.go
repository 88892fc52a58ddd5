package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"syscall"
	"time"

	"fifteen/bot"
	"fifteen/bot/playground"
	"fifteen/bot/slackbot"
	"fifteen/bot/telegrambot"
	"fifteen/bot/terminal"
	"fifteen/commands"
	"fifteen/commands/demo"
	"fifteen/storage"
)

// demoCmd shows the bot on a web page.
type demoCmd struct {
	DB     string `name:"db" placeholder:"FILE" help:"Keep the data in this file, or at a postgres:// URL; a new one begins with the demo company. Without it nothing is kept."`
	At     string `placeholder:"RFC3339" help:"Let the clock begin at this moment; it goes on from there."`
	Listen string `default:"127.0.0.1:8014" placeholder:"ADDR" help:"Where the page is. Beyond this machine it takes a token, which is printed."`
}

// The demo's page.
const (
	demoTeam    = "Demo"
	demoChannel = "#sales"
	// demoSelf is who one is over a database in which nobody is known by name.
	demoSelf = "me"
)

// starters are lines to begin with.
var starters = []playground.Starter{
	{Line: "who", Name: "button.who"},
	{Line: "home", Name: "button.home"},
	{Line: "funnel", Name: "playground.start.funnel"},
	{Line: "refusals", Name: "playground.start.refusals"},
	{Line: "coach", Name: "playground.start.coach"},
}

// Run serves the page until ctx is done.
func (c demoCmd) Run(ctx context.Context, s streams) error {
	now, err := c.clock()
	if err != nil {
		return err
	}
	listener, err := c.listen(ctx)
	if err != nil {
		return err
	}
	dsn, cleanUp, err := database(c.DB)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer cleanUp()
	if at, err := storage.Examine(ctx, dsn, now.now); err == nil && at.Busy {
		return errors.Join(fmt.Errorf("--db: another program holds %s; end that one, or name another file", c.DB), listener.Close())
	}
	store, err := storage.Open(ctx, dsn)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	return errors.Join(c.serve(ctx, s, store, now, listener), store.Close())
}

// clock is the page's clock.
func (c demoCmd) clock() (*clock, error) {
	if c.At == "" {
		return &clock{}, nil
	}
	at, err := time.Parse(time.RFC3339, c.At)
	if err != nil {
		return nil, fmt.Errorf("--at: %q is not a time such as 2026-11-23T09:00:00Z", c.At)
	}
	return &clock{ahead: time.Until(at)}, nil
}

// listen opens the page's address.
func (c demoCmd) listen(ctx context.Context) (net.Listener, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.Listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("--listen: another program is at %s already; try --listen 127.0.0.1:0 for any free port", c.Listen)
	}
	if err != nil {
		return nil, fmt.Errorf("--listen: %w", err)
	}
	return listener, nil
}

// token is what one must know to open a page that others can reach, "" for one that
// only this machine can.
func token(at net.Addr) string {
	if tcp, ok := at.(*net.TCPAddr); ok && tcp.IP.IsLoopback() {
		return ""
	}
	return rand.Text()
}

func (c demoCmd) serve(ctx context.Context, s streams, store *storage.Store, now *clock, listener net.Listener) error {
	log := slog.New(slog.NewJSONHandler(s.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	app, err := commands.NewApp(store, log, now.now)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	home, err := furnished(ctx, store, now.now())
	if err == nil {
		err = peopled(ctx, app, home, now.now())
	}
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	counted := newMetrics()
	app.Tally = counted
	secret := token(listener.Addr())
	config := playgroundOf(app, log, home, now, secret)
	if c.DB != "" {
		config.Transcript = transcript{store: store, workspace: home.ID}
	}
	page, err := playground.New(ctx, config)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	joined := platforms{terminal.Platform: page}
	counted.platforms(terminal.Platform)
	server := &http.Server{Handler: page.Handler(), ReadHeaderTimeout: readWait} // streams are read from for as long as they last
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	c.greet(s, listener.Addr(), secret)
	err = work(ctx, log, app, counted, joined, served)
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopGrace)
	defer cancel()
	return errors.Join(err, joined.close(stop), hangUp(stop, server))
}

// hangUpGrace is how long a page may take to hear the rest of an answer.
const hangUpGrace = 500 * time.Millisecond

// hangUp ends a page's server when all lines are answered. Browsers keep connections
// open on which they may ask for something later; nobody waits for those.
func hangUp(ctx context.Context, server *http.Server) error {
	ctx, cancel := context.WithTimeout(ctx, hangUpGrace)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		return server.Close()
	}
	return nil
}

// greet says where the page is.
func (c demoCmd) greet(s streams, at net.Addr, secret string) {
	address := "http://" + at.String() + "/"
	if secret != "" {
		address += "?token=" + secret
	}
	_, _ = fmt.Fprintf(s.out, "Fifteen is at %s\n", address)
	if c.DB == "" {
		_, _ = fmt.Fprintln(s.out, "Nothing is kept: with --db FILE the data stays.")
	}
	_, _ = fmt.Fprintln(s.out, "Ctrl+C ends it.")
}

// furnished returns the workspace of a database, and the demo company in a new one.
func furnished(ctx context.Context, store *storage.Store, at time.Time) (storage.Workspace, error) {
	all, err := store.Workspaces(ctx)
	if err != nil {
		return storage.Workspace{}, err
	}
	if len(all) > 0 {
		return all[0], nil
	}
	home, err := commands.NewWorkspace(ctx, store, demoTeam, at)
	if err != nil {
		return storage.Workspace{}, err
	}
	if err := demo.Load(ctx, store, home.ID, at); err != nil {
		return storage.Workspace{}, fmt.Errorf("load the demo company: %w", err)
	}
	return home, nil
}

// peopled makes a manager where nobody is known by name.
func peopled(ctx context.Context, app *commands.App, home storage.Workspace, at time.Time) error {
	people, err := named(ctx, app.Store, home.ID)
	if err != nil || len(people) > 0 {
		return err
	}
	_, err = app.Enter(ctx, home.ID, terminal.Platform, demoSelf, bot.Manager, at)
	return err
}

// named returns the members who are known by name, as in the terminal: the ones who
// may do more first.
func named(ctx context.Context, store *storage.Store, workspace int64) (people []playground.Person, err error) {
	err = store.Read(ctx, workspace, func(tx *storage.Tx) error {
		members, err := tx.Members(ctx)
		if err != nil {
			return err
		}
		for _, m := range members {
			_, err := tx.MemberByAccount(ctx, terminal.Platform, m.Key)
			switch {
			case errors.Is(err, storage.ErrNotFound) || err == nil && !m.Active:
			case err != nil:
				return err
			default:
				people = append(people, playground.Person{ID: m.Key, Name: m.Name, Role: m.Role})
			}
		}
		return nil
	})
	slices.SortStableFunc(people, func(a, b playground.Person) int { return cmp.Compare(rank(b.Role), rank(a.Role)) })
	return people, err
}

func rank(role string) bot.Role {
	known, _ := bot.ParseRole(role)
	return known
}

// playgroundOf plugs the bot into a page, where people and channels are those of the
// terminal.
func playgroundOf(app *commands.App, log *slog.Logger, home storage.Workspace, now *clock, secret string) playground.Config {
	zone, err := time.LoadLocation(home.Zone)
	if err != nil {
		zone = time.UTC
	}
	return playground.Config{
		Router: app.Router, Directory: app.Directory, Outbox: app.Outbox, Words: app.Words, Log: log,
		Platform: terminal.Platform, Workspace: home.ID, Title: home.Name, Channels: []string{demoChannel}, Chats: terminal.Chats{demoChannel},
		People: func(ctx context.Context) ([]playground.Person, error) { return named(ctx, app.Store, home.ID) },
		First:  "hello", Starters: starters, Zone: zone, Now: now.now, Token: secret,
		Clock: playground.Clock{Set: now.goTo, Wake: app.Wake, Next: app.Store.NextTurn, Jumps: jumps},
		Views: []playground.View{
			{Name: "Slack", Draw: func(locale string, msg bot.Message) ([]byte, error) { return slackbot.Preview(app.Words, locale, msg) }},
			{Name: "Telegram", Draw: func(locale string, msg bot.Message) ([]byte, error) {
				return telegrambot.Preview(app.Words, locale, msg)
			}},
		},
	}
}

// jumps are what one may want to see: the digests, the check-in, and what was
// promised months before.
var jumps = []playground.Jump{
	{Name: "playground.jump.evening", To: func(now time.Time) time.Time { return next(now, 17, 30, weekdays...) }},
	{Name: "playground.jump.tomorrow", To: func(now time.Time) time.Time { return next(midnight(now), 9, 0) }},
	{Name: "playground.jump.monday", To: func(now time.Time) time.Time { return next(now, 9, 0, time.Monday) }},
	{Name: "playground.jump.quarter", To: func(now time.Time) time.Time { return now.AddDate(0, 3, 0) }},
}

// weekdays are the days of work.
var weekdays = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}

// midnight is when tomorrow begins.
func midnight(now time.Time) time.Time {
	return time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 0, 0, now.Location())
}

// next is when a clock shows that time next, on one of these days if there are any.
func next(now time.Time, hour, minute int, days ...time.Weekday) time.Time {
	for day := 0; ; day++ {
		at := time.Date(now.Year(), now.Month(), now.Day()+day, hour, minute, 0, 0, now.Location())
		if at.After(now) && (len(days) == 0 || slices.Contains(days, at.Weekday())) {
			return at
		}
	}
}
