package slackbot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"fifteen/bot"
)

// errOutsider says that a payload is of a team where the bot is not installed.
var errOutsider = errors.New("the payload is of another team")

// A receipt is an acknowledgement: it is given once, with an answer or without.
type receipt struct {
	once sync.Once
	done chan given
}

// given is an acknowledgement's body, and what is to be done when it has been
// written.
type given struct {
	body  any
	after func(error)
}

func newReceipt() *receipt { return &receipt{done: make(chan given, 1)} }

// give gives the acknowledgement; false says that it was too late.
func (a *receipt) give(body any, after func(error)) bool {
	first := false
	a.once.Do(func() {
		first = true
		a.done <- given{body: body, after: after}
	})
	return first
}

// receive answers one payload. after, if there is one, is to be called when the
// body was written, or could not be.
func (b *Bot) receive(ctx context.Context, kind string, raw []byte, again bool) (body any, after func(error), err error) {
	var h heardOf
	heard := b.config.Now().UTC()
	switch kind {
	case typeCommands:
		h, err = parseSlash(raw, heard)
	case typeInteractive:
		h, err = parseInteraction(raw, heard)
	case typeEvents:
		h, err = parseEvent(raw, b.self, heard)
	default:
		h.unknown = kind
	}
	if err != nil {
		return nil, nil, err
	}
	return b.take(ctx, h, again)
}

// take works on what was heard and waits for its acknowledgement.
func (b *Bot) take(ctx context.Context, h heardOf, again bool) (body any, after func(error), err error) {
	switch {
	case h.news != nil:
		b.learn(ctx, *h.news)
		return nil, nil, nil
	case h.said == nil:
		b.config.Log.DebugContext(ctx, "payload of no interest", "platform", Platform, "type", h.unknown)
		return nil, nil, nil
	case h.said.team != b.team:
		return nil, nil, errOutsider
	}
	s, a := *h.said, newReceipt()
	s.again, s.outside = again, b.abroad.note(s)
	if err := b.lines.Do(s.place.User, func() { b.work(b.life, s, a) }); err != nil {
		return nil, nil, fmt.Errorf("take line: %w", err)
	}
	budget := ackBudget
	if s.means == message {
		budget = eventBudget
	}
	timer := time.NewTimer(budget)
	defer timer.Stop()
	select {
	case g := <-a.done:
		return g.body, g.after, nil
	case <-timer.C:
	case <-ctx.Done():
	}
	if !a.give(nil, nil) { // it came just now
		g := <-a.done
		return g.body, g.after, nil
	}
	if s.means == message && ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	return nil, nil, nil
}

// work has a line answered. It runs in the lane of whoever said it.
func (b *Bot) work(ctx context.Context, s said, a *receipt) {
	defer a.give(nil, nil)
	if s.means != command && !b.seen.First(s.key, s.heard) {
		return
	}
	known, err := b.meet(ctx, s.place.User, s.home)
	refusal := known.refusal
	if err != nil {
		b.config.Log.WarnContext(ctx, "somebody could not be looked up", "platform", Platform, "err", err)
		refusal = "slack.unknown"
	}
	switch {
	case known.bot:
		return
	case refusal != "":
		if s.means != closed {
			msg := bot.Message{Text: []string{b.config.Words.Say("", refusal)}, Private: true}
			b.answer(ctx, s, b.request(ctx, s), bot.Reply{Message: msg}, a)
		}
		return
	}
	if s.means == looked {
		a.give(nil, nil)
		if s.place.Home {
			b.publish(ctx, s)
		} else {
			b.welcome(ctx, s)
		}
		return
	}
	b.complete(ctx, &s)
	req := b.request(ctx, s)
	if req.Line == "" && s.means == closed {
		return
	}
	reply := b.config.Router.Serve(ctx, req)
	if chats, ok := req.Chats.(*named); ok {
		reply.Message.Buttons = chats.marked(reply.Message.Buttons)
	}
	b.answer(ctx, s, req, reply, a)
	if s.place.Home && s.means != closed {
		b.publish(ctx, s)
	}
}

// request is what was said as the bot's house knows it.
func (b *Bot) request(ctx context.Context, s said) bot.Request {
	line, chats := s.line, b.newNamed(s)
	switch s.means {
	case command, message:
		if line = typed(ctx, line, namer{user: b.name, channel: chats.channel}); line == "" {
			line = "help"
		}
	case closed:
		line = leaving(line)
	case click, form:
		if strings.Contains(line, channelMark) {
			line = typed(ctx, line, namer{user: b.name, channel: chats.channel})
		}
	case looked:
	}
	return bot.Request{
		Workspace: b.workspace, Account: account(s.place.User), Line: line, Values: s.values, Way: s.way,
		Chat:    bot.Chat{Platform: Platform, ID: s.place.Channel, Thread: s.place.Thread, Private: s.place.Direct},
		EventID: s.key, At: s.when(), Arrived: s.heard, Chats: chats,
	}
}
