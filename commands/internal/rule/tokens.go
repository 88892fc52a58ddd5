package rule

import (
	"regexp"
	"strings"
	"unicode"

	"fifteen/commands/internal/names"
	"fifteen/commands/internal/typed"
)

var (
	// betweenWords is a dash or a slash that joins two words: mon-fri, mon/wed.
	dash  = regexp.MustCompile(`(\pL\.?) ?[-–—] ?(\pL)`)
	slash = regexp.MustCompile(`(\pL\.?)/(\pL)`)
	// ending is the case that a language hangs on a number: 9'da.
	ending = regexp.MustCompile(`^(\d[\d:.]*)'\pL+$`)
)

// tokens returns the folded words of a rule without the punctuation after them.
// Commas and dashes part words. A full stop stays after a number, where it makes
// an ordinal, but not after a time.
func tokens(words []typed.Word) []string {
	text := strings.NewReplacer(",", " ", ";", " ", "’", "'").Replace(names.Fold(joined(words)))
	text = slash.ReplaceAllString(dash.ReplaceAllString(text, "$1 - $2"), "$1 $2")
	var list []string
	for token := range strings.FieldsSeq(text) {
		token = strings.TrimRight(token, ":!?")
		if strings.Contains(token, ":") || !strings.ContainsFunc(token, unicode.IsDigit) {
			token = strings.TrimRight(token, ".")
		}
		if m := ending.FindStringSubmatch(token); m != nil {
			token = m[1]
		}
		if token != "" {
			list = append(list, token)
		}
	}
	return list
}

func joined(words []typed.Word) string {
	texts := make([]string, len(words))
	for i, word := range words {
		texts[i] = word.Text
	}
	return strings.Join(texts, " ")
}
