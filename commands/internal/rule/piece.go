package rule

import "fifteen/commands/internal/typed"

// ParseClock reads words that together are a time on the clock: 9, 9:00, 9.30,
// 17h30, 8am, "5 pm", "at 9 o'clock". Words are those of locale and English. The
// error is an *Error: BadTime for one that no clock shows, NotARule for anything
// else.
func ParseClock(words []typed.Word, locale string) (Clock, error) {
	r := newReader(typed.Date{}, locale)
	got, ok := r.takeTime(tokens(words))
	switch {
	case !ok || len(got.rest) > 0 || anyQuoted(words):
		return Clock{}, &Error{Text: joined(words), Why: NotARule}
	case got.bad:
		return Clock{}, &Error{Text: joined(words), Why: BadTime}
	}
	return got.at, nil
}

// ParseDays reads words that together are days of the week: mon-thu, "mon, wed and
// fri", workdays, "sat to mon". Words are those of locale and English. The error is
// an *Error with NotARule.
func ParseDays(words []typed.Word, locale string) (Days, error) {
	r := newReader(typed.Date{}, locale)
	p, ok := r.takeParts(tokens(words))
	days := p.days
	if p.workdays || p.working {
		days |= monToFri
	}
	p.days, p.workdays, p.working, p.doubtful = 0, false, false, false
	if !ok || days == 0 || p != (parts{unit: none, count: none, nth: none}) || anyQuoted(words) {
		return 0, &Error{Text: joined(words), Why: NotARule}
	}
	return days, nil
}

func anyQuoted(words []typed.Word) bool {
	for _, word := range words {
		if word.Quoted {
			return true
		}
	}
	return false
}
