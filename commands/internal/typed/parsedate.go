package typed

import (
	"fmt"
	"strings"

	"fifteen/commands/internal/names"
)

// longestDate is the most words a date has: "on Thursday, 26 November 2026 г.".
const longestDate = 6

// DateError says why words are not a date, or not a month.
type DateError struct {
	Text string // what was typed, the words joined by spaces
	Why  Why
	// Readings are the two dates that an Ambiguous one can mean, the one with the
	// day first first; otherwise none.
	Readings []Date
}

// Error is for operators; what a person reads is the caller's.
func (e *DateError) Error() string {
	return fmt.Sprintf("read date %q: %s", e.Text, e.Why)
}

// ParseDate reads words that together are a date:
//
//	2026-12-05   05.12.2026   5.12.   25/12/2026   5 Dec   December 5th, 2026
//	Thu 26 Nov   today   tomorrow   friday   next monday
//	in 75 days   in 2 weeks   in a month   +7d   +2w   +3m
//
// Names and words are those of locale (a language tag: en, ru, pl, cs, tr) and
// English, in any case, with or without accents, after "on" or "by" if one likes.
// Dotted dates have the day first. A day without a year is the next such day,
// today included; a weekday is the next one after today. Months are added as
// Date.AddMonths does.
//
// The error is a *DateError: NotADate, NoSuchDay, Ambiguous for slashes and
// hyphens between two different numbers up to 12, WrongWeekday when a weekday
// stands beside a date that falls on another, TooFar.
func ParseDate(words []string, today Date, locale string) (Date, error) {
	got := dateReader{today, lexiconOf(locale)}.read(tokens(words))
	return got.date, got.asError(words)
}

// LastDate returns how many of the last words are a date, and that date: the
// longest ending that reads as one. n is 0 when none does.
//
// A free text may end in words and numbers that only look like dates: a lone
// month (may), a weekday that is an ordinary word (sun), a day and month that may
// be a version or a ratio (5.12, 24/7). They are left to the text. Whoever means
// them writes "on sun", "5.12." or the year. Quoted words are never part of a
// date. err is a *DateError with n above 0 when the ending is meant as a date and
// is none: 31 Feb.
func LastDate(words []Word, today Date, locale string) (n int, d Date, err error) {
	reader := dateReader{today, lexiconOf(locale)}
	for n := min(longestDate, unquotedEnd(words)); n > 0; n-- {
		ending := texts(words[len(words)-n:])
		got := reader.read(tokens(ending))
		if got.why != NotADate && !got.doubtful {
			return n, got.date, got.asError(ending)
		}
	}
	return 0, Date{}, nil
}

// unquotedEnd returns how many of the last words are not quoted.
func unquotedEnd(words []Word) int {
	n := 0
	for n < len(words) && !words[len(words)-1-n].Quoted {
		n++
	}
	return n
}

// reading is what words mean as a date.
type reading struct {
	date     Date
	why      Why    // empty when they mean date
	readings []Date // of an ambiguous one
	doubtful bool   // they often mean something else
}

func (r reading) asError(words []string) error {
	if r.why == "" {
		return nil
	}
	return &DateError{Text: strings.Join(words, " "), Why: r.why, Readings: r.readings}
}

// tokens returns the folded words without the punctuation after them. A full stop
// stays after a number, where it makes an ordinal: 5. 12.
func tokens(words []string) []string {
	var list []string
	for token := range strings.FieldsSeq(names.Fold(strings.Join(words, " "))) {
		token = strings.TrimRight(token, ",;:!?")
		if !strings.ContainsFunc(token, isDigit) {
			token = strings.TrimRight(token, ".")
		}
		if token != "" {
			list = append(list, token)
		}
	}
	return list
}
