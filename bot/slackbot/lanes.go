package slackbot

import (
	"context"
	"errors"
	"sync"
)

// errBusy says that more is waiting than can be held.
var errBusy = errors.New("too much is waiting")

// lanes run jobs: those of one key in the order they came, those of different
// keys side by side. How many run and how many wait is bounded.
type lanes struct {
	running chan struct{}
	most    int
	broken  func(panicked any)

	mu      sync.Mutex
	waiting map[string][]func()
	count   int
	closed  bool
	work    sync.WaitGroup
}

// newLanes returns lanes in which at most running jobs run and most wait. broken
// is told what a job panicked with; the lane goes on.
func newLanes(running, most int, broken func(any)) *lanes {
	return &lanes{running: make(chan struct{}, running), most: most, broken: broken, waiting: map[string][]func(){}}
}

// do runs a job when its lane is free. It returns errBusy when too many wait or
// the lanes are closed.
func (l *lanes) do(key string, job func()) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || l.count >= l.most {
		return errBusy
	}
	l.count++
	queue, busy := l.waiting[key]
	l.waiting[key] = append(queue, job)
	if !busy {
		l.work.Add(1)
		go l.run(key)
	}
	return nil
}

// run does a lane's jobs until none is left.
func (l *lanes) run(key string) {
	defer l.work.Done()
	for {
		l.mu.Lock()
		queue := l.waiting[key]
		if len(queue) == 0 {
			delete(l.waiting, key)
			l.mu.Unlock()
			return
		}
		job := queue[0]
		queue[0] = nil
		l.waiting[key] = queue[1:]
		l.mu.Unlock()
		l.running <- struct{}{}
		l.one(job)
		<-l.running
	}
}

// one runs a job and survives it.
func (l *lanes) one(job func()) {
	defer func() {
		l.mu.Lock()
		l.count--
		l.mu.Unlock()
		if p := recover(); p != nil {
			l.broken(p)
		}
	}()
	job()
}

// close takes no more jobs and waits for those that were taken, until ctx is
// done.
func (l *lanes) close(ctx context.Context) error {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	done := make(chan struct{})
	go func() { l.work.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
