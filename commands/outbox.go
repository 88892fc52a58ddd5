package commands

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"fifteen/bot"
	"fifteen/storage"
)

// Outbox holds what is to be sent; it is bot.Outbox.
type Outbox struct {
	Store *storage.Store
	Clock func() time.Time
	// Log is told of posts that are given up; nil for nobody.
	Log *slog.Logger
	// Gone is told, before they are given up, that a post's chat takes no messages
	// any more; err is or wraps a bot.GoneError. It may be told twice. nil does
	// nothing.
	Gone func(ctx context.Context, post bot.Post, err error) error
	// Quiet is told that the person whom a post asks something does not want to be
	// disturbed until then. handled means that the question will be asked anew, and
	// the post is given up; it may be told twice. Otherwise, and when Quiet is nil,
	// the post waits, and what comes after it in the same chat waits too.
	Quiet func(ctx context.Context, post bot.Post, until time.Time) (handled bool, err error)
}

// retryAfter and longestRetry bound how long a post waits after failures,
// shortestRetry how long when its platform says for how long.
const (
	retryAfter    = 5 * time.Second
	longestRetry  = time.Hour
	shortestRetry = 100 * time.Millisecond
)

// maxAttempts is how often a post may fail before it is given up: for three
// days, because ten attempts take an hour and a half and each of the others an
// hour.
const maxAttempts = 80

// lockedRetry is how long everything waits while a platform refuses the bot.
const lockedRetry = time.Minute

// Due implements bot.Outbox.
func (o Outbox) Due(ctx context.Context, platforms []string, limit int) ([]bot.Post, error) {
	for {
		stored, err := o.Store.ClaimPosts(ctx, platforms, o.Clock(), limit)
		if err != nil {
			return nil, err
		}
		posts := make([]bot.Post, 0, len(stored))
		for _, row := range stored {
			post, err := postFrom(row)
			if err != nil { // one that cannot be read must not hold up the others
				if _, err := o.drop(ctx, post, err); err != nil {
					return nil, err
				}
				continue
			}
			posts = append(posts, post)
		}
		if len(posts) > 0 || len(stored) == 0 {
			return posts, nil
		}
	}
}

// Sent implements bot.Outbox.
func (o Outbox) Sent(ctx context.Context, ids ...int64) error { return o.Store.MarkSent(ctx, ids...) }

// Failed implements bot.Outbox: the wait doubles with every attempt, or is what
// the platform asks for. A post is given up when it can never be sent, or has
// failed for three days; with it go those behind it when its chat is gone.
func (o Outbox) Failed(ctx context.Context, post bot.Post, cause error) (bot.Outcome, error) {
	if part, ok := errors.AsType[*bot.PartError](cause); ok {
		post.Parts, post.Below = part.Sent, part.Below
	}
	if _, gone := errors.AsType[*bot.GoneError](cause); gone {
		return o.gone(ctx, post, cause)
	}
	if quiet, ok := errors.AsType[*bot.QuietError](cause); ok {
		return o.quiet(ctx, post, quiet.Until)
	}
	wait, counts := waitFor(post, cause)
	if counts {
		post.Attempts++
	}
	if errors.Is(cause, bot.ErrUnfit) || post.Attempts > maxAttempts {
		return o.drop(ctx, post, cause)
	}
	return bot.Delayed, o.putOff(ctx, post, o.Clock().Add(wait), errors.Is(cause, bot.ErrUnsure))
}

// waitFor is how long a post waits after a failure, and whether that counts as
// one of the post's own.
func waitFor(post bot.Post, cause error) (wait time.Duration, counts bool) {
	if asked, ok := errors.AsType[*bot.WaitError](cause); ok {
		return max(asked.For, shortestRetry), false
	}
	if errors.Is(cause, bot.ErrLocked) || errors.Is(cause, bot.ErrElsewhere) {
		return lockedRetry, false
	}
	return min(retryAfter<<min(post.Attempts, 10), longestRetry), true
}

// putOff has a post wait. unsure says that it may have been sent all the same.
func (o Outbox) putOff(ctx context.Context, post bot.Post, until time.Time, unsure bool) error {
	row := storage.Post{
		ID: post.ID, Workspace: post.Workspace, Platform: post.Chat.Platform, Chat: post.Chat.ID,
		Attempts: post.Attempts, Parts: post.Parts, Below: post.Below, Claimed: unsure || post.Again,
	}
	return o.Store.PutOff(ctx, row, until)
}

