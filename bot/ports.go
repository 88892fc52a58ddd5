package bot

import (
	"context"
	"time"
)

// A Directory knows people. It is read outside any transaction and may answer
// from a cache.
type Directory interface {
	// Member returns who an account is in a workspace, or ErrStranger.
	Member(ctx context.Context, workspace int64, account Account) (Member, error)
	// Heard notes that a member has said something through an account of theirs, so
	// that what the bot says by itself finds them where they are.
	Heard(ctx context.Context, req Request) error
}

// A Team is an organisation as one platform knows it.
type Team struct {
	Platform string
	ID       string
	Name     string
}

// A Person is what a platform says of somebody.
type Person struct {
	Account Account
	// Name is what colleagues call them; it may be taken, long or empty.
	Name string
	// Handle is what the platform calls the account, such as a user name; "" for
	// nothing.
	Handle string
	// Zone is the tz database's name, Locale a language tag; either may be empty
	// or unknown.
	Zone, Locale string
	// Gone says that the account has been closed.
	Gone bool
	// Leads says that the person runs the team on that platform: the first such
	// who speaks to the bot becomes its admin.
	Leads bool
}

// People is told by adapters who their platform says that people are.
type People interface {
	// Workspace returns the workspace that a team is linked to. A team that is
	// new is linked: to the only workspace there is if that has no team of the
	// platform yet, else to a new one.
	Workspace(ctx context.Context, team Team) (int64, error)
	// Meet takes in somebody who speaks to the bot or was named to it: a new
	// member, or news of one.
	Meet(ctx context.Context, workspace int64, person Person, speaks bool) error
	// Refresh takes in news of people. Those who are not members are left alone.
	Refresh(ctx context.Context, workspace int64, people ...Person) error
}

// Words puts keys into a language. Args alternate names and values; a value
// named "count" chooses the plural.
type Words interface {
	Say(locale, key string, args ...any) string
}

// An Inbox remembers events that were answered.
type Inbox interface {
	// Answered returns the stored answer of the request's event; ok is false
	// when the event is new.
	Answered(ctx context.Context, req Request) (reply Reply, ok bool, err error)
	// Refuse stores an answer to an event that changed nothing, and returns it;
	// if the event was answered meanwhile, it returns that answer.
	Refuse(ctx context.Context, req Request, msg Message) (Reply, error)
	// Advance stores how far a stream of events has been read by a moment; it goes
	// back only from a position that does not count any more.
	Advance(ctx context.Context, stream string, position int64, at time.Time) error
	// Position returns how far a stream has been read, 0 for not at all, and for one
	// that was not read for so long that it may have begun anew.
	Position(ctx context.Context, stream string, now time.Time) (int64, error)
}

// A Draft is a line that waits to be continued: its values by argument, and the
// argument that the next typed words will be.
type Draft struct {
	Number  int64
	Member  int64
	Chat    Chat
	Line    string
	Values  map[string]string
	Waiting string
	// Soft says that the question does not insist: only words that are no line are
	// its answer, and a line leaves it waiting.
	Soft bool
	// Question is what was asked, for showing it again, and AskedAt when.
	Question string
	AskedAt  time.Time
}

// Drafts keeps drafts for a day.
type Drafts interface {
	// Keep stores a draft of the request's member and chat and returns its
	// number, the same number for the same event. A draft that has a number
	// takes the place of the one it was.
	Keep(ctx context.Context, req Request, draft Draft) (int64, error)
	// Draft returns the member's draft with that number, or ErrNoDraft.
	Draft(ctx context.Context, req Request, number int64) (Draft, error)
	// Waiting returns the newest draft of the member and chat that waits for
	// typed words, or ErrNoDraft.
	Waiting(ctx context.Context, req Request) (Draft, error)
	// Drop makes a draft wait no longer.
	Drop(ctx context.Context, req Request, number int64) error
}

// An Interpreter finds what a sentence that is no line may stand for.
type Interpreter interface {
	// Interpret returns lines, the likeliest first; none when it has no idea.
	// Certain says that the first one is what was meant.
	Interpret(ctx context.Context, req Request) (lines []string, certain bool, err error)
}

// A Reply is the answer to one request.
type Reply struct {
	Message Message
	// Stored is the number under which the answer waits to be marked as sent; 0
	// when it is not stored.
	Stored int64
	// Posts are what other people get.
	Posts []Post
	// Field names the argument that the message complains of, or "".
	Field string
	// Repeated says that the event had been answered before.
	Repeated bool
	// Command is the name of the command that answered, or "".
	Command string
	// refused says that the message is a problem, stored as the event's answer.
	refused bool
}
