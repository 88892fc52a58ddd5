package main

import (
	"context"
	"io"
	"net/http"
)

// RunWith runs the program over streams of a test's.
func RunWith(ctx context.Context, in io.Reader, out, errs io.Writer, args ...string) error {
	return run(ctx, args, streams{in: in, out: out, err: errs})
}

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
