package telegrambot

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"fifteen/bot"
)

// hear has answered what somebody said. A button comes to rest first.
func (b *Bot) hear(ctx context.Context, s said) {
	if s.query != "" {
		b.rest(ctx, s.query)
	}
	link, err := b.belongs(ctx, s)
	unknown := errors.Is(err, errOutside) || errors.Is(err, bot.ErrStranger)
	switch {
	case unknown && s.passing():
	case errors.Is(err, errOutside):
		b.outside(ctx, s)
	case errors.Is(err, bot.ErrStranger) && s.place.Private:
		b.stranger(ctx, s)
	case errors.Is(err, bot.ErrStranger):
		b.visitor(ctx, s, link.Workspace)
	case err != nil:
		b.config.Log.ErrorContext(ctx, "it could not be found out who speaks", "platform", Platform, "err", err)
		b.say(ctx, s, "telegram.unknown")
	default:
		b.member(ctx, s, link)
	}
}

// errOutside says that something was said in a chat that is linked to no
// workspace.
var errOutside = errors.New("the chat is not linked")

// belongs finds the workspace for which something was said, and says with
// bot.ErrStranger that whoever said it is none of its members.
func (b *Bot) belongs(ctx context.Context, s said) (bot.Link, error) {
	if s.place.Private {
		return b.config.Links.Home(ctx, account(s.from.ID))
	}
	link, err := b.config.Links.Chat(ctx, s.place.chat().Whole())
	if err == nil && link.Workspace == 0 {
		err = errOutside
	}
	if err == nil {
		_, err = b.config.Directory.Member(ctx, link.Workspace, account(s.from.ID))
	}
	return link, err
}

// member has a member's line answered.
func (b *Bot) member(ctx context.Context, s said, link bot.Link) {
	req := b.request(s, link.Workspace)
	switch {
	case s.nameless:
		b.say(ctx, s, "telegram.nameless")
	case s.wordless:
		b.say(ctx, s, "telegram.wordless")
	case s.way == bot.Pressed && (s.shown.IsZero() || s.shown.Before(link.Since.Truncate(time.Second))):
		b.say(ctx, s, "telegram.stale")
	case s.press != nil:
		b.turn(ctx, s, req)
	case s.answers != 0 && !s.command:
		b.reply(ctx, s, req)
	case s.foreign:
		b.say(ctx, s, "telegram.forwarded")
	default:
		b.run(ctx, s, req)
	}
}

// run has a request answered.
func (b *Bot) run(ctx context.Context, s said, req bot.Request) {
	b.answer(ctx, s, req, b.config.Router.Serve(ctx, req))
}

// request is what was said as the bot's house knows it.
func (b *Bot) request(s said, workspace int64) bot.Request {
	req := bot.Request{
		Workspace: workspace, Account: account(s.from.ID), Line: s.line, Way: s.way, Command: s.command, OneByOne: true,
		Chat: s.place.chat(), EventID: s.key, At: s.when(), Arrived: s.heard, Chats: chats{bot: b, workspace: workspace, here: s.place},
	}
	if !s.place.Private {
		req.Aside = aside(s.from.ID)
	}
	return req
}

// aside is the chat of one person and the bot.
func aside(user int64) bot.Chat {
	return bot.Chat{Platform: Platform, ID: strconv.FormatInt(user, 10), Private: true}
}

// reply takes words for the answer to the question that they reply to. A reply to
// something else is a line in a private chat, and in a group only where it says
// so.
func (b *Bot) reply(ctx context.Context, s said, req bot.Request) {
	msg, err := b.config.Shelf.Shown(ctx, req.Workspace, req.Chat, strconv.Itoa(s.answers))
	switch {
	case err == nil && asks(msg):
		req.Line, req.Way = msg.Form.Line, bot.Submitted
		req.Values = map[string]string{msg.Form.Fields[0].Name: s.line}
		b.run(ctx, s, req)
	case err != nil && !errors.Is(err, bot.ErrForgotten):
		b.config.Log.ErrorContext(ctx, "a question could not be found", "platform", Platform, "err", err)
		b.say(ctx, s, "telegram.unknown")
	case s.place.Private && s.foreign:
		b.say(ctx, s, "telegram.forwarded")
	case s.place.Private || s.mentions:
		b.run(ctx, s, req)
	}
}

