package telegrambot

import (
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"fifteen/bot"
)

// said is one thing that somebody said to the bot.
type said struct {
	key   string
	from  tgbotapi.User
	place place
	line  string
	way   bot.Way
	// command says that the line began with a slash, mentions that it names the bot.
	command, mentions bool
	// answers is the message of the bot's that was replied to, 0 for none.
	answers int
	// press is a button of this package's own, nil for a line.
	press *press
	// query is what has to be answered for the button to come to rest, and shown
	// when the message that it stands below was sent, zero for unknown.
	query string
	shown time.Time
	// wordless says that there was something without words, foreign that somebody
	// else wrote them, nameless that the person speaks as the group.
	wordless, foreign, nameless bool
	at, heard                   time.Time
}

// lateness is how old an update must be to be taken for said when Telegram says
// it was: its clock and ours may differ by less.
const lateness = 10 * time.Second

// when is the time that a line counts as said.
func (s said) when() time.Time {
	if !s.at.IsZero() && s.heard.Sub(s.at) > lateness {
		return s.at
	}
	return s.heard
}

// passing tells whether words in a group may be for anybody there, though they
// reply to the bot: only a member's can be the answer to a question.
func (s said) passing() bool {
	return !s.place.Private && s.way == bot.Typed && !s.command && !s.mentions
}

// anonymous is the user that stands for administrators who do not show who they
// are. Source: https://core.telegram.org/bots/api#message.
const anonymous = 1087968824

// spoken returns what a message says to the bot, nil for one that is not for it:
// another bot's, or one in a group that neither is a command nor mentions or
// answers the bot.
func (b *Bot) spoken(u update, heard time.Time) *said {
	m := u.Message
	if m == nil || m.Chat == nil || m.From == nil || m.Chat.Type == "channel" {
		return nil
	}
	text, entities := m.written()
	s := &said{
		key: u.key(), from: *m.From, place: m.place(), way: bot.Typed, at: stamp(m.Date), heard: heard,
		foreign: m.forwarded(), nameless: m.From.ID == anonymous || m.SenderChat != nil,
	}
	if m.From.IsBot && !s.nameless || m.ViaBot != nil {
		return nil
	}
	if r := m.Reply; r != nil && r.From != nil && r.From.ID == b.id {
		s.answers = r.MessageID
	}
	text, mentioned := b.named(text, entities)
	text = strings.TrimSpace(typed(text))
	line, slash, to := b.command(text)
	switch {
	case to == another || to == anybody && !s.place.Private:
		return nil
	case !s.place.Private && !slash && !mentioned && s.answers == 0:
		return nil
	case text == "" && !mentioned:
		s.wordless = true
		if !s.place.Private {
			return nil
		}
	}
	s.line, s.command, s.mentions = line, slash, mentioned
	if s.line == "" {
		s.line = "help"
	}
	return s
}

// whom is for whom a command is.
type whom int

const (
	us      whom = iota // the bot is named, or the command is one of its own
	anybody             // nobody is named, and the bot has no such command
	another             // another bot is named
)

// command takes off what makes words a command in Telegram: "/deal_add@fifteen_bot
// Acme" is "deal add Acme".
func (b *Bot) command(text string) (line string, slash bool, to whom) {
	rest, slash := strings.CutPrefix(text, "/")
	if !slash {
		return text, false, us
	}
	word, words := rest, ""
	if at := strings.IndexAny(rest, " \n\t"); at >= 0 {
		word, words = rest[:at], strings.TrimSpace(rest[at:])
	}
	name, addressee, named := strings.Cut(word, "@")
	if named && !strings.EqualFold(addressee, b.username()) {
		return "", true, another
	}
	name, known := b.spelled(name)
	if !named && !known {
		to = anybody
	}
	switch {
	case name == "":
		name, to = "help", us
	case name == startWord && words == "":
		to = us
	}
	return strings.TrimSpace(name + " " + words), true, to
}

// startWord is what Telegram says for a person who opens the chat with a bot.
// Source: https://core.telegram.org/bots/features#deep-linking.
const startWord = "start"

// spelled is a command as the bot's house spells it; known tells whether it has such
// a one.
func (b *Bot) spelled(name string) (spelled string, known bool) {
	name = strings.ToLower(name)
	for _, other := range []string{" ", "-"} {
		spelled := strings.ReplaceAll(name, "_", other)
		if _, ok := b.config.Router.Command(spelled); ok {
			return spelled, true
		}
	}
	return name, false
}

// named takes the bot's own name out of a text, and tells whether it was there.
func (b *Bot) named(text string, entities []tgbotapi.MessageEntity) (rest string, mentioned bool) {
	wide := utf16.Encode([]rune(text))
	for _, e := range slices.Backward(entities) {
		end := e.Offset + e.Length
		if e.Offset < 0 || e.Length <= 0 || end > len(wide) || e.Type != "mention" {
			continue
		}
		name := string(utf16.Decode(wide[e.Offset+1 : end]))
		if strings.EqualFold(name, b.username()) {
			wide, mentioned = slices.Delete(wide, e.Offset, end), true
		}
	}
	if !mentioned {
		return text, false
	}
	return string(utf16.Decode(wide)), true
}

// pressed returns what a button says, nil for one that is nobody's.
func (b *Bot) pressed(u update, heard time.Time) *said {
	p := u.Press
	if p == nil || p.ID == "" || p.From.ID == 0 || p.From.IsBot || p.Message == nil || p.Message.Chat == nil {
		return nil
	}
	s := &said{
		key: u.key(), from: p.From, place: p.Message.place(), line: p.Data, way: bot.Pressed, query: p.ID,
		shown: stamp(p.Message.Date), heard: heard,
	}
	if own, ok := pressed(p.Data); ok {
		s.press = &own
	}
	return s
}
