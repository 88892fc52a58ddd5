package storage

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivertype"
)

// Work is what is done again and again by one of the processes over a database.
type Work struct {
	// Name tells works apart, in the database too: letters, digits, - and _.
	Name string
	// Every is the time from the beginning of one run to that of the next, at
	// least a second. A run that takes longer lets ticks fall out.
	Every time.Duration
	// Run does everything that is due, because ticks can fall out and one can come
	// too often. Its context ends after WorkLimit, and soon after RunJobs was told
	// to stop; what is left is for the next tick. An error is logged and a panic
	// is one. Nobody tries again before the next tick.
	Run func(ctx context.Context) error
}

// WorkLimit is how long one run of a work may take. When its process is killed
// meanwhile, the next run waits until nobody can be at it any more: two minutes
// at most.
const WorkLimit = time.Minute

// Timing of the jobs.
const (
	pollEvery  = time.Second // from a tick to its run, at most
	abandoned  = WorkLimit + 5*time.Second
	keepDone   = time.Minute     // completed ticks
	keepFailed = time.Hour       // ticks whose process was killed
	stopSoftly = 2 * time.Second // until a running work's context ends
	stopAtAll  = 5 * time.Second // until it is left alone
)

// RunJobs does works until ctx is done, in turn with the other processes over
// the same database that do: each tick runs in one of them. The first comes some
// seconds after the start. When a process is killed another one takes over, 15 to
// 20 s later. Work that goes on 5 s after ctx is done is left behind, with an
// error. Close waits for RunJobs.
func (s *Store) RunJobs(ctx context.Context, log *slog.Logger, works ...Work) error {
	return s.runJobs(ctx, jobs{log: log}, works)
}

func (s *Store) runJobs(ctx context.Context, j jobs, works []Work) error {
	if err := s.enter(); err != nil {
		return err
	}
	defer s.busy.Done()
	j.works, j.ending = map[string]Work{}, func() bool { return ctx.Err() != nil }
	for _, work := range works {
		if _, twice := j.works[work.Name]; twice || work.Name == "" || work.Run == nil || work.Every < time.Second {
			return fmt.Errorf("run jobs: %q needs a name of its own, a function, and a second at least", work.Name)
		}
		j.works[work.Name] = work
	}
	err := s.engine.jobs(ctx, j)
	if err != nil && (ctx.Err() == nil || errors.Is(err, errStuck)) { // what is given up while it starts has done nothing
		return fmt.Errorf("run jobs: %w", err)
	}
	return nil
}

// jobs is what RunJobs was given.
type jobs struct {
	log   *slog.Logger
	works map[string]Work
	soon  bool // without pauses at the start, for tests
	// ending tells whether the works are being stopped.
	ending func() bool
}

// tick is a job of River's. There is one at a time for each work.
type tick struct {
	Work string `json:"work" river:"unique"`
}

// Kind is what River calls a job like this.
func (tick) Kind() string { return "tick" }

// unfinished are the states in which a tick keeps others of its work out.
var unfinished = []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRunning,
	rivertype.JobStateRetryable, rivertype.JobStateScheduled,
}

// options returns how a tick is inserted.
func (tick) options() *river.InsertOpts {
	return &river.InsertOpts{
		MaxAttempts: 1,
		UniqueOpts:  river.UniqueOpts{ByArgs: true, ByState: unfinished},
	}
}

// ticker does the work of a tick.
type ticker struct {
	river.WorkerDefaults[tick]
	jobs jobs
}

// Work never fails as River sees it: nothing is tried again, and no text of an
// error, which may hold what people wrote, is kept in the database.
func (t ticker) Work(ctx context.Context, job *river.Job[tick]) error {
	work, ok := t.jobs.works[job.Args.Work]
	if !ok {
		return nil // of a newer or older program over the same database
	}
	if err := contained(ctx, work.Run); err != nil {
		t.jobs.log.ErrorContext(ctx, "work failed", "work", work.Name, "err", err)
	}
	return nil
}

