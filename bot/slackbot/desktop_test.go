package slackbot_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"fifteen/bot"
)

// desktop is what the commands of a desk work on.
type desktop struct {
	mu      sync.Mutex
	deals   []string // what "add" has stored
	heard   []string // who said "log" what, in order
	samples map[string]bot.Message
	hold    chan struct{} // "slow" waits for its end
}

func newDesktop() *desktop {
	return &desktop{samples: map[string]bot.Message{}, hold: make(chan struct{})}
}

// stored returns what "add" has stored.
func (d *desktop) stored() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.deals)
}

// lines returns what U1 said with "log", in the order it was answered.
func (d *desktop) lines() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var said []string
	for _, line := range d.heard {
		if words, ok := strings.CutPrefix(line, "U1 "); ok {
			said = append(said, words)
		}
	}
	return said
}

// board offers every other line as a button.
var board = []string{
	"redraw 1", "redraw 2", "say pressed", "whisper pressed", "pair", "add", "add nowhere", "add Acme Rome", "chart", "long 3",
}

// commands are what can be said at a desk.
func (d *desk) commands() []bot.Command {
	text := bot.Arg{Name: "text", Kind: bot.TextKind, Rest: true}
	name, place := bot.Arg{Name: "name", Kind: bot.WordKind}, bot.Arg{Name: "place", Kind: bot.WordKind, Optional: true}
	says := func(say func(req bot.Request) bot.Message) func(context.Context, bot.Request) (bot.Reply, error) {
		return func(_ context.Context, req bot.Request) (bot.Reply, error) { return bot.Reply{Message: say(req)}, nil }
	}
	all := []bot.Command{
		{Name: "help", Run: says(func(bot.Request) bot.Message { return bot.Message{Text: []string{"this is help"}} })},
		{Name: "say", Args: []bot.Arg{text}, Run: says(func(r bot.Request) bot.Message {
			return bot.Message{Text: []string{"said " + r.Text("text")}}
		})},
		{Name: "whisper", Args: []bot.Arg{text}, Run: says(func(r bot.Request) bot.Message {
			return bot.Message{Text: []string{"whispered " + r.Text("text")}, Private: true, Redraw: true}
		})},
		{Name: "board", Args: []bot.Arg{{Name: "private", Kind: bot.WordKind, Optional: true}}, Run: says(onBoard)},
		{Name: "redraw", Args: []bot.Arg{name}, Run: says(func(r bot.Request) bot.Message {
			msg := onBoard(r)
			msg.Title, msg.Redraw, msg.Private = "Redrawn "+r.Text("name"), true, false
			return msg
		})},
		{Name: "long", Args: []bot.Arg{{Name: "paragraphs", Kind: bot.NumberKind}}, Run: says(func(r bot.Request) bot.Message {
			long := strings.Repeat("ж", 2_900)
			return bot.Message{Text: slices.Repeat([]string{long}, int(r.Int("paragraphs", 1)))}
		})},
		{Name: "sample", Args: []bot.Arg{name}, Run: says(func(r bot.Request) bot.Message { return d.samples[r.Text("name")] })},
		{Name: "chart", Run: says(func(bot.Request) bot.Message {
			return bot.Message{Title: "Conversion", Chart: &bot.Chart{
				Title: "Conversion", Groups: []string{"one"}, Series: []bot.Series{{Name: "Ann", Values: []float64{5}}},
			}}
		})},
		{Name: "log", Args: []bot.Arg{text}, Run: d.note},
		{Name: "find", Args: []bot.Arg{text}, Run: d.find},
		{Name: "rooms", Run: func(ctx context.Context, req bot.Request) (bot.Reply, error) {
			return d.note(ctx, req.WithArg("text", fmt.Sprint(req.JoinedChats(ctx))))
		}},
		{Name: "slow", Run: d.slow},
		{Name: "pair", Args: []bot.Arg{name, {Name: "second", Kind: bot.WordKind}}, Run: says(func(r bot.Request) bot.Message {
			return bot.Message{Text: []string{"paired " + r.Text("name") + " " + r.Text("second")}}
		})},
		{Name: "add", Writes: true, Args: []bot.Arg{name, place}, Run: d.add},
		{Name: "tell", Writes: true, Args: []bot.Arg{name, text}, Run: d.tell},
	}
	for i := range all {
		all[i].Summary, all[i].Examples = all[i].Name+".summary", []string{all[i].Name}
	}
	return all
}

func onBoard(r bot.Request) bot.Message {
	msg := bot.Message{Title: "Board", Private: r.Has("private")}
	for _, line := range board {
		msg.Buttons = append(msg.Buttons, bot.Button{Label: line, Line: line})
	}
	return msg
}

func (d *desk) note(_ context.Context, req bot.Request) (bot.Reply, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.heard = append(d.heard, req.Account.ID+" "+req.Text("text"))
	return bot.Reply{Message: bot.Message{Text: []string{"logged " + req.Text("text")}}}, nil
}

// find logs which channels the words of a line are, and what they are called.
func (d *desk) find(ctx context.Context, req bot.Request) (bot.Reply, error) {
	words := bot.Split(req.Text("text"))
	found := make([]string, 0, len(words)+1)
	for _, word := range words {
		id, ok := req.FindChat(word.Text)
		found = append(found, fmt.Sprintf("%s=%s/%t/%s", word.Text, id, ok, req.ChatName(ctx, id)))
	}
	found = append(found, "here="+req.ChatName(ctx, req.Chat.ID))
	return d.note(ctx, req.WithArg("text", strings.Join(found, " ")))
}

func (d *desk) slow(ctx context.Context, _ bot.Request) (bot.Reply, error) {
	select {
	case <-d.hold:
		return bot.Reply{Message: bot.Message{Text: []string{"slow and done"}}}, nil
	case <-ctx.Done():
		return bot.Reply{}, ctx.Err()
	}
}

// add stores a deal with its event. A bad name is refused, and one that is
// nowhere needs a place.
func (d *desk) add(ctx context.Context, req bot.Request) (bot.Reply, error) {
	name, place := req.Text("name"), req.Text("place")
	switch {
	case name == "bad":
		return bot.Reply{}, &bot.ProblemError{Key: "add.bad", Arg: "name"}
	case name == "nowhere" && place == "":
		return bot.Reply{}, bot.Missing("place", "")
	}
	d.memory.SetNow(time.Now())
	reply, err := d.memory.Answer(ctx, req, bot.Message{Text: []string{fmt.Sprintf("added %s in %q", name, place)}})
	if err == nil {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.deals = append(d.deals, name+"@"+place)
	}
	return reply, err
}

// tell has somebody else told, in private.
func (d *desk) tell(ctx context.Context, req bot.Request) (bot.Reply, error) {
	d.memory.SetNow(time.Now())
	post := bot.Post{Workspace: workspace, Account: req.Text("name"), Message: bot.Message{Text: []string{"told " + req.Text("text")}}}
	post.Chat = bot.Chat{Platform: "slack", ID: req.Text("name"), Private: true}
	return d.memory.Answer(ctx, req, bot.Message{Text: []string{"they are told"}}, post)
}