// gone gives up all that waits for a chat. What was for a person goes to another
// account of theirs, if they have one.
func (o Outbox) gone(ctx context.Context, post bot.Post, cause error) (bot.Outcome, error) {
	if post.Chat.Private && post.Member != 0 {
		if moved, err := o.elsewhere(ctx, post); err != nil || moved {
			return bot.Delayed, err
		}
	}
	if o.Gone != nil {
		if err := o.Gone(ctx, post, cause); err != nil {
			return bot.Dropped, fmt.Errorf("tell that a chat is gone: %w", err)
		}
	}
	row := storage.Post{ID: post.ID, Workspace: post.Workspace, Platform: post.Chat.Platform, Chat: post.Chat.ID}
	n, err := o.Store.DropChat(ctx, row, cause.Error())
	if err == nil {
		o.report(ctx, post, cause, n)
	}
	return bot.Dropped, err
}

// elsewhere notes that a person cannot be reached in a chat, and sends a post on to
// where they can; moved is false when that is nowhere.
func (o Outbox) elsewhere(ctx context.Context, post bot.Post) (moved bool, err error) {
	account := post.Account
	if account == "" {
		account = post.Chat.ID
	}
	if err := o.Store.Silence(ctx, post.Chat.Platform, account, true); err != nil {
		return false, err
	}
	var to storage.Account
	err = o.Store.Read(ctx, post.Workspace, func(tx *storage.Tx) error {
		platform, id, err := tx.Account(ctx, post.Member, "")
		if err == nil {
			to, err = tx.FindAccount(ctx, platform, id)
		}
		return err
	})
	if errors.Is(err, storage.ErrNotFound) || err == nil && (to.Silent || to.Platform == post.Chat.Platform && to.ID == account) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, o.Store.Readdress(ctx, post.ID, to.Platform, to.ID, o.Clock())
}

// quiet has a question wait for the person, or asked anew.
func (o Outbox) quiet(ctx context.Context, post bot.Post, until time.Time) (bot.Outcome, error) {
	if o.Quiet != nil {
		handled, err := o.Quiet(ctx, post, until)
		if err != nil {
			return bot.Delayed, fmt.Errorf("take back a question: %w", err)
		}
		if handled {
			return bot.Delayed, o.Store.DropPost(ctx, post.ID, whyQuiet)
		}
	}
	return bot.Delayed, o.putOff(ctx, post, until, false)
}

// drop gives a post up.
func (o Outbox) drop(ctx context.Context, post bot.Post, cause error) (bot.Outcome, error) {
	if err := o.Store.DropPost(ctx, post.ID, cause.Error()); err != nil {
		return bot.Dropped, err
	}
	o.report(ctx, post, cause, 1)
	return bot.Dropped, nil
}

func (o Outbox) report(ctx context.Context, post bot.Post, cause error, posts int64) {
	if o.Log != nil {
		o.Log.ErrorContext(ctx, "posts were given up", "workspace", post.Workspace, "platform", post.Chat.Platform,
			"chat", post.Chat.ID, "first", post.ID, "count", posts, "err", cause)
	}
}

// Hold implements bot.Outbox.
func (o Outbox) Hold(ctx context.Context, post bot.Post, wait time.Duration) error {
	row, err := postOf(post)
	if err != nil {
		return err
	}
	row.CreatedAt = o.Clock()
	row.DueAt = row.CreatedAt.Add(wait)
	err = o.Store.Write(ctx, post.Workspace, func(tx *storage.Tx) error {
		_, err := tx.Post(ctx, row)
		return err
	})
	if err != nil {
		return fmt.Errorf("hold post to %s: %w", post.Chat.Platform, err)
	}
	return nil
}

// postOf writes a post as storage keeps it.
func postOf(p bot.Post) (storage.Post, error) {
	body, err := json.Marshal(p.Message)
	if err != nil {
		return storage.Post{}, fmt.Errorf("write message: %w", err)
	}
	return storage.Post{
		Member: p.Member, Platform: p.Chat.Platform, Chat: p.Chat.ID, Thread: p.Chat.Thread,
		Private: p.Chat.Private, Body: string(body), Prompt: p.Prompt, Parts: p.Parts, Below: p.Below,
	}, nil
}

// postFrom reads a post as storage kept it. One whose message cannot be read is
// returned without it.
func postFrom(p storage.Post) (bot.Post, error) {
	post := bot.Post{
		ID: p.ID, Workspace: p.Workspace, Member: p.Member, Name: p.Name, Account: p.Account,
		Chat:   bot.Chat{Platform: p.Platform, ID: p.Chat, Thread: p.Thread, Private: p.Private},
		Prompt: p.Prompt, Attempts: p.Attempts, Again: p.Claimed, Parts: p.Parts, Below: p.Below,
	}
	if err := json.Unmarshal([]byte(p.Body), &post.Message); err != nil {
		return post, fmt.Errorf("read message of post %d: %w", p.ID, err)
	}
	return post, nil
}
