package telegrambot

import (
	"context"
	"slices"
	"time"
)

// quietTime is how long after an update its number still says where the next ones
// begin. After a week without any, Telegram goes on at a random number.
// Source: https://core.telegram.org/bots/api#update.
const quietTime = 6 * 24 * time.Hour

// A progress is the updates that are worked on, in the order in which they came.
// Its zero value knows of none.
type progress struct {
	last  int64     // the last one that came, 0 for none
	heard time.Time // when
	open  []opened
	kept  int64 // up to where all were settled when settled was last asked
}

type opened struct {
	id   int64
	done <-chan struct{}
}

// begin says which update was the last one that was dealt with.
func (w *progress) begin(last int64, at time.Time) { w.last, w.kept, w.heard = last, last, at }

// add takes in an update; done is closed when it has been dealt with. Numbers that
// start again are not compared with those before.
func (w *progress) add(id int64, done <-chan struct{}, at time.Time) {
	w.open = append(w.open, opened{id, done})
	w.last, w.heard = id, at
}

// has tells whether an update is among those that are worked on.
func (w *progress) has(id int64) bool {
	return slices.ContainsFunc(w.open, func(o opened) bool { return o.id == id })
}

// busy tells whether an update is still worked on.
func (w *progress) busy() bool {
	w.sweep()
	return len(w.open) > 0
}

// sweep forgets the first ones for as long as they are dealt with.
func (w *progress) sweep() {
	n := 0
	for n < len(w.open) && isClosed(w.open[n].done) {
		n++
	}
	w.open = slices.Delete(w.open, 0, n)
}

// offset is the first update that Telegram is to give: the first that is still
// worked on, or the one behind the last. It is 0, for whichever come first, when
// nothing is known or the last one came too long ago.
func (w *progress) offset(now time.Time) int64 {
	w.sweep()
	switch {
	case len(w.open) > 0:
		return w.open[0].id
	case w.last == 0 || now.Sub(w.heard) > quietTime:
		return 0
	}
	return w.last + 1
}

// settled is the last update before which all are dealt with; news says that it
// is another than when it was last asked.
func (w *progress) settled() (position int64, news bool) {
	w.sweep()
	position = w.last
	if len(w.open) > 0 {
		position = w.open[0].id - 1
	}
	news = position != w.kept
	w.kept = position
	return position, news
}

// wait waits until all are dealt with, but not for long.
func (w *progress) wait(ctx context.Context, most time.Duration) {
	if len(w.open) == 0 {
		return
	}
	timer := time.NewTimer(most)
	defer timer.Stop()
	for _, o := range w.open {
		select {
		case <-o.done:
		case <-timer.C:
			return
		case <-ctx.Done():
			return
		}
	}
}

func isClosed(done <-chan struct{}) bool {
	select {
	case <-done:
		return true
	default:
		return false
	}
}
