package bot

import (
	"context"
	"strings"
)

// Complete returns whole lines that the request's line may be the beginning of:
// command names, then what the kind of the next argument offers. It is for
// prompts and composers; errors only mean that there is nothing to offer.
func (r *Router) Complete(ctx context.Context, req Request) []string {
	member, err := r.Directory.Member(ctx, req.Workspace, req.Account)
	if err != nil {
		return nil
	}
	req.Member, req.Locale = member, member.Locale
	cmd, words := r.lookup(req.Line)
	if cmd == nil || !strings.Contains(req.Line, " ") {
		return r.completeName(member.Role, req.Line)
	}
	if member.Role < cmd.Role {
		return nil
	}
	return r.completeArg(ctx, cmd, req, words)
}

func (r *Router) completeName(role Role, begun string) []string {
	var lines []string
	for _, cmd := range r.Commands(role) {
		if strings.HasPrefix(cmd.Name, strings.ToLower(begun)) {
			lines = append(lines, cmd.Name)
		}
	}
	return lines
}

// completeArg offers values for the argument that the last word begins.
func (r *Router) completeArg(ctx context.Context, cmd *Command, req Request, words []Word) []string {
	begun := ""
	if len(words) > 0 && !strings.HasSuffix(req.Line, " ") {
		begun = words[len(words)-1].Text
		words = words[:len(words)-1]
	}
	read, _, err := bind(ctx, cmd, req, req.Line, words)
	if err != nil {
		return nil
	}
	before := strings.TrimSuffix(req.Line, begun)
	for _, arg := range cmd.Args {
		offerer, ok := arg.Kind.(Offerer)
		if _, bound := read[arg.Name]; bound || !ok {
			continue
		}
		if completer, ok := arg.Kind.(Completer); ok {
			return completed(ctx, completer, req, before, begun)
		}
		options, err := offerer.Offer(ctx, req)
		if err != nil {
			return nil
		}
		return matching(before, begun, options)
	}
	return nil
}

func completed(ctx context.Context, kind Completer, req Request, before, begun string) []string {
	words, err := kind.Complete(ctx, req, begun)
	if err != nil {
		return nil
	}
	lines := make([]string, len(words))
	for i, word := range words {
		lines[i] = before + word
	}
	return lines
}

func matching(before, begun string, options []Option) []string {
	var lines []string
	for _, option := range options {
		for _, text := range []string{option.Value, option.Label} {
			if strings.HasPrefix(strings.ToLower(text), strings.ToLower(begun)) {
				lines = append(lines, before+option.Value)
				break
			}
		}
	}
	return lines
}
