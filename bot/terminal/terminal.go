// Package terminal is the chat in a terminal: lines in, plain text out. A
// person gets a prompt, history and completion; in a pipe a file of lines is a
// script, which is also how tests talk to the bot. Lines that begin with a
// colon steer the chat itself and are no lines for the bot; see directives.go.
package terminal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"fifteen/bot"
)

// Platform is the platform of every account, chat and post of the terminal.
const Platform = "terminal"

// Config is what a Terminal needs. Fields that may be left out say so.
type Config struct {
	Router *bot.Router
	Outbox bot.Outbox
	// Enter finds the member of that name, or creates one with that role, and
	// returns the account. Its ID is also the ID of the member's private chat. A
	// bot.ProblemError is shown; any other error ends the run.
	Enter     func(ctx context.Context, name string, role bot.Role) (bot.Account, error)
	Workspace int64
	// Run begins the key of every event. It must be new at every start over the
	// same database, or old answers come back.
	Run string
	// As is who types the first lines, Role what members are made as.
	As   string
	Role bot.Role
	// First is a line that is said for them before they type, "" for none.
	First string
	Now   func() time.Time
	// SetNow turns the clock; nil when it cannot be turned.
	SetNow func(time.Time)
	// Wake does what has become due, before the outbox is swept; nil when nothing
	// does.
	Wake func(ctx context.Context) error
	// Ticks say when to look for what is due while nobody types. It is never
	// closed; nil means that only a turn of the clock looks.
	Ticks <-chan time.Time
	// Complete returns whole lines that the request's line may become. It is
	// called from another goroutine than Enter and Wake; nil offers nothing.
	Complete func(ctx context.Context, req bot.Request) []string
	// Interactive says that a person sits there: a prompt, history, completion,
	// and blank lines mean nothing. If In is a terminal it is put into raw mode
	// for as long as Run runs.
	Interactive bool
	// Echo writes "> line" above each answer, so that output alone can be read.
	Echo bool
	// JSON writes one object for each line instead of text.
	JSON bool
	In   io.Reader
	Out  io.Writer
}

// A Terminal is one conversation over one pair of streams.
type Terminal struct {
	config Config
	page   *page
	read   func() (string, error)

	account bot.Account
	name    string
	role    bot.Role
	channel string // "" is the private chat
	line    int
	last    *bot.Request
	shown   map[string]sight
	shows   int
}

// New returns a terminal. It reads and writes nothing before Run.
func New(config Config) *Terminal {
	return &Terminal{
		config: config, role: config.Role, shown: map[string]sight{},
		page: &page{w: config.Out, json: config.JSON, echo: config.Echo, spaced: config.Interactive},
	}
}

// Run answers lines until the input ends or ctx is done, both of which return
// nil; what a person gets wrong is an answer. An error says that the program
// itself failed: it could not read, write, enter or reach the outbox. Run is
// called once.
//
// Run returns as soon as ctx is done, even while it waits for a line. A read
// cannot be called off, though: its goroutine ends when In gives a line or is
// closed, and that line is lost.
func (t *Terminal) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	lines := bufio.NewReaderSize(t.config.In, readSize)
	t.read = func() (string, error) { return readLine(lines) }
	if t.config.Interactive {
		leave, err := t.openPrompt(ctx)
		if err != nil {
			return err
		}
		defer leave()
	}
	t.name = t.config.As
	_, err := t.enter(ctx, t.name)
	if err == nil {
		err = t.flush()
	}
	if err == nil && t.config.First != "" {
		err = t.send(ctx, t.request(t.config.First, bot.Typed))
	}
	for err == nil && ctx.Err() == nil {
		var text string
		if text, err = t.next(ctx); err == nil {
			err = t.take(ctx, text)
		}
	}
	if errors.Is(err, errEnd) || ctx.Err() != nil && t.page.err == nil {
		return nil // errors of a run that was called off say no more than that
	}
	return err
}

// take answers one line. The line's number counts every line, so that a
// script's events keep their keys.
func (t *Terminal) take(ctx context.Context, text string) error {
	t.line++
	if t.config.Interactive && strings.TrimSpace(text) == "" {
		return nil
	}
	t.page.begin(text)
	var err error
	if directive, ok := strings.CutPrefix(text, ":"); ok {
		err = t.direct(ctx, directive)
	} else {
		err = t.send(ctx, t.request(text, bot.Typed))
	}
	if ctx.Err() != nil {
		return err
	}
	if closed := t.page.end(t.config.Now()); err == nil {
		err = closed
	}
	return err
}

// request is the event of the current line.
func (t *Terminal) request(line string, way bot.Way) bot.Request {
	return bot.Request{
		Workspace: t.config.Workspace, Account: t.account, Chat: t.chat(), Line: line, Way: way,
		EventID: fmt.Sprintf("%s/%d", t.config.Run, t.line), At: t.config.Now(), Chats: Chats{},
	}
}

// Chats is the chats of a terminal: every name that begins with # is the id of
// one, and those in the list are there already. It implements bot.Chats.
type Chats []string

// Find implements bot.Chats. A deal's number, such as #12, is no chat's name.
func (Chats) Find(name string) (string, bool) {
	words := bot.Split(name)
	if len(words) != 1 || len(name) < 2 || name[0] != '#' {
		return "", false
	}
	_, number := bot.ParseNumber(words[0])
	return name, !number
}

// Name implements bot.Chats.
func (Chats) Name(_ context.Context, id string) string { return id }

// Joined implements bot.Chats.
func (c Chats) Joined(context.Context) []bot.Option {
	all := make([]bot.Option, len(c))
	for i, name := range c {
		all[i] = bot.Option{Label: name, Value: name}
	}
	return all
}

func (t *Terminal) chat() bot.Chat {
	if t.channel != "" {
		return bot.Chat{Platform: Platform, ID: t.channel}
	}
	return bot.Chat{Platform: Platform, ID: t.account.ID, Private: true}
}
