package commands

import (
	"context"
	"errors"
	"strings"

	"fifteen/bot"
	"fifteen/commands/internal/names"
	"fifteen/storage"
)

// whoKind reads a member: "@name", "me", or a name. Its value is the member's
// id, an int64.
type whoKind struct{ deps *Deps }

func (whoKind) ID() string { return "who" }

// Read implements bot.Kind.
func (k whoKind) Read(ctx context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) == 0 {
		return bot.Reading{}, nil
	}
	if isMe(span.Words[0]) {
		return memberReading(req.Member.ID, req.Member.Name, 1), nil
	}
	members, err := k.members(ctx, req)
	if err != nil {
		return bot.Reading{}, err
	}
	for n := min(len(span.Words), longestName); n > 0; n-- {
		key := memberKey(bot.Join(span.Words[:n]))
		for _, m := range members {
			if m.Key == key {
				return memberReading(m.ID, m.Name, n), nil
			}
		}
	}
	if reading, err := k.byHandle(ctx, req, span); err != nil || reading.Words > 0 {
		return reading, err
	}
	return k.guess(members, span)
}

// byHandle reads what a platform calls an account of a member, such as "@petra_n".
func (k whoKind) byHandle(ctx context.Context, req bot.Request, span bot.Span) (reading bot.Reading, err error) {
	handle, ok := strings.CutPrefix(span.Words[0].Text, "@")
	if !ok || handle == "" {
		return reading, nil
	}
	err = k.deps.Store.Read(ctx, req.Workspace, func(tx *storage.Tx) error {
		m, err := tx.MemberByHandle(ctx, handle)
		if err == nil {
			reading = memberReading(m.ID, m.Name, 1)
		}
		return err
	})
	if errors.Is(err, storage.ErrNotFound) {
		err = nil
	}
	return reading, err
}

// heirKind reads a member who is to be given something, and offers those who are
// here. It is never read from the end of a line, where the one who gives may
// stand.
type heirKind struct{ who whoKind }

func (heirKind) ID() string { return "who" }

// Read implements bot.Kind.
func (k heirKind) Read(ctx context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	return k.who.Read(ctx, req, span)
}

// Offer implements bot.Offerer.
func (k heirKind) Offer(ctx context.Context, req bot.Request) ([]bot.Option, error) {
	return k.who.offer(ctx, req, func(m storage.Member) bool { return m.Active })
}

// ReadEnd implements bot.Ender: only "@name" and "me" are taken for a person at
// the end of a line.
func (k whoKind) ReadEnd(ctx context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	for n := 1; n <= min(len(span.Words), 3); n++ {
		word := span.Words[len(span.Words)-n]
		if strings.HasPrefix(word.Text, "@") || n == 1 && isMe(word) {
			tail := bot.Span{Text: span.Text, Words: span.Words[len(span.Words)-n:], Whole: true, Strict: span.Strict}
			reading, err := k.Read(ctx, req, tail)
			if reading.Words < n {
				reading.Words = 0 // something stands behind the name
			}
			return reading, err
		}
	}
	return bot.Reading{}, nil
}

// Offer implements bot.Offerer.
func (k whoKind) Offer(ctx context.Context, req bot.Request) ([]bot.Option, error) {
	return k.offer(ctx, req, func(storage.Member) bool { return true })
}

func (k whoKind) offer(ctx context.Context, req bot.Request, keep func(storage.Member) bool) ([]bot.Option, error) {
	members, err := k.members(ctx, req)
	if err != nil {
		return nil, err
	}
	options := make([]bot.Option, 0, len(members))
	for _, m := range members {
		if keep(m) {
			options = append(options, bot.Option{Label: brief("@"+m.Name, bot.MaxOptionLabel), Value: canonical(m.Name)})
		}
	}
	return options, nil
}

func (k whoKind) members(ctx context.Context, req bot.Request) (members []storage.Member, err error) {
	err = k.deps.Store.Read(ctx, req.Workspace, func(tx *storage.Tx) error {
		members, err = tx.Members(ctx)
		return err
	})
	return members, err
}

// guess looks for members with a name like the words.
func (k whoKind) guess(members []storage.Member, span bot.Span) (bot.Reading, error) {
	n := 1
	for span.Whole && n < len(span.Words) && !strings.HasPrefix(span.Words[n].Text, "@") { // which begins another name
		n++
	}
	text := bot.Join(span.Words[:n])
	listed := make([]string, len(members))
	for i, m := range members {
		listed[i] = m.Key
	}
	matches := names.Best(memberKey(text), listed, likely)
	if len(matches) == 0 {
		return bot.Reading{}, bot.Problem("who.unknown", "typed", brief(text, 60))
	}
	first := members[matches[0].Index]
	if !span.Strict && !names.Close(matches) {
		return memberReading(first.ID, first.Name, n), nil
	}
	problem := bot.Problem("who.guess", "typed", brief(text, 60), "who", brief(first.Name, 60))
	if names.Close(matches) {
		problem = bot.Problem("who.close", "typed", brief(text, 60))
	} else {
		matches = matches[:1]
	}
	problem.Took = n
	for _, match := range matches {
		m := members[match.Index]
		problem.Offer(brief("@"+m.Name, bot.MaxButtonLabel), memberReading(m.ID, m.Name, 1).Canonical, 0)
	}
	return bot.Reading{}, problem
}

func memberReading(id int64, name string, words int) bot.Reading {
	return bot.Reading{Value: id, Words: words, Canonical: canonical(name)}
}

// canonical writes a member's name as lines hold it.
func canonical(name string) string {
	if strings.ContainsAny(name, " \t") {
		return bot.Quote("@" + name)
	}
	return "@" + name
}

// memberKey folds what stands for a member.
func memberKey(text string) string {
	return names.Fold(strings.TrimPrefix(strings.TrimSpace(text), "@"))
}

func isMe(w bot.Word) bool { return !w.Quoted && strings.EqualFold(w.Text, "me") }
