package typed

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// longestUnit is how many words may stand after a number: млн руб.
const longestUnit = 2

var (
	group       = regexp.MustCompile(`^\d{3}$`)
	firstGroup  = regexp.MustCompile(`^(\D*)[1-9]\d{0,2}$`)
	laterGroup  = regexp.MustCompile(`^\d{3}(\D.*)?$`)
	capitalCode = regexp.MustCompile(`^[A-Z]{3}$`)
)

// LastAmount returns how many of the last words are an amount, and that amount.
//
// A last word that begins with a digit, a sign or a currency symbol is meant as
// the amount: if it is none, n counts it and err is an *AmountError, so that
// "Studio 54b" is questioned and not stored with a wrong sum. Words for the
// magnitude and the currency may follow it; groups of digits before it join it
// when they are proper thousands (12 000); a currency symbol or an ISO code in
// capitals may stand before it. Quoted words are never part of an amount, and a
// currency without a number is none: n is 0 then and err is nil.
func LastAmount(words []Word, home string) (n int, a Amount, err error) {
	at := lastNumber(words)
	if at < 0 {
		return 0, Amount{}, nil
	}
	at = joinGroups(words, at)
	if at > 0 && !words[at-1].Quoted && isCurrencyBefore(words[at-1].Text) {
		if a, err := ParseAmount(texts(words[at-1:]), home); err == nil {
			return len(words) - at + 1, a, nil
		}
	}
	a, err = ParseAmount(texts(words[at:]), home)
	return len(words) - at, a, err
}

// lastNumber returns the index of the number that the words end in, units after
// it left out, or -1.
func lastNumber(words []Word) int {
	at := len(words) - 1
	for range longestUnit {
		if at >= 0 && !words[at].Quoted && isUnit(words[at].Text) {
			at--
		}
	}
	if at < 0 || words[at].Quoted || !looksLikeNumber(words[at].Text) {
		return -1
	}
	return at
}

func looksLikeNumber(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	if isDigit(first) || isSign(first) || isSymbol(first) {
		return true
	}
	digit := strings.IndexFunc(text, isDigit)
	return digit > 0 && isCurrencySymbol(text[:digit]) // US$12
}

func isSign(r rune) bool { return r == '+' || isMinus(r) }

// joinGroups moves at, the index of a number's last word, back to the first of
// its groups of thousands.
func joinGroups(words []Word, at int) int {
	if !laterGroup.MatchString(words[at].Text) {
		return at
	}
	first := at
	for first > 0 && !words[first-1].Quoted {
		before := words[first-1].Text
		if !group.MatchString(before) && !isFirstGroup(before) {
			break
		}
		first--
		if !group.MatchString(before) {
			break
		}
	}
	for first < at && strings.HasPrefix(words[first].Text, "0") {
		first++
	}
	return first
}

// isFirstGroup reports whether a word is one to three digits, maybe after a sign
// and a currency.
func isFirstGroup(text string) bool {
	m := firstGroup.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	before := strings.TrimFunc(m[1], isSign)
	return before == "" || isCurrencyBefore(before)
}

// isCurrencyBefore reports whether text can be the currency of the number after
// it. A code must be in capitals, because "all", "top" and "try" are codes too.
func isCurrencyBefore(text string) bool {
	return isCurrencySymbol(text) || capitalCode.MatchString(text) && current[text]
}
