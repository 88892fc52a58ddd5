package telegrambot

import (
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// units is the length of a text as Telegram counts, in UTF-16 code units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// cluster returns how many bytes the first character of a text takes, as a
// reader sees characters: a letter with its marks, an emoji with its skin tone,
// several joined ones, a flag of two letters, a syllable. It keeps more together
// than Unicode's rules demand (https://www.unicode.org/reports/tr29), never less,
// but nothing longer than maxCluster.
func cluster(s string) int {
	if s == "" {
		return 0
	}
	before, end := utf8.DecodeRuneInString(s)
	size := utf16.RuneLen(before)
	flags, linked := 0, false
	if isFlag(before) {
		flags = 1
	}
	for end < len(s) {
		next, n := utf8.DecodeRuneInString(s[end:])
		linked = unicode.Is(viramas, before) || linked && extends(before)
		pair := isFlag(next) && flags%2 == 1
		size += utf16.RuneLen(next)
		if size > maxCluster || !pair && !joins(before, next) && !(linked && unicode.IsLetter(next)) {
			break
		}
		if isFlag(next) {
			flags++
		}
		before, end = next, end+n
	}
	return end
}

// joins tells whether two code points are never apart.
func joins(before, next rune) bool {
	switch {
	case unicode.IsSpace(next) || unicode.IsControl(next) || unicode.IsControl(before):
		return false
	case extends(next), unicode.In(before, unicode.Join_Control, unicode.Bidi_Control, unicode.Prepended_Concatenation_Mark):
		return true
	case before >= 0x1100 && before <= 0x115F: // Hangul: a leading consonant
		return unicode.Is(unicode.Hangul, next)
	case next >= 0x1160 && next <= 0x11FF || next >= 0xD7B0 && next <= 0xD7FF: // vowels and endings
		return unicode.Is(unicode.Hangul, before)
	}
	return false
}

// extends tells the code points that belong to the one before them.
func extends(r rune) bool {
	return unicode.In(r, unicode.M, unicode.Cf) || unicode.Is(extenders, r)
}

// isFlag tells the letters of which two make a flag.
func isFlag(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }

// extenders belong to the character before them, though they are no marks: Thai
// and Lao am, the voiced marks of half-wide kana, and skin tones.
var extenders = &unicode.RangeTable{
	R16: []unicode.Range16{{Lo: 0x0E33, Hi: 0x0EB3, Stride: 0x80}, {Lo: 0xFF9E, Hi: 0xFF9F, Stride: 1}},
	R32: []unicode.Range32{{Lo: 0x1F3FB, Hi: 0x1F3FF, Stride: 1}},
}

// viramas join the letters on both sides of them, in the scripts of India and
// around it.
var viramas = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x094D, Hi: 0x0D4D, Stride: 0x80},
	{Lo: 0x1039, Hi: 0x1039, Stride: 1},
	{Lo: 0x17D2, Hi: 0x17D2, Stride: 1},
	{Lo: 0x1A60, Hi: 0x1A60, Stride: 1},
	{Lo: 0x1B44, Hi: 0x1B44, Stride: 1},
}}
