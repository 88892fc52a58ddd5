package commands

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"fifteen/bot"
	"fifteen/storage"
)

// Outbox holds what is to be sent; it is bot.Outbox.
type Outbox struct {
	Store *storage.Store
	Clock func() time.Time
}

// retryAfter and longestRetry bound how long a post waits after failures,
// unless its platform asks for more.
const (
	retryAfter   = 5 * time.Second
	longestRetry = time.Hour
)

// Due implements bot.Outbox.
func (o Outbox) Due(ctx context.Context, platforms []string, limit int) ([]bot.Post, error) {
	stored, err := o.Store.ClaimPosts(ctx, platforms, o.Clock(), limit)
	if err != nil {
		return nil, err
	}
	posts := make([]bot.Post, 0, len(stored))
	for _, row := range stored {
		post, err := postFrom(row)
		if err != nil { // one that cannot be read must not hold up the others
			if err := o.Store.PutOff(ctx, row.ID, o.Clock().Add(longestRetry)); err != nil {
				return nil, err
			}
			continue
		}
		posts = append(posts, post)
	}
	return posts, nil
}

// Sent implements bot.Outbox.
func (o Outbox) Sent(ctx context.Context, ids ...int64) error { return o.Store.MarkSent(ctx, ids...) }

// Failed implements bot.Outbox: the wait doubles with every attempt.
func (o Outbox) Failed(ctx context.Context, post bot.Post, cause error) error {
	wait := min(retryAfter<<min(post.Attempts, 10), longestRetry)
	if asked, ok := errors.AsType[*bot.WaitError](cause); ok {
		wait = max(wait, asked.For)
	}
	if err := o.Store.PutOff(ctx, post.ID, o.Clock().Add(wait)); err != nil {
		return fmt.Errorf("put off post %d: %w", post.ID, err)
	}
	return nil
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
		Private: p.Chat.Private, Body: string(body),
	}, nil
}

// postFrom reads a post as storage kept it.
func postFrom(p storage.Post) (bot.Post, error) {
	post := bot.Post{
		ID: p.ID, Workspace: p.Workspace, Member: p.Member, Name: p.Name, Account: p.Account, Attempts: p.Attempts,
		Chat: bot.Chat{Platform: p.Platform, ID: p.Chat, Thread: p.Thread, Private: p.Private},
	}
	if err := json.Unmarshal([]byte(p.Body), &post.Message); err != nil {
		return bot.Post{}, fmt.Errorf("read message of post %d: %w", p.ID, err)
	}
	return post, nil
}
