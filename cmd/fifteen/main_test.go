package main_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	main "fifteen/cmd/fifteen"
)

// servedEnv tells the test binary to be the whole program, with these arguments.
const servedEnv = "FIFTEEN_TEST_SERVED"

// TestMain also is the programs that tests kill.
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
	if args := os.Getenv(servedEnv); args != "" {
		if err := main.RunWith(context.Background(), os.Stdin, os.Stdout, os.Stderr, strings.Fields(args)...); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}
