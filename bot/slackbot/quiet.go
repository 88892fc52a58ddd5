package slackbot

import (
	"context"
	"sync"
	"time"

	"fifteen/bot"
)

// rests remembers until when people do not want to be disturbed.
type rests struct {
	mu    sync.Mutex
	known map[string]rest
}

// rest is what Slack said of somebody: until when they rest, zero for not now,
// and how long that is believed.
type rest struct{ until, fresh time.Time }

// restFresh is how long an answer about somebody's rest is believed, and maxRests
// of how many people; then all are forgotten.
const (
	restFresh = time.Minute
	maxRests  = 10_000
)

func (r *rests) find(user string, now time.Time) (rest, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	found, ok := r.known[user]
	return found, ok && now.Before(found.fresh)
}

func (r *rests) keep(user string, found rest) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known == nil || len(r.known) >= maxRests {
		r.known = map[string]rest{}
	}
	r.known[user] = found
}

// quiet returns a bot.QuietError when the post asks somebody something who does
// not want to be disturbed. When Slack does not say, they are asked.
func (b *Bot) quiet(ctx context.Context, post bot.Post) error {
	if !post.Prompt || post.Account == "" || post.Parts > 0 {
		return nil
	}
	now := b.config.Now()
	found, known := b.rests.find(post.Account, now)
	if !known {
		found = rest{until: b.restOf(ctx, post.Account, now), fresh: now.Add(restFresh)}
		b.rests.keep(post.Account, found)
	}
	if !now.Before(found.until) {
		return nil
	}
	return &bot.QuietError{Until: found.until}
}

// restOf asks Slack until when somebody does not want to be disturbed, zero for
// not now. A pause that somebody made for a while is told to that person only;
// then the window stands for it.
// Source: https://docs.slack.dev/reference/methods/dnd.info.
func (b *Bot) restOf(ctx context.Context, user string, now time.Time) time.Time {
	ctx, stop := context.WithTimeout(ctx, sendTimeout)
	defer stop()
	status, err := b.api.GetDNDInfoContext(ctx, &user)
	if err != nil {
		b.config.Log.InfoContext(ctx, "Slack does not say whether somebody may be disturbed", "platform", Platform, "err", b.failure(err))
		return time.Time{}
	}
	var until time.Time
	if status.SnoozeEnabled {
		until = time.Unix(int64(status.SnoozeEndTime), 0)
	}
	from, to := time.Unix(int64(status.NextStartTimestamp), 0), time.Unix(int64(status.NextEndTimestamp), 0)
	if status.Enabled && !now.Before(from) && to.After(until) {
		until = to
	}
	if !until.After(now) {
		return time.Time{}
	}
	return until
}
