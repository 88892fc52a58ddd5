package terminal_test

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/terminal"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is a bot with a handful of commands, over a memory.
type world struct {
	*bottest.Memory
	router *bot.Router
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{Memory: bottest.NewMemory()}
	number := bot.Arg{Name: "number", Kind: bot.NumberKind}
	text := bot.Arg{Name: "text", Kind: bot.TextKind, Rest: true}
	w.router = w.Router(t, bottest.Sentences{"who is it?": {"who"}},
		bot.Command{Name: "who", Summary: "who.summary", Examples: []string{"who"}, Run: w.who},
		bot.Command{
			Name: "win", Summary: "win.summary", Examples: []string{"win 1"}, Writes: true,
			Args: []bot.Arg{number}, Run: w.win,
		},
		bot.Command{
			Name: "note", Summary: "note.summary", Examples: []string{"note 1 hello"}, Writes: true,
			Args: []bot.Arg{number, text}, Run: w.note,
		},
		bot.Command{
			Name: "remind", Summary: "remind.summary", Examples: []string{"remind call"}, Writes: true,
			Args: []bot.Arg{text}, Run: w.remind,
		},
	)
	return w
}

// who says who asked, from where and when, in private.
func (w *world) who(_ context.Context, req bot.Request) (bot.Reply, error) {
	return bot.Reply{Message: bot.Message{
		Title:   req.Member.Name + ", " + req.Member.Role.String() + ", " + req.At.Format("Mon 15:04") + " in " + req.Chat.ID,
		Buttons: []bot.Button{{Label: "Win", Line: "win 1"}, {Label: "Note", Line: "note 1"}},
		Menu:    &bot.Menu{Label: "More", Options: []bot.Button{{Label: "Win the second", Line: "win 2"}}},
		Private: true,
	}}, nil
}

// win tells the owner, the channel and somebody elsewhere.
func (w *world) win(ctx context.Context, req bot.Request) (bot.Reply, error) {
	posts := []bot.Post{
		{
			Workspace: 1, Member: 9, Name: "petra", Chat: bot.Chat{Platform: "terminal", ID: "petra", Private: true},
			Message: bot.Message{Text: []string{"Your deal was won."}, Buttons: []bot.Button{{Label: "Who", Line: "who"}}},
		},
		{Workspace: 1, Chat: bot.Chat{Platform: "terminal", ID: "#sales"}, Message: bot.Message{Text: []string{"A deal was won."}}},
		{Workspace: 1, Chat: bot.Chat{Platform: "slack", ID: "C1"}, Message: bot.Message{Text: []string{"Not for here."}}},
	}
	return w.Answer(ctx, req, bot.Message{Text: []string{"Won, " + req.EventID + "."}}, posts...)
}

func (w *world) note(ctx context.Context, req bot.Request) (bot.Reply, error) {
	way := [...]string{"typed", "pressed", "submitted"}[req.Way]
	return w.Answer(ctx, req, bot.Message{Fields: []bot.Field{{Label: way, Value: req.Text("text")}}})
}

// remind stores what is due tomorrow: for the asker, the channel, the asker in
// the channel, and for another workspace.
func (w *world) remind(ctx context.Context, req bot.Request) (bot.Reply, error) {
	msg := bot.Message{Text: []string{req.Text("text")}, Buttons: []bot.Button{{Label: "Who", Line: "who"}}}
	tomorrow := req.At.Add(24 * time.Hour)
	w.Post(bot.Post{Workspace: 1, Name: req.Member.Name, Chat: bot.Chat{Platform: "terminal", ID: req.Account.ID, Private: true}, Message: msg}, tomorrow)
	w.Post(bot.Post{Workspace: 1, Chat: bot.Chat{Platform: "terminal", ID: "#sales"}, Message: msg}, tomorrow)
	w.Post(bot.Post{Workspace: 2, Chat: bot.Chat{Platform: "terminal", ID: "#sales"}, Message: msg}, tomorrow)
	msg.Private = true
	w.Post(bot.Post{Workspace: 1, Name: req.Member.Name, Chat: bot.Chat{Platform: "terminal", ID: "#sales"}, Message: msg}, tomorrow)
	return w.Answer(ctx, req, bot.Message{Text: []string{"Tomorrow."}})
}

// config is a pipe over the script.
func (w *world) config(script string) terminal.Config {
	return terminal.Config{
		Router: w.router, Outbox: w.Memory, Enter: w.Enter, Workspace: 1, Run: "run", As: "me", Role: bot.Manager,
		Now: w.Now, SetNow: w.SetNow, Echo: true, In: strings.NewReader(script),
	}
}

// run answers a script and returns what was written.
func run(t *testing.T, config terminal.Config) string {
	t.Helper()
	var out screen
	config.Out = &out
	if err := terminal.New(config).Run(t.Context()); err != nil {
		t.Fatalf("got %v, want nil", err)
	}
	return out.String()
}

// screen is a buffer that may be read while it is written.
type screen struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
