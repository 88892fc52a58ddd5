package playground

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"fifteen/bot"
)

// A Clock turns the time of the bot.
type Clock struct {
	// Set lets it be that moment, from which time goes on.
	Set func(time.Time)
	// Wake does what has become due, and Next tells when something will; ok is false
	// when nothing will.
	Wake func(ctx context.Context) error
	Next func(ctx context.Context) (at time.Time, ok bool, err error)
	// Jumps are the moments that one may want to go to.
	Jumps []Jump
}

// A Jump is a moment that is found from another one. Its name is a key.
type Jump struct {
	Name string
	To   func(now time.Time) time.Time
}

// typedMoment is how a browser writes the moment that was chosen.
const typedMoment = "2006-01-02T15:04"

// mostTravelled is how far one turn of the clock may go.
const mostTravelled = 400 * 24 * time.Hour

// mostStops is on how many moments one turn of the clock may come by.
const mostStops = 20_000

// turn turns the clock, and lets everything happen on the way.
func (b *Bot) turn(w http.ResponseWriter, r *http.Request) {
	if _, ok := b.visit(w, r); !ok {
		return
	}
	now := b.config.Now().In(b.config.Zone)
	to, err := time.ParseInLocation(typedMoment, r.PostFormValue("at"), b.config.Zone)
	if i, bad := strconv.Atoi(r.PostFormValue("jump")); bad == nil && 0 <= i && i < len(b.config.Clock.Jumps) {
		to, err = b.config.Clock.Jumps[i].To(now), nil
	}
	if err != nil || b.config.Clock.Set == nil || !to.After(now) || to.Sub(now) > mostTravelled {
		b.give(w, "")
		return
	}
	if err := b.travel(context.WithoutCancel(r.Context()), to); err != nil {
		b.fail(w, r, err)
		return
	}
	b.give(w, "")
}

// travel goes to a moment by way of all those at which something is due, because
// what is found much too late is not said any more.
func (b *Bot) travel(ctx context.Context, to time.Time) error {
	b.travels.Lock()
	defer b.travels.Unlock()
	for stops := 0; stops < mostStops && b.life.Err() == nil; stops++ {
		at, ok, err := b.config.Clock.Next(ctx)
		if err != nil {
			return fmt.Errorf("look what comes next: %w", err)
		}
		last := !ok || at.After(to)
		if last {
			at = to
		}
		if now := b.config.Now(); at.After(now) {
			b.config.Clock.Set(at)
		} else if !last {
			b.config.Clock.Set(now.Add(time.Second)) // what was put off waits for that
		}
		if err := b.arrive(ctx); err != nil {
			return err
		}
		b.rooms.ticked()
		if last {
			return nil
		}
	}
	return nil
}

// arrive does what is due and shows what that says.
func (b *Bot) arrive(ctx context.Context) error {
	if err := b.config.Clock.Wake(ctx); err != nil {
		return fmt.Errorf("do what is due: %w", err)
	}
	return bot.Sweeper{
		Outbox: b.config.Outbox, Senders: map[string]bot.Sender{b.config.Platform: b}, AtOnce: 1, // a room has one order
	}.Sweep(ctx)
}
