package typed

import (
	"slices"
	"strings"
	"unicode"

	"fifteen/commands/internal/names"
)

// unit is what a number counts: 10 to the power of zeros of a currency.
type unit struct {
	currency string // ISO code
	zeros    int
}

// magnitudes are the words for thousand and million, folded and without full
// stops, with their zeros. "mil" is the Czech and Turkish short form of million.
var magnitudes = func() map[string]int {
	byWord := map[string]int{}
	for zeros, words := range map[int]string{
		3: "k к thousand тыс тысяча тысячи тысяч tys tysiąc tysiące tysięcy tis tisíc tisíce bin",
		6: "m м million млн миллион миллиона миллионов mln milion miliony milionu milionów milionů mil mio milyon",
	} {
		for word := range strings.FieldsSeq(words) {
			byWord[names.Fold(word)] = zeros
		}
	}
	return byWord
}()

// readUnit reads what stands around a number: a currency before or after it, and
// a magnitude after it. With neither it is whole units of home. An error has no
// text yet; success is one without Why.
func readUnit(before, after, home string) (unit, AmountError) {
	zeros, behind := takeMagnitude(after)
	first, failure := readCurrency(before, unstopped(before))
	if failure.Why != "" {
		return unit{}, failure
	}
	second, failure := readCurrency(after, behind)
	if failure.Why != "" {
		return unit{}, failure
	}
	codes := []string{home}
	switch {
	case first == nil && second != nil:
		codes = second
	case first != nil && second == nil:
		codes = first
	case first != nil:
		codes = both(first, second)
	}
	if len(codes) == 0 {
		return unit{}, AmountError{Why: TwoCurrencies}
	}
	return unit{currency: preferred(codes, home), zeros: zeros}, AmountError{}
}

// readCurrency returns the codes that a word on one side of a number can stand
// for, nil when there is none. typed is how the person wrote it.
func readCurrency(typed, word string) ([]string, AmountError) {
	codes := currenciesOf(word)
	switch {
	case codes != nil || word == "":
		return codes, AmountError{}
	case isWord(word):
		return nil, AmountError{Why: UnknownCurrency, Currency: typed}
	}
	return nil, AmountError{Why: NotANumber}
}

// both returns the codes that are in both lists, as in $12 CAD.
func both(first, second []string) []string {
	var codes []string
	for _, code := range first {
		if slices.Contains(second, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// takeMagnitude splits a magnitude off the text after a number and returns the
// rest, which should be a currency: "тыс. руб.", "kEUR", "k", "Kč".
func takeMagnitude(after string) (zeros int, rest string) {
	after = unstopped(after)
	if currenciesOf(after) != nil {
		return 0, after
	}
	for cut := len(after); cut > 0; cut-- {
		zeros, ok := magnitudes[after[:cut]]
		if !ok {
			continue
		}
		rest = strings.TrimSpace(after[cut:])
		if rest == "" || currenciesOf(rest) != nil {
			return zeros, rest
		}
	}
	return 0, after
}

// isUnit reports whether a word can stand after a number apart from it: a
// currency, a magnitude, or both in one.
func isUnit(text string) bool {
	zeros, rest := takeMagnitude(text)
	return rest == "" && zeros > 0 || currenciesOf(rest) != nil
}

// unstopped returns s folded, with full stops as spaces: "тыс.руб." is "тыс руб".
func unstopped(s string) string {
	return names.Fold(strings.ReplaceAll(s, ".", " "))
}

// isWord reports whether s could be meant as a currency: letters or a symbol.
func isWord(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r != ' ' && !unicode.IsLetter(r) && !isSymbol(r) })
}

func isSymbol(r rune) bool { return unicode.Is(unicode.Sc, r) }
