package main_test

import (
	"fmt"
	"os"
	"testing"
)

// TestMain also is the program that TestKilledWhileSending kills.
func TestMain(m *testing.M) {
	if dsn := os.Getenv(senderEnv); dsn != "" {
		fmt.Fprintln(os.Stderr, sendUntilKilled(dsn))
		os.Exit(1)
	}
	os.Exit(m.Run())
}
