package names

import (
	"cmp"
	"slices"
)

const (
	// mentionedFrom is the least score of a name that a text speaks of: more than
	// half of it is there.
	mentionedFrom = 0.6
	// longestText is how many characters of a text are looked at, as many as a
	// line has.
	longestText = 4_000
	// shortText is how many words a text may have to be a part of a name.
	shortText = 8
)

// Mentioned returns which of the listed names, such as those of products, a free
// text speaks of, best first, at most limit of them. Of equal scores the longer
// name is first, because more of it is there, and then the earlier one.
//
// It forgives case, accents, the order of words, typos and endings. Each word of
// a name is as much there as the word of the text that is most like it by
// Jaro-Winkler, if the two are alike; words of two letters and those with digits
// must be the same. The score is the mean over the words of the name, weighted
// by their length, and at least 0.6. A short text, all of whose words are in a
// longer name, speaks of it too: "film" of "Stretch film, black". It scores 0.6,
// and up to 1 the more of the name it is.
//
// In either case one of the words that are there has four letters or more; a
// name without such a word must be there exactly.
func Mentioned(text string, listed []string, limit int) []Match {
	t := newMention(text)
	if limit < 1 || len(t.words) == 0 {
		return nil
	}
	var found []spoken
	for i, name := range listed {
		words := wordsOf(name, longest)
		if score := t.score(words); score >= mentionedFrom {
			found = append(found, spoken{Match{Index: i, Score: score}, letters(words)})
		}
	}
	slices.SortFunc(found, func(a, b spoken) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.letters, a.letters), cmp.Compare(a.Index, b.Index))
	})
	matches := make([]Match, min(len(found), limit))
	for i := range matches {
		matches[i] = found[i].Match
	}
	return matches
}

// spoken is a name that a text speaks of.
type spoken struct {
	Match
	letters int
}

// mention is a text in which names are looked for.
type mention struct {
	words []word
	exact map[string]bool
	// nearest keeps how alike the most similar word is, by word of a name: the
	// names in a list share many.
	nearest map[string]float64
}

func newMention(text string) mention {
	t := mention{exact: map[string]bool{}, nearest: map[string]float64{}}
	for _, w := range wordsOf(text, longestText) {
		if !t.exact[w.text] {
			t.exact[w.text] = true
			t.words = append(t.words, w)
		}
	}
	return t
}

// score says how much of a name is there, from 0 to 1.
func (t mention) score(name []word) float64 {
	total, there, whole, telling, tellingThere := letters(name), 0.0, true, false, false
	for _, w := range name {
		alike := t.find(w)
		there += alike * float64(w.letters)
		whole = whole && alike == 1
		telling = telling || w.telling()
		tellingThere = tellingThere || w.telling() && alike > 0
	}
	switch {
	case total == 0:
		return 0
	case !telling:
		if whole && total > 2 {
			return 1
		}
		return 0
	}
	score := 0.0
	if tellingThere {
		score = there / float64(total)
	}
	return max(score, t.part(name, total))
}

// find returns how alike the word of the text is that is most like w, 0 for none.
func (t mention) find(w word) float64 {
	if t.exact[w.text] {
		return 1
	}
	if !w.forgiving {
		return 0
	}
	best, ok := t.nearest[w.text]
	if !ok {
		for _, other := range t.words {
			best = max(best, w.alike(other))
		}
		t.nearest[w.text] = best
	}
	return best
}

// part returns the score of a short text all of whose words are in a name of so
// many letters, 0 for any other. Words of two letters, such as articles, do not
// count.
func (t mention) part(name []word, total int) float64 {
	if len(t.words) > shortText {
		return 0
	}
	there, telling := 0.0, false
	for _, w := range t.words {
		if w.little() {
			continue
		}
		best := 0.0
		for _, other := range name {
			best = max(best, w.alike(other))
		}
		if best == 0 {
			return 0
		}
		there += best * float64(w.letters)
		telling = telling || w.telling()
	}
	if !telling {
		return 0
	}
	return mentionedFrom + (1-mentionedFrom)*min(1, there/float64(total))
}
