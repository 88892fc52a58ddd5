package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
)

// A cost is how much time of the processors three parts have had: this program, the
// server's processes that work for it, and the fake of Slack.
type cost struct{ program, server, fake time.Duration }

// cost returns what was spent until now. That of a server on another machine is
// not known, and counts as nothing.
func (m *morning) cost(ctx context.Context) (c cost, err error) {
	var programErr, fakeErr, serverErr error
	c.program, programErr = cpu(os.Getpid())
	c.fake, fakeErr = cpu(m.fake.cmd.Process.Pid)
	c.server, serverErr = m.serverCost(ctx)
	return c, errors.Join(programErr, fakeErr, serverErr)
}

func (m *morning) serverCost(ctx context.Context) (all time.Duration, err error) {
	db, err := sql.Open("pgx", m.dsn)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var pids string
	err = db.QueryRowContext(ctx, `SELECT COALESCE(string_agg(pid::text, ' '), '') FROM pg_stat_activity
		WHERE datname = current_database() AND pid <> pg_backend_pid()`).Scan(&pids)
	if err != nil {
		return 0, err
	}
	for pid := range strings.FieldsSeq(pids) {
		var n int
		if _, err := fmt.Sscan(pid, &n); err != nil {
			return 0, err
		}
		name, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", n))
		if err != nil || strings.TrimSpace(string(name)) != "postgres" {
			return 0, nil // it is on another machine
		}
		spent, err := cpu(n)
		if err != nil {
			return 0, err
		}
		all += spent
	}
	return all, nil
}

// each writes the milliseconds that each of n has cost since before.
func (c cost) each(before cost, n int) string {
	ms := func(after, before time.Duration) float64 {
		return float64((after - before).Microseconds()) / 1000 / float64(n)
	}
	return fmt.Sprintf("%.2f\t%.2f\t%.2f", ms(c.program, before.program), ms(c.server, before.server), ms(c.fake, before.fake))
}
