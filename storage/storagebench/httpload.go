package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"runtime"
	"slices"
	"strconv"
	"time"
)

// A caller is one kept connection of a load generator that does little itself:
// its requests are written and signed before they are needed.
type caller struct {
	conn     net.Conn
	in       *bufio.Reader
	header   *textproto.Reader
	body     []byte
	requests [][]byte
	took     []time.Duration
	asked    int    // questions, with those that it was given
	late     int    // answers that did not come with the acknowledgement
	api      string // where they are sent to
}

// patience is how long a caller waits. Slack waits three seconds; what takes
// longer shall be seen.
const patience = time.Minute

// call makes callers, each a user of its own.
func call(ctx context.Context, address, api string, callers int) ([]*caller, error) {
	all := make([]*caller, callers)
	for client := range all {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
		if err != nil {
			return nil, errors.Join(err, hangUp(all[:client]))
		}
		in := bufio.NewReader(conn)
		all[client] = &caller{conn: conn, in: in, header: textproto.NewReader(in), api: api}
	}
	return all, nil
}

// load gives every caller that many questions to ask, and forgets what it has
// asked before.
func load(callers []*caller, each int) {
	for client, c := range callers {
		first := c.asked
		c.asked += each
		c.requests, c.took = make([][]byte, each), make([]time.Duration, 0, each)
		for i := range c.requests {
			c.requests[i] = noteRequest(c.api, client, first+i, time.Now())
		}
	}
	runtime.GC() // not while it is measured
}

// times returns what the questions took.
func times(callers []*caller) (took []time.Duration) {
	for _, c := range callers {
		took = append(took, c.took...)
	}
	return took
}

func hangUp(callers []*caller) (err error) {
	for _, c := range callers {
		err = errors.Join(err, c.conn.Close())
	}
	return err
}

// late returns how many answers did not come with the acknowledgement.
func late(callers []*caller) (n int) {
	for _, c := range callers {
		n += c.late
	}
	return n
}

// ask sends the next request and reads its answer, which must say that the note
// was taken, or nothing if that has taken too long. The time it took counts from
// start.
func (c *caller) ask(start time.Time) error {
	next := c.requests[len(c.took)]
	if err := c.conn.SetDeadline(start.Add(patience)); err != nil {
		return err
	}
	if _, err := c.conn.Write(next); err != nil {
		return err
	}
	if err := c.read(); err != nil {
		return err
	}
	c.took = append(c.took, time.Since(start))
	return nil
}

// read reads an answer.
func (c *caller) read() error {
	status, err := c.header.ReadLineBytes()
	if err != nil {
		return err
	}
	length, ok := 0, bytes.HasPrefix(status, []byte("HTTP/1.1 200 "))
	if !ok {
		err = fmt.Errorf("answer: %s", status)
	}
	for {
		line, wrong := c.header.ReadLineBytes()
		if wrong != nil {
			return errors.Join(err, wrong)
		}
		if len(line) == 0 {
			break
		}
		if value, found := bytes.CutPrefix(line, []byte("Content-Length: ")); found {
			if length, wrong = strconv.Atoi(string(value)); wrong != nil {
				return errors.Join(err, wrong)
			}
		}
	}
	c.body = slices.Grow(c.body[:0], length)[:length]
	if _, wrong := io.ReadFull(c.in, c.body); wrong != nil {
		return errors.Join(err, wrong)
	}
	if err == nil && length == 0 {
		c.late++
		return nil
	}
	if err == nil && !bytes.Contains(c.body, []byte("Noted on ")) {
		err = fmt.Errorf("answer: got %q, want a note taken", c.body)
	}
	return err
}

// closed lets all callers ask at once, each its next question when the last one
// is answered, and returns what it took from the first to the last.
func closed(callers []*caller) (time.Duration, error) {
	start := time.Now()
	err := together(callers, func(_ int, c *caller) error {
		for range c.requests {
			if err := c.ask(time.Now()); err != nil {
				return err
			}
		}
		return nil
	})
	return time.Since(start), err
}

// open lets the callers ask in turns at a fixed rate. A question that is due
// while its caller waits is asked late, and its time counts from when it was due.
func open(callers []*caller, rate int) error {
	start := time.Now()
	pause := time.Second / time.Duration(rate)
	return together(callers, func(number int, c *caller) error {
		for i := range c.requests {
			due := start.Add(time.Duration(i*len(callers)+number) * pause)
			time.Sleep(time.Until(due))
			if err := c.ask(due); err != nil {
				return err
			}
		}
		return nil
	})
}

func together(callers []*caller, do func(number int, c *caller) error) (err error) {
	done := make(chan error, len(callers))
	for number, c := range callers {
		go func() { done <- do(number, c) }()
	}
	for range callers {
		if wrong := <-done; err == nil { // one tells it all
			err = wrong
		}
	}
	return err
}
