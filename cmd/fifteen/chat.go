package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fifteen/bot"
	"fifteen/bot/terminal"
	"fifteen/commands"
	"fifteen/commands/demo"
	"fifteen/storage"

	"golang.org/x/term"
)

// sweepEvery is how often an interactive chat looks for what is due.
const sweepEvery = 5 * time.Second

// chatCmd talks to the bot in the terminal.
type chatCmd struct {
	DB        string `name:"db" placeholder:"FILE" help:"Keep the data in this file, or at a postgres:// URL. Without it nothing is kept."`
	As        string `default:"me" placeholder:"NAME" help:"Who types."`
	Role      string `placeholder:"ROLE" help:"What a new member is: rep, manager or admin. Without it whoever comes first is the admin, and others are managers."`
	At        string `placeholder:"RFC3339" help:"Fix the clock at this moment."`
	Demo      bool   `help:"Load a company to play with; with --db into a new file."`
	JSON      bool   `name:"json" help:"Write one JSON object for each line."`
	Workspace string `placeholder:"NAME" help:"Which workspace, when the database has several."`
}

// Run opens the database and chats until the input ends.
func (c chatCmd) Run(ctx context.Context, s streams) error {
	clock, err := c.check()
	if err != nil {
		return err
	}
	dsn, cleanUp, err := database(c.DB)
	if err != nil {
		return err
	}
	defer cleanUp()
	store, err := storage.Open(ctx, dsn)
	if err != nil {
		return err
	}
	if c.DB == "" {
		_, _ = fmt.Fprintln(s.err, "Without --db nothing is kept: this database is temporary.")
	}
	return errors.Join(c.chat(ctx, s, store, clock), store.Close())
}

// check reports everything that is wrong with the flags at once.
func (c chatCmd) check() (*clock, error) {
	now := &clock{}
	var errs []error
	if c.At != "" {
		at, err := time.Parse(time.RFC3339, c.At)
		if err != nil {
			errs = append(errs, fmt.Errorf("--at: %q is not a time such as 2026-11-23T09:00:00Z", c.At))
		}
		now.set(at)
	}
	if _, ok := bot.ParseRole(c.Role); !ok && c.Role != "" {
		errs = append(errs, fmt.Errorf("--role: %q is neither rep, manager nor admin", c.Role))
	}
	if c.Demo && c.DB != "" && !storage.IsPostgres(c.DB) {
		if _, err := os.Stat(c.DB); err == nil {
			errs = append(errs, fmt.Errorf("--demo: %s is there already; name a new file", c.DB))
		}
	}
	return now, errors.Join(errs...)
}

// database returns where the data is, and what to do about it in the end.
func database(db string) (dsn string, cleanUp func(), err error) {
	if db != "" {
		return db, func() {}, nil
	}
	folder, err := os.MkdirTemp("", "fifteen-")
	if err != nil {
		return "", nil, fmt.Errorf("make a temporary database: %w", err)
	}
	return filepath.Join(folder, "fifteen.db"), func() { _ = os.RemoveAll(folder) }, nil
}

func (c chatCmd) chat(ctx context.Context, s streams, store *storage.Store, now *clock) error {
	log := slog.New(slog.NewJSONHandler(s.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	app, err := commands.NewApp(store, log, now.now)
	if err != nil {
		return err
	}
	home, made, err := c.workspace(ctx, store, now.now())
	if err != nil {
		return err
	}
	known, err := app.Knows(ctx, home.ID, terminal.Platform, c.As)
	if err != nil {
		return err
	}
	if c.Demo {
		if err := demo.Load(ctx, store, home.ID, now.now()); err != nil {
			return fmt.Errorf("load the demo company: %w", err)
		}
	}
	role, chosen := bot.ParseRole(c.Role)
	if !chosen {
		role = bot.Manager
	}
	first := made && !chosen && !c.Demo // somebody has to set a new workspace up
	config := terminal.Config{
		Router: app.Router, Outbox: app.Outbox, Workspace: home.ID, Run: rand.Text(), As: c.As, Role: role,
		Enter: func(ctx context.Context, name string, role bot.Role) (bot.Account, error) {
			if first {
				role, first = bot.Admin, false
			}
			return app.Enter(ctx, home.ID, terminal.Platform, name, role, now.now())
		},
		Now: now.now, SetNow: now.set, Wake: app.Wake, JSON: c.JSON, In: s.in, Out: s.out, Complete: app.Router.Complete,
	}
	if file, ok := s.in.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		ticker := time.NewTicker(sweepEvery)
		defer ticker.Stop()
		config.Interactive, config.Ticks = true, ticker.C
		if !known {
			config.First = "hello"
		}
	}
	config.Echo = !config.Interactive && !c.JSON
	return terminal.New(config).Run(ctx)
}

// workspace finds the workspace that was named, or the only one, or makes one.
func (c chatCmd) workspace(ctx context.Context, store *storage.Store, at time.Time) (home storage.Workspace, made bool, err error) {
	all, err := store.Workspaces(ctx)
	if err != nil {
		return storage.Workspace{}, false, err
	}
	if len(all) == 0 {
		home, err = commands.NewWorkspace(ctx, store, c.Workspace, at)
		return home, true, err
	}
	home, err = oneOf(all, c.Workspace)
	return home, false, err
}

// oneOf returns the workspace of that name, or the only one.
func oneOf(all []storage.Workspace, name string) (storage.Workspace, error) {
	if name == "" && len(all) == 1 {
		return all[0], nil
	}
	var names strings.Builder
	for _, w := range all {
		if w.Key == commands.Key(name) {
			return w, nil
		}
		names.WriteString("\n  " + w.Name)
	}
	return storage.Workspace{}, fmt.Errorf("--workspace: name one of these:%s", names.String())
}