// contained runs fn and turns a panic into an error.
func contained(ctx context.Context, fn func(context.Context) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return fn(ctx)
}

// config returns what River is told.
func (j jobs) config() *river.Config {
	workers := river.NewWorkers()
	river.AddWorker(workers, ticker{jobs: j})
	config := &river.Config{
		Workers: workers, Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: max(1, len(j.works))}},
		PollOnly: true, FetchPollInterval: pollEvery, Logger: quiet(j.log, j.ending),
		JobTimeout: WorkLimit, RescueStuckJobsAfter: abandoned, SoftStopTimeout: stopSoftly,
		CompletedJobRetentionPeriod: keepDone, CancelledJobRetentionPeriod: keepDone, DiscardedJobRetentionPeriod: keepFailed,
		ReindexerIndexNames: []string{}, // the table holds a dozen rows
		TestOnly:            j.soon,
	}
	for name, work := range j.works {
		config.PeriodicJobs = append(config.PeriodicJobs, river.NewPeriodicJob(river.PeriodicInterval(work.Every),
			func() (river.JobArgs, *river.InsertOpts) { return tick{Work: name}, tick{}.options() },
			&river.PeriodicJobOpts{RunOnStart: true}))
	}
	return config
}

// errStuck says that a work did not end when it was told to.
var errStuck = errors.New("a work did not stop")

// runRiver runs River's client until ctx is done. forget are statements that take
// away what was left by a clock that was ahead.
func runRiver[TTx any](ctx context.Context, j jobs, driver riverdriver.Driver[TTx], forget []string) error {
	forgetAll := func() error {
		for _, statement := range forget {
			if err := driver.GetExecutor().Exec(ctx, statement); err != nil {
				return fmt.Errorf("clear what a wrong clock left: %w", err)
			}
		}
		return nil
	}
	if err := forgetAll(); err != nil {
		return err
	}
	client, err := river.NewClient(driver, j.config())
	if err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("start: %w", err)
	}
	j.until(ctx, forgetAll)
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopAtAll)
	defer cancel()
	if err := client.Stop(stopping); err != nil {
		return fmt.Errorf("%w within %v", errStuck, stopAtAll)
	}
	return nil
}

// until waits until ctx is done and looks every minute whether the clock was set
// back.
func (j jobs) until(ctx context.Context, look func() error) {
	minutes := time.NewTicker(time.Minute)
	defer minutes.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-minutes.C:
			if err := look(); err != nil && ctx.Err() == nil {
				j.log.ErrorContext(ctx, "jobs are not cleared", "err", err)
			}
		}
	}
}

// quiet is a log for River, which tells a lot: only what is wrong. That a call was
// cut short while the works are being stopped is not.
func quiet(log *slog.Logger, ending func() bool) *slog.Logger {
	return slog.New(warnings{log.Handler(), ending}).With("library", "river")
}

// warnings passes on what is at least a warning.
type warnings struct {
	slog.Handler
	ending func() bool
}

// Handle passes a record on, unless it tells of a call that was cut short by the
// end. River writes such errors as text.
func (w warnings) Handle(ctx context.Context, r slog.Record) error {
	cut := strings.Contains(r.Message, context.Canceled.Error())
	r.Attrs(func(a slog.Attr) bool {
		cut = cut || strings.Contains(a.Value.String(), context.Canceled.Error())
		return !cut
	})
	if cut && w.ending() {
		return nil
	}
	return w.Handler.Handle(ctx, r)
}

// Enabled tells whether a record of the level is passed on.
func (w warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.Handler.Enabled(ctx, level)
}

// WithAttrs returns the handler with attributes.
func (w warnings) WithAttrs(attrs []slog.Attr) slog.Handler {
	return warnings{w.Handler.WithAttrs(attrs), w.ending}
}

// WithGroup returns the handler with a group.
func (w warnings) WithGroup(name string) slog.Handler {
	return warnings{w.Handler.WithGroup(name), w.ending}
}
