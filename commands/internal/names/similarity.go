package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/adrg/strutil/metrics"
)

// longest is how many characters of a name are compared. The token measure costs
// the product of both lengths, and what people type has up to 4,000 characters.
const longest = 128

// Similarity says how alike two names are, from 0 (nothing in common) to 1 (equal
// once folded and without punctuation). It is symmetric. Two empty names are
// equal; an empty name and another have nothing in common.
//
// It is the mean of two measures, because each alone picks wrongly:
// Sørensen-Dice over pairs of letters misses a typo in a short name (smith and
// smyth share half their pairs), Jaro-Winkler finds a resemblance in almost any
// two words of one length. The second is taken word by word, so that the order
// of words does not matter and part of a long name is enough.
func Similarity(a, b string) float64 {
	return similarity(bare(Fold(a)), bare(Fold(b)))
}

// similarity compares two names that are folded and bare.
func similarity(a, b string) float64 {
	switch {
	case a == b:
		return 1
	case a == "" || b == "":
		return 0
	}
	return (metrics.NewSorensenDice().Compare(a, b) + byWords(a, b)) / 2
}

// byWords matches each word of one name with its nearest in the other, weighted
// by length, and takes the better direction: the short form of a name matches
// the long one wholly, whatever else the long one holds.
func byWords(a, b string) float64 {
	a, b = min(a, b), max(a, b) // Jaro-Winkler can depend on the direction
	wordsA, wordsB := strings.Fields(a), strings.Fields(b)
	nearestA, nearestB := make([]float64, len(wordsA)), make([]float64, len(wordsB))
	jaro := metrics.NewJaroWinkler()
	for i, wordA := range wordsA {
		for j, wordB := range wordsB {
			alike := jaro.Compare(wordA, wordB)
			nearestA[i], nearestB[j] = max(nearestA[i], alike), max(nearestB[j], alike)
		}
	}
	return max(weighted(wordsA, nearestA), weighted(wordsB, nearestB))
}

// weighted returns the mean of the scores, weighted by the length of the words.
func weighted(words []string, scores []float64) float64 {
	sum, length := 0.0, 0
	for i, word := range words {
		n := utf8.RuneCountInString(word)
		sum += scores[i] * float64(n)
		length += n
	}
	return sum / float64(length)
}

// bare returns a folded name without punctuation, words apart by one space, cut
// to the longest length compared. A name of punctuation alone stays as it is.
func bare(folded string) string {
	s := folded
	if strings.ContainsFunc(s, isPunctuation) {
		s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || isPunctuation(r) }), " ")
	}
	if s == "" {
		s = folded
	}
	return strings.TrimSuffix(cut(s, longest), " ")
}

func isPunctuation(r rune) bool {
	return r != ' ' && !unicode.IsLetter(r) && !unicode.IsNumber(r)
}
