package storage_test

import (
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"
)

// TestMain also is the programs that TestKilled and TestJobsOutliveALeader kill.
func TestMain(m *testing.M) {
	if dsn := os.Getenv(leaderEnv); dsn != "" {
		fmt.Fprintln(os.Stderr, leader(dsn))
		os.Exit(1)
	}
	if dsn := os.Getenv(victimEnv); dsn != "" {
		fmt.Fprintln(os.Stderr, victim(dsn))
		os.Exit(1)
	}
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		if err := os.RemoveAll(samples); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(code)
	}))
}
