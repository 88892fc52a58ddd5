package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxLine is the longest line that is read, in runes.
const MaxLine = 4_000

// tooLong tells whether text is longer than a line, without counting what is far
// too long.
func tooLong(text string) bool {
	return len(text) > MaxLine*utf8.UTFMax || utf8.RuneCountInString(text) > MaxLine
}

// A Word is one word of a line, or several that quotes keep together.
type Word struct {
	Text string
	// Quoted words are names or texts, never numbers, markers or keywords.
	Quoted bool
	// start and end are the byte offsets of the word in its line, quotes
	// included, so that free text can be kept as it was written.
	start, end int
}

// closers are the quotes that may end what the key has begun: phones and
// languages mix them freely.
var closers = map[rune]string{
	'"':  `"“”`,
	'“':  `”"“`,
	'”':  `”"`,
	'„':  `“”"`,
	'«':  `»`,
	'‘':  `’'`,
	'\'': `'’`,
}

// Split cuts a line into words. Quotes keep words together, phone quotes too; a
// quote that is never closed is an ordinary character, and so is one inside a
// word, such as the apostrophe in O'Brien.
func Split(line string) []Word {
	var words []Word
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRuneInString(line[i:])
		if unicode.IsSpace(r) {
			i += size
			continue
		}
		word, ok := quoted(line, i, r, size)
		if !ok {
			end := i + wordEnd(line[i:])
			word = Word{Text: line[i:end], start: i, end: end}
		}
		words = append(words, word)
		i = word.end
	}
	return words
}

// quoted reads a quoted word that begins at byte i with quote r.
func quoted(line string, i int, r rune, size int) (Word, bool) {
	ends, ok := closers[r]
	if !ok {
		return Word{}, false
	}
	from := i + size
	for j := from; j < len(line); {
		c, n := utf8.DecodeRuneInString(line[j:])
		after, _ := utf8.DecodeRuneInString(line[j+n:])
		if strings.ContainsRune(ends, c) && (j+n == len(line) || unicode.IsSpace(after)) {
			if text := strings.TrimSpace(line[from:j]); text != "" {
				return Word{Text: text, Quoted: true, start: i, end: j + n}, true
			}
			return Word{}, false
		}
		j += n
	}
	return Word{}, false
}

func wordEnd(s string) int {
	if end := strings.IndexFunc(s, unicode.IsSpace); end >= 0 {
		return end
	}
	return len(s)
}

// Join writes words as one text, single spaces between them, without quotes.
func Join(words []Word) string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = w.Text
	}
	return strings.Join(texts, " ")
}

// raw returns the words as they stand in their line, quotes and inner spacing
// included; a single quoted word comes without its quotes.
func raw(line string, words []Word) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0].Text
	default:
		return line[words[0].start:words[len(words)-1].end]
	}
}

// Quote writes a value so that Split reads it as one word again, in quotes if it
// needs them: see Quoted.
func Quote(value string) string {
	words := Split(value)
	if len(words) == 1 && !words[0].Quoted && !looksLikeMarker(value) {
		return value
	}
	return Quoted(value)
}

// Quoted writes a value in quotes, so that Split reads it as one quoted word. A
// value that holds so many kinds of quotes that none can stand around it gets
// plain single ones inside; one without any letters but blanks cannot be quoted.
func Quoted(value string) string {
	for _, quotes := range [...][2]string{{`"`, `"`}, {"«", "»"}, {"'", "'"}} {
		quoted := quotes[0] + value + quotes[1]
		if words := Split(quoted); len(words) == 1 && words[0].Quoted && words[0].Text == value {
			return quoted
		}
	}
	return `"` + singleQuotes.Replace(value) + `"`
}

// singleQuotes makes every quote one that does not end what a double one began.
var singleQuotes = strings.NewReplacer(`"`, "'", "“", "'", "”", "'", "„", "'", "«", "'", "»", "'")

// looksLikeMarker tells whether a bare word could be read as a number, an
// amount, a person or a revision.
func looksLikeMarker(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return !unicode.IsLetter(r)
}

// clean makes a line safe to work with: valid UTF-8, no control characters but
// line breaks, no blanks around it.
func clean(line string) string {
	line = strings.ToValidUTF8(line, "\uFFFD")
	line = strings.ReplaceAll(line, "\r\n", "\n")
	line = strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == '\uFEFF':
			return ' '
		case isDirection(r):
			return -1
		}
		return r
	}, line)
	return strings.TrimSpace(strings.ReplaceAll(line, "\t", " "))
}

// isDirection tells the invisible characters that turn the direction of text
// around and could disguise what a line says.
func isDirection(r rune) bool {
	return r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
}

// oneLine writes text on one line.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
