package main_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/terminal"
	"fifteen/commands"
	"fifteen/storage"
)

const (
	// wakerEnv tells the test binary to be the program that is killed while it does
	// what is due, and over which database; senderAtEnv is what its clock shows.
	wakerEnv = "FIFTEEN_TEST_WAKER"
	// wakingKills is how often it is killed, wokenChats how many chats have a digest.
	wakingKills = 30
	wokenChats  = 12
)

// stuck counts for nobody: it says of each slot that it was said, and goes on when
// there is a line in its input.
type stuck struct {
	mu    sync.Mutex
	lines *bufio.Scanner
}

func (s *stuck) Said(kind string, _ bool) { s.say(kind) }
func (s *stuck) Skipped(kind string)      { s.say(kind) }
func (s *stuck) Broke(kind string)        { s.say("broke " + kind) }

func (s *stuck) say(kind string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fmt.Println(kind)
	s.lines.Scan()
}

// appAt puts the bot together over a database, at a moment.
func appAt(ctx context.Context, dsn string, now time.Time) (*commands.App, error) {
	store, err := storage.Open(ctx, dsn)
	if err != nil {
		return nil, err
	}
	return commands.NewApp(store, slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})), func() time.Time { return now })
}

// wakeUntilKilled does what is due and waits to be killed.
func wakeUntilKilled(dsn string) error {
	now, err := time.Parse(time.RFC3339, os.Getenv(senderAtEnv))
	if err != nil {
		return err
	}
	app, err := appAt(context.Background(), dsn, now)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(os.Stdin)
	tally := &stuck{lines: lines}
	tally.say("begins")
	app.Tally = tally
	if err := app.Wake(context.Background()); err != nil {
		return err
	}
	lines.Scan()
	return errors.New("nobody killed it")
}

// TestKilledWhileWaking kills a program with -9 while it does what is due, on both
// databases: every digest is stored once all the same.
func TestKilledWhileWaking(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		killWakers(t, filepath.Join(t.TempDir(), "team.db"))
	})
	if os.Getenv(postgresEnv) != "" {
		t.Run("postgres", func(t *testing.T) {
			t.Parallel()
			killWakers(t, emptyPostgres(t))
		})
	}
}

func killWakers(t *testing.T, dsn string) {
	t.Helper()
	now := slackMonday
	settleDigests(t, dsn, now, 1)
	middle := 0
	for run := range wakingKills {
		now = now.AddDate(0, 0, 7)
		ask(t, dsn, now, fmt.Sprintf("settings hours 8:%02d-18:00", run)) // so that all is planned anew
		killWaker(t, dsn, now, run%(wokenChats+1))
		if stored := wakeAfter(t, dsn, now); stored > 0 && stored < wokenChats {
			middle++
		}
		checkDigests(t, dsn, now, 1, run+1)
		if t.Failed() {
			t.Fatalf("it was run %d", run)
		}
	}
	t.Logf("%d kills, %d of them in the middle", wakingKills, middle)
	if middle < wakingKills/3 {
		t.Errorf("got %d of %d kills in the middle, want more of them", middle, wakingKills)
	}
}

// settleDigests makes workspaces that have a digest in each of their chats.
func settleDigests(t *testing.T, dsn string, now time.Time, workspaces int) {
	t.Helper()
	app := opened(t, dsn, now)
	defer closed(t, "the store", app.Store.Close)
	for n := range workspaces {
		home, err := commands.NewWorkspace(t.Context(), app.Store, fmt.Sprint("team ", n), now)
		if err != nil {
			t.Fatal(err)
		}
		boss, err := app.Enter(t.Context(), home.ID, terminal.Platform, "boss", bot.Admin, now)
		if err != nil {
			t.Fatal(err)
		}
		for chat := range wokenChats / workspaceShare(workspaces) {
			told(t, app, home.ID, boss, now, bot.Chat{Platform: terminal.Platform, ID: fmt.Sprintf("#c%d", chat)}, "schedule who mon 09:00")
		}
	}
	later := opened(t, dsn, now.Add(time.Hour))
	defer closed(t, "the store", later.Store.Close)
	sendAll(t, later) // the answers
}

// workspaceShare has fewer chats where there are more workspaces.
func workspaceShare(workspaces int) int {
	if workspaces > 1 {
		return wokenChats / 2
	}
	return 1
}

func opened(t *testing.T, dsn string, now time.Time) *commands.App {
	t.Helper()
	app, err := appAt(t.Context(), dsn, now)
	if err != nil {
		t.Fatal(err)
	}
	return app
}

