package dispatch

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"fifteen/bot"
)

// ErrPace says that a chat's turn comes too late.
var ErrPace = errors.New("the chat has its share for now")

// A Limit is how fast something may go: one each Every in the long run, and Burst
// at once when there were none for a while. A zero Every is no limit.
type Limit struct {
	Every time.Duration
	Burst int
}

func (l Limit) limiter() *rate.Limiter {
	if l.Every <= 0 {
		return rate.NewLimiter(rate.Inf, 1)
	}
	return rate.NewLimiter(rate.Every(l.Every), max(l.Burst, 1))
}

// Paces are the limits of a platform.
type Paces struct {
	// All holds for everything together.
	All Limit
	// Chat are those of one chat, by its id; all of them hold.
	Chat func(id string) []Limit
	// Shared is the id under which chats have their limits together, such as the
	// group of a topic; nil for each its own.
	Shared func(id string) string
}

// A Pacer keeps what is sent to a platform's pace, and away from a chat that the
// platform asked to leave alone.
type Pacer struct {
	paces Paces

	mu    sync.Mutex
	all   *rate.Limiter
	chats map[string]*chatPace
}

type chatPace struct {
	limits []*rate.Limiter
	until  time.Time
}

// NewPacer returns a pacer. A zero Paces leaves no pause anywhere, except where a
// platform asks for one.
func NewPacer(paces Paces) *Pacer { return &Pacer{paces: paces, all: paces.All.limiter()} }

// maxPaced is how many chats are remembered; then all are forgotten, and the
// worst that follows is that the platform asks for a pause.
const maxPaced = 10_000

func (p *Pacer) chat(id string) *chatPace {
	if p.paces.Shared != nil {
		id = p.paces.Shared(id)
	}
	if p.chats == nil || len(p.chats) > maxPaced {
		p.chats = map[string]*chatPace{}
	}
	if p.chats[id] == nil {
		c := &chatPace{}
		if p.paces.Chat != nil {
			for _, limit := range p.paces.Chat(id) {
				c.limits = append(c.limits, limit.limiter())
			}
		}
		p.chats[id] = c
	}
	return p.chats[id]
}

// Join says that two ids are one chat: a person's and that of the bot's chat with
// them. What was sent to one was sent to both.
func (p *Pacer) Join(id, other string, now time.Time) {
	if id == "" || other == "" || id == other {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	c, o := p.chat(id), p.chat(other)
	if o.turns(now) < c.turns(now) {
		c, o = o, c
	}
	if o.until.After(c.until) {
		c.until = o.until
	}
	p.chats[id], p.chats[other] = c, c
}

// turns is how many turns a chat has at once.
func (c *chatPace) turns(now time.Time) float64 {
	var least float64
	for i, limit := range c.limits {
		if n := limit.TokensAt(now); i == 0 || n < least {
			least = n
		}
	}
	return least
}

// Wait waits for the chat's turn. If that takes more than the patience it returns
// a bot.WaitError at once, and no turn is used up.
func (p *Pacer) Wait(ctx context.Context, id string, clock func() time.Time, patience time.Duration) error {
	now := clock()
	p.mu.Lock()
	c := p.chat(id)
	delay := c.until.Sub(now)
	turns := make([]*rate.Reservation, 0, len(c.limits)+1)
	for _, limit := range append([]*rate.Limiter{p.all}, c.limits...) {
		turn := limit.ReserveN(now, 1)
		delay = max(delay, turn.DelayFrom(now))
		turns = append(turns, turn)
	}
	if delay > patience {
		for _, turn := range turns {
			turn.CancelAt(now)
		}
		p.mu.Unlock()
		return &bot.WaitError{For: delay, Err: ErrPace}
	}
	p.mu.Unlock()
	if !Pause(ctx, delay) {
		return ctx.Err()
	}
	return nil
}

// Block leaves a chat alone until then.
func (p *Pacer) Block(id string, until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.chat(id).until = until
}

// Pause waits; false says that ctx was done first.
func Pause(ctx context.Context, d time.Duration) bool {
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
