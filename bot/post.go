package bot

import (
	"context"
	"time"
)

// A Post is a message on its way to a chat.
type Post struct {
	ID        int64
	Workspace int64
	// Member is whom it is for, 0 for everybody in the chat; Name is theirs, and
	// Account the id that the chat's platform knows them by, if it does.
	Member  int64
	Name    string
	Account string
	Chat    Chat
	Message Message
	// Key, with Member, names what the post says where several lines may say it: the
	// same key is said once. "" is said each time.
	Key string
	// Prompt says that it asks a person something, who may not want to be
	// disturbed now.
	Prompt bool
	// Attempts is how often sending it has failed. Waits that a platform asked for
	// are not counted.
	Attempts int
	// Again says that it may have been sent before: whoever had it did not record
	// what became of it.
	Again bool
	// Parts is how many of the messages it takes have gone out, and Below the
	// thread that the rest belongs in, or "".
	Parts int
	Below string
}

// An Outbox holds what was stored to be sent.
type Outbox interface {
	// Due returns unsent posts that are due on these platforms, at most limit and
	// of each chat only the oldest: a post waits for those before it. Nobody else
	// is given them for a minute.
	Due(ctx context.Context, platforms []string, limit int) ([]Post, error)
	// Sent marks posts as sent.
	Sent(ctx context.Context, ids ...int64) error
	// Failed notes why a post was not sent, or not all of it, and decides what
	// becomes of it: Delayed or Dropped. What waits, waits with its whole chat, and
	// at least as long as a WaitError says.
	Failed(ctx context.Context, post Post, cause error) (Outcome, error)
	// Hold stores a post that was not stored before and could not be sent at once,
	// to be sent after at least that long.
	Hold(ctx context.Context, post Post, wait time.Duration) error
}

// A Sender delivers posts on one platform. It returns nil when all of the post
// has gone out; see the errors of this package for what it may say else.
type Sender interface {
	Send(ctx context.Context, post Post) error
}
