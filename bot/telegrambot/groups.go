package telegrambot

import (
	"context"
	"strconv"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"fifteen/bot"
)

// isNews takes in what a message tells without anyone having said a line, and
// tells whether it did.
func (b *Bot) isNews(ctx context.Context, m *inbound) bool {
	switch {
	case m == nil || m.Chat == nil:
		return true
	case m.MigrateToChatID != 0:
		_ = b.moved(ctx, m.Chat.ID, m.MigrateToChatID) // it is logged
		return true
	case m.MigrateFromChatID != 0:
		_ = b.moved(ctx, m.MigrateFromChatID, m.Chat.ID)
		return true
	case m.LeftChatMember != nil:
		b.left(ctx, *m)
		return true
	case len(m.NewChatMembers) > 0 || m.GroupChatCreated || m.SuperGroupChatCreated || m.PinnedMessage != nil ||
		m.NewChatTitle != "" || m.DeleteChatPhoto || len(m.NewChatPhoto) > 0:
		return true
	}
	return false
}

// moved takes in that a group has become a supergroup.
// Source: https://core.telegram.org/bots/api#responseparameters.
func (b *Bot) moved(ctx context.Context, from, to int64) error {
	err := b.config.Whereabouts.Moved(ctx, Platform, strconv.FormatInt(from, 10), strconv.FormatInt(to, 10))
	if err != nil {
		b.config.Log.ErrorContext(ctx, "a group's new id could not be stored", "platform", Platform, "err", err)
	}
	return err
}

// left takes in that somebody is not in a group any more. That the bot is not it
// hears twice.
func (b *Bot) left(ctx context.Context, m inbound) {
	if m.LeftChatMember.ID == b.id {
		return
	}
	if err := b.config.Whereabouts.Left(ctx, m.place().chat(), account(m.LeftChatMember.ID)); err != nil {
		b.config.Log.ErrorContext(ctx, "that somebody left could not be stored", "platform", Platform, "err", err)
	}
}

// joined takes in where the bot was let in, removed from, or blocked.
// Source: https://core.telegram.org/bots/api#chatmemberupdated.
func (b *Bot) joined(ctx context.Context, u tgbotapi.ChatMemberUpdated) {
	if u.NewChatMember.User == nil || u.NewChatMember.User.ID != b.id {
		return
	}
	there := in(u.NewChatMember)
	var err error
	switch {
	case u.Chat.IsPrivate():
		err = b.config.Whereabouts.Reachable(ctx, account(u.From.ID), there)
	case u.Chat.Type == "channel":
	case !there:
		err = b.config.Whereabouts.Removed(ctx, bot.Chat{Platform: Platform, ID: strconv.FormatInt(u.Chat.ID, 10)})
	case !in(u.OldChatMember):
		b.greet(ctx, u)
	}
	if err != nil {
		b.config.Log.ErrorContext(ctx, "where the bot is could not be stored", "platform", Platform, "err", err)
	}
}

// in tells whether somebody of that status is in a chat.
func in(m tgbotapi.ChatMember) bool {
	return m.Status != "left" && m.Status != "kicked" && m.Status != ""
}

// greet says in a group what the bot hears there, and what it needs.
func (b *Bot) greet(ctx context.Context, u tgbotapi.ChatMemberUpdated) {
	s := said{from: u.From, place: place{Chat: u.Chat.ID, Title: u.Chat.Title}, heard: b.config.Now()}
	link, err := b.config.Links.Chat(ctx, s.place.chat())
	if err != nil {
		b.config.Log.ErrorContext(ctx, "a group could not be looked up", "platform", Platform, "err", err)
		return
	}
	text := []string{b.word(s, "telegram.outside")}
	if link.Workspace != 0 {
		text[0] = b.word(s, "telegram.again")
	}
	if me := b.self.Load(); me != nil && !me.HearsAll {
		text = append(text, b.word(s, "telegram.privacy"))
	}
	b.answer(ctx, s, b.request(s, 0), bot.Reply{Message: bot.Message{Text: text}})
}

// word says a sentence that names the bot.
func (b *Bot) word(s said, key string) string {
	return b.config.Words.Say(s.from.LanguageCode, key, "bot", b.username())
}
