package bot

import (
	"context"
	"slices"
	"strings"
)

// PhraseKind is a phrase in the middle of a line. In quotes it is what they hold;
// else it goes up to the first word that ends in a semicolon, which does not
// belong to it, or up to the end. A lone semicolon is an empty phrase, which
// passes the argument over. A value that comes by its name, and the words of a
// line that expects nothing beside the phrase, are the phrase as a whole, with
// the semicolons in them.
//
// Its value is a string, which may have line breaks. Canonical is in quotes; of
// a phrase with so many kinds of quotes that none can stand around it, it has
// plain single ones, as Quoted does.
var PhraseKind Kind = phraseKind{}

type phraseKind struct{}

// semicolon ends a phrase that is not quoted.
const semicolon = ";"

func (phraseKind) ID() string { return "phrase" }

func (phraseKind) Read(_ context.Context, _ Request, span Span) (Reading, error) {
	n := len(span.Words)
	switch {
	case n == 0:
		return Reading{}, nil
	case span.Words[0].Quoted && (n == 1 || !span.Whole):
		return phrase(span.Words[0].Text, 1), nil
	case span.Whole && strings.Trim(span.Raw(n), semicolon) != "":
		return phrase(span.Raw(n), n), nil
	}
	end := slices.IndexFunc(span.Words, endsPhrase)
	if end < 0 {
		return phrase(span.Raw(n), n), nil
	}
	text := strings.TrimSpace(strings.TrimRight(span.Raw(end+1), semicolon))
	if words := Split(text); len(words) == 1 && words[0].Quoted { // the semicolon stood right behind the quotes
		text = words[0].Text
	}
	return phrase(text, end+1), nil
}

func phrase(text string, words int) Reading {
	if text == "" {
		return Reading{Value: "", Words: words, Canonical: semicolon}
	}
	return Reading{Value: text, Words: words, Canonical: Quoted(text)}
}

func endsPhrase(w Word) bool { return !w.Quoted && strings.HasSuffix(w.Text, semicolon) }

// apart tells whether something is expected behind an argument that cannot be
// read from the end, so that a phrase must end before it.
func (b *binding) apart(arg Arg, behind []Arg) bool {
	return arg.Kind == PhraseKind && slices.ContainsFunc(behind, func(other Arg) bool {
		_, ender := other.Kind.(Ender)
		return !ender && !b.bound(other)
	})
}
