package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A level is what one service did at one number of connections.
type level struct {
	rates []float64
	took  []time.Duration
	late  int
}

// httpRace lets all services answer in turns, at each number of connections, and
// prints the rates of their median rounds and the times of all rounds.
func httpRace(ctx context.Context, out io.Writer, o options, api string) error {
	var rows strings.Builder
	rows.WriteString("connections\tprogram\tcommands/s\tfrom\tto\tratio\t" + latencyHeads + "late\t\n")
	for _, callers := range o.slack.connections {
		levels := make([]level, len(services))
		for round := range o.rounds {
			for i := range services {
				n := (i + round) % len(services) // nobody is always first
				r := &httpRound{callers: callers, each: o.slack.each(callers), level: &levels[n], api: api}
				if n == len(services)-1 && round == 0 && strconv.Itoa(callers) == o.slack.profiled {
					r.profile = o.slack.profile
				}
				dir := filepath.Join(o.dir, fmt.Sprintf("http-%d-%d-%d", callers, round, n))
				if err := host(ctx, services[n], dir, api, callers, r.run); err != nil {
					return fmt.Errorf("%s, %d connections: %w", services[n].Name, callers, err)
				}
			}
		}
		base := 0.0
		for i, l := range levels {
			slices.Sort(l.rates)
			rate := l.rates[len(l.rates)/2]
			if i == 0 {
				base = rate
			}
			fmt.Fprintf(&rows, "%d\t%s\t%.0f\t%.0f\t%.0f\t%.2f\t%s%d\t\n", callers, services[i].Name, rate, l.rates[0],
				l.rates[len(l.rates)-1], rate/base, latencies(l.took), l.late)
		}
	}
	title := fmt.Sprintf("Signed commands over HTTP, a note each, SQLite FULL, %d rounds (median rate, times of all rounds)", o.rounds)
	return table(out, title, rows.String())
}

// each is how many commands a connection sends in a round: fewer in all when few
// send, because then they come one after the other.
func (o slackOptions) each(callers int) int {
	return max(10, min(500, o.requests/callers))
}

// host runs a service on a database of its own, in the new folder dir, while it
// is asked. ask returns what it has sent, which must be stored.
func host(
	ctx context.Context, s Service, dir, api string, clients int, ask func(ctx context.Context, address string) (tally, error),
) error {
	if err := prepareTeam(ctx, dir, clients); err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	handler, shut, err := s.Open(ctx, dir, api, clients)
	if err != nil {
		return err
	}
	listener, err := listen(ctx)
	if err != nil {
		return errors.Join(err, shut())
	}
	server := serverOf(handler)
	go func() { _ = server.Serve(listener) }() // until Shutdown
	sent, err := ask(ctx, listener.Addr().String())
	stop, cancel := context.WithTimeout(ctx, readWait)
	defer cancel()
	if err := errors.Join(err, server.Shutdown(stop), shut()); err != nil {
		return err
	}
	return checkTeam(ctx, dir, sent, s.Marks)
}

// A tally is how many commands were sent, and to how many the answer did not
// come with the acknowledgement.
type tally struct{ written, late int }

// An httpRound is one service's turn.
type httpRound struct {
	callers, each int
	profile, api  string
	level         *level
}

// warmth is how many commands come at least before the clock starts, one from
// each user included, whom the bot then has met.
const warmth = 200

// run has the commands sent and returns how many they were.
func (r *httpRound) run(ctx context.Context, address string) (tally, error) {
	callers, err := call(ctx, address, r.api, r.callers)
	if err != nil {
		return tally{}, err
	}
	warm := max(1, warmth/r.callers)
	load(callers, warm)
	_, err = closed(callers)
	load(callers, r.each)
	stop, wrong := profile(r.profile)
	if err = errors.Join(err, wrong); err == nil {
		var elapsed time.Duration
		elapsed, err = closed(callers)
		r.level.rates = append(r.level.rates, float64(r.callers*r.each)/elapsed.Seconds())
		r.level.took = append(r.level.took, times(callers)...)
		r.level.late += late(callers)
	}
	sent := tally{written: r.callers * (warm + r.each), late: late(callers)}
	return sent, errors.Join(err, stop(), hangUp(callers))
}

// profile writes a CPU profile until stop; without a name it does nothing.
func profile(name string) (stop func() error, err error) {
	if name == "" {
		return func() error { return nil }, nil
	}
	f, err := os.Create(name)
	if err != nil {
		return func() error { return nil }, err
	}
	stop = func() error {
		pprof.StopCPUProfile()
		return f.Close()
	}
	return stop, pprof.StartCPUProfile(f)
}

// checkTeam finds every write in the database; a program that marks what it has
// answered must have marked all, but late answers may wait in the outbox.
func checkTeam(ctx context.Context, dir string, sent tally, marks bool) error {
	if err := check(ctx, dir, sent.written); err != nil || !marks {
		return err
	}
	db, err := sql.Open("sqlite3", "file:"+file(dir)+"?mode=ro")
	if err != nil {
		return err
	}
	unsent := 0
	err = db.QueryRowContext(ctx, "SELECT count(*) FROM outbox WHERE NOT sent").Scan(&unsent)
	if err == nil && unsent > sent.late {
		err = fmt.Errorf("stored: got %d answers that are not marked as sent, want at most %d", unsent, sent.late)
	}
	return errors.Join(err, db.Close())
}
