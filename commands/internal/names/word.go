package names

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/adrg/strutil/metrics"
)

const (
	// alikeFrom is the least Jaro-Winkler similarity of two words of which one is
	// a slip or a form of the other: коробки of коробка 0.94.
	alikeFrom = 0.88
	// alikeShort is that of words of four letters, where one letter makes another
	// word: fill and film 0.88.
	alikeShort = 0.9
	// longestWord is how many letters of a word are compared.
	longestWord = 32
)

// word is a word of a name or a text.
type word struct {
	text    string // folded
	letters int
	// forgiving words may be spelled otherwise: those of three letters and more,
	// without a digit.
	forgiving bool
	// has is which letters the word has, by hash.
	has uint64
}

// wordsOf returns the words in the first so many characters of a text.
func wordsOf(text string, most int) []word {
	parts := strings.FieldsFunc(Fold(cut(text, most)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	words := make([]word, len(parts))
	for i, part := range parts {
		words[i] = newWord(cut(part, longestWord))
	}
	return words
}

func newWord(text string) word {
	w := word{text: text, forgiving: true}
	for _, r := range text {
		w.letters++
		w.has |= 1 << (uint32(r) & 63)
		if unicode.IsNumber(r) {
			w.forgiving = false
		}
	}
	w.forgiving = w.forgiving && w.letters > 2
	return w
}

// letters returns how many letters words have together.
func letters(words []word) int {
	n := 0
	for _, w := range words {
		n += w.letters
	}
	return n
}

// cut returns the first n characters of a text.
func cut(text string, n int) string {
	if len(text) <= n || utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n])
}

// telling words are long enough to say what is meant.
func (w word) telling() bool { return w.forgiving && w.letters > 3 }

// little words are articles and the like.
func (w word) little() bool { return w.letters < 3 && !strings.ContainsFunc(w.text, unicode.IsNumber) }

// alike returns the Jaro-Winkler similarity of two words that are alike, 0 for
// any other two.
func (w word) alike(other word) float64 {
	switch {
	case w.text == other.text:
		return 1
	case !w.forgiving || !other.forgiving || !w.mayBeLike(other):
		return 0
	}
	least := alikeFrom
	if min(w.letters, other.letters) < 5 {
		least = alikeShort
	}
	const slip = 1e-9
	if similarity := metrics.NewJaroWinkler().Compare(w.text, other.text); similarity >= least-slip {
		return similarity
	}
	return 0
}

// mayBeLike tells whether the letters alone leave it open that two words are
// alike. It spares nearly all comparisons.
//
// With m letters in common the Jaro similarity of words of a and b letters is at
// most (m/a + m/b + 1) ÷ 3, and p equal letters in front, at most four, add p
// tenths of what is missing to 1.
func (w word) mayBeLike(other word) bool {
	common := min(w.letters-bits.OnesCount64(w.has&^other.has), other.letters-bits.OnesCount64(other.has&^w.has))
	shared := float64(common*(w.letters+other.letters)) / float64(w.letters*other.letters)
	if shared < 1.4 { // (1.4 + 1) ÷ 3 = 0.8, and four tenths of 0.2 make 0.88
		return false
	}
	jaro := (shared + 1) / 3
	return jaro+0.1*float64(w.inFront(other))*(1-jaro) >= alikeFrom
}

// inFront returns how many letters, at most four, two words have in common in
// front.
func (w word) inFront(other word) int {
	n := 0
	for i, r := range w.text {
		size := utf8.RuneLen(r)
		if n == 4 || i+size > len(other.text) || w.text[i:i+size] != other.text[i:i+size] {
			break
		}
		n++
	}
	return n
}
