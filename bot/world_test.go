package bot_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/bot/bottest"
)

// named is a deal: a name, its number is its place, and a revision.
type named struct {
	name     string
	revision int64
}

var deals = []named{{"Acme", 7}, {"Acme Corp", 3}, {"Delta", 1}, {"Delta Works in the very far north", 2}}

// dealKind reads a deal by number or by the longest name that the words begin
// with. "Acm" is as good as Acme for a line that reads; "Del" may be two deals.
type dealKind struct{}

func (dealKind) ID() string { return "deal" }

func (dealKind) Read(_ context.Context, _ bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) == 0 {
		return bot.Reading{}, nil
	}
	if n, ok := bot.ParseNumber(span.Words[0]); ok {
		return dealReading(n, 1), nil
	}
	length := len(span.Words)
	if span.Words[0].Quoted {
		length = 1
	}
	for n := length; n > 0; n-- {
		for i, deal := range deals {
			if strings.EqualFold(deal.name, bot.Join(span.Words[:n])) {
				return dealReading(int64(i)+1, n), nil
			}
		}
	}
	switch first := span.Words[0].Text; {
	case first == "Del":
		problem := bot.Problem("deal.which", "typed", first).Offer("Delta", "#3", 1).Offer("Delta Works", "#4", 2)
		problem.Took = 1
		return bot.Reading{}, problem
	case first == "Acm" && span.Strict:
		problem := bot.Problem("deal.guess", "typed", first).Offer("Acme", "#1", 7)
		problem.Took = 1
		return bot.Reading{}, problem
	case first == "Acm":
		return dealReading(1, 1), nil
	default:
		return bot.Reading{}, bot.Problem("deal.unknown", "typed", first).Button("All", "deals")
	}
}

func (dealKind) Offer(context.Context, bot.Request) ([]bot.Option, error) {
	options := make([]bot.Option, len(deals))
	for i, deal := range deals {
		options[i] = bot.Option{Label: deal.name, Value: fmt.Sprintf("#%d", i+1)}
	}
	return options, nil
}

func (dealKind) Revision(_ context.Context, _ bot.Request, reading bot.Reading) (int64, error) {
	number, ok := reading.Value.(int64)
	if !ok || int(number) > len(deals) {
		return 0, errors.New("no such deal")
	}
	return deals[number-1].revision, nil
}

func dealReading(number int64, words int) bot.Reading {
	return bot.Reading{Value: number, Words: words, Canonical: fmt.Sprintf("#%d", number)}
}

// choiceKind reads one of two words, also from the end of a line.
type choiceKind struct{}

func (choiceKind) ID() string { return "choice" }

func (choiceKind) Read(_ context.Context, _ bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) == 0 {
		return bot.Reading{}, nil
	}
	switch text := span.Words[0].Text; {
	case text == "price" || text == "supplier":
		return bot.Reading{Value: text, Words: 1, Canonical: text}, nil
	case strings.HasPrefix(text, "pric"):
		return bot.Reading{}, bot.Problem("choice.close", "typed", text).Offer("Price", "price", 0)
	default:
		return bot.Reading{}, bot.Problem("choice.bad", "typed", text)
	}
}

func (k choiceKind) ReadEnd(ctx context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	span.Words = span.Words[len(span.Words)-1:]
	reading, err := k.Read(ctx, req, span)
	if err != nil {
		return bot.Reading{}, nil //nolint:nilerr // the last word may belong to another argument
	}
	return reading, nil
}

// world is a router over a memory, with commands that say what they were given.
type world struct {
	*bottest.Memory
	*bot.Router
	events int
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{Memory: bottest.NewMemory()}
	sentences := bottest.Sentences{
		"what closes?":          {"show Acm"},
		"show me all of it":     {"show #2"},
		"Acme is ours":          {"won Acme ~7"},
		"shwo Acme":             {"show Acme", "won Acme"},
		"far too long to press": {"note #1 " + strings.Repeat("x", bot.MaxButtonLine), "show #1"},
		"show in circles":       {"show in circles"},
	}
	deal := bot.Arg{Name: "deal", Kind: dealKind{}}
	reason := bot.Arg{Name: "reason", Kind: choiceKind{}, Optional: true}
	text := bot.Arg{Name: "text", Kind: bot.TextKind, Rest: true, Long: true}
	why := phrase("why")
	w.Router = w.Memory.Router(t, sentences,
		w.command("show", false, deal),
		w.command("deals", false),
		w.command("won", true, deal, bot.Arg{Name: "amount", Kind: bot.NumberKind, Optional: true}),
		w.command("lost", true, deal, reason),
		w.command("note", true, deal, text),
		w.command("plan", true, deal, text, reason),
		w.command("deal name", true, deal, bot.Arg{Name: "name", Kind: bot.TextKind}, reason),
		w.command("move", true, deal, bot.Arg{Name: "from", Kind: bot.WordKind}, bot.Arg{Name: "to", Kind: bot.WordKind}),
		w.command("judge", true, deal, why, optional(text)),
		w.command("claim", true, why, reason),
		w.command("swap", true, phrase("from"), phrase("to")),
		w.command("score", false, deal, bot.Arg{Name: "points", Kind: bot.NumberKind, Optional: true, Writes: true}),
		bot.Command{
			Name: "team", Aliases: []string{"staff"}, Summary: "s", Examples: []string{"team"}, Role: bot.Manager, Writes: true,
			Run: w.echo(false),
		},
		bot.Command{Name: "hide", Summary: "s", Hidden: true, Run: w.echo(false)},
		failing("boom", func() (bot.Message, error) { panic("secret 1") }),
		failing("leak", func() (bot.Message, error) { return bot.Message{}, errors.New("secret 2") }),
		failing("void", func() (bot.Message, error) { return bot.Message{}, nil }),
		failing("wish", func() (bot.Message, error) { return bot.Message{}, bot.Missing("what", "wish.what") }),
	)
	return w
}

