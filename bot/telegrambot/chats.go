package telegrambot

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fifteen/bot"
)

// chats are the chats that a line names: the one that it was said in, and those
// that are linked to its workspace, by their titles.
type chats struct {
	bot       *Bot
	workspace int64
	here      place
}

var _ bot.Chats = chats{}

// Find implements bot.Chats: "#sales-team" is the group called Sales Team. A title
// that several groups have tells none.
func (c chats) Find(name string) (id string, ok bool) {
	name, marked := strings.CutPrefix(name, "#")
	if !marked || name == "" {
		return "", false
	}
	titles, err := c.bot.config.Titles.Titles(c.bot.life, c.workspace, Platform)
	if err != nil {
		c.bot.config.Log.Warn("the titles of groups could not be read", "platform", Platform, "err", err)
		return "", false
	}
	for known, title := range titles {
		if !strings.EqualFold(hyphened(title), hyphened(name)) {
			continue
		}
		if ok {
			return "", false
		}
		id, ok = known, true
	}
	return id, ok
}

// hyphened is a title as it is typed in one word.
func hyphened(title string) string {
	return strings.Join(strings.Fields(strings.TrimPrefix(title, "#")), "-")
}

// Joined implements bot.Chats with the groups that are linked.
func (c chats) Joined(ctx context.Context) []bot.Option {
	titles, err := c.bot.config.Titles.Titles(ctx, c.workspace, Platform)
	if err != nil {
		c.bot.config.Log.WarnContext(ctx, "the titles of groups could not be read", "platform", Platform, "err", err)
	}
	all := make([]bot.Option, 0, len(titles))
	for id, title := range titles {
		all = append(all, bot.Option{Label: cmp.Or(strings.TrimSpace(title), id), Value: id})
	}
	slices.SortFunc(all, func(a, b bot.Option) int { return cmp.Or(cmp.Compare(a.Label, b.Label), cmp.Compare(a.Value, b.Value)) })
	return all
}

// Name implements bot.Chats.
func (c chats) Name(ctx context.Context, id string) string {
	if id == c.here.chat().ID {
		return strings.TrimSpace(c.here.Title)
	}
	titles, err := c.bot.config.Titles.Titles(ctx, c.workspace, Platform)
	if err != nil {
		return ""
	}
	return titles[bot.Chat{ID: id}.Whole().ID]
}
