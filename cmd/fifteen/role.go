package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"strings"

	"fifteen/bot"
	"fifteen/bot/slackbot"
	"fifteen/commands"
	"fifteen/storage"
)

// roleCmd gives somebody a role while nobody in the chat can, such as the first
// admin.
type roleCmd struct {
	DB        string `name:"db" required:"true" placeholder:"FILE" help:"The database, a file or a postgres:// URL. It must be there."`
	Workspace string `placeholder:"NAME" help:"Which workspace, when the database has several."`
	Who       string `arg:"" help:"A name, or the id of a Slack user, who need not have spoken to the bot yet."`
	Role      string `arg:"" help:"rep, manager or admin."`
}

// Run opens the database and gives the role.
func (c roleCmd) Run(ctx context.Context, s streams) error {
	role, ok := bot.ParseRole(c.Role)
	var errs []error
	if !ok {
		errs = append(errs, fmt.Errorf("%q is neither rep, manager nor admin", c.Role))
	}
	if !storage.IsPostgres(c.DB) {
		if _, err := os.Stat(c.DB); err != nil { // opening it would make it
			errs = append(errs, fmt.Errorf("--db: there is no file %s; name the one that the bot keeps its data in", c.DB))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	store, err := storage.Open(ctx, c.DB)
	if err != nil {
		return err
	}
	return errors.Join(c.appoint(ctx, s, store, role), store.Close())
}

func (c roleCmd) appoint(ctx context.Context, s streams, store *storage.Store, role bot.Role) error {
	all, err := store.Workspaces(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return errors.New("the database has no workspace yet; start the bot once, or fifteen chat")
	}
	home, err := oneOf(all, c.Workspace)
	if err != nil {
		return err
	}
	app, err := commands.NewApp(store, slog.New(slog.DiscardHandler), (&clock{}).now)
	if err != nil {
		return err
	}
	var account bot.Account
	if slackUser.MatchString(c.Who) {
		account = bot.Account{Platform: slackbot.Platform, ID: c.Who}
	}
	said, err := app.Appoint(ctx, home.ID, c.Who, account, role)
	if problem, ok := errors.AsType[*bot.ProblemError](err); ok {
		return c.refused(app, home, problem)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(s.out, said)
	return err
}

// slackUser matches the id of a Slack user; no name of a person has digits in
// capitals.
var slackUser = regexp.MustCompile(`^[UW][A-Z0-9]*\d[A-Z0-9]*$`)

// refused says why nothing was changed.
func (c roleCmd) refused(app *commands.App, home storage.Workspace, problem *bot.ProblemError) error {
	if problem.Key == "who.unknown" {
		return fmt.Errorf("nobody in %s is called %q; the id of a Slack user, such as U024BE7LH, does as well", home.Name, c.Who)
	}
	var said strings.Builder
	said.WriteString(app.Words.Say("en", problem.Key, problem.Args...))
	for _, option := range problem.Options {
		said.WriteString("\n  " + option.Label)
	}
	return errors.New(said.String())
}