func phrase(name string) bot.Arg { return bot.Arg{Name: name, Kind: bot.PhraseKind} }

func optional(arg bot.Arg) bot.Arg {
	arg.Optional = true
	return arg
}

func (w *world) command(name string, writes bool, args ...bot.Arg) bot.Command {
	return bot.Command{
		Name: name, Summary: name + ".summary", Examples: []string{name}, Args: args, Writes: writes, Run: w.echo(writes),
	}
}

// echo answers with what the request came to.
func (w *world) echo(writes bool) func(context.Context, bot.Request) (bot.Reply, error) {
	return func(ctx context.Context, req bot.Request) (bot.Reply, error) {
		if _, err := w.Waiting(ctx, req); req.Unasked && err == nil {
			return bot.Reply{}, bot.ErrWaiting
		}
		var parts []string
		if req.Has("deal") {
			parts = append(parts, fmt.Sprintf("deal=%d", bot.Value[int64](req, "deal")))
		}
		for _, name := range []string{"reason", "why", "text", "name", "from", "to"} {
			if req.Has(name) {
				parts = append(parts, name+"="+req.Text(name))
			}
		}
		for _, name := range []string{"amount", "points"} {
			if req.Has(name) {
				parts = append(parts, fmt.Sprintf("%s=%d", name, req.Int(name, -1)))
			}
		}
		if req.Revision != 0 {
			parts = append(parts, bot.Revision(req.Revision))
		}
		msg := bot.Message{Text: []string{strings.Join(append([]string{"done:"}, parts...), " ")}}
		if !writes {
			return bot.Reply{Message: msg}, nil
		}
		return w.Answer(ctx, req, msg)
	}
}

func failing(name string, run func() (bot.Message, error)) bot.Command {
	return bot.Command{
		Name: name, Summary: "s", Examples: []string{name},
		Args: []bot.Arg{{Name: "what", Kind: bot.TextKind, Optional: true, Rest: true}},
		Run: func(context.Context, bot.Request) (bot.Reply, error) {
			msg, err := run()
			return bot.Reply{Message: msg}, err
		},
	}
}

// typed is a line that a rep types in the private chat, a new event.
func (w *world) typed(t *testing.T, line string) bot.Request {
	t.Helper()
	return w.by(t, "ivan", line)
}

func (w *world) by(t *testing.T, name, line string) bot.Request {
	t.Helper()
	account, err := w.Enter(t.Context(), name, bot.Rep)
	if err != nil {
		t.Fatal(err)
	}
	w.events++
	return bot.Request{
		Workspace: 1, Account: account, Chat: bot.Chat{Platform: "terminal", ID: name, Private: true},
		Line: line, EventID: fmt.Sprint("event ", w.events), At: w.Now(),
	}
}

func (w *world) pressed(t *testing.T, line string) bot.Request {
	t.Helper()
	req := w.typed(t, line)
	req.Way = bot.Pressed
	return req
}

// say types a line and returns the answer in one line; see spoken.
func (w *world) say(t *testing.T, line string) string {
	t.Helper()
	return spoken(w.Serve(t.Context(), w.typed(t, line)).Message)
}

// press presses a button and returns the answer in one line.
func (w *world) press(t *testing.T, line string) string {
	t.Helper()
	return spoken(w.Serve(t.Context(), w.pressed(t, line)).Message)
}

// spoken writes a message as one line: what it says, then what can be pressed
// as [label: line], then the form as {line: <field> [field]}.
func spoken(msg bot.Message) string {
	parts := append([]string{msg.Title}, msg.Text...)
	for _, button := range msg.Buttons {
		parts = append(parts, "["+button.Label+": "+button.Line+"]")
	}
	if msg.Form != nil {
		fields := ""
		for _, field := range msg.Form.Fields {
			if field.Optional {
				fields += " [" + field.Name + "]"
			} else {
				fields += " <" + field.Name + ">"
			}
		}
		parts = append(parts, "{"+msg.Form.Line+":"+fields+"}")
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}
