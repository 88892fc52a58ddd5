package telegrambot

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// separators are where a text is cut, the best first. They are left out there.
var separators = [...]string{"\n\n", "\n", " "}

// split cuts a text into parts of at most room units and maxEntities entities:
// between paragraphs, else lines, else words, else characters, and within a
// format only where nothing else is possible. Nothing is lost but blanks and
// line breaks at the cuts.
func split(r rich, room int) []rich {
	var parts []rich
	for {
		from := 0
		for from < len(r.text) && isGap(r.text[from]) && cluster(r.text[from:]) == 1 {
			from++
		}
		if r = r.slice(from, len(r.text)); r.text == "" {
			return parts
		}
		end := fits(r, room)
		if end < len(r.text) {
			end = cutAt(r.slice(0, min(len(r.text), end+window)), end)
		}
		seen := end
		for seen > 0 && isGap(r.text[seen-1]) {
			seen--
		}
		if seen > 0 {
			parts = append(parts, r.slice(0, seen))
		}
		r = r.slice(end, len(r.text))
	}
}

// isGap tells the bytes that are left out at a cut, and that Telegram takes away
// around a text.
func isGap(b byte) bool { return b == ' ' || b == '\n' }

// fits returns how many bytes of a text one part holds at most.
func fits(r rich, room int) int {
	end := len(r.text)
	if len(r.spans) > maxEntities {
		end = r.spans[maxEntities].start
	}
	size := 0
	for i, c := range r.text[:end] {
		if size += utf16.RuneLen(c); size > room {
			return i
		}
	}
	return end
}

// window is how many bytes behind a cut are looked at: a character.
const window = maxCluster * utf8.UTFMax

// cutAt returns where to cut a text, at byte most at the latest. A part is
// filled to half at least.
func cutAt(r rich, most int) int {
	ends := boundaries(r.text)
	for _, separator := range separators {
		until := min(len(r.text), most+len(separator))
		for at := strings.LastIndex(r.text[:until], separator); at > most/2; at = strings.LastIndex(r.text[:at], separator) {
			if ends[at] && ends[at+len(separator)] && !r.inside(at, separator) {
				return at
			}
		}
	}
	for _, heedless := range []bool{false, true} {
		for at := most; at > 0; at-- {
			if ends[at] && (heedless || !r.inside(at, "") && at > most/2 && !strings.ContainsRune("@/", rune(r.text[at]))) {
				return at
			}
		}
	}
	return most
}

// boundaries tells of each byte of a text whether a character begins there.
func boundaries(text string) []bool {
	begins := make([]bool, len(text)+1)
	for at := 0; at < len(text); at += cluster(text[at:]) {
		begins[at] = true
	}
	return begins
}

// inside tells whether byte at lies within a format. Letters of one width may be
// cut between their lines.
func (r rich) inside(at int, separator string) bool {
	for _, s := range r.spans {
		if s.start < at && at < s.end && (s.kind != pre || !strings.HasPrefix(separator, "\n")) {
			return true
		}
	}
	return false
}
