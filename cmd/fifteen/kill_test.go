package main_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/commands"
	"fifteen/storage"
)

const (
	// senderEnv tells the test binary to be the program that is killed, and over
	// which database.
	senderEnv = "FIFTEEN_TEST_SENDER"
	// senderAtEnv is what its clock shows.
	senderAtEnv = "FIFTEEN_TEST_SENDER_AT"
	// sendingKills is how often a program is killed.
	sendingKills = 100
)

// arrivals is a chat service that prints what arrives. Before it says so it does
// what is to happen between sending and recording.
type arrivals struct {
	mu      sync.Mutex
	print   func(arrival string)
	between func()
}

func (a *arrivals) Send(_ context.Context, post bot.Post) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.print(fmt.Sprintf("%s %s %v", post.Chat.ID, post.Message.Title, post.Again))
	a.between()
	return nil
}

// sweepOnce sends what is due, as the program does.
func sweepOnce(ctx context.Context, dsn string, now time.Time, sender bot.Sender) error {
	store, err := storage.Open(ctx, dsn)
	if err != nil {
		return err
	}
	outbox := commands.Outbox{Store: store, Clock: func() time.Time { return now }}
	if err := bot.Sweep(ctx, outbox, map[string]bot.Sender{"slack": sender}); err != nil {
		return err
	}
	return store.Close()
}

// sendUntilKilled sends what is due and waits to be killed: it records a message
// when there is a line in its input, which never ends.
func sendUntilKilled(dsn string) error {
	now, err := time.Parse(time.RFC3339, os.Getenv(senderAtEnv))
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(os.Stdin)
	sender := &arrivals{print: func(arrival string) { fmt.Println(arrival) }, between: func() { lines.Scan() }}
	if err := sweepOnce(context.Background(), dsn, now, sender); err != nil {
		return err
	}
	lines.Scan()
	return errors.New("nobody killed it")
}

// TestKilledWhileSending kills a program with -9 a hundred times, each time
// between sending a message and recording that: every message arrives, at most
// one of each chat a second time, said to have been given out before, and those
// of a chat in their order.
func TestKilledWhileSending(t *testing.T) {
	t.Parallel()
	dsn := filepath.Join(t.TempDir(), "team.db")
	now, twice := slackMonday, 0
	settleTeam(t, dsn)
	for run := range sendingKills {
		want := storeRun(t, dsn, now, run)
		arrived := killedAfter(t, dsn, now, run%(len(want)+1))
		now = now.Add(storage.SendLease)
		rest := &arrivals{print: func(arrival string) { arrived = append(arrived, arrival) }, between: func() {}}
		if err := sweepOnce(t.Context(), dsn, now, rest); err != nil {
			t.Fatal(err)
		}
		twice += checkArrivals(t, run, want, arrived)
		if t.Failed() {
			t.Fatalf("it was run %d; arrived: %q", run, arrived)
		}
	}
	t.Logf("%d kills, %d messages came twice", sendingKills, twice)
	if twice < sendingKills/2 {
		t.Errorf("got %d messages twice, want the kills to have hit between sending and recording", twice)
	}
}

// settleTeam makes the database and its workspace.
func settleTeam(t *testing.T, dsn string) {
	t.Helper()
	store, err := storage.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, "the store", store.Close)
	if _, err := store.AddWorkspace(t.Context(), storage.Workspace{Name: "Team", Key: "team", CreatedAt: slackMonday}); err != nil {
		t.Fatal(err)
	}
}

// storeRun stores two messages for each of three chats, and returns them as they
// arrive.
func storeRun(t *testing.T, dsn string, now time.Time, run int) (want []string) {
	t.Helper()
	store, err := storage.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, "the store", store.Close)
	for i := range 6 {
		chat, title := fmt.Sprintf("C%d", i%3), fmt.Sprintf("%d-%d", run, i)
		want = append(want, chat+" "+title)
		err := store.Write(t.Context(), 1, func(tx *storage.Tx) error {
			_, err := tx.Post(t.Context(), storage.Post{
				Platform: "slack", Chat: chat, Body: fmt.Sprintf(`{"title":%q}`, title), CreatedAt: now, DueAt: now,
			})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return want
}

// killedAfter starts a program that may record so many messages, kills it when it
// has sent one more and returns what has arrived.
func killedAfter(t *testing.T, dsn string, now time.Time, recorded int) (arrived []string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), senderEnv+"="+dsn, senderAtEnv+"="+now.Format(time.RFC3339))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Write([]byte(strings.Repeat("\n", recorded))); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		arrived = append(arrived, lines.Text())
		if len(arrived) == min(recorded+1, 6) {
			if err := cmd.Process.Kill(); err != nil {
				t.Errorf("kill: got error %v, want none", err)
			}
		}
	}
	if err := cmd.Wait(); err == nil || len(arrived) == 0 {
		t.Fatalf("got an end of its own (%v) after %d messages, want it killed", err, len(arrived))
	}
	return arrived
}

// checkArrivals returns how many messages came twice.
func checkArrivals(t *testing.T, run int, want, arrived []string) (twice int) {
	t.Helper()
	for _, message := range want {
		times := slices.DeleteFunc(slices.Clone(arrived), func(a string) bool { return !strings.HasPrefix(a, message+" ") })
		switch {
		case len(times) == 0:
			t.Errorf("run %d: %s: got it never, want it", run, message)
		case len(times) == 1:
		case len(times) > 2 || times[1] != message+" true":
			t.Errorf("run %d: %s: got it as %q, want it at most twice, and then said to be there again", run, message, times)
		default:
			twice++
		}
	}
	if len(arrived) != len(want)+twice {
		t.Errorf("run %d: got %d arrivals of %d messages, %d of them twice", run, len(arrived), len(want), twice)
	}
	for chat := range 3 {
		var order []string
		for _, arrival := range arrived {
			if fields := strings.Fields(arrival); fields[0] == fmt.Sprintf("C%d", chat) {
				order = append(order, fields[1])
			}
		}
		if !slices.IsSorted(order) {
			t.Errorf("run %d: chat %d: got %q, want them in their order", run, chat, order)
		}
	}
	return twice
}
