package telegrambot

import (
	"context"
	"errors"
	"strconv"

	"fifteen/bot"
)

// turn does what a button of this package's own says: shows other buttons, or more
// of a message, or answers a question with one of its choices.
func (b *Bot) turn(ctx context.Context, s said, req bot.Request) {
	msg, err := b.config.Shelf.Kept(ctx, req.Workspace, req.Chat, s.press.kept)
	if errors.Is(err, bot.ErrForgotten) {
		b.say(ctx, s, "telegram.stale")
		return
	}
	if err != nil {
		b.config.Log.ErrorContext(ctx, "a message could not be found", "platform", Platform, "err", err)
		b.say(ctx, s, "telegram.unknown")
		return
	}
	d, err := deliveryOf(bot.Post{Workspace: req.Workspace, Account: req.Account.ID, Chat: req.Chat, Message: msg})
	if err != nil {
		b.config.Log.ErrorContext(ctx, "a message has nowhere to go", "platform", Platform, "err", err)
		return
	}
	d.to.Message = s.place.Message
	p := b.painter(ctx, d.post)
	p.kept = s.press.kept
	switch s.press.what {
	case page:
		b.later(s, func(ctx context.Context) error { return b.showPage(ctx, d.to, p, msg, *s.press) })
	case more:
		b.later(s, func(ctx context.Context) error { return b.showMore(ctx, &d, p, msg, *s.press) })
	case pick:
		b.pick(ctx, s, req, msg)
	}
}

// later makes calls that nobody has to store: whoever pressed presses again.
func (b *Bot) later(s said, do func(context.Context) error) {
	err := b.resting.Do("chat/"+s.place.chat().ID, func() {
		if err := do(b.life); err != nil {
			b.config.Log.WarnContext(b.life, "more of a message could not be shown", "platform", Platform, "err", err)
		}
	})
	if err != nil {
		b.config.Log.Warn("more of a message was not shown", "platform", Platform, "err", err)
	}
}

// showPage shows another page of a message's buttons in its place.
func (b *Bot) showPage(ctx context.Context, to place, p painter, msg bot.Message, does press) error {
	boards := p.boards(msg, does.a)
	if does.b >= len(boards) {
		return nil
	}
	params := map[string]string{"chat_id": strconv.FormatInt(to.Chat, 10), "message_id": strconv.Itoa(to.Message)}
	if err := put(params, "reply_markup", boards[does.b], true); err != nil {
		return err
	}
	if err := b.pace.Wait(ctx, to.chat().ID, b.config.Now, patience); err != nil {
		return err
	}
	err := b.ask(ctx, "editMessageReplyMarkup", params, nil)
	if unchanged(err) {
		return nil
	}
	return b.blocked(err, to)
}

// showMore sends the texts of a message that wait behind a button, which goes.
func (b *Bot) showMore(ctx context.Context, d *delivery, p painter, msg bot.Message, does press) error {
	d.patience = sendRoom // texts of one answer, which wait for one another
	for _, c := range p.onward(msg, does.a, does.b) {
		if err := b.sendOne(ctx, d, c, p); err != nil {
			return err
		}
	}
	params := map[string]string{"chat_id": strconv.FormatInt(d.to.Chat, 10), "message_id": strconv.Itoa(d.to.Message)}
	if err := b.ask(ctx, "editMessageReplyMarkup", params, nil); err != nil && !unchanged(err) {
		return err
	}
	return nil
}

// pick answers a question with one of its choices.
func (b *Bot) pick(ctx context.Context, s said, req bot.Request, msg bot.Message) {
	if !asks(msg) || s.press.b >= len(msg.Form.Fields[0].Options) {
		b.say(ctx, s, "telegram.stale")
		return
	}
	field := msg.Form.Fields[0]
	req.Line, req.Way = msg.Form.Line, bot.Submitted
	req.Values = map[string]string{field.Name: field.Options[s.press.b].Value}
	b.run(ctx, s, req)
}

// boards are the pages of buttons below a message or a detail, counted from 1.
func (p painter) boards(msg bot.Message, section int) []keyboard {
	switch {
	case section > len(msg.Details):
		return nil
	case section > 0:
		msg = msg.Details[section-1]
	}
	return p.below(msg, section)
}
