package bottest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
)

// TelegramUser is somebody who uses the app. The id of their chat with the bot is
// theirs.
type TelegramUser struct {
	ID                              int64
	First, Last, Username, Language string
	// Started says that they have opened a chat with the bot, Blocked that they want
	// nothing from it.
	Started, Blocked bool
}

// TelegramChat is a group.
type TelegramChat struct {
	ID    int64
	Title string
	// Type is "group" or "supergroup".
	Type string
	// Topics are those that a supergroup has, by number.
	Topics map[int]bool
	// BotIn says that the bot is in it.
	BotIn bool
}

// AddUser lets somebody use the app.
func (t *Telegram) AddUser(u TelegramUser) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.users[u.ID] = &u
}

// AddChat makes a group.
func (t *Telegram) AddChat(c TelegramChat) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.chats[c.ID] = &c
}

// shownUser is a user as the Bot API shows one. The lock is held.
func (t *Telegram) shownUser(id int64) map[string]any {
	if id == TelegramBotID {
		return map[string]any{"id": id, "is_bot": true, "first_name": "Fifteen", "username": TelegramBotName}
	}
	u := t.users[id]
	all := map[string]any{"id": id, "is_bot": false, "first_name": u.First}
	for name, value := range map[string]string{"last_name": u.Last, "username": u.Username, "language_code": u.Language} {
		if value != "" {
			all[name] = value
		}
	}
	return all
}

// shownChat is a chat as the Bot API shows one. The lock is held.
func (t *Telegram) shownChat(id int64) map[string]any {
	if c := t.chats[id]; c != nil {
		return map[string]any{"id": id, "type": c.Type, "title": c.Title}
	}
	return map[string]any{"id": id, "type": "private", "first_name": t.users[id].First}
}

// Saying is what somebody types.
type Saying struct {
	User int64
	// Chat is a group's, 0 for the chat with the bot; Topic one of its topics.
	Chat  int64
	Topic int
	Text  string
	// ReplyTo is the message that it replies to, 0 for none.
	ReplyTo int
	// Forwarded says that somebody else wrote it.
	Forwarded bool
}

// Say types a text, which reaches the bot if Telegram lets it, and returns the
// message's id.
func (t *Telegram) Say(ctx context.Context, s Saying) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	chat := s.Chat
	if chat == 0 {
		chat = s.User
		t.users[s.User].Started = true
	}
	m := &TelegramMessage{From: s.User, Text: strings.TrimSpace(s.Text), Topic: s.Topic, ReplyTo: s.ReplyTo}
	m.Entities = telegramFound(m.Text)
	t.append(chat, m)
	shown := t.shown(chat, m)
	ownReply := false
	if to := t.message(chat, s.ReplyTo); to != nil {
		shown["reply_to_message"] = t.shown(chat, to)
		ownReply = to.From == TelegramBotID
	}
	if s.Forwarded {
		shown["forward_origin"] = map[string]any{"type": "hidden_user", "sender_user_name": "Somebody", "date": m.date}
	}
	if chat > 0 || !t.config.Privacy || ownReply || strings.HasPrefix(m.Text, "/") {
		t.queue(ctx, "message", shown)
	}
	return m.ID
}

// telegramFound are the entities that Telegram sees in a text: a command at its
// beginning, and mentions.
func telegramFound(text string) []TelegramEntity {
	var found []TelegramEntity
	at := 0
	for _, word := range strings.SplitAfter(text, " ") {
		bare := strings.TrimRight(word, " .,!?\n")
		n := len(utf16.Encode([]rune(bare)))
		switch {
		case strings.HasPrefix(bare, "@") && n > 1:
			found = append(found, TelegramEntity{Type: "mention", Offset: at, Length: n})
		case strings.HasPrefix(bare, "/") && n > 1:
			found = append(found, TelegramEntity{Type: "bot_command", Offset: at, Length: n})
		}
		at += len(utf16.Encode([]rune(word)))
	}
	return found
}

