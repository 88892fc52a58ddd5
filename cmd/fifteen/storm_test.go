package main_test

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"fifteen/storage/storagetest"
)

// A storm is what TestStorm sends, and by whom.
type storm struct {
	name               string
	messages, channels int
	processes          int
	empty              func(t *testing.T) string // the name of a new database
}

// TestStorm sends to many channels while Slack answers one of four calls with
// 429: for seconds, minutes or hours, without saying how long, or with words. Each
// message is delivered once, those of a channel in their order, and none before
// Slack allows it, although the program is started anew in the middle.
func TestStorm(t *testing.T) {
	t.Parallel()
	storms := []storm{{"sqlite", 5_000, 500, 1, emptyFile}}
	if os.Getenv(postgresEnv) != "" {
		storms = append(storms, storm{"postgres", 500, 50, 1, emptyPostgres},
			storm{"postgres, two processes", 500, 50, 2, emptyPostgres})
	}
	for _, s := range storms {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			dsn := s.empty(t)
			synctest.Test(t, func(t *testing.T) { s.rage(t, dsn) })
		})
	}
}

// rage sends everything and looks what has arrived.
func (s storm) rage(t *testing.T, dsn string) {
	t.Helper()
	w := newStormWorld(t, dsn, s.channels)
	w.start(t, s.processes)
	w.write(t, s.messages)
	restarted := false
	began := time.Now()
	for w.sweep(t) {
		if !restarted && w.weather.delivered() >= s.messages/2 {
			restarted = true
			w.stop(t)
			w.start(t, s.processes)
		}
	}
	w.stop(t)
	t.Logf("%d messages over %d channels in %s of Slack's time; %d calls were refused, for %s at most",
		s.messages, s.channels, time.Since(began).Round(time.Second), w.weather.refused, w.weather.longest)
	if !restarted || w.weather.refused < s.messages/5 || w.weather.longest < time.Hour {
		t.Errorf("got %d refused, %s at most, started anew %v: want a storm", w.weather.refused, w.weather.longest, restarted)
	}
	for _, early := range w.weather.early {
		t.Error(early)
	}
	for i := range s.channels {
		var got, want []string
		for _, m := range w.slack.Messages(channelID(i)) {
			got = append(got, m.Text)
		}
		for n := i; n < s.messages; n += s.channels {
			want = append(want, fmt.Sprint(n))
		}
		if !slices.Equal(got, want) {
			t.Errorf("channel %d: got %q, want %q", i, got, want)
		}
	}
	if n := w.tally.String(); n != fmt.Sprintf("sent %d, sent_again 0, dropped 0", s.messages) {
		t.Errorf("got counted %s, want %d sent and nothing else", n, s.messages)
	}
	w.close()
}

const postgresEnv = "FIFTEEN_TEST_POSTGRES"

func emptyPostgres(t *testing.T) string {
	t.Helper()
	dsn, drop, err := storagetest.Postgres(t.Context(), os.Getenv(postgresEnv))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closed(t, "the database", func() error { return drop(after(t)) }) })
	return dsn
}
