package draw

import (
	"sort"
	"strings"

	"golang.org/x/image/font"
)

const ellipsis = "…"

// shorten returns as much of a line as fits into room pixels, with an ellipsis
// if that is not all; nothing if not even that fits.
func shorten(f font.Face, line string, room float64) string {
	if width(f, line) <= room {
		return line
	}
	runes := []rune(line)
	cut := func(n int) string { return strings.TrimRight(string(runes[:n]), " ") + ellipsis }
	n := sort.Search(len(runes), func(n int) bool { return width(f, cut(n)) > room })
	if n == 0 {
		return ""
	}
	return cut(n - 1)
}

// wrap breaks words into lines of at most room pixels, at most a number of them.
// Words and ends that do not fit are shortened, and whole is false then.
func wrap(f font.Face, words string, room float64, most int) (lines []string, whole bool) {
	whole = true
	rest := strings.Fields(words)
	for len(rest) > 0 {
		n := 1
		for n < len(rest) && width(f, strings.Join(rest[:n+1], " ")) <= room {
			n++
		}
		if len(lines) == most-1 {
			n = len(rest)
		}
		line := strings.Join(rest[:n], " ")
		short := shorten(f, line, room)
		whole = whole && short == line
		lines, rest = append(lines, short), rest[n:]
	}
	return lines, whole
}
