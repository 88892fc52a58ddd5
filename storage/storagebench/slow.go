package main

import (
	"context"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"time"
)

//go:embed preload/slowsync.c
var slowSync []byte

// The environment of slowsync.c.
const (
	delayEnv = "FIFTEEN_SYNC_NS"
	countEnv = "FIFTEEN_SYNC_COUNT"
)

// again measures the writes in a process of their own, in which the C library's
// syncs take longer: for all contestants alike, without their knowing.
func again(ctx context.Context, out io.Writer, o options, args []string) error {
	library, err := compile(ctx, o.dir)
	if err != nil {
		_, err = fmt.Fprintf(out, "\nWrites with slower syncs: left out, %v\n", err)
		return err
	}
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this program: %w", err)
	}
	cmd := exec.CommandContext(ctx, program, append(args, "-only-slow")...) //nolint:gosec // itself, as it was called
	cmd.Stdout, cmd.Stderr = out, os.Stderr
	cmd.Env = append(os.Environ(), "LD_PRELOAD="+library, fmt.Sprintf("%s=%d", delayEnv, o.slow.Nanoseconds()),
		countEnv+"="+filepath.Join(o.dir, "syncs"))
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("measure with slower syncs: %w", err)
	}
	return nil
}

// compile makes a library of slowsync.c.
func compile(ctx context.Context, dir string) (library string, err error) {
	if runtime.GOOS != "linux" {
		return "", errors.New("which only Linux can do")
	}
	source := filepath.Join(dir, "slowsync.c")
	if err := os.WriteFile(source, slowSync, 0o600); err != nil {
		return "", err
	}
	library = filepath.Join(dir, "slowsync.so")
	cc := exec.CommandContext(ctx, "cc", "-O2", "-shared", "-fPIC", "-o", library, source, "-ldl") //nolint:gosec // in its own folder
	if out, err := cc.CombinedOutput(); err != nil {
		return "", fmt.Errorf("which needs a C compiler: %w\n%s", err, out)
	}
	return library, nil
}

// slowly is what the process with slower syncs does.
func slowly(ctx context.Context, out io.Writer, o options) error {
	const commits = 5
	before := syncs()
	took, err := commit(ctx, o.dir, commits)
	if err != nil {
		return err
	}
	if made := syncs() - before; made < commits || took < o.slow {
		return fmt.Errorf("slower syncs: got %d syncs for %d commits, and %v for one, want at least %v", made, commits, took, o.slow)
	}
	title := fmt.Sprintf("Writes of %d clients with every sync %v longer, %d in each of %d rounds",
		o.clients, o.slow, o.slowWrites, o.rounds)
	before = syncs()
	if err := race(ctx, out, title, o, o.slowWrites); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "\n%d syncs were made longer; a commit of one row took %v.\n",
		syncs()-before, took.Round(10*time.Microsecond))
	return err
}

// commit returns how long a commit of one row takes, in the median.
func commit(ctx context.Context, dir string, times int) (time.Duration, error) {
	db, err := openWriter(dir)
	if err != nil {
		return 0, err
	}
	_, err = db.ExecContext(ctx, "CREATE TABLE rows (n INTEGER)")
	took := make([]time.Duration, times)
	for i := range took {
		start := time.Now()
		if err == nil {
			_, err = db.ExecContext(ctx, "INSERT INTO rows VALUES (?)", i)
		}
		took[i] = time.Since(start)
	}
	slices.Sort(took)
	return took[times/2], errors.Join(err, db.Close())
}

// syncs returns how many syncs slowsync.c has counted, 0 without it.
func syncs() int64 {
	count, err := os.ReadFile(os.Getenv(countEnv))
	if err != nil || len(count) < 8 {
		return 0
	}
	return int64(binary.NativeEndian.Uint64(count))
}
