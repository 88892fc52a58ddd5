package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// keyExtra complains about words that no argument takes.
const keyExtra = "line.extra"

// binding reads a command's arguments from the words of one line.
type binding struct {
	cmd    *Command
	req    Request
	strict bool
	text   string
	words  []Word
	read   map[string]Reading
}

// bind fills the arguments from the words and from the request's values, which
// win. It returns the readings and the required arguments that are missing.
func bind(ctx context.Context, cmd *Command, req Request, text string, words []Word) (map[string]Reading, []Arg, error) {
	b := binding{cmd: cmd, req: req, strict: cmd.Writes, text: text, words: words, read: map[string]Reading{}}
	if err := b.all(ctx); err != nil {
		return b.read, nil, err
	}
	if !b.strict && cmd.writes(b.read) { // a guess among them may not stand
		b = binding{cmd: cmd, req: req, strict: true, text: text, words: words, read: map[string]Reading{}}
		if err := b.all(ctx); err != nil {
			return b.read, nil, err
		}
	}
	var missing []Arg
	for _, arg := range cmd.Args {
		if _, ok := b.read[arg.Name]; !ok && !arg.Optional {
			missing = append(missing, arg)
		}
	}
	return b.read, missing, nil
}

func (b *binding) all(ctx context.Context) error {
	if err := b.fromValues(ctx); err != nil {
		return err
	}
	return b.fromWords(ctx)
}

func (b *binding) fromValues(ctx context.Context) error {
	for _, arg := range b.cmd.Args {
		value := clean(b.req.Values[arg.Name])
		if value == "" {
			continue
		}
		span := Span{Text: value, Words: Split(value), Whole: true, Strict: b.strict}
		reading, err := arg.Kind.Read(ctx, b.req, span)
		if err != nil {
			return about(err, arg.Name)
		}
		if reading.Words < len(span.Words) {
			return about(tooMany(span.Words[reading.Words:]), arg.Name)
		}
		b.keep(arg, reading)
	}
	return nil
}

// fromWords reads the arguments behind the pivot from the end, where they have
// a shape of their own, and then the others from the beginning. The pivot is
// the argument that takes the rest, or else the first.
func (b *binding) fromWords(ctx context.Context) error {
	args := slices.DeleteFunc(slices.Clone(b.cmd.Args), func(a Arg) bool { return b.bound(a) })
	if len(args) == 0 {
		return b.extra()
	}
	pivot := max(0, slices.IndexFunc(args, func(a Arg) bool { return a.Rest }))
	if err := b.fromEnd(ctx, args[pivot+1:]); err != nil {
		return err
	}
	for i, arg := range args {
		if len(b.words) == 0 || b.bound(arg) {
			continue
		}
		if err := b.fromStart(ctx, arg, i >= pivot && !b.apart(arg, args[i+1:])); err != nil {
			return b.keepGoing(ctx, args[i+1:], pivot-i-1, err)
		}
	}
	return b.extra()
}

// fromEnd reads the last words for as long as they are one of the arguments.
func (b *binding) fromEnd(ctx context.Context, args []Arg) error {
	for again := true; again && len(b.words) > 0; {
		again = false
		for _, arg := range slices.Backward(args) {
			ender, ok := arg.Kind.(Ender)
			if !ok || b.bound(arg) || len(b.words) == 0 {
				continue
			}
			reading, err := ender.ReadEnd(ctx, b.req, b.span(false))
			if err != nil {
				return b.readRest(ctx, arg, about(err, arg.Name))
			}
			if reading.Words > 0 {
				b.words = b.words[:len(b.words)-reading.Words]
				b.keep(arg, reading)
				again = true
			}
		}
	}
	return nil
}

func (b *binding) fromStart(ctx context.Context, arg Arg, last bool) error {
	reading, err := arg.Kind.Read(ctx, b.req, b.span(last && !arg.Rest))
	if err != nil {
		return about(err, arg.Name)
	}
	if reading.Words > 0 {
		b.words = b.words[reading.Words:]
		b.keep(arg, reading)
	}
	return nil
}

// readRest reads what stands before words at the end that a problem offers to
// replace, so that nothing that was typed is lost. It returns the problem.
func (b *binding) readRest(ctx context.Context, about Arg, err error) error {
	var problem *ProblemError
	if !errors.As(err, &problem) || len(problem.Options) == 0 || problem.Took == 0 || problem.Took > len(b.words) {
		return err
	}
	b.words = b.words[:len(b.words)-problem.Took]
	b.read[about.Name] = Reading{Words: problem.Took}
	if again := b.fromWords(ctx); again != nil {
		b.words = nil
	}
	delete(b.read, about.Name)
	return err
}

// keepGoing reads what stands behind words that a problem offers to replace, so
// that nothing that was typed is lost. It returns the problem.
func (b *binding) keepGoing(ctx context.Context, args []Arg, pivot int, err error) error {
	var problem *ProblemError
	if !errors.As(err, &problem) || len(problem.Options) == 0 || problem.Took > len(b.words) {
		return err
	}
	switch {
	case problem.Keep:
	case problem.Took == 0:
		return err
	default:
		b.words = b.words[problem.Took:]
	}
	for i, arg := range args {
		if len(b.words) == 0 || b.bound(arg) {
			continue
		}
		if again := b.fromStart(ctx, arg, i >= pivot && !b.apart(arg, args[i+1:])); again != nil {
			return err
		}
	}
	return err
}

func (b *binding) span(whole bool) Span {
	return Span{Text: b.text, Words: b.words, Whole: whole, Strict: b.strict}
}

func (b *binding) bound(arg Arg) bool {
	_, ok := b.read[arg.Name]
	return ok
}

func (b *binding) keep(arg Arg, reading Reading) {
	b.read[arg.Name] = reading
	b.req.args = b.read
}

// extra complains about words that no argument took.
func (b *binding) extra() error {
	if len(b.words) == 0 {
		return nil
	}
	return tooMany(b.words)
}

func tooMany(words []Word) error {
	return Problem(keyExtra, "typed", shorten(oneLine(Join(words)), 60))
}

// compose writes the command with what was read as a canonical line; revision 0
// writes none.
func compose(cmd *Command, read map[string]Reading, revision int64) string {
	parts := []string{cmd.Name}
	for _, arg := range cmd.Args {
		reading, ok := read[arg.Name]
		if !ok || reading.Canonical == "" {
			continue
		}
		text := reading.Canonical
		if arg.Kind == TextKind && !arg.Rest {
			text = Quote(text)
		}
		parts = append(parts, text)
	}
	if revision > 0 {
		parts = append(parts, Revision(revision))
	}
	return strings.Join(parts, " ")
}

// Revision writes the mark that ends a button's line, such as "~7".
func Revision(n int64) string { return "~" + strconv.FormatInt(n, 10) }

// unrevised is a line as people read it, without the revision that a button's ends
// in.
func unrevised(line string) string {
	words := Split(line)
	if n := len(words); n > 1 {
		if _, ok := parseRevision(words[n-1]); ok {
			return strings.TrimRight(line[:words[n-1].start], " ")
		}
	}
	return line
}

// parseRevision reads a mark such as "~7".
func parseRevision(w Word) (int64, bool) {
	text, ok := strings.CutPrefix(w.Text, "~")
	if !ok || w.Quoted || strings.HasPrefix(text, "#") {
		return 0, false
	}
	return ParseNumber(Word{Text: text})
}
