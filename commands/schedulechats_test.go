package commands_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/bot/terminal"
)

// rooms are chats whose names are not their ids.
type rooms struct{ ids, names map[string]string }

func (r rooms) Find(name string) (string, bool) {
	id, ok := r.ids[name]
	return id, ok
}

func (r rooms) Name(_ context.Context, id string) string { return r.names[id] }

func (r rooms) Joined(context.Context) []bot.Option {
	all := make([]bot.Option, 0, len(r.ids))
	for _, name := range slices.Sorted(maps.Keys(r.ids)) {
		all = append(all, bot.Option{Label: name, Value: r.ids[name]})
	}
	return all
}

// TestScheduleInAChatByName schedules for chats by their names, and shows what
// they are called, never their ids.
func TestScheduleInAChatByName(t *testing.T) {
	t.Parallel()
	known := rooms{
		ids:   map[string]string{"#sales": "C024BE7LR", "#channel": "C0SECRET"},
		names: map[string]string{"C024BE7LR": "#sales", "C0HERE": "#here"},
	}
	for _, test := range []struct {
		name  string
		chats bot.Chats
		chat  bot.Chat
		line  string
		want  string
	}{
		{"by its name", known, bot.Chat{}, "schedule who mon 09:00 in #sales", "who, every Mon at 09:00, in #sales"},
		{"here", known, bot.Chat{ID: "C0HERE"}, "schedule who mon 09:00", "who, every Mon at 09:00, in #here"},
		{"said to be here", known, bot.Chat{ID: "C0HERE"}, "schedule who mon 09:00 in here", "who, every Mon at 09:00, in #here"},
		{"one whose name nobody says", known, bot.Chat{}, "schedule who mon 09:00 in #channel", "who, every Mon at 09:00, in a channel"},
		{"Mondays here", known, bot.Chat{ID: "C0HERE"}, "schedule mondays", "Who and funnel, every Mon at 09:00, in #here"},
		{"letters only", known, bot.Chat{}, "schedule who mon 09:00 in #other", "I cannot tell which channel #other is."},
		{"on a platform without chats", nil, bot.Chat{}, "schedule who mon 09:00 in #sales", "I cannot tell which channel #sales is."},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := open(t)
			boss := o.member("boss", bot.Manager)
			req := bot.Request{Account: boss, Line: test.line, Chats: test.chats}
			if test.chats == nil {
				req.Chats = rooms{}
			}
			if test.chat.ID != "" {
				test.chat.Platform = terminal.Platform
				req.Chat = test.chat
			}
			got := text(t, o.send(req).Message)
			if !strings.Contains(got, test.want) {
				t.Errorf("got %q, want %q in it", got, test.want)
			}
			if listed := text(t, o.say(boss, "schedules").Message); strings.Contains(got+listed, "C0") {
				t.Errorf("got %q and %q, want no id", got, listed)
			}
		})
	}
}
