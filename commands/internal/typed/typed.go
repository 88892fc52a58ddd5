// Package typed reads amounts of money, dates, months and windows as people type
// them.
//
// It prefers to refuse: what has two readings is an error that says so, never a
// guess, because a wrong amount or date looks exactly like a right one. The
// caller repeats what was understood.
package typed

// Word is one word of a line.
type Word struct {
	Text string
	// Quoted says that the person put it in quotes: it belongs to a name or a
	// text and is never taken for an amount or a date. It may hold spaces.
	Quoted bool
}

// Why says what is wrong with what was typed. Its text is stable, so that
// callers can choose a sentence by it.
type Why string

// What can be wrong with an amount.
const (
	NotANumber      Why = "not_a_number"     // no number, or more than a number and a currency
	Negative        Why = "negative"         // it has a minus sign
	PlusSign        Why = "plus_sign"        // it has a plus sign, which an amount does not take
	Exponent        Why = "exponent"         // 9e99
	BadGroups       Why = "bad_groups"       // 12,34,5 and 000: the digits do not stand in groups of three
	TooLarge        Why = "too_large"        // above MaxMinor
	TooFine         Why = "too_fine"         // more decimals than the currency has
	UnknownCurrency Why = "unknown_currency" // a word or code that is no current currency
	TwoCurrencies   Why = "two_currencies"   // € 12 CZK
)

// What can be wrong with a date or a month.
const (
	NotADate     Why = "not_a_date"
	NotAMonth    Why = "not_a_month"
	NoSuchDay    Why = "no_such_day"   // 31 February
	Ambiguous    Why = "ambiguous"     // 12/05/2026: 12 May or 5 December
	WrongWeekday Why = "wrong_weekday" // Monday 5 December 2026 is a Saturday
	TooFar       Why = "too_far"       // outside FirstYear to LastYear
)

// What can be wrong with a window.
const (
	TooShort Why = "too_short" // 0 weeks
	TooLong  Why = "too_long"  // beyond MaxWindow
)

// texts returns the text of each word.
func texts(words []Word) []string {
	list := make([]string, len(words))
	for i, word := range words {
		list[i] = word.Text
	}
	return list
}
