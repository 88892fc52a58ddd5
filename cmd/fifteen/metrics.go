package main

import (
	"context"
	"net/http"
	"time"

	"fifteen/bot"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics counts what an operator watches. Labels hold only words of the
// program's own: nothing that people wrote, no workspace and no token.
type metrics struct {
	registry *prometheus.Registry
	posts    *prometheus.CounterVec
	slots    *prometheus.CounterVec
	works    *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
}

// What became of a slot and of a work. These are values of labels.
const (
	onTime  = "on_time"
	late    = "late"
	skipped = "skipped"
	failed  = "failed"
	done    = "done"
)

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		posts: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "fifteen_posts_total",
			Help: "What became of posts that were to be sent: sent, sent_again (may be there twice, after a crash), delayed, dropped.",
		}, []string{"platform", "outcome"}),
		slots: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "fifteen_slots_total",
			Help: "What became of what was due by the clock: on_time, late, skipped, failed (and tried again).",
		}, []string{"kind", "outcome"}),
		works: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "fifteen_sweeps_total", Help: "Looks for what is due: done, failed.",
		}, []string{"work", "outcome"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "fifteen_sweep_seconds", Help: "How long a look for what is due took, with doing it.",
			Buckets: []float64{.001, .005, .02, .1, .5, 2, 10, 60},
		}, []string{"work"}),
	}
	m.registry.MustRegister(m.posts, m.slots, m.works, m.seconds,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// platforms begins the counts of the platforms that are served, so that a rate is
// known from the first post on.
func (m *metrics) platforms(names ...string) {
	for _, name := range names {
		for _, outcome := range bot.Outcomes() {
			m.posts.WithLabelValues(name, outcome.String())
		}
	}
}

// Post counts what became of a post.
func (m *metrics) Post(platform string, outcome bot.Outcome) {
	m.posts.WithLabelValues(platform, outcome.String()).Inc()
}

// Said counts a slot whose message was stored, and whether it came late.
func (m *metrics) Said(kind string, behind bool) {
	outcome := onTime
	if behind {
		outcome = late
	}
	m.slots.WithLabelValues(kind, outcome).Inc()
}

// Skipped counts a slot that came too late or found nothing to say.
func (m *metrics) Skipped(kind string) { m.slots.WithLabelValues(kind, skipped).Inc() }

// Broke counts a slot that failed and is tried again.
func (m *metrics) Broke(kind string) { m.slots.WithLabelValues(kind, failed).Inc() }

// timed returns fn as it is counted and timed, under the name of a work.
func (m *metrics) timed(work string, fn func(context.Context) error) func(context.Context) error {
	for _, outcome := range []string{done, failed} {
		m.works.WithLabelValues(work, outcome)
	}
	return func(ctx context.Context) error {
		start, outcome := time.Now(), failed // also after a panic
		defer func() {
			m.seconds.WithLabelValues(work).Observe(time.Since(start).Seconds())
			m.works.WithLabelValues(work, outcome).Inc()
		}()
		err := fn(ctx)
		if err == nil {
			outcome = done
		}
		return err
	}
}

// handler answers /metrics.
func (m *metrics) handler() http.Handler {
	all := http.NewServeMux()
	all.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry}))
	return all
}
