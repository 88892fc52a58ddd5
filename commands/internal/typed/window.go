package typed

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// MaxWindow is the longest window, in days: two years.
const MaxWindow = 730

// longestWindow is the most words a window has: "over the last 13 weeks".
const longestWindow = 5

// WindowError says why words that count days are not a window.
type WindowError struct {
	Text string // what was typed, the words joined by spaces
	Why  Why    // TooShort or TooLong
}

// Error is for operators; what a person reads is the caller's.
func (e *WindowError) Error() string {
	return fmt.Sprintf("read window %q: %s", e.Text, e.Why)
}

// ParseWindow returns how many of the first words say how far back a report
// looks, and how far that is in days, 1 to MaxWindow: the longest beginning that
// is a window. n is 0 when none is.
//
//	13 weeks   13w   90 days   90d   3 months   3m   a year   1y   the last 4 weeks
//
// A month counts 30 days and a year 365. Words are those of locale (as in
// ParseDate) and English. A bare number is no window, nor is "last month", which
// may be one of the calendar. Quoted words are never part of one. err is a
// *WindowError with n above 0 when a window is meant and is none: 0 weeks.
func ParseWindow(words []Word, locale string) (n, days int, err error) {
	l := lexiconOf(locale)
	for n := min(longestWindow, unquotedStart(words)); n > 0; n-- {
		if days, why := l.window(words[:n]); why != notAWindow {
			return n, days, windowError(words[:n], why)
		}
	}
	return 0, 0, nil
}

// LastWindow is ParseWindow from the end: the longest ending that is a window.
func LastWindow(words []Word, locale string) (n, days int, err error) {
	l := lexiconOf(locale)
	for n := min(longestWindow, unquotedEnd(words)); n > 0; n-- {
		ending := words[len(words)-n:]
		if days, why := l.window(ending); why != notAWindow {
			return n, days, windowError(ending, why)
		}
	}
	return 0, 0, nil
}

// notAWindow says that words do not count days at all.
const notAWindow Why = "not_a_window"

func windowError(words []Word, why Why) error {
	if why == "" {
		return nil
	}
	return &WindowError{Text: strings.Join(texts(words), " "), Why: why}
}

// unquotedStart returns how many of the first words are not quoted.
func unquotedStart(words []Word) int {
	n := 0
	for n < len(words) && !words[n].Quoted {
		n++
	}
	return n
}

// window returns the days of words that together are a window; why is empty then.
func (l lexicon) window(words []Word) (days int, why Why) {
	count, unit := l.counted(l.withoutPast(tokens(texts(words))))
	switch days = count * unit; {
	case unit == 0:
		return 0, notAWindow
	case days < 1:
		return 0, TooShort
	case days > MaxWindow:
		return 0, TooLong
	}
	return days, ""
}

// withoutPast returns the tokens behind "over the last".
func (l lexicon) withoutPast(tokens []string) []string {
	i := 0
	for i < len(tokens) && l.is(overWord, tokens[i]) {
		i++
	}
	if i < len(tokens) && l.is(pastWord, tokens[i]) {
		return tokens[i+1:]
	}
	return tokens
}

// inOne is a count with its unit in one word: 13w, 90days.
var inOne = regexp.MustCompile(`^(\d+)(\pL+)$`)

// unitLetters are the days of units of one letter, which stand right behind the
// count.
var unitLetters = map[string]int{"d": 1, "w": 7, "m": 30, "y": 365}

// counted reads a count and its unit, in days; unit is 0 for anything else.
func (l lexicon) counted(tokens []string) (count, unit int) {
	switch len(tokens) {
	case 1:
		if m := inOne.FindStringSubmatch(tokens[0]); m != nil {
			return atMostAMillion(m[1]), cmp.Or(unitLetters[m[2]], l.unitDays(m[2]))
		}
	case 2:
		count, ok := l[countWord][tokens[0]]
		if !ok && isDigits(tokens[0]) {
			count, ok = atMostAMillion(tokens[0]), true
		}
		if ok {
			return count, l.unitDays(tokens[1])
		}
	}
	return 0, 0
}

// unitDays returns how many days a word stands for, 0 for none.
func (l lexicon) unitDays(word string) int {
	if l.is(yearUnit, word) {
		return unitLetters["y"]
	}
	if unit, ok := l[unitWord][word]; ok {
		return [...]int{1, 7, 30}[unit]
	}
	return 0
}

// atMostAMillion returns the number of digits, a million for every larger one.
func atMostAMillion(digits string) int {
	const million = 1_000_000
	if n, err := strconv.Atoi(digits); err == nil {
		return min(n, million)
	}
	return million
}
