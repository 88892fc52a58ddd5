package telegrambot

import (
	"context"
	"errors"
	"time"

	"fifteen/bot"
)

// answer has a reply travel to where it belongs: beside what was said, or to the
// person alone.
func (b *Bot) answer(ctx context.Context, s said, req bot.Request, reply bot.Reply) {
	for _, post := range reply.Posts {
		if post.Chat.Platform == Platform {
			b.forward(ctx, post)
		}
	}
	if reply.Repeated { // it was sent before, or the sweep sends it
		return
	}
	post := bot.Post{
		ID: reply.Stored, Workspace: req.Workspace, Account: req.Account.ID, Chat: req.To(reply.Message), Message: reply.Message,
	}
	if member, err := b.config.Directory.Member(ctx, req.Workspace, req.Account); err == nil {
		post.Member, post.Name = member.ID, member.Name
	}
	d, err := deliveryOf(post)
	if err != nil {
		b.config.Log.ErrorContext(ctx, "an answer has nowhere to go", "platform", Platform, "err", err)
		return
	}
	d.edit = post.Message.Redraw && s.way == bot.Pressed
	here := post.Chat == req.Chat
	if here {
		d.to.Message = s.place.Message
		d.answers = !s.place.Private && s.way != bot.Pressed
	}
	b.queue(ctx, post, d, s.heard, func(ctx context.Context, sent error) {
		if !here {
			b.pointOut(ctx, s, post.Name, sent)
		}
	})
}

// queue sends a post in its chat's turn, and says what became of it.
func (b *Bot) queue(ctx context.Context, post bot.Post, d delivery, heard time.Time, then func(context.Context, error)) {
	d.patience = patience
	if post.Workspace == 0 { // a sentence of the adapter's; strangers hold up nobody
		d.own, d.patience = true, strangerPatience
	}
	b.courier.Send(ctx, post, heard, func(ctx context.Context, latest time.Time) error {
		d.latest = latest
		err := b.send(ctx, &d, b.painter(ctx, post))
		if then != nil {
			then(ctx, err)
		}
		return err
	})
}

// forward sends a post to somebody else.
func (b *Bot) forward(ctx context.Context, post bot.Post) {
	d, err := deliveryOf(post)
	if err != nil {
		b.config.Log.ErrorContext(ctx, "a post has nowhere to go", "platform", Platform, "err", err)
		return
	}
	b.queue(ctx, post, d, b.config.Now(), nil)
}

// pointOut says in a group where an answer is that went to a person alone, or
// that the person has to let the bot in first.
func (b *Bot) pointOut(ctx context.Context, s said, name string, sent error) {
	key, url := "telegram.aside", b.URL()
	if _, gone := errors.AsType[*bot.GoneError](sent); gone {
		key, url = "telegram.press", url+"?start=hello"
	} else if sent != nil {
		return
	}
	text := b.config.Words.Say(s.from.LanguageCode, key, "who", name, "url", url)
	d := delivery{
		post: bot.Post{Chat: s.place.chat(), Message: bot.Message{Text: []string{text}}}, to: s.place, answers: true, patience: patience,
	}
	if err := b.send(ctx, &d, painter{words: b.config.Words, locale: s.from.LanguageCode}); err != nil {
		b.config.Log.InfoContext(ctx, "it could not be said where an answer is", "platform", Platform, "err", err)
	}
}

// painter draws in the language of a member, and for everybody in the usual one.
func (b *Bot) painter(ctx context.Context, post bot.Post) painter {
	p := painter{words: b.config.Words, kept: post.ID}
	if post.Account == "" || !post.Chat.Private {
		return p
	}
	if member, err := b.config.Directory.Member(ctx, post.Workspace, bot.Account{Platform: Platform, ID: post.Account}); err == nil {
		p.locale = member.Locale
	}
	return p
}
