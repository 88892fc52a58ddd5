package dispatch

import (
	"context"
	"errors"
	"sync"
)

// ErrBusy says that more is waiting than can be held.
var ErrBusy = errors.New("too much is waiting")

// Lanes run jobs: those of one key in the order they came, those of different
// keys side by side. How many run and how many wait is bounded.
type Lanes struct {
	running chan struct{}
	most    int
	broken  func(panicked any)

	mu      sync.Mutex
	waiting map[string][]func()
	count   int
	closed  bool
	work    sync.WaitGroup
}

// NewLanes returns lanes in which at most running jobs run and most wait. broken
// is told what a job panicked with; the lane goes on.
func NewLanes(running, most int, broken func(any)) *Lanes {
	return &Lanes{running: make(chan struct{}, running), most: most, broken: broken, waiting: map[string][]func(){}}
}

// Do runs a job when its lane is free. It returns ErrBusy when too many wait or
// the lanes are closed.
func (l *Lanes) Do(key string, job func()) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || l.count >= l.most {
		return ErrBusy
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
func (l *Lanes) run(key string) {
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
func (l *Lanes) one(job func()) {
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

// Close takes no more jobs and waits for those that were taken, until ctx is
// done.
func (l *Lanes) Close(ctx context.Context) error {
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
