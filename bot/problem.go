package bot

import "errors"

// A ProblemError is something that a person may read: what was wrong with a
// line, and what to type next. The Router puts it into words; any other error
// is for operators and never shown.
type ProblemError struct {
	// Key and Args make the sentence; Args alternate names and values.
	Key  string
	Args []any
	// Buttons are ways out.
	Buttons []Button
	// Options are values that would do in place of what was typed for Arg; the
	// Router makes a button of each.
	Options []Option
	// Revisions of the options, when they name what has one.
	Revisions []int64
	// Arg is the argument that the problem is about, or "".
	Arg string
	// Took is how many words were meant for that argument, so that those beside
	// them can be kept for the line that an option makes; 0 for all.
	Took int
	// Ends says that nothing that could be typed helps, so that a question which
	// led here waits no longer.
	Ends bool
	// Keep says that the words were not meant for that argument at all, and are
	// kept for those behind it.
	Keep bool
}

// Problem returns a sentence for the person as an error.
func Problem(key string, args ...any) *ProblemError { return &ProblemError{Key: key, Args: args} }

// Error names the problem for operators, without anyone's words.
func (p *ProblemError) Error() string { return "problem " + p.Key }

// Button adds a way out.
func (p *ProblemError) Button(label, line string) *ProblemError {
	p.Buttons = append(p.Buttons, Button{Label: label, Line: line})
	return p
}

// End marks a problem that no further words can mend.
func (p *ProblemError) End() *ProblemError {
	p.Ends = true
	return p
}

// Offer adds a value that would do in place of what was typed, with the
// revision of what it names, or 0.
func (p *ProblemError) Offer(label, value string, revision int64) *ProblemError {
	p.Options = append(p.Options, Option{Label: label, Value: value})
	p.Revisions = append(p.Revisions, revision)
	return p
}

// about says which argument a problem is about.
func about(err error, arg string) error {
	var problem *ProblemError
	if errors.As(err, &problem) && problem.Arg == "" {
		problem.Arg = arg
	}
	return err
}

// A MissingError says that a command cannot do without an optional argument
// after all. The Router asks for it.
type MissingError struct {
	Arg string
	// Key is the question; "" for the usual one.
	Key string
}

// Missing returns an error that makes the Router ask for an argument.
func Missing(arg, key string) error { return &MissingError{Arg: arg, Key: key} }

// Error names the argument for operators.
func (e *MissingError) Error() string { return "missing argument " + e.Arg }

// ErrRepeated says that the event has been answered before. The Router then
// repeats the stored answer.
var ErrRepeated = errors.New("event was answered before")

// ErrWaiting says that a question waits in the chat, so that the line may be its
// answer. Nothing was written.
var ErrWaiting = errors.New("a question waits for an answer")

// ErrStranger says that nobody knows the account.
var ErrStranger = errors.New("unknown account")

// ErrNoDraft says that a draft does not exist, is older than a day, or is
// somebody else's.
var ErrNoDraft = errors.New("no such draft")
