package main_test

import (
	"fmt"
	"os"
	"testing"
)

// TestMain also is the programs that TestKilledWhileSending and
// TestKilledWhileWaking kill.
func TestMain(m *testing.M) {
	if dsn := os.Getenv(senderEnv); dsn != "" {
		fmt.Fprintln(os.Stderr, sendUntilKilled(dsn))
		os.Exit(1)
	}
	if dsn := os.Getenv(wakerEnv); dsn != "" {
		fmt.Fprintln(os.Stderr, wakeUntilKilled(dsn))
		os.Exit(1)
	}
	if dsn := os.Getenv(telegramEnv); dsn != "" {
		fmt.Fprintln(os.Stderr, telegramUntilKilled(dsn))
		os.Exit(1)
	}
	os.Exit(m.Run())
}