// Start opens the chat with the bot, by a link with a payload or "".
func (t *Telegram) Start(ctx context.Context, user int64, payload string) int {
	return t.Say(ctx, Saying{User: user, Text: strings.TrimSpace("/start " + payload)})
}

// Press presses a button by its label, below a message of the bot's in a chat. It
// returns an error when there is no such button.
func (t *Telegram) Press(ctx context.Context, user, chat int64, message int, label string) error {
	t.mu.Lock()
	m := t.message(chat, message)
	t.mu.Unlock()
	if m == nil {
		return fmt.Errorf("there is no message %d", message)
	}
	data, ok := m.Data(label)
	if !ok {
		return fmt.Errorf("there is no button %q below %q", label, m.Plain())
	}
	t.PressData(ctx, user, chat, message, data)
	return nil
}

// PressData sends what a button would, whether or not there is one.
func (t *Telegram) PressData(ctx context.Context, user, chat int64, message int, data string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.serial++
	id := fmt.Sprintf("query%d", t.serial)
	t.queries[id] = true
	below := map[string]any{"message_id": message, "date": 0, "chat": t.shownChat(chat)} // one that cannot be seen any more
	if m := t.message(chat, message); m != nil {
		below = t.shown(chat, m)
	}
	t.queue(ctx, "callback_query", map[string]any{
		"id": id, "from": t.shownUser(user), "message": below, "chat_instance": "1", "data": data,
	})
	return id
}

// Delete takes a message away.
func (t *Telegram) Delete(chat int64, message int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if m := t.message(chat, message); m != nil {
		m.Deleted = true
	}
}

// Edit changes what somebody typed.
func (t *Telegram) Edit(ctx context.Context, chat int64, message int, text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	m := t.message(chat, message)
	m.Text = text
	shown := t.shown(chat, m)
	shown["edit_date"] = m.date
	t.queue(ctx, "edited_message", shown)
}

// Membership changes where the bot is: statuses such as "member", "left" and
// "kicked", in a group or, for a user who blocks it, in their chat.
func (t *Telegram) Membership(ctx context.Context, by, chat int64, was, is string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	there := !slices.Contains([]string{"left", "kicked"}, is)
	if c := t.chats[chat]; c != nil {
		c.BotIn = there
	} else {
		t.users[chat].Blocked = !there
	}
	bot := t.shownUser(TelegramBotID)
	t.queue(ctx, "my_chat_member", map[string]any{
		"chat": t.shownChat(chat), "from": t.shownUser(by), "date": t.config.Clock().Unix(),
		"old_chat_member": map[string]any{"user": bot, "status": was}, "new_chat_member": map[string]any{"user": bot, "status": is},
	})
}

// Leave takes somebody out of a group.
func (t *Telegram) Leave(ctx context.Context, user, chat int64) {
	t.service(ctx, user, chat, "left_chat_member", func() any { return t.shownUser(user) })
}

// Migrate makes a supergroup of a group.
func (t *Telegram) Migrate(ctx context.Context, by, from, to int64) {
	t.mu.Lock()
	old := t.chats[from]
	t.chats[to] = &TelegramChat{ID: to, Title: old.Title, Type: "supergroup", BotIn: old.BotIn}
	t.migrated[from] = to
	t.mu.Unlock()
	t.service(ctx, by, from, "migrate_to_chat_id", func() any { return to })
	t.service(ctx, by, to, "migrate_from_chat_id", func() any { return from })
}

// service sends a message that tells of something that happened.
func (t *Telegram) service(ctx context.Context, by, chat int64, what string, value func() any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	m := &TelegramMessage{From: by}
	t.append(chat, m)
	shown := t.shown(chat, m)
	shown[what] = value()
	t.queue(ctx, "message", shown)
}

// MoveSilently makes a supergroup of a group, of which the bot hears only when it
// writes there.
func (t *Telegram) MoveSilently(from, to int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	old := t.chats[from]
	t.chats[to] = &TelegramChat{ID: to, Title: old.Title, Type: "supergroup", BotIn: old.BotIn}
	t.migrated[from] = to
}
