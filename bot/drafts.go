package bot

import (
	"context"
	"errors"
	"fmt"
	"maps"
)

// draftWord begins the line that continues a draft: "draft 17 deal #42".
const draftWord = "draft"

// dropWord ends a draft without an effect: "draft 17 drop".
const dropWord = "drop"

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
		return Reply{Message: Message{Text: []string{r.say(req, "draft.dropped")}, Private: true}}, nil
	}
	values := maps.Clone(draft.Values)
	maps.Copy(values, req.Values)
	if len(words) > 0 {
		if n, ok := parseRevision(words[len(words)-1]); ok {
			req.Revision, words = n, words[:len(words)-1]
		}
		if len(words) > 1 {
			values[words[0].Text] = raw(req.Line, words[1:])
		}
	}
	return r.fill(ctx, req, draft, values)
}

// fill runs a draft's line with values.
func (r *Router) fill(ctx context.Context, req Request, draft Draft, values map[string]string) (Reply, error) {
	req = req.As(draft.Line, values)
	req.Draft = draft.Number
	return r.run(ctx, req)
}

// answerWaiting takes a typed line as the answer to the newest question that
// waits in this chat. A line that could as well be meant as one is shown beside
// 'save as the answer'. done is false when nothing waits.
func (r *Router) answerWaiting(ctx context.Context, req Request) (reply Reply, done bool, err error) {
	draft, err := r.Drafts.Waiting(ctx, req)
	if errors.Is(err, ErrNoDraft) {
		return Reply{}, false, nil
	}
	if err != nil {
		return Reply{}, true, fmt.Errorf("read waiting draft: %w", err)
	}
	values := maps.Clone(draft.Values)
	values[draft.Waiting] = req.Line
	if line, ok := r.resolves(ctx, req); ok {
		reply, err = r.either(ctx, req, draft, line, values)
		return reply, true, err
	}
	reply, err = r.fill(ctx, req, draft, values)
	return reply, true, err
}

// resolves tells whether a line is one that could run as it stands, and returns
// it in canonical form.
func (r *Router) resolves(ctx context.Context, req Request) (string, bool) {
	cmd, words := r.lookup(req.Line)
	if cmd == nil || req.Member.Role < cmd.Role {
		return "", false
	}
	read, missing, err := bind(ctx, cmd, req, req.Line, words)
	if err != nil || len(missing) > 0 {
		return "", false
	}
	revision := int64(0)
	if cmd.writes(read) {
		revision = r.revision(ctx, cmd, req, read)
	}
	return compose(cmd, read, revision), true
}

// either offers a line beside saving its words as the answer to a question.
func (r *Router) either(ctx context.Context, req Request, draft Draft, line string, values map[string]string) (Reply, error) {
	draft.Values, draft.Waiting = values, ""
	number, err := r.Drafts.Keep(ctx, req, draft)
	if err != nil {
		return Reply{}, fmt.Errorf("keep draft: %w", err)
	}
	msg := Message{
		Text:    []string{r.say(req, "draft.either", "question", draft.Question)},
		Private: true,
	}
	if len(line) <= MaxButtonLine {
		msg.Buttons = append(msg.Buttons, Button{Label: r.say(req, "draft.run", "line", shorten(line, 50)), Line: line})
	}
	msg.Buttons = append(msg.Buttons, Button{
		Label: r.say(req, "draft.save"), Line: fmt.Sprintf("%s %d", draftWord, number),
	})
	return Reply{Message: msg}, nil
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
