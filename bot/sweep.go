package bot

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// How a sweep goes about its work.
const (
	// atOnce is how many posts are sent at once if nobody says.
	atOnce = 16
	// briefly is how long a chat may ask to be left alone for its post to stay
	// with the sweep instead of going back to the outbox; waiting is how many do.
	// Both stay well below the minute for which nobody else is given the post.
	briefly = 3 * time.Second
	waiting = 256
	// looking is how often a sweep that waits for something looks for more, and
	// sweeping how long it does so; then it finishes what it has.
	looking  = time.Second
	sweeping = 20 * time.Second
	// finishing is how long what is being sent may take when the sweep is called
	// off: what is cut may have arrived all the same.
	finishing = 3 * time.Second
)

// A Sweeper sends what is in an outbox.
type Sweeper struct {
	Outbox Outbox
	// Senders are by platform. Posts of others are left alone.
	Senders map[string]Sender
	// AtOnce is how many posts are sent at the same time; 0 means 16. With 1 they
	// go out in the order in which they are due.
	AtOnce int
	// Tally is told what became of each post; nil for nobody.
	Tally Tally
}

// Sweep is a Sweeper's Sweep that nobody counts.
func Sweep(ctx context.Context, outbox Outbox, senders map[string]Sender) error {
	return Sweeper{Outbox: outbox, Senders: senders}.Sweep(ctx)
}

// Sweep sends everything in the outbox that is due, each through the sender of
// its platform: posts of different chats at the same time, those of one chat one
// after the other. A post that fails is put off and holds up nobody else. Sweep
// returns when nothing is due, at the latest some 20 seconds after it was called
// and when what it had then has been sent. An error says that the outbox failed
// or that ctx is done; what is being sent then has three seconds.
func (s Sweeper) Sweep(ctx context.Context) error {
	if s.AtOnce == 0 {
		s.AtOnce = atOnce
	}
	kept := context.WithoutCancel(ctx)
	sending, cut := context.WithCancel(kept)
	defer cut()
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(finishing, cut) })
	defer stop()
	run := &sweep{
		Sweeper: s, kept: kept, sending: sending, platforms: slices.Sorted(maps.Keys(s.Senders)),
		done: make(chan error, s.AtOnce), ripe: make(chan Post, waiting),
	}
	if err := run.work(ctx); err != nil {
		return fmt.Errorf("sweep outbox: %w", err)
	}
	return nil
}

// sweep is one run of a Sweeper.
type sweep struct {
	Sweeper
	platforms []string
	// kept is the context of what is recorded, also when the sweep is called off,
	// and sending that of what is being sent.
	kept, sending context.Context //nolint:containedctx // they are longer than the caller's

	busy   int        // posts that are being sent
	held   int        // posts that wait for their chat
	done   chan error // one for each that was being sent
	ripe   chan Post  // those whose chat has had its pause
	failed []error
}

// work gives posts out until nothing is left to do.
func (s *sweep) work(ctx context.Context) error {
	looks, end := time.NewTicker(looking), time.NewTimer(sweeping)
	defer looks.Stop()
	defer end.Stop()
	last := end.C
	for ended := false; ; {
		none := ended || len(s.failed) > 0 || s.take(ctx)
		if none && s.busy+s.held == 0 {
			return errors.Join(s.failed...)
		}
		select {
		case err := <-s.done:
			s.finish(err)
		case post := <-s.ripe:
			s.held--
			s.start(post, true)
		case <-looks.C:
		case <-last:
			ended, last = true, nil
		}
		s.settle()
	}
}

// take starts posts that are due while there is room. It tells whether nothing
// more was.
func (s *sweep) take(ctx context.Context) (none bool) {
	for room := s.AtOnce - s.busy; room > 0; room = s.AtOnce - s.busy {
		err := ctx.Err()
		var due []Post
		if err == nil {
			due, err = s.Outbox.Due(ctx, s.platforms, room)
		}
		if err != nil {
			s.failed = append(s.failed, err)
			return true
		}
		for _, post := range due {
			s.start(post, s.held >= waiting/2)
		}
		if len(due) < room {
			return true
		}
	}
	return false
}

// start has a post sent. A last one goes back to the outbox if its chat wants a
// pause, however short.
func (s *sweep) start(post Post, last bool) {
	s.busy++
	go func() {
		pause, err := s.send(post, last)
		if pause > 0 {
			time.AfterFunc(pause, func() { s.ripe <- post })
			err = errHeld
		}
		s.done <- err
	}()
}

// errHeld says that a post stays with the sweep.
var errHeld = errors.New("held")

// finish takes note of a post that is not being sent any more.
func (s *sweep) finish(err error) {
	s.busy--
	switch {
	case errors.Is(err, errHeld):
		s.held++
	case err != nil:
		s.failed = append(s.failed, err)
	}
}

// settle takes note of all others, so that one look into the outbox does for
// them.
func (s *sweep) settle() {
	for {
		select {
		case err := <-s.done:
			s.finish(err)
		default:
			return
		}
	}
}

// send delivers one post and records the outcome, unless its chat wants a pause
// and the post can stay.
func (s *sweep) send(post Post, last bool) (pause time.Duration, err error) {
	platform := post.Chat.Platform
	err = deliver(s.sending, s.Senders[platform], post)
	if err == nil {
		outcome := Sent
		if post.Again {
			outcome = SentAgain
		}
		if err := s.Outbox.Sent(s.kept, post.ID); err != nil {
			return 0, fmt.Errorf("mark post %d as sent: %w", post.ID, err)
		}
		s.Tally.Count(platform, outcome)
		return 0, nil
	}
	if wait, ok := errors.AsType[*WaitError](err); ok && !last && wait.For <= briefly && !partly(err) {
		return max(wait.For, 1), nil
	}
	outcome, err := s.Outbox.Failed(s.kept, post, err)
	if err != nil {
		return 0, fmt.Errorf("put off post %d: %w", post.ID, err)
	}
	s.Tally.Count(platform, outcome)
	return 0, nil
}

// partly tells whether some of a post went out, which must be recorded at once.
func partly(err error) bool {
	_, ok := errors.AsType[*PartError](err)
	return ok
}

// deliver sends a post. One that cannot be drawn must not end the program.
func deliver(ctx context.Context, sender Sender, post Post) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return sender.Send(ctx, post)
}
