package dispatch

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"fifteen/bot"
)

// How long a post may take that is sent from memory.
const (
	// grace is what the outbox gives whoever computed an answer to send it.
	grace = 5 * time.Second
	// beforeSweep is kept between the end of sending an answer and the sweep.
	beforeSweep = 300 * time.Millisecond
	// callRoom is what a call of a service needs at least.
	callRoom = 700 * time.Millisecond
	// unstoredRoom bounds the sending of what is stored nowhere.
	unstoredRoom = 10 * time.Second
	// usualWait is for what could not be sent and may be later.
	usualWait = 30 * time.Second
)

// A Courier sends posts from memory, those of one chat one after the other. What
// cannot be sent at once it leaves to the outbox, unless it is for no workspace.
type Courier struct {
	config CourierConfig
	life   context.Context //nolint:containedctx // what is sent outlives the request that it answers
	lanes  *Lanes
	marker *Marker
}

// CourierConfig is what a Courier needs.
type CourierConfig struct {
	// Platform names the service in tallies and logs.
	Platform string
	Outbox   bot.Outbox
	Log      *slog.Logger
	Now      func() time.Time
	// Tally counts what becomes of the posts; nil counts nothing.
	Tally bot.Tally
	// Passing tells whether a failure may pass by itself.
	Passing func(error) bool
	// AtOnce is how many posts are sent at the same time, Waiting how many wait.
	AtOnce, Waiting int
}

// NewCourier returns a courier, which works under ctx until it is closed.
func NewCourier(ctx context.Context, config CourierConfig) *Courier {
	c := &Courier{config: config, life: ctx}
	c.lanes = NewLanes(config.AtOnce, config.Waiting, func(p any) {
		config.Log.Error("a job panicked", "platform", config.Platform, "err", p)
	})
	c.marker = NewMarker(ctx, config.Outbox, config.Log, config.Platform)
	return c
}

// Sent marks a stored answer as sent that went another way; 0 is none.
func (c *Courier) Sent(id int64) { c.marker.Sent(id) }

// Send has a post sent when its chat's lane is free; heard is when the line was
// heard that it answers. send is given the latest moment at which a call may begin,
// zero for any time: what is stored and waits for too long is left to the sweep, so
// that it is not sent twice.
func (c *Courier) Send(
	ctx context.Context, post bot.Post, heard time.Time, send func(ctx context.Context, latest time.Time) error,
) {
	job := func() {
		room, latest := unstoredRoom, time.Time{}
		if post.ID != 0 { // from then on the sweep may send it
			room = grace - beforeSweep - c.config.Now().Sub(heard)
			latest = heard.Add(grace - beforeSweep - callRoom)
		}
		if room < beforeSweep {
			return
		}
		ctx, stop := context.WithTimeout(ctx, room)
		defer stop()
		if err := send(ctx, latest); err != nil {
			c.later(post, err)
			return
		}
		c.config.Tally.Count(c.config.Platform, bot.Sent)
		c.marker.Sent(post.ID)
	}
	if err := c.lanes.Do(post.Chat.ID, job); err != nil {
		c.later(post, &bot.WaitError{For: usualWait, Err: err})
	}
}

// later stores what could not be sent now, or not all of it.
func (c *Courier) later(post bot.Post, cause error) {
	if part, ok := errors.AsType[*bot.PartError](cause); ok {
		post.Parts, post.Below = part.Sent, part.Below
	}
	ctx, log, outcome := c.life, c.config.Log, bot.Delayed
	var err error
	switch wait, waits := errors.AsType[*bot.WaitError](cause); {
	case post.ID != 0:
		outcome, err = c.config.Outbox.Failed(ctx, post, cause)
	case post.Workspace == 0: // to somebody unknown: they are worth no row
		outcome = bot.Dropped
	case waits:
		err = c.config.Outbox.Hold(ctx, post, wait.For)
	case c.config.Passing(cause):
		err = c.config.Outbox.Hold(ctx, post, usualWait)
	default:
		outcome = bot.Dropped
	}
	log.WarnContext(ctx, "message was not sent", "platform", c.config.Platform, "stored", post.ID != 0, "err", cause)
	if err != nil {
		log.ErrorContext(ctx, "and could not be put off", "platform", c.config.Platform, "err", err)
		return
	}
	c.config.Tally.Count(c.config.Platform, outcome)
}

// Close takes no more posts, sends those that were taken and marks them, until ctx
// is done.
func (c *Courier) Close(ctx context.Context) error {
	return errors.Join(c.lanes.Close(ctx), c.marker.Close(ctx))
}
