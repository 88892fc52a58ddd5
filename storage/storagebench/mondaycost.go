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
// fake of Slack, and each of the server's processes that work for it.
type cost struct {
	program, fake time.Duration
	server        map[int]time.Duration
}

// cost returns what was spent until now. That of a server on another machine is
// not known.
func (m *morning) cost(ctx context.Context) (c cost, err error) {
	var programErr, fakeErr, serverErr error
	c.program, programErr = cpu(os.Getpid())
	c.fake, fakeErr = cpu(m.fake.cmd.Process.Pid)
	c.server, serverErr = m.serverCost(ctx)
	return c, errors.Join(programErr, fakeErr, serverErr)
}

func (m *morning) serverCost(ctx context.Context) (all map[int]time.Duration, err error) {
	db, err := sql.Open("pgx", m.dsn)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var pids string
	err = db.QueryRowContext(ctx, `SELECT COALESCE(string_agg(pid::text, ' '), '') FROM pg_stat_activity
		WHERE datname = current_database() AND pid <> pg_backend_pid()`).Scan(&pids)
	if err != nil {
		return nil, err
	}
	all = map[int]time.Duration{}
	for pid := range strings.FieldsSeq(pids) {
		var n int
		if _, err := fmt.Sscan(pid, &n); err != nil {
			return nil, err
		}
		name, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", n))
		if err != nil || strings.TrimSpace(string(name)) != "postgres" {
			return nil, nil // it is on another machine
		}
		if all[n], err = cpu(n); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// each writes the milliseconds that each of n has cost since before, "?" for what is
// not known: a process of the server that has ended takes its figure with it.
func (c cost) each(before cost, n int) string {
	ms := func(d time.Duration) string { return fmt.Sprintf("%.2f", float64(d.Microseconds())/1000/float64(n)) }
	var spent time.Duration
	known := len(c.server) > 0
	for _, d := range c.server {
		spent += d
	}
	for pid, d := range before.server {
		_, still := c.server[pid]
		spent, known = spent-d, known && still
	}
	server := ms(spent)
	if !known {
		server = "?"
	}
	return ms(c.program-before.program) + "\t" + server + "\t" + ms(c.fake-before.fake)
}
