package bot

import (
	"errors"
	"fmt"
	"time"
)

// What a Sender says when a post did not go out, beside errors that may pass by
// themselves. They may be wrapped, and joined.
var (
	// ErrLocked says that the platform refuses the bot itself, such as its token.
	// Nothing is wrong with the post; it waits until an operator has mended that.
	ErrLocked = errors.New("the platform refuses the bot")
	// ErrElsewhere says that somebody else serves the post's workspace.
	ErrElsewhere = errors.New("the post is for another workspace")
	// ErrUnsure says that the platform may have taken the message all the same.
	ErrUnsure = errors.New("it may have arrived")
	// ErrUnfit says that the platform will never take this message.
	ErrUnfit = errors.New("the platform does not take such a message")
)

// A WaitError says that a platform takes no more for now.
type WaitError struct {
	// For is how long it asks to be left alone.
	For time.Duration
	Err error
}

// Error names the cause and the wait for operators.
func (e *WaitError) Error() string { return fmt.Sprintf("wait %s: %v", e.For, e.Err) }

// Unwrap returns the cause.
func (e *WaitError) Unwrap() error { return e.Err }

// A GoneError says that a chat takes no messages of the bot's any more: the
// channel is archived or deleted, the bot was removed from it, or the person has
// left.
type GoneError struct {
	Chat Chat
	// Person says that it is a person who is gone, not a channel.
	Person bool
	Err    error
}

// Error names the chat and the cause for operators.
func (e *GoneError) Error() string {
	what := "channel"
	if e.Person {
		what = "person"
	}
	return fmt.Sprintf("%s %s is gone: %v", what, e.Chat.ID, e.Err)
}

// Unwrap returns the cause.
func (e *GoneError) Unwrap() error { return e.Err }

// A PartError says that only the first parts of a post went out.
type PartError struct {
	// Sent is how many did, those of earlier attempts too, and Below the thread
	// that the rest belongs in, or "".
	Sent  int
	Below string
	// Err is why the next one did not.
	Err error
}

// Error names the count and the cause for operators.
func (e *PartError) Error() string { return fmt.Sprintf("after %d parts: %v", e.Sent, e.Err) }

// Unwrap returns the cause.
func (e *PartError) Unwrap() error { return e.Err }

// A QuietError says that the person whom a post asks something does not want to
// be disturbed.
type QuietError struct {
	// Until is when they can be asked again, as far as is known.
	Until time.Time
}

// Error says until when, for operators.
func (e *QuietError) Error() string {
	return "not to be disturbed until " + e.Until.UTC().Format(time.RFC3339)
}
