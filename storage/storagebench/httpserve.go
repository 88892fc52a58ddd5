package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// steadyCallers are the connections over which commands come at a fixed rate,
// busyCallers those over which they come as fast as they are answered.
const (
	steadyCallers = 100
	busyCallers   = 64
)

// serving measures fifteen serve, in a process of its own: how long commands
// that come at a fixed rate take from when they were due, and how much memory it
// takes then and with many connections. What the disk does to the times shows in
// those of the first reference program.
func serving(ctx context.Context, out io.Writer, o options, api string) error {
	beside := &stay{api: api}
	err := host(ctx, services[0], filepath.Join(o.dir, "beside"), api, steadyCallers, func(ctx context.Context, address string) (tally, error) {
		return beside.run(ctx, o, address)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", services[0].Name, err)
	}
	dir := filepath.Join(o.dir, "serve")
	if err := prepareTeam(ctx, dir, steadyCallers); err != nil {
		return err
	}
	p, err := launch(ctx, dir, api)
	if err != nil {
		_, err = fmt.Fprintf(out, "\nfifteen serve: left out, %v\n", err)
		return err
	}
	s := &stay{program: p, api: api}
	sent, err := s.run(ctx, o, p.address)
	if err := errors.Join(err, p.end()); err != nil {
		return fmt.Errorf("fifteen serve: %w", err)
	}
	if err := checkTeam(ctx, dir, sent, true); err != nil {
		return fmt.Errorf("fifteen serve: %w", err)
	}
	return report(out, o, beside, s)
}

func report(out io.Writer, o options, beside, s *stay) error {
	title := fmt.Sprintf("%d signed commands a second for %v over %d connections, times from when they were due",
		o.slack.rate, o.slack.steady, steadyCallers)
	rows := "program\tcommands\t" + latencyHeads + "late\t\n" +
		fmt.Sprintf("%s\t%d\t%s%d\t\n", services[0].Name, len(beside.took), latencies(beside.took), beside.late) +
		fmt.Sprintf("fifteen serve\t%d\t%s%d\t\n", len(s.took), latencies(s.took), s.late)
	if err := table(out, title, rows); err != nil {
		return err
	}
	rows = "until\tcommands/s\tMB resident at most\t\n" +
		fmt.Sprintf("the start\t\t%.1f\t\n", s.started) +
		fmt.Sprintf("the end of the fixed rate\t%d\t%.1f\t\n", o.slack.rate, s.steady) +
		fmt.Sprintf("the end of %d connections without a pause\t%.0f\t%.1f\t\n", busyCallers, s.rate, s.busy)
	return table(out, "Memory of fifteen serve, static binary (VmHWM)", rows)
}

// A stay is one run of a server and what was seen in it. The memory is that of
// program, if there is one, and only then many connections follow.
type stay struct {
	program *program
	api     string
	took    []time.Duration
	late    int // at the fixed rate
	rate    float64
	// started, steady and busy are the most memory until then, in MB.
	started, steady, busy float64
}

// busyCommands are how many each of the busy connections sends.
const busyCommands = 400

// run has the commands sent and returns how many they were.
func (s *stay) run(ctx context.Context, o options, address string) (sent tally, err error) {
	if s.started, err = s.program.memory(); err != nil {
		return sent, err
	}
	callers, err := call(ctx, address, s.api, steadyCallers)
	if err != nil {
		return sent, err
	}
	defer func() { err = errors.Join(err, hangUp(callers)) }()
	load(callers, 1)
	if _, err := closed(callers); err != nil {
		return sent, err
	}
	each := int(o.slack.steady.Seconds()*float64(o.slack.rate)) / steadyCallers
	load(callers, max(1, each))
	if err := open(callers, o.slack.rate); err != nil {
		return sent, err
	}
	s.took, s.late = times(callers), late(callers)
	sent = tally{steadyCallers + len(s.took), s.late}
	if s.steady, err = s.program.memory(); err != nil || s.program == nil {
		return sent, err
	}
	busy := callers[:busyCallers]
	load(busy, busyCommands)
	elapsed, err := closed(busy)
	if err != nil {
		return sent, err
	}
	s.rate = busyCallers * busyCommands / elapsed.Seconds()
	s.busy, err = s.program.memory()
	return tally{sent.written + busyCallers*busyCommands, late(callers)}, err
}

// A program is a running fifteen serve.
type program struct {
	cmd     *exec.Cmd
	log     *os.File
	address string
}

// launch builds the binary as it is shipped and starts it.
func launch(ctx context.Context, dir, api string) (*program, error) {
	return launchOn(ctx, dir, file(dir), api)
}

// launchOn is launch on another database than the one in the folder, with more in
// its environment.
func launchOn(ctx context.Context, dir, dsn, api string, env ...string) (*program, error) {
	binary := filepath.Join(dir, "fifteen")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-tags", "netgo,osusergo,sqlite_omit_load_extension", //nolint:gosec // in its own folder
		"-ldflags", `-s -w -linkmode external -extldflags "-static"`, "-o", binary, "fifteen/cmd/fifteen")
	if said, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("which needs its sources and a C compiler: %w\n%s", err, said)
	}
	listener, err := listen(ctx)
	if err != nil {
		return nil, err
	}
	p := &program{address: listener.Addr().String()}
	if err := listener.Close(); err != nil { // now the address is free
		return nil, err
	}
	if p.log, err = os.Create(filepath.Join(dir, "log")); err != nil {
		return nil, err
	}
	p.cmd = exec.CommandContext(ctx, binary, "serve", "--db", dsn, "--listen", p.address) //nolint:gosec // the one just built
	p.cmd.Env = append(os.Environ(), "SLACK_BOT_TOKEN="+botToken, "SLACK_APP_TOKEN=", "SLACK_SIGNING_SECRET="+secret, "SLACK_API_URL="+api)
	p.cmd.Env = append(p.cmd.Env, env...)
	p.cmd.Stderr = p.log
	p.cmd.Cancel = func() error { return p.cmd.Process.Signal(syscall.SIGTERM) }
	if err := p.cmd.Start(); err != nil {
		return nil, errors.Join(err, p.log.Close())
	}
	if err := p.ready(ctx); err != nil {
		return nil, errors.Join(err, p.end())
	}
	return p, nil
}

// ready waits until the server answers.
func (p *program) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+p.address+"/healthz", http.NoBody)
		if err != nil {
			return err
		}
		answer, err := http.DefaultClient.Do(request)
		if err == nil {
			return answer.Body.Close()
		}
		if ctx.Err() != nil {
			return fmt.Errorf("wait for the server: %w", err)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// end stops the server as an operator does. When it fails, its log is the error.
func (p *program) end() error {
	err := errors.Join(p.cmd.Process.Signal(syscall.SIGTERM), p.cmd.Wait())
	if err != nil {
		_, _ = p.log.Seek(0, io.SeekStart)
		said, _ := io.ReadAll(io.LimitReader(p.log, 10_000))
		err = fmt.Errorf("%w\n%s", err, said)
	}
	return errors.Join(err, p.log.Close())
}

// memory returns the most resident memory the server has had, in megabytes of
// 10^6 bytes, 0 for none.
func (p *program) memory() (float64, error) {
	if p == nil {
		return 0, nil
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for row := range strings.Lines(string(status)) {
		if words := strings.Fields(row); len(words) > 1 && words[0] == "VmHWM:" {
			kibibytes, err := strconv.ParseFloat(words[1], 64)
			return kibibytes * 1024 / 1e6, err
		}
	}
	return 0, errors.New("no VmHWM in the server's status")
}
