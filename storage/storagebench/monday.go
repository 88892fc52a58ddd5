package main

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"
	"time"

	"fifteen/bot"
	"fifteen/bot/slackbot"
	"fifteen/commands"
	"fifteen/storage"
	"fifteen/storage/storagetest"
)

// mondayOptions are the flags of what is measured of digests.
type mondayOptions struct {
	workspaces, fake int
	profile          string
}

func (o *mondayOptions) define(flags *flag.FlagSet) {
	flags.IntVar(&o.workspaces, "workspaces", 10_000, "how many have a digest that is due on Monday; 0 leaves them out")
	flags.StringVar(&o.profile, "monday-profile", "", "file to write a CPU profile of computing the digests to")
	flags.IntVar(&o.fake, "only-fake", 0, "for the program's own use")
}

// What is asked of digests.
const (
	foundWithin = 30 * time.Second
	perSecond   = 200
	fewTeams    = 100 // that the cost of a sweep with nothing to do is measured among
)

// digests measures a Monday morning on PostgreSQL.
func digests(ctx context.Context, out io.Writer, o options) (err error) {
	title := fmt.Sprintf("Digests of %d workspaces, all due on Monday at 09:00, on PostgreSQL", o.monday.workspaces)
	server := os.Getenv(serverEnv)
	if server == "" {
		_, err := fmt.Fprintf(out, "\n%s: NOT RUN, %s names no server\n", title, serverEnv)
		return err
	}
	dsn, drop, err := storagetest.Postgres(ctx, server)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, drop(context.WithoutCancel(ctx))) }()
	store, err := storage.Open(ctx, dsn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	clock := &dial{}
	clock.turn(monday.Add(-10 * time.Hour))
	app, err := commands.NewApp(store, slog.New(slog.NewTextHandler(os.Stderr, nil)), clock.now)
	if err != nil {
		return err
	}
	fake, err := startPretender(ctx, o.monday.workspaces)
	if err != nil {
		return err
	}
	m := &morning{app: app, clock: clock, dsn: dsn, teams: o.monday.workspaces, fake: fake}
	err = errors.Join(m.run(ctx, o), m.fake.end())
	if err != nil {
		return fmt.Errorf("digests: %w", err)
	}
	return table(out, title, m.rows.String())
}

// A morning is a Monday morning.
type morning struct {
	app   *commands.App
	clock *dial
	dsn   string
	teams int
	fake  *pretender
	staff staff
	rows  strings.Builder
}

func (m *morning) run(ctx context.Context, o options) (err error) {
	m.rows.WriteString("what\tdone\tseconds\ta second\twanted\t\n")
	few := min(fewTeams, m.teams)
	if err := m.quiet(ctx, 1, few); err != nil {
		return err
	}
	if err := m.quiet(ctx, few+1, m.teams); err != nil {
		return err
	}
	if m.staff, err = gather(ctx, m.app, m.teams, m.fake.url); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, m.staff.close(ctx)) }()
	m.clock.turn(monday)
	if err := m.find(ctx); err != nil {
		return err
	}
	stop, err := profile(o.monday.profile)
	if err != nil {
		return err
	}
	err = m.step("computed and stored", perSecond, func() error { return m.wake(ctx) })
	if err = errors.Join(err, stop()); err != nil {
		return err
	}
	if err := m.check(ctx, m.teams, 0); err != nil {
		return err
	}
	if err := m.step("sent to the fake", perSecond, func() error { return m.send(ctx) }); err != nil {
		return err
	}
	if err := m.check(ctx, 0, 1); err != nil {
		return err
	}
	m.clock.turn(monday.AddDate(0, 0, 7))
	if err := m.step("a week later: computed, stored and sent", perSecond, func() error { return m.both(ctx) }); err != nil {
		return err
	}
	return m.check(ctx, 0, 2)
}

