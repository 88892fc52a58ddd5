package main

import (
	"context"

	"fifteen/bot/playground"
	"fifteen/storage"
)

// mostRecalled is how many messages the page shows again after a restart.
const mostRecalled = 20_000

// transcript keeps what is said on the page in the workspace's database.
type transcript struct {
	store     *storage.Store
	workspace int64
}

// Keep implements playground.Transcript.
func (t transcript) Keep(ctx context.Context, messages ...playground.Said) error {
	return t.store.Write(ctx, t.workspace, func(tx *storage.Tx) error {
		for _, m := range messages {
			if err := tx.KeepPageMessage(ctx, storage.PageMessage{Number: m.Number, Room: m.Room, Body: string(m.Body)}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Kept implements playground.Transcript. What is older is deleted.
func (t transcript) Kept(ctx context.Context) (messages []playground.Said, err error) {
	err = t.store.Write(ctx, t.workspace, func(tx *storage.Tx) error {
		found, err := tx.PageMessages(ctx, mostRecalled)
		if err != nil || len(found) == 0 {
			return err
		}
		messages = make([]playground.Said, len(found))
		for i, m := range found {
			messages[i] = playground.Said{Number: m.Number, Room: m.Room, Body: []byte(m.Body)}
		}
		return tx.PrunePageMessages(ctx, found[0].Number-1)
	})
	return messages, err
}
