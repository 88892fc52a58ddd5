package draw

import (
	"strings"
	"unicode"

	"golang.org/x/image/font/sfnt"
)

// fallback stands for a character that the fonts lack.
const fallback = '?'

// mostLetters is how much of a text is looked at; no line holds as much.
const mostLetters = 400

// spelled writes what the fonts lack, and people use, in other letters.
var spelled = map[rune]string{
	'₽': "RUB", '₺': "TRY", '₴': "UAH",
	'\u2010': "-", '\u2011': "-",
}

// marked joins letters with the marks that some keyboards and file systems put
// behind them: by mark, pairs of a letter and what both make. Marks that are not
// here are left out.
var marked = map[rune]string{
	'\u0301': "aácćeéiílĺnńoórŕsśuúyýzźAÁCĆEÉIÍLĹNŃOÓRŔSŚUÚYÝZŹ",
	'\u0306': "gğийGĞИЙ",
	'\u0307': "zżZŻIİ",
	'\u0308': "aäeëiïoöuüеёAÄEËIÏOÖUÜЕЁіїІЇ",
	'\u030A': "aåuůAÅUŮ",
	'\u030C': "cčdďeěnňrřsštťzžCČDĎEĚNŇRŘSŠTŤZŽ",
	'\u0327': "cçsşCÇSŞ",
	'\u0328': "aąeęAĄEĘ",
}

// letters returns one line of characters that the font has: every run of blanks
// is one blank, what changes directions or has no shape is left out, and what
// the font lacks is spelled or a fallback.
func letters(f *sfnt.Font, text string) string {
	var line []rune
	var buffer sfnt.Buffer
	for _, r := range text {
		if len(line) >= mostLetters {
			break
		}
		last := len(line) - 1
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			if last >= 0 && line[last] != ' ' {
				line = append(line, ' ')
			}
		case unicode.Is(unicode.Cf, r):
		case unicode.In(r, unicode.Mn, unicode.Me):
			if last >= 0 {
				line[last] = joined(line[last], r)
			}
		case spelled[r] != "":
			line = append(line, []rune(spelled[r])...)
		default:
			if glyph, err := f.GlyphIndex(&buffer, r); err != nil || glyph == 0 || r == unicode.ReplacementChar {
				r = fallback
			}
			line = append(line, r)
		}
	}
	return strings.TrimRight(string(line), " ")
}

// joined returns the letter with the mark, or without it if it does not take
// that mark.
func joined(letter, mark rune) rune {
	pairs := []rune(marked[mark])
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] == letter {
			return pairs[i+1]
		}
	}
	return letter
}
