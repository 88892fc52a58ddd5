package telegrambot

import (
	"slices"
	"strings"
)

// An entity formats a stretch of a text. Offset and length are in UTF-16 code
// units. Source: https://core.telegram.org/bots/api#messageentity.
type entity struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
}

// The types of entities that are used.
const (
	bold   = "bold"
	italic = "italic"
	pre    = "pre" // a block in letters of one width
)

// A span is an entity by bytes.
type span struct {
	kind       string
	start, end int
}

// rich is text that is being written, with its formats.
type rich struct {
	text  string
	spans []span
}

// styled is a text in one format.
func styled(kind, text string) rich {
	if blank(text) {
		return rich{text: text}
	}
	return rich{text: text, spans: []span{{kind: kind, end: len(text)}}}
}

// add appends, with something between that stands nowhere but there.
func (r *rich) add(between string, more rich) {
	if more.text == "" {
		return
	}
	if r.text != "" {
		r.text += between
	}
	for _, s := range more.spans {
		r.spans = append(r.spans, span{kind: s.kind, start: s.start + len(r.text), end: s.end + len(r.text)})
	}
	r.text += more.text
}

// paragraph appends a paragraph, unless there is nothing to be seen in it.
func (r *rich) paragraph(more rich) {
	if !blank(more.text) {
		r.add("\n\n", more)
	}
}

// joined puts lines one below the other.
func joined(lines []rich) rich {
	all := make([]string, len(lines))
	spans := make([]span, 0, len(lines))
	at := 0
	for i, line := range lines {
		all[i] = line.text
		for _, s := range line.spans {
			spans = append(spans, span{kind: s.kind, start: at + s.start, end: at + s.end})
		}
		at += len(line.text) + 1
	}
	return rich{text: strings.Join(all, "\n"), spans: spans}
}

// slice returns what stands between two bytes. A span that reaches over an end
// is cut there.
func (r rich) slice(from, to int) rich {
	part := rich{text: r.text[from:to]}
	for _, s := range r.spans {
		if start, end := max(s.start, from), min(s.end, to); start < end {
			part.spans = append(part.spans, span{kind: s.kind, start: start - from, end: end - from})
		}
	}
	return part
}

// entities returns the spans as Telegram counts.
func (r rich) entities() []entity {
	all := make([]entity, len(r.spans))
	at, size := 0, 0
	for i, s := range r.spans { // in the order of the text, none within another
		size += units(r.text[at:s.start])
		all[i] = entity{Type: s.kind, Offset: size, Length: units(r.text[s.start:s.end])}
		at = s.start
	}
	return all
}

// lines counts the lines that have something to be seen.
func (r rich) lines() int {
	return len(slices.DeleteFunc(strings.Split(r.text, "\n"), blank))
}
