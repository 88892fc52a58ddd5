package draw

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fifteen/bot"
)

// MaxAlt is the most characters of Alt.
const MaxAlt = 2_000 // Slack: alt_text of an image block

// unknown stands for a value that is blank.
const unknown = "–"

// Alt says in words what a picture of the chart shows, on one line, for people
// who do not see it: the title, then each group with its target, if it has one,
// in brackets, and its values, a dash for one that is blank. Beyond MaxAlt characters it ends in an ellipsis.
func Alt(c bot.Chart) string {
	decimals := precision(scaleOf(c).size())
	unit := spoken(c.Unit)
	var b strings.Builder
	b.WriteString(spoken(c.Title))
	for i, group := range c.Groups {
		if b.Len() > utf8.UTFMax*MaxAlt {
			break
		}
		if b.Len() > 0 {
			b.WriteString("; ")
		}
		b.WriteString(spoken(group))
		if i < len(c.Targets) {
			b.WriteString(" (" + behind(number(c.Targets[i], decimals), unit) + ")")
		}
		before := ": "
		for _, series := range c.Series {
			if i >= len(series.Values) {
				continue
			}
			value := unknown
			if series.Known(i) {
				value = behind(number(series.Values[i], decimals), unit)
			}
			b.WriteString(before + strings.TrimLeft(spoken(series.Name)+" ", " ") + value)
			before = ", "
		}
	}
	if runes := []rune(b.String()); len(runes) > MaxAlt {
		return string(runes[:MaxAlt-1]) + ellipsis
	}
	return b.String()
}

// spoken is a text on one line, without what has no sound: control characters
// and changes of direction.
func spoken(text string) string {
	harmless := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, string(fallback)))
	return strings.Join(strings.Fields(harmless), " ")
}
