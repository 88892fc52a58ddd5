package typed

import (
	"fmt"
	"strconv"
	"strings"
)

// MaxMinor is the largest amount read, in minor units: ten trillion euros. It
// leaves room in an int64 for the sum of nine thousand such amounts.
const MaxMinor int64 = 1_000_000_000_000_000

// Amount is money: Minor is in the minor unit of the currency (cents for EUR,
// whole yen for JPY), 0 to MaxMinor; Currency is an ISO 4217 code in capitals.
type Amount struct {
	Minor    int64
	Currency string
}

// AmountError says why words are not an amount.
type AmountError struct {
	Text string // what was typed, the words joined by spaces
	Why  Why
	// Currency is the word that is no currency for UnknownCurrency (empty when no
	// currency was typed and there is no home), the ISO code for TooFine and
	// TooLarge, and otherwise empty.
	Currency string
}

// Error is for operators; what a person reads is the caller's.
func (e *AmountError) Error() string {
	return fmt.Sprintf("read amount %q: %s", e.Text, e.Why)
}

// ParseAmount reads words that together are one amount: "12000", "€12,000",
// "12,5k", "1.234,50 Kč", "12 000 zł", "EUR 3 mln". The currency may stand before
// or after the number, apart or attached, as a code in any case, a symbol or a
// usual word; without one it is home, an ISO code. A symbol that several
// currencies share ($, £, ¥) means home if home is one of them.
//
// One separator before exactly three digits separates thousands: 12.000 and
// 12,000 are twelve thousand, in every currency. Of two different separators the
// last begins the decimals. A separator before another number of digits begins
// decimals, and so does one after a lone 0 (0.125). Thousands stand in groups of
// three, and no 0 stands before other digits (000, 007). A word or letter for
// thousand or million may follow the number, and a dash for 'no cents' (12,-).
//
// The error is an *AmountError: an amount has no sign, no exponent, no more
// decimals than its currency (zeros apart), and is at most MaxMinor.
func ParseAmount(words []string, home string) (Amount, error) {
	text := strings.Join(words, " ")
	amount, failure := readAmount(text, home)
	if failure.Why != "" {
		failure.Text = text
		return Amount{}, &failure
	}
	return amount, nil
}

// readAmount returns an error without its text, and one without Why for success.
func readAmount(text, home string) (Amount, AmountError) {
	parts, why := takeApart(text)
	if why != "" {
		return Amount{}, AmountError{Why: why}
	}
	unit, failure := readUnit(parts.before, parts.after, home)
	if failure.Why != "" {
		return Amount{}, failure
	}
	digits, ok := Digits(unit.currency)
	if !ok {
		return Amount{}, AmountError{Why: UnknownCurrency, Currency: unit.currency}
	}
	n, why := readNumeral(parts.numeral, digits)
	if why != "" {
		return Amount{}, AmountError{Why: why}
	}
	minor, why := n.scaled(digits + unit.zeros)
	if why != "" {
		return Amount{}, AmountError{Why: why, Currency: unit.currency}
	}
	return Amount{Minor: minor, Currency: unit.currency}, AmountError{}
}

// String writes the amount so that ParseAmount reads the same one back, whatever
// the home currency: "12000 EUR", "12000.50 EUR", "12.1250 KWD" (with a fourth
// decimal, because three would be thousands). It is for lines, not for people.
func (a Amount) String() string {
	digits, _ := Digits(a.Currency)
	s := strconv.FormatInt(a.Minor, 10)
	if digits == 0 {
		return s + " " + a.Currency
	}
	if short := digits + 1 - len(s); short > 0 {
		s = strings.Repeat("0", short) + s
	}
	whole, decimals := s[:len(s)-digits], s[len(s)-digits:]
	switch {
	case strings.Trim(decimals, "0") == "":
		return whole + " " + a.Currency
	case digits == 3:
		decimals += "0"
	}
	return whole + "." + decimals + " " + a.Currency
}
