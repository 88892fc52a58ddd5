package draw

import (
	"math"
	"strconv"
	"strings"
)

// From mostDigits on numbers are written with an exponent, and what is nearer to
// zero than leastSize is nothing.
const (
	mostDigits = 1e12
	leastSize  = 1e-9
)

// number writes a value, rounded to so many decimals, with its thousands apart.
func number(value float64, decimals int) string {
	size := math.Abs(value)
	text := grouped(strconv.FormatFloat(size, 'f', decimals, 64))
	if size >= mostDigits {
		text = strconv.FormatFloat(size, 'g', 4, 64)
	}
	if value < 0 && text != "0" {
		text = "−" + text
	}
	return text
}

// grouped sets the thousands of a number apart and leaves out zeros at the end
// of its decimals.
func grouped(text string) string {
	whole, decimals, _ := strings.Cut(text, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "\u00a0" + whole[i:]
	}
	if decimals = strings.TrimRight(decimals, "0"); decimals != "" {
		return whole + "." + decimals
	}
	return whole
}

// precision returns how many decimals values need whose largest has this size:
// none for thousands, else one, or enough for two figures of what is below one.
func precision(size float64) int {
	switch {
	case size >= 1000 || size == 0:
		return 0
	case size >= 1:
		return 1
	}
	return 1 - int(math.Floor(math.Log10(size)))
}

// behind puts a unit behind a number.
func behind(number, unit string) string {
	if unit == "" {
		return number
	}
	return number + "\u00a0" + unit
}
