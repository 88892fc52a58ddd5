package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// crowds are how many people send commands through Socket Mode at once.
var crowds = []int{1, 16}

// said are the lines of which the times are measured, with what their answers
// hold.
var said = []struct {
	name, holds string
	text        func(client int) string
}{
	{"note", "Noted on ", noteText},
	{"who", "company 1", func(int) string { return "who" }},
}

// envelopes measures the time from a command to its acknowledgement in Socket
// Mode, through the adapter's own client and a WebSocket on the loopback
// interface.
func envelopes(ctx context.Context, out io.Writer, o options, near *api) (err error) {
	if o.slack.profiled == "socket" {
		stop, err := profile(o.slack.profile)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, stop()) }()
	}
	var rows strings.Builder
	rows.WriteString("at once\tline\tcommands/s\t" + latencyHeads + "\n")
	for _, people := range crowds {
		dir := filepath.Join(o.dir, fmt.Sprintf("socket-%d", people))
		if err := prepareTeam(ctx, dir, crowds[len(crowds)-1]); err != nil {
			return err
		}
		b, err := openSlack(ctx, dir, near.url(), appToken)
		if err != nil {
			return err
		}
		written, err := correspond(&rows, near.link, near.url(), people, o.slack.envelopes)
		if err := errors.Join(err, b.close(ctx)); err != nil {
			return fmt.Errorf("Socket Mode: %w", err) //nolint:staticcheck // which is its name
		}
		if err := checkTeam(ctx, dir, tally{written: written}, true); err != nil {
			return err
		}
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	return table(out, "From a command to its acknowledgement in Socket Mode, over a WebSocket on this machine", rows.String())
}

// correspond lets people send each line and prints the times. It returns how
// many notes they sent.
func correspond(rows io.Writer, l *link, api string, people, lines int) (written int, err error) {
	p, err := l.wait()
	if err != nil {
		return 0, err
	}
	p.api = api
	each := max(1, lines/people)
	for _, line := range said {
		for turn, n := range []int{max(1, warmth/people), each} { // the first ones warm up
			start := time.Now()
			took, err := p.crowd(people, n, line.text, line.holds)
			if err != nil {
				return 0, err
			}
			if line.name == command {
				written += len(took)
			}
			if turn > 0 {
				_, err = fmt.Fprintf(rows, "%d\t%s\t%.0f\t%s\n", people, line.name,
					float64(len(took))/time.Since(start).Seconds(), latencies(took))
			}
			if err != nil {
				return 0, err
			}
		}
	}
	return written, nil
}

// crowd lets people send a line each, and the next when that is acknowledged.
func (p *peer) crowd(people, each int, text func(int) string, holds string) ([]time.Duration, error) {
	type person struct {
		took []time.Duration
		err  error
	}
	done := make(chan person, people)
	first := p.sent
	p.sent += each
	for client := range people {
		go func() {
			took, err := p.one(client, first, each, text(client), holds)
			done <- person{took, err}
		}()
	}
	took := make([]time.Duration, 0, people*each)
	var err error
	for range people {
		one := <-done
		took, err = append(took, one.took...), errors.Join(err, one.err)
	}
	return took, err
}

func (p *peer) one(client, first, each int, text, holds string) ([]time.Duration, error) {
	took := make([]time.Duration, each)
	for i := range took {
		message, err := p.envelope(client, first+i, text)
		if err != nil {
			return nil, err
		}
		start := time.Now()
		if err := p.write(opText, message); err != nil {
			return nil, err
		}
		select {
		case ack := <-p.acks[client]:
			took[i] = time.Since(start)
			if !bytes.Contains(ack, []byte(holds)) {
				return nil, fmt.Errorf("acknowledgement: got %q, want one that holds %q", ack, holds)
			}
		case <-time.After(patience):
			return nil, fmt.Errorf("no acknowledgement within %v", patience)
		}
	}
	return took, nil
}

// envelope is a command as Socket Mode brings it.
func (p *peer) envelope(client, i int, text string) ([]byte, error) {
	return json.Marshal(map[string]any{
		"type": "slash_commands", "envelope_id": fmt.Sprintf("%d-%d", client, i), "accepts_response_payload": true,
		"payload": map[string]string{ //nolint:gosec // Slack's own example of a token
			"token": "gIkuvaNzQIHg97ATvDxqgjtO", "team_id": teamID, "team_domain": "bench", "channel_id": dmOf(client),
			"channel_name": "directmessage", "user_id": userOf(client), "user_name": "rep", "command": "/ppf", "text": text,
			"api_app_id": "A0BENCH", "is_enterprise_install": "false", "trigger_id": triggerOf(client, i),
			"response_url": responseURL(p.api),
		},
	})
}

// sender returns the client whose envelope a frame acknowledges.
func sender(frame []byte) (client int, err error) {
	_, rest, found := bytes.Cut(frame, []byte(`"envelope_id":"`))
	name, _, cut := bytes.Cut(rest, []byte("-"))
	if client, err = strconv.Atoi(string(name)); !found || !cut || err != nil {
		return 0, fmt.Errorf("no acknowledgement: %q", frame)
	}
	return client, nil
}
