package telegrambot

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"fifteen/bot"
	"fifteen/bot/draw"
)

// A delivery is a post on its way to a place.
type delivery struct {
	post bot.Post
	to   place
	// edit says that it takes the place of the message whose button was pressed,
	// answers that it is a reply to the message that was typed.
	edit, answers bool
	// own says that nothing in it is of people's, so that commands can be tapped.
	own bool
	// latest is when a call may begin at the latest, zero for any time: one that
	// has to be cut may have arrived all the same.
	latest time.Time
	// patience is how long a call waits for its chat's turn.
	patience time.Duration
	// head is the message that details belong below, 0 for none.
	head int
}

// deliveryOf is a stored post as it is sent.
func deliveryOf(post bot.Post) (delivery, error) {
	to, err := placeOf(post.Chat)
	if err != nil {
		return delivery{}, err
	}
	d := delivery{post: post, to: to}
	d.head, _ = strconv.Atoi(post.Below) // nothing for one of which nothing has gone out
	return d, nil
}

// send sends what has not been sent of a post, in as many calls as it needs. When
// its group turns out to have another id, it goes there.
func (b *Bot) send(ctx context.Context, d *delivery, p painter) error {
	err := b.sendAll(ctx, d, p)
	if moved, ok := errors.AsType[*migratedError](err); ok {
		from := d.to.Chat
		if err := b.moved(ctx, from, moved.to); err != nil {
			return err
		}
		d.to.Chat, d.to.Message = moved.to, 0
		err = b.sendAll(ctx, d, p)
	}
	return err
}

// sendAll draws a post and makes the calls that are left to be made.
func (b *Bot) sendAll(ctx context.Context, d *delivery, p painter) error {
	calls, err := b.drawn(ctx, d, &p)
	if err != nil {
		return err
	}
	for i, c := range calls {
		if i < d.post.Parts {
			continue
		}
		if d.own {
			c.text.text = tappable(c.text.text)
		}
		if err := b.sendOne(ctx, d, c, p); err != nil {
			err = undone(err, d.post.Chat)
			if i > 0 {
				err = &bot.PartError{Sent: i, Below: strconv.Itoa(d.head), Err: err}
			}
			return err
		}
		d.post.Parts = i + 1
		d.edit = false // only the first one takes the old one's place
		d.patience = patience
	}
	return nil
}

// drawn draws a post. One that is stored nowhere and has buttons that need it is
// kept first.
func (b *Bot) drawn(ctx context.Context, d *delivery, p *painter) ([]call, error) {
	calls := p.draw(d.post.Message)
	if p.kept != 0 || d.post.Workspace == 0 || !needsKeeping(calls) {
		return calls, nil
	}
	kept, err := b.config.Shelf.Keep(ctx, d.post)
	if err != nil {
		return nil, fmt.Errorf("keep message: %w", err)
	}
	p.kept = kept
	return p.draw(d.post.Message), nil
}

// needsKeeping tells whether a button can only be understood with the message
// that it stands below, or a reply with the question.
func needsKeeping(calls []call) bool {
	for _, c := range calls {
		if c.reply != nil {
			return true
		}
		for _, board := range c.pages {
			for _, row := range board.Rows {
				for _, k := range row {
					if _, own := pressed(k.Data); own {
						return true
					}
				}
			}
		}
	}
	return false
}

// sendOne makes one call, when its chat's turn has come.
func (b *Bot) sendOne(ctx context.Context, d *delivery, c call, p painter) error {
	params, err := c.params(0)
	if err != nil {
		return err
	}
	to := d.to
	if c.private && !to.Private { // nobody else may see it
		user, err := strconv.ParseInt(d.post.Account, 10, 64)
		if err != nil {
			return nil // it is for nobody who could be reached alone
		}
		to = place{Chat: user, Private: true}
	}
	if err := b.waitTurn(ctx, d, to); err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(ctx, sendTimeout)
	defer stop()
	if d.edit && c.edit && to.Message != 0 {
		err := b.edit(ctx, to, params)
		if !unchangeable(err) {
			return b.blocked(err, to)
		}
	}
	id, err := b.post(ctx, d, c, to, params)
	if to.Chat != d.to.Chat && absent(err) { // the group is well
		b.config.Log.InfoContext(ctx, "what only one person may see could not be sent", "platform", Platform, "err", err)
		return nil
	}
	if err != nil {
		return b.blocked(err, to)
	}
	if d.head == 0 && to.Chat == d.to.Chat && !to.Private {
		d.head = id
	}
	if asks(d.post.Message) && c.section == 0 {
		b.show(ctx, p.kept, id)
	}
	return nil
}

