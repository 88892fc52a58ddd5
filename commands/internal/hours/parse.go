package hours

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"fifteen/commands/internal/names"
	"fifteen/commands/internal/rule"
	"fifteen/commands/internal/typed"
)

// What can be wrong with hours, besides rule.BadTime and rule.NotARule.
const (
	Backwards typed.Why = "backwards" // 18:00-9:00
	Empty     typed.Why = "empty"     // 9:00-9:00
)

// Error says why words are no hours.
type Error struct {
	Text string // what was typed, the words joined by spaces
	Why  typed.Why
	// Meant are the hours that a Backwards span may mean: 9:00-5:00 is 9:00-17:00,
	// 18:00-9:00 is 9:00-18:00. Otherwise zero.
	Meant Span
}

// Error is for operators; what a person reads is the caller's.
func (e *Error) Error() string { return fmt.Sprintf("read hours %q: %s", e.Text, e.Why) }

// Typed are hours as somebody typed them: a span, days, or both. What was not named
// is zero.
type Typed struct {
	Span Span
	Days rule.Days
}

// String writes the hours as Parse reads them: "09:00-18:00 mon,tue".
func (t Typed) String() string {
	var parts []string
	if t.Span != (Span{}) {
		parts = append(parts, t.Span.String())
	}
	if t.Days != 0 {
		parts = append(parts, t.Days.String())
	}
	return strings.Join(parts, " ")
}

// dash joins two times: 9:00-18:00, 8am–5pm.
var dash = regexp.MustCompile(`[-–—]`)

// longestClock is the most words a time has: "9 o'clock am".
const longestClock = 3

// longest is the most words that hours have.
const longest = 24

// Parse reads words that together are hours, days, or both in any order:
//
//	9:00-18:00   9-18   8 to 16   8am – 5pm   from 9.30 to 17.30
//	mon-fri   mon, wed and fri   workdays   9:00-16:00 mon-thu
//
// Words are those of locale (a language tag) and English. A span that ends at
// midnight may end at 0:00 or 24:00. The error is an *Error.
func Parse(words []typed.Word, locale string) (Typed, error) {
	r := reader{locale, typed.LexiconOf(locale)}
	got, why := r.read(words)
	if why == "" && got.Span != (Span{}) && !got.Span.valid() {
		why = Backwards
		if got.Span.From == got.Span.To {
			why = Empty
		}
	}
	switch why {
	case "":
		return got, nil
	case Backwards:
		return Typed{}, &Error{Text: joined(words), Why: why, Meant: got.Span.turned()}
	default:
		return Typed{}, &Error{Text: joined(words), Why: why}
	}
}

// turned returns what a span that ends before it begins may mean: its end in the
// afternoon, or its ends the other way round.
func (s Span) turned() Span {
	const noon = 12
	later := Span{From: s.From, To: rule.Clock{Hour: s.To.Hour + noon, Minute: s.To.Minute}}
	if s.From.Hour < noon && later.valid() {
		return later
	}
	return Span{From: s.To, To: s.From}
}

// reader reads hours in a language.
type reader struct {
	locale  string
	lexicon typed.Lexicon
}

// read returns what words say; why is empty when they are hours, right or wrong.
func (r reader) read(words []typed.Word) (got Typed, why typed.Why) {
	why = rule.NotARule
	list := tokens(words)
	for i, word := range list[:min(len(list), longest)] {
		if !r.lexicon.Is(typed.Through, word) {
			continue
		}
		around, bad := r.around(list, i)
		if bad == "" {
			return around, ""
		}
		if bad == rule.BadTime {
			why = bad
		}
	}
	days, err := rule.ParseDays(words, r.locale)
	if err != nil {
		return got, why
	}
	return Typed{Days: days}, ""
}

// tokens returns the folded words, dashes apart; none when one is quoted.
func tokens(words []typed.Word) []string {
	if slices.ContainsFunc(words, func(w typed.Word) bool { return w.Quoted }) {
		return nil
	}
	text := dash.ReplaceAllString(names.Fold(joined(words)), " - ")
	return strings.Fields(strings.NewReplacer(",", " ", ";", " ").Replace(text))
}

// around reads a time on both sides of the word at i, and days in what is left.
func (r reader) around(list []string, i int) (got Typed, why typed.Why) {
	why = rule.NotARule
	for left := min(longestClock, i); left > 0; left-- {
		for right := min(longestClock, len(list)-1-i); right > 0; right-- {
			days, ok := r.beside(list[:i-left], list[i+1+right:])
			if !ok {
				continue
			}
			from, whyFrom := r.clock(list[i-left : i])
			to, whyTo := r.clock(list[i+1 : i+1+right])
			switch {
			case whyFrom == "" && whyTo == "":
				return Typed{Span: Span{From: from, To: closing(to)}, Days: days}, ""
			case whyFrom == "" && isMidnight(list[i+1:i+1+right]):
				return Typed{Span: Span{From: from, To: midnight}, Days: days}, ""
			case whyFrom != rule.NotARule && whyTo != rule.NotARule:
				why = rule.BadTime
			}
		}
	}
	return got, why
}

// clock reads a time; why is empty when it is one.
func (r reader) clock(list []string) (c rule.Clock, why typed.Why) {
	c, err := rule.ParseClock(words(list), r.locale)
	if bad, ok := errors.AsType[*rule.Error](err); ok {
		return c, bad.Why
	}
	return c, ""
}

// closing is a time as the end of a span, where 0:00 is the end of the day.
func closing(c rule.Clock) rule.Clock {
	if c == (rule.Clock{}) {
		return midnight
	}
	return c
}

func isMidnight(list []string) bool { return len(list) == 1 && (list[0] == "24" || list[0] == "24:00") }

// beside reads the days that stand before and behind a span, if any.
func (r reader) beside(before, behind []string) (days rule.Days, ok bool) {
	if n := len(before); n > 0 && r.lexicon.Is(typed.From, before[n-1]) {
		before = before[:n-1]
	}
	rest := slices.Concat(before, behind)
	if len(rest) == 0 {
		return 0, true
	}
	days, err := rule.ParseDays(words(rest), r.locale)
	return days, err == nil
}

func words(list []string) []typed.Word {
	all := make([]typed.Word, len(list))
	for i, text := range list {
		all[i] = typed.Word{Text: text}
	}
	return all
}

func joined(words []typed.Word) string {
	texts := make([]string, len(words))
	for i, word := range words {
		texts[i] = word.Text
	}
	return strings.Join(texts, " ")
}
