package bot

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"
)

// A Slot is the time that a schedule is due which sends a line, and when it was
// answered before.
type Slot struct {
	// Date is the day that the schedule's rule names, such as "2026-11-30", even
	// when the slot has moved to another one.
	Date string
	// Past are the slots before, the earliest first.
	Past []Firing
}

// A Firing is a slot that was answered.
type Firing struct {
	Date string
	// At is the moment for which the answer was computed.
	At time.Time
}

// Schedulable returns the line that a request's words stand for, in canonical
// form, if it is one that may be sent by a schedule: one that only reads, or whose
// command says so. A Problem says why it may not.
func (r *Router) Schedulable(ctx context.Context, req Request) (line string, err error) {
	line, err = r.schedulable(ctx, req)
	problem, ok := errors.AsType[*ProblemError](err)
	if !ok {
		return line, err
	}
	lines, certain, err := r.Interpreter.Interpret(ctx, req)
	switch {
	case err != nil:
		return "", fmt.Errorf("interpret: %w", err)
	case certain && len(lines) > 0: // a sentence, which may begin like a line
		return r.schedulable(ctx, req.As(lines[0], nil))
	}
	return "", problem
}

// schedulable is Schedulable for what is a line already.
func (r *Router) schedulable(ctx context.Context, req Request) (line string, err error) {
	cmd, words := r.lookup(req.Line)
	if cmd == nil {
		return "", Problem("schedule.unknown", "typed", shorten(oneLine(req.Line), 60))
	}
	refused := Problem("schedule.writes", "line", cmd.Name)
	if cmd.Hidden || cmd.Writes && !cmd.Personal {
		return "", refused
	}
	read, missing, err := r.bindScheduled(ctx, cmd, req, words)
	switch {
	case err != nil:
		return "", err
	case cmd.writes(read) && !cmd.Personal:
		return "", refused
	case len(missing) > 0:
		return "", Problem("schedule.missing", "line", cmd.Name, "usage", cmd.Usage())
	}
	return compose(cmd, read, 0), nil
}

// RunScheduled answers a line that a schedule sends, with the rights that its
// member has now. It returns ErrStranger when the member is gone, a ProblemError
// when the line cannot be answered any more, and any other error for operators;
// nothing is logged. An empty message says that there is nothing to say.
func (r *Router) RunScheduled(ctx context.Context, req Request) (reply Reply, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a scheduled line: %v\n%s", p, debug.Stack())
		}
	}()
	req.Way, req.At = Scheduled, req.At.UTC().Truncate(time.Microsecond)
	if req.Member, err = r.Directory.Member(ctx, req.Workspace, req.Account); err != nil {
		return Reply{}, fmt.Errorf("look up account: %w", err)
	}
	if req.Locale == "" {
		req.Locale = req.Member.Locale
	}
	cmd, words := r.lookup(req.Line)
	if cmd == nil {
		return Reply{}, Problem("router.unknown", "typed", shorten(oneLine(req.Line), 60))
	}
	read, missing, err := r.bindScheduled(ctx, cmd, req, words)
	if err != nil {
		return Reply{}, err
	}
	if len(missing) > 0 || cmd.writes(read) && !cmd.Personal {
		return Reply{}, Problem("schedule.writes", "line", cmd.Name)
	}
	req.args = read
	if reply, err = cmd.Run(ctx, req); err != nil {
		return Reply{}, err
	}
	reply.Command = cmd.Name
	if reply.Message.Empty() {
		return reply, nil
	}
	err = reply.Message.Validate()
	for _, post := range reply.Posts {
		err = errors.Join(err, post.Message.Validate())
	}
	return reply, err
}

// bindScheduled reads a line's arguments; whoever sends it must have the right to.
func (r *Router) bindScheduled(
	ctx context.Context, cmd *Command, req Request, words []Word,
) (read map[string]Reading, missing []Arg, err error) {
	if req.Member.Role < cmd.Role {
		return nil, nil, Problem("router.role", "line", cmd.Name, "role", r.say(req, "role."+cmd.Role.String()))
	}
	return bind(ctx, cmd, req, req.Line, words)
}

// Personal tells whether a line is about whoever gets it: a schedule sends it to
// one person at a time, who answers as themselves.
func (r *Router) Personal(line string) bool {
	cmd, _ := r.lookup(line)
	return cmd != nil && cmd.Personal
}