// waitTurn waits for a chat's turn.
func (b *Bot) waitTurn(ctx context.Context, d *delivery, to place) error {
	if err := b.pace.Wait(ctx, to.chat().ID, b.config.Now, d.patience); err != nil {
		return err
	}
	if !d.latest.IsZero() && b.config.Now().After(d.latest) {
		return &bot.WaitError{For: time.Second, Err: errLate}
	}
	return nil
}

// errLate says that the sweep may send a post by now.
var errLate = errors.New("the sweep sends it")

// blocked leaves a chat alone for as long as Telegram asks.
func (b *Bot) blocked(err error, to place) error {
	if wait, ok := errors.AsType[*bot.WaitError](err); ok {
		b.pace.Block(to.chat().ID, b.config.Now().Add(wait.For))
	}
	return err
}

// edit changes the message whose button was pressed.
func (b *Bot) edit(ctx context.Context, to place, params map[string]string) error {
	params["chat_id"], params["message_id"] = strconv.FormatInt(to.Chat, 10), strconv.Itoa(to.Message)
	err := b.failure(b.api.call(ctx, "editMessageText", params, nil))
	delete(params, "message_id")
	if unchanged(err) {
		return nil
	}
	return err
}

// post sends a new message and returns what Telegram calls it.
func (b *Bot) post(ctx context.Context, d *delivery, c call, to place, params map[string]string) (int, error) {
	params["chat_id"] = strconv.FormatInt(to.Chat, 10)
	if to.Topic != 0 {
		params["message_thread_id"] = strconv.Itoa(to.Topic)
	}
	if below := d.below(c, to); below != 0 {
		params["reply_parameters"] = fmt.Sprintf(`{"message_id":%d,"allow_sending_without_reply":true}`, below)
	}
	var sent struct {
		ID int `json:"message_id"`
	}
	if c.chart == nil {
		err := b.failure(b.api.call(ctx, c.method, params, &sent))
		return sent.ID, err
	}
	picture, err := draw.PNG(*c.chart)
	if err != nil {
		return 0, fmt.Errorf("draw picture: %w", err)
	}
	err = b.failure(b.api.upload(ctx, c.method, params, "photo", picture, &sent))
	return sent.ID, err
}

// below is the message to which a call replies, 0 for none: in a group what was
// typed, and for details the headline.
func (d *delivery) below(c call, to place) int {
	switch {
	case to.Private || to.Chat != d.to.Chat:
		return 0
	case c.section > 0:
		return d.head
	case d.answers && d.head == 0:
		return d.to.Message
	}
	return 0
}

// show notes which message asks a question, so that a reply to it is its answer.
// Without it the newest question of the chat is answered.
func (b *Bot) show(ctx context.Context, kept int64, id int) {
	if kept == 0 {
		return
	}
	if err := b.config.Shelf.Show(ctx, kept, strconv.Itoa(id)); err != nil {
		b.config.Log.WarnContext(ctx, "it could not be noted which message asks", "platform", Platform, "err", err)
	}
}

// Send implements bot.Sender for what the sweep sends. It does not wait for the
// chat's turn, so that others are not held up, and ends well before somebody else
// is given the post.
func (b *Bot) Send(ctx context.Context, post bot.Post) error {
	d, err := deliveryOf(post)
	if err != nil {
		return err
	}
	d.latest = b.config.Now().Add(sendRoom)
	return b.send(ctx, &d, b.painter(ctx, post))
}
