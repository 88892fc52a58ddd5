package bot

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// draftWord begins the line that continues a draft: "draft 17 deal #42".
const draftWord = "draft"

// dropWord ends a draft without an effect: "draft 17 drop".
const dropWord = "drop"

// leaveWord makes a draft wait for typed words no longer: "draft 17 leave". It
// can still be continued. Platforms send it for a form that was closed.
const leaveWord = "leave"

// continueDraft answers "draft <n> [arg value]": the kept line with one more
// value, and with the values of a form.
func (r *Router) continueDraft(ctx context.Context, req Request, words []Word) (Reply, error) {
	if len(words) == 0 {
		return Reply{}, Problem("draft.gone")
	}
	number, ok := ParseNumber(words[0])
	if !ok {
		return Reply{}, Problem("draft.gone")
	}
	draft, err := r.Drafts.Draft(ctx, req, number)
	if errors.Is(err, ErrNoDraft) {
		if reply, ok, err := r.answered(ctx, req); ok || err != nil {
			return reply, err
		}
		return Reply{}, Problem("draft.gone")
	}
	if err != nil {
		return Reply{}, fmt.Errorf("read draft %d: %w", number, err)
	}
	words = words[1:]
	if len(words) == 1 && words[0].Text == dropWord {
		if err := r.Drafts.Drop(ctx, req, number); err != nil {
			return Reply{}, fmt.Errorf("drop draft %d: %w", number, err)
		}
		return r.settle(ctx, req, Message{Text: []string{r.say(req, "draft.dropped")}, Private: true})
	}
	if len(words) == 1 && words[0].Text == leaveWord {
		draft.Waiting = ""
		if _, err := r.Drafts.Keep(ctx, req, draft); err != nil {
			return Reply{}, fmt.Errorf("keep draft %d: %w", number, err)
		}
		return Reply{Message: Message{Text: []string{r.say(req, "draft.left")}, Private: true}}, nil
	}
	values := maps.Collect(maps.All(draft.Values))
	maps.Copy(values, req.Values)
	if len(words) > 0 {
		if n, ok := parseRevision(words[len(words)-1]); ok {
			req.Revision, words = n, words[:len(words)-1]
		}
		if len(words) > 1 {
			values[words[0].Text] = raw(req.Line, words[1:])
		}
	}
	req.Line = ""
	return r.fill(ctx, req, draft, values)
}

// fill runs a draft's command with values, and with the words of the request's
// line for what they leave open. A command that writes ends the draft together
// with its effects; after one that reads it is ended here, unless the answer is
// another question, or says what was wrong with this one.
func (r *Router) fill(ctx context.Context, req Request, draft Draft, values map[string]string) (Reply, error) {
	cmd := r.byName[draft.Line]
	if cmd == nil {
		return Reply{}, Problem("draft.gone")
	}
	req.Values, req.args, req.Draft = values, nil, draft.Number
	reply, err := r.call(ctx, cmd, req, Split(req.Line))
	reply.Command = cmd.Name
	if err != nil || cmd.Writes || reply.refused || reply.Message.Form != nil {
		return reply, err
	}
	if err := r.Drafts.Drop(ctx, req, draft.Number); err != nil {
		return Reply{}, fmt.Errorf("drop draft %d: %w", draft.Number, err)
	}
	return reply, nil
}

// answerWaiting takes a typed line as the answer to the newest question that
// waits in this chat. A line that could as well be meant as one is shown beside
// 'save as the answer'. done is false when nothing waits.
//
// It looks only once for each line: a line that writes is first bound, and looks
// within its own transaction.
func (r *Router) answerWaiting(ctx context.Context, asked *Request) (reply Reply, done bool, err error) {
	if !asked.Unasked {
		return Reply{}, false, nil
	}
	asked.Unasked = false
	req := *asked
	draft, err := r.Drafts.Waiting(ctx, req)
	if errors.Is(err, ErrNoDraft) || err == nil && draft.AskedAt.After(req.At) { // said before it was asked
		return Reply{}, false, nil
	}
	if err != nil {
		return Reply{}, true, fmt.Errorf("read waiting draft: %w", err)
	}
	if reply, ok, err := r.answered(ctx, req); ok || err != nil { // perhaps it was the one that asked
		return reply, true, err
	}
	line, resolved := r.resolves(ctx, req)
	cmd, sure := r.likeLine(ctx, req)
	if draft.Soft && (resolved || !r.fits(ctx, req, draft)) {
		meant := resolved || sure
		if !meant {
			meant, err = r.isSentence(ctx, req)
		}
		if meant || err != nil {
			return Reply{}, err != nil, err
		}
	}
	sentence := false
	if !resolved && r.waitsForText(draft) { // anything is an answer to that, also what was not meant as one
		if sentence, err = r.isSentence(ctx, req); err != nil {
			return Reply{}, true, err
		}
	}
	switch {
	case sentence:
		reply, err = r.either(ctx, req, draft, req.Line)
	case resolved:
		reply, err = r.either(ctx, req, draft, line)
	case cmd != nil && (draft.Soft || sure && req.Member.Role >= cmd.Role): // a mistake, or an answer that begins like a line
		reply, err = r.either(ctx, req, draft, req.Line)
	default:
		reply, err = r.fill(ctx, req, draft, draft.Values)
	}
	return reply, true, err
}

