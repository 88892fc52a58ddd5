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
	"sync/atomic"
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
	within   = "30 s at most"
	fast     = "200 a second"
	fewTeams = 100 // that the cost of a sweep with nothing to do is measured among
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
		err = fmt.Errorf("digests: %w", err)
	}
	return errors.Join(err, table(out, title, m.rows.String()))
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
	// statements counts what the server was sent.
	statements atomic.Int64
}

func (m *morning) run(ctx context.Context, o options) (err error) {
	m.rows.WriteString("\tdone\tseconds\ta second\twanted\tms of the program\tthe server\tthe fake\tstatements\t\n")
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
	err = m.step(ctx, "computed and stored", m.teams, fast, func() error { return m.wake(ctx) })
	if err := errors.Join(err, stop()); err != nil {
		return err
	}
	if err := m.check(ctx, m.teams, 0); err != nil {
		return err
	}
	if err := m.step(ctx, "sent to the fake", m.teams, fast, func() error { return m.send(ctx) }); err != nil {
		return err
	}
	if err := m.check(ctx, 0, 1); err != nil {
		return err
	}
	m.clock.turn(monday.AddDate(0, 0, 7))
	if err := m.step(ctx, "a week later: computed, stored and sent", m.teams, fast, func() error { return m.both(ctx) }); err != nil {
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
	err := m.step(ctx, "schedules planned", last-first+1, within, func() error { return m.wake(ctx) })
	if err != nil {
		return err
	}
	const times = 50
	return m.step(ctx, fmt.Sprintf("sweeps with nothing due, among %d workspaces", last), times, "", func() error {
		for range times {
			if err := m.app.Wake(storage.Counting(ctx, &m.statements)); err != nil {
				return err
			}
		}
		return nil
	})
}

// find looks for all that is due.
func (m *morning) find(ctx context.Context) error {
	return m.step(ctx, "found to be due", m.teams, within, func() error {
		due, err := m.app.Store.DueTurns(ctx, monday, 2*m.teams)
		if err == nil && len(due) != m.teams {
			err = fmt.Errorf("got %d turns that are due, want %d", len(due), m.teams)
		}
		return err
	})
}

// step measures what is done for so many, and writes it down.
func (m *morning) step(ctx context.Context, name string, n int, wanted string, do func() error) error {
	before, err := m.cost(ctx)
	if err != nil {
		return err
	}
	start, sent := time.Now(), m.statements.Load()
	if err := do(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	took := time.Since(start)
	after, err := m.cost(ctx)
	fmt.Fprintf(&m.rows, "%s\t%d\t%.2f\t%.0f\t%s\t%s\t%.1f\t\n", name, n, took.Seconds(), float64(n)/took.Seconds(), wanted,
		after.each(before, n), float64(m.statements.Load()-sent)/float64(n))
	return err
}

// wake sweeps as the work does, within its limit, until nothing is due.
func (m *morning) wake(ctx context.Context) error {
	for {
		work, stop := context.WithTimeout(ctx, storage.WorkLimit)
		err := m.app.Wake(storage.Counting(work, &m.statements))
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
		if err := sweeper.Sweep(storage.Counting(ctx, &m.statements)); err != nil {
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
		fmt.Fprintf(&m.rows, "messages at the fake by then\t%d\t\t\t\t\t\t\t\t\n", seen.Messages)
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
