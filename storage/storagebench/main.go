// Command storagebench measures what package storage makes of a disk: the write
// behind a line such as 'note #42 Petr is back', sent by many clients at once,
// beside two reference programs that send the same statements over plain
// database/sql, one with shared commits and one with a commit each; then again
// on a disk whose syncs are slower; then the reads of who, forecast and next; then
// what idleness costs, with FIFTEEN_TEST_POSTGRES set on PostgreSQL too.
// Then comes a Monday morning on which the digests of 10,000 workspaces are due, on
// that server and with a fake of Slack in a process of its own, and how soon Telegram
// is answered.
// Last comes the line of the beginning as a signed command of Slack's over HTTP, beside
// reference programs that do the same, and through Socket Mode.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "storagebench:", err)
		os.Exit(1)
	}
}

// options are the flags.
type options struct {
	clients, rounds, writes, slowWrites, reads int
	slow, idle                                 time.Duration
	sizes                                      []int
	dir                                        string
	// onlySlow is set in the process that the slow disk is measured in.
	onlySlow bool
	slack    slackOptions
	monday   mondayOptions
	telegram telegramOptions
}

func parse(args []string) (options, error) {
	var o options
	var sizes string
	flags := flag.NewFlagSet("storagebench", flag.ContinueOnError)
	flags.IntVar(&o.clients, "clients", 64, "how many clients write at once")
	flags.IntVar(&o.rounds, "rounds", 5, "how many rounds, of which the median counts")
	flags.IntVar(&o.writes, "writes", 6400, "writes of each program in a round; 0 leaves them out")
	flags.IntVar(&o.slowWrites, "slow-writes", 1280, "the same with slower syncs")
	flags.DurationVar(&o.slow, "slow", 2*time.Millisecond, "how much longer a slower sync takes; 0 leaves it out")
	flags.IntVar(&o.reads, "reads", 200, "how often each read is measured; 0 leaves them out")
	flags.DurationVar(&o.idle, "idle", time.Minute, "how long idleness is measured, three times on each database; 0 leaves it out")
	flags.StringVar(&sizes, "sizes", "1000,10000,100000", "numbers of deals to read among")
	flags.StringVar(&o.dir, "dir", os.TempDir(), "folder on the disk to measure")
	flags.BoolVar(&o.onlySlow, "only-slow", false, "for the program's own use")
	var connections string
	o.slack.define(flags, &connections)
	o.monday.define(flags)
	o.telegram.define(flags)
	if err := flags.Parse(args); err != nil {
		return options{}, err
	}
	if o.clients < 1 || o.rounds < 1 || o.writes > 0 && o.writes < o.clients || o.slowWrites < o.clients {
		return options{}, fmt.Errorf("at least one client, one round and one write of each client are needed")
	}
	var err error
	if o.sizes, err = numbers(sizes); err == nil {
		o.slack.connections, err = numbers(connections)
	}
	return o, err
}

// numbers reads a list such as "1,8,64".
func numbers(list string) (all []int, err error) {
	for word := range strings.SplitSeq(list, ",") {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("%q in a list is not a number from 1", word)
		}
		all = append(all, n)
	}
	return all, nil
}

func run(ctx context.Context, args []string, out io.Writer) error {
	o, err := parse(args)
	if err != nil {
		return err
	}
	if o.monday.fake > 0 {
		return pretend(os.Stdin, out, o.monday.fake) //nolint:contextcheck // it ends with its input
	}
	if o.dir, err = os.MkdirTemp(o.dir, "storagebench-"); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(o.dir) }()
	if o.onlySlow {
		return slowly(ctx, out, o)
	}
	if err := machine(out, o.dir); err != nil {
		return err
	}
	if o.writes > 0 {
		title := fmt.Sprintf("Writes of %d clients, %d in each of %d rounds", o.clients, o.writes, o.rounds)
		if err := race(ctx, out, title, o, o.writes); err != nil {
			return err
		}
	}
	if o.slow > 0 {
		if err := again(ctx, out, o, args); err != nil {
			return err
		}
	}
	if o.reads > 0 {
		if err := reads(ctx, out, o); err != nil {
			return err
		}
	}
	if o.idle > 0 {
		if err := idle(ctx, out, o); err != nil {
			return err
		}
	}
	if o.monday.workspaces > 0 {
		if err := digests(ctx, out, o); err != nil {
			return err
		}
	}
	if o.telegram.rate > 0 {
		if err := telegram(ctx, out, o); err != nil {
			return err
		}
	}
	return slack(ctx, out, o)
}
