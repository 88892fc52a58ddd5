package slackbot

import (
	"context"
	"time"

	"fifteen/bot"
)

// deliver sends an answer when its channel's turn has come.
func (b *Bot) deliver(ctx context.Context, s said, req bot.Request, msg bot.Message, stored int64) {
	post := bot.Post{ID: stored, Workspace: b.workspace, Account: s.place.User, Chat: req.Chat, Message: msg}
	if member, err := b.config.Directory.Member(ctx, b.workspace, req.Account); err == nil {
		post.Member, post.Name = member.ID, member.Name
	}
	d := delivery{
		to: s.place, msg: msg, patience: patience, edit: msg.Redraw && s.way != bot.Typed,
		public: s.means == command && !msg.Private && !s.place.Direct,
	}
	b.queue(ctx, post, d, s.heard)
}

// forward sends a post to somebody else.
func (b *Bot) forward(ctx context.Context, post bot.Post) {
	if post.Account == "" && post.Chat.Private {
		post.Account = post.Chat.ID
	}
	b.queue(ctx, post, deliveryOf(post), b.config.Now())
}

// queue sends a post in its channel's lane.
func (b *Bot) queue(ctx context.Context, post bot.Post, d delivery, heard time.Time) {
	b.courier.Send(ctx, post, heard, func(ctx context.Context, latest time.Time) error {
		d.latest = latest
		return b.send(ctx, d, b.painter(ctx, post.Account))
	})
}

// deliveryOf is a stored post as it is sent.
func deliveryOf(post bot.Post) delivery {
	return delivery{
		msg: post.Message, sent: post.Parts, below: post.Below, patience: patience,
		to: place{Channel: post.Chat.ID, Thread: post.Chat.Thread, User: post.Account, Direct: post.Chat.Private},
	}
}

// elsewhere is how long a post of another workspace is left to whoever serves
// that.
const elsewhere = 10 * time.Minute

// Send implements bot.Sender for what the sweep sends. It does not wait for the
// channel's turn, so that others are not held up, and ends well before somebody
// else is given the post.
func (b *Bot) Send(ctx context.Context, post bot.Post) error {
	if post.Workspace != b.workspace {
		return &bot.WaitError{For: elsewhere, Err: bot.ErrElsewhere}
	}
	if err := b.quiet(ctx, post); err != nil {
		return err
	}
	d := deliveryOf(post)
	d.patience, d.latest = 0, b.config.Now().Add(sendRoom)
	d.msg.Private = d.msg.Private || b.abroad.in(post.Chat.ID)
	return b.send(ctx, d, b.painter(ctx, post.Account))
}
