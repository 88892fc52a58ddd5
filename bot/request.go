package bot

import (
	"maps"
	"time"
)

// A Role is what a member may do. Each role may do all that the ones before it
// may.
type Role int

// The roles.
const (
	Rep Role = iota
	Manager
	Admin
)

var roleIDs = [...]string{"rep", "manager", "admin"}

// String returns the role's id: "rep", "manager" or "admin".
func (r Role) String() string { return roleIDs[r] }

// ParseRole returns the role with the given id; ok is false when there is none.
func ParseRole(id string) (r Role, ok bool) {
	for i, known := range roleIDs {
		if known == id {
			return Role(i), true
		}
	}
	return Rep, false
}

// An Account is a person as one platform knows them.
type Account struct {
	Platform string
	ID       string
}

// A Member is a person of a workspace.
type Member struct {
	ID   int64
	Name string
	Role Role
	// Locale is the language tag the person is spoken to in, such as "en".
	Locale string
	// Zone is where the person's days begin and end, Home where the workspace's
	// months do. Neither is nil in a request that reached a command.
	Zone, Home *time.Location
}

// A Chat is where a line was said and where its answer goes.
type Chat struct {
	Platform string `json:"platform"`
	ID       string `json:"id"`
	// Thread is the part of the chat, where the platform has such.
	Thread string `json:"thread,omitempty"`
	// Private says that only one person and the bot are there.
	Private bool `json:"private,omitempty"`
}

// A Way is how a line came in.
type Way int

// The ways.
const (
	Typed     Way = iota // a person typed it
	Pressed              // a button or a menu sent it
	Submitted            // a form sent it
	// Scheduled lines are sent by a schedule; nobody is there to be asked. They may
	// be answered with an empty message, when there is nothing to say.
	Scheduled
)

// A Request is one line with who said it, where and when. The adapter fills
// the first part; the Router fills Member and the bound arguments.
type Request struct {
	Workspace int64
	Account   Account
	Chat      Chat
	// Aside is where the asker gets what nobody else may see, on a platform that
	// cannot show it in Chat; zero for Chat itself.
	Aside Chat
	Line  string
	// Values are a form's values by field name.
	Values map[string]string
	// EventID is unique for the event that brought the line; the same id again
	// is the same event again. Empty means that it cannot come twice.
	EventID string
	// Locale overrides the member's language where a platform knows better.
	Locale string
	// At is when the person said it, Arrived when the bot heard of it; a zero
	// Arrived is At.
	At      time.Time
	Arrived time.Time
	Way     Way
	// Command says that the words were typed as a command is on that platform, with
	// a slash before them, and are never the answer to a question that waits.
	Command bool
	// OneByOne says that a form has to ask for one value after another.
	OneByOne bool
	// Unlinked says that the chat is not one of the workspace's yet.
	Unlinked bool
	// Chats knows the chats that the line names; nil knows none.
	Chats Chats
	// Slot is the schedule's that sent the line.
	Slot Slot

	Member Member
	// Revision is the one that a button was drawn from; 0 for none.
	Revision int64
	// Draft is the number of the draft that the line continues; 0 for none.
	Draft int64

	// Unasked says that nobody has looked yet whether a question waits in the
	// chat. A command that writes looks in its transaction, and returns ErrWaiting
	// if one does.
	Unasked bool

	args map[string]Reading
	// derived says that the line stands for a sentence, which is not interpreted
	// again.
	derived bool
}

// Heard returns when the bot heard of the request.
func (r Request) Heard() time.Time {
	if r.Arrived.IsZero() {
		return r.At
	}
	return r.Arrived
}

// Own returns the chat in which the asker is asked something.
func (r Request) Own() Chat {
	if r.Aside != (Chat{}) {
		return r.Aside
	}
	return r.Chat
}

// To returns the chat that an answer to the request goes to.
func (r Request) To(answer Message) Chat {
	if answer.Private {
		return r.Own()
	}
	return r.Chat
}

// Has tells whether the argument was given.
func (r Request) Has(name string) bool {
	_, ok := r.args[name]
	return ok
}

// Words returns how many words of the line the argument took, 0 when it came
// from a form or was left out.
func (r Request) Words(name string) int {
	if r.Values[name] != "" {
		return 0
	}
	return r.args[name].Words
}

// Text returns a Text, Word or Choice argument, or "" when it was left out.
func (r Request) Text(name string) string {
	s, _ := r.args[name].Value.(string)
	return s
}

// Int returns a Number argument, or other when it was left out.
func (r Request) Int(name string, other int64) int64 {
	if n, ok := r.args[name].Value.(int64); ok {
		return n
	}
	return other
}

// Value returns what was read for the argument as a T; the zero T when it was
// left out.
func Value[T any](r Request, name string) T {
	v, _ := r.args[name].Value.(T)
	return v
}

// As returns the request with another line in place of its own, for running
// what a sentence or a draft stands for.
func (r Request) As(line string, values map[string]string) Request {
	r.Line, r.Values, r.args = line, values, nil
	return r
}

// WithArg returns the request with an argument set, for a command that hands
// over to another one's answer.
func (r Request) WithArg(name string, value any) Request {
	args := make(map[string]Reading, len(r.args)+1)
	maps.Copy(args, r.args)
	args[name] = Reading{Value: value}
	r.args = args
	return r
}
