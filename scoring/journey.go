package scoring

import (
	"slices"
	"time"
)

// A MoveKind is what happened to a deal.
type MoveKind byte

// The kinds of moves.
const (
	Listed     MoveKind = iota // the deal was made: its company is on the list
	Stepped                    // it came to a step, ahead or back; winning is coming to the signed step
	SaidNo                     // it was lost
	FoundUnfit                 // it was disqualified
	Reopened                   // it goes on after it had ended
	HandedOver                 // it has another owner
)

// A Move is one thing that happened to one of a company's deals. All moves of
// all deals of a company, in order, are its journey.
type Move struct {
	At        time.Time
	Deal, Rep int64 // Rep owns the deal from this move on
	Kind      MoveKind
	To        Step // where a deal stepped to, as it was written then; empty in other moves
}

// A journey reads a company's moves one after the other.
type journey struct {
	funnel   Funnel
	window   Window
	passages []Passage // of the steps that were reached, behind what the caller had
	reached  int       // position of the last step that was reached
	stood    time.Time // since when the company stands before the next step
	deals    []dealState
	open     int       // deals that have not ended; a won one has not
	ended    *Move     // the move that left no deal open, the last time one did
	joined   time.Time // when the company came onto the list, the last time it did
	back     time.Time // joined, if that was a comeback
	rep      int64     // of the last move
	listed   bool      // whether it was on the list in the window
}

type dealState struct {
	number int64
	ended  bool
}

// again is an empty journey of the same funnel and window, in the same memory.
func (j *journey) again() journey {
	return journey{funnel: j.funnel, window: j.window, passages: j.passages[:0], deals: j.deals[:0]}
}

// read appends the passages of a company.
func (j *journey) read(moves []Move, now time.Time) {
	moves = inOrder(moves)
	for i := range moves {
		if moves[i].At.After(now) {
			moves = moves[:i]
			break
		}
		j.take(&moves[i])
	}
	if len(moves) == 0 || j.through() {
		return
	}
	if j.open > 0 && j.joined.Before(j.window.To) {
		j.listed = true
	}
	j.passages = append(j.passages, j.last(moves, now))
}

// inOrder returns the moves by time. Moves of one instant keep their order, and
// the caller's slice stays as it is.
func inOrder(moves []Move) []Move {
	for i := 1; i < len(moves); i++ {
		if moves[i].At.Before(moves[i-1].At) {
			moves = slices.Clone(moves)
			slices.SortStableFunc(moves, func(a, b Move) int { return a.At.Compare(b.At) })
			break
		}
	}
	return moves
}

func (j *journey) take(m *Move) {
	deal := j.deal(m)
	switch m.Kind {
	case SaidNo, FoundUnfit:
		if !deal.ended { // a second ending changes nothing
			deal.ended = true
			j.end(m)
		}
	case Listed, Reopened, Stepped:
		if deal.ended {
			deal.ended = false
			j.resume(m.At)
		}
	case HandedOver:
	}
	if m.Kind == Stepped {
		j.reach(m)
	}
	j.rep = m.Rep
}

// deal finds the move's deal, which is under way when it was not known before.
func (j *journey) deal(m *Move) *dealState {
	for i := range j.deals {
		if j.deals[i].number == m.Deal {
			return &j.deals[i]
		}
	}
	if len(j.deals) == 0 {
		j.open, j.stood, j.joined = 1, m.At, m.At
	} else {
		j.resume(m.At)
	}
	j.deals = append(j.deals, dealState{number: m.Deal})
	return &j.deals[len(j.deals)-1]
}

// resume counts one more open deal; the first one brings its company back.
func (j *journey) resume(at time.Time) {
	if j.open == 0 {
		j.joined, j.back = at, at
	}
	j.open++
}

func (j *journey) end(m *Move) {
	j.open--
	if j.open == 0 {
		j.ended = m
		j.leave(m.At)
	}
}

// reach passes every step up to the one that the move goes to.
func (j *journey) reach(m *Move) {
	to := j.funnel.Position(m.To)
	if to == len(j.funnel.Steps) {
		j.leave(m.At)
	}
	for j.reached < to {
		j.reached++
		j.passages = append(j.passages, Passage{Step: j.reached, Rep: m.Rep, Stood: j.stood, At: m.At, State: Moved})
		j.stood = m.At
	}
}

// leave takes the company off the list. Who was at the last step has left for
// good.
func (j *journey) leave(at time.Time) {
	if !j.through() && j.joined.Before(j.window.To) && !at.Before(j.window.From) {
		j.listed = true
	}
}

// through tells whether the company has come to the last step.
func (j *journey) through() bool { return j.reached == len(j.funnel.Steps) }
