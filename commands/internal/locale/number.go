package locale

import (
	"math"
	"strconv"
	"strings"

	"fifteen/commands/internal/typed"
)

// Number writes a whole number with its thousands apart: 12,000 in English.
func (l Locale) Number(n int64) string {
	digits, negative := strings.CutPrefix(strconv.FormatInt(n, 10), "-")
	return sign(negative) + l.grouped(digits)
}

// noPercent stands for a percentage that there is not.
const noPercent = "–"

// Percent writes part ÷ whole in whole percent, halves rounded up: "80 %". Only
// none is 0 % and only all is 100 %: 399 of 400 are 99 %, 1 of 400 is 1 %. Both
// are counts, not negative, and part may be above whole. Without a whole there
// is no percentage, and the result is a dash.
func (l Locale) Percent(part, whole int) string {
	if whole <= 0 {
		return noPercent
	}
	percent := (200*int64(part) + int64(whole)) / (2 * int64(whole))
	return l.percentage(between(percent, part > 0, part < whole))
}

// Share writes a share, such as a target of 0.8, as Percent does: "80 %". It is
// 0 or more; a dash stands for what is below zero or NaN.
func (l Locale) Share(share float64) string {
	if !(share >= 0) {
		return noPercent
	}
	return l.percentage(WholePercent(share))
}

// WholePercent returns a share of 0 or more in whole percent, as Share writes it
// and pictures draw it.
func WholePercent(share float64) int64 {
	const (
		most = 1e12 // percent; whatever is above is taken as this
		slip = 1e-9 // 0.285 is stored as a little less, and 28.5 % is a half
	)
	percent := math.Floor(min(100*share, most) + 0.5 + slip)
	return between(int64(percent), share > 0, share < 1)
}

// between keeps whole percent at 1 or more above zero, and at 99 or less below
// the whole.
func between(percent int64, aboveZero, belowWhole bool) int64 {
	if aboveZero {
		percent = max(percent, 1)
	}
	if belowWhole {
		percent = min(percent, 99)
	}
	return percent
}

func (l Locale) percentage(percent int64) string {
	return strings.ReplaceAll(l.percent, "{n}", l.Number(percent))
}

// Money writes minor units of a currency, an ISO 4217 code: 1200050 cents are
// "12,000.50 EUR" in English. Decimals are written only when the amount is not
// whole. The language's own currency has its symbol, every other its code, so
// that no $ is taken for another dollar. A code that is unknown counts as one
// with two decimals.
func (l Locale) Money(minor int64, currency string) string {
	decimals, ok := typed.Digits(currency)
	if !ok {
		decimals = 2
	}
	pattern := l.otherMoney
	if currency == l.currency {
		pattern = l.money
	}
	digits, negative := strings.CutPrefix(strconv.FormatInt(minor, 10), "-")
	return sign(negative) + strings.NewReplacer("{n}", l.decimals(digits, decimals), "{code}", currency).Replace(pattern)
}

// decimals writes digits of which the last few are decimals, without these when
// they are all zero.
func (l Locale) decimals(digits string, n int) string {
	digits = strings.Repeat("0", max(0, n+1-len(digits))) + digits
	whole, fraction := digits[:len(digits)-n], digits[len(digits)-n:]
	if strings.Trim(fraction, "0") == "" {
		return l.grouped(whole)
	}
	return l.grouped(whole) + l.decimal + fraction
}

// grouped separates the thousands of a string of digits.
func (l Locale) grouped(digits string) string {
	if len(digits) <= 3 {
		return digits
	}
	cut := len(digits) - 3
	return l.grouped(digits[:cut]) + l.group + digits[cut:]
}

func sign(negative bool) string {
	if negative {
		return "-"
	}
	return ""
}
