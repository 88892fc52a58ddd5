package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"time"
)

// slackOptions are the flags of what is measured through Slack's adapter.
type slackOptions struct {
	connections       []int
	requests, rate    int
	steady            time.Duration
	envelopes         int
	profile, profiled string
}

func (o *slackOptions) define(flags *flag.FlagSet, connections *string) {
	flags.StringVar(connections, "connections", "1,8,64,512", "numbers of connections over which commands come")
	flags.IntVar(&o.requests, "requests", 6400, "commands over HTTP to each program in a round; 0 leaves them out")
	flags.IntVar(&o.rate, "rate", 500, "commands a second at a fixed rate")
	flags.DurationVar(&o.steady, "steady", 20*time.Second, "how long they come at a fixed rate; 0 leaves it out")
	flags.IntVar(&o.envelopes, "envelopes", 4000, "commands through Socket Mode; 0 leaves them out")
	flags.StringVar(&o.profile, "profile", "", "file to write a CPU profile of the bot to")
	flags.StringVar(&o.profiled, "profiled", "64", "at which number of connections, or \"socket\" for Socket Mode")
}

// slack measures what goes through Slack's adapter.
func slack(ctx context.Context, out io.Writer, o options) error {
	near, err := openAPI(ctx)
	if err != nil {
		return err
	}
	if o.slack.requests > 0 {
		err = httpRace(ctx, out, o, near.url())
	}
	if err == nil && o.slack.steady > 0 {
		err = serving(ctx, out, o, near.url())
	}
	if err == nil && o.slack.envelopes > 0 {
		err = envelopes(ctx, out, o, near)
	}
	return errors.Join(err, near.close())
}

// latencies writes how long half of them took at most, and so on, up to the
// longest one.
func latencies(took []time.Duration) string {
	slices.Sort(took)
	last := len(took) - 1
	return fmt.Sprintf("%s\t%s\t%s\t%s\t", brief(took[last*50/100]), brief(took[last*99/100]), brief(took[last*999/1000]),
		brief(took[last]))
}

const latencyHeads = "half within\t99 % within\t99.9 % within\tlongest\t"

func brief(d time.Duration) time.Duration {
	if d < 10*time.Millisecond {
		return d.Round(10 * time.Microsecond)
	}
	return d.Round(100 * time.Microsecond)
}
