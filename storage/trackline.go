package storage

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"fifteen/scoring"
)

// A track is stored as its moves with a space between, each as its microseconds
// since 1970, its deal, its rep, a letter for its kind and the step's id, the
// numbers to the base of 36: "h2k8r4m7s0.1a.3.scontact".

const trackBase = 36

// moveLetters are the letters of the kinds of move.
const moveLetters = "lsrdoh"

// moveKinds are the kinds in the order of their letters.
var moveKinds = [...]scoring.MoveKind{
	scoring.Listed, scoring.Stepped, scoring.SaidNo, scoring.FoundUnfit, scoring.Reopened, scoring.HandedOver,
}

func writeTrack(moves []scoring.Move) string {
	var b strings.Builder
	for i, m := range moves {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.FormatInt(m.At.UnixMicro(), trackBase))
		b.WriteByte('.')
		b.WriteString(strconv.FormatInt(m.Deal, trackBase))
		b.WriteByte('.')
		b.WriteString(strconv.FormatInt(m.Rep, trackBase))
		b.WriteByte('.')
		b.WriteByte(moveLetters[slices.Index(moveKinds[:], m.Kind)])
		b.WriteString(string(m.To))
	}
	return b.String()
}

// parseTrack appends the moves of a stored track to moves.
func parseTrack(moves []scoring.Move, text string) ([]scoring.Move, error) {
	for text != "" {
		var word string
		word, text, _ = strings.Cut(text, " ")
		m, ok := parseMove(word)
		if !ok {
			return moves, fmt.Errorf("%q is no move", word)
		}
		moves = append(moves, m)
	}
	return moves, nil
}

func parseMove(word string) (m scoring.Move, ok bool) {
	var numbers [3]int64
	for i := range numbers {
		digits, rest, found := strings.Cut(word, ".")
		n, err := strconv.ParseInt(digits, trackBase, 64)
		if !found || err != nil {
			return m, false
		}
		numbers[i], word = n, rest
	}
	if word == "" {
		return m, false
	}
	kind := strings.IndexByte(moveLetters, word[0])
	if kind < 0 {
		return m, false
	}
	return scoring.Move{
		At: time.UnixMicro(numbers[0]).UTC(), Deal: numbers[1], Rep: numbers[2], Kind: moveKinds[kind],
		To: scoring.Step(word[1:]),
	}, true
}
