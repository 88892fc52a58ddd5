package playground

import (
	"context"

	"fifteen/bot"
)

// labels are the words of the page itself.
type labels struct {
	Title, Rooms, Direct, You, Bot, Menu               string
	Message, Send, Example, Begin, Suggestions, Older  string
	Only, Edited, New, Unread, Open, Choose, Go        string
	Thread, Inside, Close, Came, Panel, Unasked        string
	Clock, At, Turn, Theme, Submit, Cancel, Lost, Skip string
	Optional                                           string
}

// account is how the bot knows somebody.
func (b *Bot) account(id string) bot.Account { return bot.Account{Platform: b.config.Platform, ID: id} }

// locale is the language in which an account is spoken to.
func (b *Bot) locale(ctx context.Context, account string) string {
	member, err := b.config.Directory.Member(ctx, b.config.Workspace, b.account(account))
	if err != nil {
		return ""
	}
	return member.Locale
}

// labels puts the page into a language.
func (b *Bot) labels(locale string) labels {
	say := func(key string) string { return b.config.Words.Say(locale, key) }
	return labels{
		Title: say("playground.title"), Rooms: say("playground.rooms"), Direct: say("playground.direct"), You: say("playground.you"),
		Bot: say("playground.bot"), Menu: say("playground.menu"), Message: say("playground.message"), Send: say("playground.send"),
		Example: say("playground.example"), Begin: say("playground.begin"), Suggestions: say("playground.suggestions"),
		Older: say("playground.older"), Only: say("playground.only"), Edited: say("playground.edited"), New: say("playground.new"),
		Unread: say("playground.unread"), Open: say("playground.open"), Choose: say("playground.choose"), Go: say("playground.go"),
		Thread: say("playground.thread"), Inside: say("playground.inside"), Close: say("playground.close"), Came: say("playground.came"), Clock: say("playground.clock"), At: say("playground.at"),
		Turn: say("playground.turn"), Theme: say("playground.theme"), Submit: say("playground.submit"), Cancel: say("playground.cancel"),
		Lost: say("playground.away"), Skip: say("playground.skip"), Panel: say("playground.panel"),
		Unasked: say("playground.unasked"), Optional: say("playground.optional"),
	}
}
