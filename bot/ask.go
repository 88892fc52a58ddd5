package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
)

// problem puts a problem into words.
func (r *Router) problem(req Request, p *ProblemError) Message {
	return Message{
		Text:    []string{shorten(r.say(req, p.Key, p.Args...), MaxParagraph)},
		Buttons: p.Buttons,
		Private: true,
	}
}

// wayOut turns the values that a problem offers into buttons: the same line
// with that value in it.
func (r *Router) wayOut(ctx context.Context, cmd *Command, req Request, read map[string]Reading, err error) error {
	var problem *ProblemError
	if !errors.As(err, &problem) {
		return err
	}
	for i, option := range problem.Options {
		revision := int64(0)
		if i < len(problem.Revisions) {
			revision = problem.Revisions[i]
		}
		line, err := r.lineWith(ctx, cmd, req, read, problem.Arg, option.Value, revision)
		if err != nil {
			return err
		}
		problem.Button(shorten(oneLine(option.Label), MaxButtonLabel), line)
	}
	problem.Options = nil
	return problem
}

// lineWith writes the line that was read so far with one argument set, or keeps
// it as a draft when it is too long for a button.
func (r *Router) lineWith(
	ctx context.Context, cmd *Command, req Request, read map[string]Reading, arg, value string, revision int64,
) (string, error) {
	if revision == 0 {
		revision = r.revision(ctx, cmd, req, read)
	}
	read = maps.Clone(read)
	read[arg] = Reading{Canonical: value}
	if !cmd.writes(read) {
		revision = 0
	}
	if line := compose(cmd, read, revision); fitsButton(line) && complete(cmd, read) {
		return line, nil
	}
	delete(read, arg)
	number, err := r.Drafts.Keep(ctx, req, Draft{Line: cmd.Name, Values: values(read)})
	if err != nil {
		return "", fmt.Errorf("keep draft: %w", err)
	}
	line := fmt.Sprintf("%s %d %s %s", draftWord, number, arg, value)
	if revision > 0 {
		line += " " + Revision(revision)
	}
	return line, nil
}

// revision returns the revision of what the readings name, 0 for what has none
// or cannot be seen.
func (r *Router) revision(ctx context.Context, cmd *Command, req Request, read map[string]Reading) int64 {
	for _, arg := range cmd.Args {
		reading, ok := read[arg.Name]
		reviser, revises := arg.Kind.(Reviser)
		if !ok || !revises {
			continue
		}
		if revision, err := reviser.Revision(ctx, req, reading); err == nil {
			return revision
		}
	}
	return 0
}

// fitsButton tells whether a button can send a line.
func fitsButton(line string) bool {
	return len(line) <= MaxButtonLine && !strings.Contains(line, "\n")
}

// complete tells whether all that was typed has been read: an argument behind a
// gap could be taken for the one before it.
func complete(cmd *Command, read map[string]Reading) bool {
	gap := false
	for _, arg := range cmd.Args {
		_, ok := read[arg.Name]
		if ok && gap && arg.Rest {
			return false
		}
		gap = gap || !ok
	}
	return true
}

// values writes readings as a form would submit them.
func values(read map[string]Reading) map[string]string {
	out := make(map[string]string, len(read))
	for name, reading := range read {
		out[name] = reading.Canonical
	}
	return out
}

// ask answers a line whose arguments are missing with a form. Where only one
// is missing, the next typed words are taken for it. key is the key of the
// first question, "" for the usual one.
func (r *Router) ask(
	ctx context.Context, cmd *Command, req Request, read map[string]Reading, missing []Arg, key string,
) (Reply, error) {
	if reply, ok, err := r.answered(ctx, req); ok || err != nil {
		return reply, err
	}
	if req.OneByOne {
		missing = missing[:1]
	}
	form := &Form{Title: cmp.Or(r.say(req, "form."+cmd.Name), cmd.Name), Line: compose(cmd, read, 0)}
	for _, arg := range missing {
		field, err := r.field(ctx, cmd, req, arg)
		if err != nil {
			return Reply{}, err
		}
		form.Fields = append(form.Fields, field)
	}
	if key != "" {
		form.Fields[0].Label = r.say(req, key)
	}
	question := form.Fields[0].Label
	waiting := ""
	if len(missing) == 1 {
		waiting = missing[0].Name
	}
	if waiting != "" || !fitsButton(form.Line) || !complete(cmd, read) {
		draft := Draft{Number: req.Draft, Line: cmd.Name, Values: values(read), Waiting: waiting, Question: question}
		number, err := r.Drafts.Keep(ctx, req, draft)
		if err != nil {
			return Reply{}, fmt.Errorf("keep draft: %w", err)
		}
		form.Line = fmt.Sprintf("%s %d", draftWord, number)
	}
	msg := Message{Title: question, Form: form, Private: true}
	if waiting == "" {
		return Reply{Message: msg}, nil
	}
	msg.Buttons = []Button{{Label: r.say(req, "draft.drop"), Line: form.Drop()}}
	if req.Own().Private {
		msg.Note = r.say(req, "draft.next")
	}
	return r.settle(ctx, req, msg) // the same event again is not the answer
}

// field describes one missing argument. The question is the command's own where
// the catalogue has one, else the kind's.
func (r *Router) field(ctx context.Context, cmd *Command, req Request, arg Arg) (FormField, error) {
	label := r.say(req, "ask."+cmd.Name+"."+arg.Name)
	if label == "" {
		label = r.say(req, "ask."+arg.Kind.ID())
	}
	field := FormField{
		Name: arg.Name, Label: label, Optional: arg.Optional, Long: arg.Long,
		Hint: r.say(req, "hint."+arg.Kind.ID()),
	}
	if offerer, ok := arg.Kind.(Offerer); ok {
		options, err := offerer.Offer(ctx, req)
		if err != nil {
			return FormField{}, fmt.Errorf("offer %s: %w", arg.Name, err)
		}
		for _, option := range options[:min(len(options), MaxOptions)] {
			option.Label = shorten(oneLine(option.Label), MaxOptionLabel)
			field.Options = append(field.Options, option)
		}
	}
	return field, nil
}
