package main_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/telegrambot"
	"fifteen/commands"
	"fifteen/storage"
)

const (
	// telegramEnv tells the test binary to be the program that is killed, and over
	// which database; telegramAtEnv says where Telegram is, whether it delivers, and
	// what the time is.
	telegramEnv   = "FIFTEEN_TEST_TELEGRAM"
	telegramAtEnv = "FIFTEEN_TEST_TELEGRAM_AT"

	telegramPeople  = 50
	telegramUpdates = 10_000
	telegramKills   = 100
)

// telegramUntilKilled is the bot in Telegram, which answers until it is killed.
func telegramUntilKilled(dsn string) error {
	at := strings.Fields(os.Getenv(telegramAtEnv))
	minutes, err := strconv.Atoi(at[2])
	if err != nil {
		return err
	}
	now := func() time.Time { return time.Now().Add(time.Duration(minutes) * time.Minute) } // a lease that was held is over
	ctx := context.Background()
	store, err := storage.Open(ctx, dsn)
	if err != nil {
		return err
	}
	log := slog.New(slog.DiscardHandler)
	app, err := commands.NewApp(store, log, now)
	if err != nil {
		return err
	}
	config := telegramOf(app, log, now, at[0])
	if at[1] == "webhook" {
		listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		config.Secret, config.WebhookURL = bottest.TelegramSecret, "http://"+listener.Addr().String()+telegrambot.WebhookPath
		b, err := telegrambot.New(ctx, config)
		if err != nil {
			return err
		}
		go func() { _ = http.Serve(listener, b.Handler()) }()
		return b.Run(ctx)
	}
	b, err := telegrambot.New(ctx, config)
	if err != nil {
		return err
	}
	return b.Run(ctx)
}

// TestTelegramExactlyOnce has 10,000 lines said, each delivered one to five times,
// by polling and over HTTP in turn, and kills the program with -9 a hundred times,
// wherever it is: each line has one effect.
func TestTelegramExactlyOnce(t *testing.T) {
	t.Parallel()
	w := newTelegramWorld(t, bottest.TelegramConfig{})
	dice := rand.New(rand.NewPCG(15, 14))
	for i := range telegramPeople {
		user := bottest.TelegramUser{ID: int64(1000 + i), First: fmt.Sprintf("person%02d", i)}
		w.knows(user, bot.Rep)
		w.says(user.ID, fmt.Sprintf("deal add Deal%02d", i))
	}
	w.close()
	for i := range telegramUpdates {
		ctx := bottest.TelegramTimes(t.Context(), 1+dice.IntN(5))
		who := i % telegramPeople
		w.telegram.Say(ctx, bottest.Saying{User: int64(1000 + who), Text: fmt.Sprintf("note Deal%02d says %d", who, i)})
	}
	for run := range telegramKills {
		p := w.program(run)
		calls := w.telegram.Calls("sendMessage") + 1 + dice.IntN(telegramUpdates/telegramKills/2)
		err := w.telegram.Wait(t.Context(), func() bool {
			return w.telegram.Calls("sendMessage") >= calls || w.telegram.Pending() == 0
		})
		if err != nil {
			t.Fatal(err)
		}
		p.kill()
	}
	killed := w.count("SELECT count(*) FROM notes")
	p := w.program(telegramKills)
	if err := w.telegram.WaitPending(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	p.kill()
	if n := w.count("SELECT count(*) FROM notes"); n != telegramUpdates {
		t.Errorf("got %d effects, want %d", n, telegramUpdates)
	}
	if n := w.count("SELECT count(DISTINCT text) FROM notes"); n != telegramUpdates {
		t.Errorf("got %d different effects, want %d", n, telegramUpdates)
	}
	t.Logf("%d effects before the last kill", killed)
	if killed < telegramUpdates/4 || killed > telegramUpdates-telegramUpdates/100 {
		t.Errorf("got %d effects before the last kill, want the kills to have hit all the way", killed)
	}
}

// telegramProgram is the bot as a program of its own.
type telegramProgram struct {
	t   *testing.T
	cmd *exec.Cmd
}

// program starts the bot, which has its updates delivered in every other run.
func (w *telegramWorld) program(run int) telegramProgram {
	w.t.Helper()
	way := []string{"polling", "webhook"}[run%2]
	cmd := exec.CommandContext(w.t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), telegramEnv+"="+w.file, telegramAtEnv+"="+fmt.Sprintf("%s %s %d", w.telegram.URL(), way, run))
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	return telegramProgram{t: w.t, cmd: cmd}
}

func (p telegramProgram) kill() {
	p.t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		p.t.Errorf("kill: %v", err)
	}
	_ = p.cmd.Wait() // it says that it was killed
}
