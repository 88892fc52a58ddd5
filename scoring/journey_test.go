package scoring_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"fifteen/scoring"
)

// kinds are the words for moves; every other word is a step.
var kinds = map[string]scoring.MoveKind{
	"list": scoring.Listed, "no": scoring.SaidNo, "unfit": scoring.FoundUnfit,
	"reopen": scoring.Reopened, "owner": scoring.HandedOver,
}

var stateWords = map[scoring.PassageState]string{
	scoring.Moved: "moved", scoring.Refused: "refused", scoring.RanOut: "ran-out",
	scoring.Unfit: "unfit", scoring.Pending: "pending",
}

// onDay is a moment in days after noon, with a plus for a tick later and a minus
// for a tick earlier.
func onDay(text string) time.Time {
	number := strings.TrimRight(text, "+-")
	days, err := strconv.ParseFloat(number, 64)
	if err != nil {
		panic(err)
	}
	at := noon.Add(time.Duration(days * float64(day)))
	switch text[len(number):] {
	case "+":
		return at.Add(tick)
	case "-":
		return at.Add(-tick)
	}
	return at
}

// dayOf is the reverse of onDay.
func dayOf(at time.Time) string {
	for _, side := range []struct {
		shift time.Duration
		mark  string
	}{{0, ""}, {-tick, "+"}, {tick, "-"}} {
		if days := at.Add(side.shift).Sub(noon); days%(day/4) == 0 {
			return strconv.FormatFloat(float64(days)/float64(day), 'f', -1, 64) + side.mark
		}
	}
	return at.String()
}

// journey reads moves such as '0 list, 5 contact, 9 no #2 @8': on which day
// what happened to which deal (1 when not said) of which owner (as before when
// not said, 7 at first).
func journey(text string) []scoring.Move {
	owners := map[int64]int64{}
	var moves []scoring.Move
	for part := range strings.SplitSeq(text, ", ") {
		words := strings.Fields(part)
		if len(words) < 2 {
			continue
		}
		m := scoring.Move{At: onDay(words[0]), Deal: 1, Kind: scoring.Stepped}
		if kind, ok := kinds[words[1]]; ok {
			m.Kind = kind
		} else {
			m.To = scoring.Step(words[1])
		}
		for _, word := range words[2:] {
			n, err := strconv.ParseInt(word[1:], 10, 64)
			if err != nil {
				panic(err)
			}
			if word[0] == '#' {
				m.Deal = n
			} else {
				owners[m.Deal] = n
			}
		}
		if owners[m.Deal] == 0 {
			owners[m.Deal] = 7
		}
		m.Rep = owners[m.Deal]
		moves = append(moves, m)
	}
	return moves
}

// written writes passages as 'moved 5, pending', with '@8' where the rep is not 7.
func written(passages []scoring.Passage) string {
	words := make([]string, len(passages))
	for i, p := range passages {
		words[i] = stateWords[p.State]
		if !p.At.IsZero() {
			words[i] += " " + dayOf(p.At)
		}
		if p.Rep != 7 {
			words[i] += fmt.Sprintf(" @%d", p.Rep)
		}
		if p.Step != i+1 {
			words[i] += fmt.Sprintf(" at step %d", p.Step)
		}
	}
	return strings.Join(words, ", ")
}

type passageCase struct{ name, moves, now, want string }

func testPassages(t *testing.T, f scoring.Funnel, cases []passageCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := written(f.Passages(journey(c.moves), onDay(c.now))); got != c.want {
				t.Errorf("%s, as of day %s: got %q, want %q", c.moves, c.now, got, c.want)
			}
		})
	}
}
