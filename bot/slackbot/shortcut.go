package slackbot

import (
	"context"
	"slices"
	"strings"

	"fifteen/bot"
)

// A Shortcut is a line in Slack's own menus: the one of the composer, or that of a
// message. Slack calls it by its line.
// Source: https://docs.slack.dev/interactivity/implementing-shortcuts.
type Shortcut struct {
	Line string
	// Name and About are the keys of what it is called and of what it does.
	Name, About string
	// Takes is the line's argument that a message's words become; "" for a line that
	// is about no message.
	Takes string
}

// The types of what is chosen from Slack's menus.
const (
	chosenAnywhere  = "shortcut"
	chosenOnMessage = "message_action"
)

// maxQuote is how many runes of a message are kept; its address leads to the rest.
const maxQuote = 1_000

// A quote is a message on which a shortcut was chosen.
type quote struct {
	user, text, address string
}

// chosen reads a shortcut. Wherever it was chosen, it is answered in the chat with
// the bot: what it says concerns one person, and the bot need not be there.
func (i interaction) chosen(s said) heardOf {
	s.means, s.way, s.line, s.at, s.shortcut = click, bot.Pressed, i.Callback, stamp(i.At), true
	s.place = place{Channel: i.User.ID, User: i.User.ID, Direct: true, Home: true}
	s.key = strings.Join([]string{"slack/shortcut", i.User.ID, i.At, i.Trigger}, "/")
	if i.Type == chosenOnMessage {
		s.quote = &quote{user: i.Message.User, text: i.Message.Text, address: i.address()}
	}
	return heardOf{said: &s}
}

// address is the web address of the message of an interaction, "" where Slack does
// not tell enough.
func (i interaction) address() string {
	if i.Team.Domain == "" || i.Channel.ID == "" || i.Message.TS == "" {
		return ""
	}
	address := "https://" + i.Team.Domain + ".slack.com/archives/" + i.Channel.ID + "/p" + strings.ReplaceAll(i.Message.TS, ".", "")
	if i.Message.Thread != "" && i.Message.Thread != i.Message.TS {
		address += "?thread_ts=" + i.Message.Thread + "&cid=" + i.Channel.ID
	}
	return address
}

// complete gives a shortcut's line the message that it was chosen on, and a form that
// it leads to its name.
func (b *Bot) complete(ctx context.Context, s *said) {
	at := slices.IndexFunc(b.config.Shortcuts, func(one Shortcut) bool { return one.Line == s.line })
	if !s.shortcut || at < 0 {
		return
	}
	one := b.config.Shortcuts[at]
	s.title = b.painter(ctx, s.place.User).say(one.Name)
	if s.quote == nil || one.Takes == "" {
		return
	}
	s.values = map[string]string{one.Takes: b.quoted(ctx, *s.quote, s.place.User)}
}

// quoted writes a message as somebody would who tells what was said: who, where it
// stands, and the words, which are last because they are what is cut short where there
// is little room.
func (b *Bot) quoted(ctx context.Context, q quote, reader string) string {
	chats := b.newNamed(said{})
	text := shorten(typed(ctx, q.text, namer{user: b.called, channel: chats.channel}), maxQuote)
	if text == "" {
		text = b.painter(ctx, reader).say("slack.wordless")
	}
	from := slices.DeleteFunc([]string{b.called(ctx, q.user), q.address}, func(part string) bool { return part == "" })
	if len(from) == 0 {
		return text
	}
	return strings.Join(from, ", ") + ": " + text
}

// called is what somebody is called, member or not; "" where nobody says.
func (b *Bot) called(ctx context.Context, user string) string {
	if user == "" {
		return ""
	}
	if member, err := b.config.Directory.Member(ctx, b.workspace, account(user)); err == nil {
		return member.Name
	}
	p, err := b.look(ctx, user)
	if err != nil {
		return ""
	}
	return p.person().Name
}
