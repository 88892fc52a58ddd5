package bot

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// sweepSize is how many posts one look into the outbox takes: no more than can be
// sent, at a platform's pace, before somebody else is given them.
const sweepSize = 20

// Sweep sends everything in the outbox that is due, through the sender of each
// post's platform. A post that fails is put off and does not hold up the
// others. Posts of platforms that no sender is named for are left alone.
func Sweep(ctx context.Context, outbox Outbox, senders map[string]Sender) error {
	platforms := slices.Sorted(maps.Keys(senders))
	for {
		due, err := outbox.Due(ctx, platforms, sweepSize)
		if err != nil {
			return fmt.Errorf("sweep outbox: %w", err)
		}
		for _, post := range due {
			if err := send(ctx, outbox, senders[post.Chat.Platform], post); err != nil {
				return err
			}
		}
		if len(due) < sweepSize {
			return nil
		}
	}
}

// send delivers one post and records the outcome.
func send(ctx context.Context, outbox Outbox, sender Sender, post Post) error {
	err := sender.Send(ctx, post)
	if ctx.Err() != nil && err != nil {
		return fmt.Errorf("sweep outbox: %w", errors.Join(ctx.Err(), err))
	}
	if err != nil {
		if err := outbox.Failed(ctx, post, err); err != nil {
			return fmt.Errorf("put off post %d: %w", post.ID, err)
		}
		return nil
	}
	if err := outbox.Sent(ctx, post.ID); err != nil {
		return fmt.Errorf("mark post %d as sent: %w", post.ID, err)
	}
	return nil
}
