package bot

import (
	"context"
	"fmt"
	"strings"
)

// interpret answers what is no line: a sentence that leads to a line that reads
// is answered as that line; whatever else it may stand for is shown as buttons.
func (r *Router) interpret(ctx context.Context, req Request) (Reply, error) {
	lines, certain, err := r.Interpreter.Interpret(ctx, req)
	if err != nil {
		return Reply{}, fmt.Errorf("interpret: %w", err)
	}
	if len(lines) == 0 {
		return Reply{}, Problem("router.unknown", "typed", shorten(oneLine(req.Line), 60))
	}
	if certain && r.reads(ctx, req.As(lines[0], nil)) {
		req.derived = true
		return r.run(ctx, req.As(lines[0], nil))
	}
	return Reply{}, r.meant(ctx, req, lines, certain)
}

// meant shows the lines that a sentence may stand for as buttons.
func (r *Router) meant(ctx context.Context, req Request, lines []string, certain bool) *ProblemError {
	key := "router.near"
	if certain {
		key = "router.meant"
	}
	problem := Problem(key, "typed", shorten(oneLine(req.Line), 60))
	for _, line := range lines {
		label := line
		if whole, ok := r.resolves(ctx, req.As(line, nil)); ok && !certain {
			line = whole
		}
		if fitsButton(line) {
			problem.Button(shorten(oneLine(withoutRevision(label)), MaxButtonLabel), line)
		}
	}
	if len(problem.Buttons) == 0 {
		return Problem("router.unknown", "typed", shorten(oneLine(req.Line), 60))
	}
	return problem
}

// sentence answers a line that begins like a command but is a sentence, such as
// "who is 14 and 15?". One that would write is shown as a button, in a Problem. ok
// is false when it is none.
func (r *Router) sentence(ctx context.Context, req Request) (reply Reply, ok bool, err error) {
	if req.Way != Typed || req.derived || req.Draft > 0 {
		return Reply{}, false, nil
	}
	lines, certain, err := r.Interpreter.Interpret(ctx, req)
	if err != nil || !certain || len(lines) == 0 {
		return Reply{}, false, err
	}
	if !r.reads(ctx, req.As(lines[0], nil)) {
		if meant := r.meant(ctx, req, lines, true); len(meant.Buttons) > 0 {
			return Reply{}, true, meant
		}
		return Reply{}, false, nil
	}
	req.derived = true
	reply, err = r.run(ctx, req.As(lines[0], nil))
	return reply, true, err
}

// reads tells whether a line is one that changes nothing, whatever its words turn
// out to mean.
func (r *Router) reads(ctx context.Context, req Request) bool {
	cmd, words := r.lookup(req.Line)
	if cmd == nil || cmd.Writes {
		return false
	}
	read, _, _ := bind(ctx, cmd, req, req.Line, words)
	return !cmd.writes(read)
}

// withoutRevision writes a line as people read it.
func withoutRevision(line string) string {
	words := Split(line)
	if n := len(words); n > 0 {
		if _, ok := parseRevision(words[n-1]); ok {
			return strings.TrimSpace(line[:words[n-1].start])
		}
	}
	return line
}
