package bottest

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"fifteen/bot"
)

// Keys is bot.Words that speaks in keys: "deal.gone" for a key without
// arguments, "deal.none number=9" for one with. A key that begins with "ask."
// and names a command has no words, so that the Router falls back on the kind's.
type Keys struct{}

// Say implements bot.Words.
func (Keys) Say(_, key string, args ...any) string {
	if strings.Count(key, ".") > 1 && strings.HasPrefix(key, "ask.") {
		return ""
	}
	var b strings.Builder
	b.WriteString(key)
	for i := 0; i+1 < len(args); i += 2 {
		fmt.Fprintf(&b, " %v=%v", args[i], args[i+1])
	}
	return b.String()
}

// Sentences is bot.Interpreter by a table: what is said, and the lines that it
// may stand for. One line alone is certain.
type Sentences map[string][]string

// Interpret implements bot.Interpreter.
func (s Sentences) Interpret(_ context.Context, req bot.Request) (lines []string, certain bool, err error) {
	lines = s[req.Line]
	return lines, len(lines) == 1, nil
}

// Config returns the configuration of a router over the memory.
func (m *Memory) Config(interpreter bot.Interpreter) bot.Config {
	return bot.Config{
		Directory: m, Words: Keys{}, Inbox: m, Drafts: m, Interpreter: interpreter,
		Log: slog.New(slog.NewTextHandler(logged{m}, nil)), Clock: m.Now,
		Reference: func() string { return "REF-1" },
	}
}

// Log returns what routers over the memory have logged.
func (m *Memory) Log() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.log.String()
}

// logged writes into a memory's log.
type logged struct{ memory *Memory }

func (l logged) Write(p []byte) (int, error) {
	l.memory.mu.Lock()
	defer l.memory.mu.Unlock()
	return l.memory.log.Write(p)
}
