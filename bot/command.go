package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A Command is one thing that can be asked of the bot.
type Command struct {
	// Name is one word, or two such as "deal add"; lower-case ASCII.
	Name string
	// Aliases are further names.
	Aliases []string
	// Summary is the key of one line that says what the command does.
	Summary string
	// Examples are lines that work when they are pasted.
	Examples []string
	// Args are read from the words, from a form's values by name, and what is
	// missing becomes a form.
	Args []Arg
	// Role is the least that a member must be.
	Role Role
	// Writes says that the command changes something, so that a guess is never
	// good enough for it.
	Writes bool
	// Personal says that the line asks whoever gets it: a schedule sends it to one
	// person at a time, as that person, also if it writes: sent so, it only asks.
	Personal bool
	// Leaves says that the line ends a question that waits, and so is never taken
	// for its answer.
	Leaves bool
	// Hidden commands are sent by buttons and left out of help.
	Hidden bool
	// Run answers the request.
	Run func(context.Context, Request) (Reply, error)
}

// An Arg is one argument of a command.
type Arg struct {
	Name string
	Kind Kind
	// Optional arguments may be left out.
	Optional bool
	// Rest takes all words that the arguments around it leave.
	Rest bool
	// Writes says that a line with this argument changes something, although the
	// command without it only reads.
	Writes bool
	// Long says that a form should offer room for a paragraph.
	Long bool
	// Hidden arguments are sent by buttons and left out of help.
	Hidden bool
}

// A Span is the words that an argument may be read from.
type Span struct {
	// Text is what the words were cut from.
	Text  string
	Words []Word
	// Whole says that nothing is expected beside the argument.
	Whole bool
	// Strict says that only what matches exactly may be read: a guess is to be
	// refused with a Problem that offers it.
	Strict bool
}

// Raw returns the first n words as they were written.
func (s Span) Raw(n int) string { return raw(s.Text, s.Words[:n]) }

// A Reading is an argument that was read.
type Reading struct {
	Value any
	// Words is how many words it took; 0 says that the argument is not there.
	Words int
	// Canonical is how a button's line spells it.
	Canonical string
}

// A Kind reads arguments of one kind.
type Kind interface {
	// ID names the kind; "kind.<id>" is the key of its words.
	ID() string
	// Read reads the argument from the beginning of the span. A Problem says
	// what is wrong with it.
	Read(ctx context.Context, req Request, span Span) (Reading, error)
}

// An Ender is a Kind that can also be read from the end of a line.
type Ender interface {
	ReadEnd(ctx context.Context, req Request, span Span) (Reading, error)
}

// An Offerer is a Kind that can list likely values, for forms and completion.
type Offerer interface {
	Offer(ctx context.Context, req Request) ([]Option, error)
}

// A Completer is an Offerer that knows better than its values how somebody goes on
// who has begun to type one.
type Completer interface {
	// Complete returns what the word that was begun may become, as it is typed.
	Complete(ctx context.Context, req Request, begun string) ([]string, error)
}

// A Reviser is a Kind whose values have revisions, which buttons that write must
// carry.
type Reviser interface {
	Revision(ctx context.Context, req Request, reading Reading) (int64, error)
}

// writes tells whether a line with these arguments changes something.
func (c *Command) writes(read map[string]Reading) bool {
	for _, arg := range c.Args {
		if _, ok := read[arg.Name]; ok && arg.Writes {
			return true
		}
	}
	return c.Writes
}

// takesText tells whether the word behind the first n may be part of a free text
// that a person types. A hidden command is only ever pressed.
func (c *Command) takesText(n int) bool {
	return slices.ContainsFunc(c.Args, func(a Arg) bool {
		text := a.Rest || a.Kind == TextKind || a.Kind == PhraseKind
		return text && !c.Hidden && (!a.Optional || n >= len(c.Args))
	})
}

// named returns the argument of that name, alone in a list, as one that is
// required.
func (c *Command) named(name string) []Arg {
	for _, arg := range c.Args {
		if arg.Name == name {
			arg.Optional = false
			return []Arg{arg}
		}
	}
	return nil
}

// Usage returns the command with its arguments, such as "won <deal> [amount]".
func (c Command) Usage() string {
	var b strings.Builder
	b.WriteString(c.Name)
	for _, arg := range c.Args {
		if arg.Hidden {
			continue
		}
		if arg.Optional {
			fmt.Fprintf(&b, " [%s]", arg.Name)
		} else {
			fmt.Fprintf(&b, " <%s>", arg.Name)
		}
	}
	return b.String()
}

// check tells what is wrong with the way a command is declared.
func (c Command) check() error {
	var errs []error
	complain := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("command %q: "+format, append([]any{c.Name}, args...)...))
	}
	for _, name := range append([]string{c.Name}, c.Aliases...) {
		if !validName(name) {
			complain("bad name %q", name)
		}
	}
	if c.Run == nil {
		complain("no Run")
	}
	if c.Summary == "" || len(c.Examples) == 0 && !c.Hidden {
		complain("no help: a summary and an example are needed")
	}
	rest := 0
	seen := map[string]bool{}
	for _, arg := range c.Args {
		if arg.Name == "" || arg.Kind == nil {
			complain("argument %q has no name or kind", arg.Name)
		}
		if seen[arg.Name] {
			complain("argument %q is there twice", arg.Name)
		}
		seen[arg.Name] = true
		if arg.Rest {
			rest++
		}
	}
	if rest > 1 {
		complain("two arguments take the rest")
	}
	return errors.Join(errs...)
}

func validName(name string) bool {
	words := strings.Split(name, " ")
	if len(words) > 2 {
		return false
	}
	for _, word := range words {
		if word == "" || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz-") != "" {
			return false
		}
	}
	return true
}