// outside answers in a chat that is linked to no workspace: the only line there is
// the one that links it.
func (b *Bot) outside(ctx context.Context, s said) {
	link, err := b.config.Links.Home(ctx, account(s.from.ID))
	if err != nil && !errors.Is(err, bot.ErrStranger) {
		b.config.Log.ErrorContext(ctx, "it could not be found out who speaks", "platform", Platform, "err", err)
	}
	word, _, _ := strings.Cut(strings.ToLower(s.line), " ")
	if err != nil || word != linkWord || s.way != bot.Typed || s.nameless {
		b.say(ctx, s, "telegram.outside", "bot", b.username())
		return
	}
	req := b.request(s, link.Workspace)
	req.Unlinked = true
	b.run(ctx, s, req)
}

// linkWord begins the line that links chats and accounts.
const linkWord = "link"

// stranger answers somebody unknown: with a code they come in, and with anything
// else they hear how to get one.
func (b *Bot) stranger(ctx context.Context, s said) {
	knock := b.knock(s)
	if s.way == bot.Typed && !s.foreign {
		knock.Code = codeIn(s.line)
	}
	if knock.Code == "" {
		b.say(ctx, s, "telegram.stranger")
		return
	}
	reply, err := b.config.Links.Redeem(ctx, knock)
	switch {
	case errors.Is(err, bot.ErrStranger):
		b.say(ctx, s, "telegram.stranger")
	case err != nil:
		b.config.Log.ErrorContext(ctx, "a code could not be taken", "platform", Platform, "err", err)
		b.say(ctx, s, "telegram.unknown")
	default:
		link, err := b.config.Links.Home(ctx, account(s.from.ID))
		if err != nil {
			b.config.Log.ErrorContext(ctx, "a new member could not be found", "platform", Platform, "err", err)
			return
		}
		b.answer(ctx, s, b.request(s, link.Workspace), reply)
	}
}

// codeIn is what a line gives as a code: behind "link" or "start", or by itself.
func codeIn(line string) string {
	words := strings.Fields(line)
	if len(words) > 1 {
		switch strings.ToLower(words[0]) {
		case linkWord, startWord:
			words = words[1:]
		}
	}
	return strings.Join(words, "")
}

// visitor answers somebody unknown in a group that is linked.
func (b *Bot) visitor(ctx context.Context, s said, workspace int64) {
	if s.nameless {
		b.say(ctx, s, "telegram.nameless")
		return
	}
	reply, err := b.config.Links.Visit(ctx, workspace, b.knock(s))
	if err != nil {
		b.config.Log.ErrorContext(ctx, "a visitor could not be noted", "platform", Platform, "err", err)
		b.say(ctx, s, "telegram.unknown")
		return
	}
	b.answer(ctx, s, b.request(s, workspace), reply)
}

func (b *Bot) knock(s said) bot.Knock {
	return bot.Knock{
		Person: person(s.from), Chat: s.place.chat(), Title: s.place.Title, EventID: s.key, At: s.heard,
	}
}

// say answers with one sentence that is not stored.
func (b *Bot) say(ctx context.Context, s said, key string, args ...any) {
	text := b.config.Words.Say(s.from.LanguageCode, key, args...)
	b.answer(ctx, s, b.request(s, 0), bot.Reply{Message: bot.Message{Text: []string{text}}})
}

// rest has a button come to rest: until then it looks as if it were being pressed.
// Source: https://core.telegram.org/bots/api#answercallbackquery.
func (b *Bot) rest(ctx context.Context, query string) {
	rested := b.resting.Do(query, func() {
		err := b.ask(b.life, "answerCallbackQuery", map[string]string{"callback_query_id": query}, nil)
		if err != nil { // it was pressed too long ago
			b.config.Log.DebugContext(ctx, "a button could not be put to rest", "platform", Platform, "err", err)
		}
	})
	if rested != nil {
		b.config.Log.WarnContext(ctx, "a button was not put to rest", "platform", Platform, "err", rested)
	}
}