// told says a line, which must be more than a refusal.
func told(t *testing.T, app *commands.App, workspace int64, who bot.Account, now time.Time, chat bot.Chat, line string) {
	t.Helper()
	reply := app.Router.Serve(t.Context(), bot.Request{
		Workspace: workspace, Account: who, Line: line, At: now, Chat: chat, EventID: fmt.Sprint("event/", workspace, chat.ID, now, line),
	})
	if msg := reply.Message; len(msg.Text) == 0 || msg.Title == "" && len(msg.Buttons) == 0 && msg.Table == nil {
		t.Fatalf("%s: got %+v, want it done", line, msg)
	}
}

// ask says a line as the admin of the first workspace.
func ask(t *testing.T, dsn string, now time.Time, line string) {
	t.Helper()
	app := opened(t, dsn, now)
	defer closed(t, "the store", app.Store.Close)
	boss := bot.Account{Platform: terminal.Platform, ID: "boss"}
	reply := app.Router.Serve(t.Context(), bot.Request{
		Workspace: 1, Account: boss, Line: line, At: now, EventID: "event/" + line,
		Chat: bot.Chat{Platform: terminal.Platform, ID: "boss", Private: true},
	})
	if reply.Message.Table == nil && len(reply.Message.Fields) == 0 {
		t.Fatalf("%s: got %+v, want it done", line, reply.Message)
	}
}

// wakeAfter does what is still due, and returns how many schedules had their digest
// of that Monday already.
func wakeAfter(t *testing.T, dsn string, now time.Time) (stored int) {
	t.Helper()
	app := opened(t, dsn, now)
	defer closed(t, "the store", app.Store.Close)
	err := app.Store.Read(t.Context(), 1, func(tx *storage.Tx) error {
		for number := range int64(wokenChats) {
			fired, err := tx.Fired(t.Context(), storage.PlanSchedule, number+1, 0, now)
			if err != nil {
				return err
			}
			stored += len(fired)
		}
		return nil
	})
	if err == nil {
		err = app.Wake(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return stored
}

// killWaker starts a program that may go on so many times, and kills it when it says
// something more.
func killWaker(t *testing.T, dsn string, now time.Time, times int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), wakerEnv+"="+dsn, senderAtEnv+"="+now.Format(time.RFC3339))
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
	if _, err := io.WriteString(in, strings.Repeat("\n", times)); err != nil {
		t.Fatal(err)
	}
	said := 0
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "broke") {
			t.Errorf("got %q", lines.Text())
		}
		said++
		if said == times+1 {
			if err := cmd.Process.Kill(); err != nil {
				t.Errorf("kill: got error %v, want none", err)
			}
		}
	}
	if err := cmd.Wait(); err == nil || said <= times {
		t.Fatalf("got an end of its own (%v) after %d slots, want it killed", err, said)
	}
}

// sendAll takes what is to be sent, and counts it by workspace and channel.
func sendAll(t *testing.T, app *commands.App) map[string]int {
	t.Helper()
	posts := map[string]int{}
	for {
		due, err := app.Outbox.Due(t.Context(), []string{terminal.Platform}, 100)
		if err != nil {
			t.Fatal(err)
		}
		if len(due) == 0 {
			return posts
		}
		for _, post := range due {
			if !post.Chat.Private {
				posts[fmt.Sprint(post.Workspace, post.Chat.ID)]++
			}
			if err := app.Outbox.Sent(t.Context(), post.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// checkDigests takes what is to be sent: in each chat there is this Monday's digest,
// once. All of weeks Mondays were dealt with once, and the next one has a turn.
func checkDigests(t *testing.T, dsn string, now time.Time, workspaces, weeks int) {
	t.Helper()
	app := opened(t, dsn, now.Add(time.Hour))
	defer closed(t, "the store", app.Store.Close)
	posts := sendAll(t, app)
	next := now.AddDate(0, 0, 7).Format(time.DateOnly) + " 09:00"
	for workspace := range int64(workspaces) {
		err := app.Store.Read(t.Context(), workspace+1, func(tx *storage.Tx) error {
			for chat := range wokenChats / workspaceShare(workspaces) {
				number := int64(chat + 1)
				if n := posts[fmt.Sprint(workspace+1, "#c", chat)]; n != 1 {
					t.Errorf("workspace %d, chat %d: got %d digests on %s, want one", workspace+1, chat, n, now)
				}
				fired, err := tx.Fired(t.Context(), storage.PlanSchedule, number, 0, slackMonday)
				if err != nil {
					return err
				}
				turns, err := tx.Turns(t.Context(), storage.PlanSchedule, number)
				if err != nil {
					return err
				}
				if len(fired) != weeks || len(turns) != 1 || turns[0].Slot != next {
					t.Errorf("workspace %d, chat %d: got %d Mondays and the turns %+v, want %d and %s", workspace+1, chat, len(fired), turns, weeks, next)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
