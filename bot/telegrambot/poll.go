package telegrambot

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"fifteen/bot/dispatch"
)

// How fetching goes.
const (
	// fetched is how many updates come at once, at most.
	fetched = "100" // https://core.telegram.org/bots/api#getupdates
	// leaseTime is for how long one program alone fetches updates, leaseEvery how
	// often it says that it still does.
	leaseTime  = 15 * time.Second
	leaseEvery = 5 * time.Second
	// lookAgain is how long new updates are left waiting while older ones are worked
	// on.
	lookAgain = 200 * time.Millisecond
)

// stream names the bot's updates among all that are read from somewhere.
func (b *Bot) stream() string { return "telegram/" + strconv.FormatInt(b.id, 10) }

// listen says where Telegram delivers updates.
func (b *Bot) listen(ctx context.Context) error {
	switch {
	case b.config.Secret == "": // one that is left over would keep the updates from being fetched
		return b.ask(ctx, "deleteWebhook", nil, nil)
	case b.config.WebhookURL == "":
		return nil
	}
	return b.ask(ctx, "setWebhook", map[string]string{
		"url": b.config.WebhookURL, "secret_token": b.config.Secret, "allowed_updates": listens,
	}, nil)
}

// poll fetches updates while it is this program that may, until ctx is done. It
// returns an error when Telegram refuses the token.
func (b *Bot) poll(ctx context.Context) error {
	holder := rand.Text()
	release := func() {
		now := b.config.Now()
		_, err := b.config.Leases.Lease(context.WithoutCancel(ctx), b.stream(), holder, now, now)
		if err != nil {
			b.config.Log.WarnContext(ctx, "the right to fetch updates could not be given back", "platform", Platform, "err", err)
		}
	}
	defer release()
	for ctx.Err() == nil {
		held, err := b.lease(ctx, holder)
		switch {
		case err != nil && ctx.Err() == nil:
			b.config.Log.WarnContext(ctx, "the right to fetch updates could not be had", "platform", Platform, "err", err)
		case held:
			if err := b.fetchWhileHeld(ctx, holder); errors.Is(err, errRefused) {
				return err
			}
			continue
		}
		dispatch.Pause(ctx, leaseEvery) // another program fetches them; this one still sends
	}
	return nil
}

func (b *Bot) lease(ctx context.Context, holder string) (bool, error) {
	now := b.config.Now()
	return b.config.Leases.Lease(ctx, b.stream(), holder, now, now.Add(leaseTime))
}

// fetchWhileHeld fetches updates until the right to is lost.
func (b *Bot) fetchWhileHeld(ctx context.Context, holder string) error {
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer stop()
		for dispatch.Pause(ctx, leaseEvery) {
			if held, err := b.lease(ctx, holder); !held {
				b.config.Log.InfoContext(ctx, "another program fetches updates from now on", "platform", Platform, "err", err)
				return
			}
		}
	}()
	err := b.fetch(ctx)
	stop()
	<-ended
	return err
}

// fetch fetches updates until ctx is done. What Telegram is told not to give again
// is only what has been dealt with.
func (b *Bot) fetch(ctx context.Context) error {
	w, err := b.resume(ctx)
	failures := 0
	for ctx.Err() == nil {
		if err == nil {
			err = b.fetchOnce(ctx, w)
		}
		if err == nil || ctx.Err() != nil {
			if b.health.Lose(nil) {
				b.config.Log.InfoContext(ctx, "updates come again", "platform", Platform)
			}
			failures = 0
			continue
		}
		if errors.Is(err, errRefused) {
			return err
		}
		if b.health.Lose(fmt.Errorf("no updates come: %w", err)) {
			b.config.Log.WarnContext(ctx, "no updates come", "platform", Platform, "err", err)
		}
		if errors.Is(err, errConflict) {
			b.stopWebhook(ctx)
		}
		dispatch.Pause(ctx, backOff(failures, err))
		failures, err = failures+1, nil
	}
	return nil
}

// stopWebhook ends a webhook that somebody has set meanwhile; when it is another
// program that fetches updates, there is none and nothing happens.
func (b *Bot) stopWebhook(ctx context.Context) {
	if err := b.listen(ctx); err != nil {
		b.config.Log.WarnContext(ctx, "a webhook could not be ended", "platform", Platform, "err", err)
	}
}

// fetchOnce fetches what there is and has it worked on.
func (b *Bot) fetchOnce(ctx context.Context, w *progress) error {
	params := map[string]string{"limit": fetched, "allowed_updates": listens, "timeout": strconv.Itoa(int(holding / time.Second))}
	if w.busy() {
		params["timeout"] = "0" // those that are worked on come again, so that waiting would be no waiting
	}
	if offset := w.offset(b.config.Now()); offset != 0 {
		params["offset"] = strconv.FormatInt(offset, 10)
	}
	held, stop := context.WithTimeout(ctx, holding+sendTimeout)
	defer stop()
	start := b.config.Now()
	var raw []json.RawMessage
	if err := b.failure(b.api.call(held, "getUpdates", params, &raw)); err != nil {
		return err
	}
	news := false
	for _, u := range parseUpdates(raw) {
		if u.ID == 0 || w.has(u.ID) {
			continue
		}
		done, err := b.take(ctx, u)
		if err != nil { // it comes again
			break
		}
		w.add(u.ID, done, b.config.Now())
		news = true
	}
	w.wait(ctx, lookAgain)
	if !news && (len(raw) > 0 || b.config.Now().Sub(start) < lookAgain) { // a server that holds no request
		dispatch.Pause(ctx, lookAgain)
	}
	return b.keep(ctx, w)
}

// resume begins where reading ended, when that was not long ago.
func (b *Bot) resume(ctx context.Context) (*progress, error) {
	now := b.config.Now()
	position, err := b.config.Inbox.Position(ctx, b.stream(), now)
	if err != nil {
		return &progress{}, fmt.Errorf("read how far updates were read: %w", err)
	}
	w := &progress{}
	if position != 0 {
		w.begin(position, now)
	}
	return w, nil
}

// keep stores how far updates were dealt with.
func (b *Bot) keep(ctx context.Context, w *progress) error {
	position, news := w.settled()
	if !news {
		return nil
	}
	err := b.config.Inbox.Advance(context.WithoutCancel(ctx), b.stream(), position, b.config.Now())
	if err != nil {
		return fmt.Errorf("store how far updates were read: %w", err)
	}
	return nil
}
