package bottest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// TelegramMessage is a message as it is now.
type TelegramMessage struct {
	ID, Topic int
	// From is who wrote it: a user or the bot.
	From     int64
	Text     string // or the caption
	Entities []TelegramEntity
	// Buttons are rows, and Force asks for a reply, with what stands where people type.
	Buttons     [][]TelegramButton
	Force       bool
	Placeholder string
	Photo       []byte
	ReplyTo     int
	// Edits is how often it was changed.
	Edits   int
	Deleted bool
	date    int64
}

// TelegramEntity is a stretch of a text, in UTF-16 units.
type TelegramEntity struct {
	Type   string         `json:"type"`
	Offset int            `json:"offset"`
	Length int            `json:"length"`
	User   map[string]any `json:"user,omitempty"`
}

// TelegramButton is a button below a message.
type TelegramButton struct {
	Text string `json:"text"`
	Data string `json:"callback_data"`
}

// Plain is the message as text: its words, and its buttons in brackets.
func (m TelegramMessage) Plain() string {
	var b strings.Builder
	b.WriteString(m.Text)
	for _, row := range m.Buttons {
		b.WriteString("\n")
		for i, button := range row {
			if i > 0 {
				b.WriteString(" ")
			}
			b.WriteString("[" + button.Text + "]")
		}
	}
	return b.String()
}

// Data returns what the button with that label sends; ok is false for none.
func (m TelegramMessage) Data(label string) (data string, ok bool) {
	for _, row := range m.Buttons {
		for _, button := range row {
			if button.Text == label {
				return button.Data, true
			}
		}
	}
	return "", false
}

// Messages are all of a chat, in their order, without those that were deleted.
func (t *Telegram) Messages(chat int64) []TelegramMessage {
	t.mu.Lock()
	defer t.mu.Unlock()
	var all []TelegramMessage
	for _, m := range t.messages[chat] {
		if !m.Deleted {
			all = append(all, *m)
		}
	}
	return all
}

// Said are those of the bot's in a chat.
func (t *Telegram) Said(chat int64) []TelegramMessage {
	var own []TelegramMessage
	for _, m := range t.Messages(chat) {
		if m.From == TelegramBotID {
			own = append(own, m)
		}
	}
	return own
}

// message returns a message of a chat; nil for none. The lock is held.
func (t *Telegram) message(chat int64, id int) *TelegramMessage {
	for _, m := range t.messages[chat] {
		if m.ID == id && !m.Deleted {
			return m
		}
	}
	return nil
}

// target finds the chat of a call, and says why the bot cannot write there. The
// lock is held.
func (t *Telegram) target(call telegramCall) (int64, *telegramError) {
	id, err := strconv.ParseInt(call.params.Get("chat_id"), 10, 64)
	if err != nil {
		return 0, telegramBad("chat not found")
	}
	if to := t.migrated[id]; to != 0 {
		refused := telegramBad("group chat was upgraded to a supergroup chat")
		refused.Parameters = map[string]any{"migrate_to_chat_id": to}
		return 0, refused
	}
	if user := t.users[id]; user != nil {
		switch {
		case user.Blocked:
			return 0, telegramRefusal(http.StatusForbidden, "bot was blocked by the user")
		case !user.Started:
			return 0, telegramRefusal(http.StatusForbidden, "bot can't initiate conversation with a user")
		}
		return id, nil
	}
	chat := t.chats[id]
	switch {
	case chat == nil:
		return 0, telegramBad("chat not found")
	case !chat.BotIn:
		return 0, telegramRefusal(http.StatusForbidden, "bot was kicked from the %s chat", chat.Type)
	}
	return id, nil
}

func (t *Telegram) sendMessage(call telegramCall) (any, *telegramError) {
	return t.send(call, "text", "entities", 1, telegramText)
}

func (t *Telegram) sendPhoto(call telegramCall) (any, *telegramError) {
	if len(call.file) == 0 {
		return nil, telegramBad("there is no photo in the request")
	}
	return t.send(call, "caption", "caption_entities", 0, telegramCaption)
}

