package main_test

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// program builds the binary as it is shipped, and a migrated database.
func program(b *testing.B) (binary, db string) {
	b.Helper()
	binary, db = filepath.Join(b.TempDir(), "fifteen"), filepath.Join(b.TempDir(), "team.db")
	build := exec.CommandContext(b.Context(), "go", "build", "-trimpath", "-tags", "netgo,osusergo,sqlite_omit_load_extension",
		"-ldflags", `-s -w -linkmode external -extldflags "-static"`, "-o", binary, ".")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("build: %v\n%s", err, out)
	}
	p := start(b, binary, db)
	p.answer(b, "deal add Acme 12000 EUR")
	p.end(b)
	return binary, db
}

// process is a chat that runs in a process of its own.
type process struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

func start(b *testing.B, binary, db string) *process {
	b.Helper()
	p := &process{cmd: exec.CommandContext(b.Context(), binary, "chat", "--db", db, "--json")}
	var err error
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		b.Fatal(err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	p.out = bufio.NewReader(out)
	if err := p.cmd.Start(); err != nil {
		b.Fatal(err)
	}
	return p
}

// answer sends a line and waits for what comes back.
func (p *process) answer(b *testing.B, line string) {
	b.Helper()
	if _, err := fmt.Fprintln(p.in, line); err != nil {
		b.Fatal(err)
	}
	if _, err := p.out.ReadString('\n'); err != nil {
		b.Fatal(err)
	}
}

func (p *process) end(b *testing.B) {
	b.Helper()
	if err := p.in.Close(); err != nil {
		b.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkStart measures from the start of the process to its first answer, on
// a migrated database.
func BenchmarkStart(b *testing.B) {
	binary, db := program(b)
	for b.Loop() {
		p := start(b, binary, db)
		p.answer(b, "who")
		p.end(b)
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/answer")
}

// BenchmarkIdleMemory reports the resident memory of a process that has
// answered a line and waits for the next.
func BenchmarkIdleMemory(b *testing.B) {
	binary, db := program(b)
	megabytes := 0.0
	for b.Loop() {
		p := start(b, binary, db)
		p.answer(b, "who")
		time.Sleep(time.Second) // what idle means: nothing has happened for a while
		megabytes = max(megabytes, resident(b, p.cmd.Process.Pid))
		p.end(b)
	}
	b.ReportMetric(megabytes, "MB")
	b.ReportMetric(0, "ns/op")
}

// resident reads the resident set of a process, in megabytes of 10^6 bytes.
func resident(b *testing.B, pid int) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Fatal(err)
	}
	for row := range strings.Lines(string(status)) {
		if fields := strings.Fields(row); len(fields) > 1 && fields[0] == "VmRSS:" {
			kibibytes, err := strconv.ParseFloat(fields[1], 64)
			if err != nil {
				b.Fatal(err)
			}
			return kibibytes * 1024 / 1e6
		}
	}
	b.Fatal("no VmRSS in the process's status")
	return 0
}
