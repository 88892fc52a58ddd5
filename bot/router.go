package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Config is what a Router needs from outside. All fields are required.
type Config struct {
	Directory   Directory
	Words       Words
	Inbox       Inbox
	Drafts      Drafts
	Interpreter Interpreter
	Log         *slog.Logger
	// Clock measures how long lines take.
	Clock func() time.Time
	// Reference returns a fresh mark that a person can give to an operator.
	Reference func() string
}

// A Router finds the command that answers a line. It is safe for use by many
// goroutines.
type Router struct {
	Config
	commands []Command
	byName   map[string]*Command
}

// NewRouter returns a router over the commands. It refuses commands that clash,
// have bad names or lack help.
func NewRouter(config Config, commands ...Command) (*Router, error) {
	r := &Router{Config: config, commands: commands, byName: map[string]*Command{}}
	var errs []error
	for i := range commands {
		cmd := &commands[i]
		errs = append(errs, cmd.check())
		for _, name := range append([]string{cmd.Name}, cmd.Aliases...) {
			if r.byName[name] != nil || name == draftWord {
				errs = append(errs, fmt.Errorf("command %q: the name %q is taken", cmd.Name, name))
			}
			r.byName[name] = cmd
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("new router: %w", err)
	}
	return r, nil
}

// Serve answers one request. Whatever goes wrong becomes an answer; what is not
// the person's doing is logged with a reference that the answer also holds.
func (r *Router) Serve(ctx context.Context, req Request) Reply {
	start := r.Clock()
	req.At = req.At.UTC().Truncate(time.Microsecond)
	reply, err := r.contained(ctx, &req)
	if err == nil && (req.Way != Scheduled || !reply.Message.Empty()) {
		if err = reply.Message.Validate(); err != nil && !reply.Repeated {
			err = fmt.Errorf("answer of %q: %w", reply.Command, err)
		} else {
			err = nil
		}
	}
	attrs := []any{
		"line", reply.Command, "member", req.Member.ID, "workspace", req.Workspace,
		"platform", req.Chat.Platform, "duration", r.Clock().Sub(start),
	}
	if err != nil {
		reference := r.Reference()
		r.Log.ErrorContext(ctx, "line failed", append(attrs, "err", err, "reference", reference)...)
		return Reply{Command: reply.Command, Message: Message{
			Text: []string{r.say(req, "router.broken", "reference", reference)}, Private: true,
		}}
	}
	r.Log.InfoContext(ctx, "line", attrs...)
	return reply
}

// contained answers a request and turns a panic into an error.
func (r *Router) contained(ctx context.Context, req *Request) (reply Reply, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	reply, err = r.serve(ctx, req)
	if problem, ok := errors.AsType[*ProblemError](err); ok {
		return Reply{Command: reply.Command, Message: r.problem(*req, problem), Field: problem.Arg}, nil
	}
	return reply, err
}

func (r *Router) serve(ctx context.Context, req *Request) (Reply, error) {
	member, err := r.Directory.Member(ctx, req.Workspace, req.Account)
	if errors.Is(err, ErrStranger) {
		return Reply{}, Problem("router.stranger")
	}
	if err != nil {
		return Reply{}, fmt.Errorf("look up account: %w", err)
	}
	req.Member = member
	if req.Locale == "" {
		req.Locale = member.Locale
	}
	if err := r.Directory.Heard(ctx, *req); err != nil {
		return Reply{}, fmt.Errorf("note who was heard: %w", err)
	}
	if tooLong(req.Line) || slices.ContainsFunc(slices.Collect(maps.Values(req.Values)), tooLong) {
		return Reply{}, Problem("router.long", "most", MaxLine)
	}
	if !utf8.ValidString(req.Line) {
		return Reply{}, Problem("router.garbled")
	}
	req.Line = clean(req.Line)
	if req.Line == "" {
		return Reply{}, Problem("router.empty")
	}
	words := Split(req.Line)
	if strings.EqualFold(words[0].Text, draftWord) && !words[0].Quoted {
		return r.continueDraft(ctx, *req, words[1:])
	}
	req.Unasked = req.Way == Typed && req.Chat.Private && !req.Command
	cmd, rest := r.lookup(req.Line)
	if cmd != nil && cmd.Leaves && len(rest) == 0 {
		req.Unasked = false
	}
	if cmd == nil || !cmd.Writes {
		if reply, done, err := r.answerWaiting(ctx, req); done || err != nil {
			return reply, err
		}
	}
	return r.run(ctx, *req)
}

// run answers a line that is no draft's continuation.
func (r *Router) run(ctx context.Context, req Request) (Reply, error) {
	cmd, words := r.lookup(req.Line)
	if cmd == nil || !cmd.Writes { // its words may have been the answer to a question
		if reply, ok, err := r.answered(ctx, req); ok || err != nil {
			return reply, err
		}
	}
	if cmd == nil {
		return r.interpret(ctx, req)
	}
	reply, err := r.call(ctx, cmd, req, words)
	if _, ok := errors.AsType[*ProblemError](err); ok {
		if other, ok, err := r.sentence(ctx, req); ok || err != nil {
			return other, err
		}
	}
	if reply.Command == "" {
		reply.Command = cmd.Name
	}
	return reply, err
}

// call binds the arguments and runs the command. A problem in a line that
// writes is stored as the event's answer, so that the same event later cannot
// have an effect that nobody saw.
func (r *Router) call(ctx context.Context, cmd *Command, req Request, words []Word) (Reply, error) {
	reply, writes, err := r.attempt(ctx, cmd, &req, words)
	var problem *ProblemError
	switch {
	case errors.Is(err, ErrWaiting):
		reply, done, err := r.answerWaiting(ctx, &req)
		if done || err != nil {
			return reply, err
		}
		return r.call(ctx, cmd, req, words)
	case errors.Is(err, ErrRepeated):
		reply, ok, err := r.answered(ctx, req)
		if err == nil && !ok {
			err = errors.New("a repeated event has no stored answer")
		}
		return reply, err
	case errors.As(err, &problem) && problem.Ends && req.Draft > 0:
		if err := r.Drafts.Drop(ctx, req, req.Draft); err != nil {
			return Reply{}, fmt.Errorf("drop draft %d: %w", req.Draft, err)
		}
		return r.settle(ctx, req, r.problem(req, problem))
	case errors.As(err, &problem) && writes:
		other, ok, err := r.sentence(ctx, req)
		if meant, isProblem := errors.AsType[*ProblemError](err); isProblem {
			problem = meant
		} else if ok || err != nil {
			return other, err
		}
		reply, err := r.settle(ctx, req, r.problem(req, problem))
		reply.Field, reply.refused = problem.Arg, true
		return reply, err
	}
	return reply, err
}

// answered returns the stored answer of the request's event; ok is false when
// the event is new.
func (r *Router) answered(ctx context.Context, req Request) (reply Reply, ok bool, err error) {
	if req.EventID == "" {
		return Reply{}, false, nil
	}
	reply, ok, err = r.Inbox.Answered(ctx, req)
	if err != nil {
		return Reply{}, false, fmt.Errorf("read stored answer: %w", err)
	}
	reply.Repeated = ok
	return reply, ok, nil
}

// settle stores an answer that changed nothing as the event's, so that the same
// event later cannot have an effect that nobody saw.
func (r *Router) settle(ctx context.Context, req Request, msg Message) (Reply, error) {
	if req.EventID == "" {
		return Reply{Message: msg}, nil
	}
	return r.Inbox.Refuse(ctx, req, msg)
}

// attempt runs the command, or asks for what is missing. It tells whether the
// line is one that writes.
func (r *Router) attempt(ctx context.Context, cmd *Command, asked *Request, words []Word) (Reply, bool, error) {
	req := *asked
	if req.Member.Role < cmd.Role {
		if reply, done, err := r.answerWaiting(ctx, asked); done || err != nil {
			return reply, false, err
		}
		return Reply{}, cmd.Writes, Problem("router.role", "line", cmd.Name, "role", r.say(req, "role."+cmd.Role.String()))
	}
	req, words = takeRevision(cmd, req, words)
	read, missing, err := bind(ctx, cmd, req, req.Line, words)
	writes := cmd.writes(read)
	if req.Unasked && (err != nil || len(missing) > 0) {
		if reply, done, err := r.answerWaiting(ctx, asked); done || err != nil {
			return reply, false, err
		}
	}
	if err != nil {
		return Reply{}, writes, r.wayOut(ctx, cmd, req, read, err)
	}
	if len(missing) > 0 {
		reply, err := r.ask(ctx, cmd, req, read, missing, "")
		return reply, writes, err
	}
	req.args = read
	reply, err := cmd.Run(ctx, req)
	if wanted, ok := errors.AsType[*MissingError](err); ok {
		reply, err = r.ask(ctx, cmd, req, read, cmd.named(wanted.Arg), wanted.Key)
	}
	if err != nil {
		err = r.wayOut(ctx, cmd, req, read, err)
	}
	return reply, writes, err
}

// takeRevision takes the revision off the end of a line. In a typed line it is
// one only where it cannot be part of a text.
func takeRevision(cmd *Command, req Request, words []Word) (Request, []Word) {
	if len(words) == 0 {
		return req, words
	}
	last := len(words) - 1
	n, ok := parseRevision(words[last])
	if !ok || req.Way == Typed && cmd.takesText(last) {
		return req, words
	}
	req.Revision = n
	return req, words[:last]
}

// lookup finds the command that a line begins with, two words before one, and
// returns the words after it.
func (r *Router) lookup(line string) (*Command, []Word) {
	words := Split(line)
	for n := min(2, len(words)); n > 0; n-- {
		name := strings.ToLower(Join(words[:n]))
		if n == len(words) {
			name = strings.TrimRight(name, "?!.…")
		}
		quoted := slices.ContainsFunc(words[:n], func(w Word) bool { return w.Quoted })
		if cmd := r.byName[name]; cmd != nil && !quoted {
			return cmd, words[n:]
		}
	}
	return nil, nil
}

// Commands returns the commands that a member of that role may use, in the
// order they were registered, without the hidden ones.
func (r *Router) Commands(role Role) []Command {
	var allowed []Command
	for _, cmd := range r.commands {
		if cmd.Role <= role && !cmd.Hidden {
			allowed = append(allowed, cmd)
		}
	}
	return allowed
}

// Command returns the command of that name or alias; ok is false when there is
// none.
func (r *Router) Command(name string) (cmd Command, ok bool) {
	if found := r.byName[strings.ToLower(name)]; found != nil {
		return *found, true
	}
	return Command{}, false
}

func (r *Router) say(req Request, key string, args ...any) string {
	return r.Words.Say(req.Locale, key, args...)
}
