package rule

import "fifteen/commands/internal/typed"

// longestRule is the most words a rule has: "on the first working day of every
// month at 8 o'clock in" and a few to spare.
const longestRule = 14

// Parse reads words that together are a rule:
//
//	mon 9:00   mondays at 9   every monday   mon,wed 9.30   mon-fri 17:30
//	every day 8am   daily 8:00   workdays 17:30   weekdays at 5:30 pm
//	every 2 weeks fri 16:00   every second friday   every other fri from 4 Dec
//	monthly 1 9:00   on the 1st of every month   first workday of the month
//	5 Dec 10:00   tomorrow 8:00   in 75 days   next friday   2027-02-08 09:00
//
// Names and words are those of locale (a language tag: en, ru, pl, cs, tr) and
// English. A rule without a time is due at Morning; a time may stand first, too. A
// weekday alone is every week, "next friday" once. Dates are read as
// typed.ParseDate does, and none may lie before today; whether a time today has
// passed is for Next to say. A rule of every few weeks that says not from when
// begins with its first day from today on.
//
// Quoted words belong to no rule. The error is an *Error.
func Parse(words []typed.Word, today typed.Date, locale string) (Rule, error) {
	return newReader(today, locale).parse(words, reader.whole)
}

// ParseOnce reads words that together are a day and maybe a time: everything that
// typed.ParseDate reads, so that "friday 10:00" is the next Friday. The error is
// an *Error.
func ParseOnce(words []typed.Word, today typed.Date, locale string) (Rule, error) {
	return newReader(today, locale).parse(words, reader.once)
}

// Read reads back what Rule.String has written, whatever the day is. The error is
// an *Error.
func Read(text string) (Rule, error) {
	got := newReader(typed.Date{Year: typed.FirstYear, Month: 1, Day: 1}, "en").whole(tokens([]typed.Word{{Text: text}}))
	if got.why == "" && got.rule.String() != text {
		got = refused(NotARule)
	}
	return got.outcome(text)
}

// result is what words mean as a rule.
type result struct {
	rule     Rule
	why      typed.Why    // empty when they mean rule
	readings []typed.Date // of an ambiguous date
	timed    bool         // they name a time
	unsure   bool         // the time may be another number
	doubtful bool         // they often mean something else
}

func refused(why typed.Why) result { return result{why: why} }

// outcome returns the rule, or what is wrong with the text.
func (r result) outcome(text string) (Rule, error) {
	if r.why != "" {
		return Rule{}, &Error{Text: text, Why: r.why, Readings: r.readings, At: r.rule.At}
	}
	return r.rule, nil
}

// reader reads the tokens of a rule.
type reader struct {
	today   typed.Date
	locale  string
	lexicon typed.Lexicon
}

func newReader(today typed.Date, locale string) reader {
	return reader{today, locale, typed.LexiconOf(locale)}
}

func (r reader) parse(words []typed.Word, form func(reader, []string) result) (Rule, error) {
	text := joined(words)
	if anyQuoted(words) {
		return refused(NotARule).outcome(text)
	}
	got := form(r, tokens(words))
	if got.why == NotARule {
		if turned, ok := r.timeLast(tokens(words)); ok {
			got = form(r, turned)
		}
	}
	return r.notPast(got).outcome(text)
}

func (r reader) notPast(got result) result {
	if got.why == "" && got.rule.Kind == Once && got.rule.Date.Before(r.today) {
		return result{why: Past, timed: got.timed, unsure: got.unsure}
	}
	return got
}

// whole reads tokens that together are a rule of any kind.
func (r reader) whole(tokens []string) result {
	rest, from, ok := r.takeFrom(tokens)
	if !ok {
		return r.timed(tokens, r.days)
	}
	got := r.timed(rest, r.days)
	switch {
	case got.why != "":
		return got
	case got.rule.Weeks < 2:
		return refused(Unsupported)
	}
	got.rule.From = firstOf(got.rule.Days, from)
	return got
}

// once reads tokens that together are a day and maybe a time.
func (r reader) once(tokens []string) result { return r.timed(tokens, r.date) }

// takeFrom splits off "from 4 December"; ok is false without it.
func (r reader) takeFrom(tokens []string) (rest []string, from typed.Date, ok bool) {
	for i := len(tokens) - 2; i > 0; i-- {
		if !r.lexicon.Is(typed.From, tokens[i]) {
			continue
		}
		if from, err := typed.ParseDate(tokens[i+1:], r.today, r.locale); err == nil {
			return tokens[:i], from, true
		}
	}
	return tokens, typed.Date{}, false
}

// firstOf returns the first of some weekdays, from a day on.
func firstOf(days Days, from typed.Date) typed.Date {
	for !days.Has(from.Weekday()) {
		from = from.AddDays(1)
	}
	return from
}
