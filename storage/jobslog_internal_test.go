package storage

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
)

// What was cut short by the end is no news, everything else is.
func TestQuiet(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	ending := false
	log := quiet(slog.New(slog.NewTextHandler(&out, nil)), func() bool { return ending })
	log.Info("fetched")
	log.Warn("slow")
	log.Error("insert failed", "err", context.Canceled)
	ending = true
	log.Error("insert cut", "err", "timeout: context already done: context canceled")
	log.Error("lock lost", "err", errors.New("no such table"))
	for text, want := range map[string]bool{"fetched": false, "slow": true, "insert failed": true, "insert cut": false, "lock lost": true} {
		if got := strings.Contains(out.String(), text); got != want {
			t.Errorf("%s: got it in the log %v, want %v\n%s", text, got, want, out.String())
		}
	}
}
