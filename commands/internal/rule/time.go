package rule

import (
	"regexp"
	"slices"
	"strconv"

	"fifteen/commands/internal/typed"
)

// clockShape is what looks like a time, right or wrong: 9, 9:00, 9.30, 17h30,
// 8am, 25:00.
var clockShape = regexp.MustCompile(`^(\d{1,2})(?:(:)(\d{1,2}(?::\d\d)?)|(\.)(\d\d)|(h)(\d\d)?)?(?:(a\.?m\.?)|(p\.?m\.?))?$`)

// clockWord is what one word says of a time.
type clockWord struct {
	hour, minute       string
	separator          string // ":", "." or "h"; empty for an hour alone
	morning, afternoon bool
}

// timed is the time that a rule ends in, and what stands before it.
type timed struct {
	rest []string
	at   Clock
	sure bool // that it is one: a lone number and 9.30 may be part of a date
	bad  bool // it is one that no clock shows
	dot  bool // it is written as 9.30
}

// partClocks are the times that the parts of a day stand for.
var partClocks = [...]Clock{{9, 0}, {12, 0}, {14, 0}, {18, 0}}

// takePartOfDay splits a part of the day off the end of tokens: "monday morning". In
// "every morning" it is a day, too.
func (r reader) takePartOfDay(tokens []string) (t timed, ok bool) {
	end := len(tokens) - 1
	if end < 0 {
		return timed{}, false
	}
	part, ok := r.lexicon.Part(tokens[end])
	if !ok {
		return timed{}, false
	}
	for end > 0 && r.lexicon.Is(typed.At, tokens[end-1]) {
		end--
	}
	t = timed{rest: tokens[:end], at: partClocks[part], sure: true}
	if end == 1 && r.lexicon.Is(typed.Every, tokens[0]) {
		t.rest = []string{"daily"}
	}
	return t, true
}

// takeTime splits the time off the end of tokens; ok is false when there is none.
func (r reader) takeTime(tokens []string) (t timed, ok bool) {
	if t, ok := r.takeClock(tokens); ok {
		return t, true
	}
	return r.takePartOfDay(tokens)
}

// takeClock splits a time with a number off the end of tokens.
func (r reader) takeClock(tokens []string) (t timed, ok bool) {
	end, sure := len(tokens), false
	is := func(i int, role typed.Role) bool {
		if i < 0 || i >= len(tokens) || !r.lexicon.Is(role, tokens[i]) {
			return false
		}
		sure = true
		return true
	}
	half := func(i int) (morning, afternoon bool) {
		if i >= 0 && i < len(tokens) {
			if part, ok := r.lexicon.Part(tokens[i]); ok {
				sure = true
				return part == 0, part > 1
			}
		}
		return is(i, typed.Morning), is(i, typed.Afternoon)
	}
	morning, afternoon := half(end - 1)
	if morning || afternoon {
		end--
	}
	if is(end-1, typed.Oclock) {
		end--
	}
	if end < 1 {
		return timed{}, false
	}
	word, ok := readClockWord(tokens[end-1])
	if !ok {
		return timed{}, false
	}
	for end--; ; end-- {
		am, pm := half(end - 1)
		morning, afternoon = morning || am, afternoon || pm
		switch {
		case am || pm:
		case !is(end-1, typed.Oclock) && !is(end-1, typed.At):
			t = timed{rest: tokens[:end], dot: word.separator == "."}
			t.sure = sure || word.morning || word.afternoon || word.separator == ":" || word.separator == "h"
			t.at, t.bad = word.clock(morning || word.morning, afternoon || word.afternoon)
			return t, true
		}
	}
}

func readClockWord(token string) (w clockWord, ok bool) {
	m := clockShape.FindStringSubmatch(token)
	if m == nil {
		return w, false
	}
	return clockWord{
		hour: m[1], minute: m[3] + m[5] + m[7], separator: m[2] + m[4] + m[6],
		morning: m[8] != "", afternoon: m[9] != "",
	}, true
}

// clock returns the time that a word and "am" or "pm" beside it mean. "18:00 pm"
// is 18:00, and 12 am is midnight.
func (w clockWord) clock(morning, afternoon bool) (c Clock, bad bool) {
	hour, errHour := strconv.Atoi(w.hour)
	minute := 0
	var errMinute error
	if w.minute != "" {
		minute, errMinute = strconv.Atoi(w.minute)
	}
	switch {
	case morning && afternoon || morning && hour > 12 || afternoon && hour == 0:
		return Clock{}, true
	case morning && hour == 12:
		hour = 0
	case afternoon && hour < 12:
		hour += 12
	}
	c = Clock{hour, minute}
	return c, errHour != nil || errMinute != nil || w.separator == ":" && len(w.minute) != 2 || !c.valid()
}

// timed reads a rule that may end in a time, its days by a form.
func (r reader) timed(tokens []string, form func([]string) result) result {
	t, ok := r.takeTime(tokens)
	if !ok || len(t.rest) == 0 {
		return form(tokens).at(Morning)
	}
	if !t.sure && !t.dot {
		if got := form(tokens); got.why != NotARule {
			return got.at(Morning)
		}
	}
	got := form(t.rest)
	got.timed, got.unsure = true, !t.sure && !t.dot
	switch {
	case got.why == NotARule && !t.sure:
		return form(tokens).at(Morning)
	case got.why == "" && t.bad:
		return result{why: BadTime, timed: true, unsure: got.unsure}
	}
	return got.at(t.at)
}

// at returns the result with a time.
func (r result) at(c Clock) result {
	r.rule.At = c
	return r
}

// timeLast moves a time from the beginning of tokens to their end: "at 9 every
// monday". ok is false when they begin with none.
func (r reader) timeLast(tokens []string) (turned []string, ok bool) {
	const longestTime = 4
	for n := min(longestTime, len(tokens)-1); n > 0; n-- {
		if t, ok := r.takeTime(tokens[:n]); ok && t.sure && len(t.rest) == 0 {
			return slices.Concat(tokens[n:], tokens[:n]), true
		}
	}
	return nil, false
}
