package commands

import (
	"context"
	"errors"

	"fifteen/bot"
	"fifteen/storage"
)

// Keep implements bot.Shelf: the outbox holds what was sent, too.
func (o Outbox) Keep(ctx context.Context, post bot.Post) (id int64, err error) {
	row, err := postOf(post)
	if err != nil {
		return 0, err
	}
	row.CreatedAt = o.Clock()
	err = o.Store.Write(ctx, post.Workspace, func(tx *storage.Tx) error {
		id, err = tx.KeepSent(ctx, row)
		return err
	})
	return id, err
}

// Kept implements bot.Shelf.
func (o Outbox) Kept(ctx context.Context, workspace int64, chat bot.Chat, number int64) (bot.Message, error) {
	return o.find(ctx, workspace, func(tx *storage.Tx) (storage.Post, error) {
		return tx.PostIn(ctx, number, chat.Platform, chat.ID)
	})
}

// Show implements bot.Shelf.
func (o Outbox) Show(ctx context.Context, number int64, id string) error {
	return o.Store.ShowPost(ctx, number, id)
}

// Shown implements bot.Shelf.
func (o Outbox) Shown(ctx context.Context, workspace int64, chat bot.Chat, id string) (bot.Message, error) {
	return o.find(ctx, workspace, func(tx *storage.Tx) (storage.Post, error) {
		return tx.PostShown(ctx, chat.Platform, chat.ID, id)
	})
}

func (o Outbox) find(ctx context.Context, workspace int64, read func(*storage.Tx) (storage.Post, error)) (msg bot.Message, err error) {
	err = o.Store.Read(ctx, workspace, func(tx *storage.Tx) error {
		row, err := read(tx)
		if err != nil {
			return err
		}
		post, err := postFrom(row)
		msg = post.Message
		return err
	})
	if errors.Is(err, storage.ErrNotFound) {
		err = bot.ErrForgotten
	}
	return msg, err
}
