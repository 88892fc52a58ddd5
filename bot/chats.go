package bot

import (
	"context"
	"strings"
)

// Chats knows the chats of one platform as the one line knows them that they
// come with.
type Chats interface {
	// Find returns the id of the chat that the line calls name, such as "#sales";
	// ok is false when the line does not tell which chat that is.
	Find(name string) (id string, ok bool)
	// Name returns what people call a chat, such as "#sales", and "" when nobody
	// says. It may ask the platform, so it has no place in a transaction.
	Name(ctx context.Context, id string) string
	// Joined returns the chats that the bot is in and that everybody in the team may
	// know of, by their names, with their ids as values; none where nobody says. It may
	// ask the platform, so it has no place in a transaction.
	Joined(ctx context.Context) []Option
}

// FindChat returns the id of the chat that the request's line calls name; ok is
// false when the line does not tell, as in a form, where names are only letters.
func (r Request) FindChat(name string) (id string, ok bool) {
	if r.Chats == nil {
		return "", false
	}
	return r.Chats.Find(name)
}

// ChatName returns what people call a chat of the request's platform, "" when
// nobody says. It has no place in a transaction.
func (r Request) ChatName(ctx context.Context, id string) string {
	if r.Chats == nil {
		return ""
	}
	return r.Chats.Name(ctx, id)
}

// JoinedChats returns the chats of the request's platform that the bot is in. It has
// no place in a transaction.
func (r Request) JoinedChats(ctx context.Context) []Option {
	if r.Chats == nil {
		return nil
	}
	return r.Chats.Joined(ctx)
}

// topicMark stands in a chat's id before the part of it that is a chat of its own,
// such as a topic.
const topicMark = "/"

// Whole returns the chat of which this one is a part, such as the group of a topic,
// or the chat itself.
func (c Chat) Whole() Chat {
	c.ID, _, _ = strings.Cut(c.ID, topicMark)
	return c
}
