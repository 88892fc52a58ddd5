package rule

import (
	"slices"

	"fifteen/commands/internal/typed"
)

// Last returns how many of the last words are a rule, and that rule: the longest
// ending that reads as one, the days before the time. n is 0 when none does. What
// stands before it is the line to be scheduled.
//
// A lone day that is often something else (sun, 5.12) is left to the line, as
// typed.LastDate does. Quoted words are never part of a rule. err is an *Error
// with n above 0 when the ending is meant as a rule and is none: mon 25:00.
func Last(words []typed.Word, today typed.Date, locale string) (n int, r Rule, err error) {
	reader := newReader(today, locale)
	for start := max(unquotedFrom(words), len(words)-longestRule); start < len(words); start++ {
		ending := words[start:]
		got := reader.notPast(reader.whole(tokens(ending)))
		if got.why == NotARule || got.doubtful && !got.timed {
			continue
		}
		if !got.timed && reader.loneDate(ending, got) {
			continue
		}
		r, err = got.outcome(joined(ending))
		return len(ending), r, err
	}
	return 0, Rule{}, nil
}

// loneDate reports whether words without a time are a date that had better be
// left to the text.
func (r reader) loneDate(words []typed.Word, got result) bool {
	if got.why == "" && got.rule.Kind != Once {
		return false
	}
	if _, ok := r.takeParts(tokens(words)); ok {
		return false
	}
	n, _, _ := typed.LastDate(words, r.today, r.locale)
	return n != len(words)
}

// FirstOnce returns how many of the first words are a day and maybe a time, as
// ParseOnce reads them: the longest beginning that does. n is 0 when none does. A
// lone day that is often something else counts, because a day is expected there;
// a lone number after the day does not, because the text may begin with it. Quoted
// words are never part of it. err is an *Error with n above 0 when the beginning
// is meant as a day and is none: 31 Feb.
func FirstOnce(words []typed.Word, today typed.Date, locale string) (n int, r Rule, err error) {
	reader := newReader(today, locale)
	n = len(words)
	if quoted := slices.IndexFunc(words, isQuoted); quoted >= 0 {
		n = quoted
	}
	for n = min(n, longestRule); n > 0; n-- {
		beginning := words[:n]
		got := reader.notPast(reader.once(tokens(beginning)))
		if got.why == NotARule || got.timed && got.unsure {
			continue
		}
		r, err = got.outcome(joined(beginning))
		return n, r, err
	}
	return 0, Rule{}, nil
}

// isQuoted reports whether a word was put in quotes.
func isQuoted(w typed.Word) bool { return w.Quoted }

// unquotedFrom returns the index of the first of the words after the last quoted
// one.
func unquotedFrom(words []typed.Word) int {
	for i, word := range slices.Backward(words) {
		if isQuoted(word) {
			return i + 1
		}
	}
	return 0
}
