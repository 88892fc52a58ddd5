package telegrambot

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"fifteen/bot"
)

// listens are the updates that the bot asks for. Messages that were edited are not
// among them: a line was said once.
// Source: https://core.telegram.org/bots/api#getupdates.
const listens = `["message","callback_query","my_chat_member"]`

// An update is what Telegram tells, as far as the bot looks.
// Source: https://core.telegram.org/bots/api#update.
type update struct {
	ID      int64                       `json:"update_id"`
	Message *inbound                    `json:"message"`
	Press   *callback                   `json:"callback_query"`
	Own     *tgbotapi.ChatMemberUpdated `json:"my_chat_member"`
}

// inbound is a message as the library reads it, with what came to Telegram later.
type inbound struct {
	tgbotapi.Message
	Reply   *inbound `json:"reply_to_message"`
	Thread  int      `json:"message_thread_id"`
	InTopic bool     `json:"is_topic_message"`
	Origin  *struct {
		Type string `json:"type"`
	} `json:"forward_origin"`
}

// callback is a button that was pressed.
type callback struct {
	ID      string        `json:"id"`
	From    tgbotapi.User `json:"from"`
	Message *inbound      `json:"message"`
	Data    string        `json:"data"`
}

// A place is where something was said and where its answer goes.
type place struct {
	Chat  int64
	Topic int // 0 where there are none
	// Private says that only the person and the bot are there.
	Private bool
	// Title is what people call it.
	Title string
	// Message is what was typed, or what had the button.
	Message int
}

// chat is the place as the bot's house knows it. A topic is a chat of its own.
func (p place) chat() bot.Chat {
	id := strconv.FormatInt(p.Chat, 10)
	if p.Topic != 0 {
		id += topicMark + strconv.Itoa(p.Topic)
	}
	return bot.Chat{Platform: Platform, ID: id, Private: p.Private}
}

// topicMark stands between a chat's id and its topic's.
const topicMark = "/"

// placeOf reads a chat's id.
func placeOf(chat bot.Chat) (place, error) {
	id, topic, inTopic := strings.Cut(chat.ID, topicMark)
	p := place{Private: chat.Private}
	var err error
	if p.Chat, err = strconv.ParseInt(id, 10, 64); err == nil && inTopic {
		p.Topic, err = strconv.Atoi(topic)
	}
	if err != nil {
		return place{}, fmt.Errorf("%q is no chat of Telegram's: %w", chat.ID, bot.ErrUnfit)
	}
	return p, nil
}

// group is the id of a chat without its topic.
func group(chat string) string {
	id, _, _ := strings.Cut(chat, topicMark)
	return id
}

// place is where a message is.
func (m *inbound) place() place {
	p := place{Message: m.MessageID}
	if m.Chat != nil {
		p.Chat, p.Private, p.Title = m.Chat.ID, m.Chat.IsPrivate(), m.Chat.Title
	}
	if m.InTopic {
		p.Topic = m.Thread
	}
	return p
}

// written are a message's words, with their entities.
func (m *inbound) written() (string, []tgbotapi.MessageEntity) {
	if m.Text == "" {
		return m.Caption, m.CaptionEntities
	}
	return m.Text, m.Entities
}

// forwarded tells whether somebody else wrote a message, perhaps not a member.
func (m *inbound) forwarded() bool {
	return m.Origin != nil || m.ForwardDate != 0 || m.ForwardFrom != nil || m.ForwardFromChat != nil
}

// parseUpdates reads what getUpdates returned. One that cannot be read has its
// number only, so that it is passed over.
func parseUpdates(raw []json.RawMessage) []update {
	all := make([]update, len(raw))
	for i := range raw {
		if err := json.Unmarshal(raw[i], &all[i]); err != nil {
			var number struct {
				ID int64 `json:"update_id"`
			}
			_ = json.Unmarshal(raw[i], &number) // without a number it is asked for again with the next
			all[i] = update{ID: number.ID}
		}
	}
	return all
}

// key names an update among all: by what it is about, because update_id starts
// again at random after a quiet week.
func (u update) key() string {
	switch {
	case u.Message != nil && u.Message.Chat != nil:
		return fmt.Sprintf("telegram/message/%d/%d", u.Message.Chat.ID, u.Message.MessageID)
	case u.Press != nil:
		return "telegram/press/" + u.Press.ID
	case u.Own != nil:
		return fmt.Sprintf("telegram/member/%d/%d/%d/%s", u.Own.Chat.ID, u.Own.From.ID, u.Own.Date, u.Own.NewChatMember.Status)
	}
	return ""
}

// who is the id of whom an update comes from, in whose order it is dealt with.
func (u update) who() int64 {
	switch {
	case u.Message != nil && u.Message.From != nil:
		return u.Message.From.ID
	case u.Press != nil:
		return u.Press.From.ID
	case u.Own != nil:
		return u.Own.From.ID
	}
	return 0
}

// stamp is a moment as Telegram writes it, zero for none.
func stamp(seconds int) time.Time {
	if seconds <= 0 {
		return time.Time{}
	}
	return time.Unix(int64(seconds), 0).UTC()
}

// account is a user as the bot's house knows people.
func account(user int64) bot.Account {
	return bot.Account{Platform: Platform, ID: strconv.FormatInt(user, 10)}
}

// person is what Telegram says of a user.
func person(user tgbotapi.User) bot.Person {
	name := strings.TrimSpace(user.FirstName + " " + user.LastName)
	if name == "" {
		name = user.UserName
	}
	return bot.Person{Account: account(user.ID), Name: name, Handle: user.UserName, Locale: user.LanguageCode}
}
