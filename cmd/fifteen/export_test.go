package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"time"

	"fifteen/bot/playground"
	"fifteen/commands"
	"fifteen/storage"
)

// RunWith runs the program over streams of a test's.
func RunWith(ctx context.Context, in io.Reader, out, errs io.Writer, args ...string) error {
	return run(ctx, args, streams{in: in, out: out, err: errs})
}

// Shortcuts are shortcuts.
var Shortcuts = shortcuts

// Metrics is what the operator watches.
type Metrics = metrics

// NewMetrics returns metrics of nothing.
func NewMetrics() *Metrics { return newMetrics() }

// Timed is timed.
func (m *metrics) Timed(work string, fn func(context.Context) error) func(context.Context) error {
	return m.timed(work, fn)
}

// Handler is handler.
func (m *metrics) Handler() http.Handler { return m.handler() }

// Platforms is platforms.
func (m *metrics) Platforms(names ...string) { m.platforms(names...) }

// NewPlayground is the bot of a workspace on a page, whose clock stands still.
func NewPlayground(store *storage.Store, home storage.Workspace, at time.Time, token string) (*playground.Bot, error) {
	now := &clock{}
	now.set(at)
	log := slog.New(slog.DiscardHandler)
	app, err := commands.NewApp(store, log, now.now)
	if err != nil {
		return nil, err
	}
	return playground.New(context.Background(), playgroundOf(app, log, home, now, token))
}
