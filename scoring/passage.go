package scoring

import "time"

// A PassageState is what became of a company before a step.
type PassageState byte

// The states. The first three are decisions.
const (
	Moved   PassageState = iota // moved on to the step
	Refused                     // said no
	RanOut                      // stood there longer than the step's patience
	Unfit                       // was disqualified: neither moved on nor said no
	Pending                     // is under way
)

// A Passage is how a company stands with one step that it is a candidate for,
// because it has come to the step before.
type Passage struct {
	// Step is the step's position in the funnel, from 1.
	Step int
	// Rep owned the deal that decided it; when nothing has, the one that last
	// moved.
	Rep int64
	// Stood is since when the company stood before the step: when it came to the
	// step before, and for the first step onto the list.
	Stood time.Time
	// At is when it was decided, or found unfit; zero while pending.
	At    time.Time
	State PassageState
}

// Passages returns the passages of a company whose moves these are, as of now:
// one for each step that it is a candidate for, in the funnel's order. Later
// moves are left out, and moves that are not in order are read in order.
//
//   - A company has moved on to a step when a deal of it first stood there or at
//     a later one. Steps that were skipped are passed on the same day. Going back
//     takes nothing away.
//   - Else it ran out when it stood before the step for more than the step's
//     patience, counted anew when it came back after all its deals had ended.
//   - Else, when no deal of it is open, the one that ended last says whether it
//     refused or was unfit. A won deal is open: its customer has still to pay.
//
// Source: docs/metrics.md#passages.
func (f Funnel) Passages(moves []Move, now time.Time) []Passage {
	return f.AppendPassages(nil, moves, now)
}

// AppendPassages appends what Passages returns, for callers that have many
// companies and one buffer.
func (f Funnel) AppendPassages(passages []Passage, moves []Move, now time.Time) []Passage {
	j := journey{funnel: f, passages: passages}
	j.read(moves, now)
	return j.passages
}

// last is the passage of the first step that the company has not reached.
func (j *journey) last(moves []Move, now time.Time) Passage {
	p := Passage{Step: j.reached + 1, Stood: j.stood}
	until := now
	if j.open == 0 {
		until = j.ended.At
	}
	from := j.stood
	if j.back.After(from) {
		from = j.back
	}
	runsOut := from.Add(time.Duration(j.funnel.Steps[j.reached].Patience) * 24 * time.Hour)
	switch {
	case runsOut.Before(until):
		p.State, p.At, p.Rep = RanOut, runsOut, repAt(moves, runsOut)
	case j.open > 0:
		p.State, p.Rep = Pending, j.rep
	case j.ended.Kind == SaidNo:
		p.State, p.At, p.Rep = Refused, j.ended.At, j.ended.Rep
	default:
		p.State, p.At, p.Rep = Unfit, j.ended.At, j.ended.Rep
	}
	return p
}

// repAt is whose move was the last one up to that moment.
func repAt(moves []Move, at time.Time) int64 {
	last := 0
	for i := range moves {
		if moves[i].At.After(at) {
			break
		}
		last = i
	}
	return moves[last].Rep
}
