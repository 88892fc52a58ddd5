package bot

import (
	"context"
	"errors"
	"time"
)

// Links tells where people and chats belong, on a platform on which anybody can
// write to the bot and add it to a chat.
type Links interface {
	// Home returns the link of an account, or ErrStranger.
	Home(ctx context.Context, account Account) (Link, error)
	// Chat returns the link of a chat of several people, a zero one for none.
	Chat(ctx context.Context, chat Chat) (Link, error)
	// Redeem takes in somebody unknown who knows a one-time code. Whatever is wrong
	// with the code, and for whoever has guessed too often, the answer is the same.
	Redeem(ctx context.Context, knock Knock) (Reply, error)
	// Visit is told that somebody unknown has spoken in a linked chat. They are
	// taken for one of its people, and those who may take them in are asked once.
	Visit(ctx context.Context, workspace int64, knock Knock) (Reply, error)
}

// Titles knows what the linked chats of a platform are called, where their names
// cannot be typed as the platform's own.
type Titles interface {
	// Titles returns the titles of a workspace's chats by their ids.
	Titles(ctx context.Context, workspace int64, platform string) (map[string]string, error)
}

// A Link is the workspace of an account or a chat.
type Link struct {
	Workspace int64
	// Since is when it was linked. Buttons that were shown there before may be of
	// another workspace.
	Since time.Time
}

// A Knock is what somebody says whom nobody knows.
type Knock struct {
	Person Person
	Chat   Chat
	// Title is what people call the chat.
	Title string
	// Code is what was given as a one-time code, or "".
	Code string
	// EventID is as in a Request, and At when the bot heard of it.
	EventID string
	At      time.Time
}

// Whereabouts takes in what becomes of chats and accounts, on a platform whose
// chats are linked.
type Whereabouts interface {
	// Moved says that a chat has another id from now on.
	Moved(ctx context.Context, platform, from, to string) error
	// Removed says that the bot is not in a chat any more.
	Removed(ctx context.Context, chat Chat) error
	// Left says that a person is not in a linked chat any more.
	Left(ctx context.Context, chat Chat, account Account) error
	// Reachable says whether the bot can write to an account by itself.
	Reachable(ctx context.Context, account Account, reachable bool) error
}

// A Shelf keeps messages for as long as their buttons may be pressed and their
// questions answered, where a platform does not hold all that they need.
type Shelf interface {
	// Keep stores a message that is being sent and is not in the outbox, and returns
	// its number.
	Keep(ctx context.Context, post Post) (int64, error)
	// Kept returns the message with that number, if it was for that chat, or
	// ErrForgotten.
	Kept(ctx context.Context, workspace int64, chat Chat, number int64) (Message, error)
	// Show notes under which id the platform shows the message with that number.
	Show(ctx context.Context, number int64, id string) error
	// Shown returns the message that the platform shows under that id in that chat,
	// or ErrForgotten.
	Shown(ctx context.Context, workspace int64, chat Chat, id string) (Message, error)
}

// ErrForgotten says that a message is not kept any more, or never was.
var ErrForgotten = errors.New("the message is not kept")

// Leases gives a name to one holder at a time, over all programs that share a
// database.
type Leases interface {
	// Lease gives the name to the holder until then, for the first time or anew,
	// unless somebody else holds it. A time that is not after now gives it back.
	Lease(ctx context.Context, name, holder string, now, until time.Time) (held bool, err error)
}
