// Package names compares names the way people remember them: without case,
// accents or exact spelling.
package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the form of s under which two spellings of one name are equal:
// compatibility characters and accented letters taken apart (NFKD), marks
// dropped, lower case, letters that Unicode does not take apart written in
// plain ones (ł is l, ß is ss), every run of white space one space, none around.
// Invisible characters (controls, zero-width and direction marks) are dropped,
// because they come along when a name is pasted.
//
// Fold(Fold(s)) is Fold(s). Bytes that are no UTF-8 become U+FFFD; the result of
// a text without visible characters is empty.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range decompose(s) {
		switch {
		case unicode.IsSpace(r):
			gap = b.Len() > 0
		case unicode.In(r, unicode.Mn, unicode.Cc, unicode.Cf):
		default:
			if gap {
				b.WriteByte(' ')
				gap = false
			}
			writeLetter(&b, unicode.ToLower(r))
		}
	}
	return b.String()
}

// isFolded reports whether s is plain lower-case ASCII with single inner spaces,
// which most stored names are once folded: no work and no allocation then.
func isFolded(s string) bool {
	before := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c > '~' || 'A' <= c && c <= 'Z' || c == ' ' && before == ' ' {
			return false
		}
		before = c
	}
	return s == "" || before != ' '
}

func decompose(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return norm.NFKD.String(s)
		}
	}
	return s
}

// plainLetters holds the lower-case letters that carry their stroke or ligature
// inside, so that dropping marks leaves them as they are, and the final form of
// the Greek sigma. A dotted İ needs no row: its dot is a mark.
var plainLetters = map[rune]string{
	'ı': "i", 'ł': "l", 'ø': "o", 'đ': "d", 'ð': "d", 'ħ': "h", 'ŧ': "t",
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'þ': "th", 'ς': "σ",
}

func writeLetter(b *strings.Builder, r rune) {
	if r >= utf8.RuneSelf {
		if plain, ok := plainLetters[r]; ok {
			b.WriteString(plain)
			return
		}
	}
	b.WriteRune(r)
}
