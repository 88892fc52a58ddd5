package telegrambot

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/bottest"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// hearing is a bot that reads updates, and nothing else.
func hearing(t *testing.T) *Bot {
	t.Helper()
	all := make([]bot.Command, 0, 3)
	for _, name := range []string{"who", "deal add", "check-in"} {
		all = append(all, bot.Command{
			Name: name, Summary: name, Examples: []string{name},
			Run: func(context.Context, bot.Request) (bot.Reply, error) { return bot.Reply{}, nil },
		})
	}
	b := &Bot{id: 42, config: Config{Router: bottest.NewMemory().Router(t, bottest.Sentences{}, all...)}}
	b.self.Store(&self{User: tgbotapi.User{ID: 42, UserName: "fifteen_bot"}})
	return b
}

// heardAt is when updates are heard of here.
var heardAt = time.Date(2026, time.November, 24, 9, 0, 0, 0, time.UTC)

// TestSpoken tells what typed texts say to the bot, in its chat with a person and
// in a group.
func TestSpoken(t *testing.T) {
	t.Parallel()
	b := hearing(t)
	const mention = `[{"type":"mention","offset":%d,"length":12}]`
	for _, c := range []struct {
		name, text, entities string
		private, group       string // the line, "-" for nothing
		command              bool
	}{
		{name: "a line", text: "who", private: "who", group: "-"},
		{name: "a command", text: "/who", private: "who", group: "who", command: true},
		{name: "two words", text: "/deal_add Acme 12000 EUR", private: "deal add Acme 12000 EUR", group: "deal add Acme 12000 EUR", command: true},
		{name: "a hyphen", text: "/check_in", private: "check-in", group: "check-in", command: true},
		{name: "in capitals", text: "/WHO", private: "who", group: "who", command: true},
		{name: "to the bot", text: "/who@fifteen_bot", private: "who", group: "who", command: true},
		{name: "to another", text: "/who@another_bot", private: "-", group: "-"},
		{name: "unknown", text: "/weather Brno", private: "weather Brno", group: "-", command: true},
		{name: "unknown and named", text: "/weather@fifteen_bot Brno", private: "weather Brno", group: "weather Brno", command: true},
		{name: "on two lines", text: "/deal_add\nAcme", private: "deal add Acme", group: "deal add Acme", command: true},
		{name: "start", text: "/start", private: "start", group: "start", command: true},
		{name: "start with a code", text: "/start K7QF2XQM", private: "start K7QF2XQM", group: "-", command: true},
		{name: "named", text: "@fifteen_bot who", entities: fmt.Sprintf(mention, 0), private: "who", group: "who"},
		{name: "named behind an emoji", text: "😀 @fifteen_bot", entities: fmt.Sprintf(mention, 3), private: "😀", group: "😀"},
		{name: "only named", text: "@fifteen_bot", entities: fmt.Sprintf(mention, 0), private: "help", group: "help"},
		{name: "copied out of a message", text: "/\u2060who @\u2060novak", private: "who @novak", group: "who @novak", command: true},
		{name: "a slash alone", text: "/", private: "help", group: "help", command: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for chat, want := range map[string]string{`{"id":7,"type":"private"}`: c.private, `{"id":-7,"type":"supergroup"}`: c.group} {
				text, _ := json.Marshal(c.text)
				entities := c.entities
				if entities == "" {
					entities = "[]"
				}
				raw := fmt.Sprintf(`{"update_id":1,"message":{"message_id":1,"date":1,"chat":%s,"from":{"id":7},"text":%s,"entities":%s}}`, chat, text, entities)
				var u update
				if err := json.Unmarshal([]byte(raw), &u); err != nil {
					t.Fatal(err)
				}
				got, command := "-", false
				if s := b.spoken(u, heardAt); s != nil {
					got, command = s.line, s.command
				}
				if got != want || want != "-" && command != c.command {
					t.Errorf("in %s: got %q, command %v, want %q", chat, got, command, want)
				}
			}
		})
	}
}

// TestPlace reads chats as they are written.
func TestPlace(t *testing.T) {
	t.Parallel()
	for _, p := range []place{{Chat: 7, Private: true}, {Chat: -100123}, {Chat: -100123, Topic: 45}} {
		if got, err := placeOf(p.chat()); err != nil || got != p {
			t.Errorf("%v: got %v, %v, want it back", p, got, err)
		}
	}
	for _, id := range []string{"", "C1", "-1/", "-1/x", "/7"} {
		if got, err := placeOf(bot.Chat{ID: id}); err == nil {
			t.Errorf("%q: got %v, want an error", id, got)
		}
	}
}

// FuzzUpdate reads whatever comes: it has somebody who said it, a key, and no time
// after it was heard.
func FuzzUpdate(f *testing.F) {
	for _, raw := range []string{
		`{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":7,"type":"private"},"from":{"id":7},"text":"/deal_add@fifteen_bot Acme"}}`,
		`{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":-7,"type":"supergroup"},"from":{"id":7},"text":"😀 @fifteen_bot who",` +
			`"entities":[{"type":"mention","offset":3,"length":12}],"message_thread_id":4,"is_topic_message":true}}`,
		`{"update_id":1,"message":{"message_id":2,"date":1,"chat":{"id":7,"type":"private"},"from":{"id":7},"caption":"x",` +
			`"reply_to_message":{"message_id":1,"from":{"id":42},"chat":{"id":7}},"forward_origin":{"type":"user"}}}`,
		`{"update_id":1,"callback_query":{"id":"1","from":{"id":7},"data":"…pick 1 0 2","message":{"message_id":1,"date":1,"chat":{"id":7,"type":"private"}}}}`,
		`{"update_id":1,"my_chat_member":{"chat":{"id":-7,"type":"group"},"from":{"id":7},"date":1,"new_chat_member":{"status":"left"}}}`,
		`{"update_id":1}`, `[]`, ``,
	} {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		b := hearing(t)
		u := parseUpdates([]json.RawMessage{raw})[0]
		for _, s := range []*said{b.spoken(u, heardAt), b.pressed(u, heardAt)} {
			if s == nil {
				continue
			}
			if s.from.ID == 0 && s.query != "" || s.key == "" || s.place.chat().Platform != Platform {
				t.Errorf("got %+v, want somebody, a key and a place", s)
			}
			if at := s.when(); at.After(s.heard) {
				t.Errorf("got it said at %v, want no time after %v", at, s.heard)
			}
		}
	})
}
