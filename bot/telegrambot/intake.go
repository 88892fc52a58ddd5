package telegrambot

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"
)

// takenFor is how long an update is remembered at least. One that is delivered
// again later is known by what it has stored; a line that only reads is answered
// again.
const takenFor = 10 * time.Minute

// intake remembers the updates that were taken, each with a channel that is closed
// when it has been dealt with.
type intake struct {
	mu         sync.Mutex
	young, old map[string]chan struct{}
	started    time.Time
}

// first returns the channel of an update, and whether it is new.
func (i *intake) first(key string, now time.Time) (done chan struct{}, first bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.young == nil || now.Sub(i.started) > takenFor {
		i.young, i.old, i.started = map[string]chan struct{}{}, i.young, now
	}
	for _, known := range []map[string]chan struct{}{i.young, i.old} {
		if done, ok := known[key]; ok {
			return done, false
		}
	}
	done = make(chan struct{})
	i.young[key] = done
	return done, true
}

// forget makes an update new again.
func (i *intake) forget(key string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	delete(i.young, key)
	delete(i.old, key)
}

// nothing is closed: there was nothing to be done.
var nothing = func() chan struct{} {
	done := make(chan struct{})
	close(done)
	return done
}()

// take has an update worked on, after those of the same person that came before.
// done is closed when its effects are stored; it is the same for the same update.
func (b *Bot) take(ctx context.Context, u update) (done <-chan struct{}, err error) {
	key, heard := u.key(), b.config.Now().UTC()
	if key == "" {
		b.config.Log.DebugContext(ctx, "update of no interest", "platform", Platform)
		return nothing, nil
	}
	ended, first := b.intake.first(key, heard)
	if !first {
		return ended, nil
	}
	err = b.lines.Do(strconv.FormatInt(u.who(), 10), func() {
		defer close(ended)
		b.deal(b.life, u, heard)
	})
	if err != nil {
		b.intake.forget(key)
		return nil, fmt.Errorf("take update: %w", err)
	}
	return ended, nil
}

// deal deals with an update. It runs in the lane of whom it comes from.
func (b *Bot) deal(ctx context.Context, u update, heard time.Time) {
	switch {
	case u.Own != nil:
		b.joined(ctx, *u.Own)
	case u.Press != nil:
		if s := b.pressed(u, heard); s != nil {
			b.hear(ctx, *s)
		}
	case b.isNews(ctx, u.Message):
	default:
		if s := b.spoken(u, heard); s != nil {
			b.hear(ctx, *s)
		}
	}
}
