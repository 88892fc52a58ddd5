package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"
)

// machine prints what the figures were measured on.
func machine(out io.Writer, dir string) error {
	took, err := syncTime(dir, 101)
	if err != nil {
		return err
	}
	version, _, _ := sqlite3.Version()
	_, err = fmt.Fprintf(out, "%s, %d cores, %s %s, %s, SQLite %s; a 4 KiB write and its sync in %s take %v\n",
		processor(), runtime.NumCPU(), runtime.GOOS, kernel(), runtime.Version(), version, filepath.Dir(dir),
		took.Round(time.Microsecond))
	return err
}

// processor returns the model of the CPU.
func processor() string {
	info, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	for line := range strings.Lines(string(info)) {
		if name, model, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(model)
		}
	}
	return runtime.GOARCH
}

func kernel() string {
	release, err := os.ReadFile("/proc/sys/kernel/osrelease")
	if err != nil {
		return "of unknown version"
	}
	return strings.TrimSpace(string(release))
}

// syncTime returns how long a small write and its sync take, in the median.
func syncTime(dir string, times int) (time.Duration, error) {
	f, err := os.Create(filepath.Join(dir, "sync"))
	if err != nil {
		return 0, err
	}
	took := make([]time.Duration, times)
	page := make([]byte, 4096)
	for i := range took {
		start := time.Now()
		_, err := f.Write(page)
		if err := errors.Join(err, f.Sync()); err != nil {
			return 0, errors.Join(err, f.Close())
		}
		took[i] = time.Since(start)
	}
	slices.Sort(took)
	return took[times/2], f.Close()
}
