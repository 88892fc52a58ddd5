package storage_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"testing"
	"time"

	"fifteen/storage"
)

// leaderEnv tells the test binary to run jobs until it is killed, and on which
// database.
const leaderEnv = "FIFTEEN_TEST_LEADER"

// leader prints a line when its work has run. There is only one tick, so that it
// is not killed in the middle of one.
func leader(dsn string) error {
	ctx := context.Background()
	store, err := storage.Open(ctx, dsn)
	if err != nil {
		return err
	}
	return store.RunJobsSoon(ctx, slog.New(slog.NewTextHandler(os.Stderr, nil)), storage.Work{
		Name: "seldom", Every: time.Hour, Run: func(context.Context) error {
			fmt.Println("ran")
			return nil
		},
	})
}

// When the process that leads is killed another one goes on, without being told.
func TestJobsOutliveALeader(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			dsn := k.empty(t)
			cmd := exec.CommandContext(t.Context(), os.Args[0])
			cmd.Env = append(os.Environ(), leaderEnv+"="+dsn)
			cmd.Stderr = os.Stderr
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
				t.Fatalf("leader: got %q and error %v, want that its work ran", line, err)
			}
			ran := make(chan int)
			o := hire(t, dsn, ticking("sweep", time.Second, ran, 0))
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			if err := cmd.Wait(); err == nil {
				t.Error("leader: got an end of its own, want it killed")
			}
			await(t, "ticks of the one that is left", ran, 2)
			o.fire()
			if got := o.log.lines(); len(got) > 0 {
				t.Errorf("log: got %q, want nothing", got)
			}
		})
	}
}
