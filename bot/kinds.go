package bot

import (
	"context"
	"strconv"
)

// The kinds that need to know nothing but the words.
var (
	// WordKind is any single word.
	WordKind Kind = wordKind{}
	// TextKind is everything up to the end, as it was written.
	TextKind Kind = textKind{}
	// NumberKind is a whole number, with or without "#" before it.
	NumberKind Kind = numberKind{}
)

type wordKind struct{}

func (wordKind) ID() string { return "word" }

func (wordKind) Read(_ context.Context, _ Request, span Span) (Reading, error) {
	if len(span.Words) == 0 {
		return Reading{}, nil
	}
	text := span.Words[0].Text
	return Reading{Value: text, Words: 1, Canonical: Quote(text)}, nil
}

type textKind struct{}

func (textKind) ID() string { return "text" }

func (textKind) Read(_ context.Context, _ Request, span Span) (Reading, error) {
	text := span.Raw(len(span.Words))
	return Reading{Value: text, Words: len(span.Words), Canonical: text}, nil
}

type numberKind struct{}

func (numberKind) ID() string { return "number" }

func (numberKind) Read(_ context.Context, _ Request, span Span) (Reading, error) {
	if len(span.Words) == 0 {
		return Reading{}, nil
	}
	n, ok := ParseNumber(span.Words[0])
	if !ok {
		return Reading{}, Problem("number.bad", "typed", shorten(oneLine(span.Words[0].Text), 60))
	}
	return Reading{Value: n, Words: 1, Canonical: strconv.FormatInt(n, 10)}, nil
}

// ParseNumber reads "42" or "#42"; ok is false for anything else, for what was
// quoted, and below 1.
func ParseNumber(w Word) (n int64, ok bool) {
	text := w.Text
	if len(text) > 1 && text[0] == '#' {
		text = text[1:]
	}
	if w.Quoted || text == "" || text[0] < '0' || text[0] > '9' {
		return 0, false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && n > 0
}
