package commands_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/terminal"
	"fifteen/commands"
	"fifteen/storage"
)

// monday is when the clocks of these tests stand unless they say otherwise.
var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// office is a bot over a database of its own, with a clock that is turned by
// hand.
type office struct {
	t    *testing.T
	app  *commands.App
	home storage.Workspace
	now  time.Time
	runs int
	logs bytes.Buffer
}

func open(t *testing.T) *office {
	t.Helper()
	return openAt(t, newFile(t))
}

// openAt opens the office of a database that may have been there before.
func openAt(t *testing.T, dsn string) *office {
	t.Helper()
	store, err := storage.Open(t.Context(), dsn)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	o := &office{t: t, now: monday}
	log := slog.New(slog.NewTextHandler(&o.logs, &slog.HandlerOptions{Level: slog.LevelWarn}))
	if o.app, err = commands.NewApp(store, log, func() time.Time { return o.now }); err != nil {
		t.Fatalf("put the bot together: %v", err)
	}
	all, err := store.Workspaces(t.Context())
	if err != nil {
		t.Fatalf("list workspaces: %v", err)
	}
	if len(all) == 1 {
		o.home = all[0]
		return o
	}
	if o.home, err = commands.NewWorkspace(t.Context(), store, "", monday); err != nil {
		t.Fatalf("make a workspace: %v", err)
	}
	return o
}

// play runs a script as a pipe would, and returns what was printed.
func (o *office) play(script string) string {
	o.t.Helper()
	var out bytes.Buffer
	o.runs++
	err := terminal.New(terminal.Config{
		Router: o.app.Router, Outbox: o.app.Outbox, Workspace: o.home.ID, Run: strings.Repeat("r", o.runs),
		As: "novak", Role: bot.Manager, Enter: o.enter,
		Now: func() time.Time { return o.now }, SetNow: func(at time.Time) { o.now = at }, Wake: o.app.Wake,
		In: strings.NewReader(script), Out: &out, Echo: true,
	}).Run(o.t.Context())
	if err != nil {
		o.t.Fatalf("play: %v", err)
	}
	if o.logs.Len() > 0 {
		o.t.Errorf("the log holds errors: %s", o.logs.String())
		o.logs.Reset()
	}
	return out.String()
}

func (o *office) enter(ctx context.Context, name string, role bot.Role) (bot.Account, error) {
	return o.app.Enter(ctx, o.home.ID, terminal.Platform, name, role, o.now)
}

// member enters somebody and returns the account.
func (o *office) member(name string, role bot.Role) bot.Account {
	o.t.Helper()
	account, err := o.enter(o.t.Context(), name, role)
	if err != nil {
		o.t.Fatalf("enter %s: %v", name, err)
	}
	return account
}

// say sends one typed line in a private chat and returns the answer.
func (o *office) say(account bot.Account, line string) bot.Reply {
	o.t.Helper()
	return o.send(bot.Request{Account: account, Line: line})
}

// send sends a request with what it leaves out filled in.
func (o *office) send(req bot.Request) bot.Reply {
	o.t.Helper()
	return o.app.Router.Serve(o.t.Context(), o.filled(req))
}

// filled is a request with what it leaves out.
func (o *office) filled(req bot.Request) bot.Request {
	o.runs++
	req.Workspace, req.At = o.home.ID, o.now
	if req.Chat == (bot.Chat{}) {
		req.Chat = bot.Chat{Platform: terminal.Platform, ID: req.Account.ID, Private: true}
	}
	if req.EventID == "" {
		req.EventID = "event/" + time.Duration(o.runs).String()
	}
	if req.Chats == nil {
		req.Chats = terminal.Chats{}
	}
	return req
}

// text draws a message as the terminal does.
func text(t *testing.T, msg bot.Message) string {
	t.Helper()
	var b strings.Builder
	if err := terminal.Draw(&b, msg); err != nil {
		t.Fatalf("draw: %v", err)
	}
	return b.String()
}
