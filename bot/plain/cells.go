package plain

import (
	"strings"
	"unicode"
)

// Text makes people's text harmless: what a terminal would obey is shown as a
// dot, changes of direction are left out, and only line breaks remain.
func Text(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t', r == '\u2028', r == '\u2029':
			return ' '
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		case unicode.IsControl(r):
			return '·'
		}
		return r
	}, s)
}

// Line is Text on one line: its line breaks are blanks.
func Line(s string) string { return strings.ReplaceAll(Text(s), "\n", " ") }

// wide holds the characters that take two cells: East Asian wide and fullwidth
// ones and those drawn as emoji (Unicode 15, EastAsianWidth.txt, W and F), as
// whole blocks where the gaps are unassigned. As in Go's own tables a stride
// joins two characters that stand alone.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x1100, 0x115F, 1},
		{0x231A, 0x231B, 1},
		{0x2329, 0x232A, 1},
		{0x23E9, 0x23EC, 1},
		{0x23F0, 0x23F3, 3},
		{0x25FD, 0x25FE, 1},
		{0x2614, 0x2615, 1},
		{0x2648, 0x2653, 1},
		{0x267F, 0x2693, 20},
		{0x26A1, 0x26AA, 9},
		{0x26AB, 0x26BD, 18},
		{0x26BE, 0x26C4, 6},
		{0x26C5, 0x26CE, 9},
		{0x26D4, 0x26EA, 22},
		{0x26F2, 0x26F3, 1},
		{0x26F5, 0x26FA, 5},
		{0x26FD, 0x2705, 8},
		{0x270A, 0x270B, 1},
		{0x2728, 0x274C, 36},
		{0x274E, 0x2753, 5},
		{0x2754, 0x2755, 1},
		{0x2757, 0x2795, 62},
		{0x2796, 0x2797, 1},
		{0x27B0, 0x27BF, 15},
		{0x2B1B, 0x2B1C, 1},
		{0x2B50, 0x2B55, 5},
		{0x2E80, 0x303E, 1},
		{0x3041, 0xA4CF, 1},
		{0xA960, 0xA97F, 1},
		{0xAC00, 0xD7A3, 1},
		{0xF900, 0xFAFF, 1},
		{0xFE10, 0xFE19, 1},
		{0xFE30, 0xFE6F, 1},
		{0xFF01, 0xFF60, 1},
		{0xFFE0, 0xFFE6, 1},
	},
	R32: []unicode.Range32{
		{0x16FE0, 0x18DFF, 1},
		{0x1AFF0, 0x1B2FF, 1},
		{0x1F004, 0x1F0CF, 203},
		{0x1F18E, 0x1F191, 3},
		{0x1F192, 0x1F19A, 1},
		{0x1F200, 0x1F320, 1},
		{0x1F32D, 0x1F335, 1},
		{0x1F337, 0x1F37C, 1},
		{0x1F37E, 0x1F393, 1},
		{0x1F3A0, 0x1F3CA, 1},
		{0x1F3CF, 0x1F3D3, 1},
		{0x1F3E0, 0x1F3F0, 1},
		{0x1F3F4, 0x1F3F8, 4},
		{0x1F3F9, 0x1F43E, 1},
		{0x1F440, 0x1F442, 2},
		{0x1F443, 0x1F4FC, 1},
		{0x1F4FF, 0x1F53D, 1},
		{0x1F54B, 0x1F54E, 1},
		{0x1F550, 0x1F567, 1},
		{0x1F57A, 0x1F595, 27},
		{0x1F596, 0x1F5A4, 14},
		{0x1F5FB, 0x1F64F, 1},
		{0x1F680, 0x1F6C5, 1},
		{0x1F6CC, 0x1F6D0, 4},
		{0x1F6D1, 0x1F6D2, 1},
		{0x1F6D5, 0x1F6DF, 1},
		{0x1F6EB, 0x1F6EC, 1},
		{0x1F6F4, 0x1F6FC, 1},
		{0x1F7E0, 0x1F7EB, 1},
		{0x1F7F0, 0x1F90C, 284},
		{0x1F90D, 0x1F93A, 1},
		{0x1F93C, 0x1F945, 1},
		{0x1F947, 0x1F9FF, 1},
		{0x1FA70, 0x1FAFF, 1},
		{0x20000, 0x3FFFD, 1},
	},
}

// Cells returns how many cells of a terminal, or of any type of one width, a
// line takes: none for what combines with the character before it, two for wide
// characters, else one. Terminals differ in emoji that are joined of several;
// they are counted apart.
func Cells(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) || r >= 0x1160 && r <= 0x11FF:
		case unicode.Is(wide, r):
			n += 2
		default:
			n++
		}
	}
	return n
}

// Padded fills a line up with blanks to n cells: before it, so that it stands at
// the right, or behind it. A longer line stays as it is.
func Padded(s string, n int, right bool) string {
	blanks := strings.Repeat(" ", max(0, n-Cells(s)))
	if right {
		return blanks + s
	}
	return s + blanks
}
