package bot

import (
	"context"
	"errors"
	"fmt"
)

// sweepSize is how many posts the first look into the outbox takes.
const sweepSize = 100

// Sweep sends everything in the outbox that is due, through the sender of each
// post's platform. A post that fails is put off and does not hold up the
// others. Posts of platforms that no sender is named for are left alone.
func Sweep(ctx context.Context, outbox Outbox, senders map[string]Sender) error {
	for size := sweepSize; ; {
		due, err := outbox.Due(ctx, size)
		if err != nil {
			return fmt.Errorf("sweep outbox: %w", err)
		}
		sent := 0
		for _, post := range due {
			ok, err := send(ctx, outbox, senders[post.Chat.Platform], post)
			if err != nil {
				return err
			}
			if ok {
				sent++
			}
		}
		if len(due) < size {
			return nil
		}
		if sent == 0 { // look behind those that nobody here can send
			size *= 2
		}
	}
}

// send delivers one post and records the outcome; it tells whether the post has
// left the list of those that are due.
func send(ctx context.Context, outbox Outbox, sender Sender, post Post) (bool, error) {
	if sender == nil {
		return false, nil
	}
	err := sender.Send(ctx, post)
	if ctx.Err() != nil && err != nil {
		return false, fmt.Errorf("sweep outbox: %w", errors.Join(ctx.Err(), err))
	}
	if err != nil {
		if err := outbox.Failed(ctx, post, err); err != nil {
			return false, fmt.Errorf("put off post %d: %w", post.ID, err)
		}
		return true, nil
	}
	if err := outbox.Sent(ctx, post.ID); err != nil {
		return false, fmt.Errorf("mark post %d as sent: %w", post.ID, err)
	}
	return true, nil
}