// likeLine returns the command that words begin with, if they do. sure is true
// when they are meant as its line, even if they could not run: something in them
// reads as one of its arguments, or it is named in two words.
func (r *Router) likeLine(ctx context.Context, req Request) (cmd *Command, sure bool) {
	cmd, words := r.lookup(req.Line)
	if cmd == nil {
		return nil, false
	}
	read, _, _ := bind(ctx, cmd, req, req.Line, words)
	return cmd, len(read) > 0 || len(Split(cmd.Name)) > 1
}

// fits tells whether words are just what a question waits for, such as the number
// that it asks for. Any words could be a text, so that these are not.
func (r *Router) fits(ctx context.Context, req Request, draft Draft) bool {
	cmd := r.byName[draft.Line]
	if cmd == nil {
		return false
	}
	words := Split(req.Line)
	return slices.ContainsFunc(cmd.named(draft.Waiting), func(arg Arg) bool {
		if arg.Kind == TextKind || arg.Kind == PhraseKind || arg.Kind == WordKind {
			return false
		}
		reading, err := arg.Kind.Read(ctx, req, Span{Text: req.Line, Words: words, Whole: true, Strict: true})
		return err == nil && reading.Words == len(words)
	})
}

// waitsForText tells whether a draft waits for somebody's own words.
func (r *Router) waitsForText(draft Draft) bool {
	cmd := r.byName[draft.Line]
	return cmd != nil && slices.ContainsFunc(cmd.Args, func(a Arg) bool {
		return a.Name == draft.Waiting && (a.Kind == TextKind || a.Kind == PhraseKind)
	})
}

// isSentence tells whether words are a sentence that stands for a line.
func (r *Router) isSentence(ctx context.Context, req Request) (bool, error) {
	lines, certain, err := r.Interpreter.Interpret(ctx, req)
	if err != nil {
		return false, fmt.Errorf("interpret: %w", err)
	}
	return certain && len(lines) > 0, nil
}

// resolves tells whether a line is one that could run as it stands, and returns
// it in canonical form.
func (r *Router) resolves(ctx context.Context, req Request) (string, bool) {
	cmd, words := r.lookup(req.Line)
	if cmd == nil || req.Member.Role < cmd.Role {
		return "", false
	}
	if len(words) == 0 && !cmd.Hidden {
		return cmd.Name, true
	}
	req, words = takeRevision(cmd, req, words)
	read, missing, err := bind(ctx, cmd, req, req.Line, words)
	if err != nil || len(missing) > 0 {
		return "", false
	}
	revision := req.Revision
	if revision == 0 && cmd.writes(read) {
		revision = r.revision(ctx, cmd, req, read)
	}
	return compose(cmd, read, revision), true
}

// either offers a line beside saving its words as the answer to a question. The
// question waits no longer: it has had its next message.
func (r *Router) either(ctx context.Context, req Request, draft Draft, line string) (Reply, error) {
	msg := Message{
		Text:    []string{r.say(req, "draft.either", "question", draft.Question)},
		Private: true,
	}
	if fitsButton(line) {
		msg.Buttons = append(msg.Buttons, Button{Label: r.say(req, "draft.run", "line", shorten(unrevised(line), 50)), Line: line})
	}
	msg.Buttons = append(msg.Buttons, Button{
		Label: r.say(req, "draft.save"), Line: fmt.Sprintf("%s %d", draftWord, draft.Number),
	})
	reply, err := r.settle(ctx, req, msg) // the same event again finds no question and would run
	if err != nil {
		return Reply{}, err
	}
	draft.Values = maps.Collect(maps.All(draft.Values))
	draft.Values[draft.Waiting], draft.Waiting = req.Line, ""
	if _, err := r.Drafts.Keep(ctx, req, draft); err != nil {
		return Reply{}, fmt.Errorf("keep draft %d: %w", draft.Number, err)
	}
	return reply, nil
}

// shorten cuts text to at most n runes, the last one an ellipsis when it was
// longer.
func shorten(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	return string(runes[:n-1]) + "…"
}