// send takes a new message of the bot's.
func (t *Telegram) send(call telegramCall, text, entities string, least, most int) (any, *telegramError) {
	m, refused := telegramDraft(call, text, entities, least, most)
	if refused != nil {
		return nil, refused
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	chat, refused := t.target(call)
	if refused != nil {
		return nil, refused
	}
	if refused := t.placed(call, chat, m); refused != nil {
		return nil, refused
	}
	if refused := t.paced(chat); refused != nil {
		return nil, refused
	}
	m.Photo, m.From = call.file, TelegramBotID
	t.append(chat, m)
	return t.shown(chat, m), nil
}

// placed finds the topic of a message and what it replies to. The lock is held.
func (t *Telegram) placed(call telegramCall, chat int64, m *TelegramMessage) *telegramError {
	if topic := call.params.Get("message_thread_id"); topic != "" {
		n, err := strconv.Atoi(topic)
		if err != nil || t.chats[chat] == nil || !t.chats[chat].Topics[n] {
			return telegramBad("message thread not found")
		}
		m.Topic = n
	}
	if text := call.params.Get("reply_parameters"); text != "" {
		var to struct {
			Message int  `json:"message_id"`
			Without bool `json:"allow_sending_without_reply"`
		}
		if json.Unmarshal([]byte(text), &to) != nil {
			return telegramBad("can't parse reply parameters")
		}
		if t.message(chat, to.Message) != nil {
			m.ReplyTo = to.Message
		} else if !to.Without {
			return telegramBad("message to be replied not found")
		}
	}
	return nil
}

// append puts a message into a chat. The lock is held.
func (t *Telegram) append(chat int64, m *TelegramMessage) {
	t.lastID[chat]++
	m.ID, m.date = t.lastID[chat], t.config.Clock().Unix()
	t.messages[chat] = append(t.messages[chat], m)
	t.stir()
}

// shown is a message as the Bot API shows it. The lock is held.
func (t *Telegram) shown(chat int64, m *TelegramMessage) map[string]any {
	all := map[string]any{"message_id": m.ID, "date": m.date, "chat": t.shownChat(chat), "from": t.shownUser(m.From)}
	if m.Photo != nil {
		all["caption"], all["photo"] = m.Text, []any{map[string]any{"file_id": "photo"}}
	} else if m.Text != "" {
		all["text"] = m.Text
	}
	if m.Entities != nil {
		all["entities"] = m.Entities
	}
	if m.Topic != 0 {
		all["message_thread_id"], all["is_topic_message"] = m.Topic, true
	}
	if m.Buttons != nil {
		all["reply_markup"] = map[string]any{"inline_keyboard": m.Buttons}
	}
	return all
}

// edited finds the message that a call changes. The lock is held.
func (t *Telegram) edited(call telegramCall) (int64, *TelegramMessage, *telegramError) {
	chat, refused := t.target(call)
	if refused != nil {
		return 0, nil, refused
	}
	id, err := strconv.Atoi(call.params.Get("message_id"))
	m := t.message(chat, id)
	switch {
	case err != nil || m == nil:
		return 0, nil, telegramBad("message to edit not found")
	case m.From != TelegramBotID:
		return 0, nil, telegramBad("message can't be edited")
	}
	return chat, m, nil
}

func (t *Telegram) editText(call telegramCall) (any, *telegramError) {
	draft, refused := telegramDraft(call, "text", "entities", 1, telegramText)
	if refused != nil {
		return nil, refused
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	chat, m, refused := t.edited(call)
	switch {
	case refused != nil:
		return nil, refused
	case m.Photo != nil:
		return nil, telegramBad("there is no text in the message to edit")
	case draft.Force:
		return nil, telegramBad("inline keyboard expected")
	case m.Text == draft.Text && fmt.Sprint(m.Buttons, m.Entities) == fmt.Sprint(draft.Buttons, draft.Entities):
		return nil, telegramBad("message is not modified: specified new message content and reply markup are exactly the same " +
			"as a current content and reply markup of the message")
	}
	m.Text, m.Entities, m.Buttons = draft.Text, draft.Entities, draft.Buttons
	m.Edits++
	t.stir()
	return t.shown(chat, m), nil
}

func (t *Telegram) editMarkup(call telegramCall) (any, *telegramError) {
	var draft TelegramMessage
	if refused := telegramMarkup(call, &draft); refused != nil {
		return nil, refused
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	chat, m, refused := t.edited(call)
	if refused != nil {
		return nil, refused
	}
	if fmt.Sprint(m.Buttons) == fmt.Sprint(draft.Buttons) {
		return nil, telegramBad("message is not modified")
	}
	m.Buttons = draft.Buttons
	m.Edits++
	t.stir()
	return t.shown(chat, m), nil
}
