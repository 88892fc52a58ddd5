package commands

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fifteen/bot"
	"fifteen/commands/internal/names"
)

// choiceKind reads one of a few words: its id, or what it is called in the
// asker's language. Its value is the id, a string.
type choiceKind struct {
	words bot.Words
	// name is what is chosen, such as "step"; "<name>.<id>" are the keys of the
	// choices' words, "<name>.also.<id>" of further ones, separated by commas.
	name string
	ids  []string
	// passing choices pass words over that are none of them.
	passing bool
	// within says that people put the choice somewhere into a sentence, which is
	// kept whole.
	within bool
	// named are the words of an organisation that stand in place of the
	// catalogue's.
	named map[string]string
}

// label returns what a choice is called.
func (k choiceKind) label(req bot.Request, id string) string {
	if name := k.named[id]; name != "" {
		return name
	}
	return k.words.Say(req.Locale, k.name+"."+id)
}

// ID implements bot.Kind.
func (k choiceKind) ID() string { return k.name }

// Read implements bot.Kind: the longest beginning of the words that is a choice.
func (k choiceKind) Read(_ context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	for n := min(k.longest(), len(span.Words)); n > 0; n-- {
		if id, ok := k.match(req, bot.Join(span.Words[:n])); ok {
			return bot.Reading{Value: id, Words: n, Canonical: id}, nil
		}
	}
	if len(span.Words) == 0 || k.passing {
		return bot.Reading{}, nil
	}
	if k.within {
		return bot.Reading{}, k.inside(req, span.Words)
	}
	return bot.Reading{}, k.problem(req, span.Words)
}

// ReadEnd implements bot.Ender: the longest ending of the words that is a
// choice.
func (k choiceKind) ReadEnd(_ context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	for n := min(k.longest(), len(span.Words)); n > 0; n-- {
		if id, ok := k.match(req, bot.Join(span.Words[len(span.Words)-n:])); ok {
			return bot.Reading{Value: id, Words: n, Canonical: id}, nil
		}
	}
	return bot.Reading{}, nil
}

// Offer implements bot.Offerer.
func (k choiceKind) Offer(_ context.Context, req bot.Request) ([]bot.Option, error) {
	options := make([]bot.Option, len(k.ids))
	for i, id := range k.ids {
		options[i] = bot.Option{Label: k.label(req, id), Value: id}
	}
	return options, nil
}

// longest returns how many words a choice may have.
func (k choiceKind) longest() int {
	most := 4
	for _, name := range k.named {
		most = max(most, len(strings.Fields(name)))
	}
	return most
}

// match returns the choice that a text stands for, with or without a mark such as
// a comma behind it. What choices are called comes before the further words for
// others.
func (k choiceKind) match(req bot.Request, text string) (string, bool) {
	if id, ok := k.matchFolded(req, names.Fold(text)); ok {
		return id, true
	}
	return k.matchFolded(req, names.Fold(strings.TrimRight(text, ",;:.!")))
}

func (k choiceKind) matchFolded(req bot.Request, folded string) (string, bool) {
	for _, id := range k.ids {
		if folded == names.Fold(id) || folded == names.Fold(k.label(req, id)) {
			return id, true
		}
	}
	for _, id := range k.ids {
		if slices.Contains(k.spellings(req, id), folded) {
			return id, true
		}
	}
	return "", false
}

// spellings returns all that stands for a choice, folded.
func (k choiceKind) spellings(req bot.Request, id string) []string {
	return append(alsoCalled(k.words.Say(req.Locale, k.name+".also."+id)), names.Fold(id), names.Fold(k.label(req, id)))
}

// alsoCalled returns the words of a list with commas, folded.
func alsoCalled(list string) []string {
	var all []string
	for word := range strings.SplitSeq(list, ",") {
		if folded := names.Fold(word); folded != "" {
			all = append(all, folded)
		}
	}
	return all
}

// problem says that the first word is none of the choices, and which is the
// closest.
func (k choiceKind) problem(req bot.Request, words []bot.Word) error {
	text := words[0].Text
	best, score := "", 0.0
	for _, id := range k.ids {
		for _, spelling := range k.spellings(req, id) {
			if s := closeness(names.Fold(text), spelling); s > score {
				best, score = id, s
			}
		}
	}
	list := strings.Join(k.ids, ", ")
	if score < closeEnough {
		problem := bot.Problem("choice."+k.name, "typed", brief(text, 60), "list", list)
		for _, id := range k.ids[:min(len(k.ids), mostOffered)] {
			problem.Offer(k.label(req, id), id, 0)
		}
		return problem
	}
	closest := k.label(req, best)
	problem := bot.Problem("choice.close."+k.name, "typed", brief(text, 60), "closest", closest, "list", list)
	problem.Took, problem.Keep = 1, k.within && len(words) > 1
	return problem.Offer(closest, best, 0)
}

// mostOffered is how many choices are offered in place of a wrong one.
const mostOffered = 12

// closeEnough is how alike a word and a choice have to be for one to stand for
// the other.
const closeEnough = 0.6

// inside looks for a choice somewhere in a sentence.
func (k choiceKind) inside(req bot.Request, words []bot.Word) error {
	for i := range words {
		if id, ok := k.match(req, words[i].Text); ok {
			closest := k.label(req, id)
			problem := bot.Problem("choice.close."+k.name, "typed", brief(words[0].Text, 60), "closest", closest)
			problem.Took, problem.Keep = 1, true
			return problem.Offer(closest, id, 0)
		}
	}
	return k.problem(req, words)
}

// closeness compares a typed word with a choice; words that begin or end alike
// count as close.
func closeness(text, spelling string) float64 {
	for part := range strings.FieldsSeq(strings.ReplaceAll(spelling, "_", " ")) {
		if len(part) > 3 && strings.Contains(text, part) || len(text) > 3 && strings.Contains(part, text) {
			return 0.9
		}
	}
	return names.Similarity(text, spelling)
}

// unlessProblem returns an error that is not a person's doing; where something
// is only tried, a problem means that it did not fit.
func unlessProblem(err error) error {
	if problem := asProblem(err); problem == nil {
		return err
	}
	return nil
}

// asProblem returns the problem in err, or nil.
func asProblem(err error) *bot.ProblemError {
	if problem, ok := errors.AsType[*bot.ProblemError](err); ok {
		return problem
	}
	return nil
}
