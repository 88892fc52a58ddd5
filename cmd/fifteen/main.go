// Command fifteen is a chat bot for sales teams: it asks reps about each deal's
// Pain, Power and Fit, and answers who is 14 and 15.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // zones must be there in an empty container too

	"github.com/alecthomas/kong"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], streams{in: os.Stdin, out: os.Stdout, err: os.Stderr})
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "fifteen:", err)
		os.Exit(1)
	}
}

// streams are where the program reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// cli is the command line: one field per subcommand.
type cli struct {
	Demo          demoCmd     `cmd:"" help:"Show the bot on a web page, with a company to play with."`
	Chat          chatCmd     `cmd:"" help:"Talk to the bot in the terminal; a pipe is a script."`
	Serve         serveCmd    `cmd:"" help:"Serve Slack and Telegram."`
	Doctor        doctorCmd   `cmd:"" help:"Look for what is wrong with a set-up, and say what to do about it."`
	Role          roleCmd     `cmd:"" help:"Give somebody a role, such as the first admin."`
	SlackManifest manifestCmd `cmd:"" help:"Print the manifest that Slack makes the app from."`
}

// errUsage ends a run whose help was printed.
var errUsage = errors.New("usage printed")

// run parses the command line and runs the subcommand.
func run(ctx context.Context, args []string, s streams) (err error) {
	var line cli
	parser, err := kong.New(&line,
		kong.Name("fifteen"), kong.Description("Who is 14 and 15? A chat bot for sales teams."),
		kong.Writers(s.out, s.err), kong.Exit(func(int) { panic(errUsage) }),
	)
	if err != nil {
		return fmt.Errorf("read the command line: %w", err)
	}
	defer func() {
		if p := recover(); p != nil {
			if p != errUsage { //nolint:errorlint // the very value that Exit panics with
				panic(p)
			}
			err = nil
		}
	}()
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return fmt.Errorf("%w; fifteen --help shows what there is", err)
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	return parsed.Run(s)
}
