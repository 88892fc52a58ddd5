package slackbot

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"fifteen/bot"
)

// errPace says that a channel's turn comes too late.
var errPace = errors.New("the channel has its share for now")

// pacer keeps each channel to Slack's pace, and away from one that Slack asked
// to leave alone.
type pacer struct {
	// free says that there is no pace.
	free bool

	mu       sync.Mutex
	channels map[string]*channelPace
}

type channelPace struct {
	limit *rate.Limiter
	until time.Time
}

// maxPaced is how many channels are remembered; then all are forgotten, and the
// worst that follows is a 429.
const maxPaced = 10_000

func (p *pacer) channel(id string) *channelPace {
	if p.channels == nil || len(p.channels) > maxPaced {
		p.channels = map[string]*channelPace{}
	}
	if p.channels[id] == nil {
		limit := rate.Every(pace)
		if p.free {
			limit = rate.Inf
		}
		p.channels[id] = &channelPace{limit: rate.NewLimiter(limit, 1)}
	}
	return p.channels[id]
}

// join says that two ids are one channel: a person's and that of the bot's chat
// with them. What was sent to one was sent to both.
func (p *pacer) join(id, other string, now time.Time) {
	if id == "" || other == "" || id == other {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	c, o := p.channel(id), p.channel(other)
	if o.limit.TokensAt(now) < c.limit.TokensAt(now) {
		c, o = o, c
	}
	if o.until.After(c.until) {
		c.until = o.until
	}
	p.channels[id], p.channels[other] = c, c
}

// wait waits for the channel's turn. If that takes more than the patience it
// returns a bot.WaitError at once.
func (p *pacer) wait(ctx context.Context, id string, clock func() time.Time, patience time.Duration) error {
	now := clock()
	p.mu.Lock()
	c := p.channel(id)
	turn := c.limit.ReserveN(now, 1)
	delay := max(turn.DelayFrom(now), c.until.Sub(now))
	if delay > patience {
		turn.CancelAt(now)
		p.mu.Unlock()
		return &bot.WaitError{For: delay, Err: errPace}
	}
	p.mu.Unlock()
	if !pause(ctx, delay) {
		return ctx.Err()
	}
	return nil
}

// block leaves a channel alone until then.
func (p *pacer) block(id string, until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.channel(id).until = until
}

// pause waits; false says that ctx was done first.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