// quiet adds teams, has their schedules planned, and then measures sweeps that find
// nothing to do.
func (m *morning) quiet(ctx context.Context, first, last int) error {
	if first > last {
		return nil
	}
	if err := fillTeams(ctx, m.dsn, first, last); err != nil {
		return err
	}
	start := time.Now()
	if err := m.wake(ctx); err != nil {
		return err
	}
	m.row("schedules planned", last-first+1, time.Since(start), fmt.Sprintf("%v", foundWithin))
	const times = 50
	start = time.Now()
	for range times {
		if err := m.app.Wake(ctx); err != nil {
			return err
		}
	}
	took := time.Since(start) / times
	fmt.Fprintf(&m.rows, "a sweep among %d workspaces with nothing due\t\t%.4f\t\t\t\n", last, took.Seconds())
	return nil
}

// find looks for all that is due, in one look and as a sweep does at first.
func (m *morning) find(ctx context.Context) error {
	start := time.Now()
	due, err := m.app.Store.DueTurns(ctx, monday, 2*m.teams)
	if err != nil {
		return err
	}
	if len(due) != m.teams {
		return fmt.Errorf("got %d turns that are due, want %d", len(due), m.teams)
	}
	m.row("found to be due", m.teams, time.Since(start), fmt.Sprintf("%v", foundWithin))
	return nil
}

// step measures one step of all teams.
func (m *morning) step(name string, wanted int, fn func() error) error {
	start := time.Now()
	if err := fn(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	m.row(name, m.teams, time.Since(start), fmt.Sprintf("%d a second", wanted))
	return nil
}

func (m *morning) row(name string, n int, took time.Duration, wanted string) {
	fmt.Fprintf(&m.rows, "%s\t%d\t%.2f\t%.0f\t%s\t\n", name, n, took.Seconds(), float64(n)/took.Seconds(), wanted)
}

// wake sweeps as the work does, within its limit, until nothing is due.
func (m *morning) wake(ctx context.Context) error {
	for {
		work, stop := context.WithTimeout(ctx, storage.WorkLimit)
		err := m.app.Wake(work)
		stop()
		if err != nil {
			return err
		}
		due, err := m.app.Store.DueTurns(ctx, m.clock.now(), 1)
		if err != nil || len(due) == 0 {
			return err
		}
	}
}

// send sweeps the outbox until nothing is in it.
func (m *morning) send(ctx context.Context) error {
	sweeper := bot.Sweeper{Outbox: m.app.Outbox, Senders: map[string]bot.Sender{slackbot.Platform: m.staff}}
	for {
		if err := sweeper.Sweep(ctx); err != nil {
			return err
		}
		left, err := m.column(ctx, "SELECT count(*) FROM outbox WHERE NOT sent")
		if err != nil || left == 0 {
			return err
		}
	}
}

// both wakes and sends side by side.
func (m *morning) both(ctx context.Context) error {
	var work sync.WaitGroup
	var woken error
	done := make(chan struct{})
	work.Go(func() {
		defer close(done)
		woken = m.wake(ctx)
	})
	var err error
	for over := false; err == nil && !over; {
		select {
		case <-done:
			over = true
		case <-time.After(time.Second):
		}
		err = m.send(ctx)
	}
	work.Wait()
	return errors.Join(err, woken)
}

// check wants that many posts to wait, and each team to have had so many digests.
func (m *morning) check(ctx context.Context, waiting, digests int) error {
	left, err := m.column(ctx, "SELECT count(*) FROM outbox WHERE NOT sent")
	if err != nil {
		return err
	}
	dropped, err := m.column(ctx, "SELECT count(*) FROM outbox WHERE dropped <> ''")
	if err != nil {
		return err
	}
	seen, err := m.fake.count()
	if err != nil {
		return err
	}
	if left != waiting || dropped != 0 || seen.Refused != 0 || seen.Messages < digests*m.teams {
		return fmt.Errorf("got %d posts that wait, %d that were given up and %+v at the fake, want %d, 0 and %d messages",
			left, dropped, seen, waiting, digests*m.teams)
	}
	if digests > 0 {
		fmt.Fprintf(&m.rows, "messages at the fake by then\t%d\t\t\t\t\n", seen.Messages)
	}
	return nil
}

func (m *morning) column(ctx context.Context, query string) (n int, err error) {
	db, err := sql.Open("pgx", m.dsn)
	if err != nil {
		return 0, err
	}
	err = db.QueryRowContext(ctx, query).Scan(&n)
	return n, errors.Join(err, db.Close())
}
