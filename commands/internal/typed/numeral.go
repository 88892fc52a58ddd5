package typed

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// parts are what an amount is made of: what stands before the first digit, from
// the first to the last digit, and after it.
type parts struct{ before, numeral, after string }

var (
	exponent = regexp.MustCompile(`^\d[\d.,]*[eE][+\-−]?\d+$`)
	numeral  = regexp.MustCompile(`^\d[\d., ']*$`)
	// noCents is the dash that Czech, Polish and Swiss prices write for no cents.
	noCents = regexp.MustCompile(`^[.,][-–—]{1,2}`)
)

// takeApart splits the text of an amount and refuses signs, exponents and
// whatever else no number holds. Every space becomes a plain one, every
// apostrophe a straight one.
func takeApart(text string) (parts, Why) {
	text = strings.TrimSpace(strings.Map(plainSeparator, text))
	first, last := strings.IndexFunc(text, isDigit), strings.LastIndexFunc(text, isDigit)
	if first < 0 {
		return parts{}, NotANumber
	}
	p := parts{strings.TrimSpace(text[:first]), text[first : last+1], text[last+1:]}
	p.after = strings.TrimSpace(noCents.ReplaceAllString(p.after, ""))
	switch {
	case strings.HasPrefix(p.before, "+") || strings.HasSuffix(p.before, "+"):
		return parts{}, PlusSign
	case hasMinus(p.before):
		return parts{}, Negative
	case exponent.MatchString(p.numeral):
		return parts{}, Exponent
	case !numeral.MatchString(p.numeral) || endsInSeparator(text[:first]):
		return parts{}, NotANumber
	}
	return p, ""
}

func plainSeparator(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case r == '’' || r == 'ʼ':
		return '\''
	}
	return r
}

// endsInSeparator reports whether a separator touches the first digit: .5 may be
// a half or a slip, and is neither five nor a half.
func endsInSeparator(before string) bool {
	return strings.TrimRight(before, ".,'") != before
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func isMinus(r rune) bool { return r == '-' || r == '−' || r == '–' }

// hasMinus reports whether s begins or ends in a minus sign: -€5 and €-5.
func hasMinus(s string) bool {
	return strings.TrimFunc(s, isMinus) != s
}

// number is digits without separators: those of 12.5 are 125, with 1 decimal.
type number struct {
	digits   string
	decimals int
}

// readNumeral resolves the separators of a numeral. decimals is how many the
// currency has: after a first group too long for thousands, as in 1234.567, three
// digits are decimals if the currency has three.
func readNumeral(s string, decimals int) (number, Why) {
	groups := strings.FieldsFunc(s, isSeparator)
	separators := strings.Map(func(r rune) rune {
		if isSeparator(r) {
			return r
		}
		return -1
	}, s)
	switch {
	case len(separators) != len(groups)-1: // two separators side by side
		return number{}, BadGroups
	case len(groups[0]) > 1 && groups[0][0] == '0': // 000 has lost the group before it
		return number{}, BadGroups
	}
	last := len(groups) - 1
	if last > 0 && beginsDecimals(separators, groups, decimals) {
		n := number{strings.Join(groups, ""), len(groups[last])}
		return n, inThrees(separators[:last-1], groups[:last])
	}
	return number{digits: strings.Join(groups, "")}, inThrees(separators, groups)
}

func isSeparator(r rune) bool { return strings.ContainsRune(" '.,", r) }

// beginsDecimals reports whether the last separator does, rather than separating
// thousands. A space or an apostrophe never does.
func beginsDecimals(separators string, groups []string, decimals int) bool {
	last := separators[len(separators)-1]
	switch {
	case last == ' ' || last == '\'':
		return false
	case len(separators) > 1:
		return strings.Count(separators, string(last)) == 1
	case len(groups[1]) != 3:
		return true
	}
	return groups[0] == "0" || len(groups[0]) > 3 && decimals == 3
}

// inThrees checks that groups are those of one number: all separators equal, one
// to three digits in front, which are not 0, then three each.
func inThrees(separators string, groups []string) Why {
	if len(groups) == 1 {
		return ""
	}
	if strings.Trim(separators, separators[:1]) != "" || len(groups[0]) > 3 || groups[0] == "0" {
		return BadGroups
	}
	for _, group := range groups[1:] {
		if len(group) != 3 {
			return BadGroups
		}
	}
	return ""
}

// scaled returns the number times ten to the power of zeros, as a whole number of
// at most MaxMinor.
func (n number) scaled(zeros int) (int64, Why) {
	digits := n.digits
	for n.decimals > 0 && digits[len(digits)-1] == '0' {
		digits, n.decimals = digits[:len(digits)-1], n.decimals-1
	}
	digits = strings.TrimLeft(digits, "0")
	if digits == "" {
		return 0, ""
	}
	zeros -= n.decimals
	if zeros < 0 {
		return 0, TooFine
	}
	digits += strings.Repeat("0", zeros)
	minor, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || minor > MaxMinor {
		return 0, TooLarge
	}
	return minor, ""
}
