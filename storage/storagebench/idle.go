package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"fifteen/bot/bottest"
	"fifteen/bot/slackbot"
	"fifteen/storage"
	"fifteen/storage/storagetest"
)

// serverEnv names a PostgreSQL server where databases may be made; without it
// idleness is measured on SQLite only.
const serverEnv = "FIFTEEN_TEST_POSTGRES"

// idle prints how much of a core nothing takes: a store, the same with jobs that
// find nothing to do, and the whole program while nobody talks to it.
func idle(ctx context.Context, out io.Writer, o options) error {
	kinds := []struct{ name, dsn string }{{"SQLite", file(filepath.Join(o.dir, "idle"))}}
	if server := os.Getenv(serverEnv); server != "" {
		dsn, drop, err := storagetest.Postgres(ctx, server)
		if err != nil {
			return err
		}
		defer func() { _ = drop(context.WithoutCancel(ctx)) }()
		kinds = append(kinds, struct{ name, dsn string }{"PostgreSQL", dsn})
	}
	if err := os.Mkdir(filepath.Join(o.dir, "idle"), 0o700); err != nil {
		return err
	}
	near, err := openAPI(ctx)
	if err != nil {
		return err
	}
	var rows strings.Builder
	rows.WriteString("database\tstore\twith jobs\tfifteen serve\twith Telegram\tTelegram's share\tasked\t\n")
	for _, k := range kinds {
		row, err := idleOn(ctx, o, k.dsn, near.url())
		if err != nil {
			return errors.Join(fmt.Errorf("idle on %s: %w", k.name, err), near.close())
		}
		fmt.Fprintf(&rows, "%s\t%.2f %%\t%.2f %%\t%.2f %%\t%.2f %%\t%.2f %%\t%s\t\n", k.name, row.alone, row.jobs, row.serve, row.telegram,
			row.telegram-row.serve, little)
	}
	title := fmt.Sprintf("Of a core, in %v in which nothing happens, with %d schedules", o.idle, idleSchedules)
	return errors.Join(table(out, title, rows.String()), near.close())
}

// A lull is how much of a core is taken while nothing happens, in percent.
type lull struct{ alone, jobs, serve, telegram float64 }

// What is asked of Telegram while nothing happens.
const little = "0.5 % at most"

// settled is how long a program is left alone before it counts as idle.
const settled = 10 * time.Second

func idleOn(ctx context.Context, o options, dsn, api string) (l lull, err error) {
	store, err := storage.Open(ctx, dsn)
	if err != nil {
		return l, err
	}
	if err := errors.Join(settleTeam(ctx, store, 1), schedule(ctx, store)); err != nil {
		return l, errors.Join(err, store.Close())
	}
	if l.alone, err = spent(ctx, o.idle, os.Getpid()); err != nil {
		return l, errors.Join(err, store.Close())
	}
	working, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- store.RunJobs(working, slog.New(slog.NewTextHandler(os.Stderr, nil)), watch(nil)) }()
	if err = pause(ctx, settled); err == nil {
		l.jobs, err = spent(ctx, o.idle, os.Getpid())
	}
	stop()
	if err := errors.Join(err, <-ended, store.Close()); err != nil {
		return l, err
	}
	if l.serve, err = idleProgram(ctx, o, dsn, api); err != nil {
		return l, err
	}
	fake := bottest.NewTelegram(bottest.TelegramConfig{Clock: time.Now}) //nolint:contextcheck // it ends when it is closed
	defer fake.Close()
	l.telegram, err = idleProgram(ctx, o, dsn, api, "TELEGRAM_BOT_TOKEN="+bottest.TelegramToken, "TELEGRAM_API_URL="+fake.URL())
	return l, err
}

// idleProgram is how much of a core the whole program takes while nobody talks to
// it, with that in its environment.
func idleProgram(ctx context.Context, o options, dsn, api string, env ...string) (share float64, err error) {
	p, err := launchOn(ctx, o.dir, dsn, api, env...)
	if err != nil {
		return 0, err
	}
	if err = pause(ctx, settled); err == nil {
		share, err = spent(ctx, o.idle, p.cmd.Process.Pid)
	}
	return share, errors.Join(err, p.end())
}

// idleSchedules are how many schedules there are while nothing happens.
const idleSchedules = 300

// schedule makes schedules that will be due in a distant year.
func schedule(ctx context.Context, store *storage.Store) error {
	all := make([]storage.Schedule, idleSchedules)
	for i := range all {
		all[i] = storage.Schedule{
			Line: "who", Rule: "2099-06-01 09:00", Audience: storage.ForChat, Platform: slackbot.Platform, Chat: channelOf(int64(i + 1)), Role: "rep",
		}
	}
	return store.Write(ctx, workspace, func(tx *storage.Tx) error {
		_, err := tx.AddSchedules(ctx, all, storage.Author{Member: member, At: at})
		return err
	})
}

// watch is a work as seldom as the one that looks for what is due; it tells ran,
// if there is one.
func watch(ran func()) storage.Work {
	return storage.Work{Name: "watch", Every: 10 * time.Second, Run: func(context.Context) error {
		if ran != nil {
			ran()
		}
		return nil
	}}
}

// spent returns how much of a core a process takes in the time to come, in
// percent.
func spent(ctx context.Context, during time.Duration, pid int) (float64, error) {
	before, err := cpu(pid)
	if err != nil {
		return 0, err
	}
	start := time.Now()
	if err := pause(ctx, during); err != nil {
		return 0, err
	}
	after, err := cpu(pid)
	return 100 * (after - before).Seconds() / time.Since(start).Seconds(), err
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// clockTicks is how many a second Linux counts a process's time in, everywhere.
const clockTicks = 100

// cpu returns the time that a process has had on all cores. Of this process it
// knows it exactly, of others in hundredths of a second.
func cpu(pid int) (time.Duration, error) {
	if pid == os.Getpid() {
		var usage syscall.Rusage
		err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
		return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()), err
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	_, after, _ := strings.Cut(string(stat), ") ") // the name, in brackets, may hold anything
	fields := strings.Fields(after)
	if len(fields) < 13 {
		return 0, fmt.Errorf("/proc/%d/stat has %d fields", pid, len(fields))
	}
	user, userErr := strconv.Atoi(fields[11])
	system, systemErr := strconv.Atoi(fields[12])
	return time.Duration(user+system) * time.Second / clockTicks, errors.Join(userErr, systemErr)
}
